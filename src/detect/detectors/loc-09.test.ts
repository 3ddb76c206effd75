import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { roamingNumberWithoutCall } from './loc-09.ts'

let lent = 10_000_000

/** `from` asks for a number for a guest; whether the call comes in. */
function ask(story: Story, { home }: Cast, seconds: number, from: Party, who: Party, called: boolean): void {
  const number = `447700${++lent}`
  const route = { callingGt: from.hlr, callingSsn: 6, calledGt: home.vlr, calledSsn: 7 }
  const request = story.invoke(seconds, 'provideRoamingNumber', { ...route, imsi: who.imsi })
  story.result(seconds + 0.5, request, { detail: { ...request.detail, roamingNumber: number } })
  if (called) story.call(seconds + 1.5, number)
}

test('fires at once when another network than the home asks', () => {
  for (const cast of CASTS) {
    const story = new Story()
    ask(story, cast, 0, cast.stranger, cast.partner, true)
    const { detections } = tell(roamingNumberWithoutCall, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /asks for a number to call another operator’s subscriber by/, cast)
  }
})

test('fires when the home asks again and again and nobody calls', () => {
  for (const cast of CASTS) {
    const { partner, other, network } = cast
    const story = new Story()
    for (let i = 0; i < 5; i++) ask(story, cast, 10 * i, other, other, true)
    for (let i = 0; i < 3; i++) ask(story, cast, 100 + 600 * i, partner, partner, false)
    const { detections } = tell(roamingNumberWithoutCall, story, network)
    assert.equal(detections.length, 2)
    assertFires(detections[1]?.suspicion ?? null, /3 times of late, and no call/, cast)
  }
})

test('near misses: each call comes in, or one caller gives up', () => {
  for (const cast of CASTS) {
    const story = new Story()
    for (let i = 0; i < 5; i++) ask(story, cast, 100 * i, cast.partner, cast.partner, i !== 3)
    const { detections, account } = tell(roamingNumberWithoutCall, story, cast.network)
    assert.equal(detections.length, 0)
    assert.equal(account.passed, 5)
  }
})

test('look-alikes: refused requests, and our own for our subscribers abroad', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    for (let i = 0; i < 4; i++) {
      const route = { callingGt: partner.hlr, callingSsn: 6, calledGt: home.vlr, imsi: partner.imsi }
      const request = story.invoke(100 * i, 'provideRoamingNumber', route)
      story.result(100 * i + 1, request, { errorCode: 27 })
      story.invoke(100 * i + 2, 'provideRoamingNumber', { callingGt: home.hlr, calledGt: partner.vlr, imsi: home.imsi })
    }
    const { detections, account } = tell(roamingNumberWithoutCall, story, network)
    assert.equal(detections.length, 0)
    assert.equal(account.checked, 4)
  }
})

test('says what it could not check: no calls in the capture, no answer', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    for (let i = 0; i < 4; i++) ask(story, cast, 100 * i, partner, partner, false)
    story.invoke(500, 'provideRoamingNumber', {
      callingGt: partner.hlr,
      callingSsn: 6,
      calledGt: home.vlr,
      imsi: partner.imsi,
    })
    const { detections, unavailable } = tell(roamingNumberWithoutCall, story, network)
    assert.equal(detections.length, 0)
    assert.deepEqual(unavailable, {
      'calls to roaming numbers are not in the capture': 4,
      'no answer to the request was seen': 1,
    })
  }
})
