import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import type { Finding } from './finding.ts'
import { KeptFindings } from './kept-findings.ts'

test('the gravest are kept, in order, whatever their number; all are counted', () => {
  const kept = new KeptFindings()
  const total = 5 * LIMITS.reportFindings + 7
  for (let i = 0; i < total; i++) {
    const severity = i % 100 === 99 ? 'critical' : 'low'
    kept.add({ id: `F-${i}`, severity, firstSeen: String(total - i).padStart(6, '0') } as Finding)
  }
  const list = kept.list()
  assert.equal(kept.total, total)
  assert.equal(list.length, LIMITS.reportFindings)
  const critical = list.filter(({ severity }) => severity === 'critical').length
  assert.equal(critical, Math.floor(total / 100))
  assert.ok(list.every(({ severity }, i) => (severity === 'critical') === i < critical))
  assert.equal(list.at(critical)?.id, `F-${total - 1}`)
})
