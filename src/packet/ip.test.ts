import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bench, data, ethernet, fragment6, ipv4, ipv6, octets, sctp, udp } from './frames.vectors.ts'

const MESSAGE = octets(40)
const SCTP = sctp([data(1, MESSAGE)])
const over4 = (ip: number[]) => ethernet(0x0800, ip)
const over6 = (ip: number[]) => ethernet(0x86dd, ip)

const HOP_BY_HOP = (next: number) => [next, 0, 1, 4, 0, 0, 0, 0]
const ROUTING = (next: number) => [next, 2, 0, 0, ...new Array(20).fill(0)]
const DESTINATION = (next: number) => [next, 1, 1, 12, ...new Array(12).fill(0)]
const AUTHENTICATION = (next: number) => [next, 4, ...new Array(22).fill(0)]

/** Packets that all carry one SCTP user message. */
const CARRIERS: readonly (readonly [name: string, frame: number[]])[] = [
  ['IPv4', over4(ipv4(SCTP))],
  ['IPv4 with options', over4(ipv4(SCTP, { options: [1, 1, 1, 1, 1, 1, 1, 0] }))],
  ['IPv4, padded frame', [...over4(ipv4(SCTP)), 0, 0, 3, 16, 0, 0]],
  ['IPv4, total length 0', over4(ipv4(SCTP, { totalLength: 0 }))],
  ['IPv4, authentication header', over4(ipv4([...AUTHENTICATION(132), ...SCTP], { protocol: 51 }))],
  ['IPv6', over6(ipv6(SCTP))],
  ['IPv6, padded frame', [...over6(ipv6(SCTP)), 0, 0, 3, 16]],
  ['IPv6, payload length 0', over6(ipv6(SCTP, 132, { payloadLength: 0 }))],
  ['IPv6, hop-by-hop', over6(ipv6([...HOP_BY_HOP(132), ...SCTP], 0))],
  ['IPv6, routing', over6(ipv6([...ROUTING(132), ...SCTP], 43))],
  ['IPv6, authentication', over6(ipv6([...AUTHENTICATION(132), ...SCTP], 51))],
  ['IPv6, atomic fragment', over6(ipv6(fragment6(132, 7, 0, false, SCTP), 44))],
  [
    'IPv6, four extension headers',
    over6(ipv6([...HOP_BY_HOP(60), ...DESTINATION(43), ...ROUTING(51), ...AUTHENTICATION(132), ...SCTP], 0)),
  ],
]

test('finds the payload behind every header', () => {
  for (const [name, frame] of CARRIERS) {
    const bench = new Bench()
    assert.equal(bench.feed(frame), 'carried sctp', name)
    assert.deepEqual(bench.payloads[0]?.data, MESSAGE, name)
    assert.deepEqual(bench.payloads[0]?.anomalies, [], name)
  }
})

test('hands over what a cut packet holds, and marks it', () => {
  const frame = over4(ipv4(SCTP))
  for (let length = 0; length < frame.length; length++) {
    const bench = new Bench()
    const said = bench.feed(frame.slice(0, length), { originalLength: frame.length })
    const captured = length - (frame.length - MESSAGE.length)
    if (captured > 0) {
      assert.equal(said, 'carried sctp: cut by the capture')
      assert.deepEqual(bench.payloads[0]?.data, MESSAGE.slice(0, captured))
      assert.deepEqual(bench.payloads[0]?.anomalies, ['cutByCapture'])
    } else {
      assert.match(said, /^undecoded .*: (truncated header|empty packet|cut by the capture)$/)
      assert.equal(bench.payloads.length, 0)
    }
  }
})

