/* Tails of distributions, in doubles. Each takes an observed count and gives the chance of as many or more. */

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const
/** Terms smaller than this share of the sum no longer change it. */
const NEGLIGIBLE = 1e-17
/** Counts up to here are convolved exactly; above, the saddlepoint is within about a percent. */
const EXACT_COUNT = 48
const EXACT_GROUPS = 64
/** Means from which the normal curve is good enough for what is no more than expected. */
const NEAR_MEAN = 2
const LOG_SQRT_2PI = 0.9189385332046727

/** A p-value is never 0: below this, the model no longer says anything. */
export const LEAST_P = 1e-300

/** Natural logarithm of the gamma function for x ≥ 0.5. Source: C. Lanczos, SIAM J. Numer. Anal. B 1 (1964). */
export function lnGamma(x: number): number {
  let sum = 0.9999999999998099
  for (let i = 0; i < LANCZOS.length; i++) sum += (LANCZOS[i] ?? 0) / (x + i)
  const t = x + 6.5
  return LOG_SQRT_2PI + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

export function lnChoose(n: number, k: number): number {
  return lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1)
}

/** P(X ≥ k) of a binomial with n trials of chance p. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (k > n || p <= 0) return 0
  if (p >= 1) return 1
  const odds = p / (1 - p)
  let term = Math.exp(lnChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
  let sum = 0
  for (let i = k; i <= n; i++) {
    sum += term
    const ratio = ((n - i) / (i + 1)) * odds
    term *= ratio
    if (ratio < 1 && term < sum * NEGLIGIBLE) break
  }
  return Math.min(1, Math.max(sum, LEAST_P))
}

/** P(X ≥ k) of a Poisson distribution with this mean. */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1
  if (mean <= 0) return 0
  let term = Math.exp(k * Math.log(mean) - mean - lnGamma(k + 1))
  let sum = 0
  for (let i = k; ; i++) {
    sum += term
    const ratio = mean / (i + 1)
    term *= ratio
    if (ratio < 1 && term <= sum * NEGLIGIBLE) break
  }
  return Math.min(1, Math.max(sum, LEAST_P))
}

/** P(X ≥ k): of `total` things `marked` are marked, `drawn` are drawn, k of them marked (Fisher's exact test, one-sided). */
export function hypergeometricTail(k: number, total: number, marked: number, drawn: number): number {
  const most = Math.min(marked, drawn)
  const least = Math.max(0, marked + drawn - total)
  if (k <= least) return 1
  if (k > most) return 0
  const all = lnChoose(total, drawn)
  let sum = 0
  for (let i = k; i <= most; i++) {
    const term = Math.exp(lnChoose(marked, i) + lnChoose(total - marked, drawn - i) - all)
    sum += term
    if (term < sum * NEGLIGIBLE) break
  }
  return Math.min(1, Math.max(sum, LEAST_P))
}

/** Equal trials: `trials` of them, each with chance `p`. */
export interface TrialGroup {
  readonly trials: number
  readonly p: number
}

/**
 * P(X ≥ k) of a sum of independent trials with different chances (Poisson-binomial). Exact by convolution while counts are
 * small, else by the saddlepoint with lattice correction. Source: R. Lugannani, S. Rice, Adv. Appl. Prob. 12 (1980);
 * H. Daniels, Int. Stat. Rev. 55 (1987).
 */
export function poissonBinomialTail(k: number, groups: readonly TrialGroup[]): number {
  let mean = 0
  let possible = 0
  for (const { trials, p } of groups) {
    mean += trials * p
    if (p > 0) possible += trials
  }
  if (k <= 0) return 1
  if (k > possible) return 0
  if (k <= mean && mean > NEAR_MEAN) return nearMeanTail(k, groups, mean)
  if (k <= EXACT_COUNT && groups.length <= EXACT_GROUPS && mean < EXACT_COUNT) return exactTail(k, groups, mean)
  return k <= mean + 1 ? nearMeanTail(k, groups, mean) : saddlepointTail(k, possible, groups)
}

