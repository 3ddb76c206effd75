import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packDigits, packHex, unpackDigits, unpackHex } from '../../numbering/packed-digits.ts'
import {
  type Column,
  type ColumnPlace,
  DigitsColumn,
  IntegerColumn,
  layOut,
  VALIDITY_BYTES,
  WideColumn,
} from './column.ts'
import { BATCH_ROWS, Labels } from './labels.ts'

function placed<T extends Column>(column: T): { column: T; buffer: SharedArrayBuffer; place: ColumnPlace } {
  const { places, bytes } = layOut([column])
  const buffer = new SharedArrayBuffer(bytes)
  const [place] = places
  assert.ok(place !== undefined)
  column.attach(buffer, place)
  return { column, buffer, place }
}

const isValid = (buffer: SharedArrayBuffer, { validityAt }: ColumnPlace, row: number): boolean =>
  ((new Uint8Array(buffer, validityAt, VALIDITY_BYTES)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0

test('a row without a value has its bit clear, and only that row', () => {
  const { column, buffer, place } = placed(new IntegerColumn('x'))
  const values = Array.from({ length: BATCH_ROWS }, (_, row) => (row % 3 === 0 || row === 2047 ? row : null))
  for (const [row, value] of values.entries()) column.put(row, value)
  for (const [row, value] of values.entries()) {
    assert.equal(isValid(buffer, place, row), value !== null, `row ${row}`)
    if (value !== null) assert.equal(new Int32Array(buffer, place.valuesAt)[row], value)
  }
})

test('64-bit integers are exact from doubles, negative ones and the largest times among them', () => {
  const { MAX_SAFE_INTEGER: most } = Number
  const { column, buffer, place } = placed(new WideColumn('x'))
  const values = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32) - 1, most, -most, null, 1_780_000_000_123_456]
  for (const [row, value] of values.entries()) column.put(row, value)
  const wide = new BigInt64Array(buffer, place.valuesAt, values.length)
  assert.deepEqual(
    values.map((_, row) => (isValid(buffer, place, row) ? Number(wide[row]) : null)),
    values,
  )
})

test('columns stand behind one another, eight octets aligned, without overlap', () => {
  const kinds = ['integer', 'text', 'bigint', 'label', 'hex'] as const
  const { places, bytes } = layOut(kinds.map((kind) => ({ name: kind, kind, isStored: true })))
  for (const [i, { valuesAt, validityAt }] of places.entries()) {
    assert.equal(valuesAt % 8, 0)
    assert.equal(validityAt + VALIDITY_BYTES, places[i + 1]?.valuesAt ?? bytes)
  }
})

test('digits are packed with their leading zeros, and what does not fit is a label below zero', () => {
  assert.equal(packDigits(''), 1)
  assert.equal(packDigits('001010123456789'), 1001010123456789)
  assert.equal(unpackDigits(packDigits('001010123456789')), '001010123456789')
  assert.equal(packDigits('999999999999999'), 1999999999999999)
  for (const other of ['0010101234567890', '12a', '1#', ' 1', '１']) assert.equal(packDigits(other), 0, other)
  assert.equal(packHex('00ff'), 0x100ff)
  assert.equal(packHex('ffffffffffff'), 0x1ffffffffffff)
  assert.equal(unpackHex(packHex('00ff')), '00ff')
  for (const other of ['0123456789abc', '0G', 'FF', '0`', ':']) assert.equal(packHex(other), 0, other)
  const labels = new Labels(10)
  const { column, buffer, place } = placed(new DigitsColumn('x', 'digits', labels))
  for (const [row, text] of ['12', '1*', '1*', 'b'].entries()) column.putText(row, text)
  assert.deepEqual([...new BigInt64Array(buffer, place.valuesAt, 4)], [112n, -1n, -1n, -2n])
  assert.deepEqual(labels.take(), { first: 0, texts: ['1*', 'b'], isAnew: false })
  assert.deepEqual(
    [0, 1, 2, 3, 4, 0].map((row) => column.textAt(row)),
    ['12', '1*', '1*', 'b', null, '12'],
  )
})

test('a full dictionary begins anew with the next batch, without using a number twice', () => {
  const [labels, reader] = [new Labels(2), new Labels(2)]
  const batch = (...texts: string[]): number[] => {
    const numbers = texts.map((text) => labels.numberOf(text))
    reader.learn(labels.take())
    assert.deepEqual(
      numbers.map((number) => reader.textOf(number)),
      texts,
    )
    return numbers
  }
  assert.deepEqual(batch('a'), [0])
  assert.deepEqual(batch('a', 'b', 'a', 'c d'), [0, 1, 0, 2])
  assert.deepEqual(reader.wordsOf(2), ['c', 'd'])
  assert.equal(reader.wordsOf(2), reader.wordsOf(2))
  assert.deepEqual(batch('c d', 'a'), [3, 4])
  assert.deepEqual(reader.wordsOf(3), ['c', 'd'])
  assert.deepEqual(batch('e'), [5])
})
