import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { newState } from '../runner.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { locationPolling } from './loc-08.ts'

const HOUR = 3600

const realmOf = ({ plmn }: Party) => `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`

function poll({ home }: Cast, from: Party, who: Party, times: readonly number[]): Story {
  const story = new Story()
  const route = { callingGt: from.hlr, callingSsn: 6, calledGt: home.vlr, calledSsn: 7 }
  for (const seconds of times) {
    story.invoke(seconds, 'provideSubscriberInfo', { ...route, imsi: who.imsi, locationWanted: true })
  }
  return story
}

/** Times at a rate, each moved a little, always the same way. */
function every(perHour: number, hours: number): number[] {
  const pauseSeconds = HOUR / perHour
  return Array.from({ length: Math.floor(perHour * hours) }, (_, i) => (i + ((i * 7) % 5) / 12) * pauseSeconds)
}

test('fires on the home of a guest that asks several times an hour, over hours', () => {
  for (const cast of CASTS) {
    for (const [perHour, hours] of [
      [2, 5],
      [3, 4],
      [6, 2],
      [13, 1.5],
    ] as const) {
      const { detections } = tell(
        locationPolling,
        poll(cast, cast.partner, cast.partner, every(perHour, hours)),
        cast.network,
      )
      assert.ok(detections.length > 0, `${perHour} an hour`)
      assertFires(detections.at(-1)?.suspicion ?? null, /asked for the location of .* \d+ times within/, cast)
    }
  }
})

test('near misses: twice a day, once at each call, a few at one occasion, hourly for a while', () => {
  for (const cast of CASTS) {
    const times = [
      [0, 12 * HOUR, 24 * HOUR, 36 * HOUR, 48 * HOUR],
      [0, 3 * HOUR, 3.4 * HOUR, 3.9 * HOUR, 7 * HOUR, 7.2 * HOUR, 11 * HOUR],
      [0, 60, 120, 180, 300, 420, 600, 700],
      every(1, 4),
    ]
    for (const one of times) {
      const { detections, account } = tell(locationPolling, poll(cast, cast.partner, cast.partner, one), cast.network)
      assert.equal(detections.length, 0, one.join(' '))
      assert.equal(account.passed, one.length)
    }
  }
})

test('one look-up in both domains, or sent again, counts once', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const times = every(1, 8).flatMap((seconds) => [seconds, seconds + 1, seconds + 9])
  assert.equal(tell(locationPolling, poll(cast, cast.partner, cast.partner, times), cast.network).detections.length, 0)
})

test('look-alikes: our own register, another network (which other detectors report), voice over LTE', () => {
  for (const cast of CASTS) {
    const { home, partner, stranger, network } = cast
    assert.equal(tell(locationPolling, poll(cast, home, home, every(6, 3)), network).detections.length, 0)
    assert.equal(tell(locationPolling, poll(cast, stranger, partner, every(6, 3)), network).account.checked, 0)
    const story = poll(cast, partner, partner, every(6, 3))
    const events = story.events.map((event) => ({
      ...event,
      locationWanted: false,
      detail: { ...event.detail, requested: ['t-adsData'] },
    }))
    assert.equal(tell(locationPolling, { events }, network).account.checked, 0)
  }
})

test('MAP and Diameter count together, and so do pseudonyms', () => {
  const story = new Story()
  const realms = {
    originRealm: 'epc.mnc001.mcc208.3gppnetwork.org',
    destinationRealm: 'epc.mnc001.mcc240.3gppnetwork.org',
  }
  for (let i = 0; i < 12; i++) {
    const request = { ...realms, userName: 'k7Qx-2f', locationWanted: true }
    story.request(1500 * i, 'Insert-Subscriber-Data', request)
  }
  assert.ok(tell(locationPolling, story, EMPTY_NETWORK).detections.length > 0)
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const both = poll(cast, partner, partner, [0, 3000, 6000, 9000, 12000])
    for (const seconds of [1500, 4500, 7500, 10500, 13500]) {
      const to = { originRealm: realmOf(partner), destinationRealm: realmOf(home) }
      both.request(seconds, 'Insert-Subscriber-Data', { ...to, imsi: partner.imsi, locationWanted: true })
    }
    const events = both.events.toSorted((a, b) => a.timeUs - b.timeUs)
    assert.ok(tell(locationPolling, { events }, network).detections.length > 0)
  }
})

test('what is normal makes a slower poll stand out, and is known tomorrow', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { partner, network } = cast
  const state = newState()
  const others = new Story()
  for (let i = 0; i < 400; i++) {
    const imsi = partner.imsi.slice(0, -3) + String(100 + i)
    const route = { callingGt: partner.hlr, callingSsn: 6, calledGt: cast.home.vlr, calledSsn: 7, imsi }
    others.invoke(i * 200, 'provideSubscriberInfo', { ...route, locationWanted: true })
  }
  assert.equal(tell(locationPolling, others, network, { state }).detections.length, 0)
  const slow = poll(
    cast,
    partner,
    partner,
    every(1, 12).map((seconds) => seconds + 24 * HOUR),
  )
  const { detections } = tell(locationPolling, slow, network, { state })
  assert.ok(detections.length > 0)
  assertFires(detections[0]?.suspicion ?? null, /where 1 in a row are usual/, cast)
})

test('says what it could not check: nobody is named', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  story.invoke(0, 'provideSubscriberInfo', {
    callingGt: cast.partner.hlr,
    calledGt: cast.home.vlr,
    locationWanted: true,
  })
  assert.deepEqual(tell(locationPolling, story, cast.network).unavailable, { 'the subscriber is not known': 1 })
})
