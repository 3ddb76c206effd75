import { lowerBound } from './bursts.ts'
import type { CampaignChange } from './campaign.ts'
import type { SourceGroup } from './groups.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { type CampaignOptions, DAY_US } from './options.ts'
import { poissonBinomialTail, type TrialGroup } from './statistics.ts'

/** Operations that only ask the way to a subscriber, as look-up companies and short message services do. */
export const LOOKUPS: ReadonlySet<string> = new Set([
  'sendRoutingInfoForSM',
  'sendRoutingInfo',
  'Send-Routing-Info-for-SM',
  'reportSM-DeliveryStatus',
])

/** A member does nothing else when look-ups are so much of its requests. */
const NOTHING_ELSE = 0.9
/** Parts of the window, and of the capture, within which two requests are near one another. */
const NEAR = { window: 4, span: 16 }
const UNLIKELY = 1e-3
/** A fading and a rise so near one another are no accident. */
const HANDOVER_DAYS = 14
/** A subscriber with more requests than this is met by everybody at all times, and says nothing. */
const MOST_REQUESTS = 64

/**
 * Whether all members of a co-targeting group only look up numbers, and meet on them in time no more than their own working
 * days explain. Companies that look up numbers for many customers share those that many customers ask for; what they share
 * over the months shows it, and no test of whom they share can tell it from a plan. Who works together meets in time as well,
 * or one takes over when the other ends.
 * @param items the group's requests, in time order. @param changes its dated changes.
 */
export function isCommonLookup(
  log: ObservationLog,
  bySource: Grouping,
  group: SourceGroup,
  items: readonly number[],
  changes: readonly CampaignChange[],
  options: CampaignOptions,
): boolean {
  if (group.coTargeting === null) return false
  if (changes.some(({ kind, uncertaintyDays }) => kind === 'succession' && uncertaintyDays <= HANDOVER_DAYS))
    return false
  for (const source of group.sources) if (!onlyLooksUp(log, bySource, source)) return false
  const first = log.timeUs[items[0] ?? 0] ?? 0
  const last = log.timeUs[items.at(-1) ?? 0] ?? 0
  const nearUs = Math.min((options.windowDays * DAY_US) / NEAR.window, (last - first) / NEAR.span)
  return meetingChance(log, bySource, group, items, nearUs) > UNLIKELY
}

function onlyLooksUp(log: ObservationLog, bySource: Grouping, source: number): boolean {
  const [from, to] = [bySource.starts[source] ?? 0, bySource.starts[source + 1] ?? 0]
  let lookups = 0
  for (let i = from; i < to; i++) {
    const kind = log.kinds[log.kind[bySource.order[i] ?? 0] ?? 0]
    if (kind !== undefined && LOOKUPS.has(kind.operation)) lookups++
  }
  return lookups >= NOTHING_ELSE * (to - from)
}

/** The chance that members come near one another on so many subscribers, when each asks about its own on any of its days. */
function meetingChance(
  log: ObservationLog,
  bySource: Grouping,
  group: SourceGroup,
  items: readonly number[],
  nearUs: number,
): number {
  const timesOf = new Map<number, Float64Array>()
  for (const source of group.sources) {
    const own = bySource.order.subarray(bySource.starts[source] ?? 0, bySource.starts[source + 1] ?? 0)
    timesOf.set(
      source,
      Float64Array.from(own, (item) => log.timeUs[item] ?? 0),
    )
  }
  const bySubject = new Map<number, number[]>()
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    if (subject === NONE) continue
    const list = bySubject.get(subject)
    if (list === undefined) bySubject.set(subject, [item])
    else list.push(item)
  }
  let met = 0
  const trials: TrialGroup[] = []
  for (const list of bySubject.values()) {
    if (list.length > MOST_REQUESTS || new Set(list.map((item) => log.source[item])).size < 2) continue
    let apart = 1
    let isNear = false
    for (const [i, item] of list.entries()) {
      const timeUs = log.timeUs[item] ?? 0
      for (const later of list.slice(i + 1)) {
        if (log.source[later] === log.source[item]) continue
        isNear ||= (log.timeUs[later] ?? 0) - timeUs <= nearUs
        const theirs = timesOf.get(log.source[later] ?? 0) ?? new Float64Array()
        apart *= 1 - shareNear(theirs, timeUs, nearUs)
      }
    }
    if (isNear) met++
    trials.push({ trials: 1, p: 1 - apart })
  }
  return poissonBinomialTail(met, trials)
}

/** Share of these times, in order, that are so near to one. */
function shareNear(times: Float64Array, timeUs: number, nearUs: number): number {
  return (lowerBound(times, timeUs + nearUs) - lowerBound(times, timeUs - nearUs)) / Math.max(1, times.length)
}
