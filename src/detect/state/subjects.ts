import { LIMITS } from '../../limits.ts'
import { packDigits, unpackDigits } from '../../numbering/packed-digits.ts'
import type { Kept } from './memory.ts'
import { type NumberColumn, Slots } from './slots.ts'
import { textHash } from './text-hash.ts'

/** Marks an identity that is saved as its hash. */
const OPAQUE = '#'

/** What is known by subscriber, as it is saved. */
export interface SubjectRows {
  /** What a slot has; undefined for nothing. */
  read(slot: number): Kept | undefined
  /** Takes back what `read` gave once; what has another form is left out. */
  write(slot: number, row: Kept): void
}

/** Numbers by subscriber as they are saved. */
export class SavedNumbers implements SubjectRows {
  readonly numbers: NumberColumn

  constructor(numbers: NumberColumn) {
    this.numbers = numbers
  }

  read(slot: number): number | undefined {
    return this.numbers.get(slot) || undefined
  }

  write(slot: number, row: Kept): void {
    if (typeof row === 'number') this.numbers.set(slot, row)
  }
}

/** A row for each slot that has one. */
export class RowColumn<V extends Kept> implements SubjectRows {
  private readonly rows: (V | undefined)[] = []

  get(slot: number): V | undefined {
    return this.rows[slot]
  }

  set(slot: number, row: V | undefined): void {
    while (this.rows.length < slot) this.rows.push(undefined)
    this.rows[slot] = row
  }

  read(slot: number): V | undefined {
    return this.rows[slot]
  }

  write(slot: number, row: Kept): void {
    this.set(slot, row as V)
  }
}

/**
 * A short text for each slot that has one. Digits, as of numbers of subscribers, stand in a column of numbers: strings would
 * each be an object for the garbage collector to look after.
 */
export class TextColumn implements SubjectRows {
  private readonly digits: NumberColumn
  private readonly others: RowColumn<string>

  constructor(subjects: Subjects) {
    this.digits = subjects.numbers()
    this.others = subjects.rows<string>()
  }

  get(slot: number): string | undefined {
    const packed = slot < 0 ? 0 : this.digits.get(slot)
    return packed === 0 ? this.others.get(slot) : unpackDigits(packed)
  }

  set(slot: number, text: string): void {
    const packed = packDigits(text)
    // what is there already is mostly what is set again
    if (this.digits.get(slot) === packed && packed !== 0) return
    this.digits.set(slot, packed)
    if (packed === 0 || this.others.get(slot) !== undefined) this.others.set(slot, packed === 0 ? text : undefined)
  }

  read(slot: number): string | undefined {
    return this.get(slot)
  }

  write(slot: number, row: Kept): void {
    this.set(slot, String(row))
  }
}

/**
 * Subscribers as small numbers, so that what detectors know of one stands in columns and not in tables with texts for
 * keys: LIMITS.tableEntries at most; the one unused the longest gives way, with all that stands in its row. An identity
 * that is no number, such as a pseudonym, is known by its hash.
 */
export class Subjects {
  readonly most: number
  private readonly slots: Slots
  private readonly forgetters: ((slot: number) => void)[] = []
  /** The identity asked for last: detectors ask one after the other for the same. */
  private lastIdentity: string | null = null
  private lastSlot = -1

  /** @param most at most, a power of two. */
  constructor(most: number = LIMITS.tableEntries) {
    this.most = most
    this.slots = new Slots(most, (slot) => {
      // the one asked for last may be another's now
      this.lastIdentity = null
      for (const forget of this.forgetters) forget(slot)
    })
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
    return this.slots.column()
  }

  /** A new column of numbers that are saved. */
  savedNumbers(): SavedNumbers {
    return new SavedNumbers(this.numbers())
  }

  /** A new column of rows. */
  rows<V extends Kept>(): RowColumn<V> {
    const column = new RowColumn<V>()
    this.onGone((slot) => column.set(slot, undefined))
    return column
  }

  /** Has `forget` told each slot that is about to be another subscriber's. */
  onGone(forget: (slot: number) => void): void {
    this.forgetters.push(forget)
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

/** The digits packed; below 0, the hash of any other text. */
export function keyOf(identity: string): number {
  return packDigits(identity) || -textHash(identity)
}
