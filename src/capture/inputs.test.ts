import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openCaptures } from './capture.ts'
import { readAll, temporaryFolder } from './capture.vectors.ts'
import { packetVectors, pcapFile, pcapngFile } from './captures.vectors.ts'

const folder = temporaryFolder()
const tap = join(folder.path, 'tap')
mkdirSync(join(tap, 'old', 'older'), { recursive: true })
mkdirSync(join(folder.path, 'texts'))
const second = folder.write('tap/b.dat', pcapFile(packetVectors(2)))
const first = folder.write('tap/a', gzipSync(pcapngFile(packetVectors(1))))
const third = folder.write('tap/old/older/c.txt', pcapFile(packetVectors(3)))
const text = folder.write('tap/old/readme.pcap', Buffer.from('the tap was moved'))
const empty = folder.write('tap/z.pcap', new Uint8Array(0))
symlinkSync(tap, join(tap, 'old', 'round'))
symlinkSync(second, join(tap, 'link'))
folder.write('texts/notes.txt', Buffer.from('nothing to see'))

test('a folder stands for all captures below it, by content, sorted by name', async () => {
  const { stream, packets } = await readAll(tap)
  assert.deepEqual(
    stream.inputs.map((info) => [info.path, info.packets]),
    [
      [first, 1],
      [second, 2],
      [third, 3],
    ],
  )
  assert.equal(packets.length, 6)
  assert.deepEqual(stream.failures, [])
  assert.deepEqual(
    stream.skipped.map(({ path }) => path).sort(),
    [join(tap, 'link'), join(tap, 'old', 'round'), empty, text].sort(),
  )
  assert.ok(stream.skipped.every(({ path, message }) => message.startsWith(`${path}: `)))
})

test('the same file named twice is read once', async () => {
  const { stream, packets } = await readAll(third, third, join(tap, 'old', 'older'))
  assert.deepEqual(
    stream.inputs.map((info) => info.path),
    [third],
  )
  assert.equal(packets.length, 3)
  assert.deepEqual(
    stream.skipped.filter(({ path }) => path === third).map(({ message }) => message),
    [third, third].map((path) => `${path}: the same as ${third}, which is read already.`),
  )
})

test('captures of one file name have names that tell them apart', async () => {
  const file = pcapFile(packetVectors(1))
  const paths = ['a/day/x.pcap', 'b/day/x.pcap', 'b/x.pcap', 'b/y.pcap'].map((path) => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true })
    return folder.write(path, file)
  })
  const { stream } = await readAll(...paths)
  assert.deepEqual(
    stream.inputs.map(({ name }) => name),
    ['a/day/x.pcap', 'b/day/x.pcap', 'b/x.pcap', 'y.pcap'],
  )
})

test('a folder whose captures were all named before is no failure', async () => {
  const { stream } = await readAll(third, join(tap, 'old', 'older'))
  assert.deepEqual(stream.failures, [])
})

test('a folder without captures fails, beside others that can be read', async () => {
  const texts = join(folder.path, 'texts')
  await assert.rejects(openCaptures([texts]), { name: 'CaptureError', message: /the folder holds no captures/ })
  const { stream } = await readAll(texts, second)
  assert.deepEqual(
    stream.failures.map(({ path }) => path),
    [texts],
  )
})
