import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { telltale, temporaryFolder } from './cli.vectors.ts'
import { EXPORT_FORMATS } from './export-case.ts'
import { findChromium } from './print-pdf.ts'

const EXAMPLE = 'examples/first-look.pcap'
const folder = temporaryFolder()
const out = join(folder.path, 'case')
const key = folder.write('key', `${'8f'.repeat(8)}000102030405060708090a0b0c0d0e0f1011121314151617`)
const analysed = await telltale(['analyze', EXAMPLE, '--out', out, '--quiet'])
assert.equal(analysed.status, 0)

/** Digits of the example's subscribers, in any export that shows them: IMSIs of the test network, numbers asked about. */
const subjects = readFileSync(join(out, 'findings.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .flatMap((line) => Object.values(JSON.parse(line).subject as Record<string, string | null>))
  .filter((identity) => identity !== null)
assert.ok(subjects.length > 0)

const read = (path: string): string => readFileSync(join(out, path), 'utf8')

test('every format is written into the case, stands in its history, and names no subscriber', async () => {
  for (const format of EXPORT_FORMATS.filter((one) => one !== 'pdf')) {
    const { status, stdout, stderr } = await telltale(['report', out, '--format', format])
    assert.deepEqual([status, stderr], [0, ''], format)
    for (const path of stdout.trimEnd().split('\n')) assert.ok(existsSync(path), path)
  }
  const names = readdirSync(join(out, 'exports'), { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((one) => /\.\w+$/.test(one))) {
    const text = readFileSync(join(out, 'exports', name), 'latin1')
    for (const digits of subjects) assert.ok(!text.includes(digits), `${name} holds an identity`)
  }
  assert.equal((await telltale(['verify', out])).status, 0)
  const steps = read('chain.ndjson')
  for (const file of ['exports/events.parquet', 'exports/cef.log', 'exports/stix.json']) assert.ok(steps.includes(file))
  assert.match(steps, /"exports\/complaint\/[^"/]+\/letter\.md"/)
  folder.write('case/exports/cef.log', 'altered')
  const verified = await telltale(['verify', out])
  assert.equal(verified.status, 1)
  assert.match(verified.stderr, /exports\/cef\.log was altered/)
})

test('the same case and options give the same octets', async () => {
  for (const [format, file] of [
    ['ecs', 'ecs.ndjson'],
    ['parquet', 'events.parquet'],
    ['blocklist', 'blocklist.csv'],
  ] as const) {
    await telltale(['report', out, '--format', format])
    const before = readFileSync(join(out, 'exports', file))
    await telltale(['report', out, '--format', format])
    assert.ok(readFileSync(join(out, 'exports', file)).equals(before), file)
  }
})

test('the report is printed as a PDF that can be read', {
  skip: (await findChromium()) === null && 'no Chromium',
}, async (context) => {
  const { status, stderr } = await telltale(['report', out, '--format', 'pdf'], { timeout: 150_000 })
  assert.deepEqual([status, stderr], [0, ''])
  const pdf = readFileSync(join(out, 'exports/report.pdf'))
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const date = JSON.parse(read('case.json')).lastSeen.replace(/\D/g, '').slice(0, 14)
  assert.match(pdf.toString('latin1'), new RegExp(`/CreationDate \\(D:${date}`))
  const printed = spawnSync('pdftotext', [join(out, 'exports/report.pdf'), '-'], { encoding: 'utf8' })
  if (printed.error !== undefined) return context.diagnostic('pdftotext is not installed: the text was not read')
  assert.match(printed.stdout, /Findings by detector/)
})

test('no Chromium is told in one sentence', async () => {
  const env = { ...process.env, TELLTALE_CHROMIUM: join(folder.path, 'none') }
  const { status, stderr } = await telltale(['report', out, '--format', 'pdf'], { env })
  assert.equal(status, 1)
  assert.match(stderr, /^telltale: --format pdf needs Chromium[^\n]+TELLTALE_CHROMIUM\.\n$/)
})

test('what does not go together is told before anything is written', async () => {
  for (const [args, words] of [
    [['--format', 'docx'], /--format takes one of html, pdf/],
    [['--format', 'complaint', '--reveal'], /never names subscribers/],
    [['--format', 'csv', '--min-count', 'few'], /--min-count takes a whole number/],
    [['--format', 'stix', '--tlp', 'blue'], /--tlp takes one of/],
  ] as const) {
    const { status, stderr } = await telltale(['report', out, ...args])
    assert.equal(status, 2)
    assert.match(stderr, words)
  }
})

test('identities that were shown are on record', async () => {
  assert.equal(JSON.parse(read('case.json')).settings.reveal, false)
  await telltale(['report', out, '--format', 'cef', '--reveal'])
  assert.ok(subjects.some((digits) => read('exports/cef.log').includes(digits)))
  assert.equal(JSON.parse(read('case.json')).settings.reveal, true)
  assert.match(read('chain.ndjson').trimEnd().split('\n').at(-1) ?? '', /"reveal":true.*"case\.json"/)
  assert.equal((await telltale(['verify', out])).status, 0)
})

test('a case with exports is replaced, and one with something else among them is not', async () => {
  mkdirSync(join(out, 'exports/complaint/mine'), { recursive: true })
  const notes = folder.write('case/exports/complaint/mine/notes.txt', 'mine')
  const refused = await telltale(['analyze', EXAMPLE, '--out', out, '--quiet'])
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /holds something else \("exports\/complaint\/mine\/notes\.txt"\)/)
  assert.equal(readFileSync(notes, 'utf8'), 'mine')
  await import('node:fs').then(({ rmSync }) => rmSync(notes))
  const replaced = await telltale(['analyze', EXAMPLE, '--out', out, '--quiet', '--pseudonymize', key])
  assert.equal(replaced.status, 0)
  assert.ok(!existsSync(join(out, 'exports')))
})

test('a pseudonymised case holds no identity of the capture, and says by which key', async () => {
  const { settings } = JSON.parse(read('case.json'))
  assert.match(settings.pseudonymize.key, /^[0-9a-f]{8}$/)
  for (const name of readdirSync(out)) {
    const text = readFileSync(join(out, name), 'latin1')
    for (const digits of subjects) assert.ok(!text.includes(digits), `${name} holds an identity`)
  }
  await telltale(['report', out, '--format', 'csv', '--reveal'])
  assert.match(read('exports/findings.csv'), /,(?:44|001\d*)~[a-z2-7]{13},/)
  for (const digits of subjects) assert.ok(!read('exports/events.csv').includes(digits))
  const other = await telltale(['analyze', EXAMPLE, '--out', join(folder.path, 'x'), '--pseudonymize', EXAMPLE])
  assert.equal(other.status, 1)
  assert.match(other.stderr, /^telltale: [^\n]+openssl rand -hex 32[^\n]+\n$/)
})
