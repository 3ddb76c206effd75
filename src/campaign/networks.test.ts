import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostSource, titleSource } from './campaign.vectors.ts'
import { countNetworks, namesOverTime } from './networks.ts'

const unknown = (number: number, country: string | null) => ({ ...titleSource(number, 'XX'), operator: null, country })
const known = (number: number, country: string, operator: string) => ({ ...hostSource(number, country), operator })

test('addresses of unknown operators are counted as the fewest networks they can be of', () => {
  const cases = [
    [[known(1, 'AA', 'One'), known(2, 'AA', 'Two')], 2, false],
    [[known(1, 'AA', 'One'), unknown(2, 'AA')], 1, true],
    [[known(1, 'AA', 'One'), unknown(2, 'BB'), unknown(3, 'BB')], 2, true],
    [[unknown(10_002, null), unknown(10_003, null), unknown(70_003, null)], 2, true],
    [[], 0, false],
  ] as const
  for (const [sources, count, isLeast] of cases) assert.deepEqual(countNetworks(sources), { count, isLeast })
})

test('a title that tells its country and a host of the only operator there count as the country over time', () => {
  const [title, host] = [unknown(1, 'AA'), known(2, 'AA', 'One')]
  const alone = namesOverTime([title, host])
  assert.deepEqual([alone(title), alone(host)], ['AA', 'AA'])
  const other = known(3, 'AA', 'Two')
  const several = namesOverTime([title, host, other])
  assert.deepEqual([several(title), several(host), several(other)], ['AA', 'One', 'Two'])
  const plain = namesOverTime([host])
  assert.equal(plain(host), 'One')
})
