import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import { assertFires, CASTS, type Cast } from './cast.vectors.ts'
import type { SequenceDetector } from './detector.ts'
import { type DetectState, newState } from './runner.ts'
import { type Told, tell } from './sequence.vectors.ts'

/** The cases that all detectors of odd forms judge alike, by the habits of sources. */

const MINUTE_US = 60_000_000
const START_US = signallingEvent().timeUs
const UNKNOWN = 'too little is known of the habits of the source'

interface Played extends Told {
  readonly state: DetectState
}

/** Runs events, numbered in their order, through one detector. */
export function play(
  detector: SequenceDetector,
  events: readonly SignallingEvent[],
  network: Network,
  state: DetectState = newState(),
): Played {
  const numbered = events.map((event, i) => ({ ...event, seq: i + 1 }))
  return { ...tell(detector, { events: numbered }, network, { state }), state }
}

/** The account in short. */
export function countsOf({ account, unavailable }: Told) {
  const { passed, failed } = account
  return { passed, failed, unavailable: Object.keys(unavailable) }
}

/** `request` again and again, a minute apart, from `fromMinute` on. */
export function repeated(request: SignallingEvent, times: number, fromMinute = 0): SignallingEvent[] {
  return Array.from({ length: times }, (_, i) => ({ ...request, timeUs: START_US + (fromMinute + i) * MINUTE_US }))
}

function locationRequest({ stranger, home }: Cast): SignallingEvent {
  const to = { calledGt: home.vlr, calledSsn: 7, subjectImsi: home.imsi }
  return signallingEvent({ operation: 'provideSubscriberInfo', callingGt: stranger.hlr, ...to })
}

/** A partner's switch asks for vectors of our subscriber, who visits it. */
function visit({ partner, home }: Cast): SignallingEvent {
  const to = { calledGt: home.hlr, calledSsn: 6, subjectImsi: home.imsi }
  return signallingEvent({ operation: 'sendAuthenticationInfo', callingGt: partner.vlr, ...to })
}

function assertFired(played: Played, times: number, words: RegExp, cast: Cast): void {
  assert.equal(played.detections.length, times, JSON.stringify(countsOf(played)))
  for (const { suspicion } of played.detections) assertFires(suspicion, words, cast)
}

/** @param odd makes a request odd: one event, or the several it takes. */
export function testOddity(
  detector: SequenceDetector,
  odd: (request: SignallingEvent) => readonly SignallingEvent[],
  sentence: RegExp,
): void {
  test('fires at first sight where the request is out of place', () => {
    for (const cast of CASTS) {
      assertFired(play(detector, odd(locationRequest(cast)), cast.network), 1, sentence, cast)
      const partners = { ...locationRequest(cast), callingGt: cast.partner.hlr }
      assertFired(play(detector, odd(partners), cast.network), 1, sentence, cast)
      // what is out of place makes no habit
      const many = repeated(locationRequest(cast), 30).flatMap(odd)
      assertFired(play(detector, many, cast.network), 30, sentence, cast)
    }
  })

  test('fires where it is new to the source and does not last', () => {
    for (const cast of CASTS) {
      const [once] = repeated(visit(cast), 1, 30)
      assert.ok(once !== undefined)
      const story = [...repeated(visit(cast), 30), ...odd(once), ...repeated(visit(cast), 90, 31)]
      assertFired(play(detector, story, cast.network), 1, sentence, cast)
      // the end of the input is a deadline as well
      assertFired(play(detector, story.slice(0, 30 + odd(once).length), cast.network), 1, sentence, cast)
    }
  })

  test('near misses: plain requests, and an odd one in place', () => {
    for (const cast of CASTS) {
      const { partner, home, network } = cast
      assert.equal(play(detector, repeated(locationRequest(cast), 3), network).detections.length, 0)
      const inPlace = { ...locationRequest(cast), callingGt: partner.hlr, subjectImsi: partner.imsi }
      assert.deepEqual(countsOf(play(detector, odd(inPlace), network)), { passed: 1, failed: 0, unavailable: [] })
      const within = { ...locationRequest(cast), callingGt: home.hlr }
      assert.equal(play(detector, odd(within), network).detections.length, 0)
    }
  })

  test('look-alikes: an old stack, another of its network, and one that was replaced', () => {
    for (const cast of CASTS) {
      const { network, partner } = cast
      const old = repeated(visit(cast), 60).flatMap(odd)
      const played = play(detector, old, network)
      assert.equal(played.detections.length, 0)
      assert.ok(countsOf(played).passed >= 35)
      const sibling = { ...visit(cast), callingGt: partner.scf, timeUs: START_US + 61 * MINUTE_US }
      assert.ok(countsOf(play(detector, [...old, ...odd(sibling)], network)).passed > countsOf(played).passed)
      const replaced = [...repeated(visit(cast), 60), ...repeated(visit(cast), 60, 60).flatMap(odd)]
      assert.equal(play(detector, replaced, network).detections.length, 0)
    }
  })

  test('unavailable at first sight where the request is not out of place', () => {
    for (const cast of CASTS) {
      const played = play(detector, odd(visit(cast)), cast.network)
      assert.deepEqual(countsOf(played), { passed: 0, failed: 0, unavailable: [UNKNOWN] })
    }
  })

  test('habits last from run to run, and stay bounded', () => {
    const [cast] = CASTS
    assert.ok(cast !== undefined)
    const before = play(detector, repeated(visit(cast), 60).flatMap(odd), cast.network)
    const { state } = before
    const after = play(detector, repeated(visit(cast), 1, 100).flatMap(odd), cast.network, state)
    assert.equal(countsOf(after).passed, 1)
    for (const [name, table] of state.memory.all()) {
      assert.ok(name.startsWith(detector.id) || name === 'registers')
      if (name.endsWith('sources')) assert.equal(table.size, 1)
    }
  })
}
