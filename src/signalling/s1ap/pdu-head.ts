import { at } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'

/** An elementary procedure of S1AP, X2AP or NGAP. */
export interface Procedure {
  readonly code: number
  readonly name: string
}

/** The alternatives of the PDU, in the order of their index. Source: 3GPP TS 36.413 §9.3.2 (S1AP-PDU). */
export const PDU_TYPES = ['initiatingMessage', 'successfulOutcome', 'unsuccessfulOutcome'] as const

/** What the first octets of a PDU of S1AP, X2AP or NGAP tell. */
export interface PduHead {
  readonly type: (typeof PDU_TYPES)[number]
  readonly procedureCode: number
}

/** Octets of the head: choice index, procedure code, criticality, and the least that a length takes. */
const HEAD_BYTES = 4

/**
 * Decodes the head of an S1AP-PDU, X2AP-PDU or NGAP-PDU in `bytes[start, end)`, which all three have alike in ALIGNED PER:
 * the extension bit and two bits of choice index, padding, one octet of procedure code, two bits of criticality, padding.
 * Source: 3GPP TS 36.413 §9.3.2, TS 36.423 §9.3.3, TS 38.413 §9.4.3; ITU-T X.691 §11.5.7.2, §23.
 * @returns the head, or a Fault: `truncated` under 4 octets, `unknown PDU type`, `padding is not zero`. Never throws.
 */
export function decodePduHead(bytes: Uint8Array, start: number, end: number, layer: string): PduHead | Fault {
  if (Math.min(end, bytes.length) - start < HEAD_BYTES) return new Fault(layer, 'truncated', start)
  const choice = at(bytes, start)
  const type = PDU_TYPES[choice >> 5]
  if (type === undefined) return new Fault(layer, 'unknown PDU type', start)
  const criticality = at(bytes, start + 2)
  if ((choice & 0x1f) !== 0 || (criticality & 0x3f) !== 0) return new Fault(layer, 'padding is not zero', start)
  return { type, procedureCode: at(bytes, start + 1) }
}
