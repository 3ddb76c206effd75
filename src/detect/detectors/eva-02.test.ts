import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, outcomeOf } from '../cast.vectors.ts'
import { severalOperations } from './eva-02.ts'

const { detect } = severalOperations

test('fires on what stands behind another operation, with and without a network file', () => {
  for (const cast of CASTS) {
    const route = { callingGt: cast.stranger.scf, calledGt: cast.home.hlr, subjectImsi: cast.home.imsi }
    const hidden = signallingEvent({ operation: 'anyTimeInterrogation', invokesBefore: 1, ...route })
    for (const network of [cast.network, EMPTY_NETWORK]) {
      assertFires(detect(hidden, network), /sent anyTimeInterrogation behind another operation in one message/, cast)
      assertFires(detect({ ...hidden, invokesBefore: 7 }, network), /behind 7 other operations/, cast)
      assertFires(detect({ ...hidden, operation: null, code: 250 }, network), /sent operation 250 behind/, cast)
      assertFires(detect({ ...hidden, operation: null, code: null }, network), /an unreadable operation/, cast)
      assertJudgesRequestsOnly(severalOperations, hidden, network)
    }
  }
})

test('near miss: the first operation is seen by every filter', () => {
  const cover = signallingEvent({ operation: 'sendRoutingInfoForSM', anomalies: ['severalComponents'] })
  assert.equal(outcomeOf(detect(cover, EMPTY_NETWORK)), 'pass')
})

test('look-alikes: a profile in parts, trace with it, more short messages', () => {
  for (const operation of ['insertSubscriberData', 'activateTraceMode', 'mt-ForwardSM', 'forwardCheckSS-Indication']) {
    assert.equal(outcomeOf(detect(signallingEvent({ operation, invokesBefore: 3 }), EMPTY_NETWORK)), 'pass')
  }
})

test('different operations in one message weigh more than one repeated', () => {
  const repeated = signallingEvent({ operation: 'sendIMSI', invokesBefore: 1, anomalies: ['severalComponents'] })
  const mixed = { ...repeated, anomalies: ['severalComponents', 'mixedOperations'] as const }
  const [less, more] = [detect(repeated, EMPTY_NETWORK), detect(mixed, EMPTY_NETWORK)]
  assert.ok(less !== null && typeof less !== 'string' && less.outcome === 'fail')
  assert.ok(more !== null && typeof more !== 'string' && more.outcome === 'fail')
  assert.ok(less.confidence.value < more.confidence.value)
})
