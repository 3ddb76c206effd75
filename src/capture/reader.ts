import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CaptureError, systemError, systemErrorCode } from './capture-error.ts'
import { Decompressor } from './decompress.ts'
import type { Input } from './inputs.ts'
import type { Packet } from './packet.ts'
import type { PacketParser, Window } from './packet-parser.ts'
import { PcapParser } from './pcap.ts'
import { PcapngParser } from './pcapng.ts'
import { SNIFF_BYTES, sniffCompression, sniffFormat } from './sniff.ts'
import { fileOrigin, type OctetSource, type Origin, RawSource, streamOrigin } from './source.ts'

/**
 * One capture that is open: holds one chunk of it and cuts the packets out. Ends with `ended`, and with `damage` when it
 * broke before its end.
 */
export class CaptureReader {
  readonly format: 'pcap' | 'pcapng'
  readonly compression: 'none' | 'gzip' | 'zstd'
  ended = false
  /** One sentence: what broke, and where. */
  damage: string | null = null
  private readonly raw: RawSource
  private readonly octets: OctetSource
  private readonly window: Window
  private readonly parser: PacketParser

  /** @param window holds the first octets of the uncompressed capture. */
  constructor(
    raw: RawSource,
    octets: OctetSource,
    compression: 'none' | 'gzip' | 'zstd',
    window: Window,
    format: 'pcap' | 'pcapng',
    capture: number,
  ) {
    this.raw = raw
    this.octets = octets
    this.compression = compression
    this.window = window
    this.format = format
    this.parser = format === 'pcap' ? new PcapParser(capture) : new PcapngParser(capture)
  }

  /** Octets of the file itself read so far. */
  get bytes(): number {
    return this.raw.bytes
  }

  /** SHA-256 of the file itself once it was read to its end, else null. */
  get sha256(): string | null {
    return this.raw.sha256
  }

  /** The next packet of the chunk in memory, or null when it holds no further one. */
  next(): Packet | null {
    return this.parser.next(this.window)
  }

  /** Reads on to the next packet; null at the end. Overwrites the octets of the packets handed out before. */
  async refill(): Promise<Packet | null> {
    while (!this.ended) {
      const { fault } = this.parser
      if (fault !== null) {
        await this.end(`${this.place(fault.offset)}, ${fault.reason}`)
        break
      }
      try {
        if (!(await fill(this.window, this.octets, this.parser.need))) {
          const cut = this.parser.cut(this.window)
          await this.end(cut === null ? null : `${this.place(cut.offset)}, ${cut.reason}`)
          break
        }
      } catch (error) {
        await this.end(`${this.place(this.window.base + this.window.end)}, ${this.breakage(error)}`)
        break
      }
      const packet = this.parser.next(this.window)
      if (packet !== null) return packet
    }
    return null
  }

  async close(): Promise<void> {
    this.ended = true
    if (this.octets instanceof Decompressor) this.octets.destroy()
    await this.raw.close()
  }

  /** Reads the file to its end for the hash, except a pipe after a break: it might never end. */
  private async end(broken: string | null): Promise<void> {
    if (this.raw.closed) return
    this.damage = broken === null ? null : `${broken}; everything before was read, nothing behind.`
    if (broken === null || this.raw.rewindable) {
      try {
        await this.raw.drain()
      } catch (error) {
        const code = systemErrorCode(error)
        this.damage ??= `Behind the last packet, reading failed (${code}) at file offset ${this.raw.bytes}.`
      }
    }
    if (this.damage === null && this.octets instanceof Decompressor && this.raw.bytes > this.octets.compressedBytes) {
      const { compressedBytes } = this.octets
      this.damage = `The ${this.compression} stream ends at file offset ${compressedBytes}; ${this.raw.bytes - compressedBytes} octets behind it were not read.`
    }
    await this.close()
  }

  private place(offset: number): string {
    return this.compression === 'none'
      ? `At file offset ${offset}`
      : `At offset ${offset} of the uncompressed data (${this.compression})`
  }

  private breakage(error: unknown): string {
    const code = systemErrorCode(error)
    if (code === 'Z_BUF_ERROR') return `the ${this.compression} stream ends in the middle`
    if (/^(Z|ZSTD)_/.test(code)) return `the ${this.compression} stream is corrupt (${code})`
    return `reading failed (${code})`
  }
}

/**
 * Opens an input and finds out what it is.
 * @param chunkBytes octets held in memory at once; more only for a packet that is larger.
 * @param hashed whether the SHA-256 is wanted; not for a mere look at the first packet.
 * @returns the reader before its first packet. Throws CaptureError when the input cannot be read or is no capture.
 */
export async function openReader(
  input: Input,
  capture: number,
  chunkBytes: number,
  hashed: boolean,
): Promise<CaptureReader> {
  let raw: RawSource | null = null
  try {
    raw = new RawSource(await openOrigin(input), hashed)
    const label = input.kind === 'stdin' ? 'standard input' : input.path
    return await identify(label, raw, capture, chunkBytes)
  } catch (error) {
    await raw?.close()
    throw systemError(input.path, error)
  }
}

async function openOrigin(input: Input): Promise<Origin> {
  if (input.kind === 'stdin') return streamOrigin(process.stdin)
  if (input.kind === 'pipe') return streamOrigin(createReadStream(input.path))
  return fileOrigin(await open(input.path))
}

async function identify(label: string, raw: RawSource, capture: number, chunkBytes: number): Promise<CaptureReader> {
  const first = createWindow(SNIFF_BYTES)
  await fill(first, raw, SNIFF_BYTES)
  if (first.end === 0) {
    throw new CaptureError('notCapture', `${label}: empty; check what it was copied from.`)
  }
  const compression = sniffCompression(first.bytes, first.end)
  const window = createWindow(chunkBytes)
  let octets: OctetSource = raw
  if (compression === 'none') {
    window.bytes.set(first.bytes)
    window.end = first.end
  } else {
    octets = new Decompressor(compression, raw, first.bytes.subarray(0, first.end), chunkBytes)
    try {
      await fill(window, octets, SNIFF_BYTES)
    } catch (error) {
      if (sniffFormat(window.bytes, window.end) === null) {
        const code = systemErrorCode(error)
        const message = `${label}: the ${compression} stream breaks before a capture begins (${code}); copy it from its source again.`
        throw new CaptureError('unreadable', message)
      }
    }
  }
  const format = sniffFormat(window.bytes, window.end)
  if (format === null) {
    const message = `${label}: not a capture, since it begins like neither pcap nor pcapng (plain, gzip or zstd); convert it with editcap -F pcapng.`
    throw new CaptureError('notCapture', message)
  }
  return new CaptureReader(raw, octets, compression, window, format, capture)
}

function createWindow(lengthBytes: number): Window {
  const bytes = new Uint8Array(lengthBytes)
  return { bytes, view: new DataView(bytes.buffer), start: 0, end: 0, base: 0 }
}

/** Reads until `need` octets stand from `window.start` on, moving those that are there to the front; false at the end. */
async function fill(window: Window, octets: OctetSource, need: number): Promise<boolean> {
  const kept = window.end - window.start
  if (need > window.bytes.length) {
    const bytes = new Uint8Array(need)
    bytes.set(window.bytes.subarray(window.start, window.end))
    window.bytes = bytes
    window.view = new DataView(bytes.buffer)
  } else {
    window.bytes.copyWithin(0, window.start, window.end)
  }
  window.base += window.start
  window.start = 0
  window.end = kept
  while (window.end < need) {
    const length = await octets.read(window.bytes, window.end)
    if (length === 0) return false
    window.end += length
  }
  return true
}
