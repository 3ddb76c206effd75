import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { homeRoutingBypass } from './sms-02.ts'

const HOUR = 3600
const NOT_KNOWN = 'whether home routing is in use is not known yet'

class RoutingStory extends Story {
  readonly cast: Cast
  private made = 0

  constructor(cast: Cast) {
    super()
    this.cast = cast
  }

  get router(): string {
    return this.cast.home.scf
  }

  /** An identity good for one delivery. */
  madeUp(): string {
    const { plmn } = this.cast.home
    return plmn + String(900_000_000 + this.made++ * 7919).padStart(15 - plmn.length, '0')
  }

  answer1(seconds: number, number: string, imsi: string, node: string, from = this.cast.partner.scf): void {
    const about = { subjectMsisdn: number, calledGt: this.cast.home.hlr, nodeAddress: from }
    const request = this.invoke(seconds, 'sendRoutingInfoForSM', { callingGt: from, ...about })
    this.result(seconds + 0.2, request, { imsi, subjectImsi: imsi, nodeAddress: node })
  }

  /** `answers` of the router, about the same few subscribers again and again. */
  routed(answers: number, fromSeconds = 0): void {
    for (let i = 0; i < answers; i++) {
      this.answer1(fromSeconds + i * 30, `${this.cast.home.msisdn}${i % 4}`, this.madeUp(), this.router)
    }
  }

  /** The subscriber registers with a partner. */
  register(seconds: number): void {
    const { home, partner } = this.cast
    const request = this.invoke(seconds, 'updateLocation', {
      callingGt: partner.vlr,
      calledGt: home.hlr,
      nodeAddress: partner.vlr,
      subjectImsi: home.imsi,
    })
    this.result(seconds + 1, request)
  }
}

function fires(cast: Cast, words: RegExp, write: (story: RoutingStory) => void): void {
  const story = new RoutingStory(cast)
  write(story)
  const { detections } = tell(homeRoutingBypass, story, cast.network)
  assert.equal(detections.length, 1)
  assertFires(detections[0]?.suspicion ?? null, words, cast)
  assert.equal(detections[0]?.event.kind, 'invoke')
}

test('fires on the true IMSI, the same one again, the serving node', () => {
  for (const cast of CASTS) {
    const { home, partner, stranger } = cast
    fires(cast, /with the IMSI that the subscriber registers with, past home routing/, (story) => {
      story.register(0)
      story.routed(12, 10)
      story.answer1(HOUR, home.msisdn, home.imsi, story.router, stranger.scf)
    })
    fires(cast, new RegExp(`the serving node ${partner.vlr}`), (story) => {
      story.register(0)
      story.routed(12, 10)
      story.answer1(HOUR, home.msisdn, home.imsi, partner.vlr, stranger.scf)
    })
    fires(cast, /the same IMSI that was given before/, (story) => {
      story.routed(12)
      story.answer1(HOUR, home.msisdn, home.imsi, story.router, partner.scf)
      story.answer1(HOUR + 5, home.msisdn, home.imsi, story.router, stranger.scf)
    })
    fires(cast, new RegExp(`the node ${stranger.vlr} of another network`), (story) => {
      story.routed(12)
      story.answer1(HOUR, home.msisdn, home.imsi, stranger.vlr, stranger.scf)
    })
    fires(cast, new RegExp(`the node ${home.vlr}, which no answer`), (story) => {
      story.routed(20)
      story.answer1(HOUR, home.msisdn, home.imsi, home.vlr, stranger.scf)
    })
  }
})

test('fires on what came before home routing was seen to be in use', () => {
  for (const cast of CASTS) {
    fires(cast, /of another network/, (story) => {
      story.answer1(0, cast.home.msisdn, cast.home.imsi, cast.stranger.vlr, cast.stranger.scf)
      story.routed(12, 10)
    })
  }
})

test('near misses: another made-up identity each time, and the same one for a retry', () => {
  for (const cast of CASTS) {
    const story = new RoutingStory(cast)
    story.routed(20)
    const imsi = story.madeUp()
    story.answer1(HOUR, cast.home.msisdn, imsi, story.router)
    story.answer1(HOUR + 60, cast.home.msisdn, imsi, story.router)
    assert.deepEqual(tell(homeRoutingBypass, story, cast.network).whys, [])
  }
})

test('look-alikes: a network without home routing, our own centre, a guest, a new SIM', () => {
  for (const cast of CASTS) {
    const { home, partner, stranger, network } = cast
    const plain = new RoutingStory(cast)
    plain.register(0)
    for (let i = 0; i < 40; i++) {
      const imsi = `${home.imsi.slice(0, 13)}${10 + (i % 8)}`
      plain.answer1(i * 600, `${home.msisdn}${i % 8}`, imsi, i % 3 === 0 ? partner.vlr : home.vlr, stranger.scf)
    }
    // a SIM replaced now and then changes an identity as well
    plain.answer1(30_000, `${home.msisdn}1`, `${home.imsi.slice(0, 13)}99`, home.vlr)
    const told = tell(homeRoutingBypass, plain, network)
    assert.deepEqual(told.whys, [])
    assert.deepEqual(Object.keys(told.unavailable), [NOT_KNOWN])
    const others = new RoutingStory(cast)
    others.register(0)
    others.routed(12, 10)
    others.answer1(HOUR, home.msisdn, home.imsi, partner.vlr, home.scf)
    others.answer1(HOUR, partner.msisdn, partner.imsi, partner.vlr, stranger.scf)
    assert.deepEqual(tell(homeRoutingBypass, others, network).whys, [])
  }
})

test('a router of ours that stood in few answers is not called a serving node', () => {
  for (const cast of CASTS) {
    const story = new RoutingStory(cast)
    story.routed(40)
    for (const at of [HOUR, HOUR + 9]) story.answer1(at, `${cast.home.msisdn}1`, story.madeUp(), cast.home.hlr)
    story.answer1(HOUR + 20, cast.home.msisdn, story.madeUp(), cast.home.hlr)
    assert.deepEqual(tell(homeRoutingBypass, story, cast.network).whys, [])
  }
})

test('a router’s host of Diameter is not held against its titles, nor one that shows itself a little later', () => {
  const unclear = 'whether the node given is a router is unknown'
  for (const cast of CASTS) {
    const host = 'router1.epc.example'
    const story = new RoutingStory(cast)
    story.routed(40)
    story.answer1(HOUR, `${cast.home.msisdn}9`, story.madeUp(), host)
    const { whys, unavailable } = tell(homeRoutingBypass, story, cast.network)
    assert.deepEqual(whys, [])
    assert.equal(unavailable[unclear], 1)
    const second = new RoutingStory(cast)
    second.routed(40)
    second.answer1(HOUR, `${cast.home.msisdn}9`, second.madeUp(), cast.home.hlr)
    second.answer1(HOUR + 60, `${cast.home.msisdn}1`, second.madeUp(), cast.home.hlr)
    assert.deepEqual(tell(homeRoutingBypass, second, cast.network).whys, [])
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { home, stranger } = cast
    const early = new RoutingStory(cast)
    early.answer1(0, home.msisdn, home.imsi, stranger.vlr, stranger.scf)
    assert.deepEqual(tell(homeRoutingBypass, early, cast.network).unavailable, { [NOT_KNOWN]: 1 })
    assert.deepEqual(tell(homeRoutingBypass, early, EMPTY_NETWORK).unavailable, {
      'no network file says which network is home': 1,
    })
    const half = { events: early.events.slice(1) }
    assert.deepEqual(tell(homeRoutingBypass, half, cast.network).unavailable, { 'the request was not seen': 1 })
  }
})
