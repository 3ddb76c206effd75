import { hex } from '../../bytes/bytes.vectors.ts'

/** Messages of the SIGTRAN user adaptations, written by hand. User parts are `c0ffee`, or an SCCP message's first octets. */

/** A parameter of tag, length and value, padded. Source: RFC 4666 §3.2. */
export function parameter(tag: string, value: string): string {
  const octets = value.replaceAll(' ', '')
  const length = octets.length / 2
  return tag + (length + 4).toString(16).padStart(4, '0') + octets + '00'.repeat(-length & 3)
}

/** A message of class and type. Source: RFC 4666 §3.1. */
export function sigtran(classAndType: string, ...parameters: readonly string[]): Uint8Array {
  const body = parameters.join('').replaceAll(' ', '')
  return hex('0100', classAndType, (8 + body.length / 2).toString(16).padStart(8, '0'), body)
}

/** Point codes 100 and 200, SCCP, national network, SLS 7. Source: RFC 4666 §3.3.1. */
const LABEL = '00000064 000000c8 03 02 00 07'

export const M3UA_DATA = sigtran(
  '0101',
  parameter('0200', '00000001'),
  parameter('0006', '00000002'),
  parameter('0210', `${LABEL} c0ffee`),
)
/** The length leaves out the final padding (RFC 4666 §3.1.4). */
export const M3UA_UNPADDED = hex('01000101 0000001b', '0210 0013', LABEL, 'c0ffee')
export const M3UA_WIDE_CODES = sigtran('0101', parameter('0210', `00ffff01 00000002 03 02 00 07 c0ffee`))
export const M3UA_ASP_UP = sigtran('0301')

/** SIO 0x83 (SCCP, national), ITU label: DPC 200, OPC 100, SLS 7. Source: Q.704 §2.2. */
export const MTP3_ITU = '83 c8001970'
export const M2UA_DATA = sigtran('0601', parameter('0001', '00000001'), parameter('0300', `${MTP3_ITU} c0ffee`))
export const M2UA_DRAFT = sigtran('0601', parameter('000e', `${MTP3_ITU} c0ffee`))
/** The Japanese form has the length indicator in front. */
export const M2UA_JAPAN = sigtran('0601', parameter('0301', `00 ${MTP3_ITU} c0ffee`))
export const M2UA_ESTABLISH = sigtran('0602')

/** Sequence numbers, priority, signal unit. Source: RFC 4165 §2.2 and §2.3.1. */
export const M2PA_DATA = sigtran('0b01', '00000001 00000002', '00', MTP3_ITU, 'c0ffee')
export const M2PA_ACKNOWLEDGEMENT = sigtran('0b01', '00000001 00000002')
export const M2PA_LINK_STATUS = sigtran('0b02', '00000001 00000002', '00000004')

/** Routed on the global title +44 7700 900077, SSN 6. Source: RFC 3868 §3.10. */
export const SUA_TITLE = parameter('8001', '000000 04 0c 00 01 04 447700090077') + parameter('8003', '000000 06')
/** Routed on point code 100 and SSN 147. */
export const SUA_POINT_CODE = parameter('8002', '00000064') + parameter('8003', '000000 93')
const SUA_ADDRESSES = [parameter('0102', `0002 0007${SUA_POINT_CODE}`), parameter('0103', `0001 0005${SUA_TITLE}`)]
export const SUA_CLDT = sigtran(
  '0701',
  parameter('0006', '00000001'),
  parameter('0115', '000000 81'),
  ...SUA_ADDRESSES,
  parameter('0101', '0000000f'),
  parameter('0117', '82 000abc'),
  parameter('010b', 'c0ffee'),
)
export const SUA_CLDR = sigtran('0702', parameter('0106', '00000101'), ...SUA_ADDRESSES, parameter('010b', 'c0ffee'))
