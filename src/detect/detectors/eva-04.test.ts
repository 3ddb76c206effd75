import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { AnomalyName } from '../../signalling/anomaly.ts'
import { assertFires, CASTS } from '../cast.vectors.ts'
import { countsOf, play, testOddity } from '../oddity-cases.vectors.ts'
import { oddEncoding } from './eva-04.ts'

testOddity(
  oddEncoding,
  (request) => [{ ...request, anomalies: ['nonMinimalLength'] }],
  /in an odd encoding \(nonMinimalLength\)/,
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
