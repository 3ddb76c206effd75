import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kindOfRealm, plmnOfRealm } from './realm.ts'

/** Name, MCC, MNCs. */
const REALMS = [
  ['epc.mnc410.mcc310.3gppnetwork.org', '310', ['410']],
  ['epc.mnc001.mcc001.3gppnetwork.org', '001', ['001', '01']],
  ['EPC.MNC001.MCC208.3GPPNETWORK.ORG.', '208', ['001', '01']],
  ['hss01.epc.mnc010.mcc208.3gppnetwork.org', '208', ['010', '10']],
  ['ims.mnc01.mcc208.3gppnetwork.org', '208', ['01']],
  ['epdg.epc.mnc010.mcc208.pub.3gppnetwork.org', '208', ['010', '10']],
  ['mnc410.mcc310.3gppnetwork.org', '310', ['410']],
  ['wlan.mnc001.mcc208.3gppnetwork.org', '208', ['001', '01']],
  ['gan.mnc001.mcc208.3gppnetwork.org', '208', ['001', '01']],
  ['topon.s5.pgw1.node.epc.mnc410.mcc310.3gppnetwork.org', '310', ['410']],
  ['amf1.5gc.mnc410.mcc310.3gppnetwork.org', '310', ['410']],
  ['internet.mnc012.mcc345.gprs', '345', ['012', '12']],
] as const

for (const [realm, mcc, mncs] of REALMS) {
  test(`${realm} carries ${mcc} ${mncs}`, () => assert.deepEqual(plmnOfRealm(realm), { mcc, mncs }))
}

for (const realm of [
  '',
  'example.net',
  'epc.mnc1.mcc208.3gppnetwork.org',
  'epc.mnc0001.mcc208.3gppnetwork.org',
  'epc.mnc001.mcc208.3gppnetwork.org.example.net',
  'epc.xmnc001.mcc208.3gppnetwork.org',
  'epc.mnc001.mcc208.3gppnetworkxorg',
  `${'a.'.repeat(120)}mnc001.mcc208.3gppnetwork.org`,
]) {
  test(`${realm.slice(0, 50) || 'the empty name'} carries no network`, () => assert.equal(plmnOfRealm(realm), null))
}

/** Name, and what it says of its owner. */
for (const [realm, kind] of [
  ['hss1.epc.mnc010.mcc208.3gppnetwork.org', 'network'],
  ['ipx.epc.mnc010.mcc208.3gppnetwork.org', 'network'],
  ['dra1.spa.ipxuni.3gppnetwork.org', 'hub'],
  ['carrier.3gppnetwork.org', 'hub'],
  ['DRA1.Carrier3gppnetwork.ORG.', 'hub'],
  ['dra1.ipx.example.net', 'hub'],
  ['dra1.exampleipx.net', 'hub'],
  ['grx.example.net', 'hub'],
  ['hss1.vendor.example.net', null],
  ['example.ipx', null],
  ['epdg.epc.mcc208.visited-country.pub.3gppnetwork.org', null],
  ['', null],
  [`${'a.'.repeat(120)}ipx.example.net`, null],
] as const) {
  test(`${realm.slice(0, 50) || 'the empty name'} is a name of ${kind ?? 'another form'}`, () => {
    assert.equal(kindOfRealm(realm), kind)
  })
}
