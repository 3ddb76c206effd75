import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { CASTS } from '../cast.vectors.ts'
import { play, testOddity } from '../oddity-cases.vectors.ts'
import { requestBehindEmptyBegin } from './eva-06.ts'

/** The request in a continue, behind an opening without a component. */
function behindEmptyBegin(request: SignallingEvent): readonly SignallingEvent[] {
  const opening = { ...request, kind: 'dialogue' as const, operation: null, code: null, subjectImsi: null }
  return [
    { ...opening, anomalies: ['emptyBegin'] },
    { ...request, tcap: 'continue', dtid: '0000abcd', timeUs: request.timeUs + 400_000 },
  ]
}

testOddity(requestBehindEmptyBegin, behindEmptyBegin, /opened an empty dialogue and only then sent /)

test('look-alikes: a short message, another dialogue, an answer, a profile inside a location update', () => {
  for (const cast of CASTS) {
    const request = signallingEvent({
      operation: 'provideSubscriberInfo',
      callingGt: cast.stranger.hlr,
      calledGt: cast.home.vlr,
      subjectImsi: cast.home.imsi,
    })
    const [opening, follow] = behindEmptyBegin(request)
    assert.ok(opening !== undefined && follow !== undefined)
    const stories: readonly (readonly SignallingEvent[])[] = [
      [opening, { ...follow, operation: 'mt-ForwardSM' }],
      [opening, { ...follow, otid: '00000002' }],
      [opening, { ...follow, callingGt: cast.home.vlr }],
      [opening, { ...follow, kind: 'result' }],
      [
        { ...request, operation: 'updateLocation' },
        { ...follow, operation: 'insertSubscriberData' },
      ],
      [follow],
    ]
    for (const story of stories) assert.equal(play(requestBehindEmptyBegin, story, cast.network).detections.length, 0)
  }
})
