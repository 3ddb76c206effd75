import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { PulledStream } from './pulled-stream.ts'

/** Octets that come in order: of a file as it lies on the disk, or of what a decompressor makes of it. */
export interface OctetSource {
  /**
   * Fills `into` from `offset` on, as far as octets are at hand.
   * @returns how many were written, 0 at the end. Throws what reading throws.
   */
  read(into: Uint8Array, offset: number): Promise<number>
}

/** Where the octets of an input come from. A file can be read again from the start, a pipe cannot. */
export interface Origin {
  readonly rewindable: boolean
  read(into: Uint8Array, offset: number, position: number): Promise<number>
  close(): Promise<void>
}

/** The octets of one input as they lie on the disk or come down the pipe, counted and hashed while they are read. */
export class RawSource implements OctetSource {
  /** Octets taken in so far; what is read a second time is not counted again. */
  bytes = 0
  /** SHA-256 of all octets, hexadecimal, once the end was reached; null before, and without hashing. */
  sha256: string | null = null
  closed = false
  private readonly origin: Origin
  private readonly hash: ReturnType<typeof createHash> | null
  private position = 0

  constructor(origin: Origin, hashed: boolean) {
    this.origin = origin
    this.hash = hashed ? createHash('sha256') : null
  }

  get rewindable(): boolean {
    return this.origin.rewindable
  }

  async read(into: Uint8Array, offset: number): Promise<number> {
    if (this.closed) return 0
    const length = await this.origin.read(into, offset, this.position)
    if (this.closed) return 0
    const known = this.bytes - this.position
    this.position += length
    if (length > known) {
      this.hash?.update(into.subarray(offset + known, offset + length))
      this.bytes = this.position
    }
    if (length === 0 && this.hash !== null && this.sha256 === null) this.sha256 = this.hash.digest('hex')
    return length
  }

  /** Starts over; only where `rewindable`. */
  rewind(): void {
    this.position = 0
  }

  /** Reads what is left, for the hash and the count alone; without hashing nothing. */
  async drain(): Promise<void> {
    if (this.hash === null) return
    const scratch = new Uint8Array(256 * 1024)
    while ((await this.read(scratch, 0)) > 0);
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    await this.origin.close()
  }
}

/**
 * A regular file: each read says where, so that it can start over. It is read on this thread, as the system reads ahead
 * anyway: handing a chunk to another thread and waking up for it costs four times the read, and an idle wait.
 */
export function fileOrigin(handle: FileHandle): Origin {
  return {
    rewindable: true,
    async read(into, offset, position) {
      const length = readSync(handle.fd, into, offset, into.length - offset, position)
      // Signals and messages of other threads get their turn.
      await nextTurn()
      return length
    },
    // What was read stays read, whatever closing says.
    close: () => handle.close().catch(() => undefined),
  }
}

/** Standard input, or a pipe that was named: read once, in order. */
export function streamOrigin(stream: Readable): Origin {
  const pulled = new PulledStream(stream)
  let rest: Uint8Array = new Uint8Array(0)
  return {
    rewindable: false,
    async read(into, offset) {
      if (rest.length === 0) rest = (await pulled.next()) ?? rest
      const length = Math.min(rest.length, into.length - offset)
      into.set(rest.subarray(0, length), offset)
      rest = rest.subarray(length)
      return length
    },
    // Not waited for: a pipe closes only when the read that is under way comes back.
    close: async () => pulled.destroy(),
  }
}
