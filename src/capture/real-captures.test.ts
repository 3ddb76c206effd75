import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readAll } from './capture.vectors.ts'

const folder = fileURLToPath(new URL('../../../shared/captures/', import.meta.url))
const skip = existsSync(`${folder}README.md`) ? false : 'the shared captures are not here'

/** Rows of the table in the folder's README: `| path, path | count, count | …`. */
function expectedCounts(): [path: string, packets: number][] {
  const rows = readFileSync(`${folder}README.md`, 'utf8').matchAll(
    /^\| (\S+\.(?:pcap|pcapng|cap)[^|]*) \| ([\d, ]+) \|/gm,
  )
  return [...rows].flatMap(([, paths = '', counts = '']) => {
    const numbers = counts.split(', ').map(Number)
    return paths.split(', ').map((path, i): [string, number] => [path, numbers[i]!])
  })
}

test('captures made by others hold as many packets as their list says', { skip }, async () => {
  const expected = expectedCounts()
  assert.ok(expected.length > 40)
  for (const [path, packets] of expected) {
    const { stream } = await readAll(folder + path)
    assert.deepEqual([path, stream.inputs[0]?.packets, stream.inputs[0]?.damage], [path, packets, null])
  }
})

test('the whole folder at once is one stream in order of time', { skip }, async () => {
  const { stream, packets } = await readAll(folder)
  const expected = expectedCounts().reduce((sum, [, count]) => sum + count, 0)
  assert.equal(packets.length, expected)
  assert.deepEqual(stream.failures, [])
  assert.deepEqual(
    stream.skipped.map(({ path }) => path),
    [`${folder}README.md`],
  )
})
