import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { AnomalyList } from '../anomaly.ts'
import { GTPV1_ELEMENTS } from './elements-v1.ts'
import { GTPV2_ELEMENTS } from './elements-v2.ts'
import {
  APN,
  type Found,
  fTeid,
  IMSI_OCTETS,
  ie,
  LOCATIONS,
  MESSAGES,
  NOT_GTP,
  ODD,
  tlv,
  tv,
  v1,
  v2,
} from './gtp.vectors.ts'
import { decodeGtpHeader, isUserData } from './header.ts'
import { blankMessage, type GtpMessage } from './message.ts'
import { GTPV1_MESSAGES, gtpV1Message } from './messages-v1.ts'
import { GTPV2_MESSAGES, gtpV2Message } from './messages-v2.ts'
import { decodeGtpV1 } from './v1c.ts'
import { decodeGtpV2 } from './v2c.ts'
import { decodeApn, decodeLocation, ratName } from './values.ts'

function decode(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
  complete = true,
): GtpMessage | Fault {
  const header = decodeGtpHeader(bytes, start, end, complete, false, anomalies)
  if (header instanceof Fault) return header
  return header.family === 'v1'
    ? decodeGtpV1(bytes, header, end, anomalies)
    : decodeGtpV2(bytes, header, end, anomalies)
}

/** What stands in a message, and who it is for; hashes and counts left out. */
function plain(message: GtpMessage): Found {
  const { version, header, elements, orderHash, setHash, spareHabit, endpoints, ...rest } = message
  const blank: Found = { ...blankMessage(version, header) }
  const found: Found = Object.fromEntries(Object.entries(rest).filter(([key, value]) => value !== blank[key]))
  const texts = endpoints.map(
    (e) => `${e.interfaceType}:${e.teid === null ? '' : e.teid.toString(16).padStart(8, '0')}@${e.address}`,
  )
  if (texts.length > 0) found.endpoints = texts
  if (header.teid !== null) found.teid = header.teid
  if (header.sequence !== null) found.sequence = header.sequence
  return { type: header.type, ...found }
}

for (const [name, octets, expected] of MESSAGES) {
  test(`decodes ${name}, wherever it stands in a buffer`, () => {
    const bytes = hex('aaaaaa', octets, 'aaaa')
    const anomalies = new AnomalyList()
    const message = decode(bytes, 3, bytes.length - 2, anomalies)
    assert.ok(!(message instanceof Fault))
    assert.deepEqual(plain(message), expected)
    assert.deepEqual(anomalies.list(), [])
    assert.ok(message.orderHash !== 0 || message.elements === 0)
  })

  test(`every prefix of ${name} is no GTP message; where the capture cut it, a part and a fault`, () => {
    for (const cut of prefixes(hex(octets))) {
      assert.ok(decode(cut, 0, cut.length, new AnomalyList()) instanceof Fault, `${cut.length} octets`)
      const part = decode(cut, 0, cut.length, new AnomalyList(), false)
      const fault = part instanceof Fault ? part : part.fault
      assert.ok(fault !== null && fault.offset >= 0 && fault.offset <= cut.length, `${cut.length} octets`)
      if (!(part instanceof Fault) && part.imsi !== null) assert.equal(part.imsi, expected.imsi)
    }
  })
}

for (const [name, octets] of ODD) {
  test(`names what is odd: ${name} in ${octets.slice(0, 60)}`, () => {
    const bytes = hex(octets)
    const anomalies = new AnomalyList()
    const message = decode(bytes, 0, bytes.length, anomalies)
    assert.ok(!(message instanceof Fault) && message.fault === null)
    assert.deepEqual(anomalies.list(), [name])
  })
}

for (const [octets, reason, offset] of NOT_GTP) {
  test(`is no GTP message: ${octets} (${reason})`, () => {
    const bytes = hex(octets)
    const fault = decode(bytes, 0, bytes.length, new AnomalyList())
    assert.ok(fault instanceof Fault)
    assert.deepEqual([fault.layer, fault.reason, fault.offset], ['gtp', reason, offset])
  })
}

test('other families are told apart', () => {
  const family = (octets: string, chargingPort = false): string => {
    const bytes = hex(octets)
    const header = decodeGtpHeader(bytes, 0, bytes.length, true, chargingPort, new AnomalyList())
    return header instanceof Fault ? header.reason : header.family
  }
  assert.equal(family(`1e100000${'00'.repeat(16)}`), 'v0')
  assert.equal(family('0ff000020001aaaa'), 'prime')
  assert.equal(family('2ef000020001aaaa'), 'prime')
  assert.equal(family(`0e010000${'00'.repeat(16)}`), 'prime')
  assert.equal(family('4ff000020001aaaa', true), 'prime')
  assert.equal(family('4ff000020001aaaa'), 'impossible length')
  assert.equal(family('2ef000030001aaaa'), 'impossible length')
  assert.equal(family('2e1000020001aaaa'), 'unknown message type')
})

