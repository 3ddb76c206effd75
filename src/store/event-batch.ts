import type { SignallingEvent } from '../event/signalling-event.ts'
import type { EventColumn } from './event-table.ts'

/** Rows that DuckDB takes in one chunk (its vector size). */
export const BATCH_ROWS = 2048

/** DuckDB keeps an ENUM in as few octets as its list needs. */
const SMALL_WORDS = 256
/** A text is a `duckdb_string_t` of 16 octets: its length, then its characters when they fit the other twelve. */
const INLINE_CHARACTERS = 12

/** One column of a batch: values, which rows hold one (bit by row), and the texts too long to stand in place. */
export interface ColumnData {
  readonly values: ArrayBuffer
  readonly validity: ArrayBuffer
  readonly longRows: number[]
  readonly longTexts: string[]
}

/** Events as columns, ready to cross to another thread without a copy. */
export interface EventBatch {
  readonly rows: number
  readonly columns: readonly ColumnData[]
}

/** The buffers of a batch, to be transferred. */
export function buffersOf(batch: EventBatch): ArrayBuffer[] {
  return batch.columns.flatMap(({ values, validity }) => [values, validity])
}

/** Gathers events as columns, value by value: an event is not kept, so it costs the garbage collector nothing. */
export class BatchBuilder {
  private readonly writers: readonly Writer[]
  /** Events gathered; BATCH_ROWS at most. */
  rows = 0

  constructor(columns: readonly EventColumn[]) {
    this.writers = columns.map(writerOf)
  }

  /** Takes an event, while `rows` is under BATCH_ROWS. */
  add(event: SignallingEvent): void {
    const row = this.rows++
    for (const writer of this.writers) writer.put(event, row)
  }

  /** The events gathered since the last call. */
  take(): EventBatch {
    const { rows } = this
    this.rows = 0
    return { rows, columns: this.writers.map((writer) => writer.take(rows)) }
  }
}

/** Fills one column. */
interface Writer {
  put(event: SignallingEvent, row: number): void
  take(rows: number): ColumnData
}

function writerOf(column: EventColumn): Writer {
  if (column.type === 'text') return new TextWriter(column)
  if (column.type === 'word') return new WordWriter(column)
  return column.type === 'integer' ? new IntegerWriter(column) : new WideWriter(column)
}

/** What all writers share: the buffers of the column, made anew when they are handed over. */
abstract class ColumnWriter implements Writer {
  protected readonly get: EventColumn['get']
  private readonly valueBytes: number
  private values = new ArrayBuffer(0)
  private valid = new Uint8Array(BATCH_ROWS / 8)

  constructor(column: EventColumn, valueBytes: number) {
    this.get = column.get
    this.valueBytes = valueBytes
  }

  abstract put(event: SignallingEvent, row: number): void

  take(rows: number): ColumnData {
    const values = rows === BATCH_ROWS ? this.values : this.values.slice(0, rows * this.valueBytes)
    const data = { values, validity: this.valid.buffer, ...this.takeLong() }
    this.valid = new Uint8Array(BATCH_ROWS / 8)
    this.values = this.renew()
    return data
  }

  /** Makes the buffer of values anew. */
  protected abstract renew(): ArrayBuffer

  protected fresh(): ArrayBuffer {
    this.values = new ArrayBuffer(BATCH_ROWS * this.valueBytes)
    return this.values
  }

  protected takeLong(): Pick<ColumnData, 'longRows' | 'longTexts'> {
    return { longRows: [], longTexts: [] }
  }

  protected markValid(row: number): void {
    const index = row >> 3
    this.valid[index] = (this.valid[index] ?? 0) | (1 << (row & 7))
  }
}

class IntegerWriter extends ColumnWriter {
  private numbers: Int32Array

  constructor(column: EventColumn) {
    super(column, 4)
    this.numbers = new Int32Array(this.fresh())
  }

  put(event: SignallingEvent, row: number): void {
    const value = this.get(event)
    if (typeof value !== 'number') return
    this.numbers[row] = value
    this.markValid(row)
  }

  protected renew(): ArrayBuffer {
    const buffer = this.fresh()
    this.numbers = new Int32Array(buffer)
    return buffer
  }
}

/** 64-bit integers from doubles, as two halves: exact up to 2^53, without a BigInt a value. */
class WideWriter extends ColumnWriter {
  private halves: Int32Array

  constructor(column: EventColumn) {
    super(column, 8)
    this.halves = new Int32Array(this.fresh())
  }

  put(event: SignallingEvent, row: number): void {
    const value = this.get(event)
    if (typeof value !== 'number') return
    this.halves[row * 2] = value | 0
    this.halves[row * 2 + 1] = Math.floor(value / 0x100000000)
    this.markValid(row)
  }

  protected renew(): ArrayBuffer {
    const buffer = this.fresh()
    this.halves = new Int32Array(buffer)
    return buffer
  }
}

/** Numbers of words. */
class WordWriter extends ColumnWriter {
  private readonly numbers: ReadonlyMap<string, number>
  private readonly isSmall: boolean
  private indexes: Uint8Array | Uint16Array

  constructor(column: EventColumn) {
    const isSmall = column.words.length < SMALL_WORDS
    super(column, isSmall ? 1 : 2)
    this.isSmall = isSmall
    this.numbers = new Map(column.words.map((text, index) => [text, index]))
    const buffer = this.fresh()
    this.indexes = isSmall ? new Uint8Array(buffer) : new Uint16Array(buffer)
  }

  put(event: SignallingEvent, row: number): void {
    const value = this.get(event)
    if (typeof value !== 'string') return
    const index = this.numbers.get(value)
    if (index === undefined) return
    this.indexes[row] = index
    this.markValid(row)
  }

  protected renew(): ArrayBuffer {
    const buffer = this.fresh()
    this.indexes = this.isSmall ? new Uint8Array(buffer) : new Uint16Array(buffer)
    return buffer
  }
}

class TextWriter extends ColumnWriter {
  private words: Int32Array
  private longRows: number[] = []
  private longTexts: string[] = []

  constructor(column: EventColumn) {
    super(column, 16)
    this.words = new Int32Array(this.fresh())
  }

  put(event: SignallingEvent, row: number): void {
    const value = this.get(event)
    if (typeof value !== 'string') return
    this.markValid(row)
    if (value.length <= INLINE_CHARACTERS && putInline(this.words, row * 4, value)) return
    this.longRows.push(row)
    this.longTexts.push(value)
  }

  protected renew(): ArrayBuffer {
    const buffer = this.fresh()
    this.words = new Int32Array(buffer)
    return buffer
  }

  protected override takeLong(): Pick<ColumnData, 'longRows' | 'longTexts'> {
    const { longRows, longTexts } = this
    this.longRows = []
    this.longTexts = []
    return { longRows, longTexts }
  }
}

/** Writes an ASCII text of at most twelve characters in place. @returns false for any other character. */
function putInline(words: Int32Array, at: number, text: string): boolean {
  let word = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return false
    word |= code << ((i & 3) * 8)
    if ((i & 3) === 3) {
      words[at + 1 + (i >> 2)] = word
      word = 0
    }
  }
  if ((text.length & 3) !== 0) words[at + 1 + (text.length >> 2)] = word
  words[at] = text.length
  return true
}
