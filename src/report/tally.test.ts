import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleFinding } from './report.vectors.ts'
import { groupBy, primaryAddress, rank, sourceKey, tally } from './tally.ts'

const SOURCE = sampleFinding().source

test('a tally adds up messages, subjects, sources and answers', () => {
  const sum = tally([
    sampleFinding({ answered: true, count: 3 }),
    sampleFinding({ answered: false, count: 4, confidence: 0.4, lastSeen: '2026-03-04T00:00:00.000000Z' }),
    sampleFinding({ answered: null, severity: 'critical', subject: { imsi: null, msisdn: '99912345' } }),
    sampleFinding({ source: { ...SOURCE, gt: '49100', country: null }, subject: { imsi: null, msisdn: null } }),
  ])
  assert.deepEqual(sum, {
    findings: 4,
    messages: 13,
    subjects: 2,
    sources: 2,
    countries: ['BB'],
    answers: { answered: 2, notAnswered: 1, notVisible: 1 },
    bySeverity: { info: 0, low: 0, medium: 0, high: 3, critical: 1 },
    worst: 'critical',
    confidence: { low: 0.4, high: 0.9 },
    firstSeen: '2026-03-03T08:00:12.000001Z',
    lastSeen: '2026-03-04T00:00:00.000000Z',
  })
})

test('no findings have no severity, time or confidence', () => {
  const sum = tally([])
  assert.equal(sum.worst, null)
  assert.equal(sum.confidence, null)
  assert.equal(sum.firstSeen, null)
})

test('the reading order: severity, answered, confidence, size', () => {
  const findings = [
    sampleFinding({ id: 'small', answered: false }),
    sampleFinding({ id: 'large', answered: false, count: 900 }),
    sampleFinding({ id: 'sure', answered: false, confidence: 0.99 }),
    sampleFinding({ id: 'answered', confidence: 0.1 }),
    sampleFinding({ id: 'critical', severity: 'critical', answered: null }),
  ]
  const order = ['critical', 'answered', 'sure', 'large', 'small']
  assert.deepEqual(
    rank(findings).map(({ id }) => id),
    order,
  )
  assert.deepEqual(
    rank(findings.toReversed()).map(({ id }) => id),
    order,
  )
})

test('groups come worst first, each with its own sum', () => {
  const groups = groupBy(
    [
      sampleFinding({ detector: 'A' }),
      sampleFinding({ detector: 'B', severity: 'low' }),
      sampleFinding({ detector: 'A' }),
    ],
    (finding) => finding.detector,
  )
  assert.deepEqual(
    groups.map(({ key, tally: sum }) => [key, sum.findings]),
    [
      ['A', 2],
      ['B', 1],
    ],
  )
})

test('a global title and a host of the same text are two sources', () => {
  const gt = sampleFinding({ source: { ...SOURCE, gt: '123' } })
  const host = sampleFinding({ source: { ...SOURCE, gt: null, host: '123' } })
  assert.notEqual(sourceKey(gt), sourceKey(host))
  assert.deepEqual(primaryAddress({ ...SOURCE, gt: null }), { kind: 'opc', value: '4321' })
  assert.equal(primaryAddress({ ...SOURCE, gt: null, opc: null }), null)
})
