import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs } from '../bytes/bytes.vectors.ts'
import { LIMITS } from '../limits.ts'
import { Bench, octets, packetOf } from './frames.vectors.ts'
import { PacketDecoder } from './packet-decoder.ts'
import { ACK, FIN, FRAMING, message, messageWithBody, RST, type SegmentFields, SYN, segment } from './tcp.vectors.ts'

const RETRANSMISSION = 'ignored tcp: retransmission'
const HELD = 'held tcp: fragment of a message not complete yet'
const COMPLETED = 'held tcp: fragment of a message put together later'
const NEVER = 'undecoded tcp: fragment of a message never completed'
const SKIPPED = 'undecoded tcp: octets skipped in search of a message'
const NOT_READ = 'undecoded tcp: TCP stream not read'
const A = message(20, 1)
const B = message(30, 2)
const C = message(9, 3)
const ALL = [...A, ...B, ...C]
const FIRST = 1_001

/** A decoder that has seen the SYN. */
function opened(sequence = FIRST - 1): Bench {
  const bench = new Bench([FRAMING])
  assert.equal(bench.feed(segment([], { sequence, flags: SYN })), 'ignored tcp: no user data')
  return bench
}

function feed(bench: Bench, data: readonly number[], sequence: number, fields: SegmentFields = {}): string {
  return bench.feed(segment(data, { sequence, flags: ACK, ...fields }))
}

function data(bench: Bench): number[][] {
  return bench.payloads.map((payload) => payload.data)
}

test('hands over every message of a segment where it lies', () => {
  const seen: unknown[] = []
  const packet = packetOf(segment(ALL))
  const decoder = new PacketDecoder({ payload: ({ bytes, ...rest }) => seen.push(bytes === packet.bytes && rest) }, [
    FRAMING,
  ])
  assert.equal(decoder.decode(packet).outcome, 'carried')
  const start = packet.end - ALL.length
  const common = { packet, transport: 'tcp', ppid: 0, srcIp: '192.0.2.1', dstIp: '192.0.2.2' }
  const more = {
    srcPort: 40_000,
    dstPort: 7_000,
    association: 1,
    stream: { protocol: 'diameter', gaps: 1 },
    anomalies: [],
  }
  assert.deepEqual(seen, [
    { ...common, start, end: start + A.length, ...more },
    { ...common, start: start + A.length, end: start + A.length + B.length, ...more },
    { ...common, start: start + A.length + B.length, end: packet.end, ...more },
  ])
})

test('puts messages together that were split anywhere', () => {
  for (let first = 1; first < ALL.length; first++) {
    for (const second of [first, (first + ALL.length) >> 1]) {
      const bench = opened()
      feed(bench, ALL.slice(0, first), FIRST)
      if (second > first) feed(bench, ALL.slice(first, second), FIRST + first)
      feed(bench, ALL.slice(second), FIRST + second)
      assert.deepEqual(data(bench), [A, B, C])
      assert.equal(bench.payloads[0]?.stream?.gaps, 0)
      assert.ok(bench.total === 3 || bench.total === 4)
      assert.equal(bench.account[HELD], undefined)
    }
  }
})

test('says which packet completed a message, and what became of the others', () => {
  const bench = opened()
  bench.feed(segment(A.slice(0, 3), { sequence: FIRST }), { frame: 2 })
  bench.feed(segment(A.slice(3, 9), { sequence: FIRST + 3 }), { frame: 3 })
  assert.equal(
    bench.feed(segment([...A.slice(9), ...B.slice(0, 5)], { sequence: FIRST + 9 }), { frame: 4 }),
    'carried tcp',
  )
  assert.deepEqual(
    bench.payloads.map(({ packet }) => packet.frame),
    [4],
  )
  assert.deepEqual(bench.account, { 'ignored tcp: no user data': 1, [COMPLETED]: 2, 'carried tcp': 1 })
  bench.flush()
  const account: Record<string, number> = bench.account
  assert.equal(account['carried tcp: a fragment beside the data was lost'], 1)
})

test('puts segments in order, whatever the order of arrival, across the wrap of sequence numbers', () => {
  const cuts = [0, 10, 33, 60, ALL.length]
  for (const order of ['0123', '3210', '0312', '1203', '2031', '0213', '1302'])
    for (const base of [FIRST, 0xffff_ffff - 30]) {
      const bench = opened((base - 1) >>> 0)
      for (const i of [...order].map(Number)) feed(bench, ALL.slice(cuts[i], cuts[i + 1]), base + (cuts[i] ?? 0))
      assert.deepEqual(data(bench), [A, B, C], order)
      bench.flush()
      assert.equal(bench.total, 5)
      assert.equal(bench.account[NEVER], undefined)
    }
})

