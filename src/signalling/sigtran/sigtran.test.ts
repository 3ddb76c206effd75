import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import type { Mtp3Transfer } from '../ss7/mtp3.ts'
import { decodeM2pa } from './m2pa.ts'
import { decodeM2ua } from './m2ua.ts'
import { decodeM3ua, MAINTENANCE, type Maintenance } from './m3ua.ts'
import * as vectors from './sigtran.vectors.ts'
import { parameter, sigtran } from './sigtran.vectors.ts'
import { decodeSua } from './sua.ts'

type Decoded = Mtp3Transfer | Maintenance | Fault

/** A transfer without its buffer, its user part as hexadecimal. */
function plain(decoded: Decoded): object {
  if (decoded instanceof Fault) return { ...decoded }
  if ('maintenance' in decoded) return decoded
  const { bytes, start, end, ...rest } = decoded
  return { ...rest, user: Buffer.from(bytes.subarray(start, end)).toString('hex') }
}

const TRANSFER = { opc: 100, dpc: 200, si: 3, ni: 2, sls: 7, variant: 'itu', optionalParameters: 0, user: 'c0ffee' }

/** Message, decoder, what comes out. */
const MESSAGES: readonly (readonly [string, (b: Uint8Array, s: number, e: number) => Decoded, Uint8Array, object])[] = [
  ['M3UA DATA', decodeM3ua, vectors.M3UA_DATA, { ...TRANSFER, optionalParameters: 3 }],
  ['M3UA DATA without padding', decodeM3ua, vectors.M3UA_UNPADDED, TRANSFER],
  [
    'M3UA DATA with codes of 24 bits',
    decodeM3ua,
    vectors.M3UA_WIDE_CODES,
    { ...TRANSFER, opc: 0xffff01, dpc: 2, variant: 'ansi' },
  ],
  ['M3UA ASP UP', decodeM3ua, vectors.M3UA_ASP_UP, MAINTENANCE],
  ['M2UA DATA', decodeM2ua, vectors.M2UA_DATA, TRANSFER],
  ['M2UA DATA of the drafts', decodeM2ua, vectors.M2UA_DRAFT, TRANSFER],
  ['M2UA DATA of Japan', decodeM2ua, vectors.M2UA_JAPAN, TRANSFER],
  ['M2UA ESTABLISH', decodeM2ua, vectors.M2UA_ESTABLISH, MAINTENANCE],
  ['M2PA User Data', decodeM2pa, vectors.M2PA_DATA, TRANSFER],
  ['M2PA acknowledgement', decodeM2pa, vectors.M2PA_ACKNOWLEDGEMENT, MAINTENANCE],
  ['M2PA Link Status', decodeM2pa, vectors.M2PA_LINK_STATUS, MAINTENANCE],
]

for (const [name, decode, bytes, expected] of MESSAGES) {
  test(`decodes ${name}, wherever it stands in a buffer`, () => {
    assert.deepEqual(plain(decode(bytes, 0, bytes.length)), expected)
    const moved = Uint8Array.of(1, 2, 3, ...bytes, 9, 9, 9)
    assert.deepEqual(plain(decode(moved, 3, 3 + bytes.length)), expected)
  })

  test(`a cut ${name} is a fault`, () => {
    // up to three octets of padding may be missing (RFC 4666 §3.1.4)
    for (const cut of prefixes(bytes.subarray(0, bytes.length - 3))) {
      const decoded = decode(cut, 0, cut.length)
      assert.ok(decoded instanceof Fault, `${cut.length} octets`)
      assert.equal(decoded.reason, 'truncated')
      assert.ok(decoded.offset <= cut.length)
    }
  })
}

test('faults say where', () => {
  const faults: readonly (readonly [Decoded, string, number])[] = [
    [decodeM3ua(hex('02000101 00000008'), 0, 8), 'unknown version', 0],
    [decodeM3ua(hex('01000101 00000007'), 0, 8), 'impossible length', 4],
    [decodeM3ua(sigtran('0102'), 0, 8), 'unknown transfer message', 3],
    [decodeM3ua(sigtran('0101', parameter('0006', '00000001')), 0, 16), 'no protocol data', 16],
    [decodeM3ua(sigtran('0101', '02100003'), 0, 12), 'impossible length', 10],
    [decodeM3ua(sigtran('0101', parameter('0210', '00000001')), 0, 16), 'truncated', 16],
    [decodeM2ua(sigtran('0601', parameter('0001', '00000001')), 0, 16), 'no protocol data', 16],
    [decodeM2ua(sigtran('0601', '0300ffff'), 0, 12), 'impossible length', 10],
    [decodeM2pa(sigtran('0101'), 0, 8), 'unknown message class', 2],
    [decodeM2pa(sigtran('0b03'), 0, 8), 'unknown message type', 3],
    [decodeM2pa(sigtran('0b01', '00000001'), 0, 12), 'truncated', 12],
  ]
  for (const [fault, reason, offset] of faults) {
    assert.ok(fault instanceof Fault)
    assert.deepEqual([fault.reason, fault.offset], [reason, offset])
  }
})

