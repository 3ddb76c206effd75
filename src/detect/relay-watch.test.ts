import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../network/network.ts'
import { confidence } from './confidence.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { RELAY_THRESHOLDS, RelayWatch } from './relay-watch.ts'
import { Story, tell } from './sequence.vectors.ts'

const FAIL: Verdict = { outcome: 'fail', why: 'it is so', confidence: confidence({ pattern: 0.5 }) }

/** Holds that the source in `callingGt` speaks for the operator in `nodeAddress`, itself where there is none. */
const speaking = defineDetector({
  id: 'SPF-99',
  version: 1,
  class: 'spoofing',
  severity: 'low',
  title: '',
  explanation: '',
  techniques: [],
  benign: [],
  unavailable: [],
  operations: 'any',
  thresholds: RELAY_THRESHOLDS,
  start(context) {
    const watch = new RelayWatch(context, 'SPF-99 spoken for')
    return (event) => {
      const { callingGt, nodeAddress } = event
      if (callingGt === null) return null
      if (nodeAddress !== null) return watch.judge(event, callingGt, nodeAddress, () => FAIL)
      watch.noteOwn(callingGt)
      return 'pass'
    }
  },
})

function failed(rows: readonly (readonly [source: string, other: string | null, imsi: string])[], everySeconds = 1) {
  const story = new Story()
  for (const [i, [callingGt, nodeAddress, imsi]] of rows.entries()) {
    story.invoke(i * everySeconds, 'updateLocation', { callingGt, nodeAddress, imsi })
  }
  return tell(speaking, story, EMPTY_NETWORK)
}

test('a source that speaks for others alone is a hub from two on, one that speaks for itself from three', () => {
  assert.equal(failed([['1', 'a', '1']]).whys.length, 1)
  assert.equal(
    failed([
      ['1', 'a', '1'],
      ['1', 'b', '1'],
    ]).whys.length,
    0,
  )
  assert.equal(
    failed([
      ['1', null, '1'],
      ['1', 'a', '1'],
      ['1', 'b', '1'],
    ]).whys.length,
    2,
  )
  assert.equal(
    failed([
      ['1', null, '1'],
      ['1', 'a', '1'],
      ['1', 'b', '1'],
      ['1', 'c', '1'],
    ]).whys.length,
    0,
  )
  assert.equal(
    failed([
      ['1', 'a', '1'],
      ['2', 'b', '1'],
    ]).whys.length,
    2,
  )
})

test('it has its time to show itself, and no longer', () => {
  assert.equal(
    failed(
      [
        ['1', 'a', '1'],
        ['1', 'b', '1'],
      ],
      7100,
    ).whys.length,
    0,
  )
  assert.equal(
    failed(
      [
        ['1', 'a', '1'],
        ['1', 'b', '1'],
      ],
      7300,
    ).whys.length,
    1,
  )
})

test('what waits is bounded', () => {
  const rows = Array.from({ length: 16_386 }, (_, i) => [String(i), 'a', '1'] as const)
  const { whys, unavailable } = failed(rows, 0.001)
  assert.equal(whys.length, 16_384)
  assert.deepEqual(unavailable, { 'more disagreements wait than are kept': 2 })
})
