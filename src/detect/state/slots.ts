import { SlotIndex } from '../../bytes/slot-index.ts'

/** Slots at first; they double as they fill. */
const FIRST_SLOTS = 1 << 12

/**
 * Slots, numbers from 0, by a key that is a number: the rows of columns that their owner keeps. Grows by doubling up to
 * `most`; then the slot unused the longest, as far as a clock hand sees, gives way and is counted.
 */
export class Slots {
  /** Keys that gave way. */
  evicted = 0
  private keys = new Float64Array(FIRST_SLOTS)
  private used = new Uint8Array(FIRST_SLOTS)
  private index = new SlotIndex(FIRST_SLOTS, FIRST_SLOTS)
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
    let slot = this.index.first(hashOf(key))
    while (slot >= 0 && this.keys[slot] !== key) slot = this.index.after(slot)
    if (slot >= 0) this.used[slot] = 1
    return slot
  }

  /** The slot of `key`, taken for it where it has none. */
  take(key: number): number {
    const known = this.find(key)
    if (known >= 0) return known
    if (this.count === this.keys.length && this.count < this.most) this.double()
    const slot = this.count < this.keys.length ? this.count++ : this.evict()
    this.keys[slot] = key
    this.used[slot] = 1
    this.index.enter(slot, hashOf(key))
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
    this.index.leave(slot)
    this.clear(slot)
    this.evicted++
    return slot
  }

  private double(): void {
    const slots = this.keys.length * 2
    this.keys = longer(this.keys, new Float64Array(slots))
    this.used = longer(this.used, new Uint8Array(slots))
    this.index = new SlotIndex(slots, slots)
    for (let slot = 0; slot < this.count; slot++) this.index.enter(slot, hashOf(this.keys[slot] ?? 0))
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
