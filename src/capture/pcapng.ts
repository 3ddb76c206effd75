import { u32At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Packet } from './packet.ts'
import type { PacketParser, Window } from './packet-parser.ts'
import { BIG_ENDIAN_SECTION, LITTLE_ENDIAN_SECTION, SECTION_HEADER } from './sniff.ts'
import { type TimestampUnit, timestampUnit, toTimeUs } from './timestamp.ts'

/** Block types. Source: draft-ietf-opsawg-pcapng §4 and §12.1. */
const INTERFACE_DESCRIPTION = 1
const OBSOLETE_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6

/** Option codes of an interface description. Source: draft-ietf-opsawg-pcapng §4.2. */
const END_OF_OPTIONS = 0
const IF_TSRESOL = 9
const IF_TSOFFSET = 14

/** Type, length and, at the end, the length again. */
const MIN_BLOCK_BYTES = 12
/** Fixed part in front of the packet data, with type and length. */
const PACKET_DATA_OFFSET = 28
const SIMPLE_DATA_OFFSET = 12
const INTERFACE_OPTIONS_OFFSET = 16
/** Resolution where if_tsresol is absent: 10^-6 s. */
const DEFAULT_RESOLUTION = 6

interface CaptureInterface {
  readonly linkType: number
  /** 0: no limit. */
  readonly snapLength: number
  readonly unit: TimestampUnit
}

/**
 * Parses a pcapng file: any number of sections, each in its own byte order with its own interfaces. Section lengths are
 * not needed and not trusted; unknown blocks are stepped over without being held. Only packet blocks count as frames.
 * A packet is handed out once its data are complete; the options behind them are stepped over.
 * Source: draft-ietf-opsawg-pcapng §3 and §4.
 */
export class PcapngParser implements PacketParser {
  need = MIN_BLOCK_BYTES
  fault: Fault | null = null
  private readonly capture: number
  private frame = 0
  private little = false
  private interfaces: CaptureInterface[] = []
  /** Octets left of the block under way before its closing length; -1 between blocks. */
  private skipBytes = -1
  private blockLength = 0
  private blockOffset = 0

  /** @param capture what Packet.capture shall say. */
  constructor(capture: number) {
    this.capture = capture
  }

  next(window: Window): Packet | null {
    for (;;) {
      if (this.skipBytes >= 0 && !this.closeBlock(window)) return null
      const packet = this.openBlock(window)
      if (packet !== null) return packet
      if (this.skipBytes < 0) return null
    }
  }

  cut(window: Window): Fault | null {
    if (this.skipBytes < 0 && window.start === window.end) return null
    const offset = this.skipBytes < 0 ? window.base + window.start : this.blockOffset
    return new Fault('pcapng', 'the capture ends in the middle of a block', offset)
  }

  /** Reads a block's head and what is wanted of its body; on success `skipBytes` is what is left of it. */
  private openBlock(window: Window): Packet | null {
    const { bytes, view, start: block, end } = window
    if (block + MIN_BLOCK_BYTES > end) return this.want(MIN_BLOCK_BYTES)
    this.blockOffset = window.base + block
    if (u32At(bytes, block) === SECTION_HEADER && !this.readByteOrder(u32At(bytes, block + 8))) return null
    const type = view.getUint32(block, this.little)
    const length = view.getUint32(block + 4, this.little)
    if (length < MIN_BLOCK_BYTES || length % 4 !== 0 || length > LIMITS.blockBytes) {
      return this.fail(`a block claims ${length} octets`)
    }
    this.blockLength = length
    switch (type) {
      case ENHANCED_PACKET:
      case OBSOLETE_PACKET:
        return this.readPacket(window, type)
      case SIMPLE_PACKET:
        return this.readSimplePacket(window)
      case INTERFACE_DESCRIPTION:
        return this.readInterface(window)
      case SECTION_HEADER:
        return this.readSectionHeader(window)
      default:
        return this.consume(window, 8)
    }
  }

  private readByteOrder(magic: number): boolean {
    if (magic !== BIG_ENDIAN_SECTION && magic !== LITTLE_ENDIAN_SECTION) {
      this.fail('a section header has no byte-order magic')
      return false
    }
    this.little = magic === LITTLE_ENDIAN_SECTION
    return true
  }

  private readSectionHeader(window: Window): null {
    const { view, start, end } = window
    if (this.blockLength < 28) return this.fail(`a section header claims ${this.blockLength} octets`)
    if (start + 16 > end) return this.want(16)
    const major = view.getUint16(start + 12, this.little)
    if (major !== 1) return this.fail(`a section has the unknown version ${major}`)
    this.interfaces = []
    return this.consume(window, 16)
  }

  private readInterface(window: Window): null {
    const { view, start, end } = window
    const length = this.blockLength
    // Its options are wanted, so the whole block is held: as much as for a packet, no more.
    if (length < INTERFACE_OPTIONS_OFFSET + 4 || length > LIMITS.packetBytes) {
      return this.fail(`an interface description claims ${length} octets`)
    }
    if (start + length > end) return this.want(length)
    if (this.interfaces.length >= LIMITS.interfaces) {
      return this.fail(`a section describes more than ${LIMITS.interfaces} interfaces`)
    }
    this.interfaces.push({
      linkType: view.getUint16(start + 8, this.little),
      snapLength: view.getUint32(start + 12, this.little),
      unit: this.readTimestampUnit(view, start + INTERFACE_OPTIONS_OFFSET, start + length - 4),
    })
    return this.consume(window, length - 4)
  }

