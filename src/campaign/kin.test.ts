import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../simulate/random.ts'
import { hostSource, observe, START_US, shuffled, titleSource } from './campaign.vectors.ts'
import { type CampaignResult, findCampaigns } from './find-campaigns.ts'
import { addressKey, type Observation, type ObservedSource } from './observation.ts'
import { DAY_US } from './options.ts'

const DAYS = 400
const SUBSCRIBERS = 4000
const minute = (random: Random, from: number, to: number): number =>
  START_US + random.between(from * 1440, to * 1440) * 60_000_000
const byTime = (list: Observation[]): Observation[] => list.sort((a, b) => a.timeUs - b.timeUs)
const setsOf = (result: CampaignResult): Set<string>[] =>
  result.campaigns.map(({ campaign }) => new Set(campaign.members.map(({ source }) => addressKey(source))))

/** Sources that ask at random: what chance gives. */
function strangers(random: Random, sources: readonly ObservedSource[], each: number): Observation[] {
  return sources.flatMap((source) =>
    Array.from({ length: each }, () => observe(source, random.between(1, SUBSCRIBERS), minute(random, 0, DAYS))),
  )
}

const isle = Array.from({ length: 5 }, (_, i) => titleSource(100 + i, 'BB', 'Isle'))
const bay = titleSource(20_001, 'CC', 'Bay')
const others = Array.from({ length: 8 }, (_, i) => titleSource(30_001 + 10_000 * i, 'ZZ', `Stranger ${i}`))

/** Bay fades as Isle begins on the same list: only around the change do they meet within weeks. */
function succession(random: Random): Observation[] {
  const list = strangers(random, others, 250)
  for (let i = 0; i < 600; i++) list.push(observe(bay, random.between(1, 500), minute(random, 0, 210)))
  for (let i = 0; i < 900; i++) list.push(observe(random.pick(isle), random.between(1, 500), minute(random, 190, DAYS)))
  return list
}

test('addresses of one operator that go after the same list belong together, whatever the weeks they work in', async () => {
  const random = new Random(1)
  const tenant = titleSource(140, 'BB', 'Isle')
  const list = succession(random)
  // another tenant of the same range asks at random
  list.push(...strangers(random, [tenant], 300))
  const wanted = new Set([bay, ...isle].map(addressKey))
  assert.deepEqual(setsOf(await findCampaigns({ observations: byTime(list) })), [wanted])
  assert.equal((await findCampaigns({ observations: shuffled(list, 1) })).campaigns.length, 0)
})

test('popular subscribers, and a range that two operators have, bring nobody in', async () => {
  const random = new Random(2)
  const list = succession(random)
  const partner = titleSource(150, 'BB', 'Isle')
  const foreign = titleSource(160, 'DD', 'Elsewhere')
  // everybody asks about eight numbers; the partner about these and a few others
  for (const source of [bay, ...isle, ...others, partner])
    for (let popular = 5000; popular < 5008; popular++) list.push(observe(source, popular, minute(random, 0, DAYS)))
  list.push(...strangers(random, [partner], 12))
  // in the range of Isle by its digits, but another operator's, on two of the list
  for (const subject of [3, 4]) list.push(observe(foreign, subject, minute(random, 300, 301)))
  const wanted = new Set([bay, ...isle].map(addressKey))
  assert.deepEqual(setsOf(await findCampaigns({ observations: byTime(list) })), [wanted])
})

test('two parts of one campaign that an operator ties together are one', async () => {
  const random = new Random(3)
  const list = strangers(random, others, 250)
  const [north, south] = [titleSource(21_001, 'NN', 'North'), hostSource(7, 'SS')]
  const targets = Array.from({ length: 120 }, () => random.between(1, SUBSCRIBERS))
  // North works with one address of Isle in spring, South with another in autumn
  for (const subject of targets) {
    for (const source of [north, isle[0] ?? bay]) list.push(observe(source, subject, minute(random, 10, 60)))
    for (const source of [south, isle[1] ?? bay]) list.push(observe(source, subject, minute(random, 300, 350)))
  }
  const [set, ...more] = setsOf(await findCampaigns({ observations: byTime(list) }))
  assert.equal(more.length, 0)
  assert.deepEqual(set, new Set([north, south, isle[0] ?? bay, isle[1] ?? bay].map(addressKey)))
})

test('a second campaign of the same operator about others stays apart', async () => {
  const random = new Random(4)
  const list = strangers(random, others, 250)
  const [north, south] = [titleSource(21_001, 'NN', 'North'), hostSource(7, 'SS')]
  for (let i = 0; i < 120; i++) {
    const [one, other] = [random.between(1, 2000), random.between(2001, SUBSCRIBERS)]
    for (const source of [north, isle[0] ?? bay]) list.push(observe(source, one, minute(random, 10, 60)))
    for (const source of [south, isle[1] ?? bay]) list.push(observe(source, other, minute(random, 10, 60)))
  }
  assert.equal(setsOf(await findCampaigns({ observations: byTime(list) })).length, 2)
})

test('a subscriber named by number before the IMSI is known is one subscriber', async () => {
  const random = new Random(5)
  const list = strangers(random, others, 100)
  const [one, two, three] = [titleSource(21_001, 'NN'), titleSource(22_001, 'OO'), titleSource(23_001, 'PP')]
  for (let i = 0; i < 12; i++) {
    for (const source of [one, two, three]) {
      const seen = observe(source, 9000 + i, START_US + (5 * i + random.between(0, 3)) * DAY_US)
      list.push(source === two ? { ...seen, subjectKey: `4477009${9000 + i}` } : seen)
    }
  }
  const { ObservationLog } = await import('./observation-log.ts')
  const sizeOf = async (isJoined: boolean): Promise<number | undefined> => {
    const log = new ObservationLog()
    for (const observation of byTime(list)) log.add(observation)
    if (isJoined)
      log.joinSubjects((key) => (key.startsWith('4477009') ? `00101${key.slice(7).padStart(10, '0')}` : key))
    const { campaigns } = await findCampaigns({ observations: log })
    return campaigns[0]?.campaign.subjects
  }
  assert.deepEqual([await sizeOf(false), await sizeOf(true)], [12, 12])
  const names = async (isJoined: boolean): Promise<number> => {
    const log = new ObservationLog()
    for (const observation of list) log.add(observation)
    if (isJoined)
      log.joinSubjects((key) => (key.startsWith('4477009') ? `00101${key.slice(7).padStart(10, '0')}` : key))
    return new Set(log.subject.subarray(0, log.size)).size
  }
  assert.equal((await names(false)) - (await names(true)), 12)
})
