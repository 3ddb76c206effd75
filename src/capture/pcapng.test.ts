import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../limits.ts'
import {
  block,
  enhancedPacket,
  fields,
  interfaceDescription,
  obsoletePacket,
  option,
  packetVectors,
  pcapngFile,
  sectionHeader,
  simplePacket,
} from './captures.vectors.ts'
import { parseAll } from './packet-parser.vectors.ts'
import { PcapngParser } from './pcapng.ts'

const data = Uint8Array.of(1, 2, 3, 4, 5)

function parse(...blocks: Uint8Array[]): ReturnType<typeof parseAll> {
  return parseAll(new PcapngParser(0), Buffer.concat(blocks))
}

/** Sections in both byte orders with all that can stand in one. */
function richFile(): Buffer {
  return Buffer.concat([
    sectionHeader(true),
    interfaceDescription(true, 1),
    interfaceDescription(true, 141, 0, [option(true, 2, Buffer.from('tap0')), option(true, 9, Uint8Array.of(9))]),
    enhancedPacket(true, 1, 1_780_000_000_123_456_789n, data, { originalLength: 90 }),
    block(true, 4, new Uint8Array(40)),
    obsoletePacket(true, 0, 1_780_000_000_000_001n, data),
    simplePacket(true, data),
    sectionHeader(false),
    interfaceDescription(false, 113, 3, [
      option(false, 14, fields(false, [4, 0xffffffff], [4, 0xffffffff])),
      option(false, 9, Uint8Array.of(0x80 | 10)),
      option(false, 0, new Uint8Array(0)),
    ]),
    enhancedPacket(false, 0, (1_780_000_000n << 10n) + 512n, data, {
      options: [option(false, 1, Buffer.from('note'))],
    }),
    simplePacket(false, data.subarray(0, 3), 70),
    block(false, 0x0bad, new Uint8Array(8)),
  ])
}

test('sections, interfaces, resolutions and all three packet blocks', () => {
  const { packets, fault } = parse(richFile())
  assert.equal(fault, null)
  assert.deepEqual(
    packets.map(({ frame, timeUs, linkType, originalLength, data: { length } }) => [
      frame,
      timeUs,
      linkType,
      originalLength,
      length,
    ]),
    [
      [1, 1_780_000_000_123_456, 141, 90, 5],
      [2, 1_780_000_000_000_001, 1, 5, 5],
      [3, 0, 1, 5, 5],
      [4, 1_779_999_999_500_000, 113, 5, 5],
      [5, 0, 113, 70, 3],
    ],
  )
  assert.ok(packets.every((packet) => packet.data.every((octet, i) => octet === i + 1)))
})

test('how the octets come in makes no difference', () => {
  const file = richFile()
  const { packets } = parse(file)
  for (let step = 1; step < file.length; step++) {
    assert.deepEqual(parseAll(new PcapngParser(0), file, step).packets, packets)
  }
})

test('every strict prefix gives the packets before the cut and says where it is', () => {
  const file = richFile()
  const blockStarts: number[] = []
  for (let at = 0, little = true; at < file.length; ) {
    blockStarts.push(at)
    if (file.readUInt32BE(at) === 0x0a0d0d0a) little = file.readUInt32LE(at + 8) === 0x1a2b3c4d
    at += little ? file.readUInt32LE(at + 4) : file.readUInt32BE(at + 4)
  }
  const all = parse(file).packets
  for (let length = 1; length < file.length; length++) {
    const { packets, fault } = parse(file.subarray(0, length))
    assert.deepEqual(packets, all.slice(0, packets.length))
    if (blockStarts.includes(length)) assert.equal(fault, null)
    else {
      const offset = blockStarts.findLast((start) => start <= length)
      assert.deepEqual(fault, { reason: 'the capture ends in the middle of a block', offset }, `prefix of ${length}`)
    }
  }
})

