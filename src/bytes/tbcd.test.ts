import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex } from './bytes.vectors.ts'
import { decodeAddressSignals, decodeTbcd, formatHex, hasDigitsAfterFiller, readTbcd } from './tbcd.ts'

/** TBCD octets, digits, and whether a digit stands behind a filler. Source: 3GPP TS 29.002 §17.7.8, invented numbers. */
const TBCD = [
  ['00010121436587f9', '001010123456789', false],
  ['0001012143658709', '0010101234567890', false],
  ['ba2c', '*#a2', false],
  ['ff', '', false],
  ['', '', false],
  ['2143f5', '12345', false],
  ['21f365', '123', true],
  ['2f43', '', true],
  ['1f', '', true],
  ['214365870921436587f9', '1234567890123456789', false],
] as const

test('TBCD: low half first, up to the filler', () => {
  for (const [octets, digits, odd] of TBCD) {
    const bytes = hex(octets)
    assert.equal(decodeTbcd(bytes, 0, bytes.length), digits, octets)
    assert.equal(hasDigitsAfterFiller(bytes, 0, bytes.length), odd, octets)
  }
})

test('an identity of fifteen digits is read the same whatever one of its halves is', () => {
  for (let place = 0; place < 16; place++) {
    for (let half = 0; half < 16; half++) {
      const bytes = hex('00010121436587f9')
      const octet = bytes[place >> 1] ?? 0
      bytes[place >> 1] = (place & 1) === 0 ? (octet & 0xf0) | half : (octet & 0x0f) | (half << 4)
      const { text, decimal, afterFiller } = readTbcd(bytes, 0, 8)
      assert.equal(text, plainTbcd(bytes), `${place} ${half}`)
      assert.equal(decimal, /^[0-9]*$/.test(text), `${place} ${half}`)
      assert.equal(afterFiller, hasDigitsAfterFiller(bytes, 0, 8), `${place} ${half}`)
    }
  }
})

test('address signals: as many as told, hexadecimal', () => {
  assert.equal(decodeAddressSignals(hex('44770900a1'), 0, 10), '447790001a')
  assert.equal(decodeAddressSignals(hex('44770900a1'), 0, 9), '447790001')
  assert.equal(decodeAddressSignals(hex('447709'), 1, 4), '7790')
  assert.equal(decodeAddressSignals(hex(''), 0, 0), '')
})

/** The same digits, one by one. */
function plainTbcd(bytes: Uint8Array): string {
  const halves = [...bytes].flatMap((octet) => [octet & 15, octet >> 4])
  const filler = halves.indexOf(15)
  return (filler < 0 ? halves : halves.slice(0, filler)).map((half) => '0123456789*#abc'.charAt(half)).join('')
}

test('what is remembered is never mistaken for other octets', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 10 }), { maxLength: 20 }), (all) => {
      for (const bytes of [...all, ...all]) {
        assert.equal(decodeTbcd(bytes, 0, bytes.length), plainTbcd(bytes))
        const signals = decodeAddressSignals(bytes, 0, bytes.length * 2)
        assert.equal(
          Buffer.from(bytes)
            .toString('hex')
            .replaceAll(/(.)(.)/g, '$2$1'),
          signals,
        )
        assert.equal(formatHex(bytes, 0, bytes.length), Buffer.from(bytes).toString('hex'))
      }
    }),
    { numRuns: 500, seed: 7 },
  )
})
