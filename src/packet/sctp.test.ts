import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import {
  Bench,
  chunk,
  data,
  FIRST,
  iData,
  init,
  LAST,
  MIDDLE,
  octets,
  packetOf,
  sctpFrame,
  u32,
} from './frames.vectors.ts'

const A = [192, 0, 2, 1]
const B = [192, 0, 2, 2]
const FORTH = { srcPort: 2905, dstPort: 2906, tag: 0xb0b0_b0b0, src: A, dst: B }
const BACK = { srcPort: 2906, dstPort: 2905, tag: 0xa0a0_a0a0, src: B, dst: A }
const RETRANSMISSION = 'ignored sctp: retransmission'
const SACK = chunk(3, 0, [...u32(1), ...u32(65_536), 0, 0, 0, 0])

test('hands over every chunk of a bundle', () => {
  const bench = new Bench()
  const chunks = Array.from({ length: 120 }, (_, i) => data(i, octets(90 + (i % 7), i), { ppid: i, stream: i % 3 }))
  assert.equal(bench.feed(sctpFrame([SACK, ...chunks])), 'carried sctp')
  assert.deepEqual(
    bench.payloads.map(({ data, ppid }) => ({ data, ppid })),
    chunks.map((_, i) => ({ data: octets(90 + (i % 7), i), ppid: i })),
  )
  assert.deepEqual(
    { ...bench.payloads[0], packet: null, data: null },
    {
      packet: null,
      transport: 'sctp',
      data: null,
      ppid: 0,
      srcIp: '192.0.2.1',
      dstIp: '192.0.2.2',
      srcPort: 2905,
      dstPort: 2906,
      association: 1,
      stream: null,
      anomalies: [],
    },
  )
})

test('says what a packet without user data is', () => {
  const bench = new Bench()
  assert.equal(bench.feed(sctpFrame([])), 'ignored sctp: no user data')
  assert.equal(bench.feed(sctpFrame([SACK])), 'ignored sctp: no user data')
  assert.equal(bench.feed(sctpFrame([chunk(4, 0, octets(9))])), 'ignored sctp: no user data')
  assert.equal(bench.feed(sctpFrame([data(1, [])])), 'undecoded sctp: malformed chunk')
  assert.equal(bench.feed(sctpFrame([[0, 3, 0, 3]])), 'undecoded sctp: malformed chunk')
  assert.equal(bench.feed(sctpFrame([[0, 3, 0, 40, 1, 2, 3, 4]])), 'undecoded sctp: malformed chunk')
  assert.equal(bench.feed(sctpFrame([chunk(1, 0, [1, 2])])), 'undecoded sctp: malformed chunk')
  const beside = bench.feed(sctpFrame([data(1, [5]), [0, 3, 0, 40, 1, 2, 3, 4]]))
  assert.equal(beside, 'carried sctp: a chunk beside the data was not read')
})

test('every strict prefix of an SCTP packet gives a disposition', () => {
  const whole = sctpFrame([SACK, data(1, octets(20)), data(2, octets(20)), data(3, octets(9), { flags: FIRST })])
  for (let length = 34; length < whole.length; length++) {
    const bench = new Bench()
    const frame = whole.slice(0, length)
    frame[16] = (length - 14) >> 8 // an IP packet that ends here, not one that was cut
    frame[17] = (length - 14) & 0xff
    const said = bench.feed(frame)
    assert.match(said, /^(carried|undecoded|ignored) sctp/)
    assert.equal(said.startsWith('carried'), length >= 34 + 12 + 16 + 36)
  }
})

test('puts a fragmented message together in any order, beside other streams', () => {
  const fragments = [
    data(100, octets(10, 1), { flags: FIRST, stream: 4, ssn: 9, ppid: 5 }),
    data(101, octets(11, 2), { flags: MIDDLE, stream: 4, ssn: 9, ppid: 5 }),
    data(102, octets(12, 3), { flags: MIDDLE, stream: 4, ssn: 9, ppid: 5 }),
    data(103, octets(13, 4), { flags: LAST, stream: 4, ssn: 9, ppid: 5 }),
  ]
  const whole = [...octets(10, 1), ...octets(11, 2), ...octets(12, 3), ...octets(13, 4)]
  for (const order of ['0123', '3210', '0312', '1203', '2031', '0213', '1302']) {
    const bench = new Bench()
    const said = [...order].map((i) => bench.feed(sctpFrame([fragments[Number(i)]!])))
    assert.equal(said[3], 'carried sctp', order)
    assert.deepEqual(
      bench.payloads.map(({ data, ppid }) => ({ data, ppid })),
      [{ data: whole, ppid: 5 }],
      order,
    )
    assert.deepEqual(bench.account, {
      'held sctp: fragment of a message put together later': 3,
      'carried sctp': 1,
    })
  }
  const oneFrame = new Bench()
  assert.equal(oneFrame.feed(sctpFrame(fragments)), 'carried sctp')
  assert.deepEqual(oneFrame.account, { 'carried sctp': 1 })
})

