import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Chain, type Link } from './chain.ts'

test('a chain is a list from which anything can be taken', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (steps) => {
      const chain = new Chain<number>()
      const list: Link<number>[] = []
      for (const [i, step] of steps.entries()) {
        if (step < 12) list.push(chain.append(i))
        else for (const link of list.splice(step % (list.length + 1), 1)) chain.remove(link)
        const values: number[] = []
        for (let link = chain.first; link !== null; link = link.next) values.push(link.value)
        assert.deepEqual(
          values,
          list.map(({ value }) => value),
        )
      }
    }),
  )
})
