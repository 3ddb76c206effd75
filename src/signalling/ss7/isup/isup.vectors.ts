import type { Mtp3Variant } from '../mtp3.ts'
import type { IsupNumber } from './number.ts'

/** Numbers and messages written by hand from ITU-T Q.763; subscribers of the range kept for drama, +44 7700 900000 to 900999. */

const PLAIN = { numberingPlan: 1, presentation: 0, screening: 0, flagged: false, sendingFinished: false }

/** Octets of a number, what stands in it. No oddity is met in any of them. */
export const ISUP_NUMBERS: readonly (readonly [what: string, hex: string, expected: IsupNumber])[] = [
  ['called, international', '0410447700091032', { ...PLAIN, digits: '447700900123', natureOfAddress: 4 }],
  ['called, national, odd count', '83107700091002', { ...PLAIN, digits: '770090012', natureOfAddress: 3 }],
  [
    'called, no internal routing, end signalled',
    '8490447700091032 0f',
    { ...PLAIN, digits: '447700900123', natureOfAddress: 4, flagged: true, sendingFinished: true },
  ],
  [
    'called, end signalled, even count',
    '03104477f1',
    { ...PLAIN, digits: '44771', natureOfAddress: 3, sendingFinished: true },
  ],
  [
    'calling, restricted, network provided',
    '0417447700090077',
    { ...PLAIN, digits: '447700900077', natureOfAddress: 4, presentation: 1, screening: 3 },
  ],
  [
    'calling, not available: no digits',
    '000b',
    { ...PLAIN, digits: null, natureOfAddress: 0, numberingPlan: 0, presentation: 2, screening: 3 },
  ],
  ['code 11 and 12 in a routing number', '0310bc44', { ...PLAIN, digits: 'cb44', natureOfAddress: 3 }],
]

/** Called 447700900123, calling 447700900077, redirecting 7700900088 national, original called 447700900. */
const CALLED = '08 0410447700091032'
const CALLING = '0a08 0417447700090077'
const REDIRECTING = '0b07 0314 7700090088'
const ORIGINAL = '2807 8410 4477000900'
const GENERIC = 'c009 06 0413 447700091111'
/** A parameter nobody reads: calling party's category of another. */
const OTHER = '3103 010203'

/** What is read of a message, numbers by their digits. */
export interface IsupFacts {
  readonly cic: number
  readonly type: number
  readonly name: string | null
  readonly called?: string
  readonly calling?: string
  readonly redirecting?: string
  readonly original?: string
  readonly redirection?: string
  readonly connected?: string
  readonly location?: string
  readonly generic?: string
  readonly subsequent?: string
  readonly cause?: number
}

export interface IsupVector {
  readonly what: string
  readonly variant: Mtp3Variant
  readonly bicc?: true
  readonly hex: string
  readonly expected: IsupFacts
}

const IAM_FACTS = {
  type: 1,
  name: 'Initial Address',
  called: '447700900123',
  calling: '447700900077',
  redirecting: '7700900088',
  original: '447700900',
  generic: '447700901111',
}