test('keeps neighbouring messages and streams apart', () => {
  const bench = new Bench()
  const feed = (tsn: number, flags: number, stream: number, ssn = 0) =>
    bench.feed(sctpFrame([data(tsn, [tsn], { flags, stream, ssn })]))
  feed(1, FIRST, 1)
  feed(2, LAST, 2) // not the same stream
  feed(4, FIRST, 1)
  feed(5, LAST, 1, 1) // not the same message
  assert.equal(bench.payloads.length, 0)
  feed(11, LAST, 1)
  feed(12, FIRST, 1)
  assert.equal(feed(10, FIRST, 1), 'carried sctp')
  assert.equal(feed(13, LAST, 1), 'carried sctp')
  assert.deepEqual(
    bench.payloads.map((payload) => payload.data),
    [
      [10, 11],
      [12, 13],
    ],
  )
  bench.flush()
  assert.equal(bench.account['undecoded sctp: fragment of a message never completed'], 4)
  assert.equal(bench.total, 8)
})

test('puts unordered messages and messages across the wrap of the TSN together', () => {
  const bench = new Bench()
  const flags = (bits: number) => ({ flags: bits | 4 })
  bench.feed(sctpFrame([data(0xffff_ffff, [1], flags(FIRST))]))
  bench.feed(sctpFrame([data(1, [3], flags(LAST))]))
  assert.equal(bench.feed(sctpFrame([data(0, [2], flags(MIDDLE))])), 'carried sctp')
  assert.deepEqual(bench.payloads[0]?.data, [1, 2, 3])
})

test('puts interleaved messages together by their own sequence numbers', () => {
  const bench = new Bench()
  const feed = (tsn: number, flags: number, messageId: number, field: number, stream = 1) =>
    bench.feed(sctpFrame([iData(tsn, [tsn], { flags, messageId, field, stream })]))
  feed(1, FIRST, 7, 3)
  feed(2, FIRST, 8, 4)
  feed(4, LAST, 8, 2)
  feed(3, MIDDLE, 7, 1)
  feed(9, FIRST, 7, 6, 2)
  assert.equal(feed(6, MIDDLE, 8, 1), 'carried sctp')
  assert.equal(feed(5, LAST, 7, 2), 'carried sctp')
  assert.equal(feed(7, 3, 9, 5), 'carried sctp')
  assert.deepEqual(
    bench.payloads.map(({ data, ppid }) => ({ data, ppid })),
    [
      { data: [2, 6, 4], ppid: 4 },
      { data: [1, 3, 5], ppid: 3 },
      { data: [7], ppid: 5 },
    ],
  )
})

test('counts retransmissions once', () => {
  const bench = new Bench()
  assert.equal(bench.feed(sctpFrame([data(7, [1]), data(8, [2])])), 'carried sctp')
  assert.equal(bench.feed(sctpFrame([data(7, [1])])), RETRANSMISSION)
  assert.equal(bench.feed(sctpFrame([SACK, data(8, [2])])), RETRANSMISSION)
  assert.equal(bench.feed(sctpFrame([data(8, [2]), data(9, [3])])), 'carried sctp')
  assert.equal(bench.feed(sctpFrame([data(10, [4], { flags: FIRST })])).slice(0, 4), 'held')
  assert.equal(bench.feed(sctpFrame([data(10, [4], { flags: FIRST })])), RETRANSMISSION)
  assert.equal(bench.feed(sctpFrame([data(11, [5], { flags: LAST })])), 'carried sctp')
  assert.equal(bench.feed(sctpFrame([data(11, [5], { flags: LAST })])), RETRANSMISSION)
  assert.deepEqual(
    bench.payloads.map((payload) => payload.data),
    [[1], [2], [3], [4, 5]],
  )
})

