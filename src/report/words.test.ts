import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatBytes,
  formatConfidence,
  formatCount,
  formatCountry,
  formatDays,
  formatMoment,
  formatRange,
  formatShare,
  formatTime,
  WORDS,
} from './words.ts'

test('numbers', () => {
  assert.equal(formatCount(0), '0')
  assert.equal(formatCount(1_234_567), '1,234,567')
  assert.equal(formatBytes(999), '999 bytes')
  assert.equal(formatBytes(1_250_000), '1.3 MB')
  assert.equal(formatShare(1, 3), '33.3 %')
  assert.equal(formatShare(1, 1_000_000), '< 0.1 %')
  assert.equal(formatShare(999_999, 1_000_000), '> 99.9 %')
  assert.equal(formatShare(0, 0), '–')
  assert.equal(formatConfidence(0.8), 'high (0.80)')
  assert.equal(formatConfidence(0.5), 'medium (0.50)')
  assert.equal(formatConfidence(0.1), 'low (0.10)')
})

test('times, and text that is none', () => {
  assert.equal(formatTime('2026-03-03T08:00:12.123456Z'), '2026-03-03 08:00:12')
  assert.equal(formatTime('soon'), 'soon')
  assert.equal(formatMoment('2026-03-03T08:00:12Z'), '08:00 on 3 March 2026')
  assert.equal(formatRange('2026-03-03T08:00:12Z', '2026-03-03T09:00:00Z'), '2026-03-03 08:00:12 to 09:00:00')
  assert.equal(formatRange(null, null), WORDS.noTime)
})

test('days say once what both ends share', () => {
  const days = (first: string, last: string) => formatDays(`${first}T00:00:00Z`, `${last}T00:00:00Z`)
  assert.equal(days('2026-03-03', '2026-03-03'), '3 March 2026')
  assert.equal(days('2026-03-03', '2026-03-05'), '3 to 5 March 2026')
  assert.equal(days('2026-02-28', '2026-03-03'), '28 February to 3 March 2026')
  assert.equal(days('2025-03-03', '2026-03-03'), '3 March 2025 to 3 March 2026')
})

test('countries, and codes that name none', () => {
  assert.equal(formatCountry('BB'), 'Barbados (BB)')
  assert.equal(formatCountry(null), 'country unknown')
  assert.equal(formatCountry('x1'), 'x1')
})
