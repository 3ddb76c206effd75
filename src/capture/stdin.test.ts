import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { temporaryFolder } from './capture.vectors.ts'
import { packetVectors, pcapFile, pcapngFile } from './captures.vectors.ts'

const folder = temporaryFolder()
const CAPTURE = JSON.stringify(new URL('./capture.ts', import.meta.url).href)

/** Reads the captures named as arguments and prints what is known of them. */
const READ = `
  const { openCaptures } = await import(${CAPTURE})
  const stream = await openCaptures(process.argv.slice(1))
  const order = []
  for await (const batch of stream.batches()) for (const { capture, frame } of batch) order.push([capture, frame])
  console.log(JSON.stringify({ order, inputs: stream.inputs, total: stream.bytesTotal }))
`

function script(code: string): string[] {
  return ['--input-type=module', '-e', code, '--']
}

test('standard input is read as one capture beside files, and hashed as received', () => {
  const path = folder.write('file.pcap', pcapFile(packetVectors(2)))
  const input = gzipSync(pcapngFile(packetVectors(2)))
  const { stdout, stderr } = spawnSync(process.execPath, [...script(READ), path, '-'], { input, encoding: 'utf8' })
  assert.equal(stderr, '')
  const { order, inputs, total } = JSON.parse(stdout)
  assert.deepEqual(order, [
    [0, 1],
    [1, 1],
    [0, 2],
    [1, 2],
  ])
  assert.equal(inputs[1].name, 'stdin')
  assert.equal(inputs[1].bytes, input.length)
  assert.equal(inputs[1].sha256, createHash('sha256').update(input).digest('hex'))
  assert.equal(total, null)
})

test('a pipe that is named is read once', { skip: process.platform === 'win32' && 'needs a shell' }, () => {
  const path = folder.write('piped.pcap', pcapFile(packetVectors(3)))
  const command = 'cat "$0" | "$@"'
  const { stdout, stderr } = spawnSync('sh', ['-c', command, path, process.execPath, ...script(READ), '/dev/stdin'], {
    encoding: 'utf8',
  })
  assert.equal(stderr, '')
  const { order, inputs } = JSON.parse(stdout)
  assert.equal(order.length, 3)
  assert.equal(inputs[0].path, '/dev/stdin')
  assert.notEqual(inputs[0].sha256, null)
})

test('closing ends a wait for standard input', async () => {
  const code = `
    const { openCaptures } = await import(${CAPTURE})
    const stream = await openCaptures(['-'])
    let packets = 0
    for await (const batch of stream.batches()) {
      packets += batch.length
      setTimeout(() => stream.close(), 20)
    }
    console.log(JSON.stringify({ packets, damage: stream.inputs[0].damage, sha256: stream.inputs[0].sha256 }))
  `
  const child = spawn(process.execPath, script(code), { stdio: ['pipe', 'pipe', 'inherit'], timeout: 5000 })
  child.stdin.write(pcapFile(packetVectors(3)))
  let printed = ''
  for await (const part of child.stdout) printed += part
  child.stdin.destroy()
  assert.deepEqual(JSON.parse(printed), { packets: 3, damage: null, sha256: null })
})

test('standard input that is empty or no capture is refused', () => {
  for (const [input, sentence] of [
    ['', /standard input: empty/],
    ['hello, world', /standard input: not a capture/],
  ] as const) {
    const { stderr, status } = spawnSync(process.execPath, [...script(READ), '-'], { input, encoding: 'utf8' })
    assert.match(stderr, sentence)
    assert.notEqual(status, 0)
  }
})
