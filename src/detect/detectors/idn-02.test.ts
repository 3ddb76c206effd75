import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { routingWithoutDelivery } from './idn-02.ts'

/** Somebody asks for the routing of a message to our subscriber; with what the answer is. */
function ask(story: Story, cast: Cast, seconds: number, from: string, serial = 0, answered = true) {
  const { home } = cast
  const msisdn = String(Number(home.msisdn) - serial)
  const imsi = home.imsi.slice(0, -2) + String(30 + serial).padStart(2, '0')
  const request = story.invoke(seconds, 'sendRoutingInfoForSM', { callingGt: from, calledGt: home.hlr, msisdn })
  if (answered) story.result(seconds + 0.3, request, { imsi, nodeAddress: home.vlr })
  return { request, imsi, msisdn }
}

function deliver(story: Story, { home }: Cast, seconds: number, from: string, imsi: string) {
  return story.invoke(seconds, 'mt-ForwardSM', { callingGt: from, calledGt: home.vlr, calledSsn: 8, imsi })
}

/** Ordinary deliveries of a partner. */
function traffic(story: Story, cast: Cast, seconds: number, from = cast.partner.vlr): void {
  const { imsi } = ask(story, cast, seconds, from)
  deliver(story, cast, seconds + 2, from, imsi)
}

test('fires on requests that no delivery follows, one or many', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(story, cast, 0)
    for (let i = 0; i < 12; i++) ask(story, cast, 100 + 20 * i, cast.stranger.vlr, i + 1)
    traffic(story, cast, 1000)
    const { detections, account } = tell(routingWithoutDelivery, story, cast.network)
    assert.equal(detections.length, 12)
    assert.equal(account.passed, 2)
    const [first, last] = [detections[0]?.suspicion ?? null, detections.at(-1)?.suspicion ?? null]
    assertFires(first, /asked for the routing of a short message to .*delivered none/, cast)
    assertFires(last, /12 had no delivery and 0 had one/, cast)
  }
})

test('near misses: the delivery follows, from the same service centre or another address of a hub', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(story, cast, 0)
    const { imsi } = ask(story, cast, 100, cast.stranger.vlr, 1)
    deliver(story, cast, 109, cast.stranger.scf, imsi)
    const both = ask(story, cast, 200, cast.stranger.vlr, 2)
    deliver(story, cast, 201, cast.stranger.vlr, both.imsi)
    const { detections, account } = tell(routingWithoutDelivery, story, cast.network)
    assert.equal(detections.length, 0)
    assert.equal(account.passed, 3)
  }
})

test('another’s delivery to the same subscriber does not hide a request', () => {
  for (const cast of CASTS) {
    const story = new Story()
    traffic(story, cast, 0)
    ask(story, cast, 100, cast.stranger.vlr, 1)
    const { imsi } = ask(story, cast, 101, cast.partner.vlr, 1)
    deliver(story, cast, 103, cast.partner.vlr, imsi)
    traffic(story, cast, 900)
    const { detections } = tell(routingWithoutDelivery, story, cast.network)
    assert.deepEqual(
      detections.map(({ event }) => event.callingGt),
      [cast.stranger.vlr],
    )
  }
})

test('look-alikes: absent subscribers, a lost delivery of a busy service centre, our own, portability look-ups', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    for (let i = 0; i < 6; i++) traffic(story, cast, 10 * i)
    ask(story, cast, 70, partner.vlr, 1)
    const absent = ask(story, cast, 100, cast.stranger.vlr, 2, false)
    story.result(100.4, absent.request, { errorCode: 27 })
    ask(story, cast, 110, home.vlr, 3)
    story.invoke(120, 'sendRoutingInfoForSM', { callingGt: home.vlr, calledGt: partner.hlr, msisdn: partner.msisdn })
    const detail = { ...absent.request.detail, requested: ['onlyMCC-MNC-requested'] }
    story.invoke(130, 'sendRoutingInfoForSM', { ...absent.request, detail })
    traffic(story, cast, 1000)
    const { detections, account } = tell(routingWithoutDelivery, story, network)
    assert.equal(detections.length, 0)
    assert.equal(account.passed, account.checked)
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { partner, stranger, network } = cast
    const unseen = new Story()
    ask(unseen, cast, 0, stranger.vlr, 1, false)
    ask(unseen, cast, 1, stranger.vlr, 2)
    unseen.invoke(800, 'updateLocation', { callingGt: partner.vlr })
    const roaming = ask(unseen, cast, 801, stranger.vlr, 3, false)
    unseen.result(802, roaming.request, { imsi: roaming.imsi, nodeAddress: partner.vlr })
    const nameless = ask(unseen, cast, 803, stranger.vlr, 4, false)
    unseen.result(804, nameless.request)
    ask(unseen, cast, 805, stranger.vlr, 5)
    const { detections, unavailable } = tell(routingWithoutDelivery, unseen, network)
    assert.equal(detections.length, 0)
    assert.deepEqual(unavailable, {
      'no answer to the request was seen': 1,
      'the capture holds no delivery of a short message from another network': 1,
      'the short message goes to another network, by another way': 1,
      'the answer names no IMSI': 1,
      'the capture ends before a delivery was due': 1,
    })
  }
  const story = new Story()
  const same = { callingGt: '33639981007', calledGt: '33639980010', msisdn: '33639980047' }
  story.invoke(0, 'sendRoutingInfoForSM', same)
  assert.equal(tell(routingWithoutDelivery, story, EMPTY_NETWORK).account.unavailable.length, 1)
})

test('Diameter: a stranger that asks, where no short message ever comes over Diameter', () => {
  for (const cast of CASTS) {
    const { home, network } = cast
    const story = new Story()
    const from = {
      originHost: 'sms.epc.mnc001.mcc240.3gppnetwork.org',
      originRealm: 'epc.mnc001.mcc240.3gppnetwork.org',
    }
    const to = {
      destinationRealm: `epc.mnc${home.plmn.slice(3).padStart(3, '0')}.mcc${home.plmn.slice(0, 3)}.3gppnetwork.org`,
    }
    const request = story.request(0, 'Send-Routing-Info-for-SM', { ...from, ...to, msisdn: home.msisdn })
    story.answer(0.1, request, { imsi: home.imsi })
    story.call(500, home.msisdn)
    const { detections } = tell(routingWithoutDelivery, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sms\.epc/, cast)
  }
})

test('a subscriber asked about again and again fills no memory', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  traffic(story, cast, 0)
  for (let i = 0; i < 40; i++) ask(story, cast, 10 + i, cast.stranger.vlr, 1)
  traffic(story, cast, 2000)
  assert.equal(tell(routingWithoutDelivery, story, cast.network).detections.length, 40)
})