test('a packet counts from the moment its data are complete', () => {
  const options = [option(true, 1, Buffer.from('a long comment'))]
  const head = Buffer.concat([sectionHeader(), interfaceDescription()])
  const file = Buffer.concat([head, enhancedPacket(true, 0, 0n, data, { options })])
  assert.equal(parse(file.subarray(0, head.length + 28 + 4)).packets.length, 0)
  assert.equal(parse(file.subarray(0, head.length + 28 + 5)).packets.length, 1)
})

test('a long unknown block is stepped over in pieces', () => {
  const parser = new PcapngParser(0)
  const file = Buffer.concat([
    sectionHeader(),
    block(true, 77, new Uint8Array(1_000_000)),
    pcapngFile(packetVectors(1)),
  ])
  const bytes = file.subarray(0, 5000)
  const window = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset), start: 0, end: 5000, base: 0 }
  assert.equal(parser.next(window), null)
  assert.equal(window.start, 5000)
  assert.equal(parser.need, 1)
  assert.equal(parseAll(new PcapngParser(0), file, 5000).packets.length, 1)
})

test('what breaks a capture is named with its place', () => {
  const start = Buffer.concat([sectionHeader(), interfaceDescription()])
  const good = enhancedPacket(true, 0, 0n, data)
  const wrongClose = Buffer.from(good)
  wrongClose.writeUInt32LE(48, good.length - 4)
  const cases: [broken: Uint8Array, reason: string, packets: number][] = [
    [fields(true, [4, 6], [4, 8], [4, 8]), 'a block claims 8 octets', 1],
    [fields(true, [4, 6], [4, 34], [4, 0]), 'a block claims 34 octets', 1],
    [fields(true, [4, 77], [4, LIMITS.blockBytes + 4], [4, 0]), `a block claims ${LIMITS.blockBytes + 4} octets`, 1],
    [enhancedPacket(true, 1, 0n, data), 'a packet block names interface 1, which is not described', 1],
    [wrongClose, 'a block of 40 octets closes with a length of 48', 2],
    [simplePacket(true, data, 6000), 'a packet block of 24 octets claims 6000 octets of packet data', 1],
    [
      block(true, 6, fields(true, [4, 0], [4, 0], [4, 0], [4, 0xffffffff], [4, 5])),
      'a packet block of 32 octets claims 4294967295 octets of packet data',
      1,
    ],
    [block(true, 1), 'an interface description claims 12 octets', 1],
    [
      block(true, 0x0a0d0d0a, fields(true, [4, 1], [4, 0], [4, 0], [4, 0])),
      'a section header has no byte-order magic',
      1,
    ],
    [
      block(true, 0x0a0d0d0a, fields(true, [4, 0x1a2b3c4d], [2, 2], [2, 0], [4, 0], [4, 0])),
      'a section has the unknown version 2',
      1,
    ],
    [Buffer.concat([sectionHeader(), good]), 'a packet block names interface 0, which is not described', 1],
    [
      Buffer.concat([sectionHeader(), simplePacket(true, data)]),
      'a packet block names interface 0, which is not described',
      1,
    ],
  ]
  for (const [broken, reason, count] of cases) {
    const { packets, fault } = parse(start, good, broken)
    assert.equal(fault?.reason, reason)
    assert.equal(packets.length, count)
  }
  assert.equal(parse(start, good, wrongClose).fault?.offset, start.length + good.length)
})

test('the interfaces of a section are bounded', () => {
  const one = interfaceDescription()
  const enough = Array.from({ length: LIMITS.interfaces }, () => one)
  assert.equal(parse(sectionHeader(), ...enough).fault, null)
  assert.match(parse(sectionHeader(), ...enough, one).fault?.reason ?? '', /more than 4096 interfaces/)
})

test('options of an interface that run past its block end the list', () => {
  const overrun = Buffer.concat([fields(true, [2, 2], [2, 400]), option(true, 9, Uint8Array.of(9))])
  const { packets } = parse(
    sectionHeader(),
    interfaceDescription(true, 1, 0, [overrun]),
    enhancedPacket(true, 0, 5n, data),
  )
  assert.equal(packets[0]?.timeUs, 5)
})