test('knows retransmissions across the wrap of the TSN', () => {
  const bench = new Bench()
  const tsns = Array.from({ length: 40 }, (_, i) => (0xffff_ffec + i) >>> 0)
  for (const tsn of tsns) assert.equal(bench.feed(sctpFrame([data(tsn, u32(tsn))])), 'carried sctp')
  for (const tsn of tsns) assert.equal(bench.feed(sctpFrame([data(tsn, u32(tsn))])), RETRANSMISSION)
})

test('hands over a TSN used again for other data, and marks it', () => {
  const bench = new Bench()
  bench.feed(sctpFrame([data(7, [1])]))
  assert.equal(bench.feed(sctpFrame([data(7, [2]), data(8, [3])])), 'carried sctp: TSN reused for other data')
  assert.deepEqual(
    bench.payloads.map((payload) => payload.anomalies),
    [[], ['sctpTsnReuse'], []],
  )
})

test('never takes the same TSN and data of another association, or of the other direction, for a retransmission', () => {
  const bench = new Bench()
  const chunks = [data(1, [1, 2, 3])]
  assert.equal(bench.feed(sctpFrame(chunks, FORTH)), 'carried sctp')
  assert.equal(bench.feed(sctpFrame(chunks, BACK)), 'carried sctp')
  assert.equal(bench.feed(sctpFrame(chunks, { ...FORTH, tag: 5 })), 'carried sctp')
  assert.equal(bench.feed(sctpFrame(chunks, { ...FORTH, srcPort: 9 })), 'carried sctp')
  assert.equal(bench.feed(sctpFrame(chunks, { ...FORTH, src: [198, 51, 100, 1] })), RETRANSMISSION) // multihomed
  const numbers = bench.payloads.map((payload) => payload.association)
  assert.equal(numbers[1], numbers[0])
  assert.equal(new Set(numbers).size, 3)
})

test('takes nothing for a retransmission where the verification tag is 0', () => {
  const bench = new Bench()
  for (let i = 0; i < 3; i++) assert.equal(bench.feed(sctpFrame([data(0, [1])], { ...FORTH, tag: 0 })), 'carried sctp')
  bench.feed(sctpFrame([data(0, [1])], { ...BACK, tag: 0 }))
  bench.feed(sctpFrame([data(0, [1])], { ...BACK, tag: 0, srcPort: 77 }))
  const numbers = bench.payloads.map((payload) => payload.association)
  assert.deepEqual(
    numbers.map((number) => number === numbers[0]),
    [true, true, true, true, false],
  )
  assert.equal(
    bench.feed(sctpFrame([data(0, [1], { flags: FIRST })], { ...FORTH, tag: 0 })),
    'undecoded sctp: fragment without a verification tag',
  )
})

test('joins the directions of an association by its handshake, wherever its packets come from later', () => {
  const bench = new Bench()
  bench.feed(sctpFrame([init(1, BACK.tag)], { ...FORTH, tag: 0 }))
  bench.feed(sctpFrame([init(2, FORTH.tag)], BACK))
  bench.feed(sctpFrame([data(1, [1])], { ...FORTH, src: [198, 51, 100, 1] }))
  bench.feed(sctpFrame([data(1, [2])], { ...BACK, dst: [198, 51, 100, 7] }))
  const numbers = bench.payloads.map((payload) => payload.association)
  assert.equal(numbers.length, 2)
  assert.equal(numbers[0], numbers[1])
})

test('tells the directions of a loopback association with equal ports', () => {
  const bench = new Bench()
  const loop = { src: A, dst: A, srcPort: 2905, dstPort: 2905 }
  for (const tag of [11, 22, 33]) bench.feed(sctpFrame([data(1, [1])], { ...loop, tag }))
  const numbers = bench.payloads.map((payload) => payload.association)
  assert.equal(numbers[0], numbers[1])
  assert.notEqual(numbers[0], numbers[2])
})

