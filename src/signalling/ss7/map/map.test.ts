import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, element as e, hex, prefixes } from '../../../bytes/bytes.vectors.ts'
import { LIMITS } from '../../../limits.ts'
import { AnomalyList } from '../../anomaly.ts'
import { MAP_APPLICATION_CONTEXTS, parseMapContext } from './application-contexts.ts'
import { blankMapDetail } from './detail.ts'
import { MAP_ERROR_PARAMETERS } from './error-parameters.ts'
import { MAP_ERRORS, mapErrorName } from './errors.ts'
import { decodeMapArgument, decodeMapError, decodeMapOpen, decodeMapResult } from './map.ts'
import { type Found, MAP_ODD, MAP_SOUND } from './map.vectors.ts'
import { MAP_ARGUMENTS_READ } from './map-arguments.vectors.ts'
import { DETAIL_ARGUMENTS, DETAIL_RESULTS, ERROR_PARAMETERS } from './map-detail.vectors.ts'
import { MAP_RESULTS_READ } from './map-results.vectors.ts'
import { MAP_OPERATION_SCHEMAS } from './operation-schemas.ts'
import { isInContext, MAP_OPERATIONS, mapOperationName } from './operations.ts'
import type { SchemaElement } from './schema.ts'
import { MapFields } from './walker.ts'

/** Operations that an attack is known or feared to use, by code. */
const OF_INTEREST = [
  71, 62, 65, 5, 58, 22, 24, 85, 83, 86, 55, 9, 6, 20, 21, 25, 26, 28, 29, 30, 33, 34, 68, 69, 39, 40, 41, 42, 84, 43,
  50, 51, 52, 72, 73, 74, 75, 87, 88, 76, 77, 3, 4, 7, 8, 70, 37, 18, 60, 61, 38, 44, 2, 23, 56, 57, 67, 15, 66, 89, 10,
  11, 12, 13, 14, 17, 59, 19, 46, 45, 47, 63, 64, 109, 110, 111, 112, 113, 114, 115, 116,
]

function codeOf(operation: string): number {
  const code = MAP_OPERATIONS.find((row) => row.name === operation)?.code
  assert.ok(code !== undefined)
  return code
}

/** What was found, the detail among it, without what was not, the TPDU as hexadecimal. */
function plain(fields: MapFields): Found {
  const empty: Record<string, unknown> = { ...new MapFields(), ...blankMapDetail() }
  const { tpdu, detail, ...rest } = fields
  const found = Object.entries({ ...rest, ...detail }).filter(([name, value]) => value !== empty[name])
  if (tpdu !== null) found.push(['tpdu', Buffer.from(tpdu.bytes.subarray(tpdu.start, tpdu.end)).toString('hex')])
  return Object.fromEntries(found)
}

const TABLES = [
  ['argument', [...MAP_ARGUMENTS_READ, ...DETAIL_ARGUMENTS, ...MAP_SOUND], decodeMapArgument],
  ['result', [...MAP_RESULTS_READ, ...DETAIL_RESULTS], decodeMapResult],
] as const

for (const [kind, table, decode] of TABLES) {
  for (const [index, [operation, octets, expected]] of table.entries()) {
    const name = `${kind} ${index} of ${operation}`
    const code = codeOf(operation)

    test(`finds what stands in ${name}`, () => {
      const anomalies = new AnomalyList()
      const bytes = hex('aa', octets, 'aa')
      assert.deepEqual(plain(decode(code, bytes, 1, bytes.length - 1, anomalies)), expected)
      const missing = operation === 'forwardCheckSS-Indication' ? [] : anomalies.list()
      assert.deepEqual(missing, [])
    })

    test(`every prefix of ${name} gives a fault or a part`, () => {
      for (const bytes of prefixes(hex(octets)).slice(1)) {
        const fields = decode(code, bytes, 0, bytes.length, new AnomalyList())
        assert.ok(fields.fault !== null && fields.fault.offset <= bytes.length)
      }
      const inner = hex(octets).subarray(2)
      for (const part of prefixes(inner)) {
        const bytes = hex(e(octets.slice(0, 2), Buffer.from(part).toString('hex')))
        const { fault } = decode(code, bytes, 0, bytes.length, new AnomalyList())
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      }
    })
  }
}

