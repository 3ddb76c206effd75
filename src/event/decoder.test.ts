import assert from 'node:assert/strict'
import { test } from 'node:test'
import { element as e, hex } from '../bytes/bytes.vectors.ts'
import { data, ethernet, ipv4, sctp } from '../packet/frames.vectors.ts'
import { encodeSccpAddress, sccpMessages } from '../simulate/sccp-writer.ts'
import { ALICE, ASK, BOB, begin, end, heartbeat, IMSI, invoke, Tap } from './messages.vectors.ts'

/** Protocol, state, reason and count of each row. */
const words = (rows: readonly { protocol: string; state: string; reason: string; count: number }[]): string[] =>
  rows.map(({ protocol, state, reason, count }) => `${count} ${protocol} ${state}${reason === '' ? '' : `: ${reason}`}`)

function assertSums({ decoder }: Tap): void {
  const sum = (rows: readonly { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0)
  assert.equal(sum(decoder.packetRows()), decoder.packetCount)
  assert.equal(sum(decoder.messageRows()), decoder.messageCount)
}

test('every packet and message has its row', () => {
  const tap = new Tap()
  tap.send(ALICE, BOB, begin('01', ASK))
  tap.send({ ...ALICE, ssn: 146 }, BOB, begin('02', invoke(1, 0, e('30'))))
  tap.send(ALICE, BOB, begin('03', invoke(1, 127)))
  tap.send({ ...ALICE, ssn: 77 }, { ...BOB, ssn: 78 }, begin('04', invoke(1, 127)))
  tap.send(ALICE, BOB, e('e2', e('c7', '01')))
  tap.send(ALICE, BOB, '3000')
  tap.sendUser([1, 0, 3, 1, 0, 0, 0, 8])
  tap.sendUser([0], 60)
  tap.sendUser([0], 0x12345678)
  tap.sendFrame(heartbeat())
  tap.sendFrame([])
  assert.deepEqual(words(tap.decoder.messageRows()), [
    '1 ansi-map not: package without operation is recognised, not decoded',
    '1 cap decoded',
    '1 m3ua decoded: link and application server management',
    '1 map decoded',
    '1 map partly: operation code not defined',
    '1 ngap not: truncated',
    '1 sctp not: payload protocol not known',
    '1 tcap not: no application context, subsystem or operation names the user',
    '1 tcap not: unknown message type',
  ])
  assert.equal(tap.decoder.packetCount, 11)
  assert.equal(tap.decoder.messageCount, 9)
  assertSums(tap)
})

test('the worst of several messages is what a packet counts as', () => {
  const tap = new Tap()
  const broken = [1, 0, 1, 1, 0, 0, 0, 8]
  const fine = [1, 0, 3, 1, 0, 0, 0, 8]
  tap.sendFrame(ethernet(0x0800, ipv4(sctp([data(1, fine), data(2, broken), data(3, fine)]))))
  assert.deepEqual(words(tap.decoder.packetRows()), ['1 m3ua not: no protocol data'])
  assert.equal(tap.decoder.messageCount, 3)
})

test('a message that the capture cut is not called broken', () => {
  const message = [1, 0, 1, 1, 0, 0, 0, 40, 2, 16, 0, 32, ...Array<number>(28).fill(0)]
  const frame = ethernet(0x0800, ipv4(sctp([data(1, message)])))
  const tap = new Tap()
  tap.sendFrame(frame.slice(0, -20), frame.length)
  assert.deepEqual(words(tap.decoder.messageRows()), ['1 m3ua not: cut by the capture'])
})

test('a packet that the capture cut is not called decoded', () => {
  const tap = new Tap()
  const fine = [1, 0, 3, 1, 0, 0, 0, 8]
  const frame = ethernet(0x0800, ipv4(sctp([data(1, fine), data(2, fine)])))
  tap.sendFrame(frame.slice(0, -20), frame.length)
  assert.deepEqual(
    tap.decoder.packetRows().map((row) => row.state),
    ['partly'],
  )
  assertSums(tap)
})

test('octets the wrong way round in the payload protocol identifier are seen through', () => {
  const tap = new Tap()
  const [udt] = sccpMessages(address(BOB), address(ALICE), hex(begin('01', ASK)), STYLE, 1)
  const { m3ua } = wrap(udt!)
  const [event] = tap.sendUser(m3ua, 0x03000000)
  assert.deepEqual([event?.imsi, event?.anomalies], [IMSI, ['littleEndianPpid']])
})

test('segments are put together; a message that stays unfinished is not silent', () => {
  const tap = new Tap()
  const long = begin('01', invoke(1, 7, e('30', e('80', '00010121436587f9'), e('ae', '00'.repeat(400)))))
  const [a, b, c] = sccpMessages(
    address(BOB),
    address(ALICE),
    hex(long),
    { ...STYLE, type: 'xudt', segmentBytes: 180 },
    5,
  )
  assert.deepEqual(tap.sendSccp(ALICE, BOB, a!), [])
  assert.deepEqual(tap.sendSccp(ALICE, BOB, b!), [])
  const [event] = tap.sendSccp(ALICE, BOB, c!)
  assert.deepEqual([event?.imsi, event?.anomalies, event?.frame], [IMSI, [], 3])
  tap.sendSccp(ALICE, BOB, a!)
  assert.deepEqual(words(tap.decoder.messageRows()), ['3 sccp decoded: segment of a longer message', '1 map decoded'])
  tap.decoder.flush()
  assert.deepEqual(words(tap.decoder.messageRows()), [
    '2 sccp decoded: segment of a longer message',
    '1 map decoded',
    '1 sccp not: segment of a message that was never complete',
  ])
  assertSums(tap)
})

test('addresses without a subsystem, and operations in the wrong context, are named', () => {
  const tap = new Tap()
  const odd = (from: object, to: object, tcap: string): readonly string[] =>
    tap.send({ ...ALICE, ...from }, { ...BOB, ...to }, tcap)[0]?.anomalies ?? []
  assert.deepEqual(odd({}, { ssn: 0 }, begin('01', ASK)), ['calledSsnMissing'])
  assert.deepEqual(odd({ ssn: 0 }, {}, begin('02', ASK)), ['callingSsnMissing'])
  assert.deepEqual(odd({ ssn: 77 }, { ssn: 78 }, begin('03', ASK)), ['unknownSubsystem'])
  const context = (code: string, version: string): string =>
    e('6b', e('28', e('06', '00118605010101'), e('a0', e('60', e('a1', e('06', `0400000100${code}${version}`))))))
  const opening = (id: string, code: string, version: string): string =>
    e('62', e('48', id), context(code, version), e('6c', ASK))
  assert.deepEqual(odd({}, {}, opening('04', '1c', '03')), [])
  assert.deepEqual(odd({}, {}, opening('05', '1d', '03')), ['applicationContextMismatch'])
  assert.deepEqual(odd({}, {}, opening('06', '1c', '09')), ['applicationContextVersion'])
  assert.deepEqual(odd({}, {}, opening('07', '63', '01')), ['unknownApplicationContext'])
})

test('a fault says where in the frame, counted from its first octet', () => {
  const tap = new Tap()
  const tcap = begin(
    '01',
    e('a1', e('02', '01'), e('02', '46'), e('30', `80 09 ${'00'.repeat(8)}`.replaceAll(' ', ''))),
  )
  const [event] = tap.send(ALICE, BOB, tcap)
  assert.equal(event?.fault?.layer, 'map')
  const frame = hex(tcap)
  // Ethernet, IPv4, SCTP, DATA, M3UA, then SCCP with two addresses of eleven octets
  const tcapAt = 14 + 20 + 12 + 16 + 8 + 4 + 12 + 5 + 12 + 12 + 1
  assert.equal(event.fault.offset, tcapAt + frame.lastIndexOf(9))
})

test('an end without a beginning is read all the same', () => {
  const tap = new Tap()
  const [event] = tap.send(
    BOB,
    ALICE,
    end('01', e('a2', e('02', '01'), e('30', e('02', '3a'), e('04', '00010121436587f9')))),
  )
  assert.deepEqual([event?.operation, event?.imsi, event?.answers], ['sendIMSI', IMSI, 0])
})

const STYLE = { type: 'udt', segmentBytes: 240, returnOnError: false } as const

function address({ gt, ssn }: { gt: string; ssn: number }): Uint8Array {
  return encodeSccpAddress({ digits: gt, ssn, translationType: 0, plan: 1, pointCode: null })
}

/** A message of SCCP in M3UA DATA, written by hand. */
function wrap(sccp: Uint8Array): { m3ua: number[] } {
  const length = 16 + sccp.length
  const padding = new Array<number>(-length & 3).fill(0)
  const total = 8 + length + padding.length
  const label = [0, 0, 0, 100, 0, 0, 0, 200, 3, 0, 0, 0]
  return {
    m3ua: [
      1,
      0,
      1,
      1,
      0,
      0,
      total >> 8,
      total & 255,
      2,
      0x10,
      length >> 8,
      length & 255,
      ...label,
      ...sccp,
      ...padding,
    ],
  }
}
