import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { Packet } from '../capture/packet.ts'

const SECTION_HEADER = 0x0a0d0d0a
const INTERFACE_DESCRIPTION = 1
const ENHANCED_PACKET = 6
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const COMMENT = 1
const INTERFACE_NAME = 2
const TIME_RESOLUTION = 9
const USER_APPLICATION = 4
const MICROSECONDS = 6

/** A pcapng file under way: one section, an interface for each capture and link type. Source: draft-ietf-opsawg-pcapng. */
export class PcapngWriter {
  private readonly stream: WriteStream
  private readonly interfaces = new Map<string, number>()

  /** @param comment of the whole file. */
  constructor(path: string, application: string, comment: string) {
    this.stream = createWriteStream(path)
    // told when the file is closed
    this.stream.on('error', () => undefined)
    const fixed = Buffer.alloc(16)
    fixed.writeUInt32LE(BYTE_ORDER_MAGIC, 0)
    fixed.writeUInt16LE(1, 4)
    fixed.writeBigInt64LE(-1n, 8)
    this.block(SECTION_HEADER, fixed, [
      [COMMENT, Buffer.from(comment)],
      [USER_APPLICATION, Buffer.from(application)],
    ])
  }

  /** Adds a packet as it was captured. @param capture the file it comes from: the name of its interface. */
  add(packet: Packet, capture: string, comment: string): void {
    const { bytes, start, end, timeUs, originalLength } = packet
    const fixed = Buffer.alloc(20)
    fixed.writeUInt32LE(this.interfaceOf(capture, packet.linkType), 0)
    // a time before 1970 has no place in the file
    const time = BigInt(Math.max(0, timeUs))
    fixed.writeUInt32LE(Number(time >> 32n), 4)
    fixed.writeUInt32LE(Number(time & 0xffffffffn), 8)
    fixed.writeUInt32LE(end - start, 12)
    fixed.writeUInt32LE(Math.min(originalLength, 0xffffffff), 16)
    const body = Buffer.concat([fixed, padded(Buffer.from(bytes.subarray(start, end)))])
    this.block(ENHANCED_PACKET, body, [[COMMENT, Buffer.from(comment)]])
  }

  /** Writes what is left. Throws what the file system throws. */
  async close(): Promise<void> {
    this.stream.end()
    await finished(this.stream)
  }

  private interfaceOf(capture: string, linkType: number): number {
    const key = `${linkType} ${capture}`
    const known = this.interfaces.get(key)
    if (known !== undefined) return known
    const number = this.interfaces.size
    this.interfaces.set(key, number)
    const fixed = Buffer.alloc(8)
    fixed.writeUInt16LE(linkType, 0)
    this.block(INTERFACE_DESCRIPTION, fixed, [
      [INTERFACE_NAME, Buffer.from(capture)],
      [TIME_RESOLUTION, Buffer.from([MICROSECONDS])],
    ])
    return number
  }

  private block(type: number, fixed: Buffer, options: readonly (readonly [number, Buffer])[]): void {
    const parts = options.map(([code, value]) => {
      const head = Buffer.alloc(4)
      const cut = value.subarray(0, 0xffff)
      head.writeUInt16LE(code, 0)
      head.writeUInt16LE(cut.length, 2)
      return Buffer.concat([head, padded(cut)])
    })
    const body = Buffer.concat([fixed, ...parts, Buffer.alloc(4)])
    const length = body.length + 12
    const head = Buffer.alloc(8)
    head.writeUInt32LE(type, 0)
    head.writeUInt32LE(length, 4)
    const tail = Buffer.alloc(4)
    tail.writeUInt32LE(length, 0)
    this.stream.write(Buffer.concat([head, body, tail]))
  }
}

/** To a multiple of four octets. */
function padded(octets: Buffer): Buffer {
  return octets.length % 4 === 0 ? octets : Buffer.concat([octets, Buffer.alloc(4 - (octets.length % 4))])
}
