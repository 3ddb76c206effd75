import { at, u16At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'

/** Formats of the routing label. Source: ITU-T Q.704 §2.2, ANSI T1.111.4 §2.2, TTC JT-Q704 §2.2. */
export type Mtp3Variant = 'itu' | 'ansi' | 'japan'

/** Service indicators that matter here. Source: ITU-T Q.704 §14.2.1. */
export const SERVICE_INDICATORS = [
  { code: 0, name: 'snm' },
  { code: 1, name: 'mtn' },
  { code: 2, name: 'mtns' },
  { code: 3, name: 'sccp' },
  { code: 4, name: 'tup' },
  { code: 5, name: 'isup' },
  { code: 9, name: 'b-isup' },
  { code: 10, name: 'sat-isup' },
  { code: 12, name: 'aal2' },
  { code: 13, name: 'bicc' },
] as const

/** A transfer of MTP3, whichever of MTP2, M2PA, M2UA or M3UA brought it: user part in `bytes[start, end)`. */
export interface Mtp3Transfer {
  readonly opc: number
  readonly dpc: number
  /** Service indicator, 0 to 15. */
  readonly si: number
  /** Network indicator, 0 to 3. */
  readonly ni: number
  readonly sls: number
  readonly variant: Mtp3Variant
  /** Bits of M3UA_OPTIONAL: optional parameters that came with it; 0 where M3UA did not bring it. */
  readonly optionalParameters: number
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** Octets in front of the user part, service information octet included. */
const LABEL_BYTES = { itu: 5, ansi: 8, japan: 6 } as const
const VARIANTS = ['itu', 'ansi', 'japan'] as const

/**
 * Decodes a signal unit's service information octet, routing label and user part in `bytes[start, end)`.
 * Nothing in the octets names the national format: where the user part is SCCP the format is taken under which it reads
 * as SCCP, ITU first; else ITU.
 * @returns a Fault when shorter than a routing label. Never throws.
 */
export function decodeMtp3(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Fault {
  if (end - start < LABEL_BYTES.itu) return new Fault('mtp3', 'truncated', end)
  const sio = at(bytes, start)
  const si = sio & 15
  const variant = si === 3 ? sccpVariant(bytes, start, end) : 'itu'
  return {
    optionalParameters: 0,
    ...decodeLabel(bytes, start + 1, variant),
    si,
    ni: sio >> 6,
    variant,
    bytes,
    start: start + LABEL_BYTES[variant],
    end,
  }
}

function decodeLabel(bytes: Uint8Array, p: number, variant: Mtp3Variant): { opc: number; dpc: number; sls: number } {
  if (variant === 'ansi') {
    // network, cluster and member travel member first
    const dpc = at(bytes, p) | (at(bytes, p + 1) << 8) | (at(bytes, p + 2) << 16)
    const opc = at(bytes, p + 3) | (at(bytes, p + 4) << 8) | (at(bytes, p + 5) << 16)
    return { dpc, opc, sls: at(bytes, p + 6) }
  }
  if (variant === 'japan') {
    const dpc = at(bytes, p) | (at(bytes, p + 1) << 8)
    const opc = at(bytes, p + 2) | (at(bytes, p + 3) << 8)
    return { dpc, opc, sls: at(bytes, p + 4) & 15 }
  }
  const dpc = at(bytes, p) | ((at(bytes, p + 1) & 0x3f) << 8)
  const opc = (at(bytes, p + 1) >> 6) | (at(bytes, p + 2) << 2) | ((at(bytes, p + 3) & 15) << 10)
  return { dpc, opc, sls: at(bytes, p + 3) >> 4 }
}

/**
 * Unitdata counts first: its pointers are a strong mark. Connection-oriented and management types carry none, and any
 * octet of a routing label may pass for one.
 */
function sccpVariant(bytes: Uint8Array, start: number, end: number): Mtp3Variant {
  const unitdata = VARIANTS.find((v) => looksLikeUnitdata(bytes, start + LABEL_BYTES[v], end))
  if (unitdata !== undefined) return unitdata
  const isKnownType = (p: number): boolean => p < end && at(bytes, p) >= 0x01 && at(bytes, p) <= 0x10
  return VARIANTS.find((v) => isKnownType(start + LABEL_BYTES[v])) ?? 'itu'
}

/** A unitdata message whose three pointers lead, in order, to parts inside the range. Source: Q.713 §2, §4. */
function looksLikeUnitdata(bytes: Uint8Array, start: number, end: number): boolean {
  const type = at(bytes, start)
  const fixed =
    type === 0x09 || type === 0x0a ? 2 : type === 0x11 || type === 0x12 ? 3 : type === 0x13 || type === 0x14 ? 3 : 0
  if (fixed === 0) return false
  const wide = type === 0x13 || type === 0x14
  let last = 0
  for (let i = 0; i < 3; i++) {
    const p = start + fixed + i * (wide ? 2 : 1)
    const target = wide ? p + 1 + (at(bytes, p) | (at(bytes, p + 1) << 8)) : p + at(bytes, p)
    if (target <= last || target >= end) return false
    last = target
  }
  return true
}

/** Point codes over 14 bits only fit the ANSI format; M3UA carries no other mark of it. */
export function variantOfPointCodes(opc: number, dpc: number): Mtp3Variant {
  return opc > 0x3fff || dpc > 0x3fff ? 'ansi' : 'itu'
}

/** Name of a service indicator, or `si N`. */
export function serviceName(si: number): string {
  return SERVICE_INDICATORS.find((row) => row.code === si)?.name ?? `si ${si}`
}

/** Signal unit of MTP2 in `bytes[start, end)`: the octets behind the length indicator. Source: ITU-T Q.703 §2.2. */
export function decodeMtp2(bytes: Uint8Array, start: number, end: number): Mtp3Transfer | Fault {
  if (end - start < 3) return new Fault('mtp2', 'truncated', end)
  const length = at(bytes, start + 2) & 0x3f
  if (length <= 2) return new Fault('mtp2', 'no message signal unit', start + 2)
  // 63 stands for "63 or more"; anything shorter names the length, and the check octets behind it are left out
  const limit = length === 63 ? end : Math.min(end, start + 3 + length)
  return decodeMtp3(bytes, start + 3, limit)
}

/** The 16 bits that a Japanese or ITU SCCP point code takes, low octet first. */
export function pointCodeAt(bytes: Uint8Array, offset: number): number {
  const value = u16At(bytes, offset)
  return ((value & 0xff) << 8) | (value >> 8)
}
