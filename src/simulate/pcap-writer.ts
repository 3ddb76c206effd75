import { LIMITS } from '../limits.ts'

const LINKTYPE_ETHERNET = 1
const FIRST_BYTES = 64 * 1024

/** Takes octets of the file in order, before the buffer is used again. */
export type PcapOutput = (octets: Uint8Array) => void

/**
 * Builds a pcap file of Ethernet frames with microseconds, little-endian.
 * Source: draft-ietf-opsawg-pcap §4 and §5.
 * Without an output the whole file gathers in memory; with one, the buffer is handed over each time it is full.
 */
export class PcapWriter {
  private buffer = new Uint8Array(FIRST_BYTES)
  private view = new DataView(this.buffer.buffer)
  private used = 0
  private readonly output: PcapOutput | null
  /** Packets written so far: the last frame's number, as Wireshark counts. */
  packets = 0
  /** Octets of the file so far. */
  bytes = 24

  constructor(output: PcapOutput | null = null) {
    this.output = output
    const header = [0xa1b2c3d4, 0x0004_0002, 0, 0, LIMITS.packetBytes, LINKTYPE_ETHERNET]
    for (const word of header) this.u32(word)
  }

  /** Adds one packet. @param timeUs since 1970, an integer. Returns its frame number. */
  packet(timeUs: number, octets: Uint8Array): number {
    this.reserve(16 + octets.length)
    this.u32(Math.floor(timeUs / 1_000_000))
    this.u32(timeUs % 1_000_000)
    this.u32(octets.length)
    this.u32(octets.length)
    this.buffer.set(octets, this.used)
    this.used += octets.length
    this.bytes += 16 + octets.length
    return ++this.packets
  }

  /** Hands over what is left, or returns the whole file when there is no output. */
  finish(): Uint8Array {
    const rest = this.buffer.subarray(0, this.used)
    if (this.output === null) return rest
    this.output(rest)
    this.used = 0
    return new Uint8Array(0)
  }

  private u32(value: number): void {
    this.view.setUint32(this.used, value, true)
    this.used += 4
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return
    if (this.output !== null && this.buffer.length >= LIMITS.packetBytes + 16) {
      this.output(this.buffer.subarray(0, this.used))
      this.used = 0
      return
    }
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, LIMITS.packetBytes + 16))
    larger.set(this.buffer.subarray(0, this.used))
    this.buffer = larger
    this.view = new DataView(larger.buffer)
    this.reserve(bytes)
  }
}
