import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { timestampUnit, toTimeUs } from './timestamp.ts'

/** The definition, in whole numbers of any size. Source: draft-ietf-opsawg-pcapng §4.2. */
function exactTimeUs(resolution: number, offsetSeconds: bigint, ticks: bigint): number {
  const ticksPerSecond = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f)
  const timeUs = Number((ticks * 1_000_000n) / ticksPerSecond + offsetSeconds * 1_000_000n)
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, timeUs))
}

function timeUs(resolution: number, offsetSeconds: bigint, ticks: bigint): number {
  return toTimeUs(timestampUnit(resolution, offsetSeconds), Number(ticks >> 32n), Number(ticks & 0xffffffffn))
}

test('nanoseconds of 2026 keep every microsecond', () => {
  assert.equal(timeUs(9, 0n, 1_780_000_000_123_456_789n), 1_780_000_000_123_456)
  assert.equal(timeUs(9, 0n, 1_780_000_000_123_456_999n), 1_780_000_000_123_456)
  assert.equal(timeUs(9, 0n, 1_780_000_000_123_457_000n), 1_780_000_000_123_457)
})

test('each resolution, for times of our century', () => {
  const seconds = 1_780_000_000n
  for (const resolution of [0, 1, 3, 5, 6, 7, 8, 9]) {
    assert.equal(timeUs(resolution, 0n, seconds * 10n ** BigInt(resolution)), 1_780_000_000_000_000)
  }
  for (const exponent of [0, 1, 10, 16, 20, 31, 32, 33]) {
    assert.equal(timeUs(0x80 | exponent, 0n, seconds << BigInt(exponent)), 1_780_000_000_000_000)
    const half = exponent === 0 ? 0n : 1n << BigInt(exponent - 1)
    const expected = exponent === 0 ? 1_780_000_000_000_000 : 1_780_000_000_500_000
    assert.equal(timeUs(0x80 | exponent, 0n, (seconds << BigInt(exponent)) + half), expected)
  }
})

test('the offset moves the time both ways', () => {
  assert.equal(timeUs(6, 3600n, 5n), 3_600_000_005)
  assert.equal(timeUs(6, -1n, 5n), -999_995)
  assert.equal(timeUs(12, 1_780_000_000n, 1_234_567_890_123n), 1_780_000_001_234_567)
})

test('any resolution, offset and tick count gives the exact time, held to the safe integers', () => {
  const resolution = fc.integer({ min: 0, max: 255 })
  const offset = fc.oneof(fc.constant(0n), fc.bigInt({ min: -4_000_000_000n, max: 4_000_000_000n }))
  const ticks = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
  fc.assert(
    fc.property(resolution, offset, ticks, (r, o, t) => {
      const actual = timeUs(r, o, t)
      assert.ok(Number.isSafeInteger(actual))
      // Out of the range of exact doubles before the offset is added, the last digits may differ.
      if (Math.abs(exactTimeUs(r, 0n, t)) < Number.MAX_SAFE_INTEGER) assert.equal(actual, exactTimeUs(r, o, t))
    }),
    { numRuns: 3000, seed: 20260727 },
  )
})
