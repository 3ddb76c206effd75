import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openCaptures } from './capture.ts'
import { readAll, temporaryFolder } from './capture.vectors.ts'
import { CaptureError } from './capture-error.ts'
import {
  enhancedPacket,
  interfaceDescription,
  option,
  packetVectors,
  pcapFile,
  pcapngFile,
  sectionHeader,
} from './captures.vectors.ts'

const folder = temporaryFolder()
const START = 1_780_000_000

test('what is known of a capture after reading', async () => {
  const octets = pcapngFile(packetVectors(5))
  const path = folder.write('five.pcapng', octets)
  const { stream, packets } = await readAll(path)
  assert.equal(packets.length, 5)
  assert.deepEqual(stream.inputs, [
    {
      name: 'five.pcapng',
      path,
      format: 'pcapng',
      compression: 'none',
      bytes: octets.length,
      sha256: createHash('sha256').update(octets).digest('hex'),
      packets: 5,
      firstTimeUs: START * 1_000_000,
      lastTimeUs: (START + 4) * 1_000_000 + 28,
      damage: null,
    },
  ])
  assert.equal(stream.bytesTotal, octets.length)
  assert.equal(stream.bytesRead(), octets.length)
  assert.deepEqual([stream.failures, stream.skipped], [[], []])
})

test('a capture of many chunks: packets across the borders are whole, batches are bounded', async () => {
  const vectors = Array.from({ length: 30_000 }, (_, i) => ({
    seconds: START,
    fraction: i,
    data: new Uint8Array(i % 300).fill(i),
  }))
  const octets = pcapFile(vectors)
  const stream = await openCaptures([folder.write('many.pcap', octets)])
  let frame = 0
  for await (const batch of stream.batches()) {
    assert.ok(batch.length > 0 && batch.length <= 4096)
    for (const { bytes, start, end } of batch) {
      const { data } = vectors[frame++]!
      assert.ok(Buffer.compare(bytes.subarray(start, end), data) === 0, `frame ${frame}`)
    }
  }
  assert.equal(frame, vectors.length)
  assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(octets).digest('hex'))
})

test('every strict prefix of a file is read up to the cut, and its hash is right', async () => {
  for (const file of [pcapFile(packetVectors(2)), pcapngFile(packetVectors(2))]) {
    let most = 0
    for (let length = 4; length < file.length; length++) {
      const prefix = file.subarray(0, length)
      const { stream, packets } = await readAll(folder.write('prefix', prefix))
      const [info] = stream.inputs
      assert.ok(packets.length >= most && packets.length <= 2)
      most = packets.length
      if (info?.damage === null)
        assert.ok([24, 24 + 36, 28, 48, 48 + 52].includes(length), `no word on a cut at ${length}`)
      else assert.match(info?.damage ?? '', /^At file offset \d+, the capture ends in the middle of/)
      assert.equal(info?.sha256, createHash('sha256').update(prefix).digest('hex'))
    }
    assert.ok(most > 0)
    for (let length = 0; length < 4; length++) {
      await assert.rejects(readAll(folder.write('prefix', file.subarray(0, length))), CaptureError)
    }
  }
})

test('a capture that breaks in the middle is hashed to its end', async () => {
  const octets = Buffer.concat([pcapFile(packetVectors(3)), new Uint8Array(16).fill(255), new Uint8Array(3_000_000)])
  const { stream, packets } = await readAll(folder.write('broken.pcap', octets))
  assert.equal(packets.length, 3)
  const offset = pcapFile(packetVectors(3)).length
  assert.equal(
    stream.inputs[0]?.damage,
    `At file offset ${offset}, a packet record claims 4294967295 octets; everything before was read, nothing behind.`,
  )
  assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(octets).digest('hex'))
})

test('captures that overlap are merged by time, ties in the order they were named', async () => {
  const at = (...seconds: number[]) =>
    seconds.map((second) => ({ seconds: START + second, fraction: 0, data: new Uint8Array(1) }))
  const a = folder.write('a.pcap', pcapFile(at(1, 3, 3, 9)))
  const b = folder.write('b.pcapng', pcapngFile(at(2, 3, 4)))
  const c = folder.write('c.pcap.gz', gzipSync(pcapFile(at(0, 10))))
  const { packets, stream } = await readAll(a, b, c)
  assert.deepEqual(
    packets.map(({ capture, frame, timeUs }) => [capture, frame, timeUs / 1_000_000 - START]),
    [
      [2, 1, 0],
      [0, 1, 1],
      [1, 1, 2],
      [0, 2, 3],
      [0, 3, 3],
      [1, 2, 3],
      [1, 3, 4],
      [0, 4, 9],
      [2, 2, 10],
    ],
  )
  assert.deepEqual(
    stream.inputs.map((info) => info.packets),
    [4, 3, 2],
  )
})

test('within one capture the order of the file stays', async () => {
  const times = [5, 1, 7, 2]
  const vectors = times.map((seconds) => ({ seconds, fraction: 0, data: new Uint8Array(0) }))
  const other = [{ seconds: 6, fraction: 0, data: new Uint8Array(0) }]
  const { packets } = await readAll(
    folder.write('back.pcap', pcapFile(vectors)),
    folder.write('six.pcap', pcapFile(other)),
  )
  assert.deepEqual(
    packets.map((packet) => packet.timeUs / 1_000_000),
    [5, 1, 6, 7, 2],
  )
})