test('counts octets once that were sent twice', () => {
  const bench = opened()
  assert.equal(feed(bench, A, FIRST), 'carried tcp')
  assert.equal(feed(bench, A, FIRST), RETRANSMISSION)
  assert.equal(feed(bench, A.slice(0, 1), FIRST + A.length - 1), RETRANSMISSION)
  assert.equal(feed(bench, [...A, ...B], FIRST), 'carried tcp')
  assert.equal(feed(bench, [...B.slice(7), ...C], FIRST + A.length + 7), 'carried tcp')
  assert.deepEqual(data(bench), [A, B, C])
  assert.ok(bench.payloads.every((payload) => payload.anomalies.length === 0))
})

test('the first data wins where segments overlap with other data', () => {
  const other = A.map((octet, i) => (i > 10 && i < 15 ? octet ^ 1 : octet))
  const behind = opened()
  feed(behind, A.slice(0, 15), FIRST)
  assert.equal(feed(behind, other, FIRST), 'carried tcp: overlapping TCP segments')
  const ahead = opened()
  feed(ahead, A.slice(10), FIRST + 10)
  assert.equal(feed(ahead, other, FIRST), 'carried tcp: overlapping TCP segments')
  for (const bench of [behind, ahead]) {
    assert.deepEqual(data(bench), [A])
    assert.deepEqual(bench.payloads[0]?.anomalies, ['tcpOverlap'])
  }
  const late = opened()
  feed(late, A, FIRST)
  assert.equal(feed(late, other, FIRST), 'undecoded tcp: octets that contradict those sent before')
  assert.deepEqual(data(late), [A])
})

test('goes on behind octets that the capture lost once the receiver acknowledged them', () => {
  const bench = opened()
  const lost = FIRST + A.length
  feed(bench, A, FIRST)
  feed(bench, [...B.slice(20), ...C], lost + 20, {})
  const ack = segment([], { back: true, flags: ACK, ack: lost + B.length, sequence: 5 })
  bench.feed(ack, { timeUs: 900_000 })
  assert.equal(bench.payloads.length, 1)
  bench.feed(ack, { timeUs: 1_000_000 })
  assert.deepEqual(data(bench), [A, C])
  assert.equal(bench.payloads[1]?.stream?.gaps, 1)
  assert.equal(bench.account[HELD], undefined)
})

test('stays in step where the length of the message with the missing octets is known', () => {
  const bench = opened()
  const inner = message(60, 9)
  // what looks like a message inside the lost one is not taken for one
  const outer = [...message(100).slice(0, 40), ...inner]
  feed(bench, outer.slice(0, 10), FIRST)
  feed(bench, [...outer.slice(20), ...C], FIRST + 20)
  bench.flush()
  assert.deepEqual(data(bench), [C])
  assert.equal(bench.account[NEVER], 1)
})

test('searches for the next message where it was lost, and counts what it skipped', () => {
  const bench = new Bench([FRAMING])
  assert.equal(feed(bench, octets(30), FIRST, { dstPort: 7_777 }), SKIPPED)
  const said = feed(bench, [1, 2, 3, ...A, ...B.slice(0, 9)], FIRST + 30, { dstPort: 7_777 })
  assert.equal(said, 'carried tcp: octets beside the data were skipped')
  feed(bench, [...B.slice(9), 0xa5, 1], FIRST + 33 + A.length + 9, { dstPort: 7_777 })
  assert.equal(
    feed(bench, [0xa5, 9, 9, 9, 9, 9, ...C], FIRST + 35 + A.length + B.length, { dstPort: 7_777 }).slice(0, 11),
    'carried tcp',
  )
  assert.deepEqual(data(bench), [A, B, C])
})

test('steps over bodies without keeping them', () => {
  const { head, body } = messageWithBody(500)
  const bench = opened()
  assert.equal(feed(bench, [...A, ...head, ...body.slice(0, 100)], FIRST), 'carried tcp')
  const next = FIRST + A.length + head.length + 100
  assert.equal(feed(bench, body.slice(100, 300), next), 'undecoded http: body of a message is not read')
  // lost octets of a body cost nothing
  feed(bench, [...body.slice(350), ...B], next + 250)
  bench.flush()
  assert.deepEqual(data(bench), [A, head, B])
  assert.equal(bench.payloads[2]?.stream?.gaps, 0)
})

