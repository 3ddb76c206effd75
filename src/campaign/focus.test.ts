import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../simulate/random.ts'
import { hostSource, observe, START_US, shuffled, titleSource } from './campaign.vectors.ts'
import { findCampaigns } from './find-campaigns.ts'
import { addressKey, NO_BACKGROUND, type Observation } from './observation.ts'

const background = { ...NO_BACKGROUND, requests: 50_000, subjects: 4_000 }
const minute = (random: Random, from: number, to: number): number =>
  START_US + random.between(from * 1440, to * 1440) * 60_000_000
const byTime = (list: Observation[]): Observation[] => list.sort((a, b) => a.timeUs - b.timeUs)
const identities = [
  titleSource(1, 'AA'),
  titleSource(20_001, 'BB'),
  hostSource(3, 'CC'),
  titleSource(40_001, 'DD'),
  hostSource(5, 'EE'),
]

/** Scanners that ask at random, and small sources that ask about a few. */
function noise(random: Random): Observation[] {
  const list: Observation[] = []
  for (let scanner = 0; scanner < 6; scanner++)
    for (let i = 0; i < 200; i++)
      list.push(observe(titleSource(50_000 + 7 * scanner, 'ZZ'), random.between(1, 3000), minute(random, 0, 200)))
  for (let small = 0; small < 30; small++)
    for (let i = 0; i < 3; i++)
      list.push(observe(titleSource(60_000 + 7 * small, `Z${small}`), random.between(1, 3000), minute(random, 0, 200)))
  return list
}

/** Every identity on one subscriber, on days of its own over two months. */
function slowly(random: Random, more: Partial<Observation> = {}): Observation[] {
  return identities.flatMap((source, i) =>
    [0, 1, 2].map((turn) => observe(source, 7777, minute(random, 15 * turn + 3 * i, 15 * turn + 3 * i + 1), more)),
  )
}

test('identities that take turns on one subscriber over weeks, and ask about nobody else, are a targeted campaign', async () => {
  const random = new Random(1)
  const list = byTime([...noise(random), ...slowly(random)])
  const { campaigns } = await findCampaigns({ observations: list, background })
  assert.equal(campaigns.length, 1)
  const [found] = campaigns
  assert.deepEqual(
    new Set(found?.campaign.members.map(({ source }) => addressKey(source))),
    new Set(identities.map(addressKey)),
  )
  assert.deepEqual([found?.campaign.scale, found?.campaign.subjects], ['targeted', 1])
  // the two protocols did not meet within hours
  assert.deepEqual(
    found?.patterns.map(({ kind }) => kind),
    ['rotation', 'scale'],
  )
  assert.match(found?.patterns[0]?.why ?? '', /up to 5 addresses took turns on one subscriber within \d+ days/)
  for (const seed of [1, 2, 3])
    assert.equal((await findCampaigns({ observations: shuffled(list, seed), background })).campaigns.length, 0)
})

test('a subscriber everybody asks about brings no small sources together', async () => {
  const random = new Random(2)
  const popular = Array.from({ length: 240 }, (_, i) =>
    observe(titleSource(50_000 + 7 * (i % 6), 'ZZ'), 7777, minute(random, 0, 200)),
  )
  const few = slowly(random).filter((_, i) => i % 3 === 0)
  const list = byTime([...noise(random), ...popular, ...few])
  assert.equal((await findCampaigns({ observations: list, background })).campaigns.length, 0)
})

test('networks that a traveller passes through ask for vectors, which is no plan', async () => {
  const random = new Random(3)
  const vectors = { class: 'identity', detector: 'IDN-03', operation: 'sendAuthenticationInfo' } as const
  const list = byTime([...noise(random), ...slowly(random, vectors)])
  assert.equal((await findCampaigns({ observations: list, background })).campaigns.length, 0)
})

test('addresses of one network that take turns are told without a claim', async () => {
  const random = new Random(4)
  const own = slowly(random).map((one) => ({ ...one, source: { ...one.source, operator: 'One', country: 'AA' } }))
  const result = await findCampaigns({ observations: byTime([...noise(random), ...own]), background })
  assert.equal(result.campaigns.length, 0)
  assert.ok(result.singles.some(({ campaign }) => campaign.members.length === identities.length))
})
