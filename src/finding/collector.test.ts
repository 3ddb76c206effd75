import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { agreed, CASTS, networkOf } from '../detect/cast.vectors.ts'
import { confidence } from '../detect/confidence.ts'
import type { Suspicion } from '../detect/detector.ts'
import { anyTimeInterrogation } from '../detect/detectors/loc-01.ts'
import { provideSubscriberInfo } from '../detect/detectors/loc-02.ts'
import type { Detection } from '../detect/runner.ts'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { LIMITS } from '../limits.ts'
import { compareFindings, FindingCollector } from './collector.ts'
import type { Finding } from './finding.ts'

const SECOND_US = 1_000_000
const HOUR_US = 3_600 * SECOND_US
const START_US = 1_772_438_400 * SECOND_US
const [{ network, home, partner, stranger } = assert.fail()] = CASTS

const SUSPICION: Suspicion = {
  outcome: 'fail',
  why: '46701740616 sent anyTimeInterrogation',
  confidence: confidence({ operator: 0.75 }),
}

/** A request under suspicion, `afterUs` after the start, and its `seq`. */
function request(seq: number, afterUs: number, given: Partial<SignallingEvent> = {}): SignallingEvent {
  const subject = { subjectImsi: home.imsi }
  const place = { frame: seq, timeUs: START_US + afterUs, seq }
  return signallingEvent({ operation: 'anyTimeInterrogation', callingGt: stranger.scf, ...subject, ...place, ...given })
}

/** The answer to request `answers`, a hundredth of a second later. */
function answer(to: SignallingEvent, given: Partial<SignallingEvent> = {}): SignallingEvent {
  const place = { frame: to.frame + 1_000_000, timeUs: to.timeUs + 10_000, seq: to.seq + 1_000_000 }
  return signallingEvent({ kind: 'result', tcap: 'end', ...place, answers: to.seq, ...given })
}

/** A collector with what it has found so far. */
function collect(couldSeeAnswer: (request: SignallingEvent) => boolean = () => true) {
  const findings: Finding[] = []
  const collector = new FindingCollector(network, couldSeeAnswer, (finding) => findings.push(finding))
  const suspect = (event: SignallingEvent, given: Partial<Detection> = {}): void => {
    collector.add({ detector: anyTimeInterrogation, event, suspicion: SUSPICION, expired: null, ...given })
    collector.take(event)
  }
  return { findings, collector, suspect }
}

test('one request is one finding, with every key of the contract', () => {
  const { findings, collector, suspect } = collect()
  const event = request(7, 0)
  suspect(event)
  collector.take(answer(event, { cellId: '001-01-300-2001', nodeAddress: home.vlr }))
  assert.equal(findings.length, 0)
  collector.flush()
  const [finding] = findings
  assert.deepEqual(finding, {
    schema: 1,
    id: finding?.id,
    detector: 'LOC-01',
    version: 1,
    class: 'location',
    severity: 'high',
    confidence: 0.75,
    title: anyTimeInterrogation.title,
    why: '46701740616 sent anyTimeInterrogation; it was answered, giving away a cell, a serving node (confidence 0.75: whose the addresses are 0.75).',
    benign: anyTimeInterrogation.benign,
    source: {
      gt: stranger.scf,
      host: null,
      realm: null,
      ip: '198.51.100.7',
      opc: 2057,
      operator: null,
      country: 'SE',
      method: 'public numbering',
    },
    subject: { imsi: home.imsi, msisdn: null },
    answered: true,
    firstSeen: '2026-03-02T08:00:00.000000Z',
    lastSeen: '2026-03-02T08:00:00.000000Z',
    count: 1,
    techniques: anyTimeInterrogation.techniques,
    evidence: [
      { capture: 'tap.pcap', frame: 7 },
      { capture: 'tap.pcap', frame: 1_000_007 },
    ],
    evidenceCount: 2,
  })
  assert.match(finding?.id ?? '', /^F-[0-9a-f]{16}$/)
})

