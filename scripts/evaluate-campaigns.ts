// Measures the grouping into campaigns, and writes its part of docs/evaluation.md: node scripts/evaluate-campaigns.ts
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Campaign, CampaignChange } from '../src/campaign/campaign.ts'
import { pairsOf, plantedWorld, shuffled } from '../src/campaign/campaign.vectors.ts'
import { findCampaigns } from '../src/campaign/find-campaigns.ts'
import { addressKey } from '../src/campaign/observation.ts'
import type { CaseTrend } from '../src/finding/case.ts'
import { loadNetwork } from '../src/network/network-file.ts'
import { analyze } from '../src/pipeline.ts'
import { playScenario } from '../src/simulate/scenario.ts'
import { farFromHome } from '../src/simulate/scenarios/far-from-home.ts'
import { CaseTables } from '../src/store/case-tables.ts'

/** What the project wants to reach. */
const REACH = { precision: 0.98, recall: 0.95, falseRuns: 1 / 20, sharePoints: 1 }
/** Seeds beyond those that the tests use. */
const PLANTED = { first: 101, worlds: 10, shuffledRuns: 20 }
const FOUNDING = { seeds: [1, 2, 3], monthly: 200 }
/** A date is right to the month when it lies within half a month of the first day of the month it should be in. */
const HALF_MONTH_MS = 15 * 86_400_000

/** What the labels of `far-from-home` hold as true. */
export interface FoundingTruth {
  readonly shares: readonly {
    readonly year: number
    readonly generation: string
    readonly country: string
    readonly share: number
  }[]
  readonly cluster: { readonly members: readonly string[] } | null
  readonly changes: readonly { readonly kind: string; readonly network: string | null; readonly month: string }[]
  readonly targeted: { readonly networks: readonly string[]; readonly sources: readonly string[] } | null
}

/** What the analysis of one `far-from-home` came to. */
export interface FoundingRun {
  readonly truth: FoundingTruth
  readonly campaigns: readonly Campaign[]
  readonly trends: readonly CaseTrend[]
  readonly shares: readonly {
    readonly year: number
    readonly generation: string
    readonly country: string
    readonly share: number
  }[]
}

