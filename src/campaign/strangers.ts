import type { Cluster } from './clusters.ts'
import type { SourceGroup } from './groups.ts'
import { binomialTail } from './statistics.ts'
import type { Touches } from './touches.ts'

/** A source with so many subscribers shows by them whether it goes after those of a group. */
const TELLING = 20
/** A source with this share of its subscribers among those of the cluster belongs to it, whoever else does. */
const MOST = 0.5
/** It joins when chance is as small as this, and the odds are so many times those of others. */
const UNLIKELY = 0.01
const LEAST_ODDS = 1.5

/**
 * What a cluster of a coarser level adds to a group found at a finer one. A country or an operator holds addresses that do
 * not take part, and their chance meetings are among what the coarser cluster shares: they are held against the
 * subscribers of the group, which were found without them, and what only they share is left out.
 */
export function partOf(touches: Touches, group: SourceGroup, cluster: Cluster): Cluster {
  const sources = new Set([...group.sources, ...joinersOf(touches, group, cluster)])
  const counts = new Map<number, number>()
  for (const source of sources)
    for (const subject of touches.subjectsOf(source)) counts.set(subject, (counts.get(subject) ?? 0) + 1)
  const subjects = cluster.subjects.filter((subject) => (counts.get(subject) ?? 0) > 1)
  const part = { ...cluster, sources: [...sources], subjects }
  const { coTargeting, level, units } = group
  if (coTargeting === null || cluster.sources.every((source) => sources.has(source))) return part
  // the cluster's test is of addresses besides: the group keeps its own
  return { ...part, coTargeting, level, units }
}

function joinersOf(touches: Touches, group: SourceGroup, cluster: Cluster): number[] {
  const fresh = cluster.sources.filter((source) => !group.sources.has(source))
  if (fresh.length === 0) return []
  const shared = new Set(cluster.subjects)
  const outside = rateOutside(touches, group, new Set([...group.sources, ...cluster.sources]))
  return fresh.filter((source) => {
    const subjects = touches.subjectsOf(source)
    if (subjects.length < TELLING || count(subjects, shared) >= MOST * subjects.length) return true
    const hits = count(subjects, group.subjects)
    const isOften = hits * (1 - outside) >= LEAST_ODDS * outside * (subjects.length - hits)
    return isOften && binomialTail(hits, subjects.length, outside) <= UNLIKELY
  })
}

/** The chance that a touch of any other source is one of the group's subscribers. */
function rateOutside(touches: Touches, group: SourceGroup, inside: ReadonlySet<number>): number {
  let met = 0
  for (const subject of group.subjects) met += touches.popularity[subject] ?? 0
  let all = touches.all
  for (const source of inside) {
    const subjects = touches.subjectsOf(source)
    met -= count(subjects, group.subjects)
    all -= subjects.length
  }
  return Math.min(1, Math.max((met + 1) / (all + 1), group.subjects.size / Math.max(1, touches.subjects)))
}

function count(subjects: readonly number[], among: ReadonlySet<number>): number {
  let hits = 0
  for (const subject of subjects) if (among.has(subject)) hits++
  return hits
}
