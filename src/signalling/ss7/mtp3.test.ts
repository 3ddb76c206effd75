import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { decodeMtp2, decodeMtp3, pointCodeAt, serviceName, variantOfPointCodes } from './mtp3.ts'
import { MTP3_UNITS } from './mtp3.vectors.ts'

for (const { what, hex: octets, expected } of MTP3_UNITS) {
  test(`decodes a label: ${what}`, () => {
    const bytes = hex(octets)
    const decoded = decodeMtp3(bytes, 0, bytes.length)
    assert.ok(!(decoded instanceof Fault))
    const { opc, dpc, si, ni, sls, variant, start, end } = decoded
    assert.deepEqual({ opc, dpc, si, ni, sls, variant, userStart: start }, expected)
    assert.equal(end, bytes.length)
  })

  test(`every prefix is a fault or ends with it: ${what}`, () => {
    for (const cut of prefixes(hex(octets))) {
      const decoded = decodeMtp3(cut, 0, cut.length)
      assert.equal(decoded instanceof Fault, cut.length < 5)
      if (!(decoded instanceof Fault)) assert.equal(decoded.end, cut.length)
    }
  })
}

test('MTP2: the length indicator leaves out the check octets', () => {
  const unit = '85 c8001970 0102'
  const bytes = hex('ffff 07', unit, 'abcd')
  const decoded = decodeMtp2(bytes, 0, bytes.length)
  assert.ok(!(decoded instanceof Fault))
  assert.deepEqual([decoded.opc, decoded.start, decoded.end], [100, 8, 10])
  const long = hex('ffff 3f', unit, '00'.repeat(80))
  const whole = decodeMtp2(long, 0, long.length)
  assert.ok(!(whole instanceof Fault))
  assert.equal(whole.end, long.length, '63 stands for 63 or more')
})

test('MTP2: fill-in and status units, and cut ones', () => {
  const reason = (octets: string): string => {
    const decoded = decodeMtp2(hex(octets), 0, octets.length / 2)
    return decoded instanceof Fault ? decoded.reason : ''
  }
  assert.equal(reason('ffff00'), 'no message signal unit')
  assert.equal(reason('ffff02aabb'), 'no message signal unit')
  assert.equal(reason('ffff'), 'truncated')
  assert.equal(reason('ffff0783'), 'truncated')
})

test('names and small parts', () => {
  assert.equal(serviceName(5), 'isup')
  assert.equal(serviceName(15), 'si 15')
  assert.equal(variantOfPointCodes(0x3fff, 0x3fff), 'itu')
  assert.equal(variantOfPointCodes(0x4000, 0), 'ansi')
  assert.equal(pointCodeAt(hex('3412'), 0), 0x1234)
})

test('random octets give a user part inside the range, or a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (rest) => {
      const bytes = Uint8Array.of(0x83, ...rest)
      for (const decode of [decodeMtp3, decodeMtp2]) {
        const decoded = decode(bytes, 0, bytes.length)
        if (!(decoded instanceof Fault)) assert.ok(decoded.start <= decoded.end && decoded.end <= bytes.length)
      }
    }),
    { numRuns: 1000, seed: 7 },
  )
})