test('begins anew with a new INIT, not with the same INIT from a second tap', () => {
  const bench = new Bench()
  const begin = (timeUs: number) => {
    bench.feed(sctpFrame([init(1, BACK.tag)], { ...FORTH, tag: 0 }), { timeUs })
    bench.feed(sctpFrame([init(2, FORTH.tag)], BACK), { timeUs })
  }
  const send = (timeUs: number) => bench.feed(sctpFrame([data(1, [1])], FORTH), { timeUs })
  begin(0)
  assert.equal(send(1_000), 'carried sctp')
  begin(2_000)
  assert.equal(send(3_000), RETRANSMISSION)
  bench.feed(sctpFrame([data(2, [1], { flags: FIRST })], FORTH), { timeUs: 4_000 })
  begin(10_000_000)
  assert.equal(bench.account['undecoded sctp: fragment of a message its association did not survive'], 1)
  assert.equal(send(10_001_000), 'carried sctp')
  bench.feed(sctpFrame([chunk(14, 0, [])], FORTH), { timeUs: 10_002_000 })
  begin(10_003_000)
  assert.equal(send(10_004_000), 'carried sctp')
  bench.feed(sctpFrame([chunk(6, 1, [])], { ...BACK, tag: FORTH.tag }), { timeUs: 10_005_000 }) // reflected tag
  begin(10_006_000)
  assert.equal(send(10_007_000), 'carried sctp')
})

test('accounts for fragments beside whole messages', () => {
  const bench = new Bench()
  bench.feed(sctpFrame([data(1, [1]), data(2, [2], { flags: FIRST })]))
  bench.feed(sctpFrame([data(5, [1]), data(6, [2], { flags: FIRST })]))
  bench.feed(sctpFrame([data(3, [3], { flags: LAST })]))
  assert.deepEqual(bench.account, { 'carried sctp': 3 })
  bench.flush()
  assert.deepEqual(bench.account, { 'carried sctp': 2, 'carried sctp: a fragment beside the data was lost': 1 })
})

const LIMIT_REACHED = 'undecoded sctp: fragment given up at a limit of reassembly'
/** Octets of Ethernet and IPv4 in front of SCTP. */
const SCTP_AT = 34

test('bounds the fragments of a direction', () => {
  const bench = new Bench()
  for (let i = 0; i <= LIMITS.sctpFragments; i++) bench.feed(sctpFrame([data(i * 2, [1], { flags: MIDDLE })]))
  assert.equal(bench.account[LIMIT_REACHED], LIMITS.sctpFragments)
  assert.equal(bench.total, LIMITS.sctpFragments + 1)
})

test('bounds the size of a message, and the octets held over all associations', () => {
  const packet = packetOf(sctpFrame([data(1, octets(65_000), { flags: FIRST })]))
  const view = new DataView(packet.bytes.buffer)
  const large = new Bench()
  const pieces = Math.ceil(LIMITS.sctpMessageBytes / 65_000)
  for (let i = 0; i < pieces; i++) {
    view.setUint8(SCTP_AT + 13, i === 0 ? FIRST : MIDDLE)
    view.setUint32(SCTP_AT + 16, i)
    large.feedPacket(packet)
  }
  assert.deepEqual(large.account, { [LIMIT_REACHED]: pieces })

  const wide = new Bench()
  const count = Math.ceil(LIMITS.sctpReassemblyBytes / 65_000)
  view.setUint8(SCTP_AT + 13, FIRST)
  for (let i = 0; i < count; i++) {
    view.setUint32(SCTP_AT + 4, i + 1)
    wide.feedPacket(packet)
  }
  assert.ok((wide.account[LIMIT_REACHED] ?? 0) > 0)
  wide.flush()
  assert.equal(wide.total, count)
  for (const words of Object.keys(wide.account)) assert.match(words, /^undecoded/)
})

test('forgets the association longest unused when there are too many', () => {
  const packet = packetOf(sctpFrame([data(1, [1])]))
  const view = new DataView(packet.bytes.buffer)
  const bench = new Bench()
  const feed = (tag: number) => {
    view.setUint32(SCTP_AT + 4, tag)
    return bench.feedPacket(packet)
  }
  for (let tag = 1; tag <= LIMITS.sctpAssociations; tag++) feed(tag)
  assert.equal(feed(1), RETRANSMISSION)
  assert.equal(feed(LIMITS.sctpAssociations + 1), 'carried sctp')
  assert.equal(feed(1), RETRANSMISSION)
  assert.equal(feed(3), RETRANSMISSION)
  assert.equal(feed(2), 'carried sctp')
})