test('every operation of interest has its vector', () => {
  const covered = new Set(MAP_ARGUMENTS_READ.map(([operation]) => codeOf(operation)))
  assert.deepEqual(
    OF_INTEREST.filter((code) => !covered.has(code)),
    [],
  )
})

for (const [names, operation, octets, expected] of MAP_ODD) {
  test(`names what is odd: ${names} in ${operation} ${octets}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex(octets)
    assert.deepEqual(plain(decodeMapArgument(codeOf(operation), bytes, 0, bytes.length, anomalies)), expected)
    assert.equal(anomalies.list().join(' '), names)
  })
}

for (const [index, [code, octets, expected]] of ERROR_PARAMETERS.entries()) {
  test(`finds what stands in the parameter ${index} of ${mapErrorName(code)}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex('aa', octets, 'aa')
    const fields = decodeMapError(code, bytes, 1, bytes.length - 1, anomalies)
    assert.deepEqual(plain(fields), expected)
    assert.deepEqual(anomalies.list(), [])
    for (const cut of prefixes(hex(octets)).slice(1)) {
      assert.ok(decodeMapError(code, cut, 0, cut.length, new AnomalyList()).fault !== null)
    }
  })
}

test('schemas: no list of children is longer than the bits that tell which were met, none repeats a tag with a number', () => {
  const check = (element: SchemaElement, path: string): void => {
    const { children } = element
    if (children === null) return
    assert.ok(children.length <= 64, path)
    const tags = element.tags.filter((tag) => tag > 31)
    const isForwardedMessage = path.includes('ForwardSM')
    if (!isForwardedMessage) assert.equal(new Set(tags).size, tags.length, path)
    for (const child of children) check(child, `${path}.${child.name}`)
  }
  for (const [operation, { argument, result }] of Object.entries(MAP_OPERATION_SCHEMAS)) {
    for (const element of [...argument, ...result]) check(element, operation)
  }
  for (const { code, parameter } of MAP_ERROR_PARAMETERS) {
    for (const element of parameter) check(element, mapErrorName(code))
    assert.ok(MAP_ERRORS.some((row) => row.code === code))
  }
})

test('contexts: every one that an operation names is defined, in all the versions named, and contains something', () => {
  const used = new Set<number>()
  for (const { code, contexts } of MAP_OPERATIONS) {
    for (const [context, first, last] of contexts) {
      const row = MAP_APPLICATION_CONTEXTS.find((candidate) => candidate.code === context)
      assert.ok(row !== undefined && row.first <= first && last <= row.last, `${code} in ${context}`)
      assert.equal(isInContext(code, context), true)
      for (let version = 0; version < 6; version++) {
        assert.equal(isInContext(code, context, version), version >= first && version <= last)
      }
      used.add(context)
    }
  }
  assert.deepEqual(
    MAP_APPLICATION_CONTEXTS.filter(({ code }) => !used.has(code)),
    [],
  )
})

