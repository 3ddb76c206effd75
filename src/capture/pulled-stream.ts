import type { Readable } from 'node:stream'

/**
 * Takes the octets of a stream when they are asked for and not before. Unlike the stream's own iterator it hands out
 * all that came before an error, and a wait ends at once when the stream is destroyed.
 */
export class PulledStream {
  private readonly stream: Readable
  private error: Error | null = null
  private ended = false
  private changed = false
  private wake: (() => void) | null = null

  constructor(stream: Readable) {
    this.stream = stream
    stream.on('readable', () => this.notify())
    stream.on('end', () => this.finish(null))
    stream.on('error', (error) => this.finish(error))
    stream.on('close', () => this.finish(null))
  }

  /**
   * The octets at hand, or null at the end; waits for them. Throws the stream's error.
   * @param starved called before each wait, to keep whatever feeds the stream going.
   */
  async next(starved?: () => Promise<void>): Promise<Uint8Array | null> {
    for (;;) {
      const octets: Uint8Array | null = this.stream.read()
      if (octets !== null) return octets
      if (this.error !== null) throw this.error
      if (this.ended) return null
      await starved?.()
      if (!this.changed) await new Promise<void>((resolve) => (this.wake = resolve))
      this.changed = false
      this.wake = null
    }
  }

  /** Ends a wait, so that the stream is looked at again. */
  notify(): void {
    this.changed = true
    this.wake?.()
  }

  /** Gives the stream up; a wait under way comes back with the end. */
  destroy(): void {
    this.stream.destroy()
    this.finish(null)
  }

  private finish(error: Error | null): void {
    if (!this.ended) this.error = error
    this.ended = true
    this.notify()
  }
}