test('M3UA names the service even where it is not SCCP', () => {
  const isup = sigtran('0101', parameter('0210', '00000064 000000c8 05 02 00 07 01'))
  const decoded = decodeM3ua(isup, 0, isup.length)
  assert.ok(!(decoded instanceof Fault) && !('maintenance' in decoded))
  assert.equal(decoded.si, 5)
})

const GT_ADDRESS = {
  gt: '447700900077',
  ssn: 6,
  pointCode: null,
  globalTitleIndicator: 4,
  translationType: 0,
  numberingPlan: 1,
  natureOfAddress: 4,
  routedOnSsn: false,
}
const SSN_ADDRESS = {
  gt: null,
  ssn: 147,
  pointCode: 100,
  globalTitleIndicator: 0,
  translationType: null,
  numberingPlan: null,
  natureOfAddress: null,
  routedOnSsn: true,
}

test('decodes SUA connectionless data into what SCCP would have carried', () => {
  const decoded = decodeSua(vectors.SUA_CLDT, 0, vectors.SUA_CLDT.length)
  assert.ok(!(decoded instanceof Fault) && !('maintenance' in decoded))
  const { bytes, start, end, ...rest } = decoded
  assert.equal(Buffer.from(bytes.subarray(start, end)).toString('hex'), 'c0ffee')
  assert.deepEqual(rest, {
    message: 'UDT',
    called: GT_ADDRESS,
    calling: SSN_ADDRESS,
    protocolClass: 1,
    returnOnError: true,
    returnCause: null,
    hopCounter: 15,
    segmentation: { first: true, remaining: 2, reference: 0xabc },
  })
})

test('decodes a SUA data response as a returned message', () => {
  const decoded = decodeSua(vectors.SUA_CLDR, 0, vectors.SUA_CLDR.length)
  assert.ok(!(decoded instanceof Fault) && !('maintenance' in decoded))
  assert.deepEqual([decoded.message, decoded.returnCause, decoded.calling.ssn], ['UDTS', 1, 147])
})

test('SUA: maintenance, connection-oriented messages, faults, every prefix', () => {
  assert.equal(decodeSua(sigtran('0301'), 0, 8), MAINTENANCE)
  assert.equal(decodeSua(sigtran('0801'), 0, 8), MAINTENANCE)
  const unknown = decodeSua(sigtran('0703'), 0, 8)
  assert.ok(unknown instanceof Fault && unknown.reason === 'unknown message type')
  const empty = decodeSua(sigtran('0701', parameter('0115', '00000001')), 0, 16)
  assert.ok(empty instanceof Fault && empty.reason === 'no data')
  for (const whole of [vectors.SUA_CLDT, vectors.SUA_CLDR]) {
    for (const cut of prefixes(whole.subarray(0, whole.length - 3))) {
      assert.ok(decodeSua(cut, 0, cut.length) instanceof Fault)
    }
  }
})

test('a SUA address shorter than it says is cut to what there is', () => {
  const title = parameter('8001', '000000 04 ff 00 01 04 4477')
  const message = sigtran('0701', parameter('0102', `0001 0001${title}`), parameter('010b', 'c0ffee'))
  const decoded = decodeSua(message, 0, message.length)
  assert.ok(!(decoded instanceof Fault) && !('maintenance' in decoded))
  assert.equal(decoded.calling.gt, '4477')
})

const DECODERS = [decodeM3ua, decodeM2ua, decodeM2pa, decodeSua]

test('random octets behind every header give a value or a fault inside the range', () => {
  const heads = fc.constantFrom('0101', '0601', '0b01', '0701', '0702', '0300')
  fc.assert(
    fc.property(heads, fc.uint8Array({ maxLength: 60 }), (head, body) => {
      const bytes = sigtran(head, Buffer.from(body).toString('hex'))
      for (const decode of DECODERS) {
        const decoded = decode(bytes, 0, bytes.length)
        if (decoded instanceof Fault) assert.ok(decoded.offset >= 0 && decoded.offset <= bytes.length)
        else if (!('maintenance' in decoded)) assert.ok(decoded.start <= decoded.end && decoded.end <= bytes.length)
      }
    }),
    { numRuns: 1000, seed: 7 },
  )
})

test('doubled parameters cost about double', async () => {
  const many = (count: number): Uint8Array =>
    sigtran('0701', parameter('0006', '00000001').repeat(count), parameter('010b', 'c0ffee'))
  const [one, two] = [many(2000), many(4000)]
  await assertLinear((times) => {
    const bytes = times === 1 ? one : two
    return costUs(() => decodeSua(bytes, 0, bytes.length))
  })
})