test('user data is known without opening it', () => {
  const is = (octets: string, complete = true): boolean => {
    const bytes = hex(octets)
    return isUserData(bytes, 0, bytes.length, complete)
  }
  assert.equal(is('30ff000200000001 4500'), true)
  assert.equal(is('36ff000a00000001 00000085 01000000 4500'), true)
  assert.equal(is('30ff000300000001 4500'), false)
  assert.equal(is('30ff000300000001 4500', false), true)
  assert.equal(is('30fe000200000001 4500'), false)
  assert.equal(is('48ff000200000001 4500'), false)
  assert.equal(is('30ff0000000000'), false)
})

test('elements stop being readable where one is not defined or reaches beyond the message', () => {
  const faultOf = (octets: string): unknown[] => {
    const bytes = hex(octets)
    const message = decode(bytes, 0, bytes.length, new AnomalyList())
    assert.ok(!(message instanceof Fault) && message.fault !== null)
    return [message.imsi, message.fault.layer, message.fault.reason, message.fault.offset]
  }
  const named = '001010123456789'
  assert.deepEqual(faultOf(v1(61, `${tv(2, IMSI_OCTETS)}7c00`)), [named, 'gtpv1', 'unknown information element', 21])
  assert.deepEqual(faultOf(v1(61, `${tv(2, IMSI_OCTETS)}ff0005aa`)), [named, 'gtpv1', 'element beyond the message', 21])
  assert.deepEqual(faultOf(v1(61, `${tv(2, IMSI_OCTETS)}ff00`)), [named, 'gtpv1', 'truncated', 23])
  assert.deepEqual(faultOf(v2(158, `${ie(1, IMSI_OCTETS)}03000200aa`)), [
    named,
    'gtpv2',
    'element beyond the message',
    24,
  ])
  assert.deepEqual(faultOf(v2(158, `${ie(1, IMSI_OCTETS)}0300`)), [named, 'gtpv2', 'truncated', 26])
  const nested = ie(93, '4900020005')
  assert.deepEqual(faultOf(v2(158, ie(1, IMSI_OCTETS) + nested)), [named, 'gtpv2', 'element beyond the message', 28])
})

test('a refusal needs no more than its cause', () => {
  const anomaliesOf = (octets: string): readonly string[] => {
    const bytes = hex(octets)
    const anomalies = new AnomalyList()
    decode(bytes, 0, bytes.length, anomalies)
    return anomalies.list()
  }
  assert.deepEqual(anomaliesOf(v2(33, ie(2, '4000'))), [])
  assert.deepEqual(anomaliesOf(v2(33, ie(2, '1000'))), ['missingParameter'])
  assert.deepEqual(anomaliesOf(v2(33, '')), ['missingParameter'])
})

test('places of a User Location Information', () => {
  for (const [octets, place] of LOCATIONS) {
    const bytes = hex(octets)
    assert.equal(decodeLocation(bytes, 0, bytes.length), place, octets)
    for (const cut of prefixes(bytes)) assert.equal(decodeLocation(cut, 0, cut.length), null, octets)
  }
})

test('access point names, well formed or not', () => {
  const apn = (octets: string): [string | null, readonly string[]] => {
    const anomalies = new AnomalyList()
    const bytes = hex(octets)
    return [decodeApn(bytes, 0, bytes.length, anomalies), anomalies.list()]
  }
  assert.deepEqual(apn('04726f616d076578616d706c65'), [APN, []])
  assert.deepEqual(apn('726f616d'), ['roam', ['apnEncoding']])
  assert.deepEqual(apn('0472'), ['\u0004r', ['apnEncoding']])
  assert.deepEqual(apn('0472 6f616d 00'), ['\u0004roam\u0000', ['apnEncoding']])
  assert.deepEqual(apn(''), [null, ['apnEncoding']])
  const [long, names] = apn(`63${'61'.repeat(99)}63${'61'.repeat(99)}`)
  assert.deepEqual([long?.length, names], [99, ['parameterLength']])
})

test('radio access types have their names', () => {
  assert.deepEqual([0, 1, 2, 6, 10, 11].map(ratName), [null, 'UTRAN', 'GERAN', 'EUTRAN', 'NR', null])
})

test('bounds: elements, depth, endpoints, extension headers', () => {
  const anomaliesOf = (octets: string): [readonly string[], string | null] => {
    const bytes = hex(octets)
    const anomalies = new AnomalyList()
    const message = decode(bytes, 0, bytes.length, anomalies)
    return [anomalies.list(), message instanceof Fault ? message.reason : (message.fault?.reason ?? null)]
  }
  const many = LIMITS.gtpElements + 1
  assert.deepEqual(anomaliesOf(v2(34, ie(255, '').repeat(many))), [
    ['tooManyParameters'],
    'too many information elements',
  ])
  assert.deepEqual(anomaliesOf(v1(55, tlv(255, '').repeat(many))), [
    ['tooManyParameters'],
    'too many information elements',
  ])
  let deep = ''
  for (let i = 0; i <= LIMITS.gtpGroupDepth; i++) deep = ie(93, deep)
  assert.deepEqual(anomaliesOf(v2(34, deep)), [['nestedTooDeep'], null])
  const bearers = ie(93, fTeid(4, '00000001', 'c0000201')).repeat(LIMITS.gtpTunnelEndpoints + 1)
  assert.deepEqual(anomaliesOf(v2(34, bearers)), [['tooManyTunnels'], null])
  assert.deepEqual(anomaliesOf(v1(26, tlv(133, 'c0000201').repeat(LIMITS.gtpTunnelEndpoints + 1))), [
    ['tooManyTunnels', 'missingParameter'],
    null,
  ])
  const extensions = `3414${(4 + 4 * (LIMITS.gtpExtensionHeaders + 1)).toString(16).padStart(4, '0')}00000001000000c0`
  assert.deepEqual(anomaliesOf(extensions + '010000c0'.repeat(LIMITS.gtpExtensionHeaders + 1)), [
    [],
    'too many extension headers',
  ])
})

