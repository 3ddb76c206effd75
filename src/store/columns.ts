import { packDigits } from '../numbering/packed-digits.ts'

/** Rows that DuckDB takes in one chunk (its vector size). */
export const BATCH_ROWS = 2048

/** Octets of the bits that tell which rows of a batch hold a value. */
export const VALIDITY_BYTES = BATCH_ROWS / 8

/**
 * How a column is kept. `label` is the number of a text in table `texts`. `digits` and `hex` are the digits themselves as a
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
  readonly valuesAt: number
  readonly validityAt: number
}

/** Lays columns out one behind the other. @returns their places, and the octets of the whole buffer. */
export function layOut(columns: readonly { readonly name: string; readonly kind: ColumnKind }[]): {
  readonly places: readonly ColumnPlace[]
  readonly bytes: number
} {
  let bytes = 0
  const places = columns.map(({ name, kind }) => {
    const valuesBytes = WIDTHS[kind] * BATCH_ROWS
    const place = { name, kind, valuesAt: bytes, validityAt: bytes + valuesBytes }
    bytes += valuesBytes + VALIDITY_BYTES
    return place
  })
  return { places, bytes }
}

/** What all columns share: their place in the buffer under way. */
export abstract class Column {
  readonly name: string
  readonly kind: ColumnKind
  protected valid = new Uint8Array(0)

  constructor(name: string, kind: ColumnKind) {
    this.name = name
    this.kind = kind
  }

  /** Takes its place in a buffer of zeros. */
  attach(buffer: ArrayBuffer, place: ColumnPlace): void {
    this.valid = new Uint8Array(buffer, place.validityAt, VALIDITY_BYTES)
  }

  protected markValid(row: number): void {
    const index = row >> 3
    this.valid[index] = (this.valid[index] ?? 0) | (1 << (row & 7))
  }
}

export class IntegerColumn extends Column {
  private values = new Int32Array(0)

  constructor(name: string) {
    super(name, 'integer')
  }

  override attach(buffer: ArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.values = new Int32Array(buffer, place.valuesAt, BATCH_ROWS)
  }

  put(row: number, value: number | null): void {
    if (value === null) return
    this.values[row] = value
    this.markValid(row)
  }
}

/** 64-bit integers from doubles, as two halves: exact up to 2^53, without a BigInt a value. */
export class WideColumn extends Column {
  private halves = new Int32Array(0)

  constructor(name: string, kind: 'bigint' | 'timestamp' | 'digits' | 'hex' = 'bigint') {
    super(name, kind)
  }

  override attach(buffer: ArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.halves = new Int32Array(buffer, place.valuesAt, BATCH_ROWS * 2)
  }

  put(row: number, value: number | null): void {
    if (value === null) return
    this.halves[row * 2] = value | 0
    this.halves[row * 2 + 1] = Math.floor(value / 0x100000000)
    this.markValid(row)
  }
}

/** Texts that are told in full: no two are expected to be the same. */
export class TextColumn extends Column {
  private rows: number[] = []
  private texts: string[] = []

  constructor(name: string) {
    super(name, 'text')
  }

  put(row: number, value: string | null): void {
    if (value === null) return
    this.rows.push(row)
    this.texts.push(value)
    this.markValid(row)
  }

  /** The texts since the last call, and their rows. */
  take(): { readonly rows: readonly number[]; readonly texts: readonly string[] } {
    const { rows, texts } = this
    this.rows = []
    this.texts = []
    return { rows, texts }
  }
}

/**
 * Numbers for texts that come again and again. Bounded: a dictionary that is full begins anew, and a text known before
 * gets a second number, which costs a row and loses nothing.
 */
export class Labels {
  private readonly numbers = new Map<string, number>()
  private readonly most: number
  private next = 0
  private fresh: string[] = []

  /** @param most texts remembered at once. */
  constructor(most: number) {
    this.most = most
  }

  numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    if (this.numbers.size >= this.most) this.numbers.clear()
    const made = this.next++
    this.numbers.set(text, made)
    this.fresh.push(text)
    return made
  }

  /** The texts numbered since the last call, in the order of their numbers, and the first of these. */
  take(): { readonly first: number; readonly texts: readonly string[] } {
    const { fresh } = this
    this.fresh = []
    return { first: this.next - fresh.length, texts: fresh }
  }
}

export class LabelColumn extends Column {
  private values = new Int32Array(0)
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

  override attach(buffer: ArrayBuffer, place: ColumnPlace): void {
    super.attach(buffer, place)
    this.values = new Int32Array(buffer, place.valuesAt, BATCH_ROWS)
  }

  put(row: number, text: string | null): void {
    if (text === null) return
    if (text !== this.lastText || this.lastNumber < 0) this.turnTo(text)
    this.values[row] = this.lastNumber
    this.markValid(row)
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

/** Decimal or hexadecimal digits as numbers. */
export class DigitsColumn extends WideColumn {
  private readonly labels: Labels
  private readonly pack: (text: string) => number

  constructor(name: string, kind: 'digits' | 'hex', labels: Labels) {
    super(name, kind)
    this.labels = labels
    this.pack = kind === 'digits' ? packDigits : packHex
  }

  putText(row: number, text: string | null): void {
    if (text === null) return
    const packed = this.pack(text)
    this.put(row, packed > 0 ? packed : -1 - this.labels.numberOf(text))
  }
}

/** Hexadecimal digits that a double holds exactly with a 1 in front. */
const MOST_HEX_DIGITS = 12

/** Up to 12 hexadecimal digits in lower case with a 1 in front, as a number; 0 for any other text. */
export function packHex(text: string): number {
  const { length } = text
  if (length > MOST_HEX_DIGITS) return 0
  let value = 1
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    const digit = code < 58 ? code - 48 : code - 87
    if (digit < 0 || digit > 15 || (code > 57 && code < 97)) return 0
    value = value * 16 + digit
  }
  return value
}
