import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundCampaign, Hypothesis } from '../campaign/campaign.ts'
import { hostSource, observe, START_US, titleSource } from '../campaign/campaign.vectors.ts'
import { findCampaigns } from '../campaign/find-campaigns.ts'
import { addressKey, NO_BACKGROUND, type ObservedSource } from '../campaign/observation.ts'
import { HOUR_US } from '../campaign/options.ts'
import { facts, vote } from './attribution.vectors.ts'
import { withStatements } from './context/attach.ts'
import { PublicContext } from './context/public-context.ts'
import { buildDossiers } from './dossier.ts'
import { attribute } from './hypotheses.ts'
import type { SourceFacts } from './source-facts.ts'

const SOURCES = [titleSource(1, 'AA'), titleSource(2, 'BB'), titleSource(3, 'CC')]

async function rotation(answered = false): Promise<FoundCampaign> {
  const observations = SOURCES.map((source, i) => observe(source, 7, START_US + i * HOUR_US, { answered }))
  const background = { ...NO_BACKGROUND, requests: 50_000, subjects: 4_000 }
  const [campaign] = (await findCampaigns({ observations, background })).campaigns
  assert.ok(campaign !== undefined)
  return campaign
}

async function weigh(more: Partial<SourceFacts>, answered = false): Promise<readonly Hypothesis[]> {
  const campaign = await rotation(answered)
  const dossiers = buildDossiers(
    SOURCES.map((source) => facts(addressKey(source), more)),
    [campaign],
  )
  return attribute(campaign, dossiers).campaign.hypotheses
}

const about = (hypotheses: readonly Hypothesis[], word: string): Hypothesis => {
  const found = hypotheses.find(({ statement }) => statement.includes(word))
  assert.ok(found !== undefined, word)
  return found
}

test('a dossier keeps votes that disagree, weighs them, and names companions', async () => {
  const campaign = await rotation()
  const key = addressKey(titleSource(1, 'AA'))
  const votes = [
    vote('sccp-title', '447700900001', 'Isle', 'BB'),
    vote('link', 'link 3', 'Hub', 'AA'),
    vote('ip', '192.0.2.1', null, null),
  ]
  const dossier = buildDossiers([facts(key, { votes })], [campaign]).get(key)
  assert.deepEqual(
    dossier?.disagreements.map(({ about: what, why }) => [what, why]),
    [['country', 'sccp title 447700900001 is of BB, link link 3 of AA']],
  )
  assert.deepEqual(
    dossier?.candidates.map(({ operator }) => operator),
    ['Hub', 'Isle'],
  )
  assert.equal(dossier?.votes.find(({ kind }) => kind === 'ip')?.sureness, 0)
  assert.deepEqual(dossier?.campaigns, [campaign.campaign.id])
  assert.deepEqual(
    dossier?.companions.map(({ sourceKey }) => sourceKey).sort(),
    SOURCES.slice(1).map(addressKey).sort(),
  )
})

test('votes of one owner do not disagree', () => {
  const votes = [vote('sccp-title', '447700900001', 'Isle', 'BB'), vote('point-code', '2-1-1', 'Isle', 'BB')]
  assert.deepEqual(buildDossiers([facts('gt:447700900001', { votes })], []).get('gt:447700900001')?.disagreements, [])
})

test('hypotheses: eight, benign ones among them, weights sum to one and none is certain', async () => {
  for (const hypotheses of [await weigh({}), await weigh({ exceptions: ['LCS agreement'], ownSubjects: 5 })]) {
    assert.equal(hypotheses.length, 8)
    const sum = hypotheses.reduce((total, { weight }) => total + weight, 0)
    assert.ok(Math.abs(sum - 1) < 0.01, `${sum}`)
    for (const { weight } of hypotheses) assert.ok(weight > 0 && weight <= 0.9)
    for (const word of ['look-up', 'misconfigured', 'tests', 'agreed service']) about(hypotheses, word)
    assert.deepEqual(
      hypotheses.map(({ weight }) => weight),
      hypotheses.map(({ weight }) => weight).toSorted((a, b) => b - a),
    )
  }
})

