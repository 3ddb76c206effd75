import type { Units } from './co-targeting.ts'
import { entryOf } from './entry.ts'
import type { LevelName } from './levels.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'
import { binomialTail } from './statistics.ts'

/** A source with this share of its subscribers among those of the cluster belongs to it … */
const LEAST_SHARE = 0.5
/** … or with so many, and unlikely many. Sources with fewer count when together they touch so many. */
const LEAST_HITS = 3
const UNLIKELY = 1e-4
/** Subscribers with more strangers than own sources, and so many times the usual number of sources, tell nothing. */
const USUAL = 3
/** A source of an operator is like the rest of it with this share of its rate, and when chance outside is as small as this. */
const LIKE_THE_REST = { share: 0.5, chance: 0.01 }

/** Units that went after the same subscribers, and what tells which of their sources did. */
interface Candidates {
  readonly log: ObservationLog
  readonly bySubject: Grouping
  readonly units: Units
  readonly group: readonly number[]
  readonly subjects: readonly number[]
  readonly level: LevelName
  /** Different subscribers of each source, and different sources of each subscriber; null where not known. */
  readonly totals: Uint32Array | null
  readonly popularity: Uint32Array | null
}

/** What a source of a cluster's units touches of the cluster's subscribers. */
interface Part {
  readonly source: number
  readonly unit: number
  readonly subjects: number[]
  /** All its subscribers. */
  readonly total: number
}

/**
 * The sources of a cluster's units that take part: a range, operator or country also holds addresses that do not. A source
 * does that touches more of the cluster's subscribers than sources do at large; an operator's also when it does as the
 * operator as a whole does, and more than sources outside the cluster's units do.
 */
export function sourcesOf(all: Candidates): number[] {
  if (all.level === 'address')
    return partsOf(all)
      .map(({ source }) => source)
      .sort((a, b) => a - b)
  const candidates = { ...all, subjects: withoutPopular(all) }
  const parts = partsOf(candidates)
  const { level } = candidates
  const common = rateOf(candidates)
  const outside = rateOutside(candidates, parts)
  const units = new Map<number, { hits: number; total: number }>()
  for (const { unit, subjects, total } of parts) {
    const sum = entryOf(units, unit, () => ({ hits: 0, total: 0 }))
    sum.hits += subjects.length
    sum.total += total
  }
  const taken: number[] = []
  const few: Part[] = []
  for (const part of parts) {
    const hits = part.subjects.length
    const own = units.get(part.unit)
    const isMost = hits >= LEAST_SHARE * part.total
    if (hits < LEAST_HITS) {
      if (isMost && level !== 'country') few.push(part)
      continue
    }
    const isLikeTheRest =
      level === 'operator' &&
      hits * (own?.total ?? 0) >= LIKE_THE_REST.share * (own?.hits ?? 0) * part.total &&
      binomialTail(hits, part.total, outside) < LIKE_THE_REST.chance
    if (isMost || isLikeTheRest || binomialTail(hits, part.total, common) < UNLIKELY) taken.push(part.source)
  }
  for (const unit of new Set(few.map((part) => part.unit))) {
    const own = few.filter((part) => part.unit === unit)
    // addresses used once each, on one subscriber, are a rotation, which is told by its bursts
    if (new Set(own.flatMap(({ subjects }) => subjects)).size >= LEAST_HITS)
      taken.push(...own.map(({ source }) => source))
  }
  return taken.sort((a, b) => a - b)
}

/** The cluster's subscribers without those that others touch more than its units' own sources, and more than is usual. */
function withoutPopular({ log, bySubject, units, group, subjects, popularity }: Candidates): readonly number[] {
  if (popularity === null) return subjects
  let touched = 0
  let touches = 0
  for (const count of popularity) {
    if (count > 0) touched++
    touches += count
  }
  const usual = (USUAL * touches) / Math.max(1, touched)
  const wanted = new Set(group)
  return subjects.filter((subject) => {
    const own = new Set<number>()
    for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
      const source = log.source[bySubject.order[i] ?? 0] ?? 0
      if (wanted.has(units.ofSource[source] ?? NONE)) own.add(source)
    }
    return (popularity[subject] ?? 0) - own.size <= Math.max(own.size, usual)
  })
}

function partsOf({ log, bySubject, units, group, subjects, totals }: Candidates): Part[] {
  const wanted = new Set(group)
  const touched = new Map<number, number[]>()
  for (const subject of subjects) {
    for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
      const source = log.source[bySubject.order[i] ?? 0] ?? 0
      if (!wanted.has(units.ofSource[source] ?? NONE)) continue
      const list = entryOf(touched, source, () => [])
      if (list.at(-1) !== subject) list.push(subject)
    }
  }
  return [...touched].map(([source, list]) => ({
    source,
    unit: units.ofSource[source] ?? NONE,
    subjects: list,
    total: Math.max(list.length, totals?.[source] ?? 0),
  }))
}

/** The chance that a touch of any source is one of the cluster's subscribers. */
function rateOf({ subjects, popularity }: Candidates): number {
  const touches = subjects.reduce((sum, subject) => sum + (popularity?.[subject] ?? 0), 0)
  return Math.min(1, touches / Math.max(1, popularity?.reduce((sum, count) => sum + count, 0) ?? 0))
}

/** The chance that a touch of a source outside the units is one of the cluster's subscribers. */
function rateOutside({ log, units, group, subjects, totals, popularity }: Candidates, parts: readonly Part[]): number {
  const wanted = new Set(group)
  let touches = subjects.reduce((sum, subject) => sum + (popularity?.[subject] ?? 0), 0)
  for (const part of parts) touches -= part.subjects.length
  let all = 0
  for (const source of log.sources.keys()) if (!wanted.has(units.ofSource[source] ?? NONE)) all += totals?.[source] ?? 0
  return Math.min(1, (Math.max(0, touches) + 1) / (all + 1))
}
