/** GTP messages for tests, written by hand after TS 29.060 and TS 29.274, with invented subscribers of the test network. */

export const IMSI = '001010123456789'
export const IMSI_OCTETS = '00010121436587f9'
export const MSISDN = '447700900123'
export const MSISDN_OCTETS = '447700091032'
export const IMEI = '490154203237518'
export const IMEI_OCTETS = '94104502237315f8'
/** Network 001-01. */
export const PLMN_OCTETS = '00f110'
/** Labels `roam` and `example`. */
export const APN = 'roam.example'
export const APN_OCTETS = '04726f616d076578616d706c65'

const octet = (value: number): string => value.toString(16).padStart(2, '0')
const u16 = (value: number): string => value.toString(16).padStart(4, '0')
const lengthOf = (text: string): number => text.replaceAll(/\s/g, '').length / 2

/** A GTPv1 element without a length. */
export const tv = (type: number, value: string): string => octet(type) + value
/** A GTPv1 element with a length. */
export const tlv = (type: number, value: string): string => octet(type) + u16(lengthOf(value)) + value
/** A GTPv2 element. */
export const ie = (type: number, value: string, instance = 0): string =>
  octet(type) + u16(lengthOf(value)) + octet(instance) + value

export interface HeaderFields {
  readonly teid?: string
  readonly sequence?: string
  /** First octet. */
  readonly flags?: string
  /** Added to what the length says. */
  readonly longer?: number
}

/** A GTPv1 message with a sequence number, as hexadecimal. */
export function v1(type: number, elements: string, fields: HeaderFields = {}): string {
  const { teid = '00000000', sequence = '1234', flags = '32', longer = 0 } = fields
  return `${flags}${octet(type)}${u16(lengthOf(elements) + 4 + longer)}${teid}${sequence}0000${elements}`
}

/** A GTPv2 message with a tunnel endpoint identifier, as hexadecimal. */
export function v2(type: number, elements: string, fields: HeaderFields = {}): string {
  const { teid = '00000000', sequence = '012345', flags = '48', longer = 0 } = fields
  return `${flags}${octet(type)}${u16(lengthOf(elements) + 8 + longer)}${teid}${sequence}00${elements}`
}

/** F-TEID with an IPv4 address. */
export const fTeid = (interfaceType: number, teid: string, address: string, instance = 0): string =>
  ie(87, octet(0x80 | interfaceType) + teid + address, instance)

export const CREATE_PDP_CONTEXT_REQUEST = v1(
  16,
  tv(2, IMSI_OCTETS) +
    tv(3, `${PLMN_OCTETS}fffeff`) +
    tv(14, '07') +
    tv(15, 'fd') +
    tv(16, '11111111') +
    tv(17, '22222222') +
    tv(20, '05') +
    tlv(128, 'f121') +
    tlv(131, APN_OCTETS) +
    tlv(133, 'c0000201') +
    tlv(133, 'c0000202') +
    tlv(134, `91${MSISDN_OCTETS}`) +
    tlv(135, '021b42') +
    tlv(151, '02') +
    tlv(152, `00${PLMN_OCTETS}12345678`) +
    tlv(154, IMEI_OCTETS),
)

export const CREATE_PDP_CONTEXT_RESPONSE = v1(
  17,
  tv(1, '80') +
    tv(8, 'fe') +
    tv(14, '09') +
    tv(16, '33333333') +
    tv(17, '44444444') +
    tv(127, '00000001') +
    tlv(128, 'f121c6336401') +
    tlv(133, 'c6336407') +
    tlv(133, '20010db8000000000000000000000001'),
  { teid: '22222222' },
)

