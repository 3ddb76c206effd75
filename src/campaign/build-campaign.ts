import { createHash } from 'node:crypto'
import { formatTime } from '../event/time.ts'
import { FINDING_CLASSES, type FindingClass } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import type { Campaign, CampaignMember, FoundCampaign } from './campaign.ts'
import { findChanges } from './changes.ts'
import { entryOf } from './entry.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'
import type { SourceGroup } from './groups.ts'
import { countNetworks } from './networks.ts'
import { addressKey, type CampaignProtocol, NOBODY } from './observation.ts'
import { NONE, type ObservationLog } from './observation-log.ts'
import type { CampaignOptions } from './options.ts'
import { patternsOf, persistentSubjects } from './patterns.ts'
import { type RoamingContext, summariseRoaming } from './roaming.ts'
import { scaleOf } from './scale.ts'

/** What the description of every campaign needs besides its own requests. */
export interface BuildContext {
  readonly log: ObservationLog
  readonly spanUs: { readonly first: number; readonly last: number }
  /** How common an encoding is, as a share of all requests; null where unknown. */
  readonly shareOfEncoding: (encoding: string) => number | null
  readonly roaming: RoamingContext | null
  /** The requests to look for changes in: those of the group, and of other addresses of its operators, in time order. */
  readonly networkItems: (group: SourceGroup, items: readonly number[]) => readonly number[]
  readonly options: CampaignOptions
}

/** Describes a group by its requests: `items` are their numbers, in time order, at least one. */
export function buildCampaign(context: BuildContext, group: SourceGroup, items: readonly number[]): FoundCampaign {
  const { log, options, spanUs } = context
  const firstUs = log.timeUs[items[0] ?? 0] ?? 0
  const lastUs = log.timeUs[items.at(-1) ?? 0] ?? 0
  const requests = distinctRequests(log, items)
  const subjects = subjectsOf(log, items)
  const members = membersOf(log, requests)
  const changes = findChanges(log, context.networkItems(group, items), spanUs.first, spanUs.last)
  const fingerprints = fingerprintsOf(log, requests)
  const rare = fingerprints.filter(({ encoding }) => (context.shareOfEncoding(encoding) ?? 1) <= options.rareEncoding)
  const sharedRare = rare.filter(({ sources }) => sources > 1).length > 0
  const { scale, why } = scaleOf(
    { subjects: subjects.size, attempts: requests.length, persistent: persistentSubjects(log, items) },
    options,
  )
  const patterns = patternsOf(context, group, items, requests, changes, scale)
  const campaign: Campaign = {
    schema: 1,
    id: group.seed ?? idOf(log, items),
    title: titleOf(
      group,
      members,
      subjects.size,
      patterns.some(({ kind }) => kind === 'pivot'),
    ),
    class: classOf(log, items),
    scale,
    protocols: protocolsOf(log, items),
    firstSeen: formatTime(firstUs),
    lastSeen: formatTime(lastUs),
    members,
    subjects: subjects.size,
    attempts: requests.length,
    coTargeting: group.coTargeting,
    fingerprints: fingerprints.map(({ fingerprint }) => fingerprint.hash),
    changes,
    findings: findingsOf(log, items),
    hypotheses: [],
    confidence: confidenceOf(group, patterns.length, sharedRare),
  }
  const firsts = [...subjects].map(([subject, timeUs]) => ({ subjectKey: log.subjects[subject] ?? '', timeUs }))
  return {
    campaign,
    patterns,
    subjectKeys: firsts.map(({ subjectKey }) => subjectKey),
    roaming: context.roaming === null ? null : summariseRoaming(firsts, context.roaming),
    scaleWhy: why,
  }
}

/**
 * One item for each request: several checks may have reported the same one, some of them without its subscriber. `items` in
 * time order.
 */
function distinctRequests(log: ObservationLog, items: readonly number[]): number[] {
  const distinct: number[] = []
  for (let from = 0; from < items.length; ) {
    const timeUs = log.timeUs[items[from] ?? 0]
    let to = from + 1
    while (to < items.length && log.timeUs[items[to] ?? 0] === timeUs) to++
    const atOnce = items.slice(from, to)
    for (const item of to === from + 1 ? atOnce : distinctAtOnce(log, atOnce)) distinct.push(item)
    from = to
  }
  return distinct
}

/** Of requests of one moment. */
function distinctAtOnce(log: ObservationLog, items: readonly number[]): number[] {
  const operationOf = (item: number): string => `${log.source[item]} ${log.kinds[log.kind[item] ?? 0]?.operation}`
  const named = new Set(items.filter((item) => log.subject[item] !== NONE).map(operationOf))
  const seen = new Set<string>()
  return items.filter((item) => {
    const operation = operationOf(item)
    if (log.subject[item] === NONE && named.has(operation)) return false
    const key = `${operation} ${log.subject[item]}`
    return seen.size !== seen.add(key).size
  })
}

/** Subscribers, with the time of the first request. */
function subjectsOf(log: ObservationLog, items: readonly number[]): Map<number, number> {
  const subjects = new Map<number, number>()
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    if (subject !== NONE && !subjects.has(subject)) subjects.set(subject, log.timeUs[item] ?? 0)
  }
  return subjects
}

