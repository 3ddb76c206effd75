import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { packSeptets } from '../../simulate/sms-writer.ts'
import { AnomalyList } from '../anomaly.ts'
import { relativeValiditySeconds } from './time-stamp.ts'
import { decodeSms, decodeTpdu, type SmsTpdu } from './tpdu.ts'
import { BROKEN_TPDUS, TPDUS, type TpduVector } from './tpdu.vectors.ts'

/** The fields of `all` that `wanted` names. */
function pick(all: SmsTpdu, wanted: Partial<SmsTpdu>): unknown {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in wanted))
}

/** What stands in a body, or is told from it: what a cut TPDU may lack. */
const OF_THE_BODY = ['bodyEnd', 'bodyStart', 'holdsLocation', 'holdsImei', 'command', 'response', 'commands']

function withoutBody(sms: SmsTpdu): unknown {
  return Object.fromEntries(Object.entries(sms).filter(([name]) => !OF_THE_BODY.includes(name)))
}

function read({ hex: octets, toMobile, isReport }: TpduVector, bytes = hex(octets)): [SmsTpdu | Fault, AnomalyList] {
  const anomalies = new AnomalyList()
  return [decodeSms(bytes, 0, bytes.length, { toMobile, isReport: isReport ?? false }, anomalies), anomalies]
}

for (const vector of TPDUS) {
  const { what, expected } = vector
  test(`reads a ${what}`, () => {
    const [found, anomalies] = read(vector)
    assert.ok(!(found instanceof Fault))
    assert.deepEqual(pick(found, expected), expected)
    assert.deepEqual(anomalies.list(), vector.anomalies ?? [])
  })

  test(`every prefix of a ${what} is a fault, or the same without its body`, () => {
    const whole = hex(vector.hex)
    const [all] = read(vector)
    assert.ok(!(all instanceof Fault))
    for (const bytes of prefixes(whole)) {
      const [found] = read(vector, bytes)
      if (found instanceof Fault) assert.ok(found.offset <= bytes.length)
      else if (all.type !== 'statusReport') assert.deepEqual(withoutBody(found), withoutBody(all))
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

test('reports and messages of one type indicator are told apart by their direction', () => {
  const ack = hex('01 00 62302080510300')
  assert.ok(decodeSms(ack, 0, ack.length, { toMobile: true, isReport: false }) instanceof Fault)
  const deliver = hex('04 0591 2143f5 00 00 62302080510300 00')
  assert.ok(decodeSms(deliver, 0, deliver.length, { toMobile: true, isReport: true }) instanceof Fault)
})

test('where it came tells a cause of failure from an indicator', () => {
  const octets = hex('00 c8 00')
  const error = decodeSms(octets, 0, 3, { toMobile: false, isReport: true, isError: true })
  assert.ok(!(error instanceof Fault))
  assert.equal(error.failureCause, 0xc8)
  const result = decodeSms(octets, 0, 3, { toMobile: false, isReport: true, isError: false })
  assert.ok(!(result instanceof Fault))
  assert.equal(result.failureCause, null)
})

test('names are unpacked, whatever their length', () => {
  for (const name of ['A', 'Bank', 'Telltale', 'Elevenchars']) {
    const packed = Buffer.from(packSeptets(name)).toString('hex')
    const digits = Math.ceil((name.length * 7) / 4)
    const bytes = hex('04', digits.toString(16).padStart(2, '0'), 'd0', packed, '0000 62302080510300 00')
    for (const again of [bytes, bytes.slice()]) {
      const found = decodeTpdu(again, 0, again.length, true)
      assert.ok(!(found instanceof Fault))
      assert.equal(found.address, name)
    }
  }
})

test('an address of more digits than there may be is odd', () => {
  const bytes = hex('04 1691', '21'.repeat(11), '0000 62302080510300 00')
  const anomalies = new AnomalyList()
  const found = decodeTpdu(bytes, 0, bytes.length, true, anomalies)
  assert.ok(!(found instanceof Fault))
  assert.equal(found.address, '12'.repeat(11))
  assert.deepEqual(anomalies.list(), ['identityLength'])
})

test('relative validity goes from five minutes to 63 weeks', () => {
  const steps = [0, 143, 144, 167, 168, 196, 197, 255]
  assert.deepEqual(
    steps.map((value) => relativeValiditySeconds(value) / 60),
    [5, 720, 750, 1440, 2880, 43_200, 50_400, 635_040],
  )
})

test('a body beyond what a length octet can say is not looked at', () => {
  const bytes = new Uint8Array(60_000)
  bytes.set(hex('01 2a 04a1 2143 00 04 ff'))
  const found = decodeTpdu(bytes, 0, bytes.length, false)
  assert.ok(!(found instanceof Fault))
  assert.equal(found.bodyEnd - found.bodyStart, LIMITS.smsUserDataBytes)
})

test('octets on both sides of the range take no part', () => {
  const octets = hex('01 2a 0c91 447700091032 00 00 01 41')
  const bytes = new Uint8Array(octets.length + 6).fill(0xff)
  bytes.set(octets, 3)
  const [inner, outer] = [decodeTpdu(octets, 0, octets.length, false), decodeTpdu(bytes, 3, bytes.length - 3, false)]
  assert.ok(!(inner instanceof Fault) && !(outer instanceof Fault))
  assert.deepEqual({ ...outer, bodyStart: outer.bodyStart - 3, bodyEnd: outer.bodyEnd - 3 }, inner)
})

test('random octets, and vectors with octets changed, give headers or a fault', () => {
  const random = fc.uint8Array({ maxLength: 60 })
  const changed = fc
    .record({ vector: fc.constantFrom(...TPDUS), at: fc.nat(60), value: fc.nat(255) })
    .map(({ vector, at, value }) => {
      const bytes = hex(vector.hex)
      if (at < bytes.length) bytes[at] = value
      return bytes
    })
  fc.assert(
    fc.property(fc.oneof(random, changed), fc.boolean(), fc.boolean(), (bytes, toMobile, isReport) => {
      const found = decodeSms(bytes, 0, bytes.length, { toMobile, isReport }, new AnomalyList())
      if (found instanceof Fault) assert.ok(found.offset >= 0 && found.offset <= bytes.length)
      else assert.ok(found.bodyStart <= found.bodyEnd && found.bodyEnd <= bytes.length)
    }),
    { numRuns: 600, seed: 7 },
  )
})

test('a header of twice the elements costs about double', async () => {
  await assertLinear((times) => {
    const elements = 60 * times
    const bytes = hex(
      '44 0591 2143f5 00 04 62302080510300 ff',
      (elements * 2).toString(16).padStart(2, '0'),
      '8000'.repeat(elements),
    )
    return costUs(() => {
      for (let i = 0; i < 200; i++) decodeTpdu(bytes, 0, bytes.length, true)
    })
  })
})
