/** An attribute-value pair to be written: octets, or the AVPs that a group holds. */
export interface Avp {
  readonly code: number
  /** 0 for one of the base protocol. */
  readonly vendor: number
  readonly mandatory: boolean
  readonly content: Uint8Array | readonly Avp[]
}

/** 3GPP. Source: IANA, Private Enterprise Numbers. */
export const VENDOR_3GPP = 10415

const encoder = new TextEncoder()

/** An AVP of the base protocol (RFC 6733 §4.5) with text, an Unsigned32, octets, or a group. */
export function baseAvp(code: number, value: string | number | Uint8Array | readonly Avp[]): Avp {
  return { code, vendor: 0, mandatory: true, content: contentOf(value) }
}

/** An AVP of 3GPP. */
export function tgppAvp(code: number, value: string | number | Uint8Array | readonly Avp[], mandatory = true): Avp {
  return { code, vendor: VENDOR_3GPP, mandatory, content: contentOf(value) }
}

function contentOf(value: string | number | Uint8Array | readonly Avp[]): Avp['content'] {
  if (typeof value === 'string') return textOctets(value)
  if (typeof value === 'number') {
    return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
  }
  return value
}

const known = new Map<string, Uint8Array>()

/** Hosts and realms come again and again; Session-Ids never do. */
function textOctets(text: string): Uint8Array {
  if (text.includes(';')) return encoder.encode(text)
  const before = known.get(text)
  if (before !== undefined) return before
  const octets = encoder.encode(text)
  if (known.size < 4_096) known.set(text, octets)
  return octets
}

/** What stands in front of the AVPs. */
export interface DiameterHeader {
  readonly command: number
  readonly application: number
  readonly request: boolean
  readonly error: boolean
  readonly hopByHop: number
  readonly endToEnd: number
}

/** A Diameter message. Source: RFC 6733 §3 (header), §4.1 (AVP). */
export function encodeDiameter(header: DiameterHeader, avps: readonly Avp[]): Uint8Array {
  let length = 20
  for (const avp of avps) length += paddedLength(avp)
  const out = new Uint8Array(length)
  const view = new DataView(out.buffer)
  view.setUint32(0, 0x0100_0000 | length)
  view.setUint32(4, (((header.request ? 0x80 : 0) | 0x40 | (header.error ? 0x20 : 0)) << 24) | header.command)
  view.setUint32(8, header.application)
  view.setUint32(12, header.hopByHop)
  view.setUint32(16, header.endToEnd)
  let at = 20
  for (const avp of avps) at = writeAvp(out, view, at, avp)
  return out
}

function lengthOf(avp: Avp): number {
  const head = avp.vendor === 0 ? 8 : 12
  if (avp.content instanceof Uint8Array) return head + avp.content.length
  let length = head
  for (const member of avp.content) length += paddedLength(member)
  return length
}

function paddedLength(avp: Avp): number {
  return (lengthOf(avp) + 3) & ~3
}

function writeAvp(out: Uint8Array, view: DataView, start: number, avp: Avp): number {
  const length = lengthOf(avp)
  view.setUint32(start, avp.code)
  view.setUint32(start + 4, (((avp.vendor === 0 ? 0 : 0x80) | (avp.mandatory ? 0x40 : 0)) << 24) | length)
  let at = start + 8
  if (avp.vendor !== 0) {
    view.setUint32(at, avp.vendor)
    at += 4
  }
  if (avp.content instanceof Uint8Array) out.set(avp.content, at)
  else for (const member of avp.content) at = writeAvp(out, view, at, member)
  return (start + length + 3) & ~3
}
