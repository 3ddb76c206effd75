import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { visitMembers } from './json-members.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Members as `key position text`, and where the reading stopped. */
function members(text: string): [string[], number | null] {
  const bytes = octets(text)
  const rows: string[] = []
  const fault = visitMembers(bytes, (key, position, start, end) => {
    rows.push(`${key} ${position} ${new TextDecoder().decode(bytes.subarray(start, end))}`)
  })
  return [rows, fault]
}

test('members, and elements of lists', () => {
  assert.deepEqual(members(' {"a": 1, "b" : ["x", {"c": [1, "]}"]}, []], "d": "\\"}", "e": [ ], "f": null} \n'), [
    ['a 0 1', 'b 1 "x"', 'b 2 {"c": [1, "]}"]}', 'b 3 []', 'd 0 "\\"}"', 'f 0 null'],
    null,
  ])
  assert.deepEqual(members('\ufeff{}'), [[], null])
})

test('where it stops being an object', () => {
  for (const text of [
    '',
    '[]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":[1',
    '{"a":[1,',
    '{"a":"x',
    '{"a":}',
    '{} x',
    '{"a":1]',
    '{a:1}',
  ])
    assert.notEqual(members(text)[1], null, text)
})

test('every object that JSON.stringify writes is taken apart into what it was made of', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ maxLength: 5 }).filter((key) => /^[ -!#-[\]-~]*$/.test(key)),
        fc.jsonValue(),
      ),
      (value) => {
        const bytes = octets(JSON.stringify(value))
        const found: [string, unknown][] = []
        const fault = visitMembers(bytes, (key, position, start, end) => {
          const part: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)))
          if (position === 0) found.push([key, part])
          else if (position === 1) found.push([key, [part]])
          else (found.at(-1)![1] as unknown[]).push(part)
        })
        assert.equal(fault, null)
        const wanted = Object.entries(JSON.parse(JSON.stringify(value)) as object).filter(
          ([, one]) => !Array.isArray(one) || one.length > 0,
        )
        assert.deepEqual(found, wanted)
      },
    ),
    { seed: 5, numRuns: 300 },
  )
})

test('any octets: no exception, and time that grows with them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', ' '), maxLength: 80 }),
      (text) => {
        members(`{"a":${text}`)
      },
    ),
    { seed: 7, numRuns: 500 },
  )
  const ms = (count: number): number => {
    const bytes = octets(`{"a":"${'\\"'.repeat(count)}","b":[${'{"c":"d"},'.repeat(count)}1]}`)
    const begun = performance.now()
    assert.equal(
      visitMembers(bytes, () => undefined),
      null,
    )
    return performance.now() - begun
  }
  ms(20_000)
  assert.ok(ms(200_000) < 40 * Math.max(2, ms(20_000)))
})
