import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertLinear } from '../bytes/bytes.vectors.ts'
import { Random } from '../simulate/random.ts'
import { hostSource, observe, pairsOf, plantedWorld, START_US, shuffled, titleSource } from './campaign.vectors.ts'
import { campaignFindings } from './campaign-findings.ts'
import { type CampaignResult, findCampaigns } from './find-campaigns.ts'
import { addressKey, NO_BACKGROUND, type Observation, type ObservedSource } from './observation.ts'
import { DAY_US, HOUR_US } from './options.ts'

const byTime = (list: Observation[]): Observation[] => list.sort((a, b) => a.timeUs - b.timeUs)
const setsOf = (result: CampaignResult): Set<string>[] =>
  result.campaigns.map(({ campaign }) => new Set(campaign.members.map(({ source }) => addressKey(source))))
const kindsOf = (result: CampaignResult): string[] =>
  result.campaigns.flatMap(({ patterns }) => patterns.map(({ kind }) => kind))
const minute = (n: number): number => START_US + n * 60_000_000

/** Requests of decoys that share nobody by more than chance. */
function noise(random: Random, days: number, count: number, subjects: number): Observation[] {
  return Array.from({ length: count }, () => {
    const source = titleSource(50_000 + random.between(0, 29), 'ZZ')
    return observe(source, random.between(1, subjects), minute(random.between(0, days * 1440)))
  })
}

test('planted campaigns among decoys: precision 0.98 and recall 0.95 of pairs over ten seeds', async () => {
  let [both, found, planted] = [0, 0, 0]
  for (let seed = 1; seed <= 10; seed++) {
    const { observations, campaigns, background } = plantedWorld(seed)
    const pairs = pairsOf(setsOf(await findCampaigns({ observations, background })))
    const wanted = pairsOf(campaigns)
    both += [...pairs].filter((pair) => wanted.has(pair)).length
    found += pairs.size
    planted += wanted.size
  }
  assert.ok(both / found >= 0.98, `precision ${both / found}`)
  assert.ok(both / planted >= 0.95, `recall ${both / planted}`)
})

test('the same requests with subscribers dealt out anew: no campaign in 19 of 20 runs', async () => {
  let runs = 0
  for (let seed = 1; seed <= 20; seed++) {
    const { observations, background } = plantedWorld(1 + (seed % 5))
    const result = await findCampaigns({ observations: shuffled(observations, seed), background })
    runs += Number(result.campaigns.length > 0)
  }
  assert.ok(runs <= 1, `${runs} runs`)
})

/** One source makes most requests; two others go after some of its subscribers, then it fades and one moves to Diameter. */
function dominated(seed: number): Observation[] {
  const random = new Random(seed)
  const big = titleSource(1, 'AA', 'Big')
  const isle = titleSource(2, 'BB', 'Isle')
  const isleHost = { ...hostSource(3, 'BB'), operator: 'Isle' }
  const bay = titleSource(4, 'CC', 'Bay')
  const list = noise(random, 900, 480, 6000)
  const at = (from: number, to: number): number => minute(random.between(from * 1440, to * 1440))
  const some = (source: ObservedSource, count: number, from: number, to: number): void => {
    for (let i = 0; i < count; i++) list.push(observe(source, random.between(1, 6000), at(from, to)))
  }
  some(big, 3000, 0, 330)
  some(big, 60, 330, 900)
  for (const start of [100, 180, 260]) {
    for (let i = 0; i < 36; i++) {
      const subject = random.between(1, 6000)
      for (const source of [big, isle, bay]) list.push(observe(source, subject, at(start, start + 50)))
    }
  }
  some(isle, 150, 330, 480)
  some(isleHost, 350, 480, 900)
  return byTime(list)
}

test('a source that makes most requests belongs to the cluster, and only the cluster is found; changes are dated', async () => {
  for (const seed of [1, 2]) {
    const observations = dominated(seed)
    const result = await findCampaigns({ observations })
    assert.equal(result.campaigns.length, 1)
    const campaign = result.campaigns[0]?.campaign
    assert.deepEqual(campaign?.members.map(({ source }) => source.operator).sort(), ['Bay', 'Big', 'Isle'])
    assert.equal(campaign?.scale, 'mass')
    const dayOf = (at: string): number => (Date.parse(at) * 1000 - START_US) / DAY_US
    const fade = campaign?.changes.find(({ kind, from }) => kind === 'fade' && from === 'Big')
    assert.ok(
      fade !== undefined && Math.abs(dayOf(fade.at) - 330) <= fade.uncertaintyDays + 1 && fade.uncertaintyDays <= 15,
    )
    const shift = campaign?.changes.find(({ kind }) => kind === 'protocol-shift')
    assert.deepEqual([shift?.from, shift?.to], ['ss7', 'diameter'])
    assert.ok(shift !== undefined && Math.abs(dayOf(shift.at) - 480) <= shift.uncertaintyDays + 1)
    assert.equal((await findCampaigns({ observations: shuffled(observations, seed) })).campaigns.length, 0)
  }
})

