import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { assertAllAccounted, changed, type FuzzCase, fuzzCases, soundPackets } from './fuzz.vectors.ts'
import { Mill } from './packets.vectors.ts'

/** `npm run fuzz` sets a million. */
const CASES = Number(process.env.TELLTALE_FUZZ_CASES ?? 20_000)
const SEED = Number(process.env.TELLTALE_FUZZ_SEED ?? 20_261_121)
const START_US = 1_772_438_400_000_000
/** Longest that one packet may take, however it is made: a bound on the decoders' work, generous for a busy machine, ms. */
const LONGEST_MS = 2_000
/** Cases that failed once stay. */
const FAILED_ONCE: readonly FuzzCase[] = []

let packets: readonly Uint8Array[] = []
before(() => {
  packets = soundPackets()
})

test('the sound packets hold every protocol that is decoded', () => {
  const mill = new Mill()
  for (const [i, packet] of packets.entries()) mill.take(packet, START_US + i * 1_000)
  assertAllAccounted(mill, packets.length)
  const protocols = new Set(mill.decoder.messageRows().map(({ protocol }) => protocol))
  for (const protocol of ['map', 'cap', 'diameter', 'gtpv2']) assert.ok(protocols.has(protocol), protocol)
})

test(`${CASES} changed messages, lengths above all, at every layer: no exception, none lost, none slow`, {
  timeout: 0,
}, () => {
  let mill = new Mill()
  let taken = 0
  let events = 0
  let nowUs = START_US
  const examples = FAILED_ONCE.map((example): [FuzzCase] => [example])
  fc.assert(
    fc.property(fuzzCases, (fuzzCase) => {
      const octets = changed(packets, fuzzCase, taken + 1)
      const begun = performance.now()
      nowUs += 1_000
      mill.take(octets, nowUs)
      const tookMs = performance.now() - begun
      assert.ok(tookMs < LONGEST_MS, `one packet took ${tookMs} ms`)
      // a new decoder now and then: what fills up must not hide what comes behind
      if (++taken % 5_000 !== 0) return
      assertAllAccounted(mill, 5_000)
      events += mill.events
      mill = new Mill()
    }),
    { numRuns: CASES, seed: SEED, endOnFailure: true, examples },
  )
  assert.ok(events > CASES / 4, `${events} events: most changes must reach the signalling`)
})
