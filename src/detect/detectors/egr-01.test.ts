import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignallingEvent } from '../../event/signalling-event.ts'
import { EMPTY_NETWORK, type Network } from '../../network/network.ts'
import { CASTS, HOME_LINK } from '../cast.vectors.ts'
import { realmOf, s6aRequest } from '../diameter.vectors.ts'
import { GATEWAYS, gatewayNetwork, gtpRequest } from '../gtp.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { violationLeavingHome } from './egr-01.ts'

const OUTWARD = { opc: HOME_LINK.pointCode, dpc: 2057, srcIp: HOME_LINK.ip, dstIp: '198.51.100.7' }

function told(events: readonly Partial<SignallingEvent>[], network: Network) {
  const story = new Story()
  for (const [i, event] of events.entries()) story.add(i, { ...OUTWARD, ...event })
  return tell(violationLeavingHome, story, network)
}

test('fires on what belongs inside a network, or to the home of the subscriber', () => {
  for (const { home, partner, other, network } of CASTS) {
    const out = { callingGt: home.scf, calledGt: partner.hlr }
    const events = [
      { ...out, operation: 'anyTimeInterrogation', subjectMsisdn: partner.msisdn },
      { ...out, operation: 'sendIMSI', subjectMsisdn: partner.msisdn },
      { ...out, operation: 'provideSubscriberInfo', subjectImsi: partner.imsi },
      { ...out, operation: 'cancelLocation', subjectImsi: other.imsi },
      s6aRequest('Insert-Subscriber-Data', home.plmn, partner.plmn, { ...OUTWARD, subjectImsi: other.imsi }, 'hss'),
      { ...out, operation: 'anyTimeInterrogation', identityMissing: true },
    ]
    const { whys } = told(events, network)
    assert.equal(whys.length, events.length)
    assert.match(
      whys[0] ?? '',
      new RegExp(`^${home.scf} of ${home.name}.* to ${partner.name}.*belongs inside one network$`),
    )
    assert.match(whys[3] ?? '', /which only the home of the subscriber may send$/)
    for (const who of [partner, other])
      assert.ok(whys.every((why) => !why.includes(who.imsi) && !why.includes(who.msisdn)))
  }
})

test('digits in place of numbers and identities, of no country, cannot be judged', () => {
  for (const { home, partner, network } of CASTS) {
    const { whys, unavailable } = told(
      [
        { callingGt: home.scf, calledGt: '210700900012', operation: 'sendRoutingInfo', subjectMsisdn: '210700900012' },
        { callingGt: home.hlr, calledGt: partner.vlr, operation: 'cancelLocation', subjectImsi: '199410000000001' },
      ],
      network,
    )
    assert.deepEqual(whys, [])
    assert.deepEqual(unavailable, {
      'which network the request goes to is unknown': 1,
      'whose subscriber the request is about is unknown': 1,
    })
  }
})

test('fires on guests whom we do not serve', () => {
  for (const { home, partner, other, network } of CASTS) {
    const story = new Story()
    const there = story.invoke(0, 'updateLocation', {
      callingGt: other.vlr,
      calledGt: partner.hlr,
      nodeAddress: other.vlr,
      imsi: partner.imsi,
    })
    story.result(1, there)
    const out = { ...OUTWARD, callingGt: home.vlr, calledGt: partner.hlr, imsi: partner.imsi }
    story.invoke(2, 'purgeMS', { ...out, nodeAddress: home.vlr })
    story.invoke(3, 'updateLocation', { ...out, nodeAddress: other.vlr })
    const { whys } = tell(violationLeavingHome, story, network)
    assert.equal(whys.length, 2)
    assert.match(whys[0] ?? '', new RegExp(`whom ${other.vlr} of .* serves$`))
    assert.match(whys[1] ?? '', new RegExp(`with the serving node ${other.vlr} of `))
  }
})

test('fires on GTP of the inside that leaves', () => {
  for (const cast of CASTS) {
    const context = gtpRequest('Context', GATEWAYS.home, GATEWAYS.partner, { subjectImsi: cast.partner.imsi })
    const create = gtpRequest('Create Session', GATEWAYS.home, GATEWAYS.partner, { subjectImsi: cast.partner.imsi })
    const story = new Story()
    for (const [i, event] of [context, create].entries()) story.add(i, event)
    const { whys, account } = tell(violationLeavingHome, story, gatewayNetwork(cast))
    assert.equal(whys.length, 1)
    assert.equal(account.passed, 1)
  }
})

