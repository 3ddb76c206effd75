import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BerElement, constructed, encode, integer, nullElement, primitive, withLength } from './ber-writer.ts'
import { address, globalTitleDigits, imsi, plmnOctets, tbcd } from './digits.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const octets = (count: number): Uint8Array => new Uint8Array(count).fill(0xab)

/** Worked out by hand from X.690 §8.1 and §8.3. */
const VECTORS: readonly { what: string; element: BerElement; hex: string }[] = [
  { what: 'NULL', element: nullElement(0x80), hex: '8000' },
  { what: 'small integer', element: integer(0x02, 71), hex: '020147' },
  { what: 'integer whose top bit is set', element: integer(0x02, 200), hex: '020200c8' },
  { what: 'two-octet integer', element: integer(0x0a, 0x1234), hex: '0a021234' },
  { what: 'padded integer', element: integer(0x02, 5, 2), hex: '0203000005' },
  { what: 'high tag number', element: primitive(0x9f22, Uint8Array.of(1)), hex: '9f220101' },
  { what: 'nested', element: constructed(0x30, [constructed(0xa0, [integer(0x80, 1)])]), hex: '3005a003800101' },
  { what: 'needlessly long length', element: withLength(integer(0x02, 1), 'padded'), hex: '02810101' },
  {
    what: 'indefinite length around a definite value',
    element: withLength(constructed(0x30, [integer(0x02, 1)]), 'indefinite'),
    hex: '30800201010000',
  },
]

for (const { what, element, hex: expected } of VECTORS) {
  test(`writes a ${what}`, () => assert.equal(hex(encode(element)), expected))
}

test('chooses the shortest length, or the next longer one', () => {
  const header = (size: number, form: 'minimal' | 'padded'): string =>
    hex(encode(primitive(0x04, octets(size)), form).subarray(0, 4))
  assert.equal(header(127, 'minimal'), '047fabab')
  assert.equal(header(128, 'minimal'), '048180ab')
  assert.equal(header(256, 'minimal'), '04820100')
  assert.equal(header(127, 'padded'), '04817fab')
  assert.equal(header(128, 'padded'), '04820080')
})

test('the form of the message reaches every element; primitives are never indefinite', () => {
  const message = constructed(0x62, [primitive(0x48, Uint8Array.of(1)), constructed(0x6c, [])])
  assert.equal(hex(encode(message, 'indefinite')), '62804801016c8000000000')
  assert.equal(hex(encode(message, 'padded')), '628107488101016c8100')
})

test('a message larger than any SCCP message is refused, not cut', () => {
  assert.throws(() => encode(primitive(0x04, octets(17_000))), RangeError)
})

test('digits: TBCD fills with 1111, global titles with 0000', () => {
  assert.equal(hex(tbcd('00101')), '0001f1')
  assert.equal(hex(globalTitleDigits('33639980010')), '333699081000')
  assert.equal(hex(encode(imsi(0x80, '001010000000001'))), '800800010100000000f1')
  assert.equal(hex(encode(address(0x81, '447700900010'))), '810791447700090001')
  assert.equal(hex(plmnOctets('00101')), '00f110')
  assert.equal(hex(plmnOctets('999700')), '990907')
})
