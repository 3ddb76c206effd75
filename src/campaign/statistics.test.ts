import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitWindowNull } from './null-model.ts'
import {
  benjaminiHochberg,
  binomialTail,
  hypergeometricTail,
  poissonBinomialTail,
  poissonTail,
  type TrialGroup,
} from './statistics.ts'

/** The chance of k or more, by adding trials one by one. */
function plainTail(k: number, groups: readonly TrialGroup[]): number {
  let chances = [1]
  for (const { trials, p } of groups) {
    for (let trial = 0; trial < trials; trial++) {
      const next = new Array<number>(chances.length + 1).fill(0)
      for (const [i, chance] of chances.entries()) {
        next[i] = (next[i] ?? 0) + chance * (1 - p)
        next[i + 1] = (next[i + 1] ?? 0) + chance * p
      }
      chances = next
    }
  }
  return chances.slice(k).reduce((sum, chance) => sum + chance, 0)
}

const near = (actual: number, expected: number, relative: number): void =>
  assert.ok(Math.abs(actual - expected) <= relative * expected, `${actual}, not ${expected}`)

test('tails of known distributions', () => {
  near(binomialTail(8, 10, 0.5), 56 / 1024, 1e-10)
  near(binomialTail(1, 3, 0.1), 1 - 0.729, 1e-10)
  near(poissonTail(3, 2), 1 - Math.exp(-2) * 5, 1e-10)
  // 1 over 20 choose 10
  near(hypergeometricTail(10, 20, 10, 10), 1 / 184756, 1e-9)
  assert.equal(hypergeometricTail(0, 20, 10, 10), 1)
  assert.equal(hypergeometricTail(11, 20, 10, 10), 0)
})

test('the tail of unequal trials is exact while small, and close beyond', () => {
  const small = [
    { trials: 20, p: 0.01 },
    { trials: 5, p: 0.4 },
    { trials: 100, p: 0.002 },
  ]
  near(poissonBinomialTail(1, small), plainTail(1, small), 0.02)
  for (const k of [3, 5, 8, 12]) near(poissonBinomialTail(k, small), plainTail(k, small), 1e-6)
  const large = [
    { trials: 300, p: 0.1 },
    { trials: 100, p: 0.3 },
  ]
  for (const k of [75, 90, 110, 150]) near(poissonBinomialTail(k, large), plainTail(k, large), 0.05)
  assert.equal(poissonBinomialTail(126, small), 0)
  assert.equal(poissonBinomialTail(0, small), 1)
})

test('false discoveries: the threshold is the largest p under its line', () => {
  assert.equal(benjaminiHochberg([0.04, 0.001, 0.012, 0.3], 4, 0.05), 0.012)
  assert.equal(benjaminiHochberg([0.04, 0.001, 0.012, 0.3], 4, 0.001), -1)
  assert.equal(benjaminiHochberg([0.001], 100, 0.05), -1)
})

test('the null model keeps every degree on average', () => {
  const sources = [
    { degree: 2, count: 30 },
    { degree: 10, count: 5 },
    { degree: 60, count: 1 },
  ]
  const subjects = [
    { degree: 1, count: 110 },
    { degree: 2, count: 20 },
    { degree: 10, count: 2 },
  ]
  const model = fitWindowNull(sources, subjects)
  for (const { degree } of sources) {
    const chances = model.chancesOf(degree)
    near(
      subjects.reduce((sum, { count }, i) => sum + count * (chances[i] ?? 0), 0),
      degree,
      1e-3,
    )
  }
})
