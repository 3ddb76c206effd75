/** A step in a series of counts. */
export interface Step {
  /** First day of the new rate. */
  readonly day: number
  /** Days the step may as well be at: `low` to `high`, both included. */
  readonly low: number
  readonly high: number
  /** Counts a day before and after. */
  readonly before: number
  readonly after: number
}

/** Log-likelihood that a step must gain over none: e¹² is beyond chance at any of a thousand days. */
const LEAST_GAIN = 12
/** Days whose log-likelihood is within this of the best belong to the interval; about 95 %, see the tests. */
const INTERVAL = 3
/** Days at either end where no step can be told from the capture's own beginning or end. */
const MARGIN = 7
const WEEK = 7
const DEPTH = 3

/**
 * The steps of a Poisson series of daily counts, by likelihood ratio and binary segmentation, the earliest first. The
 * interval of a step comes from its profile likelihood; both are widened where weeks vary more than a Poisson series does.
 * Source: D. Hinkley, Biometrika 57 (1970); K. Worsley, Biometrika 73 (1986).
 */
export function findSteps(counts: Float64Array): Step[] {
  const sums = new Float64Array(counts.length + 1)
  for (let i = 0; i < counts.length; i++) sums[i + 1] = (sums[i] ?? 0) + (counts[i] ?? 0)
  const steps: Step[] = []
  segment(sums, 0, counts.length, DEPTH, steps)
  return steps.sort((a, b) => a.day - b.day)
}

function segment(sums: Float64Array, start: number, end: number, depth: number, steps: Step[]): void {
  const step = bestStep(sums, start, end)
  if (step === null) return
  steps.push(step)
  if (depth <= 1) return
  segment(sums, start, step.day, depth - 1, steps)
  segment(sums, step.day, end, depth - 1, steps)
}

function bestStep(sums: Float64Array, start: number, end: number): Step | null {
  const days = end - start
  const all = (sums[end] ?? 0) - (sums[start] ?? 0)
  if (days < 2 * MARGIN || all === 0) return null
  const gainAt = (day: number): number => {
    const before = (sums[day] ?? 0) - (sums[start] ?? 0)
    return gain(before, day - start) + gain(all - before, end - day) - gain(all, days)
  }
  let best = -1
  let most = 0
  for (let day = start + MARGIN; day <= end - MARGIN; day++) {
    const value = gainAt(day)
    if (value > most) {
      most = value
      best = day
    }
  }
  if (best < 0) return null
  const spread = Math.max(1, dispersion(sums, start, best), dispersion(sums, best, end))
  if (most < LEAST_GAIN * spread) return null
  let low = best
  let high = best
  while (low > start + 1 && gainAt(low - 1) >= most - INTERVAL * spread) low--
  while (high < end - 1 && gainAt(high + 1) >= most - INTERVAL * spread) high++
  const before = (sums[best] ?? 0) - (sums[start] ?? 0)
  return { day: best, low, high, before: before / (best - start), after: (all - before) / (end - best) }
}

/** The part of the log-likelihood that depends on the rate: n·ln(n / days). */
function gain(count: number, days: number): number {
  return count === 0 ? 0 : count * Math.log(count / days)
}

/** Variance over mean of weekly counts. */
function dispersion(sums: Float64Array, start: number, end: number): number {
  const weeks = Math.floor((end - start) / WEEK)
  if (weeks < 4) return 1
  const mean = ((sums[start + weeks * WEEK] ?? 0) - (sums[start] ?? 0)) / weeks
  if (mean === 0) return 1
  let squares = 0
  for (let week = 0; week < weeks; week++) {
    const at = start + week * WEEK
    squares += ((sums[at + WEEK] ?? 0) - (sums[at] ?? 0) - mean) ** 2
  }
  return squares / (weeks - 1) / mean
}

/** A step in the share of one of two kinds. */
export interface ShareStep {
  readonly day: number
  readonly low: number
  readonly high: number
  /** Share of the first kind before and after. */
  readonly before: number
  readonly after: number
}

/** The clearest step in the share that `some` have of `all` daily counts, or null. Same method, Bernoulli likelihood. */
export function findShareStep(some: Float64Array, all: Float64Array): ShareStep | null {
  const part = new Float64Array(all.length + 1)
  const total = new Float64Array(all.length + 1)
  for (let i = 0; i < all.length; i++) {
    part[i + 1] = (part[i] ?? 0) + (some[i] ?? 0)
    total[i + 1] = (total[i] ?? 0) + (all[i] ?? 0)
  }
  const [k, n] = [part.at(-1) ?? 0, total.at(-1) ?? 0]
  const gainAt = (day: number): number => {
    const [before, count] = [part[day] ?? 0, total[day] ?? 0]
    return shareGain(before, count) + shareGain(k - before, n - count) - shareGain(k, n)
  }
  let best = -1
  let most = 0
  for (let day = 1; day < all.length; day++) {
    if (gainAt(day) > most) {
      most = gainAt(day)
      best = day
    }
  }
  if (best < 0 || most < LEAST_GAIN) return null
  let low = best
  let high = best
  while (low > 1 && gainAt(low - 1) >= most - INTERVAL) low--
  while (high < all.length - 1 && gainAt(high + 1) >= most - INTERVAL) high++
  const before = part[best] ?? 0
  const count = total[best] ?? 0
  return { day: best, low, high, before: before / Math.max(1, count), after: (k - before) / Math.max(1, n - count) }
}

function shareGain(k: number, n: number): number {
  return (k === 0 ? 0 : k * Math.log(k / n)) + (k === n ? 0 : (n - k) * Math.log((n - k) / n))
}
