import { attachable } from './attach.ts'
import type { CoTargeting } from './campaign.ts'
import {
  sharedCells,
  type TouchTable,
  testGroup,
  testPairs,
  touchTable,
  type UnitPair,
  type Units,
} from './co-targeting.ts'
import { communitiesOf } from './communities.ts'
import { LEVELS, type LevelName } from './levels.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { type CampaignOptions, DAY_US } from './options.ts'
import { sourcesOf } from './participants.ts'
import { benjaminiHochberg } from './statistics.ts'

/** Sources that went after the same subscribers together. */
export interface Cluster {
  readonly level: LevelName
  /** Names of the units at that level. */
  readonly units: readonly string[]
  readonly sources: readonly number[]
  /** Subscribers at least two units share. */
  readonly subjects: readonly number[]
  readonly coTargeting: CoTargeting
}

const UNLIKELY = 1e-4

/**
 * Clusters at every level, the finest first. Each level is tested in windows and again in windows half a window later, so
 * that no border hides a pair; the two chances of a pair are combined by Bonferroni, all pairs by Benjamini–Hochberg.
 * @param skip sources that are left out: hubs.
 */
export function findClusters(
  log: ObservationLog,
  bySubject: Grouping,
  spanUs: { readonly first: number; readonly last: number },
  skip: ReadonlySet<number>,
  subjectsInAll: number,
  options: CampaignOptions,
): Cluster[] {
  const windowUs = options.windowDays * DAY_US
  const windows = Math.floor((spanUs.last - spanUs.first) / windowUs) + 2
  const clusters: Cluster[] = []
  let totals: Uint32Array | null = null
  let popularity: Uint32Array | null = null
  for (const { name, key } of LEVELS) {
    const units = unitsOf(log, key, skip)
    if (units.names.length < 2) continue
    const tables = [spanUs.first, spanUs.first - windowUs / 2].map((originUs) =>
      touchTable(log, bySubject, units, windowUs, originUs, windows),
    )
    if (name === 'address') {
      popularity = tables[0]?.popularity ?? null
      totals = bySource(log, units, tables[0]?.totals)
    }
    const pairs = significantPairs(tables, subjectsInAll, options)
    for (const group of communitiesOf(pairs)) {
      const wanted = new Set(group)
      const own = pairs.filter(({ a, b }) => wanted.has(a) && wanted.has(b))
      const cluster = clusterOf(name, tables, group, own, options)
      if (cluster === null) continue
      const sources = sourcesOf({ log, bySubject, units, ...cluster, level: name, totals, popularity })
      if (sources.length < 2) continue
      clusters.push({
        level: name,
        units: cluster.group.map((unit) => units.names[unit] ?? ''),
        sources,
        subjects: cluster.subjects,
        coTargeting: cluster.coTargeting,
      })
    }
  }
  return clusters
}

/** The units of a level. */
export function unitsOf(log: ObservationLog, key: (typeof LEVELS)[number]['key'], skip: ReadonlySet<number>): Units {
  const names: string[] = []
  const numbers = new Map<string, number>()
  const ofSource = new Uint32Array(log.sources.length).fill(NONE)
  for (const [source, one] of log.sources.entries()) {
    const name = skip.has(source) ? null : key(one)
    if (name === null) continue
    let number = numbers.get(name)
    if (number === undefined) {
      number = names.length
      numbers.set(name, number)
      names.push(name)
    }
    ofSource[source] = number
  }
  return { names, ofSource }
}

/** Different subscribers of each source, from those of its own unit. */
function bySource(log: ObservationLog, units: Units, totals: Uint32Array | undefined): Uint32Array {
  return Uint32Array.from(log.sources, (_, source) => totals?.[units.ofSource[source] ?? NONE] ?? 0)
}

/** Pairs of one level beyond chance and large enough to matter. */
export function significantPairs(
  tables: readonly TouchTable[],
  subjectsInAll: number,
  options: CampaignOptions,
): UnitPair[] {
  const rate = options.falseDiscoveryRate / LEVELS.length
  const best = new Map<number, UnitPair>()
  const totals = tables[0]?.totals ?? new Uint32Array()
  for (const table of tables) {
    for (const pair of testPairs(table, options.leastShared, options.leastLift, rate, subjectsInAll)) {
      const key = pair.a * totals.length + pair.b
      const known = best.get(key)
      if (known === undefined || pair.pValue < known.pValue) best.set(key, pair)
    }
  }
  const eligible = totals.reduce((sum, total) => sum + Number(total >= options.leastShared), 0)
  const pairs = [...best.values()].map((pair) => ({ ...pair, pValue: Math.min(1, pair.pValue * tables.length) }))
  const tested = Math.max(1, pairs.length, (eligible * (eligible - 1)) / 2)
  const most = benjaminiHochberg(
    pairs.map(({ pValue }) => pValue),
    tested,
    rate,
  )
  return pairs.filter(({ a, b, shared, expected, pValue }) => {
    const smaller = Math.min(totals[a] ?? 0, totals[b] ?? 0)
    const isPart = shared >= options.leastOverlap * smaller
    const isMany = shared >= options.manyShared && shared >= options.manyLift * expected
    return pValue <= most && (isPart || isMany) && shared >= options.leastLift * expected
  })
}

/** A community with the units that belong to it besides, its shared subscribers, and the test of the whole group. */
function clusterOf(
  level: LevelName,
  tables: readonly TouchTable[],
  core: readonly number[],
  pairs: readonly UnitPair[],
  options: CampaignOptions,
): { group: number[]; subjects: number[]; coTargeting: CoTargeting } | null {
  const added = new Set(core)
  for (const table of tables) for (const unit of attachable(table, core, options)) added.add(unit)
  const group = [...added].sort((a, b) => a - b)
  const subjects = new Set<number>()
  let coTargeting: CoTargeting | null = null
  for (const table of tables) {
    for (const cell of sharedCells(table, group)) subjects.add(table.cellSubject[cell] ?? 0)
    for (const quorum of new Set([2, Math.max(2, Math.ceil(group.length / 2))])) {
      const shared = new Set(sharedCells(table, group, quorum).map((cell) => table.cellSubject[cell] ?? 0)).size
      const { expected, pValue } = testGroup(table, group, shared, quorum)
      if (coTargeting === null || pValue < coTargeting.pValue) coTargeting = { shared, expected, pValue }
    }
  }
  const best = pairs.reduce(
    (least: UnitPair | null, pair) => (least === null || pair.pValue < least.pValue ? pair : least),
    null,
  )
  // two units in a small capture are tested against the whole traffic, which the group's own test does not know
  if (coTargeting === null || best === null) return null
  if (coTargeting.pValue > UNLIKELY) {
    if (level !== 'address') return null
    coTargeting = { shared: best.shared, expected: best.expected, pValue: best.pValue }
  }
  return { group, subjects: [...subjects].sort((a, b) => a - b), coTargeting }
}
