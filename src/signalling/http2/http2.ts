import { at } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'
import { FLAG, FRAME_HEADER_BYTES, flagsAt, PREFACE, typeAt } from './frames.ts'
import { HpackDecoder, type PseudoHeaders } from './hpack.ts'

const DATA = 0
const HEADERS = 1
const PUSH_PROMISE = 5
const CONTINUATION = 9
const PRIORITY_BYTES = 5
const PROMISED_STREAM_BYTES = 4

/**
 * What a frame is: `headers` completes a header block that could be read, `unreadable` one that could not, `part` holds
 * a part of one, `data` is the body of a message, `control` concerns the connection.
 */
export type Http2Kind = 'headers' | 'unreadable' | 'part' | 'data' | 'control'

/**
 * Reads one direction of an HTTP/2 connection, frame by frame; `headers` tells what the last header block held. Bounded
 * by LIMITS.hpack*. Source: RFC 9113 §4.3, §6.2, §6.6, §6.10; RFC 7541.
 */
export class Http2Direction {
  readonly headers: PseudoHeaders = { method: null, path: null, authority: null, status: null, missing: false }
  private readonly hpack = new HpackDecoder()
  /** Parts of a header block that CONTINUATION frames go on with; null when there is none. */
  private block: Uint8Array | null = null
  private parts = 0
  private gaps = -1

  /**
   * Reads the preface or the frame in `bytes[start, end)`; of DATA only the header is there.
   * @param gaps grows when octets were lost in front of it (`ByteStream.gaps`).
   */
  take(bytes: Uint8Array, start: number, end: number, gaps: number): Http2Kind {
    const isPreface = at(bytes, start) === PREFACE[0]
    if (gaps !== this.gaps || isPreface) {
      this.gaps = gaps
      this.block = null
      this.hpack.forget()
    }
    if (isPreface || end - start < FRAME_HEADER_BYTES) return 'control'
    const flags = flagsAt(bytes, start)
    switch (typeAt(bytes, start)) {
      case DATA:
        return 'data'
      case HEADERS:
        return this.begin(bytes, start, end, flags, (flags & FLAG.priority) === 0 ? 0 : PRIORITY_BYTES)
      case PUSH_PROMISE:
        return this.begin(bytes, start, end, flags, PROMISED_STREAM_BYTES)
      case CONTINUATION:
        if (this.block === null) return 'unreadable'
        return this.goOn(bytes, start + FRAME_HEADER_BYTES, end, flags)
      default:
        return 'control'
    }
  }

  private begin(bytes: Uint8Array, start: number, end: number, flags: number, fieldBytes: number): Http2Kind {
    const padded = (flags & FLAG.padded) !== 0
    const padding = padded ? at(bytes, start + FRAME_HEADER_BYTES) : 0
    const from = start + FRAME_HEADER_BYTES + (padded ? 1 : 0) + fieldBytes
    const to = end - padding
    this.block = null
    if (from > to) return this.lost()
    if ((flags & FLAG.endHeaders) !== 0) return this.read(bytes, from, to)
    this.block = bytes.slice(from, to)
    this.parts = 1
    return 'part'
  }

  private goOn(bytes: Uint8Array, start: number, end: number, flags: number): Http2Kind {
    const { block } = this
    if (block === null) return 'unreadable'
    this.block = null
    this.parts++
    if (this.parts > LIMITS.hpackParts || block.length + end - start > LIMITS.hpackBlockBytes) return this.lost()
    const longer = new Uint8Array(block.length + end - start)
    longer.set(block)
    longer.set(bytes.subarray(start, end), block.length)
    if ((flags & FLAG.endHeaders) !== 0) return this.read(longer, 0, longer.length)
    this.block = longer
    return 'part'
  }

  private read(bytes: Uint8Array, start: number, end: number): Http2Kind {
    if (end - start > LIMITS.hpackBlockBytes) return this.lost()
    return this.hpack.decode(bytes, start, end, this.headers) ? 'headers' : 'unreadable'
  }

  private lost(): Http2Kind {
    this.hpack.forget()
    return 'unreadable'
  }
}
