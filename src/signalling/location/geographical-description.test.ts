import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { formatGeodeticPosition, formatPosition, SHAPES } from './geographical-description.ts'

/** 45° north, 90° east; 22.5° south, 180° west; the poles and the date line. */
const POINT = '400000 400000'

/** Description, position. Written from 3GPP TS 23.032 §7.3; the first octet is the shape. */
const DESCRIPTIONS = [
  [`00 ${POINT}`, '45.00000,90.00000'],
  [`10 ${POINT} 24`, '45.00000,90.00000'],
  ['10 a00000 800000 00', '-22.50000,-180.00000'],
  ['00 000000 ffffff', '0.00000,-0.00002'],
  ['00 7fffff 7fffff', '89.99999,179.99998'],
  [`30 ${POINT} 20 10 2d 44`, '45.00000,90.00000'],
  [`52 ${POINT} 000000 000000`, '45.00000,90.00000'],
  [`53 ${POINT} 000000 000000 000001 000001`, '45.00000,90.00000'],
  [`80 ${POINT} 8064`, '45.00000,90.00000'],
  [`90 ${POINT} 0064 20 10 2d 05 44`, '45.00000,90.00000'],
  [`a0 ${POINT} 0010 08 2d 10 44`, '45.00000,90.00000'],
] as const

for (const [octets, position] of DESCRIPTIONS) {
  test(`${octets} is ${position}, and nothing when it is cut`, () => {
    const bytes = hex('ff', octets, 'ff')
    assert.equal(formatPosition(bytes, 1, bytes.length - 1), position)
    for (const cut of prefixes(hex(octets))) assert.equal(formatPosition(cut, 0, cut.length), null)
  })
}

test('every shape of the table has its description, and no other is read', () => {
  const described = new Set(DESCRIPTIONS.map(([octets]) => Number.parseInt(octets.slice(0, 1), 16)))
  assert.deepEqual(
    SHAPES.filter(({ code }) => !described.has(code)),
    [],
  )
  for (let shape = 0; shape < 16; shape++) {
    const bytes = hex(`${shape.toString(16)}0`, POINT, '00'.repeat(20))
    const isDefined = SHAPES.some(({ code }) => code === shape)
    assert.equal(formatPosition(bytes, 0, bytes.length) !== null, isDefined)
  }
})

test('a calling geodetic location has an octet in front, and no polygon', () => {
  const read = (octets: string): string | null => {
    const bytes = hex(octets)
    return formatGeodeticPosition(bytes, 0, bytes.length)
  }
  assert.equal(read(`00 01 ${POINT} 24 32`), '45.00000,90.00000')
  assert.equal(read(`00 80 ${POINT}`), '45.00000,90.00000')
  assert.equal(read(`00 05 ${POINT} 24 32`), null)
  for (const cut of prefixes(hex(`00 00 ${POINT}`))) assert.equal(formatGeodeticPosition(cut, 0, cut.length), null)
})