test('one finding for each source, subject, detector and episode', () => {
  const { findings, collector, suspect } = collect()
  suspect(request(1, 0))
  suspect(request(2, HOUR_US))
  suspect(request(3, 2 * HOUR_US, { callingGt: partner.scf }))
  suspect(request(4, 2 * HOUR_US, { subjectImsi: partner.imsi }))
  suspect(request(5, 2 * HOUR_US, { subjectImsi: null, subjectMsisdn: home.msisdn }))
  suspect(request(6, 2 * HOUR_US), { detector: provideSubscriberInfo })
  suspect(request(7, 2 * HOUR_US, { subjectImsi: null }))
  suspect(request(8, 8 * HOUR_US))
  collector.flush()
  const rows = findings.map(({ detector, source, subject, count, evidence }) => {
    return [detector, source.gt, subject.imsi ?? subject.msisdn, count, evidence[0]?.frame]
  })
  rows.sort((a, b) => Number(a[4]) - Number(b[4]))
  assert.deepEqual(rows, [
    ['LOC-01', stranger.scf, home.imsi, 2, 1],
    ['LOC-01', partner.scf, home.imsi, 1, 3],
    ['LOC-01', stranger.scf, partner.imsi, 1, 4],
    ['LOC-01', stranger.scf, home.msisdn, 1, 5],
    ['LOC-02', stranger.scf, home.imsi, 1, 6],
    ['LOC-01', stranger.scf, null, 1, 7],
    ['LOC-01', stranger.scf, home.imsi, 1, 8],
  ])
  assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length)
})

test('without a global title the point code is the source', () => {
  const { findings, collector, suspect } = collect()
  suspect(request(1, 0, { callingGt: null, opc: 2057 }))
  suspect(request(2, 0, { callingGt: null, opc: 2057 }))
  suspect(request(3, 0, { callingGt: null, opc: 4114 }))
  collector.flush()
  assert.deepEqual(
    findings.map(({ source, count }) => [source.opc, source.operator, count]),
    [
      [2057, null, 2],
      [4114, home.name, 1],
    ],
  )
})

test('answered: a result, a refusal, silence, and an answer that would not have been seen', () => {
  type Reply = Partial<SignallingEvent> | null
  const cases: readonly [readonly Reply[], boolean, boolean | null, string][] = [
    [[{}], true, true, 'it was answered'],
    [[{ kind: 'error', errorCode: 49 }], true, false, 'it was refused with ati-NotAllowed'],
    [[{ kind: 'error', errorCode: 201 }], true, false, 'it was refused with an unknown error'],
    [[{ kind: 'error', errorCode: null }], true, false, 'it was refused with an unknown error'],
    [[{ kind: 'reject' }], false, false, 'it was rejected'],
    [[{ kind: 'abort' }], false, false, 'it was aborted'],
    [[{ kind: 'dialogue' }], false, false, 'it was ended without a result'],
    [[null], true, false, 'no answer was seen'],
    [[null], false, null, 'an answer would not have been seen'],
    [[null, {}], false, true, '1 answered, 1 whose answer would not have been seen'],
    [[null, { kind: 'abort' }], false, false, '1 aborted, 1 whose answer would not have been seen'],
    [[{ kind: 'abort' }, {}, { imsi: '001010000000021' }], true, true, '2 answered, giving away an IMSI, 1 aborted'],
    [[{ vectors: 2, imei: '1', position: '0,0' }], true, true, 'a position, an IMEI, authentication vectors'],
  ]
  for (const [replies, visible, answered, words] of cases) {
    const { findings, collector, suspect } = collect(() => visible)
    for (const [i, reply] of replies.entries()) {
      const event = request(i + 1, i * SECOND_US)
      suspect(event)
      if (reply !== null) collector.take(answer(event, reply))
    }
    collector.flush()
    assert.equal(findings.length, 1)
    assert.equal(findings[0]?.answered, answered, words)
    assert.ok(findings[0]?.why.includes(`${words} (confidence`), findings[0]?.why)
  }
})

test('the answer to a forged address goes elsewhere: silence says nothing, an answer does', () => {
  const forged = { suspicion: { ...SUSPICION, answerGoesElsewhere: true as const } }
  for (const [reply, answered] of [
    [null, null],
    [{}, true],
  ] as const) {
    const { findings, collector, suspect } = collect(() => true)
    const event = request(1, 0)
    suspect(event, forged)
    if (reply !== null) collector.take(answer(event, reply))
    collector.flush()
    assert.equal(findings[0]?.answered, answered)
  }
})

test('an answer counts for every finding that waits for it, and once', () => {
  const { findings, collector, suspect } = collect()
  const event = request(1, 0)
  suspect(event)
  suspect(event, { detector: provideSubscriberInfo })
  collector.take(answer(event))
  collector.take(answer(event))
  collector.flush()
  assert.deepEqual(
    findings.map(({ answered, evidenceCount, why }) => [answered, evidenceCount, why.includes('it was answered')]),
    [
      [true, 2, true],
      [true, 2, true],
    ],
  )
})

