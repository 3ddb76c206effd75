/** Slots at first; they double as they fill. */
const FIRST_SLOTS = 1 << 12
/** A cell of the index holds a slot plus 1 in its lower bits, and above them bits of the hash. */
const SLOT_BITS = 25
const SLOT_MASK = (1 << SLOT_BITS) - 1

/**
 * Slots, numbers from 0, by a key that is a number other than 0: the rows of columns that their owner keeps. Grows by
 * doubling up to `most`, 2 ** 24 at most; then the slot unused the longest, as far as a clock hand sees, gives way and is
 * counted. The index is open addressing with linear probing, half full at most: a look-up touches memory twice.
 */
export class Slots {
  /** Keys that gave way. */
  evicted = 0
  private keys = new Float64Array(FIRST_SLOTS)
  private used = new Uint8Array(FIRST_SLOTS)
  private cells = new Int32Array(FIRST_SLOTS * 2)
  private count = 0
  private hand = 0
  private readonly most: number
  private readonly grow: (slots: number) => void
  private readonly clear: (slot: number) => void

  /**
   * @param most slots at most, a power of two.
   * @param grow told the new number of slots, also at first: the owner makes its columns that long.
   * @param clear told when a slot is given to another key.
   */
  constructor(most: number, grow: (slots: number) => void, clear: (slot: number) => void) {
    this.most = most
    this.grow = grow
    this.clear = clear
    grow(FIRST_SLOTS)
  }

  get size(): number {
    return this.count
  }

  /** The slot of `key`, or -1. */
  find(key: number): number {
    const { cells, keys } = this
    const hash = hashOf(key)
    const tag = hash & ~SLOT_MASK
    for (let i = hash & (cells.length - 1); ; i = (i + 1) & (cells.length - 1)) {
      const cell = cells[i] ?? 0
      if (cell === 0) return -1
      const slot = (cell & SLOT_MASK) - 1
      if ((cell & ~SLOT_MASK) !== tag || keys[slot] !== key) continue
      if (this.used[slot] === 0) this.used[slot] = 1
      return slot
    }
  }

  /** The slot of `key`, taken for it where it has none. */
  take(key: number): number {
    const known = this.find(key)
    if (known >= 0) return known
    if (this.count === this.keys.length && this.count < this.most) this.double()
    const slot = this.count < this.keys.length ? this.count++ : this.evict()
    this.keys[slot] = key
    this.used[slot] = 1
    this.enter(slot, key)
    return slot
  }

  /** Every key and its slot. */
  *entries(): Generator<readonly [key: number, slot: number]> {
    for (let slot = 0; slot < this.count; slot++) yield [this.keys[slot] ?? 0, slot]
  }

  private evict(): number {
    while (this.used[this.hand] === 1) {
      this.used[this.hand] = 0
      this.hand = (this.hand + 1) % this.keys.length
    }
    const slot = this.hand
    this.hand = (this.hand + 1) % this.keys.length
    this.leave(slot)
    this.clear(slot)
    this.evicted++
    return slot
  }

  private enter(slot: number, key: number): void {
    const { cells } = this
    const hash = hashOf(key)
    let i = hash & (cells.length - 1)
    while (cells[i] !== 0) i = (i + 1) & (cells.length - 1)
    cells[i] = (hash & ~SLOT_MASK) | (slot + 1)
  }

  /** Takes a slot out of the index; those behind it move up, so that no gap hides them. */
  private leave(slot: number): void {
    const { cells } = this
    const mask = cells.length - 1
    let gap = hashOf(this.keys[slot] ?? 0) & mask
    while (((cells[gap] ?? 0) & SLOT_MASK) !== slot + 1) gap = (gap + 1) & mask
    for (let i = (gap + 1) & mask; ; i = (i + 1) & mask) {
      const cell = cells[i] ?? 0
      if (cell === 0) break
      const home = hashOf(this.keys[(cell & SLOT_MASK) - 1] ?? 0) & mask
      // it may not move in front of where its search begins
      if (((i - home) & mask) < ((i - gap) & mask)) continue
      cells[gap] = cell
      gap = i
    }
    cells[gap] = 0
  }

  private double(): void {
    const slots = this.keys.length * 2
    this.keys = longer(this.keys, new Float64Array(slots))
    this.used = longer(this.used, new Uint8Array(slots))
    this.cells = new Int32Array(slots * 2)
    for (let slot = 0; slot < this.count; slot++) this.enter(slot, this.keys[slot] ?? 0)
    this.grow(slots)
  }
}

/** `longer` with the values of `column` in front. */
export function longer<T extends Float64Array | Int32Array | Uint8Array>(column: T, made: T): T {
  made.set(column)
  return made
}

function hashOf(key: number): number {
  let hash = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 0x100000000) | 0, 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
