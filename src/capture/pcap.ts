import { u32At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Packet } from './packet.ts'
import type { PacketParser, Window } from './packet-parser.ts'
import { PCAP_MAGICS } from './sniff.ts'

const FILE_HEADER_BYTES = 24

/**
 * Parses a pcap file. Upper bits of the link type (length of the frame check sequence) are masked off. A record longer
 * than LIMITS.packetBytes ends it with a fault, since nothing tells where the next one begins.
 * Source: draft-ietf-opsawg-pcap §4 and §5.
 */
export class PcapParser implements PacketParser {
  need = FILE_HEADER_BYTES
  fault: Fault | null = null
  private readonly capture: number
  private frame = 0
  private linkType = 0
  private little = false
  private nanoseconds = false
  private recordHeaderBytes = 0

  /** @param capture what Packet.capture shall say. */
  constructor(capture: number) {
    this.capture = capture
  }

  next(window: Window): Packet | null {
    if (this.recordHeaderBytes === 0 && !this.readFileHeader(window)) return null
    const { view, start: record } = window
    const start = record + this.recordHeaderBytes
    if (start > window.end) {
      this.need = this.recordHeaderBytes
      return null
    }
    const capturedBytes = view.getUint32(record + 8, this.little)
    if (capturedBytes > LIMITS.packetBytes) {
      this.fault = new Fault('pcap', `a packet record claims ${capturedBytes} octets`, window.base + record)
      return null
    }
    const end = start + capturedBytes
    if (end > window.end) {
      this.need = end - record
      return null
    }
    window.start = end
    this.frame++
    const fraction = view.getUint32(record + 4, this.little)
    return {
      capture: this.capture,
      frame: this.frame,
      timeUs:
        view.getUint32(record, this.little) * 1_000_000 + (this.nanoseconds ? Math.trunc(fraction / 1000) : fraction),
      linkType: this.linkType,
      bytes: window.bytes,
      start,
      end,
      originalLength: Math.max(view.getUint32(record + 12, this.little), capturedBytes),
    }
  }

  cut(window: Window): Fault | null {
    if (this.recordHeaderBytes !== 0 && window.start === window.end) return null
    const where = this.recordHeaderBytes === 0 ? 'the file header' : 'a packet record'
    return new Fault('pcap', `the capture ends in the middle of ${where}`, window.base + window.start)
  }

  private readFileHeader(window: Window): boolean {
    const { bytes, view, start, end } = window
    if (start + FILE_HEADER_BYTES > end) return false
    const magic = u32At(bytes, start)
    const row = PCAP_MAGICS.find((candidate) => candidate.magic === magic)
    if (row === undefined) {
      this.fault = new Fault('pcap', 'no pcap file header is found', window.base + start)
      return false
    }
    this.little = row.little
    this.nanoseconds = row.nanoseconds
    this.recordHeaderBytes = row.recordHeaderBytes
    this.linkType = view.getUint32(start + 20, this.little) & 0xffff
    window.start = start + FILE_HEADER_BYTES
    return true
  }
}
