import { hex } from '../../bytes/bytes.vectors.ts'

/** SCCP messages and addresses, written by hand. Sources: ITU-T Q.713 §3.4 and §4, ANSI T1.112.3 §3.4. */

const octet = (value: number): string => value.toString(16).padStart(2, '0')
const octets = (text: string): number => text.replaceAll(' ', '').length / 2

/** A message of `head`, pointers, then each part with its length; LUDT and LUDTS have pointers and data lengths of two octets. */
export function sccp(
  head: string,
  called: string,
  calling: string,
  data: string,
  optional: string | null = null,
): Uint8Array {
  const type = head.slice(0, 2)
  const wide = type === '13' || type === '14'
  const width = wide ? 2 : 1
  const count = type === '09' || type === '0a' ? 3 : 4
  const number = (value: number): string => octet(value & 0xff) + (wide ? octet(value >> 8) : '')
  const parts = [octet(octets(called)) + called, octet(octets(calling)) + calling, number(octets(data)) + data]
  let offset = count * width
  const pointers = parts.map((part, i) => {
    const pointer = number(offset - i * width - (wide ? 1 : 0))
    offset += octets(part)
    return pointer
  })
  if (count === 4) pointers.push(optional === null ? number(0) : number(offset - 3 * width - (wide ? 1 : 0)))
  return hex(head, ...pointers, ...parts, optional ?? '')
}

/** Routed on the global title +44 7700 900077, SSN 6, format 4. */
export const CALLED = '12 06 00 12 04 447700090077'
/** Routed on the subsystem: point code 0x1234, SSN 8. */
export const CALLING = '43 3412 08'

export const CALLED_ADDRESS = {
  gt: '447700900077',
  ssn: 6,
  pointCode: null,
  globalTitleIndicator: 4,
  translationType: 0,
  numberingPlan: 1,
  natureOfAddress: 4,
  routedOnSsn: false,
}
export const CALLING_ADDRESS = {
  gt: null,
  ssn: 8,
  pointCode: 0x1234,
  globalTitleIndicator: 0,
  translationType: null,
  numberingPlan: null,
  natureOfAddress: null,
  routedOnSsn: true,
}

const PLAIN = {
  protocolClass: null as number | null,
  returnOnError: false,
  returnCause: null as number | null,
  hopCounter: null as number | null,
  segmentation: null as { first: boolean; remaining: number; reference: number } | null,
}
const SEGMENTATION = '10 04 83 bc0a00 00'
const SEGMENT = { first: true, remaining: 3, reference: 0xabc }

/** One message of each connectionless type, all with the same addresses and user data. */
export const SCCP_UNITDATA = [
  {
    name: 'UDT',
    bytes: sccp('0980', CALLED, CALLING, 'c0ffee'),
    expected: { ...PLAIN, protocolClass: 0, returnOnError: true },
  },
  { name: 'UDTS', bytes: sccp('0a01', CALLED, CALLING, 'c0ffee'), expected: { ...PLAIN, returnCause: 1 } },
  {
    name: 'XUDT',
    bytes: sccp('11010f', CALLED, CALLING, 'c0ffee'),
    expected: { ...PLAIN, protocolClass: 1, hopCounter: 15 },
  },
  {
    name: 'XUDT',
    bytes: sccp('11810f', CALLED, CALLING, 'c0ffee', `12 01 00 ${SEGMENTATION}`),
    expected: { ...PLAIN, protocolClass: 1, returnOnError: true, hopCounter: 15, segmentation: SEGMENT },
  },
  {
    name: 'XUDTS',
    bytes: sccp('12070e', CALLED, CALLING, 'c0ffee', SEGMENTATION),
    expected: { ...PLAIN, returnCause: 7, hopCounter: 14, segmentation: SEGMENT },
  },
  {
    name: 'LUDT',
    bytes: sccp('13010f', CALLED, CALLING, 'c0ffee'),
    expected: { ...PLAIN, protocolClass: 1, hopCounter: 15 },
  },
  {
    name: 'LUDT',
    bytes: sccp('13010f', CALLED, CALLING, 'c0ffee', SEGMENTATION),
    expected: { ...PLAIN, protocolClass: 1, hopCounter: 15, segmentation: SEGMENT },
  },
  {
    name: 'LUDTS',
    bytes: sccp('14020f', CALLED, CALLING, 'c0ffee'),
    expected: { ...PLAIN, returnCause: 2, hopCounter: 15 },
  },
] as const

