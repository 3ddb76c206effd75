import { packDigits, packHex, unpackDigits, unpackHex } from '../../numbering/packed-digits.ts'
import { BATCH_ROWS, type Labels } from './labels.ts'

/** Octets of the bits that tell which rows of a batch hold a value. */
export const VALIDITY_BYTES = BATCH_ROWS / 8

/**
 * How a column is kept. `label` is the number of a text in `Labels`. `digits` and `hex` are the digits themselves as a
 * number, a 1 in front so that leading zeros stay; texts that do not fit are labels below zero (`packDigits`).
 */
export type ColumnKind = 'integer' | 'bigint' | 'timestamp' | 'label' | 'digits' | 'hex' | 'text'

/** Octets of a value in place. */
export const WIDTHS: Readonly<Record<ColumnKind, number>> = {
  integer: 4,
  bigint: 8,
  timestamp: 8,
  label: 4,
  digits: 8,
  hex: 8,
  text: 0,
}

/** Where a column's values and validity bits stand in the one buffer of a batch; `text` has bits alone. */
export interface ColumnPlace {
  readonly name: string
  readonly kind: ColumnKind
  /** The store keeps it; else it only carries an event from thread to thread. */
  readonly isStored: boolean
  readonly valuesAt: number
  readonly validityAt: number
}

/** Lays columns out one behind the other. @returns their places, and the octets of the whole buffer. */
export function layOut(columns: readonly Pick<ColumnPlace, 'name' | 'kind' | 'isStored'>[]): {
  readonly places: readonly ColumnPlace[]
  readonly bytes: number
} {
  let bytes = 0
  const places = columns.map(({ name, kind, isStored }) => {
    const valuesBytes = WIDTHS[kind] * BATCH_ROWS
    const place = { name, kind, isStored, valuesAt: bytes, validityAt: bytes + valuesBytes }
    bytes += valuesBytes + VALIDITY_BYTES
    return place
  })
  return { places, bytes }
}

/** What all columns share: their place in the buffer of a batch, which is written on one thread and read on others. */
export abstract class Column {
  readonly name: string
  readonly kind: ColumnKind
  isStored = true
  protected valid: Uint8Array = new Uint8Array(0)

  constructor(name: string, kind: ColumnKind) {
    this.name = name
    this.kind = kind
  }

  /** Takes its place in a buffer: of zeros to write, or of a batch to read. */
  attach(buffer: SharedArrayBuffer, place: ColumnPlace): void {
    this.valid = new Uint8Array(buffer, place.validityAt, VALIDITY_BYTES)
  }

  protected markValid(row: number): void {
    const index = row >> 3
    this.valid[index] = (this.valid[index] ?? 0) | (1 << (row & 7))
  }

  /** Whether a row holds a value. */
  has(row: number): boolean {
    return ((this.valid[row >> 3] ?? 0) & (1 << (row & 7))) !== 0
  }
}

/** Integers of 32 bits and a sign: for what the protocol keeps that small. */
export class IntegerColumn extends Column {
  private values: Int32Array = new Int32Array(0)

  constructor(name: string) {
    super(name, 'integer')
  }

  override attach(buffer: SharedArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.values = new Int32Array(buffer, place.valuesAt, BATCH_ROWS)
  }

  put(row: number, value: number | null): void {
    if (value === null) return
    this.values[row] = value
    this.markValid(row)
  }

  at(row: number): number | null {
    return this.has(row) ? (this.values[row] ?? 0) : null
  }
}

/** 64-bit integers from doubles, as two halves: exact up to 2^53, without a BigInt a value. */
export class WideColumn extends Column {
  protected halves: Int32Array = new Int32Array(0)

  constructor(name: string, kind: 'bigint' | 'timestamp' | 'digits' | 'hex' = 'bigint') {
    super(name, kind)
  }

  override attach(buffer: SharedArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.halves = new Int32Array(buffer, place.valuesAt, BATCH_ROWS * 2)
  }

  put(row: number, value: number | null): void {
    if (value === null) return
    this.halves[row * 2] = value | 0
    this.halves[row * 2 + 1] = Math.floor(value / 0x1_0000_0000)
    this.markValid(row)
  }

  at(row: number): number | null {
    return this.has(row) ? this.value(row) : null
  }

  protected value(row: number): number {
    return (this.halves[row * 2 + 1] ?? 0) * 0x1_0000_0000 + ((this.halves[row * 2] ?? 0) >>> 0)
  }
}

