import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { hex } from '../bytes/bytes.vectors.ts'
import { OTA_FRAME, TEXT_FRAME } from '../inspect/inspect.vectors.ts'
import { displayWidth } from '../report/visible-text.ts'
import { telltale, temporaryFolder } from './cli.vectors.ts'

const EXAMPLE = 'examples/first-look.pcap'
const folder = temporaryFolder()

/** A capture of Ethernet frames. Source: draft-ietf-opsawg-pcap, little-endian. */
function capture(name: string, frames: readonly (readonly number[])[]): string {
  const u32le = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24]
  const records = frames.flatMap((frame) => [
    ...u32le(1),
    ...u32le(0),
    ...u32le(frame.length),
    ...u32le(frame.length),
    ...frame,
  ])
  return folder.write(
    name,
    Uint8Array.from([...hex('d4c3b2a1 0200 0400 00000000 00000000 0000 0400 01000000'), ...records]),
  )
}

const MESSAGES = capture('messages.pcap', [TEXT_FRAME, OTA_FRAME])

test('a packet as text: layers, values, ranges, 100 columns, no colour in a pipe', async () => {
  const { status, stdout, stderr } = await telltale(['inspect', MESSAGES, '1'])
  assert.deepEqual([status, stderr], [0, ''])
  const lines = stdout.split('\n')
  assert.match(stdout, /^ +\[0, 174\) {2}Frame {2}1 of messages\.pcap, 174 octets$/m)
  assert.match(stdout, /^ \[62, 174\) {6}M3UA {2}DATA$/m)
  assert.match(stdout, /^ *\[\d+, \d+\) +imsi: 00101\*{8}89$/m)
  assert.match(stdout, /Text: 5 octets, text not shown/)
  assert.match(stdout, /--reveal shows them/)
  assert.ok(!stdout.includes('\x1b'))
  for (const line of lines) assert.ok(displayWidth(line) <= 100, line)
})

test('--json is the same tree', async () => {
  const { status, stdout } = await telltale(['inspect', MESSAGES, '2', '--json'])
  assert.equal(status, 0)
  const { schema, capture: name, frame, masked, layers } = JSON.parse(stdout)
  assert.deepEqual([schema, name, frame, masked], [1, 'messages.pcap', 2, true])
  assert.deepEqual(
    layers.slice(0, 4).map((layer: { name: string }) => layer.name),
    ['Frame', 'Ethernet', 'IPv4', 'SCTP'],
  )
  assert.deepEqual(Object.keys(layers[0]), ['kind', 'name', 'value', 'start', 'end', 'message', 'children'])
  assert.match(stdout, /"name":"Toolkit application","value":"b2ff00","start":179,"end":182,"message":null/)
})

test('--reveal shows identities, --hex the octets but for the text of the message', async () => {
  const { stdout } = await telltale(['inspect', MESSAGES, '1', '--reveal', '--hex'])
  assert.match(stdout, /imsi: 001010123456789/)
  assert.doesNotMatch(stdout, /--reveal shows them/)
  const dump = stdout.slice(stdout.indexOf('\n000000 '))
  assert.match(dump, /^000000 {2}02 00 00 00 00 02 02 00 {2}00 00 00 01 08 00 45 00/m)
  // the IMSI is there, "hello" in seven bits is not
  assert.match(dump, /^0000a0 .* ·· ·· ·· ·· ·· /m)
  assert.doesNotMatch(dump, /e8 ?32 ?9b/)
  const json = await telltale(['inspect', MESSAGES, '1', '--reveal', '--hex', '--json'])
  assert.match(JSON.parse(json.stdout).hex, /05\.{10}$/)
})

test('every frame of the example is shown', async () => {
  const frames = new Set(
    (await telltale(['decode', EXAMPLE])).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).frame),
  )
  for (const frame of [...frames].filter((_, i) => i % 40 === 0)) {
    const { status, stderr } = await telltale(['inspect', EXAMPLE, String(frame)])
    assert.deepEqual([status, stderr], [0, ''])
  }
})

test('one clear sentence for what cannot be shown', async () => {
  const empty = capture('empty.pcap', [])
  const text = folder.write('notes.txt', 'hello')
  const cut = folder.write('cut.pcap', readFileSync(MESSAGES).subarray(0, 230))
  for (const [args, status, pattern] of [
    [[MESSAGES, '3'], 1, /messages\.pcap: has 2 frames, so there is no frame 3\.$/],
    [[empty, '1'], 1, /empty\.pcap: has no frames, so there is no frame 1\.$/],
    [[cut, '2'], 1, /cut\.pcap: has 1 frame, so there is no frame 2\. .*ends in the middle/],
    [[MESSAGES, 'x'], 2, /FRAME takes the number of a packet, from 1, not "x"\.$/],
    [[MESSAGES, '0'], 2, /FRAME takes the number of a packet/],
    [[MESSAGES, '1.5'], 2, /FRAME takes the number of a packet/],
    [[MESSAGES, '1', '--hex'], 2, /give --reveal with it\.$/],
    [[MESSAGES], 2, /^telltale: Usage: telltale inspect CAPTURE FRAME/],
    [[text, '1'], 1, /notes\.txt: not a capture/],
    [['nowhere.pcap', '1'], 1, /nowhere\.pcap: no such file or folder/],
    [[folder.path, '1'], 1, /a folder of \d captures; name one of them/],
  ] as const) {
    const result = await telltale(['inspect', ...args])
    assert.deepEqual([result.status, result.stdout], [status, ''], JSON.stringify(args))
    assert.match(result.stderr.trimEnd(), pattern)
    assert.equal(result.stderr.trimEnd().split('\n').length, 1)
  }
})

test('help', async () => {
  const { status, stdout } = await telltale(['help', 'inspect'])
  assert.equal(status, 0)
  assert.match(stdout, /Usage: telltale inspect CAPTURE FRAME/)
  assert.match(stdout, /telltale inspect capture\.pcap 42/)
})
