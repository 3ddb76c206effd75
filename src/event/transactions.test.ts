import { test } from 'node:test'
import { assertLinear, costUs } from '../bytes/bytes.vectors.ts'
import { Transactions } from './transactions.ts'

test('transactions that share identifier and route cost no more for being many', async () => {
  const cost = (count: number): number =>
    costUs(() => {
      const transactions = new Transactions()
      // the second half expires the first, the oldest at the end of the chain first
      for (let i = 0; i < count; i++) transactions.begin(1, `title ${i}`, 5, 6, i)
      for (let i = 0; i < count; i++) transactions.begin(1, `other ${i}`, 5, 6, 1e9 + i)
    })
  await assertLinear((times) => cost(10_000 * times))
})
