import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../network/network.ts'
import { agreed, CASTS, networkOf } from './cast.vectors.ts'
import { confidence } from './confidence.ts'
import { type Detector, defineDetector, unavailable, type Verdict } from './detector.ts'
import { DETECTORS } from './index.ts'
import { type Detection, DetectorRunner } from './runner.ts'

/** A detector that answers by invoke identifier. */
function answering(id: string, operations: Detector['operations'], verdicts: readonly Verdict[]): Detector {
  return defineDetector({
    id,
    version: 3,
    class: 'location',
    severity: 'low',
    title: id,
    explanation: '',
    techniques: [],
    benign: [],
    unavailable: [],
    operations,
    detect: (event) => verdicts[event.invokeId ?? 0] ?? null,
  })
}

const FAIL: Verdict = { outcome: 'fail', why: 'it is so', confidence: confidence({ pattern: 0.5 }) }
const VERDICTS: readonly Verdict[] = [null, 'pass', FAIL, unavailable('a'), unavailable('b')]

test('every judged event stands in one count, and the counts add up', () => {
  const reported: Detection[] = []
  const detectors = [answering('LOC-98', 'any', VERDICTS), answering('LOC-99', ['sendIMSI'], VERDICTS)]
  const runner = new DetectorRunner(detectors, { network: EMPTY_NETWORK }, (detection) => reported.push(detection))
  for (const operation of ['sendIMSI', 'updateLocation', null]) {
    for (const invokeId of [0, 1, 2, 2, 3, 3, 3, 4]) runner.take(signallingEvent({ operation, invokeId }))
  }
  const row = { version: 3, excepted: 0 }
  const reasons = (a: number, b: number) => [
    { reason: 'a', count: a },
    { reason: 'b', count: b },
  ]
  assert.deepEqual(runner.accounts(), [
    { ...row, id: 'LOC-98', title: 'LOC-98', checked: 21, passed: 3, failed: 6, unavailable: reasons(9, 3) },
    { ...row, id: 'LOC-99', title: 'LOC-99', checked: 7, passed: 1, failed: 2, unavailable: reasons(3, 1) },
  ])
  assert.equal(reported.length, 8)
  assert.ok(reported.every(({ suspicion, expired }) => suspicion === FAIL && expired === null))
})

test('a detector gets all requests it names, and answers of those operations alone whose answers it judges', () => {
  const taken: string[] = []
  const detector = {
    ...answering('LOC-99', ['sendIMSI', 'updateLocation'], []),
    answersOf: ['updateLocation'],
    detect: ({ operation, kind }: { operation: string | null; kind: string }) => {
      taken.push(`${operation} ${kind}`)
      return null
    },
  }
  const runner = new DetectorRunner([detector], { network: EMPTY_NETWORK }, () => undefined)
  for (const operation of ['sendIMSI', 'updateLocation', 'purgeMS', null]) {
    for (const kind of ['invoke', 'result', 'error'] as const) runner.take(signallingEvent({ operation, kind }))
  }
  assert.deepEqual(taken, ['sendIMSI invoke', 'updateLocation invoke', 'updateLocation result', 'updateLocation error'])
})

test('agreed traffic is counted, not reported; what has run out is reported, with the agreement', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { partner, other } = cast
  const exceptions = [
    agreed(partner.hlr, ['LOC-99'], '2026-06-30'),
    agreed(other.hlr, ['LOC-99'], '2026-01-31'),
    agreed(other.scf, ['LOC-01'], '2026-06-30'),
  ]
  const reported: Detection[] = []
  const network = networkOf(cast, exceptions)
  const runner = new DetectorRunner([answering('LOC-99', 'any', [FAIL])], { network }, (one) => reported.push(one))
  const timeUs = Date.parse('2026-03-02T08:00:00Z') * 1000
  for (const callingGt of [partner.hlr, other.hlr, other.scf]) {
    runner.take(signallingEvent({ callingGt, invokeId: 0, timeUs }))
  }
  const [account] = runner.accounts()
  assert.ok(account !== undefined)
  const { checked, failed, excepted } = account
  assert.deepEqual({ checked, failed, excepted }, { checked: 3, failed: 2, excepted: 1 })
  assert.deepEqual(
    reported.map(({ event, expired }) => [event.callingGt, expired?.until ?? null]),
    [
      [other.hlr, '2026-01-31'],
      [other.scf, null],
    ],
  )
})

test('the detectors keep the order of their accounts, whatever they judge', () => {
  const runner = new DetectorRunner(DETECTORS, { network: EMPTY_NETWORK }, () => undefined)
  assert.deepEqual(
    runner.accounts().map(({ id, checked }) => [id, checked]),
    DETECTORS.map(({ id }) => [id, 0]),
  )
})
