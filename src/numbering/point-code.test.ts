import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatPointCode, POINT_CODE_FORMATS, type PointCodeFormat, parsePointCode } from './point-code.ts'

/** Text, format, value. */
const CODES = [
  ['2-100-1', 'itu', 4897],
  ['0-0-0', 'itu', 0],
  ['7-255-7', 'itu', 16383],
  ['1-2-3', 'ansi', 0x010203],
  ['255-255-255', 'ansi', 0xffffff],
  ['127-15-31', 'japan', 65535],
  ['1-2-3', 'japan', 0x243],
] as const

for (const [text, format, value] of CODES) {
  test(`${text} is ${value} in the ${format} form`, () => {
    assert.equal(parsePointCode(text, format), value)
    assert.equal(formatPointCode(value, format), text)
  })
}

test('a plain number is a point code of any format', () => {
  assert.equal(parsePointCode('4897'), 4897)
  assert.equal(parsePointCode('16777215', 'ansi'), 16777215)
})

for (const text of [
  '',
  '-',
  '1-2',
  '8-0-0',
  '0-256-0',
  '0-0-8',
  '1-2-3-4',
  '16777216',
  '99999999',
  '1.2.3',
  '-1',
  '1e3',
]) {
  test(`${JSON.stringify(text)} is no point code`, () => assert.equal(parsePointCode(text), null))
}

test('a code of too many bits is written as a number', () => {
  assert.equal(formatPointCode(16384), '16384')
  assert.equal(formatPointCode(65536, 'japan'), '65536')
})

test('what is written is read back', () => {
  const formats = Object.keys(POINT_CODE_FORMATS) as PointCodeFormat[]
  fc.assert(
    fc.property(fc.nat(0xffffff), fc.constantFrom(...formats), (value, format) => {
      assert.equal(parsePointCode(formatPointCode(value, format), format), value)
    }),
  )
})
