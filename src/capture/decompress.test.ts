import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { crc32, gzipSync, zstdCompressSync } from 'node:zlib'
import { LIMITS } from '../limits.ts'
import { readAll, temporaryFolder } from './capture.vectors.ts'
import { CaptureError } from './capture-error.ts'
import { block, packetVectors, pcapFile, pcapngFile } from './captures.vectors.ts'
import { Decompressor } from './decompress.ts'
import { RawSource, streamOrigin } from './source.ts'

const folder = temporaryFolder()
const file = pcapFile(packetVectors(200))
const whole = (await readAll(folder.write('plain.pcap', file))).packets

const compressions = [
  { name: 'gzip', compress: (octets: Uint8Array) => gzipSync(octets) },
  { name: 'zstd', compress: (octets: Uint8Array) => zstdCompressSync(octets) },
] as const

for (const { name, compress } of compressions) {
  test(`${name}: the packets are those of the plain file, the hash is of the file itself`, async () => {
    const octets = compress(file)
    const { packets, stream } = await readAll(folder.write(`a.${name}`, octets))
    assert.deepEqual(packets, whole)
    const [info] = stream.inputs
    assert.equal(info?.compression, name)
    assert.equal(info?.bytes, octets.length)
    assert.equal(info?.sha256, createHash('sha256').update(octets).digest('hex'))
    assert.equal(info?.damage, null)
  })

  test(`${name}: several members are one capture`, async () => {
    const members = [0, 10, 24, 5000, file.length].map((at, i, ends) => file.subarray(ends[i - 1] ?? 0, at))
    const octets = Buffer.concat(members.map((member) => compress(member)))
    const { packets, stream } = await readAll(folder.write(`members.${name}`, octets))
    assert.deepEqual(packets, whole)
    assert.equal(stream.inputs[0]?.damage, null)
  })

  test(`${name}: a stream cut anywhere gives the packets before the cut, and says so`, async () => {
    const octets = compress(file)
    let most = 0
    for (let length = 60; length < octets.length; length += 101) {
      const cut = octets.subarray(0, length)
      const read = readAll(folder.write(`cut.${name}`, cut))
      const { packets, stream } = await read.catch((error) => {
        assert.match(error.message, /stream breaks before a capture begins/)
        return { packets: [], stream: null }
      })
      assert.deepEqual(packets, whole.slice(0, packets.length))
      most = Math.max(most, packets.length)
      if (stream === null) continue
      assert.match(stream.inputs[0]?.damage ?? '', new RegExp(`\\(${name}\\), the ${name} stream ends in the middle;`))
      assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(cut).digest('hex'))
    }
    if (name === 'gzip') assert.ok(most > 100, `${most} packets`)
  })

  test(`${name}: octets behind the stream are reported`, async () => {
    const octets = Buffer.concat([compress(file), Buffer.from('appended by mistake')])
    const { packets, stream } = await readAll(folder.write(`trailing.${name}`, octets))
    assert.deepEqual(packets, whole)
    assert.notEqual(stream.inputs[0]?.damage, null)
    assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(octets).digest('hex'))
  })
}

test('a gzip stream that breaks gives every packet before the break', async () => {
  // Two stored blocks, and behind them a block of a type that does not exist (RFC 1951 §3.2.3).
  const stored = (octets: Uint8Array) => {
    const head = Buffer.from([0, 0, 0, 0, 0])
    head.writeUInt16LE(octets.length, 1)
    head.writeUInt16LE(~octets.length & 0xffff, 3)
    return Buffer.concat([head, octets])
  }
  const head = gzipSync('').subarray(0, 10)
  const octets = Buffer.concat([
    head,
    stored(file.subarray(0, 9000)),
    stored(file.subarray(9000)),
    Buffer.of(7, 7, 7, 7),
  ])
  const { packets, stream } = await readAll(folder.write('corrupt.gz', octets))
  assert.deepEqual(packets, whole)
  assert.equal(
    stream.inputs[0]?.damage,
    `At offset ${file.length} of the uncompressed data (gzip), the gzip stream is corrupt (Z_DATA_ERROR); everything before was read, nothing behind.`,
  )
  assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(octets).digest('hex'))
})

test('compressed files with altered octets give packets, damage or a clear error', async () => {
  for (const { name, compress } of compressions) {
    const good = compress(file)
    for (let i = 0; i < 30; i++) {
      const octets = Buffer.from(good)
      const place = (i * 7919 + 5) % octets.length
      octets[place] = octets[place]! ^ (1 << (i % 8))
      const path = folder.write(`altered.${name}`, octets)
      const read = await readAll(path).catch((error) => {
        assert.ok(error instanceof CaptureError, String(error))
        return null
      })
      if (read === null) continue
      const [info] = read.stream.inputs
      assert.equal(info?.packets, read.packets.length)
      assert.equal(info?.sha256, createHash('sha256').update(octets).digest('hex'))
      // Without a check sum zstd cannot notice everything; gzip does, except in the time and system of its header.
      if (name === 'gzip' && place >= 10) assert.notEqual(info?.damage, null, `octet ${place}`)
    }
  }
})

test('a wrong check sum is reported, though every packet was read', async () => {
  const octets = gzipSync(file)
  octets.writeUInt32LE((crc32(file) ^ 1) >>> 0, octets.length - 8)
  const { packets, stream } = await readAll(folder.write('checksum.gz', octets))
  assert.deepEqual(packets, whole)
  assert.match(stream.inputs[0]?.damage ?? '', /the gzip stream is corrupt/)
})

test('a decompression bomb is taken apart chunk by chunk', async () => {
  // Sixteen unknown blocks of 16 MiB between two packets, in about 260 kB.
  const blocks = gzipSync(block(true, 77, new Uint8Array(LIMITS.blockBytes - 12)), { level: 1 })
  const capture = gzipSync(pcapngFile(packetVectors(1)))
  const bomb = Buffer.concat([capture, ...Array.from({ length: 16 }, () => blocks), capture])
  const { packets } = await readAll(folder.write('bomb.gz', bomb))
  assert.equal(packets.length, 2)

  const source = new RawSource(streamOrigin(Readable.from([bomb], { objectMode: false })), false)
  const first = new Uint8Array(12)
  await source.read(first, 0)
  const decompressor = new Decompressor('gzip', source, first, 65_536)
  const octets = new Uint8Array(65_536)
  let made = 0
  for (let i = 0; i < 20; i++) made += await decompressor.read(octets, 0)
  // Time for the engine to run ahead, if it did.
  await new Promise((resolve) => setTimeout(resolve, 30))
  assert.ok(made > 1_000_000)
  const aheadBytes = (decompressor.compressedBytes / bomb.length) * 16 * LIMITS.blockBytes - made
  assert.ok(aheadBytes < 1_000_000, `${aheadBytes} octets ahead`)
  decompressor.destroy()
})
