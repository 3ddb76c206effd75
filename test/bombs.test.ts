import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../src/limits.ts'
import { assertAllAccounted } from './fuzz.vectors.ts'
import { Mill } from './packets.vectors.ts'

/* What a hostile sender may put into a capture to exhaust the reader: bounded time, bounded memory, and the rest is read. */

const START_US = 1_772_438_400_000_000
const MEGABYTE = 1024 * 1024

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff]
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)]

/** An Ethernet frame with an IPv4 packet. */
function ipv4(protocol: number, payload: Uint8Array, { id = 1, fragment = 0 } = {}): Uint8Array {
  const header = [
    0x45,
    0,
    ...u16(20 + payload.length),
    ...u16(id),
    ...u16(fragment),
    64,
    protocol,
    0,
    0,
    192,
    0,
    2,
    1,
    198,
    51,
    100,
    1,
  ]
  return Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, ...header]), payload])
}

/** An SCTP packet with one DATA chunk. */
function sctp(
  tsn: number,
  ppid: number,
  data: Uint8Array,
  flags = 3,
  ports: readonly [number, number] = [2905, 2905],
): Uint8Array {
  const padded = Buffer.alloc((data.length + 3) & ~3)
  padded.set(data)
  const head = [
    ...u16(ports[0]),
    ...u16(ports[1]),
    ...u32(7),
    ...u32(0),
    0,
    flags,
    ...u16(16 + data.length),
    ...u32(tsn),
    0,
    0,
    0,
    0,
    ...u32(ppid),
  ]
  return ipv4(132, Buffer.concat([Buffer.from(head), padded]))
}

/** A TCP segment to port 3868. */
function tcp(sequence: number, data: Uint8Array): Uint8Array {
  const head = [...u16(40_000), ...u16(3868), ...u32(sequence), ...u32(1), 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0]
  return ipv4(6, Buffer.concat([Buffer.from(head), data]))
}

/** M3UA DATA with an SCCP unitdata around `data`. */
function m3ua(data: Uint8Array): Uint8Array {
  const address = [0x12, 6, 0, 0x12, 4, 0x44, 0x07, 0x09, 0x10]
  const called = [address.length, ...address]
  const udt = Buffer.concat([
    Buffer.from([
      9,
      0,
      3,
      3 + called.length - 1,
      3 + 2 * called.length - 2,
      ...called,
      ...called,
      Math.min(255, data.length),
    ]),
    data,
  ])
  const value = Buffer.concat([Buffer.from([...u32(1), ...u32(2), 3, 2, 0, 1]), udt])
  const parameter = [...u16(0x210), ...u16(4 + value.length)]
  const body = Buffer.concat([Buffer.from(parameter), value, Buffer.alloc((4 - (value.length & 3)) & 3)])
  return Buffer.concat([Buffer.from([1, 0, 1, 1, ...u32(8 + body.length)]), body])
}

/** Runs packets through a decoder, held to a time. */
function take(packets: Iterable<Uint8Array>, longestMs: number): Mill {
  const mill = new Mill()
  const begun = performance.now()
  let taken = 0
  for (const packet of packets) mill.take(packet, START_US + taken++ * 1_000)
  assertAllAccounted(mill, taken)
  const tookMs = performance.now() - begun
  assert.ok(tookMs < longestMs, `${taken} packets took ${tookMs} ms`)
  return mill
}

/** A TCAP begin with an invoke of provideSubscriberInfo, whose argument is given. */
function begin(id: number, argument: Uint8Array): Uint8Array {
  const invoke = Buffer.concat([Buffer.from([2, 1, 1, 2, 1, 70]), argument])
  const wrap = (tag: number, content: Uint8Array): Buffer => {
    const length =
      content.length < 128
        ? [content.length]
        : content.length < 65_536
          ? [0x82, ...u16(content.length)]
          : [0x84, ...u32(content.length)]
    return Buffer.concat([Buffer.from([tag, ...length]), content])
  }
  return wrap(0x62, Buffer.concat([Buffer.from([0x48, 4, ...u32(id)]), wrap(0x6c, wrap(0xa1, invoke))]))
}

