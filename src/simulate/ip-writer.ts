/** Protocol numbers. Source: IANA, Assigned Internet Protocol Numbers. */
export const IP_PROTOCOLS = { tcp: 6, udp: 17, sctp: 132 } as const

/** One end of the wire. */
export interface Host {
  /** Four octets. */
  readonly ip: readonly number[]
  /** Last octet of its hardware address in the documentation block 00-00-5E-00-53. Source: RFC 7042 §2.1.2. */
  readonly mac: number
}

const frame = new Uint8Array(14 + 65_535)
const frameView = new DataView(frame.buffer)
/** Both addresses without their last octets, and the type of IPv4. */
const HARDWARE = Uint8Array.of(0x00, 0x00, 0x5e, 0x00, 0x53, 0, 0x00, 0x00, 0x5e, 0x00, 0x53, 0, 0x08, 0x00)

/**
 * An Ethernet II frame with an IPv4 packet that carries `payload`, SCTP unless told otherwise.
 * The octets last until the next call. Source: RFC 791 §3.1, RFC 1071 (checksum).
 */
export function ethernetIpv4(
  from: Host,
  to: Host,
  identification: number,
  payload: Uint8Array,
  protocol: number = IP_PROTOCOLS.sctp,
): Uint8Array {
  const out = frame.subarray(0, 14 + 20 + payload.length)
  const view = frameView
  frame.set(HARDWARE)
  frame[5] = to.mac
  frame[11] = from.mac
  view.setUint16(24, 0)
  view.setUint16(14, 0x4500)
  view.setUint16(16, 20 + payload.length)
  view.setUint16(18, identification & 0xffff)
  view.setUint16(20, 0x4000)
  view.setUint16(22, (64 << 8) | protocol)
  out.set(from.ip, 26)
  out.set(to.ip, 30)
  view.setUint16(24, checksum(view, 14, 34))
  out.set(payload, 34)
  return out
}

/** A UDP datagram. Source: RFC 768; the checksum also covers addresses, protocol and length. */
export function udpDatagram(from: Host, to: Host, port: number, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + payload.length)
  const view = new DataView(out.buffer)
  view.setUint16(0, port)
  view.setUint16(2, port)
  view.setUint16(4, out.length)
  out.set(payload, 8)
  view.setUint16(6, transportChecksum(from, to, IP_PROTOCOLS.udp, view) || 0xffff)
  return out
}

/** One direction of a TCP connection: what its next segment needs. */
export interface TcpSender {
  readonly sourcePort: number
  readonly destinationPort: number
  /** Of the next octet, modulo 2^32. */
  sequence: number
}

/** A TCP segment with `payload`, no options. Source: RFC 9293 §3.1. */
export function tcpSegment(
  from: Host,
  to: Host,
  sender: TcpSender,
  acknowledgment: number,
  payload: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(20 + payload.length)
  const view = new DataView(out.buffer)
  view.setUint16(0, sender.sourcePort)
  view.setUint16(2, sender.destinationPort)
  view.setUint32(4, sender.sequence)
  view.setUint32(8, acknowledgment)
  view.setUint16(12, 0x5018)
  view.setUint16(14, 0xfaf0)
  out.set(payload, 20)
  view.setUint16(16, transportChecksum(from, to, IP_PROTOCOLS.tcp, view))
  sender.sequence = (sender.sequence + payload.length) >>> 0
  return out
}

function transportChecksum(from: Host, to: Host, protocol: number, segment: DataView): number {
  let sum = protocol + segment.byteLength
  for (const { ip } of [from, to]) sum += (word(ip, 0) + word(ip, 2)) | 0
  const even = segment.byteLength & ~1
  for (let at = 0; at < even; at += 2) sum += segment.getUint16(at)
  if (even < segment.byteLength) sum += segment.getUint8(even) << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

function word(ip: readonly number[], at: number): number {
  return ((ip[at] ?? 0) << 8) | (ip[at + 1] ?? 0)
}

function checksum(view: DataView, start: number, end: number): number {
  let sum = 0
  for (let at = start; at < end; at += 2) sum += view.getUint16(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}
