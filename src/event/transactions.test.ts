import assert from 'node:assert/strict'
import { test } from 'node:test'
import { costUs, DOUBLE } from '../bytes/bytes.vectors.ts'
import { Transactions } from './transactions.ts'

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
