/** One direction of an SCTP association: what its next chunk needs. */
export interface SctpSender {
  readonly sourcePort: number
  readonly destinationPort: number
  readonly verificationTag: number
  /** Of the next DATA chunk; counts up by one, modulo 2^32. */
  tsn: number
  /** Next sequence number of each stream. */
  readonly streamSequence: number[]
}

/** Payload protocol identifiers. Source: RFC 4666 §7.1 (M3UA), RFC 6733 §11.4 (Diameter). */
export const PPIDS = { m3ua: 3, diameter: 46 } as const

const scratch = new Uint8Array(65_536)
const scratchView = new DataView(scratch.buffer)

/**
 * An SCTP packet with one DATA chunk, unfragmented, for each of `messages`.
 * The octets last until the next call. Source: RFC 9260 §3 (packet), §3.3.1 (DATA), §6.8 and Appendix A (CRC32c).
 */
export function sctpPacket(
  sender: SctpSender,
  messages: readonly Uint8Array[],
  stream: number,
  ppid: number = PPIDS.m3ua,
): Uint8Array {
  let length = 12
  for (const message of messages) length += 16 + Math.ceil(message.length / 4) * 4
  if (length > scratch.length) throw new RangeError(`an SCTP packet of ${length} octets`)
  const out = scratch.subarray(0, length)
  out.fill(0)
  const view = scratchView
  view.setUint16(0, sender.sourcePort)
  view.setUint16(2, sender.destinationPort)
  view.setUint32(4, sender.verificationTag)
  let at = 12
  for (const message of messages) {
    const sequence = sender.streamSequence[stream] ?? 0
    view.setUint16(at, 0x0003)
    view.setUint16(at + 2, 16 + message.length)
    view.setUint32(at + 4, sender.tsn)
    view.setUint16(at + 8, stream)
    view.setUint16(at + 10, sequence)
    view.setUint32(at + 12, ppid)
    out.set(message, at + 16)
    sender.tsn = (sender.tsn + 1) >>> 0
    sender.streamSequence[stream] = (sequence + 1) & 0xffff
    at += 16 + Math.ceil(message.length / 4) * 4
  }
  view.setUint32(8, crc32c(out), true)
  return out
}

/** Slices of four octets at a time. Table k is the effect of an octet that is k octets from the end. */
const CRC_TABLES = [0, 1, 2, 3].map(() => new Uint32Array(256))
const [T0 = new Uint32Array(0), T1 = new Uint32Array(0), T2 = new Uint32Array(0), T3 = new Uint32Array(0)] = CRC_TABLES
for (let i = 0; i < 256; i++) {
  let value = i
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  T0[i] = value
}
for (let i = 0; i < 256; i++) {
  for (const [k, table] of [T1, T2, T3].entries()) {
    const before = (CRC_TABLES[k] ?? T0)[i] ?? 0
    table[i] = (before >>> 8) ^ (T0[before & 0xff] ?? 0)
  }
}

/** CRC32c (Castagnoli) of `bytes`. Source: RFC 9260 Appendix A. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  const whole = bytes.length & ~3
  let at = 0
  for (; at < whole; at += 4) {
    crc ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
    crc = (T3[crc & 0xff] ?? 0) ^ (T2[(crc >>> 8) & 0xff] ?? 0) ^ (T1[(crc >>> 16) & 0xff] ?? 0) ^ (T0[crc >>> 24] ?? 0)
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ (T0[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
