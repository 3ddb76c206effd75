import { type CaptureStream, openCaptures } from '../capture/capture.ts'
import { type EventBatch, EventColumns } from './columns/event-columns.ts'
import { EventDecoder } from './decoder.ts'
import type { Decoded, Decoding, DecodingAccount } from './decoding.ts'

/** Octets read without an event after which it is told how far the reading has come. */
const QUIET_BYTES = 4 * 1024 * 1024

/** Decodes captures on the thread that it is called on. */
export class CaptureDecoding implements Decoding {
  readonly bytesTotal: number | null
  private readonly captures: CaptureStream
  private readonly decoder: EventDecoder
  private readonly columns = new EventColumns()
  private full: EventBatch[] = []
  private toldBytes = 0

  private constructor(captures: CaptureStream) {
    this.captures = captures
    this.bytesTotal = captures.bytesTotal
    this.decoder = new EventDecoder(captures.inputs, (event) => {
      this.columns.add(event)
      if (this.columns.isFull) this.endBatch()
    })
  }

  /** Throws CaptureError when nothing can be read. */
  static async open(paths: readonly string[]): Promise<CaptureDecoding> {
    return new CaptureDecoding(await openCaptures(paths))
  }

  async *decoded(): AsyncGenerator<Decoded, void, void> {
    const { captures, decoder } = this
    for await (const packets of captures.batches()) {
      for (const packet of packets) {
        decoder.take(packet)
        // at once: a packet may hold thousands of messages, and whoever reads says how far ahead decoding goes
        if (this.full.length > 0) yield* this.come()
      }
      yield* this.come()
    }
    decoder.flush()
    this.endBatch()
    this.toldBytes = Number.NEGATIVE_INFINITY
    yield* this.come()
  }

  giveBack(buffers: readonly SharedArrayBuffer[]): void {
    this.columns.giveBack(buffers)
  }

  stop(): void {
    void this.captures.close()
  }

  account(): DecodingAccount {
    const { captures, decoder } = this
    return {
      captures: captures.inputs,
      failures: captures.failures,
      skipped: captures.skipped,
      packetCount: decoder.packetCount,
      messageCount: decoder.messageCount,
      eventCount: decoder.eventCount,
      packetRows: decoder.packetRows(),
      messageRows: decoder.messageRows(),
      lostBesideCount: decoder.lostBesideCount,
      forgottenRequests: decoder.forgottenRequests,
    }
  }

  close(): Promise<void> {
    return this.captures.close()
  }

  private endBatch(): void {
    if (this.columns.rows > 0) this.full.push(this.columns.take(this.decoder.visibility.takeNews()))
  }

  private *come(): Generator<Decoded, void, void> {
    const { full } = this
    const at = { bytesRead: this.captures.bytesRead(), packets: this.decoder.packetCount }
    const isQuiet = full.length === 0 && at.bytesRead - this.toldBytes >= QUIET_BYTES
    if (full.length > 0 || isQuiet) this.toldBytes = at.bytesRead
    this.full = []
    for (const batch of full) yield { batch, ...at }
    if (isQuiet) yield { batch: null, ...at }
  }
}