  /** Options that run past the block end the list; Source: draft-ietf-opsawg-pcapng §3.5. */
  private readTimestampUnit(view: DataView, start: number, end: number): TimestampUnit {
    let resolution = DEFAULT_RESOLUTION
    let offsetSeconds = 0n
    for (let option = start; option + 4 <= end; ) {
      const code = view.getUint16(option, this.little)
      const length = view.getUint16(option + 2, this.little)
      const value = option + 4
      if (code === END_OF_OPTIONS || value + length > end) break
      if (code === IF_TSRESOL && length === 1) resolution = view.getUint8(value)
      if (code === IF_TSOFFSET && length === 8) offsetSeconds = view.getBigInt64(value, this.little)
      option = value + padded(length)
    }
    return timestampUnit(resolution, offsetSeconds)
  }

  private readPacket(window: Window, type: number): Packet | null {
    const { view, start: block, end } = window
    if (block + PACKET_DATA_OFFSET > end) return this.want(PACKET_DATA_OFFSET)
    const little = this.little
    const id = type === ENHANCED_PACKET ? view.getUint32(block + 8, little) : view.getUint16(block + 8, little)
    const from = this.interfaces[id]
    if (from === undefined) return this.fail(`a packet block names interface ${id}, which is not described`)
    const capturedBytes = view.getUint32(block + 20, little)
    if (!this.holds(PACKET_DATA_OFFSET, capturedBytes)) return null
    if (block + PACKET_DATA_OFFSET + capturedBytes > end) return this.want(PACKET_DATA_OFFSET + capturedBytes)
    const timeUs = toTimeUs(from.unit, view.getUint32(block + 12, little), view.getUint32(block + 16, little))
    const originalLength = view.getUint32(block + 24, little)
    return this.packet(window, from, timeUs, PACKET_DATA_OFFSET, capturedBytes, originalLength)
  }

  /** A simple packet belongs to the first interface and carries no time. Source: draft-ietf-opsawg-pcapng §4.4. */
  private readSimplePacket(window: Window): Packet | null {
    const { view, start: block, end } = window
    const from = this.interfaces[0]
    if (from === undefined) return this.fail('a packet block names interface 0, which is not described')
    const originalLength = view.getUint32(block + 8, this.little)
    const capturedBytes = from.snapLength === 0 ? originalLength : Math.min(originalLength, from.snapLength)
    if (!this.holds(SIMPLE_DATA_OFFSET, capturedBytes)) return null
    if (block + SIMPLE_DATA_OFFSET + capturedBytes > end) return this.want(SIMPLE_DATA_OFFSET + capturedBytes)
    return this.packet(window, from, 0, SIMPLE_DATA_OFFSET, capturedBytes, originalLength)
  }

  private packet(
    window: Window,
    from: CaptureInterface,
    timeUs: number,
    dataOffset: number,
    capturedBytes: number,
    originalLength: number,
  ): Packet {
    const start = window.start + dataOffset
    this.consume(window, dataOffset + capturedBytes)
    this.frame++
    return {
      capture: this.capture,
      frame: this.frame,
      timeUs,
      linkType: from.linkType,
      bytes: window.bytes,
      start,
      end: start + capturedBytes,
      originalLength: Math.max(originalLength, capturedBytes),
    }
  }

  private holds(dataOffset: number, capturedBytes: number): boolean {
    if (capturedBytes <= LIMITS.packetBytes && dataOffset + capturedBytes + 4 <= this.blockLength) return true
    this.fail(`a packet block of ${this.blockLength} octets claims ${capturedBytes} octets of packet data`)
    return false
  }

  /** Steps over the rest of the block and checks the length that closes it. False when octets are missing. */
  private closeBlock(window: Window): boolean {
    const step = Math.min(this.skipBytes, window.end - window.start)
    window.start += step
    this.skipBytes -= step
    if (window.start + 4 > window.end) {
      // One octet at least, so that a long block is stepped over chunk by chunk and never held.
      this.want(this.skipBytes > 0 ? 1 : 4)
      return false
    }
    const closing = window.view.getUint32(window.start, this.little)
    if (closing !== this.blockLength) {
      this.fail(`a block of ${this.blockLength} octets closes with a length of ${closing}`)
      return false
    }
    window.start += 4
    this.skipBytes = -1
    return true
  }

  private consume(window: Window, octets: number): null {
    window.start += octets
    this.skipBytes = this.blockLength - 4 - octets
    return null
  }

  private want(octets: number): null {
    this.need = octets
    return null
  }

  private fail(reason: string): null {
    this.fault = new Fault('pcapng', reason, this.blockOffset)
    return null
  }
}

function padded(length: number): number {
  return (length + 3) & ~3
}
