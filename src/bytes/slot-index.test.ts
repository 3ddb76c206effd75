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

test('an index that grows keeps every slot, and the order of those under one hash', () => {
  const slots = 5_000
  const index = new SlotIndex(slots, 1 << 12)
  for (let slot = 0; slot < slots; slot++) index.enter(slot, slot >> 1)
  for (let slot = 0; slot < slots; slot += 2) assert.deepEqual(slotsUnder(index, slot >> 1), [slot + 1, slot])
  for (let slot = 0; slot < slots; slot += 2) index.leave(slot)
  for (let slot = 0; slot < slots; slot += 2) assert.deepEqual(slotsUnder(index, slot >> 1), [slot + 1])
})
