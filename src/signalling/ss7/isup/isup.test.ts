import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../../bytes/bytes.vectors.ts'
import { Fault } from '../../../bytes/fault.ts'
import { AnomalyList } from '../../anomaly.ts'
import type { Mtp3Variant } from '../mtp3.ts'
import { decodeBicc, decodeCause, decodeIsup, type IsupMessage } from './isup.ts'
import { ISUP_BROKEN, ISUP_NUMBERS, ISUP_READ, type IsupFacts } from './isup.vectors.ts'
import { ISUP_MESSAGES, isupMessageName } from './messages.ts'
import { decodeGenericNumber, decodeIsupNumber, decodeSubsequentNumber } from './number.ts'

const decoderOf = (bicc: true | undefined): typeof decodeIsup => (bicc === true ? decodeBicc : decodeIsup)

function facts(message: IsupMessage): IsupFacts {
  const { cic, type, row } = message
  const all = {
    called: message.calledNumber?.digits,
    calling: message.callingNumber?.digits,
    redirecting: message.redirectingNumber?.digits,
    original: message.originalCalledNumber?.digits,
    redirection: message.redirectionNumber?.digits,
    connected: message.connectedNumber?.digits,
    location: message.locationNumber?.digits,
    generic: message.genericNumber?.digits,
    subsequent: message.subsequentDigits,
    cause: message.cause,
  }
  const found = Object.entries(all).filter(([, value]) => value !== undefined && value !== null)
  return { cic, type, name: row?.name ?? null, ...Object.fromEntries(found) }
}

for (const [what, octets, expected] of ISUP_NUMBERS) {
  test(`number: ${what}`, () => {
    const bytes = hex('aa', octets, 'aa')
    const anomalies = new AnomalyList()
    for (const time of ['made', 'kept']) {
      assert.deepEqual(decodeIsupNumber(bytes, 1, bytes.length - 1, anomalies), expected, time)
    }
    assert.deepEqual(anomalies.list(), [])
  })
}

test('number: generic and subsequent ones', () => {
  const generic = hex('06 0413 4477')
  assert.equal(decodeGenericNumber(generic, 0, generic.length, new AnomalyList())?.digits, '4477')
  const subsequent = hex('00 21f3')
  assert.equal(decodeSubsequentNumber(subsequent, 0, subsequent.length, new AnomalyList()), '123')
  assert.equal(decodeSubsequentNumber(subsequent, 0, 1, new AnomalyList()), null)
  assert.equal(decodeIsupNumber(generic, 0, 1, new AnomalyList()), null)
  assert.equal(decodeIsupNumber(generic, 0, generic.length + 1, new AnomalyList()), null)
})

test('number: a filler that contradicts its indicator is named each time', () => {
  const bytes = hex('8410 4477 f1')
  for (let i = 0; i < 2; i++) {
    const anomalies = new AnomalyList()
    assert.equal(decodeIsupNumber(bytes, 0, bytes.length, anomalies)?.digits, '44771')
    assert.deepEqual(anomalies.list(), ['numberFiller'])
  }
})

for (const { what, variant, bicc, hex: octets, expected } of ISUP_READ) {
  test(`reads ${what}`, () => {
    const bytes = hex('aa', octets, 'aa')
    const anomalies = new AnomalyList()
    const message = decoderOf(bicc)(bytes, 1, bytes.length - 1, variant, anomalies)
    assert.ok(!(message instanceof Fault))
    assert.deepEqual(facts(message), expected)
    assert.equal(message.fault, null)
    assert.deepEqual(anomalies.list(), [])
  })

  test(`every prefix is a fault or a part: ${what}`, () => {
    for (const cut of prefixes(hex(octets))) {
      const message = decoderOf(bicc)(cut, 0, cut.length, variant, new AnomalyList())
      const head = bicc === true ? 5 : 3
      assert.equal(message instanceof Fault, cut.length < head)
      if (message instanceof Fault) continue
      if (message.fault !== null) assert.ok(message.fault.offset <= cut.length)
      const whole: Record<string, unknown> = { ...expected }
      for (const [name, value] of Object.entries(facts(message))) assert.equal(value, whole[name], name)
    }
  })
}

for (const [what, octets, reason, offset] of ISUP_BROKEN) {
  test(`breaks off: ${what}`, () => {
    const bytes = hex(octets)
    const message = decodeIsup(bytes, 0, bytes.length, 'itu', new AnomalyList())
    const fault = message instanceof Fault ? message : message.fault
    assert.deepEqual([fault?.reason, fault?.offset], [reason, offset])
  })
}

test('what came before a broken optional part stands', () => {
  const bytes = hex('0e00 01 00 6001 0a 00 02 0a 08 0410447700091032 0a40 0413')
  const message = decodeIsup(bytes, 0, bytes.length, 'itu', new AnomalyList())
  assert.ok(!(message instanceof Fault))
  assert.equal(message.calledNumber?.digits, '447700900123')
  assert.equal(message.fault?.reason, 'parameter out of range')
})

test('registry: codes in order, each once, answers to types there are', () => {
  const codes = ISUP_MESSAGES.map((row) => row.code)
  assert.deepEqual(
    codes,
    [...new Set(codes)].toSorted((a, b) => a - b),
  )
  for (const { name, answers } of ISUP_MESSAGES) {
    for (const code of answers) assert.notEqual(isupMessageName(code), null, name)
  }
  assert.equal(isupMessageName(0x2c), 'Call Progress')
  assert.equal(isupMessageName(0xff), null)
})

test('a cause without its value is none', () => {
  assert.equal(decodeCause(hex('80'), 0, 1), null)
  assert.equal(decodeCause(hex('0080'), 0, 2), null)
  assert.equal(decodeCause(hex('80ff'), 0, 2), 127)
})

test('mutated messages give a message or a fault, with offsets inside', () => {
  const variants: readonly Mtp3Variant[] = ['itu', 'ansi', 'japan']
  const mutation = fc.record({
    vector: fc.constantFrom(...ISUP_READ),
    at: fc.nat(60),
    octet: fc.nat(255),
    variant: fc.constantFrom(...variants),
  })
  fc.assert(
    fc.property(mutation, ({ vector, at, octet, variant }) => {
      const bytes = hex(vector.hex)
      bytes[at % bytes.length] = octet
      for (const decode of [decodeIsup, decodeBicc]) {
        const message = decode(bytes, 0, bytes.length, variant, new AnomalyList())
        const fault = message instanceof Fault ? message : message.fault
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      }
    }),
    { numRuns: 500, seed: 7 },
  )
})

test('doubled optional parts cost about double', async () => {
  const long = (count: number): Uint8Array => hex('0e00 06 1604 01', '3100'.repeat(count), '00')
  const [one, two] = [long(20_000), long(40_000)]
  const decode = (bytes: Uint8Array): unknown => decodeIsup(bytes, 0, bytes.length, 'itu', new AnomalyList())
  await assertLinear((times) => costUs(() => decode(times === 1 ? one : two)))
})