export const ISUP_READ: readonly IsupVector[] = [
  {
    what: 'IAM with everything',
    variant: 'itu',
    hex: `0e00 01 00 6001 0a 00 02 0a ${CALLED} ${OTHER} ${CALLING} ${REDIRECTING} ${ORIGINAL} ${GENERIC} 00`,
    expected: { cic: 14, ...IAM_FACTS },
  },
  {
    what: 'IAM without optional part, Japanese',
    variant: 'japan',
    hex: `ff0f 01 00 6001 0a 00 02 00 ${CALLED}`,
    expected: { cic: 4095, type: 1, name: 'Initial Address', called: '447700900123' },
  },
  {
    what: 'IAM of ANSI: user service information first, 14 bits of circuit',
    variant: 'ansi',
    hex: `ff3f 01 00 6001 0a 03 06 0e 03 8090a2 ${CALLED} ${CALLING} 00`,
    expected: { cic: 16383, type: 1, name: 'Initial Address', called: '447700900123', calling: '447700900077' },
  },
  {
    what: 'IAM of BICC',
    variant: 'itu',
    bicc: true,
    hex: `040302f1 01 00 6001 0a 00 02 0a ${CALLED} ${CALLING} ${REDIRECTING} ${ORIGINAL} ${GENERIC} 00`,
    expected: { cic: 0xf1020304, ...IAM_FACTS },
  },
  {
    what: 'SAM',
    variant: 'itu',
    hex: '0e00 02 02 00 03 80 21 03',
    expected: { cic: 14, type: 2, name: 'Subsequent Address', subsequent: '123' },
  },
  {
    what: 'ACM',
    variant: 'itu',
    hex: '0e00 06 1604 00',
    expected: { cic: 14, type: 6, name: 'Address Complete' },
  },
  {
    what: 'ACM with cause and redirection number',
    variant: 'itu',
    hex: '0e00 06 1604 01 1202 8190 0c08 0410447700091111 00',
    expected: { cic: 14, type: 6, name: 'Address Complete', cause: 16, redirection: '447700901111' },
  },
  {
    what: 'CPG',
    variant: 'itu',
    hex: '0e00 2c 01 00',
    expected: { cic: 14, type: 0x2c, name: 'Call Progress' },
  },
  {
    what: 'ANM with connected and location number',
    variant: 'itu',
    hex: '0e00 09 01 2108 0413447700091111 3f07 84134477000900 00',
    expected: { cic: 14, type: 9, name: 'Answer', connected: '447700901111', location: '447700900' },
  },
  {
    what: 'CON',
    variant: 'itu',
    hex: '0e00 07 1604 00',
    expected: { cic: 14, type: 7, name: 'Connect' },
  },
  {
    what: 'REL, busy',
    variant: 'itu',
    hex: '0e00 0c 02 00 02 8091',
    expected: { cic: 14, type: 12, name: 'Release', cause: 17 },
  },
  {
    what: 'REL, recommendation octet between location and value',
    variant: 'itu',
    hex: '0e00 0c 02 00 03 008091',
    expected: { cic: 14, type: 12, name: 'Release', cause: 17 },
  },
  {
    what: 'RLC',
    variant: 'itu',
    hex: '0e00 10 00',
    expected: { cic: 14, type: 16, name: 'Release Complete' },
  },
  {
    what: 'RLC without a pointer',
    variant: 'ansi',
    hex: '0e00 10',
    expected: { cic: 14, type: 16, name: 'Release Complete' },
  },
  {
    what: 'circuit group blocking',
    variant: 'itu',
    hex: '0100 18 00 01 05 1f ffffffff',
    expected: { cic: 1, type: 0x18, name: 'Circuit Group Blocking' },
  },
  {
    what: 'a type nobody defined',
    variant: 'itu',
    hex: '0100 99 010203',
    expected: { cic: 1, type: 0x99, name: null },
  },
]

/** Messages that break off: what is said, and where. */
export const ISUP_BROKEN: readonly (readonly [what: string, hex: string, reason: string, offset: number])[] = [
  ['nothing but a circuit', '0e00', 'truncated', 2],
  ['pointers missing', '0e00 01 00 6001 0a 00', 'truncated', 8],
  ['called number beyond the end', '0e00 01 00 6001 0a 00 02 00 08 0410', 'parameter out of range', 8],
  ['pointer beyond the end', '0e00 0c 40 00 02 8091', 'parameter out of range', 3],
  ['optional parameter beyond the end', '0e00 06 1604 01 0a40 0413', 'parameter out of range', 6],
  ['optional name without a length', '0e00 06 1604 01 0a', 'parameter out of range', 6],
  ['optional part without its end', '0e00 06 1604 01 1202 8190', 'optional part without end', 10],
]
