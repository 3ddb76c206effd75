import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { OctetCache } from './octet-cache.ts'

test('finds what was kept, by octets and shape alone', () => {
  const cache = new OctetCache<string>(16, 8)
  const bytes = Uint8Array.of(9, 1, 2, 3, 4, 5, 9)
  assert.equal(cache.find(bytes, 1, 6, 0), undefined)
  cache.keep('five')
  assert.equal(cache.find(bytes, 1, 6, 0), 'five')
  assert.equal(cache.find(Uint8Array.of(1, 2, 3, 4, 5), 0, 5, 0), 'five')
  assert.equal(cache.find(bytes, 1, 6, 1), undefined)
  assert.equal(cache.find(bytes, 1, 5, 0), undefined)
  assert.equal(cache.find(bytes, 2, 7, 0), undefined)
})

test('a key too long, or past the end of the buffer, is never found and never kept', () => {
  const cache = new OctetCache<string>(4, 4)
  const bytes = Uint8Array.of(1, 2, 3, 4, 5)
  for (const [start, end] of [
    [0, 5],
    [3, 9],
    [2, 1],
  ] as const) {
    assert.equal(cache.find(bytes, start, end, 0), undefined)
    cache.keep('no')
    assert.equal(cache.find(bytes, start, end, 0), undefined)
  }
})

test('never gives the value of other octets, however few places there are', () => {
  const key = fc.record({ octets: fc.uint8Array({ maxLength: 8 }), shape: fc.nat(3) })
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const cache = new OctetCache<string>(2, 8)
      for (const { octets, shape } of keys) {
        const name = `${shape}:${octets.join()}`
        const found = cache.find(octets, 0, octets.length, shape)
        if (found === undefined) cache.keep(name)
        else assert.equal(found, name)
      }
    }),
    { seed: 7 },
  )
})