export const CREATE_SESSION_REQUEST = v2(
  32,
  ie(1, IMSI_OCTETS) +
    ie(76, MSISDN_OCTETS) +
    ie(75, IMEI_OCTETS) +
    ie(86, `18${PLMN_OCTETS}0007${PLMN_OCTETS}0abcde01`) +
    ie(83, PLMN_OCTETS) +
    ie(82, '06') +
    fTeid(6, '0000000a', 'c0000201') +
    ie(71, APN_OCTETS) +
    ie(128, 'fc') +
    ie(93, ie(73, '05') + fTeid(4, '0000000b', 'c0000202', 2) + ie(80, '00'.repeat(22))) +
    ie(3, '07'),
)

export const CREATE_SESSION_RESPONSE = v2(
  33,
  ie(2, '1000') +
    fTeid(7, '0000000c', 'c6336407', 1) +
    ie(93, ie(73, '05') + ie(2, '1000') + fTeid(5, '0000000d', 'c6336408', 2)),
  { teid: '0000000a' },
)

/** Fields of a message that differ from none. */
export type Found = Record<string, unknown>

/** What it is, hexadecimal, header and fields that stand in it. */
export const MESSAGES: readonly (readonly [string, string, Found])[] = [
  [
    'Create PDP Context Request',
    CREATE_PDP_CONTEXT_REQUEST,
    {
      type: 16,
      teid: 0,
      sequence: 0x1234,
      imsi: IMSI,
      msisdn: MSISDN,
      imei: IMEI,
      apn: APN,
      ratType: 2,
      servingNetwork: '00101',
      cellId: '001-01-4660-22136',
      recovery: 7,
      endpoints: ['control:22222222@192.0.2.1', 'user:11111111@192.0.2.2'],
    },
  ],
  [
    'Create PDP Context Response',
    CREATE_PDP_CONTEXT_RESPONSE,
    {
      type: 17,
      teid: 0x22222222,
      sequence: 0x1234,
      cause: 128,
      recovery: 9,
      endpoints: ['control:44444444@198.51.100.7', 'user:33333333@2001:db8::1'],
    },
  ],
  [
    'Error Indication without a sequence number',
    `301a001100000000${tv(16, '0000beef')}${tlv(133, 'c0000201')}${tlv(255, '0001')}`,
    { type: 26, teid: 0, endpoints: ['user:0000beef@192.0.2.1'] },
  ],
  ['End Marker', '30fe000000000001', { type: 254, teid: 1 }],
  [
    'Identification Request, the area the phone was in',
    v1(48, tv(3, `${PLMN_OCTETS}0007ff`) + tv(5, 'c0000001')),
    { type: 48, teid: 0, sequence: 0x1234, cellId: '001-01-7' },
  ],
  [
    'Identification Response with two vectors',
    v1(49, tv(1, '80') + tv(2, IMSI_OCTETS) + tv(9, '00'.repeat(28)) + tv(9, '11'.repeat(28))),
    { type: 49, teid: 0, sequence: 0x1234, cause: 128, imsi: IMSI, vectors: 2 },
  ],
  [
    'SGSN Context Response with addresses behind all others',
    v1(51, tv(1, '80') + tv(17, '00000007') + tlv(133, 'c0000201') + tlv(222, '00') + tlv(133, 'c6336407')),
    {
      type: 51,
      teid: 0,
      sequence: 0x1234,
      cause: 128,
      endpoints: ['control:00000007@192.0.2.1', 'user:@198.51.100.7'],
    },
  ],
  [
    'UE Registration Query Response',
    v1(62, tv(1, '80') + tv(2, IMSI_OCTETS) + tlv(164, PLMN_OCTETS)),
    { type: 62, teid: 0, sequence: 0x1234, cause: 128, imsi: IMSI, servingNetwork: '00101' },
  ],
  [
    'MS Info Change Notification Request of a service area',
    v1(128, tv(2, IMSI_OCTETS) + tlv(151, '01') + tlv(152, `01${PLMN_OCTETS}00070009`)),
    { type: 128, teid: 0, sequence: 0x1234, imsi: IMSI, ratType: 1, cellId: '001-01-7-9' },
  ],
  [
    'Supported Extension Headers Notification, whose list says its length in one octet',
    v1(31, `8d02c0c1${tlv(151, '01')}`),
    { type: 31, teid: 0, sequence: 0x1234, ratType: 1 },
  ],
  [
    'Update PDP Context Request behind two extension headers',
    `3612001b00000001123400c0 010102c2 01ffff00 ${tv(14, '07')}${tv(20, '05')}${tlv(152, `02${PLMN_OCTETS}0007ff09`)}`,
    { type: 18, teid: 1, sequence: 0x1234, recovery: 7, cellId: '001-01-7' },
  ],
  [
    'Create Session Request',
    CREATE_SESSION_REQUEST,
    {
      type: 32,
      teid: 0,
      sequence: 0x012345,
      imsi: IMSI,
      msisdn: MSISDN,
      imei: IMEI,
      apn: APN,
      ratType: 6,
      servingNetwork: '00101',
      cellId: '001-01-180149761',
      recovery: 7,
      endpoints: ['6:0000000a@192.0.2.1', '4:0000000b@192.0.2.2'],
    },
  ],
  [
    'Create Session Response',
    CREATE_SESSION_RESPONSE,
    {
      type: 33,
      teid: 10,
      sequence: 0x012345,
      cause: 16,
      endpoints: ['7:0000000c@198.51.100.7', '5:0000000d@198.51.100.8'],
    },
  ],
  [
    'Echo Request of GTPv2, without an identifier',
    '40010009 000001 00 03 0001 00 07',
    { type: 1, sequence: 1, recovery: 7 },
  ],
  [
    'Context Response with what stands in its PDN connections',
    v2(
      131,
      ie(2, '1000') +
        ie(1, IMSI_OCTETS) +
        ie(
          109,
          ie(71, APN_OCTETS) +
            fTeid(7, '0000000c', 'c6336407') +
            ie(93, ie(73, '05') + ie(87, 'c50000000dc633640820010db8000000000000000000000001', 1)),
        ),
    ),
    {
      type: 131,
      teid: 0,
      sequence: 0x012345,
      cause: 16,
      imsi: IMSI,
      apn: APN,
      endpoints: ['7:0000000c@198.51.100.7', '5:0000000d@198.51.100.8', '5:0000000d@2001:db8::1'],
    },
  ],
  [
    'Forward Relocation Request with a correlation number before the true one',
    v2(133, ie(76, '447700090000') + ie(76, MSISDN_OCTETS, 1) + fTeid(12, '0000000e', 'c0000201')),
    { type: 133, teid: 0, sequence: 0x012345, msisdn: MSISDN, endpoints: ['12:0000000e@192.0.2.1'] },
  ],
  [
    'UE Registration Query Response of GTPv2',
    v2(159, ie(2, '1000') + ie(1, IMSI_OCTETS) + ie(120, PLMN_OCTETS)),
    { type: 159, teid: 0, sequence: 0x012345, cause: 16, imsi: IMSI, servingNetwork: '00101' },
  ],
]