const NOTHING = {
  gt: null,
  ssn: null,
  pointCode: null,
  globalTitleIndicator: 0,
  translationType: null,
  numberingPlan: null,
  natureOfAddress: null,
  routedOnSsn: false,
}

/** Addresses, and the oddities they have. */
export const SCCP_ADDRESSES = [
  { what: 'global title of format 4', hex: CALLED, variant: 'itu', expected: CALLED_ADDRESS, anomalies: [] },
  { what: 'point code and subsystem', hex: CALLING, variant: 'itu', expected: CALLING_ADDRESS, anomalies: [] },
  {
    what: 'point code of 16 bits',
    hex: '43 34f2 08',
    variant: 'japan',
    expected: { ...CALLING_ADDRESS, pointCode: 0xf234 },
    anomalies: [],
  },
  {
    what: 'odd count of digits',
    hex: '12 07 00 11 04 447700 07',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, ssn: 7, gt: '4477007' },
    anomalies: [],
  },
  {
    what: 'odd count of digits with the filler of TBCD',
    hex: '12 07 00 11 04 447700 f7',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, ssn: 7, gt: '4477007' },
    anomalies: [],
  },
  {
    what: 'odd count of digits and a digit for filler',
    hex: '12 07 00 11 04 447700 37',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, ssn: 7, gt: '4477007' },
    anomalies: ['globalTitleFiller'],
  },
  {
    what: 'even count of digits and a filler',
    hex: '12 07 00 12 04 447700 f7',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, ssn: 7, gt: '4477007' },
    anomalies: ['globalTitleFiller'],
  },
  {
    what: 'signals beyond 9',
    hex: '12 07 00 12 04 44 ab',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, ssn: 7, gt: '44ba' },
    anomalies: ['globalTitleHexDigits'],
  },
  {
    what: 'format 1: nature of address, odd',
    hex: '06 08 84 2143 05',
    variant: 'itu',
    expected: { ...NOTHING, ssn: 8, gt: '12345', globalTitleIndicator: 1, natureOfAddress: 4 },
    anomalies: [],
  },
  {
    what: 'format 2: translation type',
    hex: '0a 08 0a 2143 f5',
    variant: 'itu',
    expected: { ...NOTHING, ssn: 8, gt: '12345', globalTitleIndicator: 2, translationType: 10 },
    anomalies: [],
  },
  {
    what: 'format 3: translation type and plan',
    hex: '0e 08 0a 71 2143 05',
    variant: 'itu',
    expected: { ...NOTHING, ssn: 8, gt: '12345', globalTitleIndicator: 3, translationType: 10, numberingPlan: 7 },
    anomalies: [],
  },
  {
    what: 'format 4 without digits',
    hex: '12 06 00 12 04',
    variant: 'itu',
    expected: { ...CALLED_ADDRESS, gt: null },
    anomalies: [],
  },
  {
    what: 'format 4 cut within',
    hex: '12 06 00',
    variant: 'itu',
    expected: { ...NOTHING, ssn: 6, globalTitleIndicator: 4 },
    anomalies: [],
  },
  {
    what: 'ANSI: subsystem, point code, national coding',
    hex: 'c3 08 030201',
    variant: 'ansi',
    expected: { ...NOTHING, ssn: 8, pointCode: 0x010203, routedOnSsn: true },
    anomalies: [],
  },
  {
    what: 'ANSI: global title of translation type',
    hex: '89 06 0a 2143f5',
    variant: 'ansi',
    expected: { ...NOTHING, ssn: 6, gt: '12345', globalTitleIndicator: 2, translationType: 10 },
    anomalies: [],
  },
  {
    what: 'ANSI: global title of translation type and plan',
    hex: '85 06 0a 12 2143',
    variant: 'ansi',
    expected: { ...NOTHING, ssn: 6, gt: '1234', globalTitleIndicator: 1, translationType: 10, numberingPlan: 1 },
    anomalies: [],
  },
  {
    what: 'ANSI network, international coding',
    hex: '12 06 00 12 04 4477',
    variant: 'ansi',
    expected: { ...CALLED_ADDRESS, gt: '4477' },
    anomalies: [],
  },
  { what: 'nothing but the indicator', hex: '00', variant: 'itu', expected: NOTHING, anomalies: [] },
] as const