test('one source takes over from another on the same subscribers, months apart', async () => {
  const random = new Random(5)
  const list = noise(random, 700, 600, 2000)
  const [first, second] = [titleSource(1, 'AA'), titleSource(2, 'BB')]
  for (let i = 0; i < 300; i++) {
    list.push(observe(first, 5000 + random.between(0, 60), minute(random.between(0, 300 * 1440))))
    list.push(observe(second, 5000 + random.between(0, 60), minute(random.between(360 * 1440, 700 * 1440))))
  }
  const result = await findCampaigns({ observations: byTime(list) })
  assert.deepEqual(setsOf(result), [new Set([addressKey(first), addressKey(second)])])
  const change = result.campaigns[0]?.campaign.changes.find(({ kind }) => kind === 'succession')
  assert.deepEqual([change?.from, change?.to], ['Operator 1', 'Operator 2'])
  assert.ok(kindsOf(result).includes('succession'))
})

test('identities rotating on one subscriber over SS7 and Diameter are a targeted campaign; apart, or of one operator, they are not', async () => {
  const identities = [titleSource(1, 'AA'), titleSource(2, 'BB'), hostSource(3, 'CC'), titleSource(4, 'DD')]
  const background = { ...NO_BACKGROUND, requests: 50_000, subjects: 4_000 }
  const attack = identities.map((source, i) => observe(source, 7, minute(i * 20)))
  const result = await findCampaigns({ observations: attack, background })
  assert.equal(result.campaigns.length, 1)
  const found = result.campaigns[0]
  assert.deepEqual(
    [found?.campaign.scale, found?.campaign.protocols, found?.campaign.subjects],
    ['targeted', ['ss7', 'diameter'], 1],
  )
  assert.deepEqual(kindsOf(result), ['pivot', 'rotation', 'scale'])
  // the same addresses, each on another subscriber
  const apart = identities.map((source, i) => observe(source, 7 + i, minute(i * 20)))
  assert.equal((await findCampaigns({ observations: apart, background })).campaigns.length, 0)
  // the same operator throughout
  const one = identities.map((source, i) => observe({ ...source, operator: 'One' }, 7, minute(i * 20)))
  const alone = await findCampaigns({ observations: one, background })
  assert.deepEqual([alone.campaigns.length, alone.singles.length], [0, 1])
})

test('a small capture with nothing else under suspicion is held against the whole traffic', async () => {
  const list = [1, 2, 3].flatMap((n) =>
    Array.from({ length: 12 }, (_, subject) =>
      observe(titleSource(n, `A${n}`), subject, START_US + (subject * 3 + n) * DAY_US),
    ),
  )
  const known = await findCampaigns({
    observations: byTime(list),
    background: { ...NO_BACKGROUND, requests: 90_000, subjects: 3_000 },
  })
  assert.equal(known.campaigns[0]?.campaign.members.length, 3)
  assert.equal((await findCampaigns({ observations: list })).campaigns.length, 0)
})

test('a hub of the whole traffic is left out', async () => {
  const { observations, background } = plantedWorld(1)
  const hub = 'gt:447700990001'
  const sources = [{ sourceKey: hub, requests: 400_000, subjects: background.subjects }]
  const result = await findCampaigns({ observations, background: { ...background, sources } })
  assert.deepEqual(result.hubs, [hub])
})

test('networks of one country that see the same visitors are no campaign, unless the subscribers were elsewhere', async () => {
  const random = new Random(8)
  const list: Observation[] = []
  for (let subject = 0; subject < 2000; subject++) {
    const arrived = random.between(0, 400 * 1440)
    const country = random.between(0, 11)
    for (let node = 0; node < 4; node++) {
      const at = minute(arrived + random.between(0, 14 * 1440))
      if (random.chance(30)) list.push(observe(titleSource(100 + country * 4 + node, `C${country}`), subject, at))
    }
  }
  byTime(list)
  const visiting = await findCampaigns({ observations: list })
  assert.equal(visiting.campaigns.length, 0)
  assert.ok(visiting.singles.some(({ campaign }) => campaign.coTargeting !== null))
  const elsewhere = () => ({ abroad: false, country: 'HOME', arrivedUs: null })
  assert.ok((await findCampaigns({ observations: list, roaming: elsewhere })).campaigns.length > 0)
})

test('a probe and the attack it prepares are told; the other way round is not', async () => {
  const source = titleSource(1, 'AA')
  const order = (probeFirst: boolean): Observation[] =>
    [1, 2, 3, 4].flatMap((subject) => {
      const probe = { class: 'identity', detector: 'IDN-01', operation: 'sendIMSI' } as const
      const at = START_US + subject * 10 * DAY_US
      return [
        observe(source, subject, at + (probeFirst ? 0 : HOUR_US), probe),
        observe(source, subject, at + (probeFirst ? HOUR_US : 0)),
      ]
    })
  const kinds = async (probeFirst: boolean): Promise<string[]> =>
    (await findCampaigns({ observations: order(probeFirst) })).singles.flatMap(({ patterns }) =>
      patterns.map(({ kind }) => kind),
    )
  assert.deepEqual(await kinds(true), ['probe-attack', 'scale'])
  assert.deepEqual(await kinds(false), [])
})

