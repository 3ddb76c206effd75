import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { AnomalyName } from '../../signalling/anomaly.ts'
import { assertFires, CASTS, type Party } from '../cast.vectors.ts'
import { countsOf, play, repeated, testOddity } from '../oddity-cases.vectors.ts'
import { oddEncoding } from './eva-04.ts'

testOddity(
  oddEncoding,
  (request) => [{ ...request, anomalies: ['nonMinimalLength', 'unevenLengths'] }],
  /in an odd encoding \(nonMinimalLength, unevenLengths\)/,
)

test('fires on what no stack writes, whatever the habits', () => {
  for (const cast of CASTS) {
    const plain = signallingEvent({
      operation: 'updateLocation',
      callingGt: cast.partner.vlr,
      calledGt: cast.home.hlr,
      subjectImsi: cast.home.imsi,
    })
    for (const name of ['transactionIdLength', 'nonMinimalTag', 'constructedString'] as const) {
      const { detections } = play(oddEncoding, [{ ...plain, anomalies: [name] }], cast.network)
      assert.equal(detections.length, 1)
      assertFires(detections[0]?.suspicion ?? null, new RegExp(name), cast)
    }
  }
})

test('near misses: other oddities, another form in place, other protocols, answers', () => {
  for (const cast of CASTS) {
    const home = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.partner.hlr,
      calledGt: cast.home.vlr,
      subjectImsi: cast.partner.imsi,
    })
    const odd = (...anomalies: AnomalyName[]) => ({ ...home, anomalies })
    const events = [odd('constructedString'), odd('severalComponents'), odd('emptyBegin')]
    assert.deepEqual(countsOf(play(oddEncoding, events, cast.network)), { passed: 3, failed: 0, unavailable: [] })
    const others = [
      { ...odd('transactionIdLength'), protocol: 'cap' as const },
      { ...odd('transactionIdLength'), kind: 'result' as const },
    ]
    assert.equal(play(oddEncoding, others, cast.network).account.checked, 0)
  }
})

test('odd lengths throughout a message at first sight may be the stack’s, also where the request is out of place', () => {
  for (const cast of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      subjectImsi: cast.home.imsi,
    })
    const odd = (...anomalies: AnomalyName[]) => ({ ...request, anomalies })
    for (const event of [odd('nonMinimalLength'), odd('indefiniteLength', 'nonMinimalLength')]) {
      const { failed, unavailable } = countsOf(play(oddEncoding, [event], cast.network))
      assert.deepEqual([failed, unavailable], [0, ['too little is known of the habits of the source']])
    }
    for (const event of [
      { ...odd('nonMinimalLength'), identityMissing: true },
      odd('nonMinimalLength', 'unevenLengths'),
      odd('nonMinimalLength', 'duplicateParameter'),
      odd('paddedInteger'),
    ]) {
      const { detections } = play(oddEncoding, [event], cast.network)
      assert.equal(detections.length, 1)
      assertFires(detections[0]?.suspicion ?? null, /in an odd encoding/, cast)
    }
  }
})

/** What a visited network asks of the home register. */
function visitOf(home: Party, callingGt: string): SignallingEvent {
  const operation = 'sendAuthenticationInfo'
  return signallingEvent({ operation, callingGt, calledGt: home.hlr, subjectImsi: home.imsi })
}

/** What only the home of the subscriber may ask. */
function misplacedOf(home: Party, partner: Party): SignallingEvent {
  const operation = 'provideSubscriberInfo'
  return signallingEvent({ operation, callingGt: partner.hlr, calledGt: home.vlr, subjectImsi: home.imsi })
}

test('odd lengths count where the other nodes of the network never write them', () => {
  for (const { partner, home, network } of CASTS) {
    const visit = visitOf(home, partner.vlr)
    const request = { ...misplacedOf(home, partner), anomalies: ['nonMinimalLength'] as const }
    const after = (anomalies: readonly AnomalyName[]) =>
      play(oddEncoding, [...repeated({ ...visit, anomalies }, 30), request], network).detections.length
    assert.equal(after([]), 1)
    assert.equal(after(['nonMinimalLength']), 0)
  }
})

test('what a whole stack writes so is one finding of the source, about no subscriber', () => {
  for (const cast of CASTS) {
    const { partner, home, network } = cast
    const visit = visitOf(home, partner.vlr)
    const misplaced = { ...misplacedOf(home, partner), subjectMsisdn: home.msisdn }
    const request = { ...misplaced, anomalies: ['nonMinimalLength'] as const }
    const padded = repeated(request, 12, 40)
    const { detections, account } = play(oddEncoding, [...repeated(visit, 30), ...padded], network)
    assert.deepEqual([detections.length, account.failed], [12, 12])
    assertFires(detections[0]?.suspicion ?? null, /writes requests, such as provideSubscriberInfo, in an odd/, cast)
    for (const { suspicion } of detections) assert.equal(suspicion.ofSource, 'custom')
    const uneven = repeated({ ...request, anomalies: ['nonMinimalLength', 'unevenLengths'] as const }, 1)
    assert.equal(play(oddEncoding, uneven, network).detections[0]?.suspicion.ofSource, undefined)
  }
})

test('a custom of long lengths excuses nothing else where the request is out of place', () => {
  for (const { partner, home, network } of CASTS) {
    const visit = visitOf(home, partner.hlr)
    const request = misplacedOf(home, partner)
    const found = (custom: readonly AnomalyName[], anomalies: readonly AnomalyName[]) => {
      const customary = repeated({ ...visit, anomalies: custom }, 30)
      return play(oddEncoding, [...customary, { ...request, anomalies }], network).detections.length
    }
    assert.equal(found(['nonMinimalLength'], ['nonMinimalLength', 'paddedInteger']), 1)
    assert.equal(found(['nonMinimalLength'], ['nonMinimalLength', 'unevenLengths']), 1)
    assert.equal(found(['nonMinimalLength'], ['nonMinimalLength']), 0)
    assert.equal(found(['nonMinimalLength', 'paddedInteger'], ['nonMinimalLength', 'paddedInteger']), 0)
  }
})
