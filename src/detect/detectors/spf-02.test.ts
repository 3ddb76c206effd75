import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_DETAIL } from '../../event/signalling-event.ts'
import { createNetwork, EMPTY_NETWORK, type Network } from '../../network/network.ts'
import { CASTS, type Cast } from '../cast.vectors.ts'
import { Story, tell } from '../sequence.vectors.ts'
import { addressesDisagree } from './spf-02.ts'

const PLACE = { file: 'network.yaml', line: 1, column: 1 }

function register(
  story: Story,
  seconds: number,
  callingGt: string,
  nodeAddress: string,
  imsi: string,
  calledGt: string,
) {
  return story.invoke(seconds, 'updateLocation', { callingGt, calledGt, nodeAddress, imsi })
}

const imsiOf = ({ home }: Cast, serial: number): string =>
  home.plmn + String(serial).padStart(15 - home.plmn.length, '0')

test('a registration that names a register of another operator is reported', () => {
  for (const cast of CASTS) {
    const { home, partner, other, network } = cast
    const story = new Story()
    register(story, 0, partner.vlr, partner.vlr, imsiOf(cast, 1), home.hlr)
    register(story, 10, partner.vlr, other.vlr, home.imsi, home.hlr)
    const { whys, account } = tell(addressesDisagree, story, network)
    assert.equal(whys.length, 1)
    assert.match(whys[0] ?? '', new RegExp(`named the visitor register or switch ${other.vlr} of `))
    assert.ok(!whys[0]?.includes(home.imsi))
    assert.equal(account.passed, 1)
  }
})

test('a switch of another operator beside the own register is reported', () => {
  for (const { home, partner, other, network } of CASTS) {
    const story = new Story()
    const detail = { ...NO_DETAIL, otherAddresses: [other.vlr, 'sgsn.example', '192.0.2.1'] }
    story.invoke(0, 'updateLocation', { callingGt: partner.vlr, nodeAddress: partner.vlr, imsi: home.imsi, detail })
    assert.equal(tell(addressesDisagree, story, network).whys.length, 1)
  }
})

test('our own platform or service centre, named from outside, is reported at once', () => {
  for (const { home, partner, network } of CASTS) {
    for (const operation of ['anyTimeInterrogation', 'sendRoutingInfoForSM', 'sendRoutingInfoForLCS']) {
      const story = new Story()
      story.invoke(0, operation, {
        callingGt: partner.scf,
        calledGt: home.hlr,
        nodeAddress: home.scf,
        msisdn: home.msisdn,
      })
      assert.equal(tell(addressesDisagree, story, network).whys.length, 1, operation)
    }
  }
})

test('near misses: names its own, names a third party’s where it may, is our own request', () => {
  for (const { home, partner, other, network } of CASTS) {
    const story = new Story()
    const imsi = partner.imsi
    story.invoke(0, 'updateLocation', { callingGt: partner.vlr, nodeAddress: partner.scf, imsi: home.imsi })
    story.invoke(1, 'cancelLocation', { callingGt: partner.hlr, nodeAddress: other.vlr, imsi })
    story.invoke(2, 'provideRoamingNumber', { callingGt: partner.hlr, nodeAddress: other.vlr, imsi })
    story.invoke(3, 'sendRoutingInfoForSM', { callingGt: partner.vlr, nodeAddress: other.vlr, msisdn: home.msisdn })
    story.invoke(4, 'updateLocation', { callingGt: home.vlr, nodeAddress: partner.vlr, imsi })
    const { whys, account } = tell(addressesDisagree, story, network)
    assert.deepEqual(whys, [])
    assert.equal(account.checked, 2)
  }
})

