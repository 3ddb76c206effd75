import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK, type Network } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { type Told, tell } from '../sequence.vectors.ts'
import { severalOperations } from './eva-02.ts'

/** The events of one message: an invoke of each operation, as the decoder gives them. */
function message(operations: readonly (string | null)[], given: Partial<SignallingEvent> = {}): SignallingEvent[] {
  const isMixed = new Set(operations).size > 1
  const anomalies = isMixed ? (['severalComponents', 'mixedOperations'] as const) : (['severalComponents'] as const)
  return operations.map((operation, invokesBefore) =>
    signallingEvent({ operation, anomalies, ...given, invokesBefore, seq: invokesBefore + 1 }),
  )
}

function judge(events: readonly SignallingEvent[], network: Network = EMPTY_NETWORK): Told {
  return tell(severalOperations, { events: [...events] }, network)
}

function fromStranger({ stranger, home }: Cast): Partial<SignallingEvent> {
  return { callingGt: stranger.scf, calledGt: home.hlr, subjectImsi: home.imsi }
}

test('fires on what stands behind another operation, with and without a network file', () => {
  for (const cast of CASTS) {
    const route = fromStranger(cast)
    for (const network of [cast.network, EMPTY_NETWORK]) {
      for (const [operation, code, words] of [
        ['anyTimeInterrogation', 71, /sent anyTimeInterrogation behind another operation in one message/],
        [null, 250, /sent operation 250 behind/],
        [null, null, /an unreadable operation/],
      ] as const) {
        const { detections } = judge(message(['sendRoutingInfoForSM', operation], { ...route, code }), network)
        assert.equal(detections.length, 1)
        assertFires(detections[0]?.suspicion ?? null, words, cast)
      }
      const last = judge(message(['sendIMSI', ...Array(7).fill('sendIMSI')], route), network).detections.at(-1)
      assertFires(last?.suspicion ?? null, /behind 7 other operations/, cast)
    }
  }
})

test('fires on part of a profile behind what belongs to another dialogue', () => {
  for (const cast of CASTS) {
    const route = fromStranger(cast)
    for (const operations of [
      ['sendRoutingInfoForSM', 'insertSubscriberData'],
      ['mt-ForwardSM', 'insertSubscriberData'],
      [null, 'deleteSubscriberData'],
    ]) {
      const { detections } = judge(message(operations, route), cast.network)
      assert.equal(detections.length, 1)
      assertFires(detections[0]?.suspicion ?? null, /behind another operation/, cast)
    }
    const { detections } = judge(message(['insertSubscriberData', 'sendIMSI', 'insertSubscriberData'], route))
    assert.equal(detections.length, 2)
  }
})

test('near miss: the first operation is seen by every filter', () => {
  const { account } = judge(message(['sendRoutingInfoForSM']))
  assert.deepEqual([account.passed, account.failed], [1, 0])
})

test('near miss: one operation after the other in different messages', () => {
  const [cover] = message(['sendRoutingInfoForSM'])
  assert.ok(cover !== undefined)
  const parts = message(['insertSubscriberData', 'insertSubscriberData'], { otid: '00000002' })
  assert.equal(judge([cover, ...parts]).account.passed, 3)
})

test('look-alikes: a profile in parts, trace with it, more short messages', () => {
  for (const operations of [
    ['insertSubscriberData', 'insertSubscriberData', 'activateTraceMode', 'forwardCheckSS-Indication'],
    ['deleteSubscriberData', 'insertSubscriberData'],
    ['mt-ForwardSM', 'mt-ForwardSM'],
    ['notifySS', 'notifySS'],
  ]) {
    assert.equal(judge(message(operations)).account.passed, operations.length)
  }
  // the same operation alone tells enough, whatever else was captured
  assert.equal(judge(message(['insertSubscriberData', 'insertSubscriberData']).slice(1)).account.passed, 1)
})

test('unavailable where the event in front is missing, and none of its business where nothing is asked', () => {
  const [, behind] = message(['sendRoutingInfoForSM', 'insertSubscriberData'])
  assert.ok(behind !== undefined)
  assert.deepEqual(judge([behind]).unavailable, { 'what stands in front of the operation was not read': 1 })
  for (const kind of ['result', 'error', 'reject', 'abort'] as const) {
    assert.equal(judge(message(['sendIMSI', 'sendIMSI'], { kind })).account.checked, 0)
  }
})

test('different operations in one message weigh more than one repeated', () => {
  const value = (operations: readonly string[]): number =>
    judge(message(operations)).detections[0]?.suspicion.confidence.value ?? 0
  const [repeated, mixed] = [value(['sendIMSI', 'sendIMSI']), value(['checkIMEI', 'sendIMSI'])]
  assert.ok(repeated > 0 && repeated < mixed)
})

test('fires on what stands behind an answer in the message that opens a dialogue', () => {
  for (const cast of CASTS) {
    const route = { ...fromStranger(cast), otid: '0000a001', anomalies: ['severalComponents'] as const }
    const answer = signallingEvent({ ...route, kind: 'result', tcap: 'begin', operation: null, code: null })
    const hidden = signallingEvent({ ...route, tcap: 'begin', operation: 'provideSubscriberInfo', seq: 2 })
    const { detections } = judge([answer, hidden], cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sent provideSubscriberInfo behind an answer to nothing/, cast)
    const another = { ...hidden, otid: '0000a002' }
    assert.equal(judge([answer, another], cast.network).detections.length, 0)
    const goesOn = [answer, hidden].map((event) => ({ ...event, tcap: 'continue' as const }))
    assert.equal(judge(goesOn, cast.network).detections.length, 0)
  }
})
