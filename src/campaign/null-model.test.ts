import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../simulate/random.ts'
import { observe, START_US, shuffled, titleSource } from './campaign.vectors.ts'
import { findCampaigns } from './find-campaigns.ts'
import { fitWindowNull } from './null-model.ts'
import type { Observation } from './observation.ts'
import { DAY_US } from './options.ts'

const near = (actual: number, expected: number, relative: number): void =>
  assert.ok(Math.abs(actual - expected) <= relative * expected, `${actual}, not ${expected}`)

test('a subject that one source touched is shared by nobody; one that two touched by exactly one pair', () => {
  const degrees = [1, 2, 4, 13]
  const model = fitWindowNull(
    degrees.map((degree) => ({ degree, count: 1 })),
    [
      { degree: 1, count: 10 },
      { degree: 2, count: 5 },
    ],
  )
  let pairs = 0
  for (const [i, a] of degrees.entries()) {
    for (const b of degrees.slice(i + 1)) {
      const [once = -1, twice = -1] = model.pairChancesOf(a, b)
      assert.equal(once, 0)
      near(model.groupChancesOf([a, b], 2)[1] ?? 0, twice, 1e-9)
      pairs += twice
    }
  }
  near(pairs, 1, 1e-9)
  near(model.groupChancesOf(degrees, 2)[1] ?? 0, 1, 1e-9)
})

test('one source may have nearly all of the weight', () => {
  const model = fitWindowNull(
    [
      { degree: 5000, count: 1 },
      { degree: 10, count: 8 },
    ],
    [
      { degree: 1, count: 5040 },
      { degree: 2, count: 20 },
    ],
  )
  const [, big = 0] = model.chancesOf(5000)
  const [, small = 0] = model.pairChancesOf(10, 10)
  near(big + 8 * (model.chancesOf(10)[1] ?? 0), 2, 1e-6)
  near(8 * (model.pairChancesOf(5000, 10)[1] ?? 0) + 28 * small, 1, 1e-6)
  assert.ok(small > 0 && small < 0.01)
})

test('sources equal in all but their degrees: popular subjects are never less likely than by lot', () => {
  const model = fitWindowNull(
    [
      { degree: 1, count: 10 },
      { degree: 20, count: 2 },
    ],
    [
      { degree: 1, count: 26 },
      { degree: 12, count: 2 },
    ],
  )
  near(model.pairChancesOf(1, 1)[1] ?? 0, 1, 1e-9)
})

/** Networks that ask about few of very many subscribers each; three of them about the same ones, a small part of what they do. */
function massWorld(seed: number): Observation[] {
  const random = new Random(seed)
  const sizes = [6000, 2400, 1200, 1200, 1200, 1800, 1500]
  const days = 720
  const subject = (): number => random.between(1, 20_000)
  const list: Observation[] = []
  for (const [n, size] of sizes.entries()) {
    for (let i = 0; i < size; i++) {
      const source = titleSource(100_000 * n + random.between(0, 2), `C${n}`, `Network ${n}`)
      list.push(observe(source, subject(), START_US + random.between(0, days * 1440) * 60_000_000))
    }
  }
  for (let i = 0; i < 110; i++) {
    const [shared, day] = [subject(), random.between(0, days - 40)]
    for (const n of [0, 1, 2]) {
      const source = titleSource(100_000 * n + random.between(0, 2), `C${n}`, `Network ${n}`)
      list.push(observe(source, shared, START_US + day * DAY_US + random.between(0, 40 * 1440) * 60_000_000))
    }
  }
  return list.sort((a, b) => a.timeUs - b.timeUs)
}

test('dozens shared are found though they are a small part of what each network does, and only they', async () => {
  for (const seed of [1, 2, 3]) {
    const observations = massWorld(seed)
    const { campaigns } = await findCampaigns({ observations })
    assert.equal(campaigns.length, 1)
    const networks = new Set(campaigns[0]?.campaign.members.map(({ source }) => source.operator))
    assert.deepEqual([...networks].sort(), ['Network 0', 'Network 1', 'Network 2'])
    assert.equal(campaigns[0]?.campaign.scale, 'mass')
    const dealt = await findCampaigns({ observations: shuffled(observations, seed) })
    assert.equal(dealt.campaigns.length, 0)
  }
})

test('one request that two checks report counts once', async () => {
  const list = [1, 2, 3].flatMap((n) =>
    Array.from({ length: 12 }, (_, subject) =>
      observe(titleSource(n, `A${n}`), subject, START_US + (subject * 3 + n) * DAY_US),
    ),
  )
  const evasion = { detector: 'EVA-04', class: 'evasion' } as const
  const twice = list.flatMap((one, i) => [one, { ...one, ...evasion, subjectKey: i % 2 === 0 ? one.subjectKey : null }])
  const background = { requests: 90_000, subjects: 3_000, sources: [], encodings: [] }
  const [found] = (await findCampaigns({ observations: twice, background })).campaigns
  assert.equal(found?.campaign.attempts, 36)
  assert.deepEqual(new Set(found?.campaign.members.map(({ attempts }) => attempts)), new Set([12]))
  assert.equal(found?.campaign.class, 'location')
})
