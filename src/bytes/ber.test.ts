import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../limits.ts'
import { BerReader, berTag, decodeInteger, decodeObjectIdentifier, TAG_CLASS } from './ber.ts'
import { BER_BROKEN, BER_ELEMENTS, INTEGERS, OBJECT_IDENTIFIERS } from './ber.vectors.ts'
import { assertLinear, costUs, hex, prefixes } from './bytes.vectors.ts'

const { context, universal } = TAG_CLASS
const reader = new BerReader()

for (const { what, hex: octets, ...expected } of BER_ELEMENTS) {
  test(`reads ${what}`, () => {
    const bytes = hex(octets)
    assert.equal(reader.read(bytes, 0, bytes.length), true)
    const { tag, constructed, start, end, next, oddities } = reader
    assert.deepEqual({ tag, constructed, start, end, next, oddities }, expected)
  })

  test(`no strict prefix of it is an element: ${what}`, () => {
    const whole = hex(octets).subarray(0, expected.next)
    for (const bytes of prefixes(whole)) {
      assert.equal(reader.read(bytes, 0, bytes.length), false, `${bytes.length} octets`)
      assert.ok(reader.failedAt >= 0 && reader.failedAt <= bytes.length)
      assert.equal(reader.read(whole, 0, bytes.length), false, `a limit of ${bytes.length}`)
    }
  })
}

for (const { what, hex: octets, failedAt } of BER_BROKEN) {
  test(`cannot read ${what}`, () => {
    const bytes = hex(octets)
    assert.equal(reader.read(bytes, 0, bytes.length), false)
    assert.equal(reader.failedAt, failedAt)
  })
}

test('the constructed bit is no part of a tag', () => {
  reader.read(hex('a000'), 0, 2)
  assert.equal(reader.tag, berTag(context, 0))
  reader.read(hex('8000'), 0, 2)
  assert.equal(reader.tag, berTag(context, 0))
  assert.notEqual(berTag(universal, 1), berTag(context, 1))
})

test('INTEGER and OBJECT IDENTIFIER', () => {
  for (const [octets, value] of INTEGERS) {
    const bytes = hex(octets)
    assert.equal(decodeInteger(bytes, 0, bytes.length), value, octets)
  }
  for (const [octets, value] of OBJECT_IDENTIFIERS) {
    const bytes = hex(octets)
    assert.equal(decodeObjectIdentifier(bytes, 0, bytes.length), value, octets)
  }
})

test('random octets give an element inside the range, or a failure inside it', () => {
  const tagged = fc.tuple(fc.constantFrom(0x30, 0x04, 0x9f, 0xbf, 0xff), fc.uint8Array({ maxLength: 24 }))
  fc.assert(
    fc.property(tagged, fc.nat(30), ([first, rest], limit) => {
      const bytes = Uint8Array.of(first, ...rest)
      const end = Math.min(limit, bytes.length)
      if (reader.read(bytes, 0, end)) {
        assert.ok(reader.start <= reader.end && reader.end <= reader.next && reader.next <= end)
      } else assert.ok(reader.failedAt >= 0 && reader.failedAt <= end)
    }),
    { numRuns: 2000, seed: 7 },
  )
})

/** `depth` indefinite lengths, one in the other, around `inside`. */
const nest = (depth: number, inside: string): string => '3080'.repeat(depth) + inside + '0000'.repeat(depth)

test('indefinite lengths nest down to the bound and no deeper', () => {
  const deepest = hex(nest(LIMITS.berDepth, '0500'))
  assert.equal(reader.read(deepest, 0, deepest.length), true)
  const deeper = hex(nest(LIMITS.berDepth + 1, '0500'))
  assert.equal(reader.read(deeper, 0, deeper.length), false)
})

test('an indefinite length around more elements than any message holds is given up', () => {
  const full = hex(nest(1, '0500'.repeat(LIMITS.berElements)))
  assert.equal(reader.read(full, 0, full.length), false)
})

/** Reads every element on every level. @returns how many there are. */
function walk(bytes: Uint8Array, start: number, end: number): number {
  const own = new BerReader()
  let count = 0
  for (let p = start; p < end && own.read(bytes, p, end); p = own.next) {
    count += 1 + (own.constructed ? walk(bytes, own.start, own.end) : 0)
  }
  return count
}

test('doubled input costs about double: side by side, and nested to the bound', async () => {
  const flat = (count: number): Uint8Array => hex('0402aabb'.repeat(count))
  const nested = (count: number): Uint8Array => hex(nest(16, '0401aa'.repeat(4)).repeat(count))
  for (const make of [flat, nested]) {
    const [one, two] = [make(1000), make(2000)]
    assert.equal(walk(two, 0, two.length), 2 * walk(one, 0, one.length))
    await assertLinear((times) => {
      const bytes = times === 1 ? one : two
      return costUs(() => walk(bytes, 0, bytes.length))
    })
  }
})
