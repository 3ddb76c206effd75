import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { encodeSccpAddress, sccpMessages } from '../../simulate/sccp-writer.ts'
import { AnomalyList } from '../anomaly.ts'
import { decodeSccp, type SccpUnitdata } from './sccp.ts'
import {
  CALLED,
  CALLED_ADDRESS,
  CALLING,
  CALLING_ADDRESS,
  SCCP_ADDRESSES,
  SCCP_UNITDATA,
  sccp,
} from './sccp.vectors.ts'
import { decodeSccpAddress, EMPTY_ADDRESS } from './sccp-address.ts'

function decode(bytes: Uint8Array, start = 0, end = bytes.length): SccpUnitdata | Fault {
  const decoded = decodeSccp(bytes, start, end, 'itu', new AnomalyList())
  assert.ok(!('connectionOriented' in decoded))
  return decoded
}

for (const { name, bytes, expected } of SCCP_UNITDATA) {
  test(`decodes ${name}, wherever it stands in a buffer`, () => {
    for (const pad of [0, 3]) {
      const moved = Uint8Array.of(...new Array<number>(pad).fill(0xaa), ...bytes, ...new Array<number>(pad).fill(0xaa))
      const decoded = decode(moved, pad, pad + bytes.length)
      assert.ok(!(decoded instanceof Fault))
      const { bytes: buffer, start, end, ...rest } = decoded
      assert.equal(Buffer.from(buffer.subarray(start, end)).toString('hex'), 'c0ffee')
      assert.deepEqual(rest, { message: name, called: CALLED_ADDRESS, calling: CALLING_ADDRESS, ...expected })
    }
  })

  test(`a cut ${name} is a fault, until all but the optional part is there`, () => {
    const needed = bytes.lastIndexOf(0xee) + 1
    for (const cut of prefixes(bytes)) {
      const decoded = decode(cut)
      assert.equal(decoded instanceof Fault, cut.length < needed, `${cut.length} octets`)
      if (decoded instanceof Fault) assert.ok(decoded.offset <= cut.length)
      else if (expected.segmentation !== null && cut.length < bytes.length - 1) assert.equal(decoded.segmentation, null)
    }
  })
}

for (const { what, hex: octets, variant, expected, anomalies } of SCCP_ADDRESSES) {
  test(`decodes an address: ${what}`, () => {
    const bytes = hex(octets)
    const list = new AnomalyList()
    assert.deepEqual(decodeSccpAddress(bytes, 0, bytes.length, variant, list), expected)
    assert.deepEqual(list.list(), anomalies)
    for (const cut of prefixes(bytes)) {
      const part = decodeSccpAddress(cut, 0, cut.length, variant, new AnomalyList())
      assert.ok(part.gt === null || expected.gt === null || part.gt.length <= expected.gt.length + 1)
    }
  })
}

test('an address without an octet is empty', () => {
  assert.equal(decodeSccpAddress(hex(''), 0, 0, 'itu', new AnomalyList()), EMPTY_ADDRESS)
})

test('faults say what is wrong', () => {
  const reasons: readonly (readonly [Uint8Array, string, number])[] = [
    [hex(''), 'truncated', 0],
    [hex('55'), 'unknown message type', 0],
    [hex('0900'), 'truncated', 2],
    [hex('0900 ff 05 07 00 00 00'), 'pointer out of range', 2],
    [hex('0900 03 03 03 09 00 00'), 'address out of range', 2],
    [hex('0900 03 03 03 00 00 05'), 'user data out of range', 7],
  ]
  for (const [bytes, reason, offset] of reasons) {
    const fault = decode(bytes)
    assert.ok(fault instanceof Fault)
    assert.deepEqual([fault.reason, fault.offset], [reason, offset])
  }
})

test('connection-oriented messages are named, not read', () => {
  for (const [code, name] of [
    [0x01, 'CR'],
    [0x06, 'DT1'],
    [0x10, 'IT'],
  ] as const) {
    assert.deepEqual(decodeSccp(Uint8Array.of(code), 0, 1, 'itu', new AnomalyList()), { connectionOriented: name })
  }
})

test('reads back what the encoder writes', () => {
  const digits = fc.stringMatching(/^[0-9]{1,15}$/)
  fc.assert(
    fc.property(
      digits,
      fc.nat(255),
      fc.option(fc.nat(0x3fff)),
      fc.uint8Array({ maxLength: 200 }),
      (gt, ssn, pointCode, data) => {
        const address = encodeSccpAddress({ digits: gt, ssn, translationType: 0, plan: 1, pointCode })
        const style = { type: 'udt', segmentBytes: 240, returnOnError: true } as const
        for (const message of sccpMessages(address, address, data, style, 1).slice(0, 1)) {
          const decoded = decode(message)
          assert.ok(!(decoded instanceof Fault))
          assert.deepEqual([decoded.called.gt, decoded.called.ssn, decoded.called.pointCode], [gt, ssn, pointCode])
          assert.deepEqual(decoded.calling, decoded.called)
          assert.equal(decoded.end - decoded.start, data.length)
        }
      },
    ),
    { numRuns: 300, seed: 7 },
  )
})

test('random octets behind every type give a message inside the range, or a fault', () => {
  const types = fc.constantFrom(0x09, 0x0a, 0x11, 0x12, 0x13, 0x14)
  const variants = fc.constantFrom('itu', 'ansi', 'japan')
  fc.assert(
    fc.property(types, variants, fc.array(fc.nat(30), { maxLength: 50 }), (type, variant, rest) => {
      const bytes = Uint8Array.of(type, ...rest)
      const decoded = decodeSccp(bytes, 0, bytes.length, variant as 'itu', new AnomalyList())
      if (decoded instanceof Fault) assert.ok(decoded.offset <= bytes.length)
      else if (!('connectionOriented' in decoded))
        assert.ok(decoded.start <= decoded.end && decoded.end <= bytes.length)
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('doubled optional parameters cost about double', async () => {
  const many = (count: number): Uint8Array => sccp('13010f', CALLED, CALLING, 'c0ffee', '120100'.repeat(count))
  const [one, two] = [many(4000), many(8000)]
  await assertLinear((times) => costUs(() => decode(times === 1 ? one : two)))
})
