import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { Bench, data, ethernet, fragment6, ipv4, ipv6, octets, sctp } from './frames.vectors.ts'

const MESSAGE = octets(100)
const SCTP = sctp([data(1, MESSAGE)])
const WAITING = 'fragment of a message not complete yet'
const COMPLETED = 'fragment of a message put together later'

interface Part {
  readonly from: number
  readonly to: number
}

/** The datagram cut at the given places. */
function parts(cuts: readonly number[]): Part[] {
  const edges = [0, ...cuts, SCTP.length]
  return edges.slice(1).map((to, i) => ({ from: edges[i]!, to }))
}

function part4({ from, to }: Part, id = 1, bytes = SCTP): number[] {
  return ethernet(0x0800, ipv4(bytes.slice(from, to), { id, offset: from, more: to < bytes.length }))
}

function part6({ from, to }: Part, id = 1, bytes = SCTP): number[] {
  return ethernet(0x86dd, ipv6(fragment6(132, id, from, to < bytes.length, bytes.slice(from, to)), 44))
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, i) => permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]))
}

test('puts fragments together in every order', () => {
  for (const [version, part] of [
    ['ipv4', part4],
    ['ipv6', part6],
  ] as const) {
    for (const order of permutations(parts([8, 40, 104]))) {
      const bench = new Bench()
      const said = order.map((one) => bench.feed(part(one)))
      assert.deepEqual(said, [...new Array(3).fill(`held ${version}: ${WAITING}`), 'carried sctp'])
      assert.deepEqual(
        bench.payloads.map((payload) => payload.data),
        [MESSAGE],
      )
      assert.deepEqual(bench.account, { [`held ${version}: ${COMPLETED}`]: 3, 'carried sctp': 1 })
    }
  }
})

test('reads extension headers behind the fragment header of IPv6', () => {
  const bench = new Bench()
  const rest = [132, 0, 1, 4, 0, 0, 0, 0, ...SCTP]
  bench.feed(ethernet(0x86dd, ipv6(fragment6(60, 1, 0, true, rest.slice(0, 64)), 44)))
  assert.equal(bench.feed(ethernet(0x86dd, ipv6(fragment6(60, 1, 64, false, rest.slice(64)), 44))), 'carried sctp')
  const nested = fragment6(132, 2, 0, true, SCTP)
  bench.feed(ethernet(0x86dd, ipv6(fragment6(44, 3, 0, true, nested.slice(0, 64)), 44)))
  assert.equal(
    bench.feed(ethernet(0x86dd, ipv6(fragment6(44, 3, 64, false, nested.slice(64)), 44))),
    'undecoded ipv6: fragment inside a fragment',
  )
})

test('counts a datagram once that two taps captured, however their packets interleave', () => {
  const [first, second] = parts([64]).map((one) => part4(one)) as [number[], number[]]
  for (const order of permutations([first, first, second, second])) {
    const bench = new Bench()
    for (const frame of order) bench.feed(frame)
    bench.flush()
    assert.equal(bench.payloads.length, 1)
    assert.deepEqual(bench.account, {
      [`held ipv4: ${COMPLETED}`]: 1,
      'carried sctp': 1,
      'ignored ip: fragment seen before': 2,
    })
  }
})

test('lets the first data win where fragments overlap, and says so', () => {
  const bench = new Bench()
  const [first, second] = parts([64]) as [Part, Part]
  const forged = part4(first).map((octet, i) => (i >= 90 ? octet ^ 0xff : octet))
  bench.feed(part4(first))
  assert.equal(bench.feed(forged), 'undecoded ip: fragment that overlaps others with different data')
  assert.equal(bench.feed(part4(second)), 'carried sctp: overlapping IP fragments')
  assert.deepEqual(bench.payloads[0]?.data, MESSAGE)
  assert.deepEqual(bench.payloads[0]?.anomalies, ['ipFragmentOverlap'])

  const partly = new Bench()
  partly.feed(part4({ from: 0, to: 64 }))
  const wider = part4({ from: 32, to: SCTP.length }).map((octet, i) => (i === 34 + 30 ? octet ^ 0xff : octet))
  assert.equal(partly.feed(wider), 'carried sctp: overlapping IP fragments')
  assert.deepEqual(partly.payloads[0]?.data, MESSAGE)

  const equal = new Bench()
  equal.feed(part4({ from: 0, to: 64 }))
  assert.equal(equal.feed(part4({ from: 32, to: SCTP.length })), 'carried sctp')
})

test('keeps datagrams apart by addresses, protocol and identification, and knows an identification used again', () => {
  const bench = new Bench()
  const [first, second] = parts([64]) as [Part, Part]
  bench.feed(part4(first, 1))
  assert.match(bench.feed(part4(second, 2)), /^held/)
  assert.equal(bench.feed(part4(second, 1)), 'carried sctp')
  const other = sctp([data(2, octets(100, 5))])
  assert.match(bench.feed(part4(first, 1, other)), /^held/)
  assert.equal(bench.feed(part4(second, 1, other)), 'carried sctp')
  assert.deepEqual(
    bench.payloads.map((payload) => payload.data),
    [MESSAGE, octets(100, 5)],
  )
})

test('reports fragments that cannot be kept', () => {
  const feed = (offset: number, more: boolean, payload: number[], fields = {}) =>
    new Bench().feed(ethernet(0x0800, ipv4(payload, { offset, more })), fields)
  assert.equal(feed(0, true, octets(9)), 'undecoded ip: fragment of an impossible length')
  assert.equal(feed(8, false, []), 'undecoded ip: fragment without data')
  assert.equal(feed(65_528, false, octets(8)), 'undecoded ip: fragment beyond the largest datagram')
  const cut = part4({ from: 0, to: 64 }).slice(0, -8)
  assert.equal(new Bench().feed(cut), 'undecoded ip: fragment cut by the capture')
  const bench = new Bench()
  bench.feed(part4({ from: 64, to: SCTP.length }))
  assert.equal(
    bench.feed(ethernet(0x0800, ipv4(octets(8), { id: 1, offset: 200 }))),
    'undecoded ip: fragment that contradicts the end of its datagram',
  )
})

test('gives up after a minute of capture time, and at the end', () => {
  const bench = new Bench()
  bench.feed(part4({ from: 0, to: 64 }, 1), { timeUs: 0 })
  bench.feed(part4({ from: 0, to: 64 }, 2), { timeUs: LIMITS.ipReassemblyUs })
  assert.deepEqual(bench.account, { [`held ipv4: ${WAITING}`]: 2 })
  bench.feed(part4({ from: 0, to: 64 }, 3), { timeUs: LIMITS.ipReassemblyUs + 1 })
  const lost = 'undecoded ipv4: fragment of a message never completed'
  assert.deepEqual(bench.account, { [`held ipv4: ${WAITING}`]: 2, [lost]: 1 })
  bench.flush()
  assert.deepEqual(bench.account, { [lost]: 3 })
})

test('holds no more datagrams than allowed; the oldest goes first', () => {
  const bench = new Bench()
  for (let id = 0; id <= LIMITS.ipReassemblies; id++) bench.feed(part4({ from: 0, to: 64 }, id))
  assert.equal(bench.account['undecoded ipv4: fragment given up at a limit of reassembly'], 1)
  assert.equal(bench.account[`held ipv4: ${WAITING}`], LIMITS.ipReassemblies)
  assert.match(bench.feed(part4({ from: 64, to: SCTP.length }, 0)), /^held/)
  assert.equal(bench.feed(part4({ from: 64, to: SCTP.length }, LIMITS.ipReassemblies)), 'carried sctp')
})