test('tells streams of other content, and encrypted ones', () => {
  const bench = opened()
  assert.equal(feed(bench, [0xa5], FIRST), HELD)
  assert.equal(feed(bench, octets(20, 3), FIRST + 1), NOT_READ)
  assert.equal(bench.account[NOT_READ], 2)
  assert.equal(feed(bench, octets(20, 4), FIRST + 21), NOT_READ)
  assert.equal(feed(bench, A, FIRST + 41), 'carried tcp')
  const tls = { srcPort: 50_000, dstPort: 443 }
  assert.equal(feed(bench, [22, 3, 1, 0, 50, ...octets(50)], 7, tls), 'undecoded tls: encrypted')
  assert.equal(feed(bench, octets(50), 62, tls), 'undecoded tls: encrypted')
  assert.equal(feed(bench, octets(50), 62, { srcPort: 50_001 }), NOT_READ)
  assert.equal(feed(bench, [], 62, { srcPort: 50_001 }), 'ignored tcp: no user data')
})

test('reads the other direction of a stream that it reads, from its next message on', () => {
  const bench = new Bench([FRAMING])
  feed(bench, A, FIRST)
  assert.equal(feed(bench, [9, 9, ...B], 77, { back: true }), 'carried tcp: octets beside the data were skipped')
  assert.deepEqual(data(bench), [A, B])
  assert.equal(bench.payloads[0]?.association, bench.payloads[1]?.association)
})

test('a SYN with another number begins a connection anew, a reset ends it', () => {
  const bench = opened()
  feed(bench, A.slice(0, 9), FIRST)
  bench.feed(segment([], { sequence: FIRST - 1, flags: SYN }))
  feed(bench, A.slice(9), FIRST + 9)
  feed(bench, B.slice(0, 9), FIRST + A.length)
  bench.feed(segment([], { sequence: 50_000, flags: SYN }))
  feed(bench, C, 50_001)
  assert.deepEqual(data(bench), [A, C])
  assert.notEqual(bench.payloads[0]?.association, bench.payloads[1]?.association)
  assert.equal(bench.account['undecoded tcp: fragment of a message its association did not survive'], 1)
  feed(bench, B.slice(0, 9), 50_001 + C.length)
  bench.feed(segment([], { sequence: 3, flags: RST }))
  assert.equal(bench.account[HELD], 1)
  bench.feed(segment([], { sequence: 50_001 + C.length + 9, flags: RST }))
  assert.equal(bench.account[HELD], undefined)
  const ended = opened()
  feed(ended, B.slice(0, 9), FIRST, { flags: FIN })
  assert.equal(ended.account[NEVER], 1)
})

test('hands over what the capture holds of a message that it cut', () => {
  const bench = opened()
  const whole = segment([...A, ...B], { sequence: FIRST })
  const said = bench.feed(whole.slice(0, whole.length - 12), { originalLength: whole.length })
  assert.equal(said, 'carried tcp: cut by the capture')
  assert.equal(feed(bench, C, FIRST + A.length + B.length), 'carried tcp')
  assert.deepEqual(data(bench), [A, B.slice(0, -12), C])
  assert.deepEqual(
    bench.payloads.map(({ anomalies }) => anomalies),
    [[], ['cutByCapture'], []],
  )
  const headers = segment(A, { sequence: FIRST + A.length + B.length + C.length })
  assert.equal(
    bench.feed(headers.slice(0, 54), { originalLength: headers.length }),
    'undecoded tcp: cut by the capture',
  )
})

test('every strict prefix of a segment gives a disposition', () => {
  const whole = segment(ALL)
  for (let length = 34; length < whole.length; length++) {
    const frame = whole.slice(0, length)
    frame[16] = (length - 14) >> 8 // an IP packet that ends here, not one that was cut
    frame[17] = (length - 14) & 0xff
    assert.match(new Bench([FRAMING]).feed(frame), length < 54 ? /^undecoded tcp: truncated/ : /tcp/)
  }
})

