import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { prefixesOfRange } from './number-range.ts'

/** First, last, prefixes. */
const RANGES = [
  ['00', '99', ['']],
  ['10', '10', ['10']],
  ['3368900', '3368949', ['336890', '336891', '336892', '336893', '336894']],
  ['198', '203', ['198', '199', '200', '201', '202', '203']],
  ['100', '299', ['1', '2']],
  ['', '', ['']],
  ['2', '1', null],
  ['1', '10', null],
] as const

for (const [first, last, prefixes] of RANGES) {
  test(`${first} to ${last} is ${prefixes?.length ?? 'no'} prefixes`, () => {
    assert.deepEqual(prefixesOfRange(first, last, '9'), prefixes)
  })
}

test('bits are covered as digits are', () => {
  assert.deepEqual(prefixesOfRange('0001', '0111', '1'), ['0001', '001', '01'])
})

test('the prefixes cover the range, all of it and nothing else, once', () => {
  const four = fc.nat(9999)
  fc.assert(
    fc.property(four, four, four, (a, b, probe) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)].map((n) => String(n).padStart(4, '0'))
      const prefixes = prefixesOfRange(first ?? '', last ?? '', '9') ?? []
      const digits = String(probe).padStart(4, '0')
      const hits = prefixes.filter((prefix) => digits.startsWith(prefix)).length
      assert.equal(hits, digits >= (first ?? '') && digits <= (last ?? '') ? 1 : 0)
    }),
    { seed: 1 },
  )
})

test('the widest ranges have the promised number of prefixes', () => {
  assert.equal(prefixesOfRange(`0${'0'.repeat(13)}1`, `9${'9'.repeat(13)}8`, '9')?.length, 260)
  assert.equal(prefixesOfRange(`${'0'.repeat(127)}1`, `${'1'.repeat(127)}0`, '1')?.length, 254)
})
