import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { countriesInNumbering } from './countries.ts'
import {
  brandOfPlmn,
  countriesOfPlmn,
  countryOfMcc,
  countryOfPlmn,
  isListedPlmn,
  kindOfPlmn,
  mncLengthOfMcc,
  operatorOfPlmn,
  plmnOfImsi,
} from './e212.ts'
import { NUMBERING_REFERENCES } from './references.ts'
import { MOBILE_COUNTRY_CODES } from './tables/mccs.ts'
import { areNumberedApart } from './territory.ts'

/** IMSI, MNC, country, operator. Subscriber parts invented. */
const IMSIS = [
  ['001010000000001', '01', null, 'Test network'],
  ['001001000000001', '001', null, 'Test network'],
  ['262010000000001', '01', 'DE', 'Telekom Deutschland GmbH'],
  ['310410000000001', '410', 'US', 'AT&T Mobility'],
  ['310999000000001', '999', 'US', null],
  ['404100000000001', '10', 'IN', 'AirTel'],
  ['405854000000001', '854', 'IN', 'Jio'],
  ['234500000000001', '50', 'GB', 'JT Group Limited'],
  ['234580000000001', '58', 'IM', 'Manx Telecom'],
  ['310370000000001', '370', 'US', 'NTT DoCoMo Pacific'],
  ['311780000000001', '780', 'AS', 'American Samoa Telecommunications'],
  ['425050000000001', '05', 'PS', 'Palestine Cellular Communications, Ltd.'],
  ['901400000000001', '40', null, 'Deutsche Telekom AG'],
  ['461000000000001', '00', 'CN', null],
  ['310410', '410', 'US', 'AT&T Mobility'],
  // a digit where the filler belongs
  ['3104100000000010', '410', 'US', 'AT&T Mobility'],
] as const

for (const [imsi, mnc, country, operator] of IMSIS) {
  test(`${imsi} has MNC ${mnc} in ${country ?? 'no country'}`, () => {
    const mcc = imsi.slice(0, 3)
    assert.deepEqual(plmnOfImsi(imsi), { mcc, mnc, plmn: mcc + mnc, country, operator, ambiguous: false })
  })
}

/** Both lengths fit, none does, or the MCC is not assigned. */
for (const [imsi, country] of [
  ['405034000000001', 'IN'],
  ['250770000000001', 'RU'],
  ['999700000000001', null],
  ['123450000000001', null],
] as const) {
  test(`${imsi} does not tell its MNC`, () => {
    const mcc = imsi.slice(0, 3)
    assert.deepEqual(plmnOfImsi(imsi), { mcc, mnc: null, plmn: null, country, operator: null, ambiguous: true })
  })
}

for (const text of ['', '31041', '31041012345678901', '31041O000000001', ' 310410000000001', '310410\n']) {
  test(`${JSON.stringify(text)} is no IMSI`, () => assert.equal(plmnOfImsi(text), null))
}

test('countries have several mobile country codes', () => {
  assert.deepEqual(['310', '316', '330', '440', '441', '404', '406', '430'].map(countryOfMcc), [
    ...['US', 'US', 'PR', 'JP', 'JP', 'IN', 'IN', 'AE'],
  ])
  assert.deepEqual(['001', '901', '999', '000', '1'].map(countryOfMcc), [null, null, null, null, null])
})

test('MNC lengths', () => {
  assert.deepEqual(['262', '310', '405', '000'].map(mncLengthOfMcc), [2, 3, null, null])
})

test('a network tells its brand and every country it serves', () => {
  assert.equal(brandOfPlmn('20205'), 'Vodafone')
  assert.equal(brandOfPlmn('20203'), null)
  assert.deepEqual(countriesOfPlmn('338050'), ['JM', 'BM', 'KY', 'LC', 'MS', 'TC'])
  assert.deepEqual(countriesOfPlmn('26201'), ['DE'])
  assert.deepEqual(countriesOfPlmn('00101'), [])
  assert.equal(countryOfPlmn('26299'), 'DE')
  assert.equal(operatorOfPlmn('26299'), null)
  assert.equal(isListedPlmn('26299'), false)
})

test('a network without an operator in the list has none', () => {
  assert.equal(isListedPlmn('310014'), true)
  assert.equal(operatorOfPlmn('310014'), null)
})

test('the mobile country codes are in order and well formed', () => {
  const rows = MOBILE_COUNTRY_CODES.trim().split('\n')
  const codes = rows.map((row) => row.slice(0, 3))
  assert.deepEqual(codes, [...new Set(codes)].sort())
  for (const row of rows) assert.match(row, /^\d{3} (?:-|[A-Z]{2}(?:,[A-Z]{2})*) [23*]$/)
})

test('the references name the version of the list', () => {
  const text = readFileSync(new URL('./tables/plmns.tsv', import.meta.url), 'utf8')
  const version = /mcc-mnc-list [\d.]+\d/.exec(text)?.[0]
  assert.ok(NUMBERING_REFERENCES.some((reference) => reference.version === version))
})

test('every network of the list is in order, well formed and fits its mobile country code', () => {
  const lines = readFileSync(new URL('./tables/plmns.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.filter((line) => !line.startsWith('#'))
  assert.ok(rows.length > 3000)
  const codes = rows.map((row) => row.split('\t')[0] ?? '')
  assert.deepEqual(codes, [...new Set(codes)].sort())
  for (const row of rows) {
    const [plmn = '', countries = '', , , kind = 'national'] = row.split('\t')
    assert.match(plmn, /^\d{5,6}$/)
    assert.ok(countryOfMcc(plmn.slice(0, 3)) !== null || /^(?:001|9)/.test(plmn), row)
    assert.ok([null, plmn.length - 3].includes(mncLengthOfMcc(plmn.slice(0, 3))), row)
    for (const country of countries.split(',')) assert.ok(country === '' || countriesInNumbering().has(country), row)
    assert.match(kind, /^(?:national|satellite|maritime|aeronautical|iot)$/)
    assert.ok(kind === 'national' || plmn.startsWith('901'), row)
    assert.ok(!row.endsWith('\t'), row)
  }
})

test('a territory is not numbered apart from its country', () => {
  assert.equal(areNumberedApart('GB', 'JE'), false)
  assert.equal(areNumberedApart('JE', 'GG'), false)
  assert.equal(areNumberedApart('US', 'PR'), false)
  assert.equal(areNumberedApart('US', 'US'), false)
  assert.equal(areNumberedApart('US', 'BB'), true)
  assert.equal(areNumberedApart('RU', 'KZ'), true)
})

/** Network and whom it serves. */
for (const [plmn, kind] of [
  ['26201', 'national'],
  ['310410', 'national'],
  ['26299', 'national'],
  ['00101', 'test'],
  ['99970', 'internal'],
  ['90103', 'satellite'],
  ['90112', 'maritime'],
  ['90114', 'aeronautical'],
  ['90180', 'iot'],
  ['90158', 'international'],
  ['90199', 'international'],
  ['90201', 'international'],
  ['12345', null],
  ['', null],
] as const) {
  test(`network ${plmn || 'of no digits'} is ${kind ?? 'nobody'}'s`, () => assert.equal(kindOfPlmn(plmn), kind))
}

test('a network without a brand but with a remark has no brand', () => {
  assert.equal(brandOfPlmn('90103'), null)
  assert.equal(brandOfPlmn('90112'), 'Telenor')
})
