import { formatTime } from '../event/time.ts'
import { LIMITS } from '../limits.ts'
import { type BuildContext, buildCampaign } from './build-campaign.ts'
import { findBursts } from './bursts.ts'
import type { CampaignChange, FoundCampaign } from './campaign.ts'
import { findChanges } from './changes.ts'
import { findClusters } from './clusters.ts'
import { companionsByEncoding } from './companions.ts'
import { rarityIn } from './fingerprint.ts'
import { findFocus, PURPOSEFUL } from './focus.ts'
import { addBursts, dropIntruders, groupClusters, type SourceGroup } from './groups.ts'
import { addKin } from './kin.ts'
import { LEVELS } from './levels.ts'
import { isCommonLookup } from './lookups.ts'
import { addressKey, type Background, NO_BACKGROUND, type Observation } from './observation.ts'
import { type Grouping, groupBy, NONE, ObservationLog, readObservations } from './observation-log.ts'
import { type CampaignOptions, DEFAULT_OPTIONS } from './options.ts'
import type { RoamingContext } from './roaming.ts'
import { extendSeed, returningSeeds, seedOf } from './seeds.ts'
import { findSingles } from './singles.ts'
import { partOf } from './strangers.ts'
import { findSuccessions } from './successions.ts'
import { touchesOf } from './touches.ts'

export interface CampaignInput {
  /** Suspicious requests, best in time order; or a log of them. */
  readonly observations: ObservationLog | Iterable<Observation> | AsyncIterable<Observation>
  readonly background?: Background
  readonly roaming?: RoamingContext
  /** Campaigns of earlier runs: those that go on keep their id. */
  readonly seeds?: readonly FoundCampaign[]
  readonly options?: Partial<CampaignOptions>
}

export interface CampaignResult {
  /** Several sources that chance does not tie together, the surest first; earlier ones that did not go on among them. */
  readonly campaigns: readonly FoundCampaign[]
  /**
   * Single sources that do much or the same again and again, and sources that share subscribers for a plain reason: networks
   * of one country that serve the same visitors, or look-ups of numbers that many ask for. No claim of coordination.
   */
  readonly singles: readonly FoundCampaign[]
  /** Changes over all suspicious requests: networks that fade and rise, the move from SS7 to Diameter. */
  readonly trends: readonly CampaignChange[]
  /** Sources left out because they carry much of the whole traffic, as `addressKey` names them. */
  readonly hubs: readonly string[]
  /** What was left out for want of room, a sentence each. */
  readonly limitations: readonly string[]
}

/**
 * Groups suspicious requests into campaigns. Deterministic: the same observations in any order of equal times give the same
 * campaigns. Cost grows about linearly: shared subscribers are found through an index of subscribers, capped for popular ones.
 */
