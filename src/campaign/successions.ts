import { findChanges } from './changes.ts'
import { significantPairs, unitsOf } from './clusters.ts'
import { touchTable } from './co-targeting.ts'
import { newGroup, type SourceGroup } from './groups.ts'
import { LEVELS } from './levels.ts'
import type { Grouping, ObservationLog } from './observation-log.ts'
import type { CampaignOptions } from './options.ts'

/** Pairs looked at: each costs a pass over the requests of both sources. */
const MOST_PAIRS = 10_000

/**
 * Sources of which one fades while the other rises on the same subscribers, though never within one window: pairs that share
 * more subscribers over the whole capture than chance gives, and whose rates step down and up at about one time.
 * @returns groups of such pairs; where one of the two is in a group already, the other becomes its neighbour instead.
 */
export function findSuccessions(
  log: ObservationLog,
  bySubject: Grouping,
  bySource: Grouping,
  groups: readonly SourceGroup[],
  spanUs: { readonly first: number; readonly last: number },
  skip: ReadonlySet<number>,
  subjectsInAll: number,
  options: CampaignOptions,
): SourceGroup[] {
  const units = unitsOf(log, LEVELS[0].key, skip)
  if (units.names.length < 2) return []
  const whole = touchTable(log, bySubject, units, spanUs.last - spanUs.first + 1, spanUs.first, 1)
  const groupOf = new Map<number, SourceGroup>()
  for (const group of groups) for (const source of group.sources) groupOf.set(source, group)
  const sourceOf = new Map<number, number>()
  for (const [source, unit] of units.ofSource.entries()) if (!sourceOf.has(unit)) sourceOf.set(unit, source)
  const found: SourceGroup[] = []
  for (const pair of significantPairs([whole], subjectsInAll, options).slice(0, MOST_PAIRS)) {
    const [a, b] = [sourceOf.get(pair.a), sourceOf.get(pair.b)]
    if (a === undefined || b === undefined) continue
    const [groupA, groupB] = [groupOf.get(a), groupOf.get(b)]
    if (groupA !== undefined && groupB !== undefined) continue
    const items = requestsOf(log, bySource, [a, b])
    const changes = findChanges(log, items, spanUs.first, spanUs.last, (source) => (source === a ? 'a' : 'b'))
    if (!changes.some(({ kind }) => kind === 'succession')) continue
    const known = groupA ?? groupB
    if (known !== undefined) {
      known.neighbours.add(groupA === undefined ? a : b)
      continue
    }
    const group = newGroup([a, b], [])
    group.coTargeting = { shared: pair.shared, expected: pair.expected, pValue: pair.pValue }
    group.units = [units.names[pair.a] ?? '', units.names[pair.b] ?? '']
    found.push(group)
    groupOf.set(a, group)
    groupOf.set(b, group)
  }
  return found
}

function requestsOf(log: ObservationLog, bySource: Grouping, sources: readonly number[]): number[] {
  return sources
    .flatMap((source) => [...bySource.order.subarray(bySource.starts[source] ?? 0, bySource.starts[source + 1] ?? 0)])
    .sort((x, y) => (log.timeUs[x] ?? 0) - (log.timeUs[y] ?? 0) || x - y)
}
