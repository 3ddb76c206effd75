import { LIMITS } from '../limits.ts'
import { countNetworks } from './networks.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { type CampaignOptions, HOUR_US } from './options.ts'
import { benjaminiHochberg, binomialTail } from './statistics.ts'

/** Fewer different subscribers under suspicion than this do not tell how popular one of them is. */
const LEAST_SUBJECTS = 20

/** Several sources on one subscriber within hours, or over weeks where they ask about hardly anybody else. */
export interface Burst {
  readonly subject: number
  readonly sources: readonly number[]
  readonly protocols: number
  readonly networks: number
  readonly firstUs: number
  readonly lastUs: number
  readonly pValue: number
  readonly isSlow: boolean
}

interface RawBurst {
  readonly subject: number
  readonly sources: number[]
  readonly firstUs: number
  readonly lastUs: number
  readonly protocols: Set<string>
}

/**
 * Bursts of different sources on one subscriber that chance does not explain. By chance, each visit (one source on one
 * subscriber within one burst) of the burst's time falls on this subscriber as often as visits at other times do; where too
 * few subscribers are under suspicion to tell, as often as on any subscriber of the whole traffic. Benjamini–Hochberg over
 * all bursts, those of one source included.
 * @param skip sources to leave out.
 */
export function findBursts(
  log: ObservationLog,
  bySubject: Grouping,
  skip: ReadonlySet<number>,
  subjectsInAll: number,
  options: CampaignOptions,
): Burst[] {
  const { candidates, visits, visitsOf, bursts } = collect(log, bySubject, skip, options.burstHours * HOUR_US)
  const starts = Float64Array.from(visits).sort()
  const subjects = visitsOf.reduce((sum, count) => sum + Number(count > 0), 0)
  const universe = Math.max(subjectsInAll, subjects)
  const tested = candidates.map((burst) => {
    const untilUs = Math.max(burst.lastUs, burst.firstUs + options.burstHours * HOUR_US)
    const around = lowerBound(starts, untilUs + 1) - lowerBound(starts, burst.firstUs)
    const outside = Math.max(0, (visitsOf[burst.subject] ?? 0) - burst.sources.length)
    const allOutside = Math.max(0, starts.length - around)
    const smooth = (outside + 1) / (allOutside + universe)
    const popular = subjects >= LEAST_SUBJECTS && allOutside > 0 ? outside / allOutside : 0
    const p = Math.min(1, Math.max(smooth, popular))
    return { burst, pValue: binomialTail(burst.sources.length - 1, Math.max(around, burst.sources.length) - 1, p) }
  })
  const most = benjaminiHochberg(
    tested.map(({ pValue }) => pValue),
    Math.max(1, bursts),
    options.falseDiscoveryRate,
  )
  return tested
    .filter(({ pValue }) => pValue <= most)
    .map(({ burst, pValue }) => ({
      subject: burst.subject,
      sources: burst.sources.toSorted((a, b) => a - b),
      protocols: burst.protocols.size,
      networks: countNetworks(burst.sources.flatMap((source) => log.sources[source] ?? [])).count,
      firstUs: burst.firstUs,
      lastUs: burst.lastUs,
      pValue,
      isSlow: false,
    }))
}

/** All visits by their time, how many each subscriber got, how many bursts there are, and those of several sources. */
function collect(
  log: ObservationLog,
  bySubject: Grouping,
  skip: ReadonlySet<number>,
  gapUs: number,
): { candidates: RawBurst[]; visits: number[]; visitsOf: Uint32Array; bursts: number } {
  const candidates: RawBurst[] = []
  const visits: number[] = []
  const visitsOf = new Uint32Array(log.subjects.length)
  const stamp = new Uint32Array(log.sources.length).fill(NONE)
  let bursts = 0
  for (let subject = 0; subject < log.subjects.length; subject++) {
    const end = bySubject.starts[subject + 1] ?? 0
    let i = bySubject.starts[subject] ?? 0
    while (i < end) {
      const firstUs = log.timeUs[bySubject.order[i] ?? 0] ?? 0
      let lastUs = firstUs
      const sources: number[] = []
      const protocols = new Set<string>()
      const from = i
      for (; i < end && i - from < LIMITS.campaignBurst; i++) {
        const item = bySubject.order[i] ?? 0
        const timeUs = log.timeUs[item] ?? 0
        if (timeUs - lastUs > gapUs) break
        lastUs = timeUs
        const source = log.source[item] ?? 0
        if (skip.has(source)) continue
        protocols.add(log.kinds[log.kind[item] ?? 0]?.protocol ?? '')
        if (stamp[source] === bursts) continue
        stamp[source] = bursts
        sources.push(source)
        visits.push(timeUs)
      }
      bursts++
      visitsOf[subject] = (visitsOf[subject] ?? 0) + sources.length
      if (sources.length > 1) candidates.push({ subject, sources, firstUs, lastUs, protocols })
    }
  }
  return { candidates, visits, visitsOf, bursts }
}

/** Index of the first value that is not less than `least`. */
export function lowerBound(sorted: Float64Array, least: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}
