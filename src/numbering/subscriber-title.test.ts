import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSubscriberTitle } from './subscriber-title.ts'

const IMSI = '001011234567837'

for (const [title, imsi, msisdn, expected, why] of [
  ['447700900123', null, '447700900123', true, 'the number asked about'],
  [IMSI, IMSI, null, true, 'the IMSI itself (E.212)'],
  ['4477001234567837', IMSI, null, true, 'E.214: country code, network, MSIN'],
  ['447700123456783', IMSI, null, true, 'E.214, cut at 15 digits'],
  ['447700900011', IMSI, '447700900123', false, 'a node'],
  ['447700900011', null, null, false, 'nobody is named'],
  ['12345678', '1234', null, false, 'a short IMSI proves nothing'],
  ['44770023456799', IMSI, null, false, 'other digits behind'],
] as const) {
  test(`${title}: ${why}`, () => assert.equal(isSubscriberTitle(title, imsi, msisdn), expected))
}
