import type { TrialGroup } from './statistics.ts'

/** Rounds and precision of the iteration; a hundred rounds are usual. */
const ROUNDS = 400
const PRECISION = 1e-7

/** How many subjects of one window were touched by exactly `degree` sources. */
export interface DegreeClass {
  readonly degree: number
  readonly count: number
}

/**
 * Who touches whom by chance in one window: the bipartite configuration model, the least informed model in which every
 * source touches as many subjects, and every subject is touched by as many sources, as observed, on average.
 * Its maximum-likelihood chance that a source of degree d touches a subject of degree f is x(d)·y(f) / (1 + x(d)·y(f)).
 * Sources and subjects of equal degree are alike, so that the cost depends on the number of different degrees.
 * Source: F. Saracco, R. Di Clemente, A. Gabrielli, T. Squartini, Sci. Rep. 5, 10595 (2015);
 * F. Saracco et al., New J. Phys. 19, 053022 (2017) for the test on shared neighbours.
 */
export interface WindowNull {
  /** Subjects by degree, as given. */
  readonly subjects: readonly DegreeClass[]
  /** Chances of a source with this degree, in the order of `subjects`; the degree must have been given. */
  chancesOf(degree: number): Float64Array
}

/** Fits the model to the degrees of one window; the sums of both sides must agree. */
export function fitWindowNull(sources: readonly DegreeClass[], subjects: readonly DegreeClass[]): WindowNull {
  const edges = sources.reduce((sum, { degree, count }) => sum + degree * count, 0)
  const scale = Math.sqrt(Math.max(1, edges))
  const x = Float64Array.from(sources, ({ degree }) => degree / scale)
  const y = Float64Array.from(subjects, ({ degree }) => degree / scale)
  for (let round = 0; round < ROUNDS; round++) {
    const moved = Math.max(update(x, sources, y, subjects), update(y, subjects, x, sources))
    if (moved < PRECISION) break
  }
  const chances = new Map<number, Float64Array>()
  for (const [i, { degree }] of sources.entries()) {
    const own = x[i] ?? 0
    chances.set(
      degree,
      y.map((other) => (own * other) / (1 + own * other)),
    )
  }
  return { subjects, chancesOf: (degree) => chances.get(degree) ?? new Float64Array(subjects.length) }
}

/** One step of the fixed-point iteration for one side. @returns the largest relative change. */
function update(
  own: Float64Array,
  ownClasses: readonly DegreeClass[],
  other: Float64Array,
  otherClasses: readonly DegreeClass[],
): number {
  let moved = 0
  for (let i = 0; i < own.length; i++) {
    const before = own[i] ?? 0
    let sum = 0
    for (let j = 0; j < other.length; j++) {
      const factor = other[j] ?? 0
      sum += ((otherClasses[j]?.count ?? 0) * factor) / (1 + before * factor)
    }
    const after = sum > 0 ? (ownClasses[i]?.degree ?? 0) / sum : 0
    own[i] = after
    moved = Math.max(moved, Math.abs(after - before) / (before || 1))
  }
  return moved
}

/** Adds the trials "both touch the subject" of one window, degrees above `cap` left out. */
export function addPairTrials(into: TrialGroup[], model: WindowNull, a: number, b: number, cap: number): void {
  const pa = model.chancesOf(a)
  const pb = model.chancesOf(b)
  for (const [i, { degree, count }] of model.subjects.entries()) {
    // a subject that one source touched cannot be shared, but the model gives it a chance: chance has no memory
    if (degree <= cap) into.push({ trials: count, p: (pa[i] ?? 0) * (pb[i] ?? 0) })
  }
}

/** Adds the trials "at least `quorum` of these touch the subject" of one window. */
export function addGroupTrials(
  into: TrialGroup[],
  model: WindowNull,
  degrees: readonly number[],
  quorum: number,
  cap: number,
): void {
  const chances = degrees.map((degree) => model.chancesOf(degree))
  for (const [i, { degree, count }] of model.subjects.entries()) {
    if (degree > cap) continue
    // below[n]: the chance that exactly n of them do, for n under the quorum
    const below = new Float64Array(quorum)
    below[0] = 1
    for (const row of chances) {
      const p = row[i] ?? 0
      for (let n = quorum - 1; n >= 0; n--) below[n] = (below[n] ?? 0) * (1 - p) + (n > 0 ? (below[n - 1] ?? 0) * p : 0)
    }
    into.push({ trials: count, p: Math.min(1, Math.max(0, 1 - below.reduce((sum, one) => sum + one, 0))) })
  }
}
