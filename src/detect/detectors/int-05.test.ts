import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_DETAIL, type SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { register, registerLte } from '../registration-cases.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { foreignForwarding } from './int-05.ts'

/** A number in a country that nobody of any cast is in. */
const THIRD = '5521955501234'
const UNCONDITIONAL = { ...NO_DETAIL, ssCode: 0x21 }

function forward(story: Story, seconds: number, { home }: Cast, vlr: string, given: Partial<SignallingEvent> = {}) {
  return story.invoke(seconds, 'registerSS', {
    callingGt: vlr,
    calledGt: home.hlr,
    imsi: home.imsi,
    forwardedTo: THIRD,
    detail: UNCONDITIONAL,
    ...given,
  })
}

test('fires when another network than the serving one sets it, wherever to', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const forwardedTo of [THIRD, other.msisdn, home.msisdn]) {
      const story = new Story()
      register(story, 0, partner, home)
      forward(story, 60, cast, other.vlr, { forwardedTo })
      const { detections } = tell(foreignForwarding, story, network)
      assert.equal(detections.length, 1)
      assertFires(detections[0]?.suspicion ?? null, new RegExp(`${other.vlr}.*which ${partner.vlr}.*serves`), cast)
    }
    const story = new Story()
    register(story, 0, partner, home)
    story.invoke(60, 'activateSS', { callingGt: other.vlr, imsi: home.imsi, detail: UNCONDITIONAL })
    assertFires(
      tell(foreignForwarding, story, network).detections[0]?.suspicion ?? null,
      /turned call forwarding on/,
      cast,
    )
  }
})

test('fires on a third country when it is not known who serves', () => {
  for (const cast of CASTS) {
    const story = new Story()
    forward(story, 0, cast, cast.partner.vlr)
    forward(story, 0, cast, cast.partner.vlr, { imsi: null, msisdn: cast.home.msisdn })
    const { detections } = tell(foreignForwarding, story, cast.network)
    assert.equal(detections.length, 2)
    for (const { suspicion } of detections) assertFires(suspicion, /in BR, neither/, cast)
  }
})

test('look-alikes: the serving network, in either domain, home itself, other services, voicemail of many', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    for (const first of [register, registerLte]) {
      const story = new Story()
      first(story, 0, partner, home)
      forward(story, 60, cast, partner.vlr)
      forward(story, 60, cast, home.vlr)
      story.invoke(60, 'registerSS', { callingGt: other.vlr, imsi: home.imsi, detail: { ...NO_DETAIL, ssCode: 0x93 } })
      assert.equal(tell(foreignForwarding, story, network).account.failed, 0)
    }
    const story = new Story()
    for (let i = 0; i < 3; i++) {
      const imsi = home.imsi.slice(0, -1) + String(3 + i)
      register(story, i, partner, { ...home, imsi })
      forward(story, 60 + i, cast, partner.vlr, { imsi })
    }
    forward(story, 120, cast, other.vlr)
    assert.equal(tell(foreignForwarding, story, network).account.failed, 0)
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    forward(story, 0, cast, partner.vlr, { forwardedTo: home.msisdn })
    forward(story, 0, cast, partner.vlr, { forwardedTo: '0171234567' })
    forward(story, 0, cast, partner.vlr, { imsi: null })
    forward(story, 0, cast, partner.vlr, { callingGt: null })
    assert.deepEqual(tell(foreignForwarding, story, network).unavailable, {
      'where the subscriber is served is not known': 2,
      'the subscriber is not known': 1,
      'the request has no international calling global title': 1,
    })
  }
})
