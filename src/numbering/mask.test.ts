import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { maskDigits, maskImsi, maskMsisdn } from './mask.ts'

test('an IMSI keeps country, network and the last two digits', () => {
  assert.equal(maskImsi('262011234567890'), '26201********90')
  assert.equal(maskImsi('310410123456789'), '310410*******89')
  assert.equal(maskImsi('405034123456789'), '40503********89')
  assert.equal(maskImsi('001010000000001'), '00101********01')
})

test('a number keeps its country code and the last two digits', () => {
  assert.equal(maskMsisdn('4915112345678'), '49*********78')
  assert.equal(maskMsisdn('12465550100'), '1********00')
  assert.equal(maskMsisdn('999123456789'), '**********89')
})

test('digits keep what was asked', () => {
  assert.equal(maskDigits('356938035643809', 8, 2), '35693803*****09')
})

/** Too short, not digits, too long. */
for (const [text, masked] of [
  ['', ''],
  ['1', '*'],
  ['26201', '*****'],
  ['2620112345', '**********'],
  ['26201123456', '26201****56'],
  ['26201123456789a', '*'.repeat(15)],
  ['2620112345678901234567890', '*'.repeat(20)],
  [' 262011234567890', '*'.repeat(16)],
] as const) {
  test(`${JSON.stringify(text)} is masked as ${JSON.stringify(masked)}`, () => assert.equal(maskImsi(text), masked))
}

test('no mask shows more than it may, whatever comes', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 24 }))
  fc.assert(
    fc.property(texts, (text) => {
      for (const [masked, most] of [
        [maskImsi(text), 8],
        [maskMsisdn(text), 5],
      ] as const) {
        const shown = masked.replaceAll('*', '')
        assert.ok(shown.length <= most && /^\d*$/.test(shown))
        assert.ok(shown === '' || masked.length - shown.length >= 4)
        assert.ok(masked.length <= 20)
      }
    }),
  )
})
