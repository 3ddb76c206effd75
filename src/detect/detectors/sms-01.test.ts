import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { delivery, TEXT } from '../short-message.vectors.ts'
import { fakeServiceCentre } from './sms-01.ts'

const HOUR = 3600

class SmsStory extends Story {
  readonly cast: Cast

  constructor(cast: Cast) {
    super()
    this.cast = cast
  }

  /** `from` asks in the name of `centre`, and is told `imsi`. */
  route(seconds: number, from: string, centre = from, imsi = this.cast.home.imsi): void {
    const { hlr, msisdn, vlr } = this.cast.home
    const about = { subjectMsisdn: msisdn, nodeAddress: centre, calledGt: hlr }
    const request = this.invoke(seconds, 'sendRoutingInfoForSM', { callingGt: from, ...about })
    this.result(seconds + 0.2, request, { imsi, subjectImsi: imsi, nodeAddress: vlr })
  }

  deliver(seconds: number, from: string, centre: string | null = from, imsi = this.cast.home.imsi): void {
    const given = {
      callingGt: from,
      nodeAddress: centre,
      calledGt: this.cast.home.vlr,
      calledSsn: 8,
      subjectImsi: imsi,
    }
    this.add(seconds, delivery(TEXT, given))
  }
}

function fires(cast: Cast, words: RegExp, write: (story: SmsStory) => void): void {
  const story = new SmsStory(cast)
  write(story)
  const { detections } = tell(fakeServiceCentre, story, cast.network)
  assert.equal(detections.length, 1)
  assertFires(detections[0]?.suspicion ?? null, words, cast)
}

function passes(cast: Cast, passed: number, write: (story: SmsStory) => void): void {
  const story = new SmsStory(cast)
  write(story)
  const { account, whys, unavailable } = tell(fakeServiceCentre, story, cast.network)
  assert.deepEqual([account.passed, whys, unavailable], [passed, [], {}])
}

test('fires on another operator’s centre: ours, one unasked for, one that was not announced', () => {
  for (const cast of CASTS) {
    const { stranger, partner, other, home } = cast
    fires(cast, /which is our own/, (story) => story.deliver(0, stranger.scf, home.scf))
    fires(cast, new RegExp(`service centre ${partner.scf}`), (story) => story.deliver(0, stranger.scf, partner.scf))
    fires(cast, /and another to the register/, (story) => {
      story.route(0, stranger.scf)
      story.deliver(1, stranger.scf, partner.scf)
    })
    fires(cast, /had asked for the route/, (story) => {
      story.route(0, stranger.scf)
      story.deliver(1, other.scf, partner.scf)
    })
    fires(cast, /no relay/, (story) => {
      story.route(0, stranger.scf, partner.scf)
      story.deliver(1, stranger.scf, partner.scf)
    })
  }
})

test('fires where one asks and another delivers', () => {
  for (const cast of CASTS) {
    const { stranger, partner } = cast
    const story = (later: number) => (told: SmsStory) => {
      told.route(0, stranger.scf)
      told.deliver(5, partner.scf)
      told.route(later, partner.scf, partner.scf, '001010000000999')
    }
    fires(cast, new RegExp(`without asking for the route, which ${stranger.scf}`), story(HOUR))
    // at the end of the input the asker may still deliver
    passes(cast, 1, story(6))
  }
})

test('near misses: the asker delivers too, or asked long ago', () => {
  for (const cast of CASTS) {
    const { stranger, partner } = cast
    passes(cast, 2, (story) => {
      story.route(0, stranger.scf)
      story.deliver(5, partner.scf)
      story.deliver(60, stranger.scf)
      story.route(HOUR, partner.scf, partner.scf, '001010000000999')
    })
    passes(cast, 1, (story) => {
      story.route(0, stranger.scf)
      story.deliver(HOUR, partner.scf)
    })
  }
})

test('look-alikes: a centre by its own name, a hub, a relay that a centre asked for, our own router', () => {
  for (const cast of CASTS) {
    const { stranger, partner, other, home } = cast
    passes(cast, 1, (story) => {
      story.route(0, partner.scf)
      story.deliver(1, partner.scf)
    })
    passes(cast, 1, (story) => {
      story.route(0, partner.scf, stranger.scf)
      story.deliver(1, partner.scf, stranger.scf)
    })
    passes(cast, 3, (story) => {
      for (const [i, centre] of [partner.scf, other.scf, '353209150'].entries()) {
        story.route(i * 60, stranger.scf, centre)
        story.deliver(i * 60 + 1, stranger.scf, centre)
      }
      // three countries at least
      story.route(400, stranger.scf, '81312345678')
      story.route(500, stranger.scf, '5511234567')
    })
    passes(cast, 1, (story) => {
      story.route(0, partner.scf)
      story.deliver(1, stranger.scf, partner.scf)
    })
    passes(cast, 1, (story) => story.deliver(0, home.scf, stranger.scf))
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { stranger } = cast
    const story = new SmsStory(cast)
    story.deliver(0, stranger.scf, null)
    assert.deepEqual(tell(fakeServiceCentre, story, cast.network).unavailable, {
      'the message names no service centre': 1,
    })
  }
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new SmsStory(cast)
  story.deliver(0, '33639980005', '33639980777')
  assert.equal(tell(fakeServiceCentre, story, EMPTY_NETWORK).account.failed, 0)
})

test('routes are kept for four askers of a subscriber', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new SmsStory(cast)
  for (let i = 0; i < 6; i++) story.route(i, `${cast.stranger.scf}${i}`)
  story.deliver(10, cast.partner.scf, cast.other.scf)
  const { whys } = tell(fakeServiceCentre, story, cast.network)
  assert.match(whys[0] ?? '', new RegExp(`${cast.stranger.scf}5 had asked`))
})