export async function findCampaigns(input: CampaignInput): Promise<CampaignResult> {
  const options = { ...DEFAULT_OPTIONS, ...input.options }
  const background = input.background ?? NO_BACKGROUND
  const { observations } = input
  const log = observations instanceof ObservationLog ? observations : await readObservations(observations)
  const seeds = input.seeds ?? []
  const order = log.byTime()
  if (order.length === 0) return { campaigns: seeds, singles: [], trends: [], hubs: [], limitations: [] }
  const spanUs = { first: log.timeUs[order[0] ?? 0] ?? 0, last: log.timeUs[order.at(-1) ?? 0] ?? 0 }
  const bySubject = groupBy(order, log.subjects.length, (item) => log.subject[item] ?? NONE)
  const bySource = groupBy(order, log.sources.length, (item) => log.source[item] ?? NONE)
  const hubs = hubsOf(log, bySource, background, options)
  const rarity = rarityIn(background.encodings, background.requests)
  const isRare = (encoding: string): boolean => (rarity(encoding).share ?? 1) <= options.rareEncoding

  const clusters = findClusters(log, bySubject, spanUs, hubs, background.subjects, options)
  const touches = touchesOf(log, bySource)
  const groups = groupClusters(
    clusters,
    (level, source) => {
      const one = log.sources[source]
      return one === undefined ? null : (LEVELS.find(({ name }) => name === level)?.key(one) ?? null)
    },
    (group, cluster) => partOf(touches, group, cluster),
  )
  groups.push(...findSuccessions(log, bySubject, bySource, groups, spanUs, hubs, background.subjects, options))
  const bursts = [
    ...findBursts(log, bySubject, hubs, background.subjects, options),
    ...findFocus(log, bySubject, bySource, hubs, background.subjects, options),
  ]
  addBursts(groups, bursts, options)
  const all = (source: number): number => (bySource.starts[source + 1] ?? 0) - (bySource.starts[source] ?? 0)
  for (const group of groups) dropIntruders(group, requestsOn(log, bySubject, group), all, options)
  companionsByEncoding(log, bySubject, bySource, groups, isRare, hubs)
  addKin(log, touches, groups, hubs)
  groups.push(...returningSeeds(log, bySubject, seeds, groups))

  const context: BuildContext = {
    log,
    spanUs,
    shareOfEncoding: (encoding) => rarity(encoding).share,
    roaming: input.roaming ?? null,
    networkItems: networkItemsOf(log, bySource),
    options,
  }
  const taken = new Set<string>()
  const found: FoundCampaign[] = []
  const local: FoundCampaign[] = []
  for (const group of groups) {
    const seed = seedOf(log, group, seeds, taken)
    if (seed !== null) {
      taken.add(seed.campaign.id)
      group.seed = seed.campaign.id
    }
    const items = itemsOf(log, bySubject, bySource, group)
    if (items.length === 0) continue
    const one = buildCampaign(context, group, items)
    if (
      seed === null &&
      (isLocal(log, one, items) || isCommonLookup(log, bySource, group, items, one.campaign.changes, options))
    ) {
      local.push(one)
      continue
    }
    found.push(seed === null ? one : extendSeed(one, seed, formatTime(spanUs.first)))
  }
  for (const seed of seeds) if (!taken.has(seed.campaign.id)) found.push(seed)
  const inCampaign = new Set(groups.flatMap(({ sources }) => [...sources]))
  const singles = [...local, ...findSingles(context, bySubject, bySource, bursts, inCampaign)]
  return {
    campaigns: found.sort(compareCampaigns).slice(0, LIMITS.campaigns),
    singles: singles.sort(compareCampaigns).slice(0, LIMITS.campaigns),
    trends: findChanges(log, order, spanUs.first, spanUs.last),
    hubs: [...hubs].map((source) => keyOf(log, source)).sort(),
    limitations: limitationsOf(log, found.length, singles.length),
  }
}

/** Requests of a group: all of a cluster's sources; where sources only take turns, those about its subscribers. */
function itemsOf(log: ObservationLog, bySubject: Grouping, bySource: Grouping, group: SourceGroup): number[] {
  if (group.coTargeting !== null || group.subjects.size === 0) return requestsOf(log, bySource, group.sources)
  const items: number[] = []
  for (const subject of group.subjects)
    for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
      const item = bySubject.order[i] ?? 0
      if (group.sources.has(log.source[item] ?? 0)) items.push(item)
    }
  return items.sort((a, b) => (log.timeUs[a] ?? 0) - (log.timeUs[b] ?? 0) || a - b)
}

/**
 * A cluster's requests, and those of other addresses of its operators: who moves to another protocol or address fades here
 * and rises there. Groups that only take turns on somebody keep to their own.
 */
function networkItemsOf(
  log: ObservationLog,
  bySource: Grouping,
): (group: SourceGroup, items: readonly number[]) => readonly number[] {
  const byOperator = new Map<string, number[]>()
  for (const [source, { operator }] of log.sources.entries()) {
    const others = byOperator.get(operator ?? '')
    if (others === undefined) byOperator.set(operator ?? '', [source])
    else others.push(source)
  }
  return (group, items) => {
    if (group.coTargeting === null) return items
    const sources = new Set([...group.sources, ...group.neighbours])
    for (const source of group.sources) {
      const operator = log.sources[source]?.operator ?? null
      if (operator !== null) for (const other of byOperator.get(operator) ?? []) sources.add(other)
    }
    return sources.size === group.sources.size ? items : requestsOf(log, bySource, sources)
  }
}

