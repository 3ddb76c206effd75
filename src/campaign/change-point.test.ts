import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Random } from '../simulate/random.ts'
import { findShareStep, findSteps } from './change-point.ts'

/** Poisson counts with this mean, by adding waiting times. */
function poisson(random: Random, mean: number): number {
  let count = 0
  for (let left = mean; ; count++) {
    left += Math.log((random.u32() + 1) / 0x1_0000_0001)
    if (left < 0) return count
  }
}

const series = (random: Random, rates: readonly number[]): Float64Array =>
  Float64Array.from(rates, (r) => poisson(random, r))

test('fading and rising are dated, the true day in the interval in at least nine of ten', () => {
  let inside = 0
  for (let seed = 1; seed <= 40; seed++) {
    const random = new Random(seed)
    const day = random.between(60, 340)
    const [low, high] = [random.between(1, 4) / 20, random.between(14, 40) / 20]
    const [before, after] = seed % 2 === 0 ? [low, high] : [high, low]
    const counts = series(
      random,
      Array.from({ length: 400 }, (_, i) => (i < day ? before : after)),
    )
    const [step] = findSteps(counts).toSorted((a, b) => Math.abs(a.day - day) - Math.abs(b.day - day))
    assert.ok(step !== undefined, `seed ${seed}`)
    assert.equal(step.after > step.before, after > before)
    if (step.low <= day && day <= step.high) inside++
  }
  assert.ok(inside >= 36, `${inside} of 40`)
})

test('a steady series has no step in at least 38 of 40 runs', () => {
  let steps = 0
  for (let seed = 1; seed <= 40; seed++)
    steps += Number(findSteps(series(new Random(seed), new Array<number>(600).fill(0.5))).length > 0)
  assert.ok(steps <= 2, `${steps}`)
})

test('the share of a protocol moves on a day; a steady share does not', () => {
  const random = new Random(3)
  const all = Float64Array.from({ length: 300 }, () => random.between(0, 4))
  const moved = all.map((n, day) => (day < 180 ? 0 : n))
  const step = findShareStep(moved, all)
  assert.ok(step !== null && step.low <= 180 && step.high >= 180 && step.high - step.low < 10)
  assert.equal(
    findShareStep(
      all.map((n) => Math.floor(n / 2)),
      all.map((n) => 2 * Math.floor(n / 2)),
    ),
    null,
  )
})
