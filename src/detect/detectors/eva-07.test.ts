import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { assertFires, CASTS } from '../cast.vectors.ts'
import { play, testOddity } from '../oddity-cases.vectors.ts'
import { needlessSegments } from './eva-07.ts'

testOddity(needlessSegments, (request) => [{ ...request, anomalies: ['needlessSegmentation'] }], /in needless segments/)

test('overlap is told; long requests and segments sent twice are not', () => {
  for (const cast of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      subjectImsi: cast.home.imsi,
    })
    const overlap = play(needlessSegments, [{ ...request, anomalies: ['overlappingSegments'] }], cast.network)
    assertFires(overlap.detections[0]?.suspicion ?? null, /contradict each other/, cast)
    const long = { ...request, operation: 'insertSubscriberData', anomalies: ['needlessSegmentation'] as const }
    const twice = { ...request, anomalies: ['duplicateSegment'] as const }
    assert.equal(play(needlessSegments, [long, twice], cast.network).detections.length, 0)
  }
})
