import { at, u16At, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'

/** The header that M3UA, M2UA, M2PA and SUA share. Source: RFC 4666 §3.1, RFC 3331 §3.1, RFC 4165 §2.1, RFC 3868 §3.1. */
export interface SigtranHeader {
  readonly messageClass: number
  readonly messageType: number
  /** Octets behind the header, `[start, end)`: cut to the length field or to the buffer, whichever is shorter. */
  readonly start: number
  readonly end: number
}

/** Octets of the common header. */
export const HEADER_BYTES = 8

/** Decodes the common header in `bytes[start, end)`. @returns a Fault when short, of another version, or cut. */
export function decodeSigtranHeader(
  layer: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): SigtranHeader | Fault {
  if (end - start < HEADER_BYTES) return new Fault(layer, 'truncated', end)
  if (at(bytes, start) !== 1) return new Fault(layer, 'unknown version', start)
  const length = u32At(bytes, start + 4)
  if (length < HEADER_BYTES) return new Fault(layer, 'impossible length', start + 4)
  // RFC 4666 §3.1.4: the length may leave out the final padding; longer than the user message means it was cut
  if (length > end - start + 3) return new Fault(layer, 'truncated', end)
  return {
    messageClass: at(bytes, start + 2),
    messageType: at(bytes, start + 3),
    start: start + HEADER_BYTES,
    end: Math.min(end, start + length),
  }
}

const NO_BYTES = new Uint8Array(0)

/** Walks parameters of tag, length, value, padded to four octets. Source: RFC 4666 §3.2. */
export class ParameterReader {
  tag = 0
  /** Value octets, `[start, end)`. */
  start = 0
  end = 0
  /** Set when a parameter's length is impossible. */
  failedAt = -1
  private offset = 0
  private limit = 0
  private bytes: Uint8Array = NO_BYTES

  /** Begins at the first parameter in `bytes[start, limit)`. */
  open(bytes: Uint8Array, start: number, limit: number): void {
    this.bytes = bytes
    this.offset = start
    this.limit = limit
    this.failedAt = -1
  }

  /** Steps to the next parameter. @returns false at the end, or when `failedAt` is set. */
  next(): boolean {
    if (this.offset + 4 > this.limit) return false
    const length = u16At(this.bytes, this.offset + 2)
    if (length < 4 || this.offset + length > this.limit) {
      this.failedAt = this.offset + 2
      return false
    }
    this.tag = u16At(this.bytes, this.offset)
    this.start = this.offset + 4
    this.end = this.offset + length
    this.offset += (length + 3) & ~3
    return true
  }
}
