import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCampaigns } from './find-campaigns.ts'
import { NOBODY, type Observation, type ObservedSource } from './observation.ts'

const WEEK_US = 7 * 86_400_000_000
const WEEKS = 52
const SUBJECTS = 4_000
const NETWORKS = 24
const COUNTRIES = 8

/** A counter, mixed: MurmurHash3's finalizer. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let x = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return ((x ^ (x >>> 16)) >>> 0) / 0x1_0000_0000
  }
}

/** Three addresses a network, three networks a country; the first address of three networks works together. */
const SOURCES: readonly ObservedSource[] = Array.from({ length: NETWORKS * 3 }, (_, i) => ({
  ...NOBODY,
  gt: `${200 + (i % NETWORKS)}55${String(i).padStart(6, '0')}`,
  operator: `Network ${i % NETWORKS}`,
  country: `C${i % COUNTRIES}`,
}))

function world(size: number): Observation[] {
  const random = generator(7)
  const times = Float64Array.from({ length: size }, () => Math.floor(random() * WEEKS * WEEK_US)).sort()
  return Array.from(times, (timeUs, i) => {
    const isPlanted = random() < 0.04
    const fortnight = Math.floor(timeUs / (2 * WEEK_US))
    const subject = isPlanted
      ? (fortnight * 7919 + Math.floor(random() * 12)) % SUBJECTS
      : Math.floor(random() * SUBJECTS)
    const source = SOURCES[isPlanted ? Math.floor(random() * 3) : 3 + Math.floor(random() * (SOURCES.length - 3))]
    return {
      findingId: `F-${i.toString(16).padStart(16, '0')}`, detector: 'LOC-02', class: 'location', protocol: 'ss7',
      operation: 'provideSubscriberInfo', timeUs, source: source ?? NOBODY, subjectKey: `imsi:00101${subject}`, answered: true, encoding: null,
    } // biome-ignore format: a row
  })
}

test('addresses of a member’s network or country that ask by chance stay outside, however many they ask about', async () => {
  const { campaigns } = await findCampaigns({ observations: world(40_000) })
  assert.deepEqual(
    campaigns.map(({ campaign }) => campaign.members.map(({ source }) => source.gt).sort()),
    [SOURCES.slice(0, 3).map(({ gt }) => gt)],
  )
})