test('values nested ten thousand deep, definite and indefinite', () => {
  let nested: Uint8Array = Uint8Array.of(0x80, 1, 0)
  for (let i = 0; i < 10_000; i++) {
    const { length } = nested
    const head =
      length < 128 ? [0x30, length] : length < 65_536 ? [0x30, 0x82, ...u16(length)] : [0x30, 0x84, ...u32(length)]
    nested = Buffer.concat([Buffer.from(head), nested])
  }
  const indefinite = Buffer.alloc(20_000, Buffer.from([0x30, 0x80]))
  for (const argument of [nested, indefinite]) {
    const message = m3ua(begin(1, argument))
    const pieces: Uint8Array[] = []
    for (let at = 0, tsn = 1; at < message.length; at += 1_400, tsn++) {
      const flags = (at === 0 ? 2 : 0) | (at + 1_400 >= message.length ? 1 : 0)
      pieces.push(sctp(tsn, 3, message.subarray(at, at + 1_400), flags))
    }
    pieces.push(sctp(pieces.length + 1, 3, m3ua(begin(2, Uint8Array.of(0x30, 0)))))
    const { events } = take(pieces, 2_000)
    assert.ok(events >= 1, 'the message behind it is read')
  }
})

test('a Diameter message of a million AVPs', () => {
  const avps = 1_000_000
  const message = Buffer.alloc(20 + avps * 8)
  message.set([1, ...u32(message.length).slice(1), 0x80, 0, 1, 0x3c, ...u32(16_777_251), ...u32(1), ...u32(1)])
  for (let at = 20; at < message.length; at += 8) message.set([0, 0, 1, 7, 0x40, 0, 0, 8], at)
  const watchdog = Buffer.from([1, 0, 0, 20, 0x80, 0, 1, 0x18, ...u32(0), ...u32(2), ...u32(2)])
  const stream = Buffer.concat([watchdog, message, watchdog, watchdog])
  function* segments(): Generator<Uint8Array> {
    for (let at = 0; at < stream.length; at += 1_400) yield tcp(1_000 + at, stream.subarray(at, at + 1_400))
  }
  const { events } = take(segments(), 10_000)
  assert.ok(events >= 1, 'the messages around it are read')
})

test('fragments that never complete: of IP, of SCTP, of SCCP', () => {
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  const piece = Buffer.alloc(1_024, 1)
  function* packets(): Generator<Uint8Array> {
    for (let i = 0; i < 40_000; i++) {
      yield ipv4(132, piece, { id: i & 0xffff, fragment: 0x2000 | ((i >> 16) & 7) })
      yield sctp(3 * i, 3, piece, 2, [2905, 1_024 + (i % 60_000)])
    }
  }
  const mill = take(packets(), 20_000)
  const grown = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - before
  assert.ok(grown < 600 * MEGABYTE, `${Math.round(grown / MEGABYTE)} MB`)
  const undecoded = mill.decoder.packetRows().filter(({ state }) => state === 'not')
  assert.ok(undecoded.length > 0, 'what never completed is told')
})

test('more open dialogues than are remembered', () => {
  const dialogues = LIMITS.transactions + 40_000
  const empty = Uint8Array.of(0x30, 0)
  function* packets(): Generator<Uint8Array> {
    for (let i = 0; i < dialogues; i++) yield sctp(i + 1, 3, m3ua(begin(i + 1, empty)))
  }
  const mill = new Mill()
  let taken = 0
  // all within the time that a transaction may take, so that only their number counts
  for (const packet of packets()) mill.take(packet, START_US + ++taken * 10)
  assertAllAccounted(mill, dialogues)
  assert.equal(mill.events, dialogues)
  assert.ok(mill.decoder.forgottenRequests >= 40_000, `${mill.decoder.forgottenRequests}`)
})
