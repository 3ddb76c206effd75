import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { Bench, ethernet, ipv4, octets, packetOf, udp } from './frames.vectors.ts'
import { LINK_TYPES } from './link.ts'
import { TapCopies } from './tap-copies.ts'

const OCTETS = Uint8Array.of(1, 2, 3, 4)

/** Asks about the same octets in captures and at times, one after the other. */
function ask(...seen: readonly (readonly [capture: number, timeUs: number])[]): boolean[] {
  const copies = new TapCopies()
  return seen.map(([capture, timeUs]) => copies.isCopy(capture, timeUs, OCTETS, 0, OCTETS.length, 7))
}

test('what another capture holds as well is a copy; what one holds twice is none', () => {
  assert.deepEqual(ask([0, 0], [1, 5], [2, 9]), [false, true, true])
  assert.deepEqual(ask([0, 0], [0, 5]), [false, false])
})

test('a repetition that each tap sees is counted once, in any order', () => {
  assert.deepEqual(ask([0, 0], [1, 1], [0, 2], [1, 3]), [false, true, false, true])
  assert.deepEqual(ask([0, 0], [0, 1], [1, 2], [1, 3]), [false, false, true, true])
  assert.deepEqual(ask([0, 0], [1, 1], [1, 2], [0, 3]), [false, true, false, true])
})

test('after a moment it is another packet', () => {
  assert.deepEqual(ask([0, 0], [1, LIMITS.tapCopyUs]), [false, true])
  assert.deepEqual(ask([0, 0], [1, LIMITS.tapCopyUs + 1]), [false, false])
})

test('a packet of a clock far ahead keeps no older one alive', () => {
  const copies = new TapCopies()
  const isCopy = (capture: number, timeUs: number, about: number) => copies.isCopy(capture, timeUs, OCTETS, 0, 4, about)
  isCopy(0, 4e15, 1)
  assert.equal(isCopy(0, 0, 2), false)
  assert.equal(isCopy(1, LIMITS.tapCopyUs + 1, 2), false)
})

test('other octets, or others who send them, are other packets', () => {
  const copies = new TapCopies()
  const isCopy = (capture: number, bytes: Uint8Array, about: number) => copies.isCopy(capture, 0, bytes, 0, 4, about)
  assert.equal(isCopy(0, OCTETS, 7), false)
  assert.equal(isCopy(1, OCTETS, 8), false)
  assert.equal(isCopy(1, Uint8Array.of(1, 2, 3, 5), 7), false)
  assert.equal(isCopy(1, OCTETS, 7), true)
})

test('no more are remembered than the limit says', () => {
  const copies = new TapCopies()
  const bytes = new Uint8Array(4)
  const view = new DataView(bytes.buffer)
  const isCopy = (capture: number, word: number) => {
    view.setUint32(0, word)
    return copies.isCopy(capture, 0, bytes, 0, 4, 0)
  }
  for (let i = 0; i < LIMITS.tapCopies; i++) isCopy(0, i)
  assert.equal(isCopy(1, 0), false)
  assert.equal(isCopy(1, LIMITS.tapCopies - 1), true)
})

test('datagrams and signal units of two taps are handed over once, and each packet is accounted for', () => {
  const datagram = ethernet(0x0800, ipv4(udp(octets(20)), { protocol: 17 }))
  const units = [LINK_TYPES.mtp2, LINK_TYPES.mtp3, LINK_TYPES.sccp]
  const unit = [0x80, 0x80, 0x3f, ...octets(70)]
  const bench = new Bench([], 2)
  for (const capture of [0, 1]) {
    bench.feed(datagram, { capture })
    for (const linkType of units) bench.feedPacket(packetOf(unit, { capture, linkType }))
  }
  assert.equal(bench.payloads.length, 4)
  for (const protocol of ['udp', 'mtp2', 'mtp3', 'sccp']) {
    assert.equal(bench.account[`ignored ${protocol}: seen by another tap`], 1)
  }
  assert.equal(bench.total, 8)
})

test('one capture holds no copies', () => {
  const bench = new Bench()
  const datagram = ethernet(0x0800, ipv4(udp(octets(20)), { protocol: 17 }))
  for (let i = 0; i < 2; i++) bench.feed(datagram)
  assert.equal(bench.payloads.length, 2)
})
