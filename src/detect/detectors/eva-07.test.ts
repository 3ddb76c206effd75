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
    const long = {
      ...request,
      operation: 'insertSubscriberData',
      callingGt: cast.partner.hlr,
      subjectImsi: cast.partner.imsi,
      anomalies: ['needlessSegmentation'] as const,
    }
    const twice = { ...request, anomalies: ['duplicateSegment'] as const }
    assert.equal(play(needlessSegments, [long, twice], cast.network).detections.length, 0)
  }
})

test('a short profile in pieces is told where it does not come from the home', () => {
  for (const cast of CASTS) {
    const { stranger, partner, home, network } = cast
    const profile = signallingEvent({
      operation: 'insertSubscriberData',
      callingGt: stranger.hlr,
      calledGt: home.vlr,
      subjectImsi: home.imsi,
      anomalies: ['needlessSegmentation'],
    })
    const { detections } = play(needlessSegments, [profile], network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sent insertSubscriberData .* in needless segments/, cast)
    for (const benign of [
      { ...profile, anomalies: [] },
      { ...profile, callingGt: partner.hlr, subjectImsi: partner.imsi },
      { ...profile, callingGt: home.hlr },
      // whose subscriber it is cannot be told
      { ...profile, subjectImsi: null },
      // what neighbours hand over is long as well
      { ...profile, operation: 'prepareHandover' },
    ]) {
      assert.equal(play(needlessSegments, [benign], network).account.checked, 0)
    }
  }
})
