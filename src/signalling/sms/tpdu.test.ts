import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { packSeptets } from '../../simulate/sms-writer.ts'
import { decodeTpdu } from './tpdu.ts'
import { BROKEN_TPDUS, TPDUS } from './tpdu.vectors.ts'

for (const { what, hex: octets, toMobile, expected } of TPDUS) {
  test(`reads the headers of a ${what}`, () => {
    const bytes = hex(octets)
    const found = decodeTpdu(bytes, 0, bytes.length, toMobile)
    assert.deepEqual(found, expected)
  })

  test(`every prefix of a ${what} is a fault, or the same without its text`, () => {
    const whole = hex(octets)
    const all = decodeTpdu(whole, 0, whole.length, toMobile)
    for (const bytes of prefixes(whole)) {
      const found = decodeTpdu(bytes, 0, bytes.length, toMobile)
      if (found instanceof Fault) assert.ok(found.offset <= bytes.length)
      else assert.deepEqual(found, all)
    }
  })
}

test('broken ones say why', () => {
  for (const { hex: octets, toMobile, reason } of BROKEN_TPDUS) {
    const bytes = hex(octets)
    const fault = decodeTpdu(bytes, 0, bytes.length, toMobile)
    assert.ok(fault instanceof Fault)
    assert.equal(fault.reason, reason)
  }
})

test('names are unpacked, whatever their length', () => {
  for (const name of ['A', 'Bank', 'Telltale', 'Elevenchars']) {
    const packed = Buffer.from(packSeptets(name)).toString('hex')
    const digits = Math.ceil((name.length * 7) / 4)
    const bytes = hex('04', digits.toString(16).padStart(2, '0'), 'd0', packed, '0000 62302080510300 00')
    const found = decodeTpdu(bytes, 0, bytes.length, true)
    assert.ok(!(found instanceof Fault))
    assert.equal(found.address, name)
  }
})

test('random octets give headers or a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, toMobile) => {
      const found = decodeTpdu(bytes, 0, bytes.length, toMobile)
      if (found instanceof Fault) assert.ok(found.offset >= 0 && found.offset <= bytes.length)
    }),
    { numRuns: 2000, seed: 7 },
  )
})