/** So much of what is known of the subscribers, and so many of the requests, must speak against a visit. */
const ELSEWHERE = 0.5

/**
 * All members are of one country: its networks see the same visitors, which explains what they share, unless most
 * subscribers are known to have been elsewhere and most requests are none that come with a visit: where a visitor was last
 * registered is elsewhere while a registration has yet to come about.
 */
function isLocal(log: ObservationLog, { campaign, roaming }: FoundCampaign, items: readonly number[]): boolean {
  const countries = new Set(campaign.members.map(({ source }) => source.country ?? addressKey(source)))
  if (countries.size > 1) return false
  if (roaming === null) return true
  const purposeful = items.filter((item) => PURPOSEFUL.has(log.kinds[log.kind[item] ?? 0]?.class ?? 'campaign'))
  if (purposeful.length < ELSEWHERE * items.length) return true
  const there = roaming.countries.find(({ country }) => countries.has(country))?.subjects ?? 0
  return there > (1 - ELSEWHERE) * roaming.known
}

/** All requests of these sources, in time order. */
function requestsOf(log: ObservationLog, bySource: Grouping, sources: ReadonlySet<number>): number[] {
  const items: number[] = []
  for (const source of sources)
    for (let i = bySource.starts[source] ?? 0; i < (bySource.starts[source + 1] ?? 0); i++)
      items.push(bySource.order[i] ?? 0)
  return items.sort((a, b) => (log.timeUs[a] ?? 0) - (log.timeUs[b] ?? 0) || a - b)
}

/** How many requests each source made about the subscribers of a group. */
function requestsOn(log: ObservationLog, bySubject: Grouping, group: SourceGroup): (source: number) => number {
  const counts = new Map<number, number>()
  for (const subject of group.coTargeting === null ? group.subjects : []) {
    for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
      const source = log.source[bySubject.order[i] ?? 0] ?? 0
      counts.set(source, (counts.get(source) ?? 0) + 1)
    }
  }
  return (source) => counts.get(source) ?? 0
}

/** Sources that see a large share of all subscribers, and are rarely suspicious: what they share with others says nothing. */
function hubsOf(
  log: ObservationLog,
  bySource: Grouping,
  background: Background,
  options: CampaignOptions,
): Set<number> {
  const hubs = new Set<number>()
  const numbers = new Map<string, number[]>()
  for (const source of log.sources.keys()) {
    const key = keyOf(log, source)
    const others = numbers.get(key)
    if (others === undefined) numbers.set(key, [source])
    else others.push(source)
  }
  for (const { sourceKey, requests, subjects } of background.sources) {
    for (const source of numbers.get(sourceKey) ?? []) {
      const suspicious = (bySource.starts[source + 1] ?? 0) - (bySource.starts[source] ?? 0)
      if (subjects >= options.hubSubjects * background.subjects && suspicious <= options.hubSuspicious * requests)
        hubs.add(source)
    }
  }
  return hubs
}

function keyOf(log: ObservationLog, source: number): string {
  const one = log.sources[source]
  return one === undefined ? 'unknown' : addressKey(one)
}

/** The surest first, then the earliest. */
function compareCampaigns(a: FoundCampaign, b: FoundCampaign): number {
  const [x, y] = [a.campaign, b.campaign]
  return (
    y.confidence - x.confidence ||
    y.attempts - x.attempts ||
    (x.firstSeen < y.firstSeen ? -1 : x.firstSeen > y.firstSeen ? 1 : 0) ||
    (x.id < y.id ? -1 : 1)
  )
}

function limitationsOf(log: ObservationLog, campaigns: number, singles: number): string[] {
  const sentences: string[] = []
  if (log.dropped > 0)
    sentences.push(`${log.dropped} suspicious requests were not looked at for campaigns, for want of room.`)
  const over = Math.max(0, campaigns - LIMITS.campaigns) + Math.max(0, singles - LIMITS.campaigns)
  if (over > 0) sentences.push(`${over} campaigns and single sources beyond ${LIMITS.campaigns} are not told.`)
  return sentences
}
