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

/** Payload protocol identifier of M3UA. Source: RFC 4666 §7.1. */
const PPID_M3UA = 3

/**
 * An SCTP packet with one DATA chunk, unfragmented, for each of `messages`.
 * Source: RFC 9260 §3 (packet), §3.3.1 (DATA), §6.8 and Appendix A (CRC32c).
 */
export function sctpPacket(sender: SctpSender, messages: readonly Uint8Array[], stream: number): Uint8Array {
  let length = 12
  for (const message of messages) length += 16 + Math.ceil(message.length / 4) * 4
  const out = new Uint8Array(length)
  const view = new DataView(out.buffer)
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
    view.setUint32(at + 12, PPID_M3UA)
    out.set(message, at + 16)
    sender.tsn = (sender.tsn + 1) >>> 0
    sender.streamSequence[stream] = (sequence + 1) & 0xffff
    at += 16 + Math.ceil(message.length / 4) * 4
  }
  view.setUint32(8, crc32c(out), true)
  return out
}

const CRC_TABLE = new Uint32Array(256)
for (let i = 0; i < 256; i++) {
  let value = i
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  CRC_TABLE[i] = value
}

/** CRC32c (Castagnoli) of `bytes`. Source: RFC 9260 Appendix A. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
