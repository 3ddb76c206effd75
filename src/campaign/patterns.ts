import type { BuildContext } from './build-campaign.ts'
import type { CampaignChange, Pattern, Scale } from './campaign.ts'
import { type SourceGroup, stands } from './groups.ts'
import { NONE, type ObservationLog } from './observation-log.ts'
import { DAY_US, HOUR_US } from './options.ts'

const WEEK_US = 7 * DAY_US
/** Classes of requests that prepare, and of those that do something with what was learnt. */
const PROBES = new Set(['identity'])
const ATTACKS = new Set(['location', 'interception', 'disruption', 'fraud', 'sms', 'sim', 'gtp'])
/** Probes followed by an attack on so many subscribers, or on such a share of them, are a habit. */
const LEAST_PROBED = 3
const LEAST_PROBED_SHARE = 0.3
/** Requests of one source about one subscriber that are more than a few tries. */
const MANY = 10

/** What a group does, in the order of the catalogue. `items` in time order, `requests` one for each request. */
export function patternsOf(
  context: BuildContext,
  group: SourceGroup,
  items: readonly number[],
  requests: readonly number[],
  changes: readonly CampaignChange[],
  scale: Scale,
): Pattern[] {
  const { log, options } = context
  const patterns: Pattern[] = []
  const pivots = group.bursts.filter(({ protocols, isSlow }) => protocols > 1 && !isSlow)
  if (pivots.length > 0) {
    const protocols = Math.max(...pivots.map((burst) => burst.protocols))
    const why = `${protocols} protocols met on one subscriber within ${timeOf(pivots)}, on ${countOf(pivots)}`
    patterns.push({ kind: 'pivot', why, pValue: leastP(pivots) })
  }
  if (group.coTargeting !== null) {
    const { shared, expected, pValue } = group.coTargeting
    const why = `${unitsOf(group)} shared ${shared} subscribers within ${options.windowDays} days, where chance gives ${expected.toFixed(1)}`
    patterns.push({ kind: 'co-targeting', why, pValue })
  }
  const rotations = group.bursts.filter(({ sources }) => sources.length >= options.leastRotation)
  if (rotations.some((burst) => stands(burst, options))) {
    const most = Math.max(...rotations.map(({ sources }) => sources.length))
    const why = `up to ${most} addresses took turns on one subscriber within ${timeOf(rotations)}, on ${countOf(rotations)}`
    patterns.push({ kind: 'rotation', why, pValue: leastP(rotations) })
  }
  const { probed, subjects } = probesOf(log, items, options.probeHours * HOUR_US)
  if (probed >= LEAST_PROBED || (probed > 0 && probed >= LEAST_PROBED_SHARE * subjects)) {
    const why = `identity was asked for, and an attack followed within ${options.probeHours} hours, on ${probed} of ${subjects} subscribers`
    patterns.push({ kind: 'probe-attack', why, pValue: null })
  }
  const successions = changes.filter(({ kind }) => kind === 'succession' || kind === 'protocol-shift')
  const [first] = successions
  if (first !== undefined) {
    const why = `${nameOf(first.from)} gave way to ${nameOf(first.to)} around ${first.at.slice(0, 10)}, give or take ${first.uncertaintyDays} ${first.uncertaintyDays === 1 ? 'day' : 'days'}`
    patterns.push({ kind: 'succession', why, pValue: null })
  }
  const reused = reusedSources(log, items, options.reuseDays * DAY_US)
  if (reused > 0) {
    const why = `${reused} ${reused === 1 ? 'address was' : 'addresses were'} in use over ${options.reuseDays} days or more`
    patterns.push({ kind: 'reuse', why, pValue: null })
  }
  const repeated = mostRepeated(log, requests)
  if (repeated >= MANY)
    patterns.push({ kind: 'repetition', why: `one source asked ${repeated} times about one subscriber`, pValue: null })
  patterns.push({
    kind: 'scale',
    why: `${scale}: ${requests.length} requests about ${subjects} subscribers`,
    pValue: null,
  })
  return patterns
}

