import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../bytes/bytes.vectors.ts'
import { LIMITS } from '../limits.ts'
import type { PacketAnomaly, Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import {
  avp,
  chars,
  FROM_HSS,
  FROM_MME,
  HSS,
  IMSI,
  MME,
  message,
  S6A,
  SESSION,
  tgpp,
  u32,
} from '../signalling/diameter/avp.vectors.ts'
import { MESSAGES } from '../signalling/diameter/diameter.vectors.ts'
import type { Outcome } from './coverage.ts'
import { DiameterEvents } from './diameter-events.ts'
import { type DiameterIds, DiameterRequests } from './diameter-requests.ts'
import { blankEvent, type SignallingEvent } from './signalling-event.ts'

const USER = avp(1, chars(IMSI))
const OK = avp(268, u32(2001))
const REQUEST = message('c0', 318, S6A, FROM_MME, USER)
const ANSWER = message('40', 318, S6A, FROM_HSS, OK)

const withIds = (octets: string, hopByHop: string, endToEnd: string): string =>
  octets.slice(0, 24) + hopByHop + endToEnd + octets.slice(40)

interface Way {
  readonly association?: number
  readonly back?: boolean
  readonly ports?: readonly [number, number]
  readonly ips?: readonly [string, string]
  readonly anomalies?: readonly PacketAnomaly[]
}

/** Feeds payloads to an adapter and keeps the events. */
class Tap {
  readonly events: SignallingEvent[] = []
  timeUs = 1_772_438_400_000_000
  last: Outcome | null = null
  private seq = 100
  readonly adapter = new DiameterEvents(
    [{ name: 'tap.pcap' }],
    (event) => this.events.push(event),
    () => ++this.seq,
  )

  /** @returns the events that the payload gave. */
  send(octets: string, way: Way = {}): SignallingEvent[] {
    const bytes = hex('0000', octets)
    const [srcPort = 0, dstPort = 0] = way.ports ?? [40000, 3868]
    const [srcIp = '', dstIp = ''] = way.ips ?? ['192.0.2.1', '192.0.2.2']
    const back = way.back === true
    const payload: Payload = {
      packet: { capture: 0, frame: 7, timeUs: this.timeUs, bytes, start: 1, end: bytes.length } as Payload['packet'],
      transport: 'sctp',
      bytes,
      start: 2,
      end: bytes.length,
      ppid: 46,
      srcIp: back ? dstIp : srcIp,
      dstIp: back ? srcIp : dstIp,
      srcPort: back ? dstPort : srcPort,
      dstPort: back ? srcPort : dstPort,
      association: way.association ?? 1,
      anomalies: way.anomalies ?? [],
      stream: null,
    }
    const before = this.events.length
    this.last = this.adapter.take(payload, AnomalyList.of(payload.anomalies))
    return this.events.slice(before)
  }

  one(octets: string, way: Way = {}): SignallingEvent {
    const [event, ...more] = this.send(octets, way)
    assert.ok(event !== undefined && more.length === 0)
    return event
  }
}

test('an answer answers its request, and is about its subscriber', () => {
  const tap = new Tap()
  const request = tap.one(REQUEST)
  assert.deepEqual(
    [request.kind, request.operation, request.code, request.seq, request.answers, request.capture, request.frame],
    ['request', 'Authentication-Information', 318, 101, 0, 'tap.pcap', 7],
  )
  assert.deepEqual(
    [request.imsi, request.subjectImsi, request.sessionId, request.applicationId],
    [IMSI, IMSI, SESSION, S6A],
  )
  assert.deepEqual([request.detail.hopByHop, request.detail.endToEnd], [0x7a000001, 0x5b000002])
  assert.ok(request.encoding !== null)
  const answer = tap.one(ANSWER, { back: true })
  assert.deepEqual(
    [answer.kind, answer.operation, answer.seq, answer.answers, answer.imsi, answer.subjectImsi, answer.resultCode],
    ['answer', 'Authentication-Information', 102, 101, null, IMSI, 2001],
  )
  assert.equal(answer.encoding, null)
  assert.deepEqual(tap.last, { ...tap.last, protocol: 'diameter', state: 'decoded', reason: '' })
})

test('every key of an event is there, in its order', () => {
  const tap = new Tap()
  for (const [octets] of MESSAGES) {
    const event = tap.one(octets)
    assert.deepEqual(Object.keys(event), Object.keys(blankEvent()))
    assert.deepEqual(Object.keys(event.detail), Object.keys(blankEvent().detail))
  }
})

test('an answer counts once', () => {
  const tap = new Tap()
  tap.one(REQUEST)
  assert.equal(tap.one(ANSWER, { back: true }).answers, 101)
  assert.equal(tap.one(ANSWER, { back: true }).answers, 0)
})

/** What keeps an answer from its request. */
const STRANGERS: readonly (readonly [string, string, Way])[] = [
  ['another Hop-by-Hop identifier', withIds(ANSWER, '7a000009', '5b000009'), { back: true }],
  ['another command', message('40', 316, S6A, FROM_HSS, OK), { back: true }],
  ['the same direction', withIds(ANSWER, '7a000001', '5b000009'), {}],
  ['another connection and session', message('40', 318, S6A, OK), { back: true, association: 2 }],
]

for (const [what, octets, way] of STRANGERS) {
  test(`${what} is no answer`, () => {
    const tap = new Tap()
    tap.one(REQUEST)
    assert.equal(tap.one(octets, way).answers, 0)
  })
}

test('an answer on another connection is found by its end and its session, and the own one still comes', () => {
  const tap = new Tap()
  tap.one(REQUEST)
  const elsewhere = tap.one(withIds(ANSWER, '00000009', '5b000002'), {
    back: true,
    association: 2,
    ports: [5000, 3868],
  })
  assert.deepEqual([elsewhere.answers, elsewhere.subjectImsi, elsewhere.anomalies], [101, IMSI, []])
  assert.equal(tap.one(ANSWER, { back: true }).answers, 101)
})

test('peers with several addresses: without a session, both identifiers and the ports find the request', () => {
  const [watchdog, alive] = [message('80', 280, 0), message('00', 280, 0, OK)]
  const tap = new Tap()
  tap.one(watchdog)
  assert.equal(tap.one(alive, { back: true, association: 2, ports: [1, 2] }).answers, 0)
  assert.equal(tap.one(withIds(alive, '00000007', '5b000002'), { back: true, association: 2 }).answers, 0)
  assert.equal(tap.one(alive, { back: true, association: 2 }).answers, 101)
})

test('an End-to-End identifier that changes is named', () => {
  const tap = new Tap()
  tap.one(REQUEST)
  const answer = tap.one(withIds(ANSWER, '7a000001', '00000001'), { back: true })
  assert.deepEqual([answer.answers, answer.anomalies], [101, ['endToEndChanged']])
})

test('a request sent again is answered in its stead', () => {
  const tap = new Tap()
  tap.one(REQUEST)
  tap.one(REQUEST)
  assert.equal(tap.one(ANSWER, { back: true }).answers, 102)
  assert.equal(tap.one(ANSWER, { back: true }).answers, 0)
})

test('requests are forgotten with time', () => {
  const tap = new Tap()
  tap.one(REQUEST)
  tap.timeUs += LIMITS.transactionUs + 1
  assert.equal(tap.one(ANSWER, { back: true }).answers, 0)
})

test('requests without end are bounded, and the oldest is forgotten', () => {
  const requests = new DiameterRequests()
  const ids = (id: number, srcPort: number, dstPort: number): DiameterIds => ({
    association: 1,
    srcPort,
    dstPort,
    commandCode: 280,
    hopByHop: id,
    endToEnd: id,
    sessionId: null,
  })
  for (let id = 0; id < LIMITS.diameterRequests + 2; id++)
    requests.add(ids(id, 5000, 3868), 0, id + 1, null, null, null)
  assert.equal(requests.forgotten, 2)
  assert.equal(requests.answer(ids(1, 3868, 5000), 0), null)
  assert.equal(requests.answer(ids(2, 3868, 5000), 0)?.seq, 3)
})

test('several messages in one payload give an event each; what is odd about the payload holds for all', () => {
  const tap = new Tap()
  const odd = message('80', 280, 0)
  const events = tap.send(REQUEST + odd + ANSWER, { anomalies: ['cutByCapture'] })
  assert.deepEqual(
    events.map((event) => [event.code, event.anomalies]),
    [
      [318, ['cutByCapture']],
      [280, ['cutByCapture', 'missingParameter']],
      [318, ['cutByCapture']],
    ],
  )
})

/** Payload, events, outcome. */
const OUTCOMES: readonly (readonly [string, number, string, string])[] = [
  [REQUEST, 1, 'decoded', ''],
  [REQUEST.slice(0, -8), 1, 'partly', 'truncated'],
  [`${REQUEST}ffffffff`, 1, 'partly', 'octets behind the message are no Diameter message'],
  [REQUEST + REQUEST.slice(0, 24), 1, 'partly', 'truncated'],
  [message('80', 9999, 0), 1, 'partly', 'command code not defined'],
  [message('80', 280, 0, '0000000100000001'), 1, 'partly', 'AVP length'],
  ['0100', 0, 'not', 'truncated'],
  [`02${REQUEST.slice(2)}`, 0, 'not', 'unknown version'],
]

test('each way out has its outcome', () => {
  for (const [octets, count, state, reason] of OUTCOMES) {
    const tap = new Tap()
    assert.equal(tap.send(octets).length, count)
    assert.deepEqual([tap.last?.protocol, tap.last?.state, tap.last?.reason], ['diameter', state, reason])
  }
})

test('messages beyond the bound of one payload are told', () => {
  const tap = new Tap()
  const events = tap.send(message('80', 280, 0).repeat(LIMITS.diameterMessagesPerPayload + 1))
  assert.deepEqual([events.length, tap.last?.state], [LIMITS.diameterMessagesPerPayload, 'partly'])
})

test('a fault says where in the frame', () => {
  const { fault } = new Tap().one(message('80', 280, 0, '0000000100000001'))
  // two octets in front, the packet begins at the second
  assert.deepEqual(fault, { layer: 'diameter', reason: 'AVP length', offset: 1 + 20 })
})

test('whether an answer would have been seen: by its host, or by the way', () => {
  const tap = new Tap()
  const request = tap.one(REQUEST)
  assert.equal(tap.adapter.visibility.couldSeeAnswer(request), false)
  tap.one(ANSWER, { back: true })
  assert.equal(tap.adapter.visibility.couldSeeAnswer(request), true)
  const elsewhere = { ips: ['192.0.2.5', '192.0.2.6'] } as const
  assert.equal(tap.adapter.visibility.couldSeeAnswer(tap.one(REQUEST, elsewhere)), true, 'the host was answered')
  const stranger = message('c0', 318, S6A, avp(264, chars('other.example')), USER)
  assert.equal(tap.adapter.visibility.couldSeeAnswer(tap.one(stranger)), true, 'the way back was seen')
  assert.equal(tap.adapter.visibility.couldSeeAnswer(tap.one(stranger, elsewhere)), false)
})

test('a short message towards the phone, and one from it', () => {
  const tap = new Tap()
  const delivery = tgpp(3301, '040c91447700091032400052012021001400 00')
  const { sms } = tap.one(message('c0', 8388646, 16777313, FROM_HSS, USER, delivery))
  assert.deepEqual(
    [sms?.pid, sms?.dcs, sms?.udh, sms?.originator, sms?.oaType],
    [0x40, 0, null, '447700900123', 'international'],
  )
  const submission = tgpp(3301, '01000c914477000910320000 00')
  const sent = tap.one(
    message('c0', 8388645, 16777313, FROM_MME, tgpp(3102, tgpp(701, '447700090020')), submission),
  ).sms
  assert.deepEqual([sent?.originator, sent?.oaType, sent?.tpdu?.address], ['447700900002', null, '447700900123'])
  assert.equal(tap.one(message('c0', 8388646, 16777313, FROM_HSS, USER, tgpp(3301, '04'))).sms, null)
})

test('peers that speak at once are told apart by their ports', () => {
  const tap = new Tap()
  const watchdog = message('80', 280, 0, avp(264, chars(MME)), avp(296, chars('x')))
  const alive = message('00', 280, 0, avp(264, chars(HSS)), avp(296, chars('x')), OK)
  const [one, two] = [tap.one(watchdog), tap.one(watchdog, { back: true })]
  assert.equal(tap.one(alive).answers, two.seq)
  assert.equal(tap.one(alive, { back: true }).answers, one.seq)
})