test('registries: names, contexts, errors', () => {
  assert.equal(new Set(MAP_OPERATIONS.map((row) => row.code)).size, MAP_OPERATIONS.length)
  assert.equal(mapOperationName(71), 'anyTimeInterrogation')
  assert.equal(mapOperationName(27), null)
  assert.equal(mapOperationName(200), null)
  assert.equal(isInContext(71, 29), true)
  assert.equal(isInContext(71, 28), false)
  assert.deepEqual(parseMapContext('0.4.0.0.1.0.29.3'), { code: 29, version: 3, known: true, knownVersion: true })
  assert.equal(parseMapContext('0.4.0.0.1.0.29.4')?.knownVersion, false)
  assert.equal(parseMapContext('0.4.0.0.1.0.29.2')?.knownVersion, false)
  assert.equal(parseMapContext('0.4.0.0.1.0.33.4')?.knownVersion, true)
  assert.equal(isInContext(46, 25, 2), true)
  assert.equal(isInContext(46, 25, 3), false)
  assert.equal(isInContext(200, 25), false)
  assert.equal(parseMapContext('0.4.0.0.1.0.30.3')?.known, false)
  assert.equal(parseMapContext('0.4.0.0.1.0.29.3.1')?.known, false)
  assert.equal(parseMapContext('1.2.3'), null)
  assert.equal(mapErrorName(27), 'absentSubscriber')
  assert.equal(mapErrorName(99), 'error 99')
  assert.deepEqual(
    MAP_ERRORS.map((row) => row.code),
    MAP_ERRORS.map((row) => row.code).toSorted((a, b) => a - b),
  )
})

const OPEN = e(
  '28',
  e('06', '04000001010101'),
  e('a0', e('a0', e('80', '9600010121436587f9'), e('81', '91447700090077'))),
)

test('MAP-OpenInfo says whom a dialogue is about', () => {
  const open = (octets: string): object | null => {
    const bytes = hex(octets)
    return decodeMapOpen(bytes, 0, bytes.length, new AnomalyList())
  }
  assert.deepEqual(open(OPEN), {
    destinationReference: '001010123456789',
    destinationIsImsi: true,
    originationReference: '447700900077',
  })
  assert.deepEqual(open(e('28', e('a0', e('a0', e('80', '91447700091032'))))), {
    destinationReference: '447700900123',
    destinationIsImsi: false,
    originationReference: null,
  })
  assert.equal(open(e('28', e('a1', e('a0')))), null)
  assert.deepEqual(open(e('28', e('06', '2a03'), e('a0', e('04', '00'))) + OPEN), open(OPEN), 'behind another EXTERNAL')
  for (const bytes of prefixes(hex(OPEN))) assert.equal(decodeMapOpen(bytes, 0, bytes.length, new AnomalyList()), null)
})

test('MAP-OpenInfo is read however it is encoded, and what is odd about it is named', () => {
  const reference = e('a0', e('04', '96'), e('04', '00010121436587f9'))
  for (const [octets, oddity] of [
    [e('28', e('a0', e('a0', reference))), 'constructedString'],
    [e('28', e('a0', 'a0810b80099600010121436587f9')), 'nonMinimalLength'],
    [e('28', e('a0', 'a08080099600010121436587f90000')), 'indefiniteLength'],
  ] as const) {
    const bytes = hex(octets)
    const anomalies = new AnomalyList()
    const open = decodeMapOpen(bytes, 0, bytes.length, anomalies)
    assert.deepEqual([open?.destinationReference, open?.destinationIsImsi], ['001010123456789', true], oddity)
    assert.deepEqual(anomalies.list(), [oddity])
  }
})

test('random octets under every operation give fields, never an exception', () => {
  const soup = fc.array(
    fc.oneof(fc.nat(255), fc.constantFrom(0x30, 0x80, 0x81, 0xa0, 0xa2, 0xa3, 0x04, 0x02, 1, 2, 3, 8)),
    {
      maxLength: 50,
    },
  )
  fc.assert(
    fc.property(fc.nat(130), fc.constantFrom(0x30, 0xa3, 0x04, 0xa0, 0x70), soup, (code, tag, rest) => {
      const bytes = Uint8Array.of(tag, rest.length, ...rest)
      for (const decode of [decodeMapArgument, decodeMapResult, decodeMapError]) {
        const { fault } = decode(code, bytes, 0, bytes.length, new AnomalyList())
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      }
    }),
    { numRuns: 3000, seed: 7 },
  )
})

