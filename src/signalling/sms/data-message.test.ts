import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { DATA_MESSAGE, dataMessageShape } from './data-message.ts'

/** Of the test network 001-01, and a test IMEI with its check digit, with a spare digit, and as plain digits. */
const LOCATION = '00f110 1234 5678'
const IMEI = '0a10100021436507'
const { location, imei } = DATA_MESSAGE

const SHAPES = [
  ['', 0],
  [LOCATION, location],
  [`${LOCATION} a1b2c3`, location],
  [`a1b2c3 ${LOCATION}`, location],
  [`a1b2 07 ${LOCATION} c3d4`, location],
  [`a1b2 09 ${LOCATION} c3d4`, location],
  [`a1cccc ${LOCATION} c3d4`, location],
  [`a1b2 ${LOCATION} cccc d4`, location],
  [IMEI, imei],
  [`a1b2c3 ${IMEI} d4e5`, imei],
  ['0010100021436508f5', 0],
  ['00011032547698f0', imei],
  ['00110010325476f0', imei],
  [`${IMEI} a1 ${LOCATION} b2`, location | imei],
  [`a1 ${LOCATION} ${IMEI} b2`, location | imei],
] as const

/** What misses by little. */
const NEAR = [
  ['a location in the middle of other data', `a1b2 ${LOCATION} c3d4`],
  ['a country that does not exist', '01f110 1234 5678'],
  ['a digit that is none', '0af110 1234 5678'],
  ['no area', '00f110 0000 5678'],
  ['a deleted area', '00f110 fffe 5678'],
  ['no cell', '00f110 1234 ffff'],
  ['a cut location', '00f110 1234 56'],
  ['text', Buffer.from('reply to 12345').toString('hex')],
  ['a number in text', Buffer.from('3512345678901234').toString('hex')],
  ['zeros', '00'.repeat(20)],
  ['another reporting body', '7a10100021436507'],
  ['another check digit', '0a10100021436537'],
] as const

for (const [octets, expected] of SHAPES) {
  test(`sees ${expected} in ${octets}`, () => {
    const bytes = hex('00f1', octets, '1012')
    assert.equal(dataMessageShape(bytes, 2, bytes.length - 2), expected)
    for (const cut of prefixes(hex(octets))) assert.ok(dataMessageShape(cut, 0, cut.length) <= 3)
  })
}

for (const [what, octets] of NEAR) {
  test(`sees nothing in ${what}`, () => {
    const bytes = hex(octets)
    assert.equal(dataMessageShape(bytes, 0, bytes.length), 0)
  })
}

test('random data rarely has the shape', () => {
  let seen = 0
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 40, maxLength: 40 }), (bytes) => {
      if (dataMessageShape(bytes, 0, bytes.length) !== 0) seen++
    }),
    { numRuns: 1000, seed: 7 },
  )
  assert.ok(seen < 150, `${seen} of 1000`)
})

test('twice the octets cost about double', async () => {
  await assertLinear((times) => {
    const length = 4_000 * times
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + 3) & 0xff)
    return costUs(() => dataMessageShape(bytes, 0, length))
  })
})
