import assert from 'node:assert/strict'
import { test } from 'node:test'
import { progressLine } from './progress.ts'

/** Octets read, their total, packets, findings, seconds since the start; and the line. */
const CASES: readonly [Parameters<typeof progressLine>, string][] = [
  [[0, null, 0, 0, 0], '0 MB read, 0 packets, 0 findings'],
  [[12_600_000, null, 1234567, 1, 9], '13 MB read, 1,234,567 packets, 1 findings'],
  [[0, 0, 0, 0, 0], '0 MB read, 0 packets, 0 findings'],
  [[0, 100, 0, 0, 5], `[${'.'.repeat(24)}] 0 %  0 packets, 0 findings`],
  [[50, 100, 7, 2, 1], `[${'#'.repeat(12)}${'.'.repeat(12)}] 50 %  7 packets, 2 findings`],
  [[50, 100, 7, 2, 30], `[${'#'.repeat(12)}${'.'.repeat(12)}] 50 %  7 packets, 2 findings, about 30 s left`],
  [[10, 100, 7, 2, 60], `[${'#'.repeat(2)}${'.'.repeat(22)}] 10 %  7 packets, 2 findings, about 9 min left`],
  [[1, 100, 7, 2, 600], `[${'.'.repeat(24)}] 1 %  7 packets, 2 findings, about 16.5 h left`],
  // a file that grew while it was read
  [[150, 100, 7, 2, 60], `[${'#'.repeat(24)}] 100 %  7 packets, 2 findings, about 0 s left`],
]

test('the progress line shows a share where the total is known, and the time left once it can be told', () => {
  for (const [args, line] of CASES) {
    assert.equal(progressLine(...args), line)
  }
})
