import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import { fields, packetVectors, pcapFile } from './captures.vectors.ts'
import { parseAll } from './packet-parser.vectors.ts'
import { PcapParser } from './pcap.ts'

const vectors = packetVectors(3)

test('each magic number in each byte order', () => {
  for (const little of [true, false]) {
    for (const magic of [0xa1b2c3d4, 0xa1b23c4d, 0xa1b2cd34]) {
      const { packets, fault } = parseAll(new PcapParser(5), pcapFile(vectors, { little, magic }))
      assert.equal(fault, null)
      assert.deepEqual(
        packets,
        vectors.map(({ seconds, fraction, data }, i) => ({
          capture: 5,
          frame: i + 1,
          timeUs: seconds * 1_000_000 + (magic === 0xa1b23c4d ? 0 : fraction),
          linkType: 1,
          originalLength: data.length,
          data,
        })),
      )
    }
  }
})

test('nanoseconds become whole microseconds, rounded down', () => {
  const file = pcapFile([{ seconds: 1_780_000_000, fraction: 999_999_999, data: new Uint8Array(1) }], {
    magic: 0xa1b23c4d,
  })
  assert.equal(parseAll(new PcapParser(0), file).packets[0]!.timeUs, 1_780_000_000_999_999)
})

test('seconds are unsigned: 2106, not 1901', () => {
  const file = pcapFile([{ seconds: 0xffffffff, fraction: 0, data: new Uint8Array(1) }])
  assert.equal(parseAll(new PcapParser(0), file).packets[0]!.timeUs, 4_294_967_295_000_000)
})

test('the length of the frame check sequence is not part of the link type', () => {
  const file = pcapFile(vectors, { network: 0x4400_0000 | 141 })
  assert.equal(parseAll(new PcapParser(0), file).packets[0]!.linkType, 141)
})

test('a packet cut by the snap length keeps its length on the wire, and never has less than what was captured', () => {
  const data = new Uint8Array(10)
  const file = pcapFile([
    { seconds: 1, fraction: 0, data, originalLength: 1500 },
    { seconds: 1, fraction: 0, data, originalLength: 0 },
  ])
  const lengths = parseAll(new PcapParser(0), file).packets.map((packet) => [packet.data.length, packet.originalLength])
  assert.deepEqual(lengths, [
    [10, 1500],
    [10, 10],
  ])
})

test('how the octets come in makes no difference', () => {
  const file = pcapFile(vectors)
  const { packets } = parseAll(new PcapParser(0), file)
  for (let step = 1; step < file.length; step++) {
    assert.deepEqual(parseAll(new PcapParser(0), file, step).packets, packets)
  }
})

test('a large packet that comes in octet by octet is asked for as a whole', () => {
  const file = pcapFile([{ seconds: 1, fraction: 0, data: new Uint8Array(LIMITS.packetBytes) }])
  const { packets, calls } = parseAll(new PcapParser(0), file, 1)
  assert.equal(packets.length, 1)
  assert.ok(calls < 10, `${calls} calls`)
})

test('every strict prefix gives the packets before the cut and says where it is', () => {
  const file = pcapFile(vectors)
  const ends = [24, 24 + 36, 24 + 36 + 37, file.length]
  for (let length = 0; length < file.length; length++) {
    const { packets, fault } = parseAll(new PcapParser(0), file.subarray(0, length))
    const whole = ends.filter((end) => end <= length).length
    assert.equal(packets.length, Math.max(0, whole - 1), `prefix of ${length}`)
    if (ends.includes(length)) assert.equal(fault, null)
    else {
      const where = whole === 0 ? 'the file header' : 'a packet record'
      assert.deepEqual(fault, { reason: `the capture ends in the middle of ${where}`, offset: ends[whole - 1] ?? 0 })
    }
  }
})

test('a record longer than any packet ends the capture', () => {
  const longest = LIMITS.packetBytes
  const impossible = fields(true, [4, 1], [4, 0], [4, longest + 1], [4, longest + 1])
  const file = Buffer.concat([pcapFile(vectors), impossible, new Uint8Array(longest + 1)])
  const { packets, fault } = parseAll(new PcapParser(0), file)
  assert.equal(packets.length, 3)
  assert.deepEqual(fault, { reason: `a packet record claims ${longest + 1} octets`, offset: pcapFile(vectors).length })
})

test('a file header alone is a capture without packets', () => {
  assert.deepEqual(parseAll(new PcapParser(0), pcapFile([])), { packets: [], fault: null, calls: 1 })
})
