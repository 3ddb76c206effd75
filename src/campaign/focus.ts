import type { FindingClass } from '../finding/finding.ts'
import type { Burst } from './bursts.ts'
import { entryOf } from './entry.ts'
import { countNetworks } from './networks.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { type CampaignOptions, DAY_US } from './options.ts'
import { benjaminiHochberg, poissonBinomialTail, type TrialGroup } from './statistics.ts'

/** A source that asks about so few subscribers in all is there for these, not for a population. */
const MOST_SUBJECTS = 5
/** What no visit explains: a network that a subscriber passes through does not ask another one where that phone is. */
export const PURPOSEFUL: ReadonlySet<FindingClass> = new Set<FindingClass>(['location', 'sms', 'sim'])

/** Requests of one source about one subscriber. */
interface Visit {
  readonly source: number
  readonly protocols: Set<string>
  firstUs: number
  lastUs: number
}

interface Candidate {
  readonly subject: number
  readonly visits: readonly Visit[]
  readonly pValue: number
}

/**
 * Sources that ask about hardly anybody, and meet on one subscriber: identities that somebody uses for one target, one
 * after the other over weeks, so that no burst shows. By chance each of their requests falls on this subscriber as often as
 * requests of sources that ask about many do, so that a number everybody asks for brings nobody together.
 * Benjamini–Hochberg over all subscribers such sources ask about.
 * @param skip sources to leave out.
 */
export function findFocus(
  log: ObservationLog,
  bySubject: Grouping,
  bySource: Grouping,
  skip: ReadonlySet<number>,
  subjectsInAll: number,
  options: CampaignOptions,
): Burst[] {
  const few = focusedSources(log, bySource, skip)
  if (few.size < options.leastRotation) return []
  let requestsOfOthers = 0
  let subjects = 0
  for (let source = 0; source < log.sources.length; source++)
    if (!few.has(source)) requestsOfOthers += (bySource.starts[source + 1] ?? 0) - (bySource.starts[source] ?? 0)
  for (let subject = 0; subject < log.subjects.length; subject++)
    if ((bySubject.starts[subject + 1] ?? 0) > (bySubject.starts[subject] ?? 0)) subjects++
  const universe = Math.max(subjectsInAll, subjects)
  const sizes = new Map<number, number>()
  for (const source of few) {
    const size = (bySource.starts[source + 1] ?? 0) - (bySource.starts[source] ?? 0)
    sizes.set(size, (sizes.get(size) ?? 0) + 1)
  }
  let tests = 0
  const candidates: Candidate[] = []
  for (let subject = 0; subject < log.subjects.length; subject++) {
    const { segments, others } = segmentsOf(log, bySubject, subject, few, options.windowDays * DAY_US)
    tests += segments.length
    for (const visits of segments) {
      if (visits.length < options.leastRotation) continue
      const share = (others + 1) / (requestsOfOthers + universe)
      const trials: TrialGroup[] = [...sizes].map(([size, count]) => ({ trials: count, p: 1 - (1 - share) ** size }))
      candidates.push({ subject, visits, pValue: poissonBinomialTail(visits.length, trials) })
    }
  }
  const most = benjaminiHochberg(
    candidates.map(({ pValue }) => pValue),
    Math.max(1, tests),
    options.falseDiscoveryRate,
  )
  return candidates
    .filter(({ pValue }) => pValue <= most)
    .map(({ subject, visits, pValue }) => ({
      subject,
      sources: visits.map(({ source }) => source).sort((a, b) => a - b),
      protocols: new Set(visits.flatMap(({ protocols }) => [...protocols])).size,
      networks: countNetworks(visits.flatMap(({ source }) => log.sources[source] ?? [])).count,
      firstUs: visits.reduce((first, visit) => Math.min(first, visit.firstUs), Number.POSITIVE_INFINITY),
      lastUs: visits.reduce((last, visit) => Math.max(last, visit.lastUs), 0),
      pValue,
      isSlow: true,
    }))
}

function focusedSources(log: ObservationLog, bySource: Grouping, skip: ReadonlySet<number>): Set<number> {
  const few = new Set<number>()
  for (let source = 0; source < log.sources.length; source++) {
    if (skip.has(source)) continue
    const subjects = new Set<number>()
    for (let i = bySource.starts[source] ?? 0; i < (bySource.starts[source + 1] ?? 0); i++) {
      const subject = log.subject[bySource.order[i] ?? 0] ?? NONE
      if (subject !== NONE) subjects.add(subject)
      if (subjects.size > MOST_SUBJECTS) break
    }
    if (subjects.size > 0 && subjects.size <= MOST_SUBJECTS) few.add(source)
  }
  return few
}

/** Visits of focused sources to a subscriber, parted where none came for so long; and how many requests others made. */
function segmentsOf(
  log: ObservationLog,
  bySubject: Grouping,
  subject: number,
  few: ReadonlySet<number>,
  gapUs: number,
): { segments: Visit[][]; others: number } {
  const segments: Visit[][] = []
  let visits = new Map<number, Visit>()
  let lastUs = Number.NEGATIVE_INFINITY
  let others = 0
  for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
    const item = bySubject.order[i] ?? 0
    const source = log.source[item] ?? 0
    if (!few.has(source)) {
      others++
      continue
    }
    const kind = log.kinds[log.kind[item] ?? 0]
    if (kind === undefined || !PURPOSEFUL.has(kind.class)) continue
    const timeUs = log.timeUs[item] ?? 0
    if (timeUs - lastUs > gapUs && visits.size > 0) {
      segments.push([...visits.values()])
      visits = new Map()
    }
    lastUs = timeUs
    const visit = entryOf(visits, source, () => ({
      source,
      protocols: new Set<string>(),
      firstUs: timeUs,
      lastUs: timeUs,
    }))
    visit.protocols.add(kind.protocol)
    visit.lastUs = timeUs
  }
  if (visits.size > 0) segments.push([...visits.values()])
  return { segments, others }
}
