import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hex, prefixes } from '../../../bytes/bytes.vectors.ts'
import { AnomalyList } from '../../anomaly.ts'
import { blankMapDetail } from '../map/detail.ts'
import { decodeInapArgument } from './inap.ts'
import { INAP_READ } from './inap.vectors.ts'
import { INAP_OPERATIONS, type InapOperationName, inapOperationName } from './operations.ts'

function codeOf(operation: InapOperationName): number {
  const code = INAP_OPERATIONS.find((row) => row.name === operation)?.code
  assert.ok(code !== undefined)
  return code
}

for (const [index, [operation, octets, found]] of INAP_READ.entries()) {
  test(`finds what stands in argument ${index} of ${operation}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex('aa', octets, 'aa')
    const { detail, fault } = decodeInapArgument(codeOf(operation), bytes, 1, bytes.length - 1, anomalies)
    assert.deepEqual({ ...(detail ?? blankMapDetail()) }, { ...blankMapDetail(), ...found })
    assert.equal(fault, null)
    assert.deepEqual(anomalies.list(), [])
  })

  test(`every prefix of argument ${index} of ${operation} gives a fault`, () => {
    for (const bytes of prefixes(hex(octets)).slice(1)) {
      const { fault } = decodeInapArgument(codeOf(operation), bytes, 0, bytes.length, new AnomalyList())
      assert.ok(fault !== null && fault.layer === 'inap' && fault.offset <= bytes.length)
    }
  })
}

test('registry: codes in order, each once', () => {
  const codes = INAP_OPERATIONS.map((row) => row.code)
  assert.deepEqual(
    codes,
    [...new Set<number>(codes)].toSorted((a, b) => a - b),
  )
  assert.equal(inapOperationName(0), 'initialDP')
  assert.equal(inapOperationName(43), 'serviceFilteringResponse')
  assert.equal(inapOperationName(60), null)
})

test('mutated arguments give fields, never an exception', () => {
  const mutation = fc.record({
    vector: fc.constantFrom(...INAP_READ),
    code: fc.nat(130),
    at: fc.nat(80),
    octet: fc.nat(255),
  })
  fc.assert(
    fc.property(mutation, ({ vector: [, octets], code, at, octet }) => {
      const bytes = hex(octets)
      bytes[at % bytes.length] = octet
      const { fault } = decodeInapArgument(code, bytes, 0, bytes.length, new AnomalyList())
      if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
    }),
    { numRuns: 300, seed: 7 },
  )
})
