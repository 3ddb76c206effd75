import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatEvent } from './format.ts'
import { ALICE, ASK, BOB, begin, Tap } from './messages.vectors.ts'
import type { SignallingEvent } from './signalling-event.ts'
import { formatTime } from './time.ts'

/** Every key of schema 1, in the order in which the contract names them. */
const KEYS =
  'schema capture frame time protocol kind operation code opcodeForm applicationContext opc dpc callingGt callingSsn calledGt calledSsn tcap otid dtid invokeId errorCode imsi msisdn imei nodeAddress cellId sms originHost originRealm destinationHost destinationRealm userName visitedPlmn routeRecord sessionId applicationId resultCode srcIp dstIp srcPort dstPort teid apn servingNetwork anomalies fault'.split(
    ' ',
  )

function sample(): SignallingEvent {
  const [event] = new Tap().send(ALICE, BOB, begin('01', ASK))
  assert.ok(event !== undefined)
  return event
}

const parse = (event: SignallingEvent): Record<string, unknown> =>
  JSON.parse(formatEvent(event)) as Record<string, unknown>

test('every key is there, in order, and nothing else', () => {
  const event = sample()
  assert.deepEqual(Object.keys(parse(event)), KEYS)
  assert.deepEqual(Object.keys(parse({ ...event, protocol: 'diameter' })), KEYS)
  assert.deepEqual(Object.keys(parse({ ...event, protocol: 'gtpv2', teid: '0000001f' })), KEYS)
})

test('values are those of the event', () => {
  const event = sample()
  const line = parse(event)
  assert.deepEqual(
    { ...line, schema: undefined, time: undefined },
    {
      ...Object.fromEntries(KEYS.map((key) => [key, event[key as keyof SignallingEvent]])),
      schema: undefined,
      time: undefined,
    },
  )
  assert.equal(line.schema, 1)
  assert.equal(line.time, '2026-03-02T08:00:00.001000Z')
  assert.deepEqual([line.operation, line.callingGt, line.otid], ['provideSubscriberInfo', '447700900077', '01'])
})

test('an answer shows the code that it holds, not that of the request', () => {
  const answer = { ...sample(), kind: 'result', code: 7, operation: 'insertSubscriberData' } as const
  const codeOf = (event: SignallingEvent): unknown => parse(event).code
  assert.equal(codeOf({ ...answer, opcodeForm: 'local' }), 7)
  assert.equal(codeOf({ ...answer, opcodeForm: null }), null)
  assert.equal(parse({ ...answer, opcodeForm: null }).operation, 'insertSubscriberData')
})

test('texts that come from outside are escaped', () => {
  const event = sample()
  const hostile = 'a"b\\c\n\u2028,"imsi":"1'
  const sms = { pid: 0, dcs: 0, udh: null, originator: hostile, oaType: 'alphanumeric' } as const
  const ss7 = parse({ ...event, capture: hostile, sms: { ...sms, tpdu: null } })
  assert.equal(ss7.capture, hostile)
  assert.deepEqual(ss7.sms, sms)
  const diameter = parse({
    ...event,
    protocol: 'diameter',
    originHost: hostile,
    routeRecord: [hostile],
    userName: hostile,
  })
  assert.deepEqual([diameter.originHost, diameter.routeRecord, diameter.userName], [hostile, [hostile], hostile])
  const gtp = parse({ ...event, protocol: 'gtpv2', apn: hostile, servingNetwork: hostile })
  assert.deepEqual([gtp.apn, gtp.servingNetwork], [hostile, hostile])
  const fault = { layer: 'tcap', reason: 'truncated', offset: 7 }
  assert.deepEqual(parse({ ...event, fault }).fault, fault)
  assert.ok(!formatEvent({ ...event, capture: hostile }).includes('\n'))
})

test('time is ISO 8601 with microseconds, for any number a capture may hold', () => {
  assert.equal(formatTime(0), '1970-01-01T00:00:00.000000Z')
  assert.equal(formatTime(1_772_438_400_000_007), '2026-03-02T08:00:00.000007Z')
  assert.equal(formatTime(1_772_438_400_999_999), '2026-03-02T08:00:00.999999Z')
  assert.equal(formatTime(-1), '1969-12-31T23:59:59.999999Z')
  assert.match(formatTime(1e18), /^9999-12-31T23:59:59\.\d{6}Z$/)
  assert.match(formatTime(-1e18), /^0001-01-01T00:00:00\.\d{6}Z$/)
})
