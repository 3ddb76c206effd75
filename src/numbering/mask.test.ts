import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isPseudonym, maskDigits, maskImei, maskImsi, maskMsisdn } from './mask.ts'

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

test('a pseudonym is shown as it is, and nothing else passes for one', () => {
  for (const [text, known] of [
    ['00101~k7f3q2abcdefg', true],
    ['~k7f3q2abcdefg', true],
    ['35209900~k7f3q2abcdefg', true],
    ['00101~k7f3q2abcdef', false],
    ['00101~k7f3q2abcdef1', false],
    ['001011234567~k7f3q2abcdefg', false],
  ] as const) {
    assert.equal(isPseudonym(text), known, text)
    assert.equal(maskImsi(text) === text && maskMsisdn(text) === text && maskImei(text) === text, known, text)
  }
  assert.equal(maskImei('350000001234567'), '35000000*****67')
})
