/**
 * A bounds-checked reader over `bytes[offset, end)`. It never throws: a short read sets `failed`, remembers where
 * in `failedAt`, moves to the end and returns 0. Read a layer, then check `failed` once before trusting any of it.
 */
export class Cursor {
  readonly bytes: Uint8Array
  offset: number
  readonly end: number
  failed = false
  failedAt = -1

  /** @param end exclusive; cut to the buffer, so a hostile length cannot reach past it. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes
    this.offset = start
    this.end = Math.min(end, bytes.length)
  }

  /** Octets left. */
  get left(): number {
    return this.end - this.offset
  }

  u8(): number {
    if (this.offset >= this.end) return this.fail()
    return this.bytes[this.offset++]!
  }

  u16(): number {
    const at = this.take(2)
    return at < 0 ? 0 : (this.bytes[at]! << 8) | this.bytes[at + 1]!
  }

  u16le(): number {
    const at = this.take(2)
    return at < 0 ? 0 : this.bytes[at]! | (this.bytes[at + 1]! << 8)
  }

  u24(): number {
    const at = this.take(3)
    return at < 0 ? 0 : (this.bytes[at]! << 16) | (this.bytes[at + 1]! << 8) | this.bytes[at + 2]!
  }

  u32(): number {
    const at = this.take(4)
    if (at < 0) return 0
    const b = this.bytes
    return ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0
  }

  u32le(): number {
    const at = this.take(4)
    if (at < 0) return 0
    const b = this.bytes
    return ((b[at + 3]! << 24) | (b[at + 2]! << 16) | (b[at + 1]! << 8) | b[at]!) >>> 0
  }

  /** Steps over `count` octets; a negative count fails. */
  skip(count: number): void {
    this.take(count)
  }

  private take(count: number): number {
    const at = this.offset
    if (count < 0 || at + count > this.end) {
      this.fail()
      return -1
    }
    this.offset = at + count
    return at
  }

  private fail(): 0 {
    if (!this.failed) {
      this.failed = true
      this.failedAt = this.offset
    }
    this.offset = this.end
    return 0
  }
}
