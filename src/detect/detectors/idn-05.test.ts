import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { foreignProfileRead } from './idn-05.ts'

const realmOf = ({ plmn }: Party) => `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`

/** Our subscriber is registered with a partner. */
function registered({ home, partner }: Cast): Story {
  const story = new Story()
  const route = { callingGt: partner.vlr, calledGt: home.hlr, nodeAddress: partner.vlr, imsi: home.imsi }
  story.result(1, story.invoke(0, 'updateLocation', route))
  return story
}

test('fires when another register than the serving one asks for the profile', () => {
  for (const cast of CASTS) {
    const { home, other, partner, network } = cast
    const story = registered(cast)
    story.invoke(60, 'restoreData', { callingGt: other.vlr, calledGt: home.hlr, imsi: home.imsi })
    const { detections } = tell(foreignProfileRead, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, new RegExp(`${other.vlr} of .* whom ${partner.vlr} of`), cast)
  }
})

test('fires on reads that belong inside a network', () => {
  for (const cast of CASTS) {
    const { home, stranger, partner, network } = cast
    const story = new Story()
    story.invoke(0, 'anyTimeSubscriptionInterrogation', {
      callingGt: stranger.scf,
      calledGt: home.hlr,
      msisdn: home.msisdn,
    })
    const realms = { originRealm: realmOf(partner), destinationRealm: realmOf(home), msisdn: home.msisdn }
    story.request(1, 'User-Data', realms)
    story.request(2, 'Subscribe-Notifications', realms)
    const { detections } = tell(foreignProfileRead, story, network)
    assert.equal(detections.length, 3)
    for (const { suspicion } of detections) assertFires(suspicion, /reads a profile/, cast)
  }
})

test('near misses: the serving register, another node of its operator, our own platform', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = registered(cast)
    for (const from of [partner.vlr, partner.scf, home.vlr]) {
      story.invoke(60, 'restoreData', { callingGt: from, calledGt: home.hlr, imsi: home.imsi })
    }
    story.invoke(61, 'anyTimeSubscriptionInterrogation', {
      callingGt: home.scf,
      calledGt: home.hlr,
      msisdn: home.msisdn,
    })
    const { detections, account } = tell(foreignProfileRead, story, network)
    assert.deepEqual(detections, [])
    assert.equal(account.passed, 4)
  }
})

test('look-alikes: a read of the location alone, answers, our own register’s request abroad', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = registered(cast)
    const detail = { ...NO_DETAIL, requested: ['locationInformation', 'currentLocation'] }
    const realms = { originRealm: realmOf(partner), destinationRealm: realmOf(home), msisdn: home.msisdn }
    story.request(2, 'User-Data', { ...realms, locationWanted: true, detail })
    story.invoke(3, 'restoreData', { callingGt: home.vlr, calledGt: partner.hlr, imsi: partner.imsi })
    const { account } = tell(foreignProfileRead, story, network)
    assert.equal(account.checked, 0)
  }
})

test('says what it could not check: at the first sighting of a subscriber nothing fails', () => {
  for (const cast of CASTS) {
    const { home, other, network } = cast
    const story = new Story()
    story.invoke(0, 'restoreData', { callingGt: other.vlr, calledGt: home.hlr, imsi: home.imsi })
    story.invoke(1, 'restoreData', { callingGt: other.vlr, calledGt: home.hlr })
    assert.deepEqual(tell(foreignProfileRead, story, network).unavailable, {
      'no earlier location of the subscriber is known': 1,
      'the IMSI of the subscriber is not known': 1,
    })
  }
})

test('interrogateSS: from the network that serves the phone it passes, from another it fires', () => {
  for (const cast of CASTS) {
    const { home, other, partner, network } = cast
    const story = registered(cast)
    story.invoke(60, 'interrogateSS', { callingGt: other.vlr, calledGt: home.hlr, imsi: home.imsi })
    story.invoke(61, 'interrogateSS', { callingGt: partner.vlr, calledGt: home.hlr, imsi: home.imsi })
    const { detections } = tell(foreignProfileRead, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /reads where calls are forwarded/, cast)
  }
})