test('each fact moves the hypothesis it is about, and is told', async () => {
  const plain = await weigh({})
  const cases: readonly [string, Partial<SourceFacts>, boolean, 'more' | 'less'][] = [
    ['leases', { fingerprints: [{ hash: 's03_0', description: '', requests: 3, share: 0.001 }] }, false, 'more'],
    ['agreed service', { exceptions: ['LCS agreement'] }, false, 'more'],
    ['look-up', { operations: [{ protocol: 'ss7', operation: 'sendRoutingInfoForSM', requests: 9 }] }, false, 'more'],
    ['forged', { votes: [vote('sccp-title', '1', 'X', 'AA'), vote('link', '2', 'Y', 'BB')] }, false, 'more'],
    ['forged', {}, true, 'less'],
    ['misconfigured', { unanswered: 9 }, false, 'more'],
    ['transit hub', { suspicious: 1 }, false, 'more'],
  ]
  for (const [word, more, answered, way] of cases) {
    const [before, after] = [about(plain, word), about(await weigh(more, answered), word)]
    assert.ok(way === 'more' ? after.weight > before.weight : after.weight < before.weight, word)
    const [was, is] = way === 'more' ? [before.for, after.for] : [before.against, after.against]
    assert.ok(is.length > was.length, word)
  }
})

test('answers over Diameter do not speak against a forged address, and an unknown operator is not the same one', async () => {
  const [one, two] = [hostSource(1, 'AA'), hostSource(2, 'BB')]
  const background = { ...NO_BACKGROUND, requests: 50_000, subjects: 4_000 }
  const hypothesesOf = async (sources: readonly ObservedSource[]): Promise<readonly Hypothesis[]> => {
    const observations = sources.map((source, i) =>
      observe(source, 7, START_US + i * HOUR_US, { answered: true, operation: 'any' }),
    )
    const [campaign] = (await findCampaigns({ observations, background })).campaigns
    assert.ok(campaign !== undefined)
    return attribute(campaign, new Map()).campaign.hypotheses
  }
  const title = titleSource(3, 'CC')
  assert.deepEqual(about(await hypothesesOf([one, two, hostSource(4, 'DD')]), 'forged').against, [])
  assert.match(about(await hypothesesOf([one, two, title]), 'forged').against.join(), /1 request over SS7 got a result/)
  const partly = await hypothesesOf([one, { ...title, operator: null }, { ...hostSource(5, 'DD'), operator: null }])
  assert.ok(!about(partly, 'own the addresses').for.some((why) => why.includes('one operator')))
})

test('no hypothesis names what the data does not name', async () => {
  const text = JSON.stringify(
    await weigh({ fingerprints: [{ hash: 's03_0', description: '', requests: 3, share: 0.001 }] }),
  )
  for (const { operator } of SOURCES) assert.ok(!text.includes(`"${operator}"`))
  assert.ok(!/certain|proves|guilty/.test(text))
})

test('what others said changes no weight, no hypothesis and nothing else of a dossier', async () => {
  const campaign = await rotation()
  const votes = SOURCES.map(({ gt }) => [
    vote('sccp-title', gt ?? '', 'Isle', 'BB'),
    vote('ip', '192.0.2.1', null, null),
  ])
  const dossiers = buildDossiers(
    SOURCES.map((source, i) => facts(addressKey(source), { votes: votes[i] ?? [] })),
    [campaign],
  )
  const context = new PublicContext()
  const words = { form: 'row', name: null, by: 'x', reference: null, date: null, marking: null, file: 'f' } as const
  for (const [kind, value] of [
    ['title', '4477009'],
    ['ip', '192.0.2.0/24'],
    ['name', 'Isle'],
  ] as const)
    assert.ok(context.add(kind, value, { ...words, said: 'guilty, certainly' }, 'line 2'))
  const told = new Map([...dossiers].map(([key, dossier]) => [key, withStatements(dossier, context)]))
  for (const [key, dossier] of dossiers) {
    const { statements, statementCount, ...rest } = told.get(key) ?? dossier
    assert.deepEqual([statements.length, statementCount], [3, 3])
    assert.deepEqual({ ...rest, statements: [], statementCount: 0 }, dossier)
  }
  const [without, having] = [attribute(campaign, dossiers), attribute(campaign, told)]
  assert.equal(JSON.stringify(having), JSON.stringify(without))
  assert.ok(without.campaign.hypotheses.length > 0)
  // told again, nothing is said twice
  const twice = [...told.values()].map((dossier) => withStatements(dossier, context).statementCount)
  assert.deepEqual(twice, [3, 3, 3])
})