test('registries: each code once, in order; an answer follows a request that is defined', () => {
  for (const rows of [GTPV1_MESSAGES, GTPV2_MESSAGES, GTPV1_ELEMENTS, GTPV2_ELEMENTS]) {
    const codes = rows.map((row) => row.code)
    assert.deepEqual(
      codes,
      [...new Set(codes)].toSorted((a, b) => a - b),
    )
    assert.equal(new Set(rows.map((row) => row.name)).size, rows.length)
  }
  const elementCodes: readonly (readonly [
    readonly { code: number }[],
    typeof gtpV1Message,
    readonly { code: number }[],
  ])[] = [
    [GTPV1_MESSAGES, gtpV1Message, GTPV1_ELEMENTS],
    [GTPV2_MESSAGES, gtpV2Message, GTPV2_ELEMENTS],
  ]
  for (const [rows, messageOf, elements] of elementCodes) {
    const defined = new Set(elements.map((row) => row.code))
    for (const { code } of rows) {
      const message = messageOf(code)
      assert.ok(message !== undefined)
      for (const key of message.mandatory) assert.ok(defined.has(key & 255), `${message.name} needs ${key}`)
      if (message.name.endsWith(' Response')) {
        const request = messageOf(message.answers ?? 0)
        assert.equal(request?.name, message.name.replace(/Response$/, 'Request'))
        assert.equal(request?.operation, message.operation)
        assert.ok(request?.awaitsAnswer)
      }
      assert.equal(/ (Request|Response)$/.test(message.operation), false)
    }
  }
  for (const { code, ...row } of GTPV1_ELEMENTS) assert.equal('bytes' in row, code < 128, `${code}`)
  assert.deepEqual(
    [gtpV2Message(32), gtpV2Message(66), gtpV2Message(132), gtpV1Message(26)].map((m) => `${m?.operation}, ${m?.kind}`),
    [
      'Create Session, request',
      'Delete Bearer Command, request',
      'Context Acknowledge, answer',
      'Error Indication, request',
    ],
  )
})

test('the order and the set of elements are told apart', () => {
  const hashes = (octets: string): [number, number] => {
    const bytes = hex(octets)
    const message = decode(bytes, 0, bytes.length, new AnomalyList())
    assert.ok(!(message instanceof Fault))
    return [message.orderHash, message.setHash]
  }
  const [orderA, setA] = hashes(v2(34, ie(1, IMSI_OCTETS) + ie(3, '07')))
  const [orderB, setB] = hashes(v2(34, ie(3, '09') + ie(1, IMSI_OCTETS)))
  const [orderC, setC] = hashes(v2(34, ie(3, '09')))
  assert.notEqual(orderA, orderB)
  assert.equal(setA, setB)
  assert.notEqual(setB, setC)
  assert.notEqual(orderB, orderC)
})

test('damaged messages give a message or a fault inside the range', () => {
  const whole = MESSAGES.map(([, octets]) => hex(octets))
  const change = fc.tuple(fc.nat(400), fc.nat(255))
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.array(change, { maxLength: 6 }),
      fc.boolean(),
      (bytes, changes, complete) => {
        const damaged = bytes.slice()
        for (const [at, value] of changes) damaged[at % damaged.length] = value
        const message = decode(damaged, 0, damaged.length, new AnomalyList(), complete)
        const fault = message instanceof Fault ? message : message.fault
        if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= damaged.length)
        if (!(message instanceof Fault)) assert.ok(message.endpoints.length <= LIMITS.gtpTunnelEndpoints + 1)
      },
    ),
    { numRuns: 600, seed: 7 },
  )
})

test('doubled elements cost about double', async () => {
  const half = LIMITS.gtpElements / 2 - 8
  for (const many of [
    (count: number): Uint8Array => hex(v1(26, tlv(133, 'c0000201').repeat(count))),
    (count: number): Uint8Array => hex(v2(34, ie(93, ie(73, '05')).repeat(count / 2))),
  ]) {
    const [one, two] = [many(half), many(half * 2)]
    await assertLinear((times) => {
      const bytes = times === 1 ? one : two
      return costUs(() => decode(bytes, 0, bytes.length, new AnomalyList()))
    })
  }
})