function exactTail(k: number, groups: readonly TrialGroup[], mean: number): number {
  // beyond here terms are below the precision of a double
  const length = Math.ceil(k + 20 + 6 * Math.sqrt(mean + 1))
  let sum = new Float64Array(length)
  sum[0] = 1
  let used = 1
  for (const { trials, p } of groups) {
    if (p <= 0 || trials === 0) continue
    const terms = binomialTerms(trials, p, length)
    const next = new Float64Array(length)
    for (let i = 0; i < used; i++) {
      const own = sum[i] ?? 0
      if (own === 0) continue
      const most = Math.min(terms.length, length - i)
      for (let j = 0; j < most; j++) next[i + j] = (next[i + j] ?? 0) + own * (terms[j] ?? 0)
    }
    used = Math.min(length, used + terms.length - 1)
    sum = next
  }
  let tail = 0
  for (let i = length - 1; i >= k; i--) tail += sum[i] ?? 0
  return Math.min(1, Math.max(tail, LEAST_P))
}

function binomialTerms(n: number, p: number, length: number): Float64Array {
  const terms = new Float64Array(Math.min(n + 1, length))
  const odds = p / Math.max(1e-12, 1 - p)
  let term = Math.exp(n * Math.log1p(-Math.min(p, 1 - 1e-12)))
  for (let i = 0; i < terms.length; i++) {
    terms[i] = term
    term *= ((n - i) / (i + 1)) * odds
    if (term < 1e-290) return terms.subarray(0, i + 1)
  }
  return terms
}

/** The normal approximation: good where it is used, around the mean. */
function nearMeanTail(k: number, groups: readonly TrialGroup[], mean: number): number {
  let variance = 0
  for (const { trials, p } of groups) variance += trials * p * (1 - p)
  return variance === 0 ? Number(k <= mean) : normalTail((k - 0.5 - mean) / Math.sqrt(variance))
}

function saddlepointTail(k: number, possible: number, groups: readonly TrialGroup[]): number {
  if (k === possible) {
    let log = 0
    for (const { trials, p } of groups) if (p > 0) log += trials * Math.log(p)
    return Math.max(LEAST_P, Math.exp(log))
  }
  const t = solveSaddlepoint(k, groups)
  let cumulant = 0
  let variance = 0
  for (const { trials, p } of groups) {
    const tilted = tilt(p, t)
    // log(1 - p + p e^t), without overflow
    cumulant +=
      trials * (p <= 0 ? 0 : t > 30 ? t + Math.log(p + (1 - p) * Math.exp(-t)) : Math.log1p(p * Math.expm1(t)))
    variance += trials * tilted * (1 - tilted)
  }
  const w = Math.sqrt(Math.max(0, 2 * (t * k - cumulant)))
  const u = (1 - Math.exp(-t)) * Math.sqrt(variance)
  if (w < 1e-6 || u === 0) return 0.5
  const density = Math.exp(-0.5 * w * w - LOG_SQRT_2PI)
  return Math.min(1, Math.max(LEAST_P, normalTail(w) + density * (1 / u - 1 / w)))
}

function solveSaddlepoint(k: number, groups: readonly TrialGroup[]): number {
  let low = 0
  let high = 1
  while (tiltedMean(high, groups) < k && high < 700) high *= 2
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (tiltedMean(middle, groups) < k) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function tiltedMean(t: number, groups: readonly TrialGroup[]): number {
  let mean = 0
  for (const { trials, p } of groups) mean += trials * tilt(p, t)
  return mean
}

function tilt(p: number, t: number): number {
  return p / (p + (1 - p) * Math.exp(-t))
}

/** P(Z ≥ z) of the standard normal. Source: Abramowitz and Stegun 26.2.17, and its asymptote 26.2.12 beyond 6. */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const density = Math.exp(-0.5 * z * z - LOG_SQRT_2PI)
  if (z > 6) return (density / z) * (1 - 1 / z ** 2 + 3 / z ** 4 - 15 / z ** 6)
  const t = 1 / (1 + 0.2316419 * z)
  return density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
}

/**
 * The largest p-value to reject at false discovery rate `rate`, of `tested` tests of which only the smallest p-values are
 * given; -1 for none. Source: Y. Benjamini, Y. Hochberg, J. R. Stat. Soc. B 57 (1995).
 */
export function benjaminiHochberg(pValues: readonly number[], tested: number, rate: number): number {
  const sorted = Float64Array.from(pValues).sort()
  for (let i = sorted.length - 1; i >= 0; i--) {
    const p = sorted[i] ?? 1
    if (p <= (rate * (i + 1)) / tested) return p
  }
  return -1
}
