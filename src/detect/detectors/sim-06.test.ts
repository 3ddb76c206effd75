import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { newState } from '../runner.ts'
import { START_US, Story, tell } from '../sequence.vectors.ts'
import { BINARY, delivery, packet, submission, TEXT } from '../short-message.vectors.ts'
import { dataAfterSimCommand } from './sim-06.ts'

/** A number abroad, for every cast. */
const RARE = '0b916407710496f9'

class SimStory extends Story {
  readonly cast: Cast

  constructor(cast: Cast) {
    super()
    this.cast = cast
  }

  /** The number and the identity of a route, so that the two are known to be one phone. */
  route(seconds: number, imsi = this.cast.home.imsi): void {
    const { stranger, home } = this.cast
    const subject = { subjectMsisdn: home.msisdn }
    const request = this.invoke(seconds, 'sendRoutingInfoForSM', { callingGt: stranger.scf, ...subject })
    this.result(seconds + 0.2, request, { imsi, subjectImsi: imsi, nodeAddress: home.vlr })
  }

  command(seconds: number, sender = this.cast.stranger.scf, imsi = this.cast.home.imsi): SignallingEvent {
    const given = { callingGt: sender, nodeAddress: sender, subjectImsi: imsi }
    return this.keep(seconds, delivery(packet('505348', '0000'), given))
  }

  submit(seconds: number, body = BINARY, to = RARE, msisdn = this.cast.home.msisdn): SignallingEvent {
    const given = { callingGt: this.cast.partner.vlr, subjectMsisdn: msisdn }
    return this.keep(seconds, submission(body, given, to))
  }

  private keep(seconds: number, event: SignallingEvent): SignallingEvent {
    return this.add(seconds, event)
  }
}

/** `event` with the shape of a cell and an IMEI. */
function shaped(event: SignallingEvent): SignallingEvent {
  assert.ok(event.sms?.tpdu)
  return { ...event, sms: { ...event.sms, tpdu: { ...event.sms.tpdu, holdsLocation: true, holdsImei: true } } }
}

test('fires on data to a rare number after a command from a stranger', () => {
  for (const cast of CASTS) {
    const story = new SimStory(cast)
    story.route(0)
    story.command(1)
    story.submit(21)
    const { detections } = tell(dataAfterSimCommand, story, cast.network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /^20 s after a SIM command to number .* sent binary data by /, cast)
    assert.equal(detections[0]?.event.operation, 'mo-ForwardSM')
  }
})

test('fires by the IMSI alone, and on the shape of a position after any command', () => {
  for (const cast of CASTS) {
    const story = new SimStory(cast)
    story.command(1, cast.home.scf)
    story.events.push({
      ...shaped(submission(BINARY, { callingGt: cast.partner.vlr, subjectImsi: cast.home.imsi }, RARE)),
      seq: 2,
      timeUs: START_US + 30e6,
    })
    const { whys } = tell(dataAfterSimCommand, story, cast.network)
    assert.equal(whys.length, 1)
    assert.match(whys[0] ?? '', /shaped like a cell and an IMEI/)
  }
})

test('fires on a position for the sender abroad of a command that came by the home’s own centre', () => {
  for (const cast of CASTS) {
    const { home, network } = cast
    for (const isShaped of [true, false]) {
      const story = new SimStory(cast)
      story.route(0)
      story.command(1, home.scf)
      const request = submission(
        BINARY,
        { callingGt: cast.partner.vlr, subjectMsisdn: home.msisdn },
        '0c91447700091032',
      )
      story.add(21, isShaped ? shaped(request) : request)
      const isAbroad = !home.msisdn.startsWith('44')
      assert.equal(tell(dataAfterSimCommand, story, network).account.failed, isShaped && isAbroad ? 1 : 0)
    }
  }
})

test('near misses: too late, before, a text, another phone, a command that was refused', () => {
  for (const cast of CASTS) {
    const stories: ((story: SimStory) => void)[] = [
      (story) => story.submit(600),
      (story) => story.submit(0.5),
      (story) => story.submit(20, TEXT),
      (story) => story.submit(20, BINARY, RARE, cast.partner.msisdn),
    ]
    for (const [i, tellRest] of stories.entries()) {
      const story = new SimStory(cast)
      story.route(0)
      if (i === 1) tellRest(story)
      story.command(1)
      if (i !== 1) tellRest(story)
      assert.equal(tell(dataAfterSimCommand, story, cast.network).detections.length, 0, String(i))
    }
    const refused = new SimStory(cast)
    refused.route(0)
    refused.result(2, refused.command(1), { errorCode: 27 })
    refused.submit(20)
    assert.equal(tell(dataAfterSimCommand, refused, cast.network).detections.length, 0)
  }
})

test('look-alikes: answers to the SIM’s own operator, a meter, a service that many write to', () => {
  for (const cast of CASTS) {
    const { home, network } = cast
    const own = new SimStory(cast)
    own.route(0)
    own.command(1, home.scf)
    own.submit(10)
    own.submit(11, BINARY, '0491214355')
    assert.deepEqual(tell(dataAfterSimCommand, own, network).account.passed, 2)
    const meter = new SimStory(cast)
    meter.route(0)
    meter.submit(5)
    meter.command(60)
    meter.submit(70)
    assert.equal(tell(dataAfterSimCommand, meter, network).account.passed, 1)
    const service = new SimStory(cast)
    service.route(0)
    for (const [i, serial] of ['1', '2', '3'].entries()) service.submit(i + 2, BINARY, RARE, `${home.msisdn}${serial}`)
    service.command(60)
    service.submit(70)
    assert.equal(tell(dataAfterSimCommand, service, network).account.passed, 1)
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const story = new SimStory(cast)
    story.route(0)
    story.command(1)
    const { sms: _, ...unread } = story.submit(20)
    story.events[story.events.length - 1] = { ...unread, sms: null }
    const { unavailable } = tell(dataAfterSimCommand, story, cast.network)
    assert.deepEqual(unavailable, { 'the headers of the message could not be read': 1 })
  }
})

test('commands last from run to run', () => {
  for (const cast of CASTS) {
    const state = newState()
    const first = new SimStory(cast)
    first.route(0)
    first.command(1)
    tell(dataAfterSimCommand, first, cast.network, { state })
    const second = new SimStory(cast)
    second.submit(30)
    assert.equal(tell(dataAfterSimCommand, second, cast.network, { state }).detections.length, 1)
  }
})