test('a rare encoding brings in a source too quiet for a test; a common one does not', async () => {
  const { observations, campaigns, background } = plantedWorld(3)
  const cluster = campaigns[0] ?? new Set()
  const encoding = 'tid=4;ac=none;order=odd'
  const marked = observations.map((one) => (cluster.has(addressKey(one.source)) ? { ...one, encoding } : one))
  const subject = marked.find((one) => cluster.has(addressKey(one.source)))
  const quiet = titleSource(77_777, 'QQ')
  // on a subscriber of the cluster, half a year before
  const targets = [...new Set(marked.filter((one) => one.encoding !== null).map(({ subjectKey }) => subjectKey))]
  const extra = targets
    .slice(0, 30)
    .map((subjectKey, i) => ({ ...observe(quiet, 1, START_US + i * DAY_US), subjectKey, encoding }))
  assert.ok(subject !== undefined)
  const run = async (requests: number): Promise<boolean> => {
    const encodings = [{ encoding, requests, sources: 5 }]
    const result = await findCampaigns({
      observations: byTime([...marked, ...extra]),
      background: { ...background, encodings },
    })
    return setsOf(result).some((set) => set.has(addressKey(quiet)))
  }
  assert.equal(await run(100), true)
  assert.equal(await run(background.requests / 2), false)
})

test('the same input gives the same campaigns; a later capture extends one and keeps its id', async () => {
  const { observations, background } = plantedWorld(4)
  const [first, second] = [
    await findCampaigns({ observations, background }),
    await findCampaigns({ observations, background }),
  ]
  assert.deepEqual(first, second)
  const seeds = first.campaigns
  const seed = seeds[0]
  assert.ok(seed !== undefined)
  const [a, b] = seed.campaign.members
  assert.ok(a !== undefined && b !== undefined)
  const later = START_US + 900 * DAY_US
  const again = [a, b].map(({ source }, i) => observe(source, 999_999 + i, later + i * DAY_US))
  const next = await findCampaigns({ observations: again, seeds })
  const grown = next.campaigns.find(({ campaign }) => campaign.id === seed.campaign.id)?.campaign
  assert.equal(grown?.attempts, seed.campaign.attempts + 2)
  assert.equal(grown?.subjects, seed.campaign.subjects + 2)
  assert.equal(grown?.firstSeen, seed.campaign.firstSeen)
  assert.ok((grown?.lastSeen ?? '') > seed.campaign.lastSeen)
  assert.equal(next.campaigns.length, seeds.length)
  // over the same requests again nothing is counted twice
  const same = await findCampaigns({ observations, background, seeds })
  assert.deepEqual(
    same.campaigns.map(({ campaign }) => [campaign.id, campaign.attempts]).sort(),
    seeds.map(({ campaign }) => [campaign.id, campaign.attempts]).sort(),
  )
})

test('findings of a campaign name the detectors of its patterns, and no subscriber', async () => {
  const { observations, background } = plantedWorld(1)
  const { campaigns } = await findCampaigns({ observations, background })
  const findings = campaignFindings(campaigns)
  const ids = new Set(findings.map(({ detector }) => detector))
  for (const id of ['CMP-01', 'CMP-02', 'CMP-03', 'CMP-07']) assert.ok(ids.has(id), id)
  assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length)
  const subjects = new Set(observations.map(({ subjectKey }) => subjectKey))
  const text = JSON.stringify(findings)
  for (const subject of subjects) assert.ok(!text.includes(`${subject}`))
})

test('roaming is summed up when somebody tells it', async () => {
  const identities = [titleSource(1, 'AA'), titleSource(2, 'BB'), titleSource(4, 'DD')]
  const attack = identities.map((source, i) => observe(source, 7, START_US + i * HOUR_US))
  const roaming = () => ({ abroad: true, country: 'FR', arrivedUs: START_US - DAY_US })
  const background = { ...NO_BACKGROUND, requests: 50_000, subjects: 4_000 }
  const { campaigns } = await findCampaigns({ observations: attack, background, roaming })
  assert.deepEqual(campaigns[0]?.roaming, {
    known: 1,
    abroad: 1,
    justArrived: 1,
    countries: [{ country: 'FR', subjects: 1 }],
  })
})

test('nothing in, nothing out', async () => {
  const empty = { campaigns: [], singles: [], trends: [], hubs: [], limitations: [] }
  assert.deepEqual(await findCampaigns({ observations: [] }), empty)
})

test('doubled input costs about double', async () => {
  const run = async (count: number): Promise<number> => {
    const random = new Random(9)
    const sources = Array.from({ length: count / 100 }, (_, i) => titleSource(i, `C${i % 60}`))
    const observations = Array.from({ length: count }, (_, i) =>
      observe(random.pick(sources), random.between(1, count / 4), START_US + Math.floor((i / count) * 900) * DAY_US),
    )
    const start = performance.now()
    await findCampaigns({ observations })
    return performance.now() - start
  }
  await run(10_000)
  await assertLinear(async (times) => Math.min(await run(20_000 * times), await run(20_000 * times)))
})
