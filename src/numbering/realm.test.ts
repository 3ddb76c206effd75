import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plmnOfRealm } from './realm.ts'

/** Name, MCC, MNCs. */
const REALMS = [
  ['epc.mnc410.mcc310.3gppnetwork.org', '310', ['410']],
  ['epc.mnc001.mcc001.3gppnetwork.org', '001', ['001', '01']],
  ['EPC.MNC001.MCC208.3GPPNETWORK.ORG.', '208', ['001', '01']],
  ['hss01.epc.mnc010.mcc208.3gppnetwork.org', '208', ['010', '10']],
  ['ims.mnc01.mcc208.3gppnetwork.org', '208', ['01']],
  ['epdg.epc.mnc010.mcc208.pub.3gppnetwork.org', '208', ['010', '10']],
  ['mnc410.mcc310.3gppnetwork.org', '310', ['410']],
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
