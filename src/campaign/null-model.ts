import { hypergeometricTail, type TrialGroup } from './statistics.ts'
import { MOST_DEGREE, type Polynomial, polynomialOf, type WeightClass, without } from './symmetric.ts'

/** Rounds and precision of the iteration; some dozens of rounds are usual. */
const ROUNDS = 400
const PRECISION = 1e-6
/** From this many sources on a subject counts as popular: even sources that do little besides may well touch it. */
const POPULAR = 3

/** Means of pairs kept of one window: most pairs are of a few degrees. */
const PAIRS_KEPT = 65_536
/** More than any degree of a source. */
const DEGREES = 2 ** 26

/** How many subjects of one window were touched by exactly `degree` sources. */
export interface DegreeClass {
  readonly degree: number
  readonly count: number
}

/**
 * Who touches whom by chance in one window: every subject is touched by exactly as many sources as observed, every source
 * touches as many subjects as observed on average, and nothing else is known. The sources of a subject of degree f are then
 * a sample of f of all, drawn by weights that the sources' degrees determine. So a subject that one source touched is shared
 * by nobody: without that, thousands of subjects touched once each would pass for a small population in which everybody
 * meets. Popular subjects, such as an operator's own test phones, draw even sources that touch few others: for them the
 * chance is never taken as less than if all sources were equal. Sources and subjects of equal degree are alike, so that the cost depends on the number of different degrees.
 * Source: S. Chen, A. Dempster, J. Liu, Biometrika 81 (1994) for the sample and its weights; F. Saracco et al., New J. Phys.
 * 19, 053022 (2017) for the test on shared neighbours; J. Hájek, Ann. Math. Stat. 35 (1964) for popular subjects.
 */
export interface WindowNull {
  /** Subjects by degree, as given. */
  readonly subjects: readonly DegreeClass[]
  /** Chances that a source of this degree touches a subject, in the order of `subjects`; the degree must have been given. */
  chancesOf(degree: number): Float64Array
  /** Chances that two sources of these degrees both touch it. */
  pairChancesOf(a: number, b: number): Float64Array
  /** How many subjects of a degree up to `cap` they both touch on average; `cap` must always be the same. */
  pairMeanOf(a: number, b: number, cap: number): number
  /** Chances that at least `quorum` of the sources of these degrees touch it. */
  groupChancesOf(degrees: readonly number[], quorum: number): Float64Array
}

/** Fits the model to the degrees of one window; the sums of both sides must agree. */
export function fitWindowNull(sources: readonly DegreeClass[], subjects: readonly DegreeClass[]): WindowNull {
  const edges = sources.reduce((sum, { degree, count }) => sum + degree * count, 0)
  const x = Float64Array.from(sources, ({ degree }) => degree / Math.max(1, edges))
  const y = Float64Array.from(subjects, ({ degree }) => degree)
  let weights = weightsOf(x, sources)
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0
    for (const [f, { degree }] of subjects.entries()) {
      if (degree <= MOST_DEGREE) continue
      const before = y[f] ?? 0
      let sum = 0
      for (const { weight, count } of weights.classes) sum += (count * weight) / (1 + weight * before)
      y[f] = degree / sum
      moved = Math.max(moved, Math.abs((y[f] ?? 0) - before) / before)
    }
    for (const [i, { degree }] of sources.entries()) {
      const before = x[i] ?? 0
      const chances = chancesOfOne(weights, before, y, subjects)
      let sum = 0
      for (const [f, { count }] of subjects.entries()) sum += count * (chances[f] ?? 0)
      const after = sum > 0 ? (before * degree) / sum : before
      x[i] = after
      moved = Math.max(moved, Math.abs(after - before) / before)
    }
    weights = weightsOf(x, sources)
    if (moved < PRECISION) break
  }
  return new FittedWindow(sources, subjects, x, y, weights)
}

