import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EMPTY_NETWORK } from '../../network/network.ts'
import { assertFires, CASTS, HOME_LINK, networkOf, outcomeOf } from '../cast.vectors.ts'
import { realmOf, s6aRequest } from '../diameter.vectors.ts'
import { realmToItself } from './spf-04.ts'

const { detect } = realmToItself
const { ip, otherIp } = HOME_LINK
const INWARD = { srcIp: '198.51.100.7', dstIp: ip }

test('fires when our realm speaks to itself from outside', () => {
  for (const cast of CASTS) {
    const { home, partner, network } = cast
    const forged = s6aRequest('Insert-Subscriber-Data', home.plmn, home.plmn, { ...INWARD, subjectImsi: home.imsi })
    assertFires(detect(forged, network), /came in from IP address 198\.51\.100\.7 with epc\..* as both/, cast)
    const written = { ...forged, originRealm: `${realmOf(home.plmn).toUpperCase()}.` }
    assertFires(detect(written, network), /from IP address/, cast)
    const byPath = { ...forged, srcIp: otherIp, routeRecord: [`mme1.${realmOf(partner.plmn)}`] }
    assertFires(detect(byPath, network), /on its path/, cast)
    const byHost = { ...forged, originHost: `mme1.${realmOf(partner.plmn)}` }
    assertFires(detect(byHost, networkOf(cast, [], false)), /from mme1\..* of /, cast)
    assert.equal(outcomeOf(detect({ ...forged, kind: 'answer' }, network)), 'none')
  }
})

test('near misses: inside our network, and another realm from outside', () => {
  for (const { home, partner, network } of CASTS) {
    const inside = s6aRequest('Update-Location', home.plmn, home.plmn, { srcIp: otherIp, dstIp: ip })
    assert.equal(outcomeOf(detect(inside, network)), 'pass')
    assert.equal(outcomeOf(detect(s6aRequest('Update-Location', partner.plmn, home.plmn, INWARD), network)), 'none')
  }
})

test('look-alike: what another network says to itself passes by', () => {
  for (const { partner, network } of CASTS) {
    const theirs = s6aRequest('Update-Location', partner.plmn, partner.plmn, {
      srcIp: '198.51.100.1',
      dstIp: '203.0.113.9',
    })
    assert.equal(outcomeOf(detect(theirs, network)), 'none')
    assert.equal(outcomeOf(detect({ ...theirs, routeRecord: ['dra.ipxuni.3gppnetwork.org'] }, network)), 'none')
    assert.equal(outcomeOf(detect({ ...theirs, destinationRealm: null }, network)), 'none')
  }
})

test('says what it could not check', () => {
  for (const cast of CASTS) {
    const { home } = cast
    const unknown = s6aRequest('Update-Location', home.plmn, home.plmn, INWARD)
    assert.equal(outcomeOf(detect(unknown, networkOf(cast, [], false))), 'unavailable')
    assert.equal(outcomeOf(detect(unknown, EMPTY_NETWORK)), 'unavailable')
  }
})