test('look-alikes: a hub that shows itself later, and a leased range', () => {
  for (const cast of CASTS) {
    const { home, partner, other, stranger, network } = cast
    const hub = new Story()
    for (const [i, node] of [partner.vlr, other.vlr, partner.vlr].entries()) {
      register(hub, i * 60, stranger.vlr, node, imsiOf(cast, i), home.hlr)
    }
    const told = tell(addressesDisagree, hub, network)
    assert.deepEqual(told.whys, [])
    assert.equal(told.account.passed, 3)
    const leased = new Story()
    for (let i = 0; i < 40; i++) register(leased, i * 30, stranger.vlr, partner.vlr, imsiOf(cast, i), home.hlr)
    assert.deepEqual(tell(addressesDisagree, leased, network).whys, [])
    // one target asked about again and again is no custom
    const single = new Story()
    for (let i = 0; i < 40; i++) register(single, i * 30, stranger.vlr, partner.vlr, home.imsi, home.hlr)
    assert.equal(tell(addressesDisagree, single, network).whys.length, 40)
  }
})

test('says what it could not check', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const { home, partner } = cast
  const story = new Story()
  story.invoke(0, 'updateLocation', { callingGt: null, nodeAddress: partner.vlr, imsi: home.imsi })
  story.invoke(1, 'updateLocation', { callingGt: '447700900981', nodeAddress: '447700900765', imsi: partner.imsi })
  const { unavailable, account } = tell(addressesDisagree, story, EMPTY_NETWORK)
  assert.deepEqual(Object.values(unavailable), [1, 1])
  assert.equal(account.checked, 2)
})

/** A network whose partners have point codes of their own. */
function linked({ home, partner, other }: Cast): Network {
  const entry = (who: typeof home, role: 'home' | 'partner', pointCode: number) => ({
    role,
    name: who.name,
    country: null,
    place: PLACE,
    identifiers: [
      { kind: 'globalTitles' as const, value: who.prefix, key: who.prefix, place: PLACE },
      { kind: 'pointCodes' as const, value: String(pointCode), key: `${pointCode}.`, place: PLACE },
    ],
  })
  return createNetwork({
    home: entry(home, 'home', 4114),
    partners: [entry(partner, 'partner', 2057), entry(other, 'partner', 6001)],
    exceptions: [],
    thresholds: new Map(),
    detectors: [],
    warnings: [],
  })
}

test('a title on the direct link of another operator is reported once both ways are known', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const link = { calledGt: home.hlr, dpc: 4114 }
    const story = new Story()
    const stray = (at: number) =>
      story.invoke(at, 'provideSubscriberInfo', { callingGt: other.hlr, imsi: home.imsi, opc: 2057, ...link })
    stray(0)
    for (let i = 0; i < 45; i++) {
      story.invoke(i + 1, 'sendAuthenticationInfo', { callingGt: partner.vlr, imsi: home.imsi, opc: 2057, ...link })
      story.invoke(i + 1, 'sendAuthenticationInfo', { callingGt: other.vlr, imsi: home.imsi, opc: 6001, ...link })
    }
    stray(100)
    const { detections, whys } = tell(addressesDisagree, story, linked(cast))
    assert.deepEqual(
      detections.map(({ event }) => event.seq),
      [story.events.length],
    )
    assert.match(whys[0] ?? '', /over the link of .*point code 2057/)
  }
})

test('look-alike: a partner that carries others’ traffic', () => {
  for (const cast of CASTS) {
    const { home, partner, other } = cast
    const story = new Story()
    for (let i = 0; i < 60; i++) {
      const callingGt = i % 3 === 0 ? other.vlr : partner.vlr
      story.invoke(i, 'sendAuthenticationInfo', {
        callingGt,
        calledGt: home.hlr,
        imsi: home.imsi,
        opc: 2057,
        dpc: 4114,
      })
    }
    assert.deepEqual(tell(addressesDisagree, story, linked(cast)).whys, [])
  }
})

test('answers are none of its business', () => {
  const [cast] = CASTS
  assert.ok(cast !== undefined)
  const story = new Story()
  const request = register(story, 0, cast.partner.vlr, cast.partner.vlr, cast.home.imsi, cast.home.hlr)
  story.result(1, request, { nodeAddress: cast.other.hlr })
  assert.equal(tell(addressesDisagree, story, cast.network).account.checked, 1)
})
