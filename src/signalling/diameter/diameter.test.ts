import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs, hex, prefixes } from '../../bytes/bytes.vectors.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import { AnomalyList } from '../anomaly.ts'
import { avp, chars, FROM_MME, IMSI, MME, message, rawAvp, S6A, tgpp, USER, u32, VISITED } from './avp.vectors.ts'
import { avpEntry } from './avp-entries.ts'
import { type DiameterMessage, decodeDiameter } from './diameter.ts'
import { MESSAGES } from './diameter.vectors.ts'
import { applicationName, DIAMETER_APPLICATIONS } from './dictionary/applications.ts'
import { DIAMETER_AVPS } from './dictionary/avps.ts'
import { DIAMETER_COMMANDS } from './dictionary/commands.ts'
import { DiameterFields } from './fields.ts'
import { ODD } from './odd.vectors.ts'
import { ROLES } from './roles.ts'

function decode(bytes: Uint8Array, anomalies = new AnomalyList()): DiameterMessage {
  const decoded = decodeDiameter(bytes, 0, bytes.length, anomalies)
  assert.ok(!(decoded instanceof Fault))
  return decoded
}

/** What was found, without what was not, the TPDU as hexadecimal. */
function plain(fields: DiameterFields): Record<string, unknown> {
  const empty: Record<string, unknown> = { ...new DiameterFields() }
  const { tpdu, ...rest } = fields
  const found = Object.entries(rest).filter(([name, value]) => value !== empty[name])
  if (tpdu !== null) found.push(['tpdu', Buffer.from(tpdu.bytes.subarray(tpdu.start, tpdu.end)).toString('hex')])
  return Object.fromEntries(found)
}

for (const [index, [octets, name, expected]] of MESSAGES.entries()) {
  test(`finds what stands in message ${index}, ${name}`, () => {
    const anomalies = new AnomalyList()
    const bytes = hex('aaaa', octets, 'aa')
    const decoded = decodeDiameter(bytes, 2, bytes.length, anomalies)
    assert.ok(!(decoded instanceof Fault))
    assert.deepEqual(plain(decoded.fields), expected)
    assert.deepEqual(
      [decoded.command?.name, decoded.fault, decoded.end, decoded.identityMissing],
      [name, null, bytes.length - 1, false],
    )
    assert.deepEqual([decoded.hopByHop, decoded.endToEnd], [0x7a000001, 0x5b000002])
    assert.equal(decoded.encoding !== null, decoded.isRequest)
    assert.deepEqual(anomalies.list(), [])
  })

  test(`every prefix of message ${index} gives a fault`, () => {
    const whole = hex(octets)
    for (const bytes of prefixes(whole)) {
      const decoded = decodeDiameter(bytes, 0, bytes.length, new AnomalyList())
      const fault = decoded instanceof Fault ? decoded : decoded.fault
      assert.ok(fault !== null && fault.offset <= bytes.length)
    }
    // the same prefixes with a length that fits: only the AVPs are cut
    for (const bytes of prefixes(whole).slice(20)) {
      bytes.set([bytes.length >> 16, bytes.length >> 8, bytes.length], 1)
      const { fault } = decode(bytes)
      if (fault !== null) assert.ok(fault.offset <= bytes.length)
    }
  })
}

for (const [index, [names, octets]] of ODD.entries()) {
  test(`names what is odd: ${names}, ${index}`, () => {
    const anomalies = new AnomalyList()
    const { fault } = decode(hex(octets), anomalies)
    assert.equal(anomalies.list().join(' '), names)
    assert.equal(fault !== null, names === 'avpLength')
  })
}

test('a broken group hides nothing behind it', () => {
  const { fields, fault } = decode(
    hex(message('c0', 316, S6A, FROM_MME, tgpp(1401, '0000'), avp(1, chars('001010123456789')))),
  )
  assert.equal(fault?.reason, 'AVP length')
  assert.equal(fields.imsi, '001010123456789')
})

test('the name of the request goes before one inside a group', () => {
  const decoy = tgpp(1400, avp(1, chars('001020000000021')))
  for (const [avps, imsi] of [
    [[decoy, USER], IMSI],
    [[USER, decoy], IMSI],
    [[decoy], '001020000000021'],
  ] as const) {
    assert.equal(decode(hex(message('c0', 319, S6A, FROM_MME, ...avps))).fields.imsi, imsi)
  }
})

test('the last AVP may lack its padding', () => {
  const anomalies = new AnomalyList()
  const octets = message('80', 280, 0, avp(296, chars(VISITED)), avp(264, chars(MME)))
  const bytes = hex(octets).slice(0, -2)
  bytes.set([0, 0, bytes.length], 1)
  const { fields, fault } = decode(bytes, anomalies)
  assert.deepEqual([fields.originHost, fault, anomalies.list()], [MME, null, ['avpPaddingMissing']])
})

test('no header, no message', () => {
  const whole = hex(message('80', 280, 0))
  for (const [change, reason] of [
    [[0, 2], 'unknown version'],
    [[3, 19], 'length shorter than the header'],
  ] as const) {
    const bytes = whole.slice()
    bytes[change[0]] = change[1]
    const fault = decodeDiameter(bytes, 0, bytes.length, new AnomalyList())
    assert.ok(fault instanceof Fault)
    assert.equal(fault.reason, reason)
  }
})

