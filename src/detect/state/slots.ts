/** Slots at first; they double as they fill. */
const FIRST_SLOTS = 1 << 12
/** A cell of the index holds a slot plus 1 in its lower bits, and above them bits of the hash. */
const SLOT_BITS = 25
const SLOT_MASK = (1 << SLOT_BITS) - 1
/** What a row begins with: its key, and whether it was used since the hand came by. */
const KEY = 0
const USED = 1

/** One number of each row, 0 for none. */
export class NumberColumn {
  private readonly slots: Slots
  private readonly offset: number

  constructor(slots: Slots, offset: number) {
    this.slots = slots
    this.offset = offset
  }

  get(slot: number): number {
    return this.slots.rows[slot * this.slots.width + this.offset] ?? 0
  }

  set(slot: number, value: number): void {
    this.slots.rows[slot * this.slots.width + this.offset] = value
  }
}

/**
 * Rows of numbers, counted from 0, by a key that is a number other than 0. Grows by doubling up to `most`, 2 ** 24 at most;
 * then the row unused the longest, as far as a clock hand sees, gives way and is counted. All numbers of a row stand
 * together, and the index is open addressing, half full at most, so that a look-up touches memory twice.
 */
export class Slots {
  /** Keys that gave way. */
  evicted = 0
  /** All rows, `width` numbers each; for NumberColumn. */
  rows = new Float64Array(FIRST_SLOTS * 2)
  width = 2
  private length = FIRST_SLOTS
  private cells = new Int32Array(FIRST_SLOTS * 2)
  private count = 0
  private hand = 0
  private readonly most: number
  private readonly gone: (slot: number) => void

  /**
   * @param most rows at most, a power of two.
   * @param gone told a row before it is cleared for another key.
   */
  constructor(most: number, gone: (slot: number) => void = () => undefined) {
    this.most = most
    this.gone = gone
  }

  get size(): number {
    return this.count
  }

  /** A further number in each row. */
  column(): NumberColumn {
    const { rows, width } = this
    this.rows = new Float64Array(this.length * (width + 1))
    for (let slot = 0; slot < this.count; slot++) {
      this.rows.set(rows.subarray(slot * width, (slot + 1) * width), slot * (width + 1))
    }
    this.width++
    return new NumberColumn(this, width)
  }

  /** The row of `key`, or -1. */
  find(key: number): number {
    const { cells, rows, width } = this
    const hash = hashOf(key)
    const tag = hash & ~SLOT_MASK
    for (let i = hash & (cells.length - 1); ; i = (i + 1) & (cells.length - 1)) {
      const cell = cells[i] ?? 0
      if (cell === 0) return -1
      const slot = (cell & SLOT_MASK) - 1
      if ((cell & ~SLOT_MASK) !== tag || rows[slot * width] !== key) continue
      // a line of memory that is only read need not be written back
      if (rows[slot * width + USED] !== 1) rows[slot * width + USED] = 1
      return slot
    }
  }

  /** The row of `key`, taken for it where it has none. */
  take(key: number): number {
    const known = this.find(key)
    if (known >= 0) return known
    if (this.count === this.length && this.count < this.most) this.double()
    const slot = this.count < this.length ? this.count++ : this.evict()
    this.rows[slot * this.width + KEY] = key
    this.rows[slot * this.width + USED] = 1
    this.enter(slot)
    return slot
  }

  /** Every key and its row. */
  *entries(): Generator<readonly [key: number, slot: number]> {
    for (let slot = 0; slot < this.count; slot++) yield [this.keyOf(slot), slot]
  }

  private keyOf(slot: number): number {
    return this.rows[slot * this.width + KEY] ?? 0
  }

  private evict(): number {
    while (this.rows[this.hand * this.width + USED] === 1) {
      this.rows[this.hand * this.width + USED] = 0
      this.hand = (this.hand + 1) % this.length
    }
    const slot = this.hand
    this.hand = (this.hand + 1) % this.length
    this.gone(slot)
    this.leave(slot)
    this.rows.fill(0, slot * this.width, (slot + 1) * this.width)
    this.evicted++
    return slot
  }

  private enter(slot: number): void {
    const { cells } = this
    const hash = hashOf(this.keyOf(slot))
    let i = hash & (cells.length - 1)
    while (cells[i] !== 0) i = (i + 1) & (cells.length - 1)
    cells[i] = (hash & ~SLOT_MASK) | (slot + 1)
  }

  /** Takes a row out of the index; those behind it move up, so that no gap hides them. */
  private leave(slot: number): void {
    const { cells } = this
    const mask = cells.length - 1
    let gap = hashOf(this.keyOf(slot)) & mask
    while (((cells[gap] ?? 0) & SLOT_MASK) !== slot + 1) gap = (gap + 1) & mask
    for (let i = (gap + 1) & mask; ; i = (i + 1) & mask) {
      const cell = cells[i] ?? 0
      if (cell === 0) break
      const home = hashOf(this.keyOf((cell & SLOT_MASK) - 1)) & mask
      // it may not move in front of where its search begins
      if (((i - home) & mask) < ((i - gap) & mask)) continue
      cells[gap] = cell
      gap = i
    }
    cells[gap] = 0
  }

  private double(): void {
    const { rows } = this
    this.length *= 2
    this.rows = new Float64Array(this.length * this.width)
    this.rows.set(rows)
    this.cells = new Int32Array(this.length * 2)
    for (let slot = 0; slot < this.count; slot++) this.enter(slot)
  }
}

function hashOf(key: number): number {
  let hash = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
