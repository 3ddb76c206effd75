import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countriesInNumbering } from './countries.ts'
import { parsePointCode } from './point-code.ts'
import { countryOfInternationalPointCode, signallingAreaOf } from './signalling-area.ts'
import { SIGNALLING_AREAS } from './tables/signalling-areas.ts'

/** Point code, area as the ITU writes it, country. */
const CODES = [
  ['2-000-0', '2-000', 'LI'],
  ['2-016-3', '2-016', 'FR'],
  ['2-068-1', '2-068', 'GB'],
  ['2-255-7', '2-255', 'FI'],
  ['3-060-1', '3-060', 'PR'],
  ['3-084-0', '3-084', 'BB'],
  ['3-128-0', '3-128', 'BS'],
  ['3-228-5', '3-228', 'AL'],
  ['4-110-1', '4-110', 'MO'],
  ['6-094-1', '6-094', null],
  ['6-120-1', '6-120', 'IO'],
  ['7-213-1', '7-213', 'XK'],
  ['3-000-1', '3-000', null],
  ['0-000-0', '0-000', null],
  ['1-100-1', '1-100', null],
] as const

for (const [text, area, country] of CODES) {
  test(`${text} is of ${country ?? 'nobody'}`, () => {
    const pointCode = parsePointCode(text) ?? -1
    assert.equal(signallingAreaOf(pointCode), area)
    assert.equal(countryOfInternationalPointCode(pointCode), country)
  })
}

test('a code of more than 14 bits, or of none, has no area', () => {
  for (const pointCode of [0x4000, 0xff_ffff, -1, 1.5, Number.NaN]) {
    assert.equal(signallingAreaOf(pointCode), null)
    assert.equal(countryOfInternationalPointCode(pointCode), null)
  }
})

test('the areas are in order, do not overlap, and belong to countries that numbering knows', () => {
  let end = -1
  for (const row of SIGNALLING_AREAS.trim().split('\n')) {
    const match = /^([2-7]) (\d{1,3}) (\d{1,3}) ([A-Z]{2}|\*)$/.exec(row)
    assert.ok(match, row)
    const [zone = 0, first = 0, last = 0] = match.slice(1, 4).map(Number)
    assert.ok(zone * 256 + first > end && last >= first && last < 256, row)
    end = zone * 256 + last
    assert.ok(match[4] === '*' || countriesInNumbering().has(match[4] ?? ''), row)
  }
})

test('any number has an answer', () => {
  fc.assert(
    fc.property(fc.integer(), (pointCode) => {
      assert.match(countryOfInternationalPointCode(pointCode) ?? 'XX', /^[A-Z]{2}$/)
    }),
  )
})