test('whether an answer could be seen is judged by all that was seen up to the end', () => {
  let visible = false
  const { findings, collector, suspect } = collect(() => visible)
  suspect(request(1, 0))
  collector.take(request(2, HOUR_US))
  visible = true
  collector.flush()
  assert.equal(findings[0]?.answered, false)
})

test('an answer that comes too late, and one at the last moment', () => {
  for (const [afterUs, answered] of [
    [LIMITS.transactionUs, true],
    [LIMITS.transactionUs + 1, false],
  ] as const) {
    const { findings, collector, suspect } = collect()
    const event = request(1, 0)
    suspect(event)
    collector.take(request(2, afterUs))
    collector.take(answer(event, { timeUs: event.timeUs + afterUs }))
    collector.flush()
    assert.equal(findings[0]?.answered, answered)
  }
})

test('a finding quiet for longer than an episode closes as time goes on', () => {
  const { findings, collector, suspect } = collect()
  suspect(request(1, 0))
  suspect(request(2, 0, { subjectImsi: partner.imsi }))
  suspect(request(3, HOUR_US))
  collector.take(request(4, 6 * HOUR_US))
  assert.equal(findings.length, 0)
  collector.take(request(5, 6 * HOUR_US + 1))
  assert.deepEqual(
    findings.map(({ subject }) => subject.imsi),
    [partner.imsi],
  )
  collector.take(request(6, 7 * HOUR_US + 1))
  assert.deepEqual(
    findings.map(({ subject, count, answered }) => [subject.imsi, count, answered]),
    [
      [partner.imsi, 1, false],
      [home.imsi, 2, false],
    ],
  )
})

test('evidence is capped while the count goes on; a frame counts once', () => {
  const { findings, collector, suspect } = collect()
  const requests = 3 * LIMITS.evidence
  for (let i = 0; i < requests; i++) {
    const event = request(i + 1, i * SECOND_US, { frame: 1 + (i >> 1) })
    suspect(event)
    if (i === requests - 1) collector.take(answer(event))
  }
  collector.flush()
  const [finding] = findings
  assert.equal(finding?.count, requests)
  assert.equal(finding?.evidence.length, LIMITS.evidence)
  assert.equal(finding?.evidenceCount, requests / 2 + 1)
  assert.deepEqual(finding?.evidence.at(-1), { capture: 'tap.pcap', frame: LIMITS.evidence })
})

test('ids: the same for the same input, apart for several findings of one frame, and blind to the subscriber', () => {
  const run = (subjects: readonly string[], frame = 1) => {
    const { findings, collector, suspect } = collect()
    for (const [i, subjectImsi] of subjects.entries()) suspect(request(i + 1, 0, { frame, subjectImsi }))
    collector.flush()
    return findings.map(({ id }) => id)
  }
  const ids = run([home.imsi, partner.imsi])
  assert.deepEqual(run([home.imsi, partner.imsi]), ids)
  assert.equal(new Set(ids).size, 2)
  // were it part of the id, trying the few masked digits would bring the identity back
  assert.deepEqual(run([stranger.imsi, home.imsi]), ids)
  assert.notDeepEqual(run([home.imsi, partner.imsi], 2), ids)
})

test('an exception that had run out is named', () => {
  const { findings, collector, suspect } = collect()
  const expired = agreed(stranger.scf, ['LOC-01'], '2026-01-31')
  suspect(request(1, 0), { expired })
  suspect(request(2, 0, { callingGt: partner.scf }), { expired: { ...expired, owner: null } })
  collector.flush()
  const [first, second] = findings.map(({ why }) => why)
  assert.match(first ?? '', /\. The exception agreed with security@example\.net until 2026-01-31 had expired\.$/)
  assert.match(second ?? '', /agreed with an owner not named until/)
  assert.equal(networkOf(CASTS[0] ?? assert.fail(), [expired]).exceptionFor.length, 3)
})

test('times that go backwards or leap ahead lose nothing', () => {
  const { findings, collector, suspect } = collect()
  const times = [10, 4, 9_000_000_000, 5, 11, -3]
  for (const [i, second] of times.entries()) {
    const event = request(i + 1, second * SECOND_US)
    suspect(event)
    collector.take(answer(event))
  }
  collector.flush()
  assert.equal(
    findings.reduce((sum, { count }) => sum + count, 0),
    times.length,
  )
  assert.ok(findings.every(({ answered, firstSeen, lastSeen }) => answered === true && firstSeen <= lastSeen))
})

