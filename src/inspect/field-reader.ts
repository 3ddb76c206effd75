import { at, u16At, u32At } from '../bytes/at.ts'
import type { Branch } from './tree.ts'

/** How a number is written. */
export type Format = (value: number) => string

/**
 * Reads fields one behind the other and adds a row for each. A short read adds one row that says so, moves to the end,
 * sets `failed` and returns 0: as `Cursor`, read a layer and check once.
 */
export class FieldReader {
  readonly branch: Branch
  readonly bytes: Uint8Array
  offset: number
  readonly end: number
  failed = false

  /** @param end exclusive; cut to the buffer. */
  constructor(branch: Branch, bytes: Uint8Array, start: number, end: number) {
    this.branch = branch
    this.bytes = bytes
    this.offset = start
    this.end = Math.min(end, bytes.length)
  }

  get left(): number {
    return this.end - this.offset
  }

  u8(name: string, format: Format = String): number {
    return this.number(name, 1, format)
  }

  u16(name: string, format: Format = String): number {
    return this.number(name, 2, format)
  }

  u24(name: string, format: Format = String): number {
    return this.number(name, 3, format)
  }

  u32(name: string, format: Format = String): number {
    return this.number(name, 4, format)
  }

  /** A field of `count` octets, written by `format`, which gets where they begin. @returns that, or -1. */
  octets(name: string, count: number, format: (start: number) => string): number {
    const start = this.take(count)
    if (start >= 0) this.branch.field(name, format(start), start, start + count)
    return start
  }

  /** Steps over octets without a row. @returns where they begin, or -1. */
  take(count: number): number {
    const start = this.offset
    if (count < 0 || start + count > this.end) {
      this.fail()
      return -1
    }
    this.offset = start + count
    return start
  }

  private number(name: string, count: 1 | 2 | 3 | 4, format: Format): number {
    const start = this.take(count)
    if (start < 0) return 0
    const { bytes } = this
    let value = 0
    if (count === 1) value = at(bytes, start)
    else if (count === 2) value = u16At(bytes, start)
    else if (count === 3) value = (at(bytes, start) << 16) | u16At(bytes, start + 1)
    else value = u32At(bytes, start)
    this.branch.field(name, format(value), start, start + count)
    return value
  }

  private fail(): void {
    if (!this.failed) this.branch.failure('truncated', this.offset, this.end)
    this.failed = true
    this.offset = this.end
  }
}