/** Values of User Location Information (TS 29.274 §8.21) and the place they name. */
export const LOCATIONS: readonly (readonly [string, string | null])[] = [
  [`01${PLMN_OCTETS}00070009`, '001-01-7-9'],
  [`02${PLMN_OCTETS}0007000a`, '001-01-7-10'],
  [`04${PLMN_OCTETS}0007ffff`, '001-01-7'],
  [`08${PLMN_OCTETS}0008`, '001-01-8'],
  [`10${PLMN_OCTETS}f0000101`, '001-01-257'],
  [`20${PLMN_OCTETS}0009`, '001-01-9'],
  [`40${PLMN_OCTETS}f00101`, '001-01-257'],
  [`80${PLMN_OCTETS}100101`, '001-01-1048833'],
  [`05${PLMN_OCTETS}00070009${PLMN_OCTETS}0007ffff`, '001-01-7-9'],
  [`19${PLMN_OCTETS}00070009${PLMN_OCTETS}0008${PLMN_OCTETS}00000101`, '001-01-257'],
  ['00', null],
]

/** Anomalies, and the message that has them. */
export const ODD: readonly (readonly [string, string])[] = [
  ['missingParameter', v1(20, tv(14, '07'))],
  ['parameterOrder', v1(20, tv(20, '05') + tv(14, '07'))],
  ['duplicateParameter', v1(20, tv(14, '07') + tv(14, '07') + tv(20, '05'))],
  ['unknownParameter', v1(20, tv(20, '05') + tlv(237, '00'))],
  ['spareBits', v1(20, tv(20, '05'), { flags: '3a' })],
  ['identityLength', v1(61, tv(2, '0001f1ffffffffff'))],
  ['nonDecimalDigits', v1(61, tv(2, '0001012143658afd'))],
  ['digitsAfterFiller', v1(61, tv(2, '00010121f36587f9'))],
  ['parameterLength', v1(36, tv(2, IMSI_OCTETS) + tlv(133, 'c00002'))],
  ['parameterLength', v1(128, tlv(151, '0101'))],
  ['parameterLength', v1(128, tlv(151, '01') + tlv(152, `00${PLMN_OCTETS}1234`))],
  ['apnEncoding', v1(112, tlv(128, 'f121') + tlv(131, '09726f616d'))],
  ['trailingOctets', `${v1(20, tv(20, '05'))}00`],
  ['sequenceNumberMissing', '3014000200000001 1405'],
  ['unknownExtensionHeader', '36140010 00000001 1234 00c7 01ffff00 1405 ff0003000000'],
  ['missingParameter', v2(158, ie(3, '07'))],
  ['missingParameter', v2(179, ie(74, 'c0000201'))],
  ['duplicateParameter', v2(158, ie(1, IMSI_OCTETS) + ie(1, IMSI_OCTETS))],
  ['unknownParameter', v2(158, ie(1, IMSI_OCTETS) + ie(250, '00'))],
  ['spareBits', v2(158, ie(1, IMSI_OCTETS, 0x10))],
  ['spareBits', v2(158, ie(1, IMSI_OCTETS), { flags: '4a' })],
  ['teidPresence', v2(1, ie(3, '07'))],
  ['teidPresence', '409e0010 012345 00 01 0008 00 00010121436587f9'],
  ['piggybackMissing', v2(158, ie(1, IMSI_OCTETS), { flags: '58' })],
  ['parameterLength', v2(158, ie(1, IMSI_OCTETS) + ie(87, '8600000001c00002'))],
  ['parameterLength', v2(158, ie(1, IMSI_OCTETS) + ie(86, `18${PLMN_OCTETS}0007`))],
  ['parameterLength', v2(163, ie(2, '10'))],
]

/** Datagrams that are no GTP message, or are cut: why, and where. */
export const NOT_GTP: readonly (readonly [string, string, number])[] = [
  // a DNS query (RFC 1035 §4.1.1) from a port that GTP uses, and others whose identifier looks like a header of GTP
  ['6bcb0100000100000000000004616263640365666706686969', 'unknown version', 0],
  ['3210010000010000000000000461626364', 'impossible length', 2],
  ['48200100000100000000000004616263640365', 'impossible length', 2],
  ['326a0000000100000000', 'unknown message type', 1],
  ['48ee0003000100000000', 'unknown message type', 1],
  ['3214000200000001', 'impossible length', 2],
  ['321400020000000112340000', 'impossible length', 2],
  ['48200004000000011234', 'impossible length', 2],
  ['3414000800000001000000c0001405aa', 'impossible extension header', 12],
  ['3414000800000001000000c000ffff00', 'impossible extension header', 12],
  ['1e10000a000000ff', 'impossible length', 2],
  ['1e32000400', 'truncated', 5],
  ['0e08000000000000', 'unknown message type', 1],
]
