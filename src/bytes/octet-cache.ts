import { viewOf } from './view.ts'

/**
 * Values already made, by the octets they were made from: the same few addresses and identities come again and again.
 * Direct-mapped and of fixed size, so hostile input can only make it useless, never large. Values are shared: they must
 * not change.
 */
export class OctetCache<T> {
  /** A row a place: the shape, 0 where the place is free, then the octets in words. */
  private readonly rows: Int32Array
  private readonly values: (T | undefined)[]
  private readonly rowWords: number
  private readonly sought: Int32Array
  private slot = -1

  /**
   * @param slots values kept at most, a power of two.
   * @param longestBytes octets of the longest key; longer ones are never found.
   */
  constructor(slots: number, longestBytes: number) {
    this.rowWords = 1 + ((longestBytes + 3) >> 2)
    this.rows = new Int32Array(slots * this.rowWords)
    this.values = new Array(slots).fill(undefined)
    this.sought = new Int32Array(this.rowWords)
  }

  /**
   * The value kept for the octets `bytes[start, end)`, or undefined.
   * @param shape what else the value depends on, from 0 to 2^20.
   */
  find(bytes: Uint8Array, start: number, end: number, shape: number): T | undefined {
    const { sought, rows, rowWords, values } = this
    const length = end - start
    if (length < 0 || length > (rowWords - 1) * 4 || end > bytes.length) {
      this.slot = -1
      return undefined
    }
    const view = viewOf(bytes)
    // the length plus 1: never 0, which marks a free place
    let hash = (shape << 10) | (length + 1)
    sought[0] = hash
    let count = 1
    let p = start
    for (; p + 4 <= end; p += 4) {
      const word = view.getInt32(p)
      sought[count++] = word
      hash = Math.imul(hash, 0x9e3779b1) ^ word
    }
    if (p < end) {
      let word = 0
      for (; p < end; p++) word = (word << 8) | view.getUint8(p)
      sought[count++] = word
      hash = Math.imul(hash, 0x9e3779b1) ^ word
    }
    // one step a word above, as each waits for the one before; mixed once
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    const slot = (hash ^ (hash >>> 13)) & (values.length - 1)
    this.slot = slot
    const row = slot * rowWords
    for (let i = 0; i < count; i++) if (rows[row + i] !== sought[i]) return undefined
    return values[slot]
  }

  /** Keeps `value` for the octets that `find` looked for last. */
  keep(value: T): void {
    const { slot } = this
    if (slot < 0) return
    const { sought, rows, rowWords } = this
    const row = slot * rowWords
    for (let i = 0; i < rowWords; i++) rows[row + i] = sought[i] ?? 0
    this.values[slot] = value
  }
}