test('hands over each message once in any traffic without loss', () => {
  const step = fc.record({ from: fc.nat(400), length: fc.integer({ min: 1, max: 90 }) })
  fc.assert(
    fc.property(
      fc.array(fc.nat(60), { minLength: 1, maxLength: 6 }),
      fc.array(step, { maxLength: 12 }),
      (sizes, steps) => {
        const messages = sizes.map((size, i) => message(size, i))
        const stream = messages.flat()
        const bench = opened()
        for (const { from, length } of steps) {
          const start = from % stream.length
          feed(bench, stream.slice(start, start + length), FIRST + start)
        }
        for (let start = 0; start < stream.length; start += 37)
          feed(bench, stream.slice(start, start + 37), FIRST + start)
        assert.deepEqual(data(bench), messages)
        assertAccounted(bench)
      },
    ),
    { seed: 11, numRuns: 300 },
  )
})

test('accounts for every packet of traffic with loss, damage and lies', () => {
  const packet = fc.record({
    at: fc.nat(300),
    length: fc.nat(80),
    jump: fc.constantFrom(0, 0, 0, 0, 1, 1_000, 0x7fff_ffff, LIMITS.tcpWindowBytes + 9),
    flags: fc.constantFrom(0, 0, 0, ACK, ACK, SYN, FIN, RST),
    back: fc.boolean(),
    ack: fc.nat(400),
    timeUs: fc.nat(90_000_000),
    change: fc.option(fc.tuple(fc.nat(80), fc.nat(255)), { nil: null }),
    cut: fc.nat(20),
  })
  const { head, body } = messageWithBody(40)
  const stream = [...ALL, ...head, ...body, ...ALL, ...A]
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
      const bench = new Bench([FRAMING])
      for (const { at, length, jump, flags, back, ack, timeUs, change, cut } of packets) {
        const octets = stream.slice(at, at + length)
        if (change !== null && change[0] < octets.length) octets[change[0]] = change[1]
        const frame = segment(octets, { sequence: FIRST + at + jump, flags, back, ack: FIRST + ack })
        const kept = cut < 5 ? frame.slice(0, frame.length - cut) : frame
        bench.feed(kept, { timeUs, originalLength: frame.length })
      }
      for (const { data } of bench.payloads) assert.ok(data.length > 0)
      assertAccounted(bench)
    }),
    { seed: 12, numRuns: 500 },
  )
})

test('holds no more segments than the limit', () => {
  const bench = new Bench([FRAMING])
  for (let i = 0; i < LIMITS.tcpSegments + 9; i++) feed(bench, [1], FIRST + 2 * i, { dstPort: 7_777 })
  const waiting = bench.account[HELD] ?? 0
  assert.equal(waiting, LIMITS.tcpSegments)
  assertAccounted(bench)
})

test('takes twice the time for twice the input, even where it is hostile', async () => {
  const many = (count: number, make: (i: number) => number[]) =>
    Array.from({ length: count }, (_, i) => packetOf(make(i)))
  const syn = packetOf(segment([], { sequence: FIRST - 1, flags: SYN }))
  const long = message(60_000)
  const kinds: Record<string, (count: number) => ReturnType<typeof packetOf>[]> = {
    'one octet a segment': (count) => [
      syn,
      ...many(count, (i) => segment([long[i % long.length] ?? 0], { sequence: FIRST + i })),
    ],
    'segments that never meet': (count) => [syn, ...many(count, (i) => segment([1], { sequence: FIRST + 2 + 2 * i }))],
    'segments backwards': (count) => [syn, ...many(count, (i) => segment([1], { sequence: FIRST + 99_999 - 2 * i }))],
    'a connection each': (count) =>
      many(count, (i) => segment([0xa5], { sequence: i, flags: SYN, srcPort: i & 0xffff })),
    'false beginnings': (count) => [
      syn,
      ...many(count, (i) => segment([0xa5], { sequence: FIRST + i, dstPort: 7_777 })),
    ],
  }
  for (const [name, make] of Object.entries(kinds)) {
    const [small, large] = [make(3_000), make(6_000)]
    await assertLinear((times) => {
      const packets = times === 1 ? small : large
      return costUs(() => {
        const decoder = new PacketDecoder({ payload() {} }, [FRAMING])
        for (const packet of packets) decoder.decode(packet)
      })
    }, name)
  }
})

/** Nothing waits at the end, nothing is counted below zero, and the sum stays. */
function assertAccounted(bench: Bench): void {
  const before = bench.total
  bench.flush()
  assert.equal(bench.total, before)
  for (const words of Object.keys(bench.account)) assert.doesNotMatch(words, /not complete yet/)
  for (const count of bench.counts.values()) assert.ok(count >= 0)
}
