import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
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
  for (const file of ['exports/parquet/events.parquet', 'exports/cef.log', 'exports/stix.json'])
    assert.ok(steps.includes(file))
  assert.match(steps, /"exports\/complaint\/[^"/]+\/letter\.md"/)
  folder.write('case/exports/cef.log', 'altered')
  const verified = await telltale(['verify', out])
  assert.equal(verified.status, 1)
  assert.match(verified.stderr, /exports\/cef\.log was altered/)
})

test('every export has a manifest, and verify says what is not as it was written', async () => {
  const verified = async (path: string): Promise<string> => (await telltale(['verify', path])).stderr
  const exports = join(out, 'exports')
  const manifests = readdirSync(exports, { recursive: true, encoding: 'utf8' }).filter((n) =>
    n.endsWith('manifest.json'),
  )
  const files = manifests.flatMap((path) => {
    const { schema, case: about, files: listed } = JSON.parse(readFileSync(join(exports, path), 'utf8'))
    assert.equal(schema, 1)
    assert.match(about.id, /^C-[0-9a-f]{16}$/)
    assert.match(about.inputs[0].sha256, /^[0-9a-f]{64}$/)
    assert.equal(about.inputs[0].name, path.startsWith('complaint') ? null : 'first-look.pcap')
    return listed.map(({ file }: { file: string }) => join(dirname(path), file))
  })
  const written = readdirSync(exports, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('manifest.json'))
    .map((entry) => relative(exports, join(entry.parentPath, entry.name)))
  assert.deepEqual(files.sort(), written.sort())

  // as somebody has it who was given the folder alone
  const given = join(folder.path, 'given')
  cpSync(join(exports, 'csv'), given, { recursive: true })
  assert.equal(await verified(given), '')
  folder.write('given/events.csv', 'altered')
  rmSync(join(given, 'campaigns.csv'))
  const words = await verified(given)
  assert.match(words, /events\.csv was altered \(\d+ octets then, 7 now; SHA-256 is .*says manifest\.json\.\n/)
  assert.match(words, /campaigns\.csv is missing, says manifest\.json\.\n/)
  folder.write('given/manifest.json', '{"schema":1,"files":[{"file":"../case/case.json","bytes":1,"sha256":""}]}')
  assert.match(await verified(given), /manifest\.json is no manifest of an export/)
  assert.equal(await verified(join(exports, 'stix.json.manifest.json')), '')

  // in the case, a manifest also speaks for files that the history was made to forget
  const chain = read('chain.ndjson')
  folder.write('case/chain.ndjson', chain.slice(0, chain.indexOf('\n') + 1))
  folder.write('case/exports/ecs.ndjson', 'altered')
  assert.match(await verified(out), /exports\/ecs\.ndjson was altered [^\n]*says ecs\.ndjson\.manifest\.json\.\n/)
  folder.write('case/chain.ndjson', chain)
})

test('evidence has a manifest beside it', async () => {
  const { id } = JSON.parse(read('findings.ndjson').split('\n')[0] ?? '')
  const pcapng = join(folder.path, 'cut out.pcapng')
  const lost = join(folder.path, 'nowhere', 'cut.pcapng')
  const refused = await telltale(['evidence', out, id, '--out', lost])
  assert.equal(refused.status, 1)
  assert.equal(
    refused.stderr,
    `telltale: ${lost}: cannot be written: there is no such folder; name another file with --out.\n`,
  )
  const { status, stdout } = await telltale(['evidence', out, id, '--out', pcapng])
  assert.deepEqual([status, stdout.trimEnd().split('\n').at(-1)], [0, `${pcapng}.manifest.json`])
  const manifest = JSON.parse(readFileSync(`${pcapng}.manifest.json`, 'utf8'))
  assert.deepEqual([manifest.export, manifest.options.id], ['evidence', id])
  const chain = readFileSync(join(out, 'chain.ndjson'), 'utf8').trimEnd().split('\n')
  const { step, what } = JSON.parse(chain.at(-1) ?? '') as { step: string; what: { id: string; sha256: string } }
  assert.deepEqual([step, what.id, what.sha256], ['evidence', id, manifest.files[0]?.sha256])
  assert.equal((await telltale(['verify', `${pcapng}.manifest.json`])).status, 0)
  folder.write('cut out.pcapng', 'altered')
  assert.match((await telltale(['verify', `${pcapng}.manifest.json`])).stderr, /cut out\.pcapng was altered/)
})

test('the same case and options give the same octets', async () => {
  for (const [format, file] of [
    ['ecs', 'ecs.ndjson'],
    ['parquet', 'parquet/events.parquet'],
    ['blocklist', 'blocklist/blocklist.csv'],
    ['csv', 'csv/manifest.json'],
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

test('a report with what others said holds it, names its file in the history, and leaves the case as it is', async () => {
  const dossiers = read('dossiers.ndjson')
  const { sourceKey } = JSON.parse(dossiers.split('\n')[0] ?? '')
  const table = folder.write('own.csv', `type,value,said,by\ngt,${sourceKey.slice(3, 10)},<b>let</b>,Example Desk\n`)
  const { status, stderr } = await telltale(['report', out, '--context', table])
  assert.deepEqual([status, stderr], [0, ''])
  assert.match(read('report.html'), /not checked by Telltale.*“&lt;b&gt;let&lt;\/b&gt;”.*Example Desk/s)
  assert.match(read('report.html'), /own\.csv<\/th><td[^>]*>SHA-256 [0-9a-f]{64}/)
  assert.equal(read('dossiers.ndjson'), dossiers)
  assert.match(
    read('chain.ndjson').trimEnd().split('\n').at(-1) ?? '',
    /"context":\[\{"file":"[^"]*own\.csv","bytes":\d+,"sha256":"/,
  )
  assert.doesNotMatch((await telltale(['verify', out])).stderr, /report\.html|dossiers/)
  await telltale(['report', out])
  assert.ok(!read('report.html').includes('Example Desk'))
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
    [['--format', 'stix', '--context', EXAMPLE], /--context goes with the formats html and pdf/],
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
  rmSync(notes)
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
  assert.match(read('exports/csv/findings.csv'), /,(?:44|001\d*)~[a-z2-7]{13},/)
  for (const digits of subjects) assert.ok(!read('exports/csv/events.csv').includes(digits))
  const other = await telltale(['analyze', EXAMPLE, '--out', join(folder.path, 'x'), '--pseudonymize', EXAMPLE])
  assert.equal(other.status, 1)
  assert.match(other.stderr, /^telltale: [^\n]+openssl rand -hex 32[^\n]+\n$/)
})
