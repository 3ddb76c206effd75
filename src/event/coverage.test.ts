import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Coverage, outcome, worse } from './coverage.ts'

test('one object for each triple', () => {
  assert.equal(outcome('map', 'decoded'), outcome('map', 'decoded', ''))
  assert.notEqual(outcome('map', 'decoded'), outcome('map', 'partly', 'x'))
})

test('the worse of two, the first among equals', () => {
  const [good, part, bad] = [outcome('a', 'decoded'), outcome('b', 'partly', 'p'), outcome('c', 'not', 'n')]
  assert.equal(worse(null, good), good)
  assert.equal(worse(good, part), part)
  assert.equal(worse(bad, part), bad)
  assert.equal(worse(good, outcome('d', 'decoded')), good)
})

test('rows count what was added, the largest first, and moves keep the sum', () => {
  const coverage = new Coverage()
  const [a, b] = [outcome('map', 'decoded', 'test a'), outcome('map', 'not', 'test b')]
  coverage.add(a, 5)
  coverage.add(b)
  assert.equal(coverage.total, 6)
  assert.deepEqual(
    coverage.rows().map(({ reason, count }) => [reason, count]),
    [
      ['test a', 5],
      ['test b', 1],
    ],
  )
  coverage.move(a, b, 5)
  assert.equal(coverage.total, 6)
  assert.deepEqual(coverage.rows(), [{ protocol: 'map', state: 'not', reason: 'test b', count: 6 }])
})