/** Subscribers asked about in three or more different weeks. */
export function persistentSubjects(log: ObservationLog, items: readonly number[]): number {
  const weeks = new Map<number, { last: number; count: number }>()
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    if (subject === NONE) continue
    const week = Math.floor((log.timeUs[item] ?? 0) / WEEK_US)
    const row = weeks.get(subject)
    if (row === undefined) weeks.set(subject, { last: week, count: 1 })
    else if (row.last !== week) {
      row.last = week
      row.count++
    }
  }
  let persistent = 0
  for (const { count } of weeks.values()) if (count >= 3) persistent++
  return persistent
}

/** Subscribers on whom an attack followed a probe, and all that are named. */
export function probesOf(
  log: ObservationLog,
  items: readonly number[],
  withinUs: number,
): { readonly probed: number; readonly subjects: number } {
  const lastProbe = new Map<number, number>()
  const probed = new Set<number>()
  const subjects = new Set<number>()
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    if (subject === NONE) continue
    subjects.add(subject)
    const kind = log.kinds[log.kind[item] ?? 0]?.class ?? 'campaign'
    const timeUs = log.timeUs[item] ?? 0
    if (PROBES.has(kind)) lastProbe.set(subject, timeUs)
    else if (ATTACKS.has(kind) && timeUs - (lastProbe.get(subject) ?? Number.NEGATIVE_INFINITY) <= withinUs)
      probed.add(subject)
  }
  return { probed: probed.size, subjects: subjects.size }
}

function reusedSources(log: ObservationLog, items: readonly number[], leastUs: number): number {
  const first = new Map<number, number>()
  const reused = new Set<number>()
  for (const item of items) {
    const source = log.source[item] ?? 0
    const timeUs = log.timeUs[item] ?? 0
    const since = first.get(source)
    if (since === undefined) first.set(source, timeUs)
    else if (timeUs - since >= leastUs) reused.add(source)
  }
  return reused.size
}

/** The most requests of one source about one subscriber. */
function mostRepeated(log: ObservationLog, items: readonly number[]): number {
  const counts = new Map<number, number>()
  let most = 0
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    if (subject === NONE) continue
    const key = (log.source[item] ?? 0) * log.subjects.length + subject
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > most) most = count
  }
  return most
}

function unitsOf({ units, level }: SourceGroup): string {
  const count = units.length
  if (level === 'operator') return `addresses of ${count} ${count === 1 ? 'operator' : 'operators'}`
  if (level === 'country') return `addresses of ${count} ${count === 1 ? 'country' : 'countries'}`
  return `${count} ${level === 'range' ? 'ranges of addresses' : 'addresses'}`
}

/** A network's name as it is, a protocol's as people write it. */
function nameOf(name: string | null): string {
  return name === 'ss7' ? 'SS7' : name === 'diameter' ? 'Diameter' : (name ?? 'an unknown source')
}

/** The longest of them, in words. */
function timeOf(bursts: SourceGroup['bursts']): string {
  const longest = bursts.reduce((most, { firstUs, lastUs }) => Math.max(most, lastUs - firstUs), 0)
  const hours = Math.max(1, Math.ceil(longest / HOUR_US))
  if (hours > 72) return `${Math.ceil(hours / 24)} days`
  return hours === 1 ? '1 hour' : `${hours} hours`
}

function countOf(bursts: SourceGroup['bursts']): string {
  const subjects = new Set(bursts.map(({ subject }) => subject)).size
  return `${bursts.length} ${bursts.length === 1 ? 'occasion' : 'occasions'} and ${subjects} ${subjects === 1 ? 'subscriber' : 'subscribers'}`
}

function leastP(bursts: SourceGroup['bursts']): number {
  return bursts.reduce((least, { pValue }) => Math.min(least, pValue), 1)
}
