import { LIMITS } from '../limits.ts'
import { type BuildContext, buildCampaign } from './build-campaign.ts'
import type { Burst } from './bursts.ts'
import type { FoundCampaign } from './campaign.ts'
import { newGroup } from './groups.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { HOUR_US } from './options.ts'
import { probesOf } from './patterns.ts'

/** Requests of one source about one subscriber that are more than a few tries. */
const MANY = 10

/**
 * What one source does by itself: many subscribers, one subscriber again and again, a probe and then the attack; and what
 * sources of one network do in turns. These say nothing of coordination, and stand apart for that reason.
 */
export function findSingles(
  context: BuildContext,
  bySubject: Grouping,
  bySource: Grouping,
  bursts: readonly Burst[],
  inCampaign: ReadonlySet<number>,
): FoundCampaign[] {
  const { log, options } = context
  const singles: FoundCampaign[] = []
  const done = new Set(inCampaign)
  for (const burst of bursts) {
    if (burst.protocols < 2 && burst.sources.length < options.leastRotation) continue
    if (burst.sources.some((source) => done.has(source)) || singles.length >= 2 * LIMITS.campaigns) continue
    const group = newGroup(burst.sources, [burst.subject])
    const own = bursts.filter(({ subject }) => subject === burst.subject)
    group.bursts.push(...own)
    const items: number[] = []
    for (let i = bySubject.starts[burst.subject] ?? 0; i < (bySubject.starts[burst.subject + 1] ?? 0); i++) {
      const item = bySubject.order[i] ?? 0
      if (group.sources.has(log.source[item] ?? 0)) items.push(item)
    }
    for (const source of burst.sources) done.add(source)
    singles.push(buildCampaign(context, group, items))
  }
  for (const source of log.sources.keys()) {
    const from = bySource.starts[source] ?? 0
    const to = bySource.starts[source + 1] ?? 0
    if (done.has(source) || to - from < 2 || singles.length >= 2 * LIMITS.campaigns) continue
    const items = [...bySource.order.subarray(from, to)]
    const isMuch = to - from >= options.leastSingle || repeats(log, items)
    if (!isMuch && probesOf(log, items, options.probeHours * HOUR_US).probed === 0) continue
    singles.push(buildCampaign(context, newGroup([source], []), items))
  }
  return singles
}

function repeats(log: ObservationLog, items: readonly number[]): boolean {
  const counts = new Map<number, number>()
  for (const item of items) {
    const subject = log.subject[item] ?? NONE
    const count = (counts.get(subject) ?? 0) + 1
    if (subject !== NONE && count >= MANY) return true
    counts.set(subject, count)
  }
  return false
}
