import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signallingEvent } from '../../event/event.vectors.ts'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, assertJudgesRequestsOnly, CASTS, HOME_LINK, networkOf, outcomeOf } from '../cast.vectors.ts'
import { realmOf, s6aRequest } from '../diameter.vectors.ts'
import { ownTitleFromOutside } from './spf-01.ts'

const { detect } = ownTitleFromOutside
const { pointCode, otherPointCode, ip, otherIp } = HOME_LINK
const INWARD = { opc: 2057, dpc: pointCode, srcIp: '198.51.100.7', dstIp: ip }

test('fires when our title comes in over a link from another network', () => {
  for (const cast of CASTS) {
    const { home, network } = cast
    const forged = signallingEvent({ operation: 'cancelLocation', callingGt: home.hlr, calledGt: home.vlr, ...INWARD })
    const verdict = detect(forged, network)
    assertFires(verdict, new RegExp(`from point code 2057 under ${home.hlr}, a global title of our own`), cast)
    assert.ok(verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'fail')
    assert.equal(verdict.answerGoesElsewhere, true)
    assertFires(detect({ ...forged, opc: null, dpc: null }, network), /from IP address 198\.51\.100\.7/, cast)
    assertFires(detect({ ...forged, operation: null, kind: 'dialogue' }, network), /^a dialogue came in/, cast)
    assertJudgesRequestsOnly(ownTitleFromOutside, forged, network)
  }
})

test('near misses: inside our network, and a foreign title from outside', () => {
  for (const { home, partner, network } of CASTS) {
    const inside = signallingEvent({
      callingGt: home.hlr,
      opc: otherPointCode,
      dpc: pointCode,
      srcIp: otherIp,
      dstIp: ip,
    })
    assert.equal(outcomeOf(detect(inside, network)), 'pass')
    assert.equal(outcomeOf(detect({ ...inside, opc: 2057 }, network)), 'pass')
    assert.equal(outcomeOf(detect(signallingEvent({ callingGt: partner.hlr, ...INWARD }), network)), 'none')
  }
})

test('look-alikes: our own request on its way out, and what goes on within a dialogue', () => {
  for (const { home, network } of CASTS) {
    const outward = signallingEvent({
      callingGt: home.hlr,
      opc: pointCode,
      dpc: 2057,
      srcIp: ip,
      dstIp: '198.51.100.7',
    })
    assert.equal(outcomeOf(detect(outward, network)), 'pass')
    const goingOn = signallingEvent({ callingGt: home.hlr, kind: 'dialogue', tcap: 'continue', ...INWARD })
    assert.equal(outcomeOf(detect(goingOn, network)), 'none')
  }
})

/** A Diameter request from a host of an operator to ours. */
function diameter(from: string, to: string) {
  return s6aRequest('Cancel-Location', from, to, { srcIp: INWARD.srcIp, dstIp: ip }, 'hss')
}

test('Diameter: our host or realm from outside, by address or by path', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const forged = diameter(home.plmn, home.plmn)
    const verdict = detect(forged, network)
    assertFires(
      verdict,
      /^Cancel-Location came in from IP address 198\.51\.100\.7 under hss\..*, a host of our own$/,
      cast,
    )
    assert.ok(verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'fail')
    assert.equal(verdict.answerGoesElsewhere, undefined, 'the answer takes the way back')
    assertFires(detect({ ...forged, originHost: 'mme.example' }, network), /, a realm of our own$/, cast)
    const hop = `dea.${realmOf(partner.plmn)}`
    assertFires(detect({ ...forged, srcIp: otherIp, routeRecord: [hop] }, network), /dea\..* on its path/, cast)
    const ipx = ['dra1.ipxuni.3gppnetwork.org']
    assertFires(detect({ ...forged, srcIp: otherIp, routeRecord: ipx }, network), /of a hub on its path/, cast)
    assert.equal(outcomeOf(detect({ ...forged, kind: 'answer' }, network)), 'none')
  }
})

test('Diameter: inside, on its way out, and of others', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const inside = { ...diameter(home.plmn, home.plmn), srcIp: otherIp }
    assert.equal(outcomeOf(detect(inside, network)), 'pass')
    assert.equal(outcomeOf(detect({ ...inside, routeRecord: [`dra.${realmOf(home.plmn)}`, 'dra7'] }, network)), 'pass')
    assert.equal(outcomeOf(detect(diameter(home.plmn, partner.plmn), network)), 'none')
    assert.equal(outcomeOf(detect(diameter(partner.plmn, home.plmn), network)), 'none')
    assert.equal(outcomeOf(detect(diameter(home.plmn, home.plmn), networkOf(cast, [], false))), 'unavailable')
    assert.equal(outcomeOf(detect(diameter(home.plmn, home.plmn), EMPTY_NETWORK)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const forged = signallingEvent({ callingGt: cast.home.hlr, ...INWARD })
    assert.equal(outcomeOf(detect(forged, networkOf(cast, [], false))), 'unavailable')
    // a link between two others may carry our request further
    const beyond = { ...forged, dpc: 9, dstIp: '203.0.113.9' }
    assert.equal(outcomeOf(detect(beyond, cast.network)), 'unavailable')
    assert.equal(outcomeOf(detect({ ...forged, opc: null, dpc: null, srcIp: null }, cast.network)), 'unavailable')
    assert.equal(outcomeOf(detect(forged, EMPTY_NETWORK)), 'none')
  }
})