test('a request that names no subscriber is told', () => {
  assert.equal(decode(hex(message('c0', 316, S6A, FROM_MME))).identityMissing, true)
  assert.equal(decode(hex(message('40', 316, S6A, FROM_MME))).identityMissing, false)
  assert.equal(decode(hex(message('c0', 322, S6A, FROM_MME))).identityMissing, false)
})

/** A message of `count` empty AVPs, however long. */
function many(count: number): Uint8Array {
  const bytes = new Uint8Array(20 + count * 8)
  bytes.set(hex(message('80', 280, 0)))
  const length = Math.min(bytes.length, 0xfffffc)
  bytes.set([length >> 16, (length >> 8) & 255, length & 255], 1)
  for (let i = 0; i < count; i++) bytes.set([0, 0, 0x0f, 0xa0, 0, 0, 0, 8], 20 + i * 8)
  return bytes
}

/** Groups of one inside the other. */
function nested(depth: number): Uint8Array {
  let inside = ''
  for (let i = 0; i < depth; i++) inside = avp(279, inside)
  return hex(message('80', 280, 0, inside))
}

test('a million AVPs, and groups without end, are bounded', () => {
  const million = many(1_000_000)
  const { fault } = decode(million)
  assert.deepEqual([fault?.reason, fault?.offset], ['too many AVPs', 20 + LIMITS.diameterAvps * 8])
  assert.ok(costUs(() => decode(million)) < 20_000)
  assert.equal(decode(nested(LIMITS.diameterDepth - 1)).fault, null)
  assert.equal(decode(nested(LIMITS.diameterDepth)).fault?.reason, 'nested too deep')
  assert.equal(decode(nested(5000)).fault?.reason, 'nested too deep')
})

test('doubled messages cost about double', async () => {
  const host = avp(282, chars('a.example'))
  const [one, two] = [hex(message('c0', 316, S6A, host.repeat(2000))), hex(message('c0', 316, S6A, host.repeat(4000)))]
  const anomalies = new AnomalyList()
  const { routeRecord } = decode(two, anomalies).fields
  assert.equal(routeRecord?.length, LIMITS.diameterValues)
  assert.ok(anomalies.list().includes('tooManyValues'))
  await assertLinear((times) => costUs(() => decode(times === 1 ? one : two)))
})

test('damaged messages give parts, never an exception', () => {
  const damage = fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.nat(MESSAGES.length - 1), damage, (index, changes) => {
      const bytes = hex(MESSAGES[index]?.[0] ?? '')
      for (const [offset, value] of changes) bytes[offset % bytes.length] = value
      const decoded = decodeDiameter(bytes, 0, bytes.length, new AnomalyList())
      const fault = decoded instanceof Fault ? decoded : decoded.fault
      if (fault !== null) assert.ok(fault.offset >= 0 && fault.offset <= bytes.length)
      if (decoded instanceof Fault) return
      assert.ok(decoded.end > 0 && decoded.end <= bytes.length)
      const { imsi, imei, nodeAddress } = decoded.fields
      // these are printed as they are
      for (const text of [imsi, imei]) assert.match(text ?? '', /^[0-9]*$/)
      assert.match(nodeAddress ?? '', /^[\w.:;=@+!%/*#-]*$/)
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('random octets behind a header give parts, never an exception', () => {
  const header = hex(message('c0', 316, S6A))
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (rest) => {
      const bytes = Uint8Array.of(...header, ...rest)
      bytes.set([bytes.length], 3)
      decode(bytes)
    }),
    { numRuns: 500, seed: 7 },
  )
})

test('registries: in order, each once', () => {
  const ascending = (codes: readonly number[]): void => {
    assert.deepEqual(
      codes,
      [...new Set(codes)].toSorted((a, b) => a - b),
    )
  }
  ascending(DIAMETER_APPLICATIONS.map((row) => row.id))
  ascending(DIAMETER_COMMANDS.map((row) => row.code))
  for (const { rows } of DIAMETER_AVPS) {
    const codes = rows.map((row) => row.code)
    assert.equal(new Set(codes).size, codes.length)
  }
  assert.equal(applicationName(S6A), 'S6a/S6d')
  assert.equal(applicationName(5), 'EAP')
  assert.equal(applicationName(99), null)
})

test('every AVP that is read is defined, once', () => {
  for (const { vendor, code } of ROLES) assert.notEqual(avpEntry(vendor, code), null, `${vendor} ${code}`)
  assert.equal(new Set(ROLES.map(({ vendor, code }) => `${vendor} ${code}`)).size, ROLES.length)
  assert.equal(avpEntry(13019, 300)?.isGroup, true)
  assert.equal(avpEntry(0, 4_294_967_295), null)
  assert.equal(avpEntry(7, 1), null)
})

test('text that comes again is one string', () => {
  const bytes = hex(message('c0', 316, S6A, FROM_MME, rawAvp(1, 0x40, null, chars('å'))))
  const [one, two] = [decode(bytes).fields, decode(bytes).fields]
  assert.equal(one.userName, 'å')
  assert.equal(one.originHost, two.originHost)
  assert.equal(u32(1), '00000001')
})