test('says why a packet cannot be read', () => {
  const said = (frame: number[]) => new Bench().feed(frame)
  assert.equal(said(over4([0x65, ...ipv4(SCTP).slice(1)])), 'undecoded ipv4: unknown IP version')
  assert.equal(said(over4([0x44, ...ipv4(SCTP).slice(1)])), 'undecoded ipv4: impossible header length')
  assert.equal(said(over4([0x4f, ...ipv4([]).slice(1)])), 'undecoded ipv4: truncated header')
  assert.equal(said(over4(ipv4(SCTP, { totalLength: 19 }))), 'undecoded ipv4: impossible total length')
  assert.equal(said(over6([0x40, ...ipv6(SCTP).slice(1)])), 'undecoded ipv6: unknown IP version')
  assert.equal(said(over6(ipv6([132, 9, 0, 0, 0, 0, 0, 0], 60))), 'undecoded ipv6: truncated extension header')
  assert.equal(said(over6(ipv6([132, 0, 0], 0))), 'undecoded ipv6: truncated extension header')
  assert.equal(said(over4(ipv4([8, 0, 0, 0], { protocol: 1 }))), 'ignored icmp: no signalling')
  assert.equal(said(over4(ipv4([1, 2, 3], { protocol: 50 }))), 'undecoded esp: encrypted')
  assert.equal(said(over4(ipv4([1, 2, 3], { protocol: 250 }))), 'undecoded ip: unknown IP protocol')
  assert.equal(said(over6(ipv6([], 59))), 'ignored ipv6: no user data')
})

test('reads UDP by its own length', () => {
  const said = (payload: number[], fields = {}) => {
    const bench = new Bench()
    const disposition = bench.feed(over4(ipv4(payload, { protocol: 17 })), fields)
    return [disposition, bench.payloads[0]?.data]
  }
  assert.deepEqual(said(udp([1, 2, 3])), ['carried udp', [1, 2, 3]])
  assert.deepEqual(said([...udp([1, 2, 3]), 9, 9]), ['carried udp', [1, 2, 3]])
  assert.deepEqual(said(udp([1, 2, 3], 1, 2, 0)), ['carried udp', [1, 2, 3]])
  assert.deepEqual(said(udp([])), ['ignored udp: no user data', undefined])
  assert.deepEqual(said(udp([1, 2, 3], 1, 2, 7)), ['undecoded udp: impossible length', undefined])
  assert.deepEqual(said(udp([1, 2, 3], 1, 2, 12)), ['undecoded udp: impossible length', undefined])
  assert.deepEqual(said(udp([1]).slice(0, 7)), ['undecoded udp: truncated header', undefined])
})

test('gives both directions of a UDP flow one number, and other flows another', () => {
  const bench = new Bench()
  const a = [192, 0, 2, 1]
  const b = [192, 0, 2, 2]
  const feed = (src: number[], srcPort: number, dst: number[], dstPort: number) => {
    bench.feed(over4(ipv4(udp([1], srcPort, dstPort), { protocol: 17, src, dst })))
    return bench.payloads.at(-1)?.association
  }
  const first = feed(a, 40_000, b, 2123)
  assert.equal(feed(b, 2123, a, 40_000), first)
  assert.notEqual(feed(a, 2123, b, 40_000), first)
  assert.notEqual(feed(a, 40_001, b, 2123), first)
  assert.equal(feed(a, 40_000, b, 2123), first)
})

test('tells TCP segments with data from those without', () => {
  const segment = (words: number, payload: number[]) =>
    new Bench().feed(
      over4(ipv4([...new Array(12).fill(0), words << 4, ...new Array(7).fill(0), ...payload], { protocol: 6 })),
    )
  assert.equal(segment(5, []), 'ignored tcp: no user data')
  assert.equal(segment(6, [1, 1, 1, 0]), 'ignored tcp: no user data')
  assert.equal(segment(5, [1]), 'undecoded tcp: TCP stream not read')
  assert.equal(segment(4, [1]), 'undecoded tcp: impossible header length')
  assert.equal(new Bench().feed(over4(ipv4([1, 2], { protocol: 6 }))), 'undecoded tcp: truncated header')
})