test('a string in pieces of pieces is put together, however deep', () => {
  let inside = e('04', '00010121436587f9')
  for (let i = 0; i < 2 * LIMITS.berDepth; i++) inside = e('24', inside)
  const bytes = hex(e('30', e('a0', inside)))
  assert.equal(decodeMapArgument(70, bytes, 0, bytes.length, new AnomalyList()).imsi, '001010123456789')
})

/** insertSubscriberData with `count` trigger points, each with an address of its own. */
function profile(count: number): Uint8Array {
  const address = (i: number): string => `91${String(4_477_009_000 + i)}`
  const points = Array.from({ length: count }, (_, i) => e('30', e('0a', '02'), e('02', '01'), e('80', address(i))))
  return hex(e('30', e('ad', e('a0', e('30', ...points)))))
}

test('addresses beyond the bound are reported', () => {
  const bytes = profile(LIMITS.gsmScfAddresses + 1)
  const anomalies = new AnomalyList()
  assert.equal(decodeMapArgument(7, bytes, 0, bytes.length, anomalies).gsmScfAddresses.length, LIMITS.gsmScfAddresses)
  assert.deepEqual(anomalies.list(), ['tooManyAddresses'])
})

test('doubled profiles cost about double', async () => {
  const [one, two] = [profile(1000), profile(2000)]
  const decode = (bytes: Uint8Array): MapFields => decodeMapArgument(7, bytes, 0, bytes.length, new AnomalyList())
  await assertLinear((times) => costUs(() => decode(times === 1 ? one : two)))
})

test('doubled elements that are unknown, odd or met before cost about double', async () => {
  const clutter = (count: number): Uint8Array => {
    const elements = Array.from({ length: count }, () => [e('81'), e('9f50'), e('5a', '00'), '8b8100'].join(''))
    return hex(e('30', e('a2', ...elements), e('80', '00010121436587f9')))
  }
  const [one, two] = [clutter(1000), clutter(2000)]
  const decode = (bytes: Uint8Array): MapFields => decodeMapArgument(70, bytes, 0, bytes.length, new AnomalyList())
  assert.deepEqual(decode(one).detail?.requested, ['subscriberState', 'locationInformationEPS-Supported'])
  await assertLinear((times) => costUs(() => decode(times === 1 ? one : two)))
})

test('further addresses beyond the bound are reported, each stands once', () => {
  const gmlcs = (count: number): string[] =>
    Array.from({ length: count }, (_, i) => e('04', `91${String(4_477_009_000 + i)}`))
  const decode = (addresses: readonly string[]): { redirects: number; names: readonly string[] } => {
    const anomalies = new AnomalyList()
    const bytes = hex(e('30', e('80', '00010121436587f9'), e('b6', e('a0', ...addresses))))
    const { detail } = decodeMapArgument(7, bytes, 0, bytes.length, anomalies)
    return { redirects: detail?.redirects.length ?? 0, names: anomalies.list() }
  }
  const most = gmlcs(LIMITS.mapAddresses)
  assert.deepEqual(decode([...most, ...most]), { redirects: LIMITS.mapAddresses, names: [] })
  assert.deepEqual(decode(gmlcs(LIMITS.mapAddresses + 1)), {
    redirects: LIMITS.mapAddresses,
    names: ['tooManyAddresses'],
  })
})

test('what one message says does not reach the next', () => {
  const read = (octets: string): Found => {
    const bytes = hex(octets)
    return plain(decodeMapArgument(2, bytes, 0, bytes.length, new AnomalyList()))
  }
  // the further address stands, and the message breaks off in front of the one claimed
  assert.deepEqual(read(e('30', e('81', '91447700090077'), '04ff')).otherAddresses, ['447700900077'])
  assert.deepEqual(read(e('30', e('04', '00010121436587f9'), e('04', '91447700090087'))), {
    imsi: '001010123456789',
    nodeAddress: '447700900078',
  })
})
