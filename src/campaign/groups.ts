import type { Burst } from './bursts.ts'
import type { CoTargeting } from './campaign.ts'
import type { Cluster } from './clusters.ts'
import type { LevelName } from './levels.ts'
import type { CampaignOptions } from './options.ts'

/** Sources that make one campaign, before it is described. */
export interface SourceGroup {
  readonly sources: Set<number>
  /** Subscribers that tie the sources together. */
  readonly subjects: Set<number>
  coTargeting: CoTargeting | null
  /** Names of the units that share subscribers, and their level: the coarsest found. */
  units: readonly string[]
  level: LevelName
  readonly bursts: Burst[]
  /** Sources outside that took over from a member, or gave way to one, on the same subscribers. */
  readonly neighbours: Set<number>
  /** Groups that a cluster of a coarser level holds together with this one, and that cluster. */
  readonly tied: Map<SourceGroup, Cluster>
  /** Id of an earlier campaign that this one goes on with. */
  seed: string | null
}

/** Two sets are of one campaign when they have this share of the smaller in common. */
const OVERLAP = 0.5
/** A source that a burst brings into a cluster must be there in so many bursts. */
const LEAST_BURSTS = 2

export function newGroup(sources: Iterable<number>, subjects: Iterable<number>): SourceGroup {
  return {
    sources: new Set(sources),
    subjects: new Set(subjects),
    coTargeting: null,
    units: [],
    level: 'address',
    bursts: [],
    neighbours: new Set(),
    tied: new Map(),
    seed: null,
  }
}

/**
 * Clusters of all levels as groups: the same campaign seen at two levels, or in parts, becomes one. Clusters come finest level
 * first. Parts with less than a common address or two common units are only tied: the one operator in both may have let its
 * addresses to two.
 * @param unitOf the name of a source's unit at a level. @param partOf what a group gets of a cluster.
 */
export function groupClusters(
  clusters: readonly Cluster[],
  unitOf: (level: LevelName, source: number) => string | null,
  partOf: (group: SourceGroup, cluster: Cluster) => Cluster = (_, cluster) => cluster,
): SourceGroup[] {
  let groups: SourceGroup[] = []
  for (const cluster of clusters) {
    const [group, ...others] = groups.filter(
      ({ sources, subjects }) =>
        overlap(sources, cluster.sources) >= OVERLAP || overlap(subjects, cluster.subjects) >= OVERLAP,
    )
    if (group === undefined) {
      const made = newGroup([], [])
      absorb(made, cluster)
      groups.push(made)
      continue
    }
    const unitsOf = ({ sources }: SourceGroup): Set<string | null> =>
      new Set([...sources].map((source) => unitOf(cluster.level, source)))
    const own = unitsOf(group)
    const parts = others.filter((other) => {
      if ([...other.sources].some((source) => group.sources.has(source))) return true
      const theirs = unitsOf(other)
      return cluster.units.filter((unit) => own.has(unit) && theirs.has(unit)).length > 1
    })
    for (const part of parts) mergeGroup(group, part)
    groups = groups.filter((one) => !parts.includes(one))
    if (parts.length === others.length) absorb(group, partOf(group, cluster))
    else for (const other of others) if (!parts.includes(other)) group.tied.set(other, cluster)
  }
  return groups
}

/** Adds a cluster to its group; the last is of the coarsest level. */
export function absorb(group: SourceGroup, { level, units, sources, subjects, coTargeting }: Cluster): void {
  for (const source of sources) group.sources.add(source)
  for (const subject of subjects) group.subjects.add(subject)
  if (group.coTargeting === null || coTargeting.shared > group.coTargeting.shared) group.coTargeting = coTargeting
  group.units = units
  group.level = level
}

/** Adds another group to one. */
export function mergeGroup(group: SourceGroup, other: SourceGroup): void {
  for (const source of other.sources) group.sources.add(source)
  for (const subject of other.subjects) group.subjects.add(subject)
  for (const source of other.neighbours) group.neighbours.add(source)
  for (const burst of other.bursts) group.bursts.push(burst)
  for (const [third, cluster] of other.tied) if (third !== group) group.tied.set(third, cluster)
  if (other.coTargeting === null) return
  if (group.coTargeting !== null && group.coTargeting.shared >= other.coTargeting.shared) return
  group.coTargeting = other.coTargeting
  group.units = other.units
  group.level = other.level
}

