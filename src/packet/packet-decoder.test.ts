import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertLinear, costUs } from '../bytes/bytes.vectors.ts'
import { openCaptures } from '../capture/capture.ts'
import {
  Bench,
  chunk,
  data,
  ethernet,
  FIRST,
  fragment6,
  iData,
  init,
  ipv4,
  ipv6,
  LAST,
  MIDDLE,
  octets,
  packetOf,
  sctp,
  sctpFrame,
  udp,
} from './frames.vectors.ts'
import { PacketDecoder } from './packet-decoder.ts'

const LONG = sctp([data(1, octets(200))])
const LINK_TYPES = [0, 1, 12, 14, 101, 108, 113, 139, 140, 141, 142, 228, 229, 248, 276, 999]

/** Frames of every kind, to be mutated. */
const FRAMES: readonly number[][] = [
  sctpFrame([data(1, octets(30)), data(2, octets(30), { flags: FIRST }), data(3, octets(30), { flags: LAST })]),
  sctpFrame([data(4, octets(30), { flags: MIDDLE }), chunk(3, 0, octets(12)), iData(5, octets(9), { flags: FIRST })]),
  sctpFrame([init(1, 77)], { tag: 0 }),
  sctpFrame([init(2, 78), chunk(14, 0, []), chunk(6, 1, [])]),
  ethernet(0x0800, ipv4(LONG.slice(0, 64), { id: 1, more: true })),
  ethernet(0x0800, ipv4(LONG.slice(64), { id: 1, offset: 64 })),
  ethernet(0x86dd, ipv6([60, 0, 1, 4, 0, 0, 0, 0, ...fragment6(132, 9, 0, true, LONG.slice(0, 64))], 0)),
  ethernet(0x86dd, ipv6(fragment6(132, 9, 64, false, LONG.slice(64)), 44)),
  ethernet(0x8100, [0, 1, 0x88, 0x47, 0, 2, 1, 64, ...ipv4(udp(octets(20)), { protocol: 17 })]),
]

/** One disposition for each packet, none waiting at the end. */
function assertAccounted(bench: Bench, packets: number): void {
  assert.equal(bench.total, packets)
  bench.flush()
  assert.equal(bench.total, packets)
  for (const words of Object.keys(bench.account)) assert.doesNotMatch(words, /not complete yet/)
  for (const count of bench.counts.values()) assert.ok(count >= 0)
}

test('accounts for every packet of random octets', () => {
  const packet = fc.tuple(fc.constantFrom(...LINK_TYPES), fc.uint8Array({ maxLength: 120 }))
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 20 }), (packets) => {
      const bench = new Bench()
      for (const [linkType, bytes] of packets) bench.feed([...bytes], { linkType })
      assertAccounted(bench, packets.length)
    }),
    { numRuns: 500 },
  )
})

test('accounts for every packet of mutated traffic, and hands over only octets of the packet', () => {
  const mutation = fc.record({
    frame: fc.nat(FRAMES.length - 1),
    changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }),
    length: fc.option(fc.nat(300), { nil: null }),
    cut: fc.boolean(),
    timeUs: fc.nat(200_000_000),
  })
  fc.assert(
    fc.property(fc.array(mutation, { maxLength: 60 }), (mutations) => {
      const bench = new Bench()
      for (const { frame, changes, length, cut, timeUs } of mutations) {
        const bytes = FRAMES[frame]!.slice(0, length ?? undefined)
        for (const [offset, octet] of changes) if (offset < bytes.length) bytes[offset] = octet
        const before = bench.payloads.length
        const said = bench.feed(bytes, { timeUs, ...(cut ? { originalLength: 999 } : {}) })
        assert.equal(said.startsWith('carried'), bench.payloads.length > before)
        for (const { data } of bench.payloads.slice(before)) assert.ok(data.length > 0)
      }
      assertAccounted(bench, mutations.length)
    }),
    { numRuns: 500 },
  )
})

