import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ipBits, parseIpRange } from './ip-range.ts'

const ZEROS = '0'.repeat(128)

/** Text, its bits, whether it begins its range. */
const RANGES = [
  ['192.0.2.0/24', '4110000000000000000000010', true],
  ['192.0.2.1/24', '4110000000000000000000010', false],
  ['255.255.255.255', `4${'1'.repeat(32)}`, true],
  ['0.0.0.0/0', '4', true],
  ['::/0', '6', true],
  ['::', `6${ZEROS}`, true],
  ['::1', `6${ZEROS.slice(1)}1`, true],
  ['2001:db8::/32', '600100000000000010000110110111000', true],
  ['2001:db8::1/32', '600100000000000010000110110111000', false],
  ['::ffff:192.0.2.1', '411000000000000000000001000000001', true],
  ['::FFFF:C000:0201', '411000000000000000000001000000001', true],
  ['1:2:3:4:5:6:7::', `6${[1, 2, 3, 4, 5, 6, 7, 0].map((n) => n.toString(2).padStart(16, '0')).join('')}`, true],
] as const

for (const [text, bits, aligned] of RANGES) {
  test(`${text} is read`, () => assert.deepEqual(parseIpRange(text), { bits, aligned }))
}

for (const text of [
  '',
  '/',
  '1.2.3',
  '1.2.3.4/',
  '1.2.3.4/33',
  '1.2.3.4/-1',
  '1.2.3.4/8/8',
  '::/129',
  'fe80::1%eth0',
  '01.2.3.4',
]) {
  test(`${JSON.stringify(text)} is no range`, () => assert.equal(parseIpRange(text), null))
}

test('every address has the bits of its family', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      assert.match(ipBits(address) ?? '', /^(?:4[01]{32}|6[01]{128})$/)
    }),
  )
})
