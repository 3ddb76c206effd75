import { LIMITS } from '../../limits.ts'
import { packDigits, unpackDigits } from '../../numbering/packed-digits.ts'
import type { Kept } from './memory.ts'
import { longer, Slots } from './slots.ts'

/** Marks an identity that is saved as its hash. */
const OPAQUE = '#'

/** What is known by subscriber, as it is saved. */
export interface SubjectRows {
  /** What a slot has; undefined for nothing. */
  read(slot: number): Kept | undefined
  /** Takes back what `read` gave once; what has another form is left out. */
  write(slot: number, row: Kept): void
}

/** What a slot has in one column. */
interface Column {
  lengthen(slots: number): void
  clear(slot: number): void
}

/** A number for each slot, 0 for none. */
export class NumberColumn implements Column, SubjectRows {
  private values = new Float64Array(0)

  get(slot: number): number {
    return this.values[slot] ?? 0
  }

  set(slot: number, value: number): void {
    this.values[slot] = value
  }

  lengthen(slots: number): void {
    this.values = longer(this.values, new Float64Array(slots))
  }

  clear(slot: number): void {
    this.values[slot] = 0
  }

  read(slot: number): number | undefined {
    return this.get(slot) || undefined
  }

  write(slot: number, row: Kept): void {
    if (typeof row === 'number') this.set(slot, row)
  }
}

/** A row for each slot that has one. */
export class RowColumn<V extends Kept> implements Column, SubjectRows {
  private rows: (V | undefined)[] = []

  get(slot: number): V | undefined {
    return this.rows[slot]
  }

  set(slot: number, row: V | undefined): void {
    this.rows[slot] = row
  }

  lengthen(slots: number): void {
    for (let slot = this.rows.length; slot < slots; slot++) this.rows.push(undefined)
  }

  clear(slot: number): void {
    this.rows[slot] = undefined
  }

  read(slot: number): V | undefined {
    return this.rows[slot]
  }

  write(slot: number, row: Kept): void {
    this.rows[slot] = row as V
  }
}

/**
 * Subscribers as small numbers, so that what detectors know of one stands in columns and not in tables with texts for
 * keys: LIMITS.tableEntries at most; the one unused the longest gives way, with all that stands in its row. An identity
 * that is no number, such as a pseudonym, is known by its hash.
 */
export class Subjects {
  readonly most: number
  private readonly columns: Column[] = []
  private readonly slots: Slots
  private length = 0
  /** The identity asked for last: detectors ask one after the other for the same. */
  private lastIdentity: string | null = null
  private lastSlot = -1

  /** @param most at most, a power of two. */
  constructor(most: number = LIMITS.tableEntries) {
    this.most = most
    this.slots = new Slots(
      most,
      (slots) => {
        this.length = slots
        for (const column of this.columns) column.lengthen(slots)
      },
      (slot) => {
        // the one asked for last may be another's now
        this.lastIdentity = null
        for (const column of this.columns) column.clear(slot)
      },
    )
  }

  /** Subscribers known. */
  get size(): number {
    return this.slots.size
  }

  /** Subscribers that gave way to others. */
  get evicted(): number {
    return this.slots.evicted
  }

  /** The slot of an identity, or -1. */
  find(identity: string): number {
    if (identity !== this.lastIdentity) this.remember(identity, this.slots.find(keyOf(identity)))
    return this.lastSlot
  }

  /** The slot of an identity, taken for it where it has none. */
  of(identity: string): number {
    if (identity !== this.lastIdentity || this.lastSlot < 0) this.remember(identity, this.slots.take(keyOf(identity)))
    return this.lastSlot
  }

  private remember(identity: string, slot: number): void {
    this.lastIdentity = identity
    this.lastSlot = slot
  }

  /** A new column of numbers. */
  numbers(): NumberColumn {
    return this.added(new NumberColumn())
  }

  /** A new column of rows. */
  rows<V extends Kept>(): RowColumn<V> {
    return this.added(new RowColumn<V>())
  }

  private added<C extends Column>(column: C): C {
    column.lengthen(this.length)
    this.columns.push(column)
    return column
  }

  /** Has `clear` told each slot that is given to another subscriber. */
  onGone(clear: (slot: number) => void): void {
    this.columns.push({ lengthen: () => undefined, clear })
  }

  /** Every subscriber, as a text to save, and its slot. */
  *entries(): Generator<readonly [saved: string, slot: number]> {
    for (const [key, slot] of this.slots.entries()) yield [key < 0 ? OPAQUE + -key : unpackDigits(key), slot]
  }

  /** The slot of one saved as `saved`. */
  ofSaved(saved: string): number {
    const hash = saved.startsWith(OPAQUE) ? Number(saved.slice(OPAQUE.length)) : 0
    return hash > 0 && Number.isSafeInteger(hash) ? this.slots.take(-hash) : this.of(saved)
  }
}

/** The digits packed; below 0, 52 bits of hash of any other text. */
function keyOf(identity: string): number {
  const packed = packDigits(identity)
  if (packed !== 0) return packed
  let high = 0x811c9dc5
  let low = 0x01000193
  for (let i = 0; i < identity.length; i++) {
    const character = identity.charCodeAt(i)
    high = Math.imul(high ^ character, 0x01000193)
    low = Math.imul(low + character, 0x85ebca6b)
  }
  high ^= high >>> 15
  low ^= low >>> 13
  return -((high >>> 6) * 0x4000000 + (low >>> 6)) - 1
}
