import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { BATCH_ROWS, BatchBuilder, type ColumnData } from './event-batch.ts'
import type { ColumnType, EventColumn } from './event-table.ts'

/** One column of the given values, as it goes to the store. */
function columnOf(type: ColumnType, values: readonly (string | number | null)[], words: readonly string[] = []) {
  const events = values.map((_, seq) => ({ seq }) as SignallingEvent)
  const column: EventColumn = { name: 'x', type, words, get: ({ seq }) => values[seq] ?? null }
  const builder = new BatchBuilder([column])
  for (const event of events) builder.add(event)
  const { rows, columns } = builder.take()
  assert.equal(rows, values.length)
  return columns[0]!
}

const isValid = ({ validity }: ColumnData, row: number): boolean =>
  (new Uint8Array(validity)[row >> 3]! & (1 << (row & 7))) !== 0

/** The texts of a column, read back as DuckDB reads `duckdb_string_t`. */
function textsOf(column: ColumnData, rows: number): (string | null)[] {
  const { values, longRows, longTexts } = column
  return Array.from({ length: rows }, (_, row) => {
    if (!isValid(column, row)) return null
    const long = longRows.indexOf(row)
    if (long >= 0) return longTexts[long]!
    const length = new DataView(values).getUint32(row * 16, true)
    assert.ok(length <= 12)
    return Buffer.from(values, row * 16 + 4, length).toString('latin1')
  })
}

test('texts: those of up to twelve ASCII characters stand in place, all others beside', () => {
  const texts = [
    '',
    'a',
    'abcd',
    'abcdefg',
    '123456789012',
    '1234567890123',
    null,
    'é',
    '例',
    '\u0000x',
    'x'.repeat(5000),
  ]
  const column = columnOf('text', texts)
  assert.deepEqual(textsOf(column, texts.length), texts)
  assert.deepEqual(column.longRows, [5, 7, 8, 10])
})

test('a row without a value has its bit clear, and only that row', () => {
  const values = Array.from({ length: BATCH_ROWS }, (_, row) => (row % 3 === 0 || row === 2047 ? row : null))
  const column = columnOf('integer', values)
  for (const [row, value] of values.entries()) {
    assert.equal(isValid(column, row), value !== null, `row ${row}`)
    if (value !== null) assert.equal(new Int32Array(column.values)[row], value)
  }
})

test('64-bit integers are exact from doubles, negative ones and the largest times among them', () => {
  const { MAX_SAFE_INTEGER: most } = Number
  const values = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, most, -most, null, 1_780_000_000_123_456]
  for (const type of ['bigint', 'timestamp'] as const) {
    const column = columnOf(type, values)
    const read = Array.from(new BigInt64Array(column.values), (wide, row) =>
      isValid(column, row) ? Number(wide) : null,
    )
    assert.deepEqual(read, values)
  }
})

test('words are numbered in one octet, longer lists in two, and a text that is no word is null', () => {
  const few = columnOf('word', ['b', null, 'a', 'stranger'], ['a', 'b'])
  assert.deepEqual([...new Uint8Array(few.values)], [1, 0, 0, 0])
  assert.deepEqual(
    [0, 1, 2, 3].map((row) => isValid(few, row)),
    [true, false, true, false],
  )
  for (const [length, octets] of [
    [255, 1],
    [256, 2],
    [300, 2],
  ] as const) {
    const words = Array.from({ length }, (_, i) => `w${i}`)
    const column = columnOf('word', [`w${length - 1}`], words)
    assert.equal(column.values.byteLength, octets)
    assert.equal(octets === 1 ? new Uint8Array(column.values)[0] : new Uint16Array(column.values)[0], length - 1)
  }
})
