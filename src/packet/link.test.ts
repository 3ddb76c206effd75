import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bench, data, ethernet, ipv4, ipv6, sctp, u16, udp } from './frames.vectors.ts'

const IP4 = ipv4(udp([1, 2, 3]), { protocol: 17 })
const IP6 = ipv6(udp([1, 2, 3]), 17)
const SLL = [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
const SLL2_REST = [0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0]
const TAG = (type: number) => [0x20, 0x01, ...u16(type)]

/** Frames that all carry one UDP datagram with the octets 1, 2, 3, and the length of their link layer. */
const IP_FRAMES: readonly (readonly [name: string, linkType: number, header: number[], ip: number[]])[] = [
  ['Ethernet', 1, ethernet(0x0800, []), IP4],
  ['Ethernet, IPv6', 1, ethernet(0x86dd, []), IP6],
  ['802.1Q', 1, ethernet(0x8100, TAG(0x0800)), IP4],
  ['QinQ', 1, ethernet(0x88a8, [...TAG(0x8100), ...TAG(0x86dd)]), IP6],
  ['QinQ, old EtherType', 1, ethernet(0x9100, [...TAG(0x8100), ...TAG(0x0800)]), IP4],
  ['MPLS, two labels', 1, ethernet(0x8847, [0, 1, 0, 64, 0, 2, 1, 64]), IP4],
  ['MPLS, IPv6', 1, ethernet(0x8847, [0, 2, 1, 64]), IP6],
  ['PPPoE', 1, ethernet(0x8864, [0x11, 0, 0, 1, 0, 33, 0x00, 0x21]), IP4],
  ['PPPoE, IPv6', 1, ethernet(0x8864, [0x11, 0, 0, 1, 0, 53, 0x00, 0x57]), IP6],
  ['Linux cooked', 113, [...SLL, 0x08, 0x00], IP4],
  ['Linux cooked, IPv6', 113, [...SLL, 0x86, 0xdd], IP6],
  ['Linux cooked, 802.1Q', 113, [...SLL, 0x81, 0x00, ...TAG(0x0800)], IP4],
  ['Linux cooked 2', 276, [0x08, 0x00, ...SLL2_REST], IP4],
  ['Linux cooked 2, 802.1Q', 276, [0x81, 0x00, ...SLL2_REST, ...TAG(0x86dd)], IP6],
  ['NULL, little-endian', 0, [2, 0, 0, 0], IP4],
  ['NULL, big-endian', 0, [0, 0, 0, 2], IP4],
  ['NULL, IPv6 of Darwin', 0, [30, 0, 0, 0], IP6],
  ['LOOP', 108, [0, 0, 0, 2], IP4],
  ['LOOP, little-endian IPv6 of FreeBSD', 108, [28, 0, 0, 0], IP6],
  ['raw', 101, [], IP4],
  ['raw, IPv6', 101, [], IP6],
  ['raw of BSD', 12, [], IP4],
  ['raw of OpenBSD', 14, [], IP6],
  ['IPv4', 228, [], IP4],
  ['IPv6', 229, [], IP6],
]

test('finds IP under every link type, and says something of every strict prefix', () => {
  for (const [name, linkType, header, ip] of IP_FRAMES) {
    const bench = new Bench()
    assert.equal(bench.feed([...header, ...ip], { linkType }), 'carried udp', name)
    assert.deepEqual(bench.payloads[0]?.data, [1, 2, 3], name)
    assert.equal(bench.payloads[0]?.srcIp, ip === IP4 ? '192.0.2.1' : '2001:db8::1', name)
    assert.equal(bench.payloads[0]?.dstIp, ip === IP4 ? '192.0.2.2' : '2001:db8::2', name)
    for (let length = 0; length < header.length + 28; length++) {
      const said = bench.feed([...header, ...ip].slice(0, length), { linkType })
      assert.match(said, /^undecoded .*: (truncated header|empty packet)$/, `${name}, first ${length} octets`)
    }
    assert.equal(bench.payloads.length, 1, name)
  }
})

test('reads the SS7 link types', () => {
  const bench = new Bench()
  const msu = [0x80, 0x81, 5, 0x83, 1, 2, 3, 4]
  assert.equal(bench.feed(msu, { linkType: 140 }), 'carried mtp2')
  assert.equal(bench.feed([0, 0, 0, 1, ...msu], { linkType: 139 }), 'carried mtp2')
  assert.equal(bench.feed([0, 1, 0, 1, 1, 0, 1, 0, 5, 0, 0x83, 1, 2, 3, 4], { linkType: 139 }), 'carried mtp3')
  assert.equal(bench.feed([0x83, 1, 2, 3, 4], { linkType: 141 }), 'carried mtp3')
  assert.equal(bench.feed([9, 0, 3, 5, 9], { linkType: 142 }), 'carried sccp')
  assert.equal(bench.feed(msu, { linkType: 140, originalLength: 99 }), 'carried mtp2: cut by the capture')
  assert.deepEqual(
    bench.payloads.map(({ transport, data, association, srcIp }) => ({ transport, data, association, srcIp })),
    [
      { transport: 'mtp2', data: msu, association: 0, srcIp: null },
      { transport: 'mtp2', data: msu, association: 0, srcIp: null },
      { transport: 'mtp3', data: [0x83, 1, 2, 3, 4], association: 0, srcIp: null },
      { transport: 'mtp3', data: [0x83, 1, 2, 3, 4], association: 0, srcIp: null },
      { transport: 'sccp', data: [9, 0, 3, 5, 9], association: 0, srcIp: null },
      { transport: 'mtp2', data: msu, association: 0, srcIp: null },
    ],
  )
  assert.deepEqual(bench.payloads[5]?.anomalies, ['cutByCapture'])
  assert.equal(bench.feed([0x80, 0x81, 0], { linkType: 140 }), 'ignored mtp2: fill-in signal unit')
  assert.equal(bench.feed([0x80, 0x81, 1, 3], { linkType: 140 }), 'ignored mtp2: link status signal unit')
  assert.equal(
    bench.feed([0, 1, 0, 1, 1, 0, 1, 0, 2, 0, 3], { linkType: 139 }),
    'ignored mtp2: link status signal unit',
  )
  assert.equal(bench.feed([0x80, 0x81], { linkType: 140 }), 'undecoded mtp2: truncated header')
  assert.equal(bench.feed([0x80, 0x81, 5], { linkType: 140 }), 'undecoded mtp2: truncated header')
  assert.equal(bench.feed([0, 0, 0], { linkType: 139 }), 'undecoded mtp2: truncated header')
})

test('reads SCTP as link type, without addresses', () => {
  const bench = new Bench()
  assert.equal(bench.feed(sctp([data(1, [7, 8])]), { linkType: 248 }), 'carried sctp')
  assert.equal(bench.payloads[0]?.srcIp, null)
  assert.equal(bench.payloads[0]?.srcPort, 2905)
  assert.deepEqual(bench.payloads[0]?.data, [7, 8])
})

test('names what holds no signalling, and what is not known', () => {
  const bench = new Bench()
  const said = (etherType: number) => bench.feed(ethernet(etherType, new Array(46).fill(0)))
  assert.equal(said(0x0806), 'ignored arp: no signalling')
  assert.equal(said(0x88cc), 'ignored lldp: no signalling')
  assert.equal(said(46), 'ignored llc: no signalling')
  assert.equal(said(0x1234), 'undecoded eth: unknown EtherType')
  assert.equal(bench.feed(ethernet(0x8847, [0, 2, 1, 64, 0, 0])), 'undecoded mpls: no IP below the labels')
  assert.equal(bench.feed(ethernet(0x8864, [0x11, 0, 0, 1, 0, 4, 0xc0, 0x21])), 'ignored ppp: no signalling')
  assert.equal(bench.feed([7, 0, 0, 0, 1], { linkType: 0 }), 'undecoded null: unknown address family')
  assert.equal(bench.feed([0x50], { linkType: 101 }), 'undecoded raw: unknown IP version')
  assert.equal(bench.feed([1, 2, 3], { linkType: 105 }), 'undecoded link: unknown link type')
})
