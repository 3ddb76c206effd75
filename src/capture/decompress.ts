import type { Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { PulledStream } from './pulled-stream.ts'
import type { OctetSource, RawSource } from './source.ts'

/** Compressed octets handed over at once, and how much finer they become each time the break is looked for again. */
const PIECE_BYTES = 64 * 1024
const FINER = 256
/** Most uncompressed octets made at once. */
const CHUNK_BYTES = 256 * 1024

type Engine = Transform & { readonly bytesWritten: number }

/**
 * The uncompressed octets of a gzip or zstd file of any number of members or frames. Works on demand: the engine makes
 * one chunk and waits until it is taken, so that a decompression bomb occupies no more, whatever its ratio.
 *
 * When a stream breaks, the engine drops what it made of the piece under way. A file is then read again from the start,
 * and the breaking piece is handed over in finer pieces, at last octet by octet, so that all octets before the break come
 * out. A pipe cannot be read again: there the octets of that one piece are lost with it.
 */
export class Decompressor implements OctetSource {
  private readonly kind: 'gzip' | 'zstd'
  private readonly raw: RawSource
  private readonly chunkBytes: number
  private readonly piece = new Uint8Array(PIECE_BYTES)
  private engine: Engine
  private output: PulledStream
  private rest: Uint8Array = new Uint8Array(0)
  private writing = false
  /** Octets handed out, and of these how many are to be made again and dropped after starting over. */
  private delivered = 0
  private repeated = 0
  /** Compressed octets handed over, and from where on the pieces are finer. */
  private fed = 0
  private carefulFrom = 0
  private pieceBytes = PIECE_BYTES

  /**
   * @param first octets of `raw` that have already been read.
   * @param windowBytes what the reader holds in memory; no larger chunk is made.
   */
  constructor(kind: 'gzip' | 'zstd', raw: RawSource, first: Uint8Array, windowBytes: number) {
    this.kind = kind
    this.raw = raw
    this.chunkBytes = Math.min(CHUNK_BYTES, windowBytes)
    this.engine = createEngine(kind, this.chunkBytes)
    this.output = new PulledStream(this.engine)
    this.write(first)
  }

  async read(into: Uint8Array, offset: number): Promise<number> {
    if (this.rest.length === 0) this.rest = (await this.next()) ?? this.rest
    const length = Math.min(this.rest.length, into.length - offset)
    into.set(this.rest.subarray(0, length), offset)
    this.rest = this.rest.subarray(length)
    return length
  }

  /** Octets of the file up to the end of the compressed stream; what follows it is not part of the capture. */
  get compressedBytes(): number {
    return this.engine.bytesWritten
  }

  destroy(): void {
    this.output.destroy()
  }

  private async next(): Promise<Uint8Array | null> {
    for (;;) {
      try {
        const octets = await this.output.next(() => this.feed())
        if (octets === null) return null
        const fresh = octets.subarray(this.repeated)
        this.repeated -= octets.length - fresh.length
        this.delivered += fresh.length
        if (fresh.length > 0) return fresh
      } catch (error) {
        if (!this.losesOctets()) throw error
        this.startOver()
      }
    }
  }

  /** Hands over the next piece, when the engine is through with the last one. */
  private async feed(): Promise<void> {
    if (this.writing) return
    const careful = this.fed >= this.carefulFrom
    const length = careful ? this.pieceBytes : Math.min(PIECE_BYTES, this.carefulFrom - this.fed)
    const piece = this.piece.subarray(0, length)
    const read = await this.raw.read(piece, 0)
    this.write(piece.subarray(0, read))
  }

  private write(octets: Uint8Array): void {
    const { engine, output } = this
    this.fed += octets.length
    this.writing = true
    if (octets.length === 0) {
      engine.end()
      return
    }
    engine.write(octets, () => {
      if (this.engine !== engine) return
      this.writing = false
      output.notify()
    })
  }

  /** Whether octets before the break were lost and can be had again. */
  private losesOctets(): boolean {
    return this.raw.rewindable && this.pieceBytes > 1 && this.engine.bytesWritten < this.fed
  }

  private startOver(): void {
    this.carefulFrom = this.engine.bytesWritten
    this.pieceBytes /= FINER
    this.repeated = this.delivered
    this.fed = 0
    this.writing = false
    this.raw.rewind()
    this.engine = createEngine(this.kind, this.chunkBytes)
    this.output = new PulledStream(this.engine)
  }
}

function createEngine(kind: 'gzip' | 'zstd', chunkSize: number): Engine {
  // With a mark of one octet the engine rests while anything it made is not yet taken.
  const options = { chunkSize, readableHighWaterMark: 1 }
  return kind === 'gzip' ? createGunzip(options) : createZstdDecompress(options)
}
