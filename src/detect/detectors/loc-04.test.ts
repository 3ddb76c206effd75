import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { routingWithoutCall } from './loc-04.ts'

const [FIRST, SECOND, SAME_COUNTRY] = CASTS
assert.ok(FIRST !== undefined && SECOND !== undefined && SAME_COUNTRY !== undefined)
/** Where the stranger is of another country. */
const ABROAD: readonly Cast[] = [FIRST, SECOND]
const MSRN = '44770090099'

function ask(story: Story, { home }: Cast, seconds: number, from: string) {
  const request = story.invoke(seconds, 'sendRoutingInfo', { callingGt: from, calledGt: home.hlr, msisdn: home.msisdn })
  const detail = { ...request.detail, roamingNumber: MSRN }
  story.result(seconds + 1, request, { imsi: home.imsi, detail })
  return request
}

test('fires where calls are captured and none belongs to the request', () => {
  for (const cast of ABROAD) {
    const story = new Story()
    story.call(0, '99988877')
    ask(story, cast, 10, cast.stranger.vlr)
    story.call(200, cast.home.msisdn)
    const { detections } = tell(routingWithoutCall, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sent sendRoutingInfo .* no call followed/, cast)
  }
})

test('fires less surely where the capture holds no calls, also at its end', () => {
  for (const cast of ABROAD) {
    const story = new Story()
    ask(story, cast, 0, cast.stranger.vlr)
    const { detections } = tell(routingWithoutCall, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /calls are not in the capture/, cast)
    assert.ok((detections[0]?.suspicion.confidence.value ?? 1) < 0.8)
  }
})

test('near misses: a call to the number before, to the roaming number after, however they are dialled', () => {
  for (const cast of ABROAD) {
    const { home } = cast
    for (const [seconds, number] of [
      [8, home.msisdn],
      [8, `00${home.msisdn}`],
      [12, MSRN],
      [12, `0${MSRN.slice(2)}f`],
    ] as const) {
      const story = new Story()
      if (seconds < 10) story.call(seconds, number)
      ask(story, cast, 10, cast.stranger.vlr)
      if (seconds > 10) story.call(seconds, number)
      const { detections, account } = tell(routingWithoutCall, story, cast.network)
      assert.equal(detections.length, 0)
      assert.equal(account.passed, 1)
    }
  }
})

test('look-alikes: our own gateway, our request abroad, a portability look-up inside the country', () => {
  for (const cast of CASTS) {
    const story = new Story()
    ask(story, cast, 0, cast.home.vlr)
    story.invoke(1, 'sendRoutingInfo', {
      callingGt: cast.home.vlr,
      calledGt: cast.partner.hlr,
      msisdn: cast.partner.msisdn,
    })
    if (cast === SAME_COUNTRY) ask(story, cast, 2, cast.stranger.vlr)
    const { detections } = tell(routingWithoutCall, story, cast.network)
    assert.equal(detections.length, 0)
  }
})

test('says what it could not check: no network file, two networks of one country', () => {
  const story = new Story()
  story.invoke(0, 'sendRoutingInfo', { callingGt: '999880070', calledGt: '3363998010', msisdn: '3363998047' })
  assert.equal(tell(routingWithoutCall, story, EMPTY_NETWORK).account.unavailable.length, 1)
})

test('sendRoutingInfoForGprs from another network fires, whatever calls there are', () => {
  for (const cast of ABROAD) {
    const { home, stranger, network } = cast
    const story = new Story()
    story.call(0, home.msisdn)
    story.invoke(1, 'sendRoutingInfoForGprs', { callingGt: stranger.vlr, calledGt: home.hlr, imsi: home.imsi })
    story.invoke(2, 'sendRoutingInfoForGprs', { callingGt: home.vlr, calledGt: home.hlr, imsi: home.imsi })
    const { detections, account } = tell(routingWithoutCall, story, network)
    assert.equal(detections.length, 1)
    assert.equal(account.passed, 1)
    assertFires(detections[0]?.suspicion ?? null, /asks which node serves a phone’s data/, cast)
  }
})