/** Texts that are told in full: no two are expected to be the same. */
export class TextColumn extends Column {
  /** Of the rows that hold a value, in their order. */
  private texts: readonly string[] = []
  private gathered: string[] = []
  private next = 0

  constructor(name: string) {
    super(name, 'text')
  }

  put(row: number, value: string | null): void {
    if (value === null) return
    this.gathered.push(value)
    this.markValid(row)
  }

  /** The text of a row; rows are asked for in their order. */
  at(row: number): string | null {
    return this.has(row) ? (this.texts[this.next++] ?? '') : null
  }

  /** Gives the texts of this batch away: of the rows that hold a value, in their order. */
  take(): readonly string[] {
    const { gathered } = this
    this.gathered = []
    return gathered
  }

  /** Takes the texts of a batch to read. */
  learn(texts: readonly string[]): void {
    this.texts = texts
    this.next = 0
  }
}

export class LabelColumn extends Column {
  private values: Int32Array = new Int32Array(0)
  private readonly labels: Labels
  // the last two texts: requests and answers take turns, and most columns change seldom
  private lastText = ''
  private lastNumber = -1
  private olderText = ''
  private olderNumber = -1

  constructor(name: string, labels: Labels) {
    super(name, 'label')
    this.labels = labels
  }

  override attach(buffer: SharedArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.values = new Int32Array(buffer, place.valuesAt, BATCH_ROWS)
    // numbers may begin anew with a batch
    this.lastNumber = -1
    this.olderNumber = -1
  }

  put(row: number, text: string | null): void {
    if (text === null) return
    if (text !== this.lastText || this.lastNumber < 0) this.turnTo(text)
    this.values[row] = this.lastNumber
    this.markValid(row)
  }

  at(row: number): string | null {
    return this.has(row) ? this.labels.textOf(this.values[row] ?? 0) : null
  }

  /** The words of a text; the same list for the same text. Empty where there is none. */
  wordsAt(row: number): readonly string[] {
    return this.has(row) ? this.labels.wordsOf(this.values[row] ?? 0) : []
  }

  private turnTo(text: string): void {
    const isOlder = text === this.olderText && this.olderNumber >= 0
    const number = isOlder ? this.olderNumber : this.labels.numberOf(text)
    this.olderText = this.lastText
    this.olderNumber = this.lastNumber
    this.lastText = text
    this.lastNumber = number
  }
}

/** Texts of packed digits read lately, at most. A power of two. */
const RECENT_TEXTS = 1 << 13

/** Packed digits → texts, many of which come again soon: an answer names the subscriber and the transaction of its request. */
class RecentTexts {
  private readonly unpack: (packed: number) => string
  private readonly keys = new Float64Array(RECENT_TEXTS)
  private readonly texts: string[] = new Array(RECENT_TEXTS).fill('')

  constructor(unpack: (packed: number) => string) {
    this.unpack = unpack
  }

  /** @param hash the same for the same digits, spread over 32 bits. */
  textOf(packed: number, hash: number): string {
    const place = hash & (RECENT_TEXTS - 1)
    if (this.keys[place] === packed) return this.texts[place] ?? ''
    const text = this.unpack(packed)
    this.keys[place] = packed
    this.texts[place] = text
    return text
  }
}

const DIGIT_TEXTS = new RecentTexts(unpackDigits)
const HEX_TEXTS = new RecentTexts(unpackHex)

/** Decimal or hexadecimal digits as numbers. */
export class DigitsColumn extends WideColumn {
  private readonly labels: Labels
  private readonly pack: (text: string) => number
  private readonly recent: RecentTexts

  constructor(name: string, kind: 'digits' | 'hex', labels: Labels) {
    super(name, kind)
    this.labels = labels
    this.pack = kind === 'digits' ? packDigits : packHex
    this.recent = kind === 'digits' ? DIGIT_TEXTS : HEX_TEXTS
  }

  putText(row: number, text: string | null): void {
    if (text === null) return
    const packed = this.pack(text)
    this.put(row, packed > 0 ? packed : -1 - this.labels.numberOf(text))
  }

  textAt(row: number): string | null {
    if (!this.has(row)) return null
    const low = this.halves[row * 2] ?? 0
    const high = this.halves[row * 2 + 1] ?? 0
    const value = high * 0x1_0000_0000 + (low >>> 0)
    if (value < 0) return this.labels.textOf(-1 - value)
    return this.recent.textOf(value, Math.imul(low ^ high, 0x9e3779b1) >>> 16)
  }
}