test('never reads outside the packet', () => {
  const inner = FRAMES[0]!
  const bytes = Uint8Array.from([...octets(50, 1), ...inner.slice(0, 70), ...octets(50, 2)])
  const alone = new Bench()
  const said = alone.feed(inner.slice(0, 70))
  const within = new Bench()
  assert.equal(within.feedPacket({ ...packetOf([]), bytes, start: 50, end: 120, originalLength: 70 }), said)
  assert.deepEqual(
    within.payloads.map((payload) => payload.data),
    alone.payloads.map((payload) => payload.data),
  )
  assert.match(within.feedPacket({ ...packetOf([]), bytes, start: 160, end: 999_999 }), /^undecoded/)
  assert.equal(within.feedPacket({ ...packetOf([]), bytes, start: 9, end: 9 }), 'undecoded link: empty packet')
})

test('takes twice the time for twice the input, even where it is hostile', async () => {
  const hostile = (fields: (i: number) => number[]) => (count: number) =>
    Array.from({ length: count }, (_, i) => packetOf(fields(i)))
  const kinds = {
    'fragments that never meet': hostile((i) => sctpFrame([data(2 * i, [1], { flags: MIDDLE })])),
    'fragments backwards': hostile((i) => sctpFrame([data(9_999_999 - i, [1], { flags: MIDDLE })])),
    'IP fragments of 8 octets': hostile((i) =>
      ethernet(0x0800, ipv4(octets(8), { id: i >> 13, offset: (i * 16) % 65_504, more: true })),
    ),
    'a new association each packet': hostile((i) => sctpFrame([data(1, [1])], { tag: i + 1 })),
  }
  for (const [name, make] of Object.entries(kinds)) {
    const [small, large] = [make(3_000), make(6_000)]
    await assertLinear((times) => {
      const packets = times === 1 ? small : large
      return costUs(() => {
        const decoder = new PacketDecoder({ payload() {} })
        for (const packet of packets) decoder.decode(packet)
      })
    }, name)
  }
})

const CAPTURES = join(import.meta.dirname, '../../../shared/captures')
/** Captures and the reading that TShark and we must share. */
const ORACLE = ['sctp/sctp-test.cap', 'lab/dsctp.pcapng', 'epc-mixed/inbound_roaming_01_210505_130828-1.pcapng']
const noCaptures = existsSync(CAPTURES) ? false : 'the shared captures are absent'
const noOracle = noCaptures || (tshark('--version') === null && 'TShark is absent')

test('agrees with TShark on the user messages of every frame', {
  skip: noOracle && 'no TShark or captures',
}, async () => {
  for (const name of ORACLE) {
    const path = join(CAPTURES, name)
    const table = tshark('-r', path, '-T', 'fields', '-e', 'sctp.data_payload_proto_id') ?? ''
    const expected = table.split('\n').slice(0, -1)
    const found: string[] = []
    let ppids: number[] = []
    const decoder = new PacketDecoder({
      payload: ({ transport, ppid }) => {
        if (transport === 'sctp') ppids.push(ppid)
      },
    })
    for await (const batch of (await openCaptures([path])).batches()) {
      for (const packet of batch) {
        ppids = []
        decoder.decode(packet)
        found.push(ppids.join(','))
      }
    }
    assert.deepEqual(found, expected, name)
  }
})

test('counts each message once when two taps captured it, and loses none', {
  skip: noOracle && 'no captures',
}, async () => {
  const once = await messagesOf([join(CAPTURES, 'lab/lo.pcapng')], 1)
  const twice = await messagesOf([join(CAPTURES, 'lab/lo.pcapng')], 2)
  assert.ok(once.length > 600)
  assert.deepEqual(twice, once)
})

/** Data of the SCTP user messages when every packet stands `copies` times in the capture. */
async function messagesOf(paths: string[], copies: number): Promise<string[]> {
  const messages: string[] = []
  const decoder = new PacketDecoder({
    payload: ({ transport, bytes, start, end }) => {
      if (transport === 'sctp') messages.push(Buffer.from(bytes.subarray(start, end)).toString('hex'))
    },
  })
  for await (const batch of (await openCaptures(paths)).batches()) {
    for (const packet of batch) for (let copy = 0; copy < copies; copy++) decoder.decode(packet)
  }
  return messages
}

/** What TShark prints, or null when it is not there. */
function tshark(...args: string[]): string | null {
  try {
    return execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}