function membersOf(log: ObservationLog, items: readonly number[]): CampaignMember[] {
  const rows = new Map<
    number,
    { attempts: number; subjects: Set<number>; answered: number; first: number; last: number }
  >()
  for (const item of items) {
    const source = log.source[item] ?? 0
    const timeUs = log.timeUs[item] ?? 0
    const row = entryOf(rows, source, () => ({
      attempts: 0,
      subjects: new Set<number>(),
      answered: 0,
      first: timeUs,
      last: timeUs,
    }))
    row.attempts++
    row.last = timeUs
    if (log.answered[item] === 1) row.answered++
    const subject = log.subject[item] ?? NONE
    if (subject !== NONE) row.subjects.add(subject)
  }
  return [...rows]
    .map(([source, { attempts, subjects, answered, first, last }]) => ({
      source: log.sources[source] ?? NOBODY,
      attempts,
      subjects: subjects.size,
      answered,
      firstSeen: formatTime(first),
      lastSeen: formatTime(last),
    }))
    .sort(compareMembers)
    .slice(0, LIMITS.campaignMembers)
}

/** The busiest member first. */
export function compareMembers(a: CampaignMember, b: CampaignMember): number {
  return b.attempts - a.attempts || (addressKey(a.source) < addressKey(b.source) ? -1 : 1)
}

interface UsedEncoding {
  readonly encoding: string
  readonly fingerprint: Fingerprint
  readonly requests: number
  readonly sources: number
}

function fingerprintsOf(log: ObservationLog, items: readonly number[]): UsedEncoding[] {
  const rows = new Map<
    string,
    { encoding: number; protocol: CampaignProtocol; requests: number; sources: Set<number> }
  >()
  for (const item of items) {
    const encoding = log.encoding[item] ?? NONE
    if (encoding === NONE) continue
    const protocol = log.kinds[log.kind[item] ?? 0]?.protocol ?? 'ss7'
    const key = `${protocol}${encoding}`
    const row = entryOf(rows, key, () => ({ encoding, protocol, requests: 0, sources: new Set<number>() }))
    row.requests++
    row.sources.add(log.source[item] ?? 0)
  }
  return [...rows.values()]
    .map(({ encoding, protocol, requests, sources }) => {
      const text = log.encodings[encoding] ?? ''
      return { encoding: text, fingerprint: fingerprintOf(protocol, text), requests, sources: sources.size }
    })
    .sort((a, b) => b.requests - a.requests || (a.fingerprint.hash < b.fingerprint.hash ? -1 : 1))
}

/** The class most requests are of; of equals the first in the contract's order. */
function classOf(log: ObservationLog, items: readonly number[]): FindingClass {
  const counts = new Map<FindingClass, number>()
  for (const item of items) {
    const one = log.kinds[log.kind[item] ?? 0]?.class ?? 'campaign'
    counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  const order = (one: FindingClass): number => FINDING_CLASSES.indexOf(one)
  const [first] = [...counts].sort(([a, x], [b, y]) => y - x || order(a) - order(b))
  return first?.[0] ?? 'campaign'
}

function protocolsOf(log: ObservationLog, items: readonly number[]): CampaignProtocol[] {
  const seen = new Set(items.map((item) => log.kinds[log.kind[item] ?? 0]?.protocol ?? 'ss7'))
  return (['ss7', 'diameter', 'sms', 'gtp'] as const).filter((protocol) => seen.has(protocol))
}

function findingsOf(log: ObservationLog, items: readonly number[]): string[] {
  const ids = new Set<string>()
  for (const item of items) {
    ids.add(log.findingId(item))
    if (ids.size >= LIMITS.campaignFindings) break
  }
  return [...ids]
}

/** The same requests give the same id: address and finding of the first one. */
function idOf(log: ObservationLog, items: readonly number[]): string {
  const first = items[0] ?? 0
  const address = addressKey(log.sources[log.source[first] ?? 0] ?? NOBODY)
  const text = JSON.stringify([address, log.timeUs[first], log.findingId(first), log.kinds[log.kind[first] ?? 0]])
  return `C-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

function titleOf(group: SourceGroup, members: readonly CampaignMember[], subjects: number, pivots: boolean): string {
  const { count, isLeast } = countNetworks(members.map(({ source }) => source))
  const countries = [...new Set(members.map(({ source }) => source.country).filter((one) => one !== null))].sort()
  const where = countries.length === 0 || countries.length > 6 ? '' : ` (${countries.join(', ')})`
  const whom = `${subjects} ${subjects === 1 ? 'subscriber' : 'subscribers'}`
  if (members.length === 1) return `One source${where} and ${whom}`
  const networks = `${isLeast ? 'at least ' : ''}${count} ${count === 1 ? 'network' : 'networks'}`
  const who = `${members.length} sources of ${networks}${where}`
  if (group.coTargeting !== null) return `${who} went after the same subscribers: ${group.coTargeting.shared} shared`
  return `${who} took turns on ${whom}${pivots ? ' over several protocols' : ''}`
}

/** Never certain: the statistics say that chance is out, not that somebody meant it. */
function confidenceOf(group: SourceGroup, patterns: number, sharedRare: boolean): number {
  if (group.sources.size < 2) return 0.4
  const least = Math.min(group.coTargeting?.pValue ?? 1, ...group.bursts.map(({ pValue }) => pValue))
  const chance = Math.min(0.25, -Math.log10(Math.max(least, 1e-300)) / 60)
  const value = 0.5 + chance + Math.min(0.1, 0.03 * patterns) + (sharedRare ? 0.08 : 0)
  return Math.round(100 * Math.min(0.92, value)) / 100
}
