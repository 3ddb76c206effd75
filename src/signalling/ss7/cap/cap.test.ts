import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { element as e, hex, prefixes } from '../../../bytes/bytes.vectors.ts'
import { AnomalyList } from '../../anomaly.ts'
import { blankMapDetail } from '../map/detail.ts'
import { MapFields } from '../map/walker.ts'
import { CAP_APPLICATION_CONTEXTS, capPhase } from './application-contexts.ts'
import { decodeCapArgument, decodeCapResult } from './cap.ts'
import { CAP_ARGUMENTS_READ, CAP_ODD, type CapFound } from './cap.vectors.ts'
import { CAP_ERRORS, capErrorName } from './errors.ts'
import { CAP_OPERATIONS, type CapOperationName, capOperationName } from './operations.ts'
import { decodeApn, decodeBcdNumber } from './values.ts'

function codeOf(operation: CapOperationName): number {
  const code = CAP_OPERATIONS.find((row) => row.name === operation)?.code
  assert.ok(code !== undefined)
  return code
}

/** What was found, without what was not. */
function plain(fields: MapFields): CapFound {
  const without = (value: object, empty: Record<string, unknown>): [string, unknown][] =>
    Object.entries(value).filter(([name, own]) => JSON.stringify(own) !== JSON.stringify(empty[name]))
  const { detail, ...rest } = fields
  const found: Record<string, unknown> = Object.fromEntries(without(rest, { ...new MapFields() }))
  if (detail !== null) found.detail = Object.fromEntries(without(detail, { ...blankMapDetail() }))
  return found
}

for (const [index, [operation, phase, octets, expected]] of CAP_ARGUMENTS_READ.entries()) {
  test(`finds what stands in argument ${index} of ${operation}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex('aa', octets, 'aa')
    const fields = decodeCapArgument(codeOf(operation), bytes, 1, bytes.length - 1, anomalies, phase)
    assert.deepEqual(plain(fields), expected)
    assert.deepEqual(anomalies.list(), [])
  })

  test(`every prefix of argument ${index} of ${operation} gives a fault or a part`, () => {
    for (const bytes of prefixes(hex(octets)).slice(1)) {
      const { fault } = decodeCapArgument(codeOf(operation), bytes, 0, bytes.length, new AnomalyList(), phase)
      assert.ok(fault !== null && fault.layer === 'cap' && fault.offset <= bytes.length)
    }
    for (const part of prefixes(hex(octets).subarray(octets.slice(2, 4) === '81' ? 3 : 2))) {
      const bytes = hex(e(octets.slice(0, 2), Buffer.from(part).toString('hex')))
      const { fault } = decodeCapArgument(codeOf(operation), bytes, 0, bytes.length, new AnomalyList(), phase)
      if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
    }
  })
}

for (const [names, operation, octets, expected] of CAP_ODD) {
  test(`names what is odd: ${names} in ${operation}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex(octets)
    assert.deepEqual(plain(decodeCapArgument(codeOf(operation), bytes, 0, bytes.length, anomalies)), expected)
    assert.equal(anomalies.list().join(' '), names)
  })
}

test('results, and operations without an argument', () => {
  const bytes = hex(e('30', e('80', '02')))
  const anomalies = new AnomalyList()
  assert.deepEqual(plain(decodeCapResult(32, bytes, 0, bytes.length, anomalies)), {})
  assert.deepEqual(plain(decodeCapArgument(31, bytes, 0, 0, anomalies)), {})
  assert.deepEqual(plain(decodeCapArgument(999, bytes, 0, bytes.length, anomalies)), {})
  assert.deepEqual(anomalies.list(), [])
  assert.equal(decodeCapResult(32, bytes, 0, 3, anomalies).fault?.layer, 'cap')
})

test('an access point name is read as far as it goes', () => {
  const apn = (octets: string): string | null => {
    const bytes = hex(octets)
    return decodeApn(bytes, 0, bytes.length)
  }
  assert.equal(apn('03 6f6e65 03 74776f'), 'one.two')
  assert.equal(apn('03 6f6e65 05 7477'), 'one')
  assert.equal(apn('03 6f0065'), 'o?e')
  assert.equal(apn('09 6f'), null)
  assert.equal(apn(''), null)
  assert.equal(apn('01'.repeat(200)), null)
})

test('a sender in letters is no number', () => {
  const bytes = hex('d0 c8309bfd06')
  assert.equal(decodeBcdNumber(bytes, 0, bytes.length, new AnomalyList()), null)
  assert.equal(decodeBcdNumber(bytes, 0, 0, new AnomalyList()), null)
})

test('registries: operations, contexts with their phase, errors', () => {
  for (const table of [CAP_OPERATIONS, CAP_ERRORS]) {
    const codes = table.map((row) => row.code)
    assert.deepEqual(
      codes,
      [...new Set(codes)].toSorted((a, b) => a - b),
    )
  }
  assert.equal(capOperationName(20), 'connect')
  assert.equal(capOperationName(1), null)
  assert.equal(capPhase('0.4.0.0.1.0.50.1'), 2)
  assert.equal(capPhase('0.4.0.0.1.23.3.4'), 4)
  assert.equal(capPhase('0.4.0.0.1.0.50.9'), null)
  assert.equal(new Set(CAP_APPLICATION_CONTEXTS.map((row) => row.oid)).size, CAP_APPLICATION_CONTEXTS.length)
  assert.equal(capErrorName(6), 'missingCustomerRecord')
  assert.equal(capErrorName(99), 'error 99')
})

test('mutated arguments under every operation give fields, never an exception', () => {
  const mutation = fc.record({
    vector: fc.constantFrom(...CAP_ARGUMENTS_READ),
    operation: fc.constantFrom(...CAP_OPERATIONS),
    at: fc.nat(200),
    octet: fc.nat(255),
  })
  fc.assert(
    fc.property(mutation, ({ vector: [own, phase, octets], operation, at, octet }) => {
      const bytes = hex(octets)
      bytes[at % bytes.length] = octet
      for (const code of [codeOf(own), operation.code]) {
        const { fault } = decodeCapArgument(code, bytes, 0, bytes.length, new AnomalyList(), phase)
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      }
    }),
    { numRuns: 500, seed: 7 },
  )
})
