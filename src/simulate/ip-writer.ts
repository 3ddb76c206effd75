const PROTOCOL_SCTP = 132

/** One end of the wire. */
export interface Host {
  /** Four octets. */
  readonly ip: readonly number[]
  /** Last octet of its hardware address in the documentation block 00-00-5E-00-53. Source: RFC 7042 §2.1.2. */
  readonly mac: number
}

/**
 * An Ethernet II frame with an IPv4 packet that carries `payload` as SCTP.
 * Source: RFC 791 §3.1, RFC 1071 (checksum).
 */
export function ethernetIpv4(from: Host, to: Host, identification: number, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(14 + 20 + payload.length)
  const view = new DataView(out.buffer)
  out.set([0x00, 0x00, 0x5e, 0x00, 0x53, to.mac, 0x00, 0x00, 0x5e, 0x00, 0x53, from.mac, 0x08, 0x00])
  view.setUint16(14, 0x4500)
  view.setUint16(16, 20 + payload.length)
  view.setUint16(18, identification & 0xffff)
  view.setUint16(20, 0x4000)
  view.setUint16(22, (64 << 8) | PROTOCOL_SCTP)
  out.set(from.ip, 26)
  out.set(to.ip, 30)
  view.setUint16(24, checksum(view, 14, 34))
  out.set(payload, 34)
  return out
}

function checksum(view: DataView, start: number, end: number): number {
  let sum = 0
  for (let at = start; at < end; at += 2) sum += view.getUint16(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