/** Adds the trials "both touch the subject" of one window, degrees above `cap` left out. */
export function addPairTrials(into: TrialGroup[], model: WindowNull, a: number, b: number, cap: number): void {
  const chances = model.pairChancesOf(a, b)
  for (const [f, { degree, count }] of model.subjects.entries()) {
    if (degree > 1 && degree <= cap) into.push({ trials: count, p: chances[f] ?? 0 })
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
  const chances = model.groupChancesOf(degrees, quorum)
  for (const [f, { degree, count }] of model.subjects.entries()) {
    if (degree >= quorum && degree <= cap) into.push({ trials: count, p: chances[f] ?? 0 })
  }
}

/** Weights of all sources, with what is worked out from them. */
interface Weights {
  readonly classes: readonly WeightClass[]
  readonly all: Polynomial
  /** The source with more than half of all weight, if there is one: taking it out needs care. */
  readonly heavy: { readonly weight: number; readonly rest: Polynomial } | null
}

function weightsOf(x: Float64Array, sources: readonly DegreeClass[]): Weights {
  const classes = sources.map(({ count }, i) => ({ weight: x[i] ?? 0, count }))
  const sum = classes.reduce((total, { weight, count }) => total + weight * count, 0)
  const heavy = classes.find(({ weight, count }) => count === 1 && weight > sum / 2)
  return {
    classes,
    all: polynomialOf(classes),
    heavy: heavy === undefined ? null : { weight: heavy.weight, rest: polynomialOf(classes, [heavy.weight]) },
  }
}

/** The sums without a source of this weight. */
function restOf({ all, heavy }: Weights, weight: number): Polynomial {
  return heavy !== null && heavy.weight === weight ? heavy.rest : without(all, weight)
}

function chancesOfOne(
  weights: Weights,
  weight: number,
  y: Float64Array,
  subjects: readonly DegreeClass[],
): Float64Array {
  const rest = restOf(weights, weight)
  return Float64Array.from(subjects, ({ degree }, f) => {
    if (degree > MOST_DEGREE) return (weight * (y[f] ?? 0)) / (1 + weight * (y[f] ?? 0))
    return ratio(weight * (rest[degree - 1] ?? 0), weights.all[degree] ?? 0)
  })
}

class FittedWindow implements WindowNull {
  readonly subjects: readonly DegreeClass[]
  private readonly weightByDegree: ReadonlyMap<number, number>
  private readonly y: Float64Array
  private readonly weights: Weights
  private readonly chances = new Map<number, Float64Array>()
  private readonly means = new Map<number, number>()
  /** Sources active in the window. */
  private readonly size: number
  /** By subject class: the variance of its number of sources, were they drawn one by one. */
  private readonly variances: Float64Array

  constructor(
    sources: readonly DegreeClass[],
    subjects: readonly DegreeClass[],
    x: Float64Array,
    y: Float64Array,
    weights: Weights,
  ) {
    this.subjects = subjects
    this.y = y
    this.weights = weights
    this.weightByDegree = new Map(sources.map(({ degree }, i) => [degree, x[i] ?? 0]))
    this.size = sources.reduce((sum, { count }) => sum + count, 0)
    this.variances = new Float64Array(subjects.length)
    for (const { degree, count } of sources) {
      for (const [f, p] of this.chancesOf(degree).entries())
        this.variances[f] = (this.variances[f] ?? 0) + count * p * (1 - p)
    }
  }

  chancesOf(degree: number): Float64Array {
    const known = this.chances.get(degree)
    if (known !== undefined) return known
    const made = chancesOfOne(this.weights, this.weightByDegree.get(degree) ?? 0, this.y, this.subjects)
    this.chances.set(degree, made)
    return made
  }

  pairMeanOf(a: number, b: number, cap: number): number {
    const key = Math.min(a, b) * DEGREES + Math.max(a, b)
    const known = this.means.get(key)
    if (known !== undefined) return known
    const chances = this.pairChancesOf(a, b)
    let mean = 0
    for (const [f, { degree, count }] of this.subjects.entries()) if (degree <= cap) mean += count * (chances[f] ?? 0)
    if (this.means.size < PAIRS_KEPT) this.means.set(key, mean)
    return mean
  }

  pairChancesOf(a: number, b: number): Float64Array {
    const [one, other] = [this.weightByDegree.get(a) ?? 0, this.weightByDegree.get(b) ?? 0].sort((p, q) => q - p)
    const [heavier, lighter] = [one ?? 0, other ?? 0]
    const rest = without(restOf(this.weights, heavier), lighter)
    const [pa, pb] = [this.chancesOf(a), this.chancesOf(b)]
    return Float64Array.from(this.subjects, ({ degree }, f) => {
      if (degree < 2) return 0
      const equal = degree < POPULAR ? 0 : ratio(degree * (degree - 1), this.size * (this.size - 1))
      if (degree <= MOST_DEGREE)
        return Math.max(equal, ratio(heavier * lighter * (rest[degree - 2] ?? 0), this.weights.all[degree] ?? 0))
      const [p, q] = [pa[f] ?? 0, pb[f] ?? 0]
      const variance = this.variances[f] ?? 0
      return Math.max(equal, variance === 0 ? p * q : p * q * (1 - ((1 - p) * (1 - q)) / variance))
    })
  }

  groupChancesOf(degrees: readonly number[], quorum: number): Float64Array {
    const members = degrees.map((degree) => this.weightByDegree.get(degree) ?? 0)
    const inside = polynomialOf(members.map((weight) => ({ weight, count: 1 })))
    const outside = polynomialOf(this.weights.classes, members)
    const rows = degrees.map((degree) => this.chancesOf(degree))
    return Float64Array.from(this.subjects, ({ degree }, f) => {
      if (degree < quorum) return 0
      const equal = degree < POPULAR ? 0 : hypergeometricTail(quorum, this.size, degrees.length, degree)
      if (degree > MOST_DEGREE) return Math.max(equal, quorumChance(rows, f, quorum))
      let sum = 0
      for (let k = quorum; k <= degree; k++) sum += (inside[k] ?? 0) * (outside[degree - k] ?? 0)
      return Math.max(equal, ratio(sum, this.weights.all[degree] ?? 0))
    })
  }
}

/** The chance that at least `quorum` of some sources touch a subject of class `f`, each by itself. */
function quorumChance(rows: readonly Float64Array[], f: number, quorum: number): number {
  // below[n]: the chance that exactly n of them do, for n under the quorum
  const below = new Float64Array(quorum)
  below[0] = 1
  for (const row of rows) {
    const p = row[f] ?? 0
    for (let n = quorum - 1; n >= 0; n--) below[n] = (below[n] ?? 0) * (1 - p) + (n > 0 ? (below[n - 1] ?? 0) * p : 0)
  }
  return Math.min(1, Math.max(0, 1 - below.reduce((sum, one) => sum + one, 0)))
}

/** A chance as part of a whole; where nothing can be told it is taken as sure, which accuses nobody. */
function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 1
}
