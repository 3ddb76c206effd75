import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costUs, DOUBLE } from '../bytes/bytes.vectors.ts'
import { SlotIndex } from './slot-index.ts'
import { Transactions } from './transactions.ts'

/** Slots under `hash`, those of other hashes in the same bucket included. */
function slotsUnder(index: SlotIndex, hash: number): number[] {
  const slots: number[] = []
  for (let slot = index.first(hash); slot >= 0; slot = index.after(slot)) slots.push(slot)
  return slots
}

test('slots come back the last entered first, and leave from the front, the middle and the end', () => {
  const index = new SlotIndex(16, 4)
  for (const slot of [1, 2, 3, 4, 5]) index.enter(slot, 8)
  index.enter(6, 9)
  assert.deepEqual(slotsUnder(index, 8), [5, 4, 3, 2, 1])
  for (const slot of [5, 3, 1]) index.leave(slot)
  assert.deepEqual(slotsUnder(index, 8), [4, 2])
  index.leave(3)
  index.enter(3, 8)
  assert.deepEqual(slotsUnder(index, 8), [3, 4, 2])
  assert.deepEqual(slotsUnder(index, 9), [6])
})

test('transactions that share identifier and route cost no more for being many', () => {
  const cost = (count: number): number =>
    costUs(() => {
      const transactions = new Transactions()
      // the second half expires the first, the oldest at the end of the chain first
      for (let i = 0; i < count; i++) transactions.begin(1, `title ${i}`, 5, 6, i)
      for (let i = 0; i < count; i++) transactions.begin(1, `other ${i}`, 5, 6, 1e9 + i)
    })
  const [small, large] = [cost(10_000), cost(20_000)]
  assert.ok(large < small * DOUBLE, `${small} µs, then ${large} µs`)
})