/**
 * Adds bursts: to the cluster whose sources make them, else to groups of their own, where several networks rotate or
 * several protocols meet on one subscriber.
 */
export function addBursts(groups: SourceGroup[], bursts: readonly Burst[], options: CampaignOptions): void {
  const groupOf = new Map<number, SourceGroup>()
  for (const group of groups) for (const source of group.sources) groupOf.set(source, group)
  const clusters = new Set(groups)
  const bySubject = new Map<number, Burst[]>()
  for (const burst of bursts) {
    const others = bySubject.get(burst.subject)
    if (others === undefined) bySubject.set(burst.subject, [burst])
    else others.push(burst)
  }
  const candidates = [...bySubject.values()]
    .map((list) => ({ list, sources: [...new Set(list.flatMap(({ sources }) => sources))] }))
    .sort((a, b) => b.sources.length - a.sources.length || firstOf(a.list) - firstOf(b.list))
  for (const { list, sources } of candidates) {
    const known = mostCommon(sources, groupOf)
    if (known === null && !list.some((burst) => stands(burst, options))) continue
    const group = known ?? newGroup([], [])
    if (known === null) groups.push(group)
    group.bursts.push(...list)
    if (clusters.has(group)) continue
    for (const burst of list) group.subjects.add(burst.subject)
    for (const source of sources) {
      group.sources.add(source)
      if (!groupOf.has(source)) groupOf.set(source, group)
    }
  }
  for (const group of clusters) addFrequent(group, groupOf)
}

/** A source that came once, and whose requests are elsewhere in this share, was there by chance. */
const ELSEWHERE = 0.8
/** Requests that tell how much of a source's work is elsewhere. */
const BUSY = 20

/**
 * Takes sources out of groups made of bursts that were there in one burst only and otherwise ask about others, unless too
 * few would be left.
 * @param own requests of a source about the group's subscribers. @param all all its requests.
 */
export function dropIntruders(
  group: SourceGroup,
  own: (source: number) => number,
  all: (source: number) => number,
  options: CampaignOptions,
): void {
  if (group.coTargeting !== null) return
  const counts = new Map<number, number>()
  for (const { sources } of group.bursts)
    for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1)
  const intruders = [...group.sources].filter(
    (source) =>
      (counts.get(source) ?? 0) < LEAST_BURSTS && all(source) >= BUSY && own(source) < (1 - ELSEWHERE) * all(source),
  )
  if (group.sources.size - intruders.length < options.leastRotation) return
  for (const source of intruders) group.sources.delete(source)
}

/** A burst that makes a campaign by itself. */
export function stands({ sources, networks, protocols }: Burst, options: CampaignOptions): boolean {
  return networks > 1 && (sources.length >= options.leastRotation || protocols > 1)
}

/** Sources that come back in the bursts of a cluster belong to it, and those that ask about hardly anybody but its subscribers. */
function addFrequent(group: SourceGroup, groupOf: ReadonlyMap<number, SourceGroup>): void {
  const counts = new Map<number, number>()
  for (const { sources, subject, isSlow } of group.bursts) {
    if (!group.subjects.has(subject)) continue
    for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + (isSlow ? LEAST_BURSTS : 1))
  }
  for (const [source, count] of counts) if (count >= LEAST_BURSTS && !groupOf.has(source)) group.sources.add(source)
}

function firstOf(list: readonly Burst[]): number {
  return list.reduce((first, { firstUs }) => Math.min(first, firstUs), Number.POSITIVE_INFINITY)
}

/** The group that has at least half of these sources, or of whose sources half are here. */
function mostCommon(sources: readonly number[], groupOf: ReadonlyMap<number, SourceGroup>): SourceGroup | null {
  const counts = new Map<SourceGroup, number>()
  for (const source of sources) {
    const group = groupOf.get(source)
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  let best: SourceGroup | null = null
  let most = 0
  for (const [group, count] of counts) {
    if (count > most && count >= OVERLAP * Math.min(sources.length, group.sources.size)) {
      best = group
      most = count
    }
  }
  return best
}

/** Share of the smaller set that is in both. */
function overlap(known: ReadonlySet<number>, others: readonly number[]): number {
  const common = others.reduce((sum, one) => sum + Number(known.has(one)), 0)
  return common / Math.max(1, Math.min(known.size, others.length))
}