test('an endless episode of requests without answers takes no more than the last two minutes', () => {
  const { findings, collector, suspect } = collect()
  const before = heapUsed()
  const requests = 300_000
  for (let i = 1; i <= requests; i++) suspect(request(i, i * 10_000))
  // 12,000 requests are within the time of a transaction; all of them would be some 200 MB
  assert.ok(heapUsed() - before < 60_000_000)
  collector.flush()
  assert.equal(findings[0]?.count, requests)
  assert.ok(findings[0]?.why.includes(`${requests} times; ${requests} without an answer (`))
})

test('beyond the bounds the longest quiet goes first, and every request is in one finding', () => {
  const { findings, collector, suspect } = collect()
  const requests = LIMITS.openFindings + 10
  for (let i = 1; i <= requests; i++) {
    // the first stays in use
    if (i % 1000 === 0) suspect(request(requests + i, 0, { subjectImsi: 'first' }))
    suspect(request(i, 0, { subjectImsi: i === 1 ? 'first' : String(i) }))
  }
  assert.ok(findings.length > 0)
  assert.ok(!findings.some(({ subject }) => subject.imsi === 'first'))
  collector.flush()
  const counted = findings.reduce((sum, { count }) => sum + count, 0)
  assert.equal(counted, requests + Math.floor(requests / 1000))
  assert.ok(findings.every(({ answered }) => answered === false))
})

test('the gravest come first, then the earliest', () => {
  const { findings, collector, suspect } = collect()
  suspect(request(1, 5 * SECOND_US))
  suspect(request(2, 0, { subjectImsi: partner.imsi }))
  suspect(request(3, 9 * SECOND_US), { detector: { ...provideSubscriberInfo, severity: 'critical' } })
  collector.flush()
  const order = findings.toSorted(compareFindings).map(({ evidence }) => evidence[0]?.frame)
  assert.deepEqual(order, [3, 2, 1])
})

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

test('what a suspicion rests on besides the request is evidence, and a host name keeps its letters', () => {
  const { findings, collector, suspect } = collect()
  const event = request(7, 0)
  const proof = [request(9, SECOND_US), request(12, 2 * SECOND_US)]
  suspect(event, { suspicion: { ...SUSPICION, why: 'hss1.example.net sent it', proof } })
  collector.flush()
  assert.deepEqual(
    findings[0]?.evidence.map(({ frame }) => frame),
    [7, 9, 12],
  )
  assert.equal(findings[0]?.evidenceCount, 3)
  assert.match(findings[0]?.why ?? '', /^hss1\.example\.net sent it/)
})

test('what a source does all the time is one finding about no subscriber, through weeks of quiet', () => {
  const { findings, collector, suspect } = collect()
  const suspicion: Suspicion = { ...SUSPICION, ofSource: 'custom' }
  for (let i = 0; i < 5; i++) {
    suspect(request(i + 1, i * 100 * HOUR_US, { subjectImsi: `00101000000000${i}` }), { suspicion })
    suspect(request(i + 101, i * 100 * HOUR_US))
  }
  suspect(request(201, 5 * 100 * HOUR_US + 31 * 24 * HOUR_US, { subjectImsi: home.imsi }), { suspicion })
  collector.flush()
  const customs = findings.filter(({ subject }) => subject.imsi === null)
  assert.deepEqual(
    customs.map(({ count, evidenceCount }) => [count, evidenceCount]),
    [
      [5, 5],
      [1, 1],
    ],
  )
  assert.equal(findings.length - customs.length, 5)
})

test('an episode of a source is one finding about no subscriber', () => {
  const { findings, collector, suspect } = collect()
  const suspicion: Suspicion = { ...SUSPICION, ofSource: 'episode' }
  for (let i = 0; i < 4; i++)
    suspect(request(i + 1, i * SECOND_US, { subjectImsi: `00101000000000${i}` }), { suspicion })
  suspect(request(9, 7 * HOUR_US), { suspicion })
  collector.flush()
  assert.deepEqual(
    findings.map(({ count, subject }) => [count, subject.imsi]),
    [
      [4, null],
      [1, null],
    ],
  )
})
