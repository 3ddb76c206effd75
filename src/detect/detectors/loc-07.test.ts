import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertFires, CASTS, type Cast, type Party } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { registerLocationRead } from './loc-07.ts'

const realmOf = ({ plmn }: Party) => `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`
const addresses = (from: Party, to: Party) => ({
  originHost: `node1.${realmOf(from)}`,
  originRealm: realmOf(from),
  destinationRealm: realmOf(to),
})

function route(story: Story, { home }: Cast, seconds: number, from: Party): void {
  const { msisdn, imsi } = home
  const request = story.request(seconds, 'Send-Routing-Info-for-SM', { ...addresses(from, home), msisdn })
  story.answer(seconds + 0.1, request, { imsi, nodeAddress: `mme1.${realmOf(home)}` })
}

function deliver(story: Story, { home }: Cast, seconds: number, from: Party): void {
  story.request(seconds, 'MT-Forward-Short-Message', { ...addresses(from, home), imsi: home.imsi })
}

test('fires on a read of the location by another network', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    story.request(0, 'User-Data', { ...addresses(partner, home), msisdn: home.msisdn, locationWanted: true })
    const { detections } = tell(registerLocationRead, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /sent User-Data .* where it is/, cast)
  }
})

test('fires on a routing request that nothing follows, not on one before a delivery', () => {
  for (const cast of CASTS) {
    const { partner, other, network } = cast
    const story = new Story()
    route(story, cast, 0, partner)
    deliver(story, cast, 2, partner)
    route(story, cast, 200, other)
    story.call(1000, cast.home.msisdn)
    const { detections, account } = tell(registerLocationRead, story, network)
    assert.deepEqual(
      detections.map(({ event }) => event.originRealm),
      [realmOf(other)],
    )
    assertFires(detections[0]?.suspicion ?? null, /learnt where it is served, and delivered none/, cast)
    assert.equal(account.passed, 1)
  }
})

test('look-alikes: our own servers, other data, short messages over MAP', () => {
  for (const { home, partner, stranger, network } of CASTS) {
    const story = new Story()
    story.request(0, 'User-Data', { ...addresses(home, home), msisdn: home.msisdn, locationWanted: true })
    story.request(1, 'User-Data', { ...addresses(partner, home), msisdn: home.msisdn })
    story.invoke(2, 'sendRoutingInfoForSM', {
      callingGt: stranger.scf,
      calledGt: home.hlr,
      msisdn: home.msisdn,
    })
    const { detections, account } = tell(registerLocationRead, story, network)
    assert.equal(detections.length, 0)
    assert.equal(account.checked, 1)
  }
})

test('says what it could not check: a partner’s request where no delivery is in the capture; an early end', () => {
  for (const cast of CASTS) {
    const story = new Story()
    route(story, cast, 0, cast.partner)
    story.call(1000, cast.home.msisdn)
    route(story, cast, 1001, cast.partner)
    const { detections, unavailable } = tell(registerLocationRead, story, cast.network)
    assert.equal(detections.length, 0)
    assert.deepEqual(Object.values(unavailable), [1, 1])
  }
})

test('fires on a report that another network has set up', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    story.request(0, 'Configuration-Information', { ...addresses(partner, home), imsi: home.imsi })
    story.request(1, 'Configuration-Information', { ...addresses(home, home), imsi: home.imsi })
    const { detections } = tell(registerLocationRead, story, network)
    assert.equal(detections.length, 1)
    assertFires(detections[0]?.suspicion ?? null, /has its home register report on it/, cast)
  }
})

test('fires on another network that asks for the call server of a user, not on our own proxy', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const story = new Story()
    for (const operation of ['Location-Info', 'User-Authorization']) {
      story.request(0, operation, { ...addresses(partner, home), applicationId: 16777216, msisdn: home.msisdn })
      story.request(1, operation, { ...addresses(home, home), applicationId: 16777216, msisdn: home.msisdn })
    }
    const { detections } = tell(registerLocationRead, story, network)
    assert.equal(detections.length, 2)
    assertFires(detections[0]?.suspicion ?? null, /sent Location-Info .* which server serves it/, cast)
  }
})
