import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { assertLinear } from '../src/bytes/bytes.vectors.ts'
import { Random } from '../src/simulate/random.ts'
import { Mill, renumber, scenarioPackets } from './packets.vectors.ts'

const MUTATIONS = 200_000
const SEED = 20_261_121
const START_US = 1_772_438_400_000_000

let packets: readonly Uint8Array[] = []
before(() => {
  packets = scenarioPackets()
})

/** One packet in, one packet and its messages accounted for: rows add up, none is negative, none waits at the end. */
function assertAccounted({ decoder }: Mill, taken: number): void {
  decoder.flush()
  assert.equal(decoder.packetCount, taken)
  const accounts = [
    ['packets', decoder.packetRows(), decoder.packetCount],
    ['messages', decoder.messageRows(), decoder.messageCount],
  ] as const
  for (const [what, rows, count] of accounts) {
    assert.equal(
      rows.reduce((sum, row) => sum + row.count, 0),
      count,
      what,
    )
    for (const row of rows) {
      assert.ok(row.count > 0, JSON.stringify(row))
      assert.doesNotMatch(row.reason, /not complete yet/)
    }
  }
}

/** Octets of `original` from its first chunk on changed in one of the ways that hostile or broken senders change them. */
function mutate(original: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const bytes = original.slice()
  // most of it in the signalling, some in the headers below it
  const from = random.chance(90) ? 62 : 0
  const place = (): number => random.between(Math.min(from, bytes.length - 1), bytes.length - 1)
  switch (random.between(0, 6)) {
    case 0:
      for (let i = random.between(1, 4); i > 0; i--) bytes[place()] = random.between(0, 255)
      return bytes
    case 1: {
      const at = place()
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.between(0, 7))
      return bytes
    }
    case 2: {
      const at = place()
      bytes[at] = random.pick([
        0,
        1,
        0x1f,
        0x7f,
        0x80,
        0x81,
        0x82,
        0x84,
        0xfe,
        0xff,
        (bytes[at] ?? 0) + 1,
        (bytes[at] ?? 0) - 1,
      ])
      return bytes
    }
    case 3:
      return bytes.subarray(0, place())
    case 4: {
      const [a, b] = [place(), place()]
      const piece = bytes.subarray(Math.min(a, b), Math.max(a, b))
      return Uint8Array.of(...bytes.subarray(0, b), ...piece, ...bytes.subarray(b))
    }
    case 5: {
      const [a, b] = [place(), place()]
      return Uint8Array.of(...bytes.subarray(0, Math.min(a, b)), ...bytes.subarray(Math.max(a, b)))
    }
    default: {
      const at = place()
      return Uint8Array.of(...bytes.subarray(0, at), ...other.subarray(Math.min(at, other.length)))
    }
  }
}

/** Decodes `count` mutated packets. The same number gives the same packets. */
function grind(mill: Mill, count: number): void {
  const random = new Random(SEED)
  let tsn = 1
  let timeUs = START_US
  for (let i = 0; i < count; i++) {
    const original = random.pick(packets)
    tsn = renumber(original, tsn)
    // now and then time leaps, so that what waits expires
    timeUs += random.chance(1) ? 30_000_000 : 1_000
    mill.take(mutate(original, random.pick(packets), random), timeUs)
  }
}

test('untouched, every packet of every scenario is decoded', () => {
  const mill = new Mill()
  let tsn = 1
  for (const [i, packet] of packets.entries()) {
    tsn = renumber(packet, tsn)
    mill.take(packet, START_US + i * 1_000)
  }
  assertAccounted(mill, packets.length)
  assert.ok(packets.length > 1_500, `${packets.length} packets`)
  // evasions and cut messages are among them: few, and each with its reason
  const rows = mill.decoder.messageRows()
  const odd = rows.filter(({ state }) => state !== 'decoded').reduce((sum, { count }) => sum + count, 0)
  assert.ok(odd < mill.decoder.messageCount * 0.02, JSON.stringify(rows))
  assert.ok(mill.events > packets.length * 0.9)
})

test('every strict prefix of every packet is accounted for, and none throws', () => {
  const mill = new Mill()
  let tsn = 1
  let taken = 0
  for (const packet of packets) {
    for (let length = 0; length < packet.length; length++) {
      // below the first chunk all packets look alike: a few hundred of those are enough
      if (length < 62 && taken > 20_000) continue
      tsn = renumber(packet, tsn)
      mill.take(packet.subarray(0, length), START_US + taken, packet.length)
      taken++
    }
  }
  assertAccounted(mill, taken)
  assert.ok(mill.events > packets.length, 'what stands whole beside a cut message is read')
})

test(`${MUTATIONS} mutated packets are accounted for, and none throws`, () => {
  const mill = new Mill()
  const start = performance.now()
  grind(mill, MUTATIONS)
  const seconds = (performance.now() - start) / 1000
  assertAccounted(mill, MUTATIONS)
  assert.ok(mill.decoder.messageCount > MUTATIONS / 2, `${mill.decoder.messageCount} messages`)
  assert.ok(mill.events > MUTATIONS / 4, `${mill.events} events`)
  assert.ok(seconds < 10, `${seconds} s`)
})

test('twice as many mutated packets take about twice as long', async () => {
  const time = (count: number): number => {
    const mill = new Mill()
    const start = performance.now()
    grind(mill, count)
    return performance.now() - start
  }
  time(10_000)
  await assertLinear((times) => Math.min(time(10_000 * times), time(10_000 * times)))
})
