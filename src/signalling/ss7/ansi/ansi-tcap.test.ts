import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { element as e, hex, prefixes } from '../../../bytes/bytes.vectors.ts'
import { Fault } from '../../../bytes/fault.ts'
import { formatHex } from '../../../bytes/tbcd.ts'
import { LIMITS } from '../../../limits.ts'
import { ansiOperation, decodeAnsiTcap } from './ansi-tcap.ts'
import { ANSI_PACKAGES_READ } from './ansi-tcap.vectors.ts'
import { ANSI_MAP_OPERATIONS, ansiMapOperationName } from './operations.ts'

for (const { what, hex: octets, name, otid, dtid, components, operation } of ANSI_PACKAGES_READ) {
  test(`reads a package: ${what}`, () => {
    const bytes = hex('aa', octets, 'aa')
    const decoded = decodeAnsiTcap(bytes, 1, bytes.length - 1)
    assert.ok(!(decoded instanceof Fault))
    const text = (start: number, end: number): string | null => (start < 0 ? null : formatHex(bytes, start, end))
    assert.equal(decoded.name, name)
    assert.equal(decoded.fault, null)
    assert.equal(text(decoded.otidStart, decoded.otidEnd), otid)
    assert.equal(text(decoded.dtidStart, decoded.dtidEnd), dtid)
    assert.deepEqual(
      decoded.components.map((one) => [one.name, one.form, one.family, one.specifier]),
      components,
    )
    assert.equal(ansiOperation(bytes, 1, bytes.length - 1), operation)
  })

  test(`every prefix is a fault: ${what}`, () => {
    for (const cut of prefixes(hex(octets))) {
      assert.ok(decodeAnsiTcap(cut, 0, cut.length) instanceof Fault)
      assert.equal(ansiOperation(cut, 0, cut.length), 'unreadable package')
    }
  })
}

test('a package that breaks off inside says where, and keeps what came before', () => {
  const reason = (octets: string): [string | undefined, number] => {
    const bytes = hex(octets)
    const decoded = decodeAnsiTcap(bytes, 0, bytes.length)
    assert.ok(!(decoded instanceof Fault))
    return [decoded.fault?.reason, decoded.components.length]
  }
  const invoke = e('e9', e('cf', '00'), e('d1', '8935'))
  assert.deepEqual(reason(e('e2', 'c709')), ['unreadable element', 0])
  assert.deepEqual(reason(e('e2', e('e8', invoke, 'e909'))), ['unreadable component', 1])
  assert.deepEqual(reason(e('e2', e('e8', invoke, e('e7')))), ['unknown component type', 1])
  assert.deepEqual(reason(e('e2', e('e8', e('e9', 'cf09')))), ['unreadable component', 0])
  const many = e('e2', e('e8', invoke.repeat(LIMITS.tcapComponents + 1)))
  assert.deepEqual(reason(many), ['too many components', LIMITS.tcapComponents])
  const unknown = decodeAnsiTcap(hex(e('e8')), 0, 2)
  assert.ok(unknown instanceof Fault && unknown.reason === 'unknown package type')
})

test('registry: specifiers in order, each once', () => {
  const codes = ANSI_MAP_OPERATIONS.map((row) => row.code)
  assert.deepEqual(
    codes,
    [...new Set<number>(codes)].toSorted((a, b) => a - b),
  )
  assert.equal(ansiMapOperationName(13), 'RegistrationNotification')
  assert.equal(ansiMapOperationName(0), null)
})

test('mutated packages give words of the table, never an exception', () => {
  const words = new Set<string>([
    ...ANSI_MAP_OPERATIONS.map((row) => row.name),
    ...ANSI_PACKAGES_READ.map((row) => row.operation),
    'unreadable package',
  ])
  const mutation = fc.record({ row: fc.constantFrom(...ANSI_PACKAGES_READ), at: fc.nat(60), octet: fc.nat(255) })
  fc.assert(
    fc.property(mutation, ({ row, at, octet }) => {
      const bytes = hex(row.hex)
      bytes[at % bytes.length] = octet
      assert.ok(words.has(ansiOperation(bytes, 0, bytes.length)))
    }),
    { numRuns: 500, seed: 7 },
  )
})
