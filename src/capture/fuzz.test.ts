import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packetVectors, pcapFile, pcapngFile } from './captures.vectors.ts'
import { parseAll } from './packet-parser.vectors.ts'
import { PcapParser } from './pcap.ts'
import { PcapngParser } from './pcapng.ts'

const SETTINGS = { numRuns: 4000, seed: 20260727 }

const mutations = fc.array(
  fc.record({
    place: fc.nat(),
    octet: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 3, 4, 6, 0x7f, 0x80, 0xff)),
    kind: fc.constantFrom('set', 'set', 'set', 'delete', 'insert'),
  }),
  { minLength: 1, maxLength: 6 },
)

function mutate(original: Uint8Array, changes: readonly { place: number; octet: number; kind: string }[]): Uint8Array {
  const octets = [...original]
  for (const { place, octet, kind } of changes) {
    octets.splice(place % octets.length, kind === 'insert' ? 0 : 1, ...(kind === 'delete' ? [] : [octet]))
  }
  return Uint8Array.from(octets)
}

const formats = [
  { name: 'pcap', file: pcapFile(packetVectors(4)), create: () => new PcapParser(0) },
  { name: 'pcapng', file: pcapngFile(packetVectors(4)), create: () => new PcapngParser(0) },
  {
    name: 'pcapng of two sections',
    file: Buffer.concat([pcapngFile(packetVectors(2), false), pcapngFile(packetVectors(2))]),
    create: () => new PcapngParser(0),
  },
]

for (const { name, file, create } of formats) {
  test(`a mutated ${name} gives packets and at most a fault, however it comes in`, () => {
    fc.assert(
      fc.property(mutations, fc.integer({ min: 1, max: 200 }), (changes, step) => {
        const capture = mutate(file, changes)
        const whole = parseAll(create(), capture)
        whole.packets.forEach((packet, i) => {
          assert.equal(packet.frame, i + 1)
          assert.ok(Number.isSafeInteger(packet.timeUs))
          assert.ok(packet.originalLength >= packet.data.length)
        })
        if (whole.fault !== null) assert.ok(whole.fault.offset >= 0 && whole.fault.offset <= capture.length)
        const { packets, fault } = parseAll(create(), capture, step)
        assert.deepEqual({ packets, fault }, { packets: whole.packets, fault: whole.fault })
      }),
      SETTINGS,
    )
  })
}

test('random octets behind a header give packets and at most a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...formats), (octets, { file, create }) => {
      const { packets } = parseAll(create(), Buffer.concat([file.subarray(0, 48), octets]))
      assert.ok(packets.every((packet) => packet.data.length <= octets.length + 48))
    }),
    SETTINGS,
  )
})
