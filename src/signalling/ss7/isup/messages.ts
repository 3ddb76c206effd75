/**
 * A message type: octets of its mandatory fixed part, parameters of its mandatory variable part, whether an optional part
 * follows, and the types it answers when they went the other way.
 */
export interface IsupMessageRow {
  readonly code: number
  readonly name: string
  readonly fixed: number
  readonly variable: readonly VariableParameter[]
  readonly optional: boolean
  readonly answers: readonly number[]
}

/** Parameters of mandatory variable parts; `other` are not read. */
export type VariableParameter = 'called' | 'subsequent' | 'cause' | 'other'

/** Types that open, answer and end calls. IAM is the initial address. */
export const IAM = 0x01
export const CONNECT = 0x07
export const ANSWER = 0x09
export const RELEASE = 0x0c
export const RELEASE_COMPLETE = 0x10
export const RESET_CIRCUIT = 0x12
export const UNEQUIPPED = 0x2e

const NONE: readonly VariableParameter[] = []

/** ISUP and BICC messages. Source: ITU-T Q.763 table 4 and §4, BICC Q.1902.3 §6; 0xe9 to 0xed ANSI T1.113.3, 0xfe TTC JT-Q763. */
export const ISUP_MESSAGES: readonly IsupMessageRow[] = [
  { code: 0x01, name: 'Initial Address', fixed: 5, variable: ['called'], optional: true, answers: [] },
  { code: 0x02, name: 'Subsequent Address', fixed: 0, variable: ['subsequent'], optional: true, answers: [] },
  { code: 0x03, name: 'Information Request', fixed: 2, variable: NONE, optional: true, answers: [] },
  { code: 0x04, name: 'Information', fixed: 2, variable: NONE, optional: true, answers: [0x03] },
  { code: 0x05, name: 'Continuity', fixed: 1, variable: NONE, optional: false, answers: [] },
  { code: 0x06, name: 'Address Complete', fixed: 2, variable: NONE, optional: true, answers: [IAM] },
  { code: 0x07, name: 'Connect', fixed: 2, variable: NONE, optional: true, answers: [IAM] },
  { code: 0x08, name: 'Forward Transfer', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x09, name: 'Answer', fixed: 0, variable: NONE, optional: true, answers: [IAM] },
  { code: 0x0c, name: 'Release', fixed: 0, variable: ['cause'], optional: true, answers: [IAM] },
  { code: 0x0d, name: 'Suspend', fixed: 1, variable: NONE, optional: true, answers: [] },
  { code: 0x0e, name: 'Resume', fixed: 1, variable: NONE, optional: true, answers: [] },
  { code: 0x10, name: 'Release Complete', fixed: 0, variable: NONE, optional: true, answers: [RELEASE, RESET_CIRCUIT] },
  { code: 0x11, name: 'Continuity Check Request', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0x12, name: 'Reset Circuit', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0x13, name: 'Blocking', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0x14, name: 'Unblocking', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0x15, name: 'Blocking Acknowledgement', fixed: 0, variable: NONE, optional: false, answers: [0x13] },
  { code: 0x16, name: 'Unblocking Acknowledgement', fixed: 0, variable: NONE, optional: false, answers: [0x14] },
  { code: 0x17, name: 'Circuit Group Reset', fixed: 0, variable: ['other'], optional: false, answers: [] },
  { code: 0x18, name: 'Circuit Group Blocking', fixed: 1, variable: ['other'], optional: false, answers: [] },
  { code: 0x19, name: 'Circuit Group Unblocking', fixed: 1, variable: ['other'], optional: false, answers: [] },
  {
    code: 0x1a,
    name: 'Circuit Group Blocking Acknowledgement',
    fixed: 1,
    variable: ['other'],
    optional: false,
    answers: [0x18],
  },
  {
    code: 0x1b,
    name: 'Circuit Group Unblocking Acknowledgement',
    fixed: 1,
    variable: ['other'],
    optional: false,
    answers: [0x19],
  },
  { code: 0x1f, name: 'Facility Request', fixed: 1, variable: NONE, optional: true, answers: [] },
  { code: 0x20, name: 'Facility Accepted', fixed: 1, variable: NONE, optional: true, answers: [0x1f] },
  { code: 0x21, name: 'Facility Reject', fixed: 1, variable: ['cause'], optional: true, answers: [0x1f] },
  { code: 0x24, name: 'Loop Back Acknowledgement', fixed: 0, variable: NONE, optional: false, answers: [0x11] },
  { code: 0x28, name: 'Pass-along', fixed: 0, variable: NONE, optional: false, answers: [] },
  {
    code: 0x29,
    name: 'Circuit Group Reset Acknowledgement',
    fixed: 0,
    variable: ['other'],
    optional: false,
    answers: [0x17],
  },
  { code: 0x2a, name: 'Circuit Group Query', fixed: 0, variable: ['other'], optional: false, answers: [] },
  {
    code: 0x2b,
    name: 'Circuit Group Query Response',
    fixed: 0,
    variable: ['other', 'other'],
    optional: false,
    answers: [0x2a],
  },
  { code: 0x2c, name: 'Call Progress', fixed: 1, variable: NONE, optional: true, answers: [IAM] },
  { code: 0x2d, name: 'User-to-user Information', fixed: 0, variable: ['other'], optional: true, answers: [] },
  { code: 0x2e, name: 'Unequipped CIC', fixed: 0, variable: NONE, optional: false, answers: [IAM] },
  { code: 0x2f, name: 'Confusion', fixed: 0, variable: ['cause'], optional: true, answers: [IAM] },
  { code: 0x30, name: 'Overload', fixed: 0, variable: NONE, optional: false, answers: [IAM] },
  { code: 0x31, name: 'Charge Information', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0x32, name: 'Network Resource Management', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x33, name: 'Facility', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x34, name: 'User Part Test', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x35, name: 'User Part Available', fixed: 0, variable: NONE, optional: true, answers: [0x34] },
  { code: 0x36, name: 'Identification Request', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x37, name: 'Identification Response', fixed: 0, variable: NONE, optional: true, answers: [0x36] },
  { code: 0x38, name: 'Segmentation', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x40, name: 'Loop Prevention', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x41, name: 'Application Transport', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x42, name: 'Pre-release Information', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0x43, name: 'Subsequent Directory Number', fixed: 0, variable: ['subsequent'], optional: true, answers: [] },
  {
    code: 0xe9,
    name: 'Circuit Reservation Acknowledgement',
    fixed: 0,
    variable: NONE,
    optional: false,
    answers: [0xea],
  },
  { code: 0xea, name: 'Circuit Reservation', fixed: 1, variable: NONE, optional: true, answers: [] },
  { code: 0xeb, name: 'Circuit Validation Response', fixed: 2, variable: NONE, optional: true, answers: [0xec] },
  { code: 0xec, name: 'Circuit Validation Test', fixed: 0, variable: NONE, optional: false, answers: [] },
  { code: 0xed, name: 'Exit', fixed: 0, variable: NONE, optional: true, answers: [] },
  { code: 0xfe, name: 'Charging Information', fixed: 0, variable: NONE, optional: false, answers: [] },
]

/** Initial address of ANSI: no transmission medium requirement, user service information in front. Source: T1.113.3 §4. */
const ANSI_INITIAL_ADDRESS: IsupMessageRow = {
  code: IAM,
  name: 'Initial Address',
  fixed: 4,
  variable: ['other', 'called'],
  optional: true,
  answers: [],
}

/** Rows by message type. */
const BY_CODE: readonly (IsupMessageRow | undefined)[] = Array.from({ length: 256 }, (_, code) =>
  ISUP_MESSAGES.find((row) => row.code === code),
)

/** The row of a message type, or undefined for one that none of the standards defines. */
export function isupMessageRow(code: number, ansi: boolean): IsupMessageRow | undefined {
  return ansi && code === IAM ? ANSI_INITIAL_ADDRESS : BY_CODE[code]
}

/** Name of a message type, or null. */
export function isupMessageName(code: number): string | null {
  return BY_CODE[code]?.name ?? null
}
