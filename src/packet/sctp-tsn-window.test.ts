import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { fingerprintOf, TSN, TsnWindow, TsnWindowBudget } from './sctp-tsn-window.ts'

test('remembers a whole window of TSNs, however it lies to the wrap', () => {
  for (const first of [0, 5, 0xffff_ffff - 4_000]) {
    const window = new TsnWindow(new TsnWindowBudget())
    const tsns = Array.from({ length: LIMITS.sctpTsnWindow }, (_, i) => (first + i) >>> 0)
    for (const tsn of tsns) assert.equal(window.see(tsn, 1), TSN.new)
    for (const tsn of tsns) assert.equal(window.see(tsn, 1), TSN.retransmission)
    assert.equal(window.see(first, 2), TSN.reused)
    assert.equal(window.see((first + LIMITS.sctpTsnWindow) >>> 0, 1), TSN.new)
    assert.equal(window.see(first, 2), TSN.new)
    window.clear()
    assert.equal(window.see((first + 1) >>> 0, 1), TSN.new)
  }
})

test('grows only within the budget, and gives back what it took', () => {
  const budget = new TsnWindowBudget()
  const before = budget.slots
  const window = new TsnWindow(budget)
  for (let tsn = 0; tsn < 3 * LIMITS.sctpTsnWindow; tsn++) window.see(tsn, 1)
  assert.equal(budget.slots, before - LIMITS.sctpTsnWindow)
  window.release()
  assert.equal(budget.slots, before)
  budget.slots = 40
  const small = new TsnWindow(budget)
  for (let tsn = 0; tsn < 1_000; tsn++) small.see(tsn, 1)
  assert.equal(budget.slots, 8)
  assert.equal(small.see(999, 1), TSN.retransmission)
  assert.equal(small.see(0, 1), TSN.new)
})

test('stays small for TSNs that lie far apart', () => {
  const budget = new TsnWindowBudget()
  const before = budget.slots
  const window = new TsnWindow(budget)
  for (let i = 0; i < 1_000; i++) window.see(i * LIMITS.sctpTsnWindow, 1)
  assert.equal(budget.slots, before - 16)
})

test('gives different chunks different fingerprints, and none 0', () => {
  for (let length = 0; length < 40; length++) {
    const bytes = new Uint8Array(length + 2)
    const seen = new Set([fingerprintOf(bytes, 1, length + 1)])
    for (let bit = 0; bit < length * 8; bit++) {
      const changed = Uint8Array.from(bytes)
      changed[1 + (bit >> 3)]! ^= 1 << (bit & 7)
      seen.add(fingerprintOf(changed, 1, length + 1))
      changed[0] = 9 // outside the range
      seen.add(fingerprintOf(changed, 1, length + 1))
    }
    assert.equal(seen.size, length * 8 + 1, `${length} octets`)
    assert.ok(!seen.has(0))
  }
})
