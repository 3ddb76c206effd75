import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countryCodeOfE164, countryOfE164, kindOfE164 } from './e164.ts'
import { E164_PREFIXES } from './tables/e164.ts'
import { NANP_AREA_CODES } from './tables/nanp.ts'

/** Number, country, kind, country code. Subscriber parts invented. */
const NUMBERS = [
  ['14045550100', 'US', 'country', '1'],
  ['14165550100', 'CA', 'country', '1'],
  ['12465550100', 'BB', 'country', '1'],
  ['12425550100', 'BS', 'country', '1'],
  ['12685550100', 'AG', 'country', '1'],
  ['18095550100', 'DO', 'country', '1'],
  ['18295550100', 'DO', 'country', '1'],
  ['18495550100', 'DO', 'country', '1'],
  ['18765550100', 'JM', 'country', '1'],
  ['16585550100', 'JM', 'country', '1'],
  ['17875550100', 'PR', 'country', '1'],
  ['19395550100', 'PR', 'country', '1'],
  ['13405550100', 'VI', 'country', '1'],
  ['16715550100', 'GU', 'country', '1'],
  ['17215550100', 'SX', 'country', '1'],
  ['18005550100', null, 'service', '1'],
  ['15005550100', null, 'service', '1'],
  ['16225550100', 'CA', 'service', '1'],
  ['12005550100', null, 'shared', '1'],
  ['12', null, 'shared', '1'],
  ['79160000000', 'RU', 'country', '7'],
  ['77010000000', 'KZ', 'country', '7'],
  ['76000000000', 'KZ', 'country', '7'],
  ['447700900000', 'GB', 'country', '44'],
  ['447700300000', 'JE', 'country', '44'],
  ['441534000000', 'JE', 'country', '44'],
  ['447781000000', 'GG', 'country', '44'],
  ['441481000000', 'GG', 'country', '44'],
  ['447624000000', 'IM', 'country', '44'],
  ['390669800000', 'VA', 'country', '39'],
  ['390600000000', 'IT', 'country', '39'],
  ['262692000000', 'RE', 'country', '262'],
  ['262639000000', 'YT', 'country', '262'],
  ['590690000000', 'GP', 'country', '590'],
  ['59995000000', 'CW', 'country', '599'],
  ['5997000000', 'BQ', 'country', '599'],
  ['4779000000', 'SJ', 'country', '47'],
  ['4740000000', 'NO', 'country', '47'],
  ['61891620000', 'CC', 'country', '61'],
  ['61891640000', 'CX', 'country', '61'],
  ['35818000000', 'AX', 'country', '358'],
  ['358400000000', 'FI', 'country', '358'],
  ['212528800000', 'EH', 'country', '212'],
  ['212528700000', 'MA', 'country', '212'],
  ['6723000000', 'NF', 'country', '672'],
  ['870773000000', null, 'satellite', '870'],
  ['881600000000', null, 'satellite', '881'],
  ['882160000000', null, 'satellite', '882'],
  ['882100000000', null, 'network', '882'],
  ['883500000000', null, 'network', '883'],
  ['888000000000', null, 'service', '888'],
  ['80000000000', null, 'service', '800'],
  ['999000000000', null, null, null],
  ['210000000000', null, null, null],
  ['', null, null, null],
  ['b1246', null, null, null],
  ['1246b', 'BB', 'country', '1'],
] as const

for (const [number, country, kind, countryCode] of NUMBERS) {
  test(`${number || 'no digits'} is a number of ${country ?? kind ?? 'nobody'}`, () => {
    assert.equal(countryOfE164(number), country)
    assert.equal(kindOfE164(number), kind)
    assert.equal(countryCodeOfE164(number), countryCode)
  })
}

for (const [name, table] of Object.entries({ E164_PREFIXES, NANP_AREA_CODES })) {
  test(`the rows of ${name} are in code order, without repetition, each well formed`, () => {
    const rows = table.trim().split('\n')
    const codes = rows.map((row) => row.split(' ')[0] ?? '')
    assert.deepEqual(codes, [...new Set(codes)].sort())
    for (const row of rows)
      assert.match(row, /^\d{1,8} (?:[A-Z]{2}|-(?= )|-$)(?: (?:shared|satellite|network|service))?$/)
  })
}

test('every row of the tables is found again', () => {
  for (const row of E164_PREFIXES.trim().split('\n')) {
    const [prefix = '', country] = row.split(' ')
    assert.equal(countryOfE164(prefix), country === '-' ? null : country, row)
  }
  for (const row of NANP_AREA_CODES.trim().split('\n')) {
    const [area = '', country] = row.split(' ')
    assert.equal(countryOfE164(`1${area}`), country === '-' ? null : country, row)
  }
})

test('any text has an answer', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.match(countryOfE164(text) ?? 'XX', /^[A-Z]{2}$/)
    }),
  )
})
