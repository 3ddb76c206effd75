import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { telltale, temporaryFolder } from './cli.vectors.ts'

const EXAMPLE = 'examples/first-look.pcap'
const folder = temporaryFolder()
const text = folder.write('text.pcap', 'the tap was moved')
const empty = folder.write('empty.pcap', '')
const unreadable = folder.write('unreadable.pcap', readFileSync(EXAMPLE))
chmodSync(unreadable, 0)
const out = join(folder.path, 'case')
mkdirSync(join(folder.path, 'texts'))
folder.write('texts/notes.txt', 'nothing to see')
mkdirSync(join(folder.path, 'mine'))
folder.write('mine/notes.txt', 'mine')
const network = (name: string, yaml: string): string[] => [
  'analyze',
  EXAMPLE,
  '--out',
  out,
  '--network',
  folder.write(name, yaml),
]

const cut = folder.write('cut.pcap', readFileSync(EXAMPLE).subarray(0, 100))

/** Names, arguments, exit status, and the one line on standard error. */
const REFUSALS: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['not a capture', ['analyze', text, '--out', out], 1, /text\.pcap: not a capture/],
  ['not a capture, to decode', ['decode', text], 1, /text\.pcap: not a capture/],
  ['an empty file', ['analyze', empty, '--out', out], 1, /empty\.pcap: empty/],
  ['empty standard input', ['analyze', '-', '--out', out], 1, /standard input: empty/],
  [
    'a capture cut in its first packet',
    ['decode', cut],
    1,
    /cut\.pcap: At file offset 24, the capture ends in the mid/,
  ],
  ['no such file', ['analyze', join(folder.path, 'no.pcap'), '--out', out], 1, /no\.pcap: no such file/],
  ['a folder without captures', ['analyze', join(folder.path, 'texts'), '--out', out], 1, /holds no captures/],
  ['a hostile file name', ['analyze', 'a\nb\x1b[31m.pcap', '--out', out], 1, /a\\x0ab\\x1b\[31m\.pcap: no such file/],
  [
    'a foreign folder',
    ['analyze', EXAMPLE, '--network', 'none', '--out', join(folder.path, 'mine')],
    1,
    /holds something else/,
  ],
  [
    'a folder that is a file',
    ['analyze', EXAMPLE, '--network', 'none', '--out', text],
    1,
    /a file of that name exists/,
  ],
  ['no network.yaml', ['analyze', EXAMPLE, '--out', out, '--network', join(folder.path, 'no.yaml')], 1, /no such file/],
  [
    'an unknown key',
    network('key.yaml', 'home:\n  name: X\n  contry: GB\n  plmns: ["00101"]\n'),
    1,
    /key\.yaml:3:3: .*contry.*country/,
  ],
  ['a wrong type', network('type.yaml', 'home:\n  name: X\n  plmns: 00101\n'), 1, /type\.yaml:3:\d+: /],
  [
    'an overlap',
    network(
      'overlap.yaml',
      'home:\n  name: X\n  plmns: ["00101"]\n  globalTitles: ["4477009"]\npartners:\n  - name: Y\n    globalTitles: ["44770090"]\n',
    ),
    1,
    /overlap\.yaml:7:\d+: /,
  ],
  [
    'no such file of context',
    ['analyze', EXAMPLE, '--out', out, '--context', join(folder.path, 'no.stix2')],
    1,
    /no\.stix2 cannot be read: there is no such file/,
  ],
  [
    'a file of context that is none',
    ['analyze', EXAMPLE, '--out', out, '--context', text],
    1,
    /is not known: give a STIX/,
  ],
  [
    'a folder of context',
    ['analyze', EXAMPLE, '--out', out, '--context', folder.path],
    1,
    /is a folder; name its files/,
  ],
  [
    'a bundle that was cut',
    ['analyze', EXAMPLE, '--out', out, '--context', folder.write('cut.stix2', '{"type":"bundle","objects":[{')],
    1,
    /cut\.stix2 is not valid JSON from octet \d+ on/,
  ],
  ['no case to report', ['report', join(folder.path, 'mine')], 1, /is not a case folder/],
  ['an unknown command', ['constructor'], 2, /no command "constructor"/],
  ['a capture for a command', [EXAMPLE], 2, /telltale analyze/],
  ['an unknown option', ['analyze', EXAMPLE, '--bogus'], 2, /--bogus/],
  ['an option of nothing', ['analyze', EXAMPLE, '--out', ''], 2, /--out is empty/],
  ['a name of nothing', ['analyze', ''], 2, /A name is empty/],
  ['no capture', ['analyze'], 2, /Usage: telltale analyze CAPTURE/],
  ['an unknown severity', ['analyze', EXAMPLE, '--fail-on', 'bad'], 2, /--fail-on takes one of info/],
]

// a few at a time: starting the program is most of the work
test('bad input and wrong usage: one line on standard error, nothing written', { concurrency: 4 }, async (t) => {
  const checks = REFUSALS.map(([name, args, status, sentence]) =>
    t.test(name, async () => {
      const result = await telltale(args)
      assert.equal(result.status, status, result.stderr)
      assert.match(result.stderr, /^telltale: \P{Cc}+\n$/u)
      assert.match(result.stderr, sentence)
      assert.equal(result.stdout, '')
    }),
  )
  await Promise.all(checks)
  assert.equal(existsSync(out), false)
  assert.equal(readFileSync(join(folder.path, 'mine', 'notes.txt'), 'utf8'), 'mine')
})

test('an unreadable file', { skip: process.getuid?.() === 0 && 'root reads every file' }, async () => {
  const { status, stderr } = await telltale(['analyze', unreadable, '--out', out])
  assert.equal(status, 1)
  assert.match(stderr, /^telltale: [^\n]*unreadable\.pcap: permission denied[^\n]*\n$/)
})

test('several bad captures: a line for each', async () => {
  const { status, stderr } = await telltale(['analyze', text, empty, '--out', out])
  assert.equal(status, 1)
  assert.match(stderr, /^telltale: [^\n]*text\.pcap: [^\n]+\ntelltale: [^\n]*empty\.pcap: [^\n]+\n$/)
})

test('a capture cut in its first packet leaves a case that says so, and exit status 1', async () => {
  const { status, stdout } = await telltale(['analyze', cut, '--out', join(folder.path, 'cut')])
  assert.equal(status, 1)
  assert.match(stdout, /The run did not read everything it was given\.\n {2}- cut\.pcap: At file offset 24, /)
})