test('a merge of many captures of unequal length is in order and complete', async () => {
  const paths = Array.from({ length: 40 }, (_, i) =>
    folder.write(`lane${i}.pcap`, pcapFile(packetVectors(1 + ((i * 7) % 23), START + ((i * 13) % 31)))),
  )
  const { packets, stream } = await readAll(...paths)
  assert.ok(packets.every((packet, i) => i === 0 || packet.timeUs >= packets[i - 1]!.timeUs))
  assert.equal(
    packets.length,
    paths.reduce((sum, _, i) => sum + 1 + ((i * 7) % 23), 0),
  )
  assert.ok(stream.inputs.every((info) => info.sha256 !== null && info.damage === null))
})

test('a capture is opened again only when its turn comes, and what is missing then is reported', async () => {
  const early = folder.write('early.pcap', pcapFile(packetVectors(2, START)))
  const late = folder.write('late.pcap', pcapFile(packetVectors(2, START + 100)))
  const stream = await openCaptures([late, early])
  rmSync(late)
  let count = 0
  for await (const batch of stream.batches()) count += batch.length
  assert.equal(count, 2)
  assert.match(stream.inputs[0]?.damage ?? '', /not when its turn came: .*late\.pcap: no such file/)
  assert.equal(stream.inputs[0]?.sha256, null)
  assert.equal(stream.inputs[1]?.damage, null)
})

test('what is appended between the first look and the reading is read and hashed', async () => {
  const path = folder.write('growing.pcap', pcapFile(packetVectors(1)))
  const stream = await openCaptures([path])
  appendFileSync(path, pcapFile(packetVectors(1, START + 1)).subarray(24))
  let count = 0
  for await (const batch of stream.batches()) count += batch.length
  assert.equal(count, 2)
  const twice = Buffer.concat([pcapFile(packetVectors(1)), pcapFile(packetVectors(1, START + 1)).subarray(24)])
  assert.equal(stream.inputs[0]?.sha256, createHash('sha256').update(twice).digest('hex'))
})

test('captures without packets are readable', async () => {
  const { stream, packets } = await readAll(
    folder.write('none.pcap', pcapFile([])),
    folder.write('none.pcapng', pcapngFile([])),
  )
  assert.equal(packets.length, 0)
  for (const info of stream.inputs) {
    assert.deepEqual([info.packets, info.firstTimeUs, info.lastTimeUs, info.damage], [0, null, null, null])
    assert.notEqual(info.sha256, null)
  }
})

test('stopping early closes the files and leaves the hash open', async () => {
  const stream = await openCaptures([folder.write('long.pcap', pcapFile(packetVectors(2000)))])
  for await (const batch of stream.batches()) {
    assert.ok(batch.length > 0)
    break
  }
  assert.equal(stream.inputs[0]?.sha256, null)
  assert.equal(stream.inputs[0]?.damage, null)
  await stream.close()
})

test('a packet block with options longer than a chunk', async () => {
  const options = Array.from({ length: 40 }, () => option(true, 1, new Uint8Array(65_000)))
  const data = Uint8Array.of(1, 2, 3)
  const file = [sectionHeader(), interfaceDescription(), enhancedPacket(true, 0, 5n, data, { options })]
  const { packets } = await readAll(folder.write('options.pcapng', Buffer.concat([...file, ...file])))
  assert.deepEqual(
    packets.map((packet) => [...packet.data]),
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
  )
})

test('each input that cannot be read is named with one sentence', async () => {
  const text = folder.write('notes.txt', Buffer.from('The tap was moved on Monday.'))
  const empty = folder.write('empty.pcap', new Uint8Array(0))
  const brokenGzip = folder.write('broken.gz', gzipSync(pcapFile(packetVectors(9))).subarray(0, 15))
  const loop = join(folder.path, 'loop')
  symlinkSync(loop, loop)
  const hollow = join(folder.path, 'hollow')
  mkdirSync(hollow)
  const cases: [path: string, sentence: RegExp][] = [
    [join(folder.path, 'absent.pcap'), /: no such file or folder; check/],
    [join(text, 'inside.pcap'), /: no such file or folder; check/],
    [text, /: not a capture, since .*; convert it with editcap/],
    [empty, /: empty; check/],
    [brokenGzip, /: the gzip stream breaks before a capture begins \(Z_BUF_ERROR\); copy it/],
    [loop, /: the symbolic link leads back to itself/],
    [hollow, /: the folder holds no captures; name another one/],
  ]
  for (const [path, sentence] of cases) {
    await assert.rejects(openCaptures([path]), (error) => {
      assert.ok(error instanceof CaptureError)
      assert.ok(error.message.startsWith(path))
      assert.match(error.message, sentence)
      assert.match(error.message, /^[^\n]*\.$/)
      return true
    })
  }
  await assert.rejects(openCaptures(cases.map(([path]) => path)), (error) => {
    assert.ok(error instanceof CaptureError)
    assert.equal(error.message.split('\n').length, cases.length)
    return true
  })
  await assert.rejects(openCaptures([]), /No capture is named/)

  const good = folder.write('good.pcap', pcapFile(packetVectors(2)))
  const { stream, packets } = await readAll(text, good, empty)
  assert.equal(packets.length, 2)
  assert.equal(packets[0]?.capture, 0)
  assert.deepEqual(
    stream.failures.map((failure) => failure.path),
    [text, empty],
  )
})
