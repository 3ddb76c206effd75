import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SlotIndex } from './slot-index.ts'

/** Slots under `hash`. */
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

test('slots of another hash in the same bucket do not come', () => {
  const index = new SlotIndex(16, 4)
  for (const [slot, hash] of [
    [1, 8],
    [2, 12],
    [3, 8],
    [0, -4],
  ] as const)
    index.enter(slot, hash)
  assert.deepEqual(slotsUnder(index, 8), [3, 1])
  assert.deepEqual(slotsUnder(index, 12), [2])
  assert.deepEqual(slotsUnder(index, -4), [0])
  assert.deepEqual(slotsUnder(index, 16), [])
})

test('grows with use: every slot is still found, those of one hash in their order, and leaves', () => {
  const index = new SlotIndex(5_000, 4_096)
  for (let slot = 0; slot < 5_000; slot++) index.enter(slot, slot % 2_500)
  for (let hash = 0; hash < 2_500; hash++) assert.deepEqual(slotsUnder(index, hash), [hash + 2_500, hash])
  for (let slot = 2_500; slot < 5_000; slot++) index.leave(slot)
  for (let hash = 0; hash < 2_500; hash++) assert.deepEqual(slotsUnder(index, hash), [hash])
})

test('a slot that was never entered may leave', () => {
  const index = new SlotIndex(5_000, 4_096)
  index.enter(1, 7)
  index.leave(4_999)
  index.leave(0)
  assert.deepEqual(slotsUnder(index, 7), [1])
})