/** Writes `far-from-home` into `folder` and analyses it. @param monthly legitimate procedures a month. */
export async function runFoundingCase(
  folder: string,
  seed: number,
  isShuffled: boolean,
  monthly: number,
): Promise<FoundingRun> {
  const files = playScenario(farFromHome(isShuffled, monthly), seed)
  const [capture, networkFile] = [join(folder, 'capture.pcap'), join(folder, 'network.yaml')]
  writeFileSync(capture, files.capture)
  writeFileSync(networkFile, files.network)
  const out = join(folder, 'case')
  const { case: facts } = await analyze({
    paths: [capture],
    network: await loadNetwork(networkFile),
    networkFile,
    out,
    version: '0.0.0',
    mode: 'active',
    stateFile: null,
    pseudonyms: null,
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const campaigns = readFileSync(join(out, 'campaigns.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Campaign => JSON.parse(line))
  const tables = await CaseTables.open(out)
  const shares: FoundingRun['shares'][number][] = []
  for await (const row of tables.rows('SELECT year, generation, country, share FROM yearly_shares')) {
    shares.push({
      year: Number(row.year),
      generation: String(row.generation),
      country: String(row.country),
      share: 100 * Number(row.share),
    })
  }
  await tables.close()
  return { truth: files.truth as FoundingTruth, campaigns, trends: facts.trends, shares }
}

/** Networks that stand in one campaign, as the labels and as the analysis have it. */
export function foundingPairs({ truth, campaigns }: FoundingRun): { wanted: Set<string>; found: Set<string> } {
  const wanted = [truth.cluster?.members, truth.targeted?.networks].filter((list) => list !== undefined)
  return {
    wanted: pairsOf(wanted.map((list) => new Set(list))),
    found: pairsOf(campaigns.map(({ members }) => new Set(members.map(({ source }) => source.operator ?? 'unknown')))),
  }
}

/** Changes of the labels that are not dated, or not to the month; `kinds` limits them. */
export function missedChanges(
  changes: readonly (CampaignChange | CaseTrend)[],
  truth: FoundingTruth,
  isWanted: (change: FoundingTruth['changes'][number]) => boolean = () => true,
): string[] {
  return truth.changes
    .filter(isWanted)
    .filter(
      ({ kind, network, month }) =>
        !changes.some(
          (one) =>
            one.kind === kind &&
            (network === null || one.from === network || one.to === network) &&
            Math.abs(Date.parse(one.at) - Date.parse(`${month}-01T00:00:00Z`)) <= HALF_MONTH_MS,
        ),
    )
    .map(({ kind, network, month }) => `${kind} ${network ?? ''} ${month}`)
}

/** The largest difference between a yearly share found and that of the labels, in percentage points. */
export function worstShare({ truth, shares }: FoundingRun): number {
  const found = new Map(
    shares.map(({ year, generation, country, share }) => [`${year} ${generation} ${country}`, share]),
  )
  const differences = truth.shares.map(({ year, generation, country, share }) =>
    Math.abs(share - (found.get(`${year} ${generation} ${country}`) ?? 0)),
  )
  return Math.max(...differences)
}

interface Row {
  readonly what: string
  readonly value: string
  readonly goal: string
  readonly isReached: boolean
}

async function plantedRows(): Promise<Row[]> {
  let [both, found, wanted] = [0, 0, 0]
  let falseRuns = 0
  for (let i = 0; i < PLANTED.shuffledRuns; i++) {
    const seed = PLANTED.first + i
    const { observations, campaigns, background } = plantedWorld(seed)
    const dealt = await findCampaigns({ observations: shuffled(observations, seed), background })
    falseRuns += Number(dealt.campaigns.length > 0)
    if (i >= PLANTED.worlds) continue
    const result = await findCampaigns({ observations, background })
    const pairs = pairsOf(
      result.campaigns.map(({ campaign }) => new Set(campaign.members.map(({ source }) => addressKey(source)))),
    )
    const planted = pairsOf(campaigns)
    both += [...pairs].filter((pair) => planted.has(pair)).length
    found += pairs.size
    wanted += planted.size
  }
  return [
    share('planted worlds: pairs of addresses put together that belong together', both / found, REACH.precision),
    share('planted worlds: pairs of addresses that belong together put together', both / wanted, REACH.recall),
    {
      what: 'planted worlds with subscribers dealt out anew: runs with a campaign',
      value: `${falseRuns} of ${PLANTED.shuffledRuns}`,
      goal: 'at most 1 in 20',
      isReached: falseRuns <= REACH.falseRuns * PLANTED.shuffledRuns,
    },
  ]
}

async function foundingRows(folder: string): Promise<Row[]> {
  let [both, found, wanted, falseRuns, missed, dated] = [0, 0, 0, 0, 0, 0]
  let worst = 0
  for (const seed of FOUNDING.seeds) {
    const run = await runFoundingCase(folder, seed, false, FOUNDING.monthly)
    const pairs = foundingPairs(run)
    both += [...pairs.found].filter((pair) => pairs.wanted.has(pair)).length
    found += pairs.found.size
    wanted += pairs.wanted.size
    missed += missedChanges(run.trends, run.truth).length
    dated += run.truth.changes.length
    const dealt = await runFoundingCase(folder, seed, true, FOUNDING.monthly)
    falseRuns += Number(dealt.campaigns.length > 0)
    worst = Math.max(worst, worstShare(run), worstShare(dealt))
  }
  const runs = FOUNDING.seeds.length
  return [
    share('far-from-home: pairs of networks put together that belong together', both / found, REACH.precision),
    share('far-from-home: pairs of networks that belong together put together', both / wanted, REACH.recall),
    {
      what: 'far-from-home with subjects shuffled: runs with a campaign',
      value: `${falseRuns} of ${runs}`,
      goal: 'none',
      isReached: falseRuns === 0,
    },
    {
      what: 'far-from-home: fadings, rises and the move to 4G dated to the month',
      value: `${dated - missed} of ${dated}`,
      goal: 'all',
      isReached: missed === 0,
    },
    {
      what: 'far-from-home: largest error of a yearly share',
      value: `${worst.toFixed(2)} percentage points`,
      goal: `at most ${REACH.sharePoints}`,
      isReached: worst <= REACH.sharePoints,
    },
  ]
}

function share(what: string, value: number, goal: number): Row {
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`
  return { what, value: percent(value), goal: `at least ${percent(goal)}`, isReached: value >= goal }
}

const HEADING = '## Campaigns'

/** The part of docs/evaluation.md about campaigns, and whether all of it was reached. */
export async function evaluateCampaigns(): Promise<{ readonly section: string; readonly isReached: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'telltale-campaigns-'))
  try {
    const rows = [...(await plantedRows()), ...(await foundingRows(folder))]
    const lines = [
      HEADING,
      '',
      'Planted worlds are drawn anew for each seed: a group that goes after the same subscribers within weeks and identities',
      'that rotate on one, among partners that see many roamers, popular subscribers, a hub and an aggregator. far-from-home',
      'is played and analysed end to end, capture file to case; its campaigns are compared network by network. Seeds of the',
      'planted worlds are not those of the tests, but the worlds were written beside the method.',
      '',
      '| | reached | wanted | |',
      '|---|---|---|---|',
      ...rows.map(
        ({ what, value, goal, isReached }) => `| ${what} | ${value} | ${goal} | ${isReached ? 'yes' : 'no'} |`,
      ),
    ]
    return { section: `${lines.join('\n')}\n`, isReached: rows.every(({ isReached }) => isReached) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const { section, isReached } = await evaluateCampaigns()
  const file = join(import.meta.dirname, '../docs/evaluation.md')
  const page = readFileSync(file, 'utf8')
  const start = page.indexOf(`${HEADING}\n`)
  const before = start < 0 ? page.trimEnd() : page.slice(0, start).trimEnd()
  writeFileSync(file, `${before}\n\n${section}`)
  process.stdout.write(section)
  if (!isReached) process.exitCode = 1
}