test('near misses and look-alikes: our own subscribers, our guests, short messages, what stays inside, what comes in', () => {
  for (const { home, partner, network } of CASTS) {
    const out = { callingGt: home.hlr, calledGt: partner.vlr }
    const { whys } = told(
      [
        { ...out, operation: 'provideSubscriberInfo', subjectImsi: home.imsi },
        { ...out, operation: 'provideSubscriberLocation', subjectImsi: home.imsi },
        { ...out, operation: 'cancelLocation', subjectImsi: home.imsi },
        { callingGt: home.vlr, calledGt: partner.hlr, operation: 'sendAuthenticationInfo', subjectImsi: partner.imsi },
        {
          callingGt: home.vlr,
          calledGt: partner.hlr,
          operation: 'updateLocation',
          nodeAddress: home.vlr,
          subjectImsi: partner.imsi,
        },
        {
          callingGt: home.scf,
          calledGt: partner.hlr,
          operation: 'sendRoutingInfoForSM',
          subjectMsisdn: partner.msisdn,
        },
        { callingGt: home.scf, calledGt: home.hlr, operation: 'anyTimeInterrogation', subjectMsisdn: home.msisdn },
        { callingGt: partner.scf, calledGt: home.hlr, operation: 'anyTimeInterrogation', subjectMsisdn: home.msisdn },
        {
          ...out,
          operation: 'provideSubscriberInfo',
          subjectImsi: partner.imsi,
          opc: 2057,
          dpc: HOME_LINK.pointCode,
          srcIp: OUTWARD.dstIp,
        },
        s6aRequest('Update-Location', home.plmn, partner.plmn, {
          ...OUTWARD,
          subjectImsi: partner.imsi,
          visitedPlmn: home.plmn,
          originRealm: realmOf(home.plmn),
        }),
      ],
      network,
    )
    assert.deepEqual(whys, [])
  }
})

test('says what it could not check', () => {
  for (const { home, partner, network } of CASTS) {
    const { unavailable, whys } = told(
      [
        { callingGt: home.vlr, calledGt: partner.hlr, operation: 'purgeMS', subjectImsi: partner.imsi },
        { callingGt: home.hlr, calledGt: partner.vlr, operation: 'cancelLocation' },
      ],
      network,
    )
    assert.deepEqual(whys, [])
    assert.equal(Object.keys(unavailable).length, 2)
    const event = { callingGt: home.scf, calledGt: partner.hlr, operation: 'sendIMSI', subjectMsisdn: partner.msisdn }
    assert.equal(told([event], EMPTY_NETWORK).account.checked, 0)
  }
})

test('fires on a routing request for a call that leaves, whatever networks at home ask each other', () => {
  for (const { home, partner, network } of CASTS.slice(0, 2)) {
    const asked = { operation: 'sendRoutingInfo', subjectMsisdn: partner.msisdn }
    const { whys } = told([{ ...asked, callingGt: home.scf, calledGt: partner.hlr }], network)
    assert.equal(whys.length, 1)
  }
})

test('fires on look-ups of our titles that no delivery follows, not on a service centre that delivers', () => {
  for (const { home, partner, network } of CASTS) {
    const story = new Story()
    const lookUp = (seconds: number, from: string, serial: number, nodeAddress = partner.vlr): string => {
      const imsi = partner.imsi.slice(0, -3) + String(serial).padStart(3, '0')
      const route = { ...OUTWARD, callingGt: from, calledGt: partner.hlr, msisdn: partner.msisdn }
      story.result(seconds + 0.2, story.invoke(seconds, 'sendRoutingInfoForSM', route), { imsi, nodeAddress })
      return imsi
    }
    for (let i = 0; i < 6; i++) {
      lookUp(i * 10, home.scf, i)
      const imsi = lookUp(i * 10 + 5, home.hlr, 100 + i)
      story.invoke(i * 10 + 7, 'mt-ForwardSM', { ...OUTWARD, callingGt: home.hlr, calledGt: partner.vlr, imsi })
      // our guests are delivered to inside
      lookUp(i * 10 + 8, `${home.prefix}77`, 200 + i, home.vlr)
    }
    story.invoke(900, 'updateLocation', { callingGt: partner.vlr, calledGt: home.hlr, imsi: home.imsi })
    const { detections, unavailable } = tell(violationLeavingHome, story, network)
    assert.equal(detections.length, 6)
    assert.ok(detections.every(({ event }) => event.callingGt === home.scf))
    assert.equal(unavailable['the short message stays inside our network'], 6)
  }
})

test('fires on a request by temporary identity to a register far away, not to a neighbour’s', () => {
  const [{ home, network } = assert.fail()] = CASTS
  const ask = (calledGt: string) => ({ ...OUTWARD, operation: 'sendIdentification', callingGt: home.vlr, calledGt })
  assert.equal(told([ask('85512345678')], network).whys.length, 1)
  assert.equal(told([ask('353861234567')], network).whys.length, 0)
})
