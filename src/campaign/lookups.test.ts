import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../simulate/random.ts'
import { observe, START_US, titleSource } from './campaign.vectors.ts'
import { type CampaignResult, findCampaigns } from './find-campaigns.ts'
import type { Observation } from './observation.ts'

const LOOKUP = { class: 'identity', detector: 'IDN-02', operation: 'sendRoutingInfoForSM' } as const
const DAYS = 300
const at = (day: number): number => START_US + Math.floor(day * 86_400) * 1_000_000

/** Two sources on numbers that customers ask for again and again, each on days of its own. */
function customers(random: Random, more: Partial<Observation>): Observation[] {
  const list: Observation[] = []
  for (let scanner = 0; scanner < 6; scanner++)
    for (let i = 0; i < 200; i++)
      list.push(
        observe(titleSource(50_000 + 7 * scanner, 'ZZ'), random.between(1, 4000), at(random.between(0, DAYS - 1))),
      )
  for (const source of [titleSource(1, 'AA'), titleSource(20_001, 'BB')])
    for (let i = 0; i < 500; i++)
      list.push(observe(source, random.between(1, 300), at(random.between(0, DAYS - 1)), more))
  return list.sort((a, b) => a.timeUs - b.timeUs)
}

const sharing = ({ singles }: CampaignResult): number =>
  singles.filter(({ campaign }) => campaign.coTargeting !== null).length

test('look-up companies share the numbers that many customers ask for: no campaign', async () => {
  const looked = await findCampaigns({ observations: customers(new Random(1), LOOKUP) })
  assert.deepEqual([looked.campaigns.length, sharing(looked)], [0, 1])
  // nobody's customers ask where somebody is
  const located = await findCampaigns({ observations: customers(new Random(1), {}) })
  assert.equal(located.campaigns.length, 1)
})

test('look-ups that meet in time are a campaign all the same', async () => {
  const random = new Random(2)
  const list = customers(random, LOOKUP)
  const [one, two] = [titleSource(30_001, 'CC'), titleSource(40_001, 'DD')]
  for (let i = 0; i < 80; i++) {
    const [subject, day] = [random.between(5000, 5300), random.between(0, DAYS - 9)]
    list.push(observe(one, subject, at(day), LOOKUP), observe(two, subject, at(day + random.between(0, 5)), LOOKUP))
  }
  list.sort((a, b) => a.timeUs - b.timeUs)
  const { campaigns } = await findCampaigns({ observations: list })
  assert.deepEqual(
    campaigns.map(({ campaign }) => campaign.members.map(({ source }) => source.country).sort()),
    [['CC', 'DD']],
  )
})
