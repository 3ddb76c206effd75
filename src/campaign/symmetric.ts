/** Sources that weigh the same in the null model. */
export interface WeightClass {
  readonly weight: number
  readonly count: number
}

/** Up to this many sources of one subject chances are exact; beyond, approximations are close. */
export const MOST_DEGREE = 6

/**
 * Elementary symmetric sums of weights: `[k]` is the sum over all choices of k sources of the product of their weights, for
 * k from 0 to MOST_DEGREE.
 */
export type Polynomial = Float64Array

/** The sums over all sources, less one for each weight in `left`, which must be among them. */
export function polynomialOf(classes: readonly WeightClass[], left: readonly number[] = []): Polynomial {
  const fewer = new Map<number, number>()
  for (const weight of left) fewer.set(weight, (fewer.get(weight) ?? 0) + 1)
  const sums = new Float64Array(MOST_DEGREE + 1)
  sums[0] = 1
  for (const { weight, count } of classes) {
    const taken = Math.min(count, fewer.get(weight) ?? 0)
    if (taken > 0) fewer.set(weight, (fewer.get(weight) ?? 0) - taken)
    multiply(sums, weight, count - taken)
  }
  return sums
}

/** The sums without one source of this weight; exact while it has no more than half of all weight. */
export function without(sums: Polynomial, weight: number): Polynomial {
  const rest = new Float64Array(MOST_DEGREE + 1)
  rest[0] = 1
  for (let k = 1; k <= MOST_DEGREE; k++) rest[k] = Math.max(0, (sums[k] ?? 0) - weight * (rest[k - 1] ?? 0))
  return rest
}

/** Multiplies by (1 + weight·t)^count. */
function multiply(sums: Polynomial, weight: number, count: number): void {
  for (let k = MOST_DEGREE; k >= 1; k--) {
    let binomial = 1
    let sum = sums[k] ?? 0
    for (let j = 1; j <= Math.min(k, count); j++) {
      binomial *= ((count - j + 1) / j) * weight
      sum += binomial * (sums[k - j] ?? 0)
    }
    sums[k] = sum
  }
}
