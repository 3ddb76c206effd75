import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CASE_FILES } from '../store/case-folder.ts'
import { ended, start, telltale, temporaryFolder } from './cli.vectors.ts'

const EXAMPLE = 'examples/first-look.pcap'
const folder = temporaryFolder()
const octets = readFileSync(EXAMPLE)
const out = join(folder.path, 'case')

/** Keys of a decoded operation, schema 1, in their order. */
const DECODE_KEYS =
  `schema capture frame time protocol kind operation code opcodeForm applicationContext opc dpc callingGt
callingSsn calledGt calledSsn tcap otid dtid invokeId errorCode imsi msisdn imei nodeAddress cellId sms originHost
originRealm destinationHost destinationRealm userName visitedPlmn routeRecord sessionId applicationId resultCode srcIp
dstIp srcPort dstPort teid apn servingNetwork anomalies fault`.split(/\s+/)

const FINDING_KEYS =
  `schema id detector version class severity confidence title why benign source subject answered firstSeen
lastSeen count techniques evidence evidenceCount`.split(/\s+/)

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('analyze --json prints the case and its findings; --fail-on decides the exit status; report renders again', async () => {
  const args = ['analyze', EXAMPLE, '--out', out, '--json']
  const { status, stdout, stderr } = await telltale([...args, '--fail-on', 'critical'])
  assert.equal(status, 3)
  assert.match(stderr, /^telltale: examples\/network\.yaml says who “we” are [^\n]+\n$/)
  const [facts, ...findings] = linesOf(stdout)
  assert.deepEqual(facts, JSON.parse(readFileSync(join(out, CASE_FILES.case), 'utf8')))
  assert.equal(findings.length, facts.findings)
  for (const finding of findings) assert.deepEqual(Object.keys(finding), FINDING_KEYS)
  const page = readFileSync(join(out, CASE_FILES.report), 'utf8')
  const rendered = await telltale(['report', out])
  assert.deepEqual(rendered, { status: 0, stdout: `${join(out, CASE_FILES.report)}\n`, stderr: '' })
  assert.equal(readFileSync(join(out, CASE_FILES.report), 'utf8'), page)
})

test('analyze --context, given twice: dossiers say who said so, the case with which files', async () => {
  const path = join(folder.path, 'told')
  const own = folder.write(
    'own.csv',
    'type,value,said,by,date\ngt,1246555,let to others,Example Desk,2029\nplanet,Mars,,,\n',
  )
  const list = folder.write('list.json', '{"name":"Ranges","type":"cidr","list":["203.0.113.0/24","198.18.0.0/15"]}')
  const args = ['analyze', EXAMPLE, '--network', 'none', '--out', path, '--context', own, '--context', list]
  const { status, stdout } = await telltale(args)
  assert.equal(status, 0)
  assert.match(stdout, /own\.csv, line 3: its type is none of/)
  const dossiers = linesOf(readFileSync(join(path, CASE_FILES.dossiers), 'utf8'))
  const said = dossiers.flatMap(({ statements }) => statements)
  const [first] = said.filter(({ file }) => file === 'own.csv')
  assert.deepEqual(
    [first.about, first.value, first.said, first.by, first.date, first.place],
    ['sccp-title', '1246555', 'let to others', 'Example Desk', '2029', 'line 2'],
  )
  const facts = JSON.parse(readFileSync(join(path, CASE_FILES.case), 'utf8'))
  assert.deepEqual(
    facts.settings.context.map(({ file, bytes }: { file: string; bytes: number }) => [file, bytes]),
    [own, list].map((file) => [file, readFileSync(file).length]),
  )
})

test('a capture cut in the middle is analysed, its cut named, and the exit status is 0; hostile names are shown as text', async () => {
  const cut = folder.write('cut\x1b[2J\n.pcap', octets.subarray(0, 20_000))
  const { status, stdout, stderr } = await telltale([
    'analyze',
    cut,
    '--out',
    join(folder.path, 'cut'),
    '--fail-on',
    'critical',
  ])
  assert.equal(status, 0)
  assert.match(stderr, /^telltale: \P{Cc}*cut\\x1b\[2J\\x0a\.pcap: \P{Cc}*ends in the middle\P{Cc}*\n$/u)
  assert.match(stdout, /ends in the middle/)
  assert.ok(!stdout.includes('\x1b'))
})

test('an altered case is refused', async () => {
  const path = join(folder.path, 'altered')
  await telltale(['analyze', EXAMPLE, '--network', 'none', '--out', path, '--quiet'])
  for (const text of ['{"schema":1}', '{"schema":2}', 'x']) {
    folder.write(`altered/${CASE_FILES.case}`, text)
    const { status, stderr } = await telltale(['report', path])
    assert.equal(status, 1)
    assert.match(stderr, /^telltale: [^\n]+: not of schema 1: [^\n]+\n$/)
  }
})

test('decode prints every key of the contract, in its order', async () => {
  const { status, stdout, stderr } = await telltale(['decode', EXAMPLE])
  assert.equal(status, 0)
  assert.equal(stderr, '')
  const lines = linesOf(stdout)
  assert.ok(lines.length > 100)
  for (const line of lines) assert.deepEqual(Object.keys(line), DECODE_KEYS)
})

test('decode counts what it did not decode, packets and messages apart', async () => {
  // the first packet alone, its service indicator one that no user part has
  const one = Buffer.from(octets.subarray(0, 24 + 16 + octets.readUInt32LE(24 + 8)))
  const at = one.indexOf(Buffer.from([0x02, 0x10])) + 12
  one[at] = 15
  const { status, stderr } = await telltale(['decode', folder.write('one.pcap', one)])
  assert.equal(status, 0)
  const why = 'si 15 not decoded: protocol is recognised, not decoded.'
  assert.equal(stderr, `telltale: 1 packet of ${why}\ntelltale: 1 message of ${why}\n`)
})

test('decode ends quietly when its reader has gone', async () => {
  const child = start(['decode', EXAMPLE])
  child.stdout?.destroy()
  const { status, stderr } = await ended(child)
  assert.deepEqual([status, stderr], [0, ''])
})

test('standard output that cannot be written is told', {
  skip: !existsSync('/dev/full') && 'no /dev/full',
}, async () => {
  const { status, stderr } = await telltale(['decode', EXAMPLE], {
    stdio: ['pipe', openSync('/dev/full', 'w'), 'pipe'],
  })
  assert.equal(status, 1)
  assert.equal(stderr, 'telltale: Standard output cannot be written: the disk is full.\n')
})

test('what a table prints, --json prints as JSON lines', async () => {
  for (const command of [['detectors'], ['simulate', '--list']]) {
    const [table, json] = [await telltale(command), await telltale([...command, '--json'])]
    assert.deepEqual([table.status, json.status], [0, 0])
    const first = linesOf(json.stdout).map(({ id, name }) => id ?? name)
    assert.deepEqual(
      table.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
      first,
    )
  }
})

test('help and version go to standard output', async () => {
  for (const [args, status, pattern] of [
    [['--help'], 0, /Usage: telltale COMMAND/],
    [['analyze', '--help'], 0, /--context FILE .*--context pegasus.stix2 --context our-notes.csv.*/s],
    [['analyze', '--help'], 0, /--fail-on SEVERITY/],
    [['help', 'decode'], 0, /Usage: telltale decode/],
    [['--version'], 0, /^telltale \d+\.\d+\.\d+\n$/],
    [[], 2, /Usage: telltale COMMAND/],
  ] as const) {
    const result = await telltale(args)
    assert.deepEqual([result.status, result.stderr], [status, ''])
    assert.match(result.stdout, pattern)
  }
})

/** Starts a run whose standard input stays open after `input`, and waits until `seen` holds. */
async function waiting(path: string, input: Uint8Array, seen: () => boolean): Promise<ChildProcess> {
  const child = start(['analyze', '-', '--out', path])
  child.stdin?.on('error', () => undefined)
  child.stdin?.write(input)
  const deadline = Date.now() + 10_000
  while (!seen()) {
    assert.ok(Date.now() < deadline, 'the run did not get under way')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return child
}

const noWindows = { skip: process.platform === 'win32' && 'no such signal', timeout: 20_000 }

test('Ctrl-C: the case holds what was read and says so', noWindows, async () => {
  const path = join(folder.path, 'interrupted')
  const child = await waiting(path, octets.subarray(0, octets.length / 2), () =>
    existsSync(join(path, CASE_FILES.store)),
  )
  child.kill('SIGINT')
  const { status, stderr } = await ended(child)
  assert.equal(status, 130)
  assert.match(stderr, /^telltale: Interrupted: writing what was analysed so far\./)
  assert.doesNotMatch(stderr, /\n\s+at /)
  const facts = JSON.parse(readFileSync(join(path, CASE_FILES.case), 'utf8'))
  assert.equal(facts.complete, false)
  assert.match(facts.interruptions.join('\n'), /interrupted/)
  assert.ok(facts.packets > 50 && facts.packets < 196, `${facts.packets} packets`)
})

test('Ctrl-C twice leaves at once', noWindows, async () => {
  const path = join(folder.path, 'twice')
  const child = await waiting(path, octets.subarray(0, octets.length / 2), () =>
    existsSync(join(path, CASE_FILES.store)),
  )
  const end = ended(child)
  child.kill('SIGINT')
  if (child.stderr !== null) await once(child.stderr, 'data')
  child.kill('SIGINT')
  const { stderr } = await end
  // what a shell reports as 130; a thread inside the database broken off would end it by SIGABRT instead
  assert.equal(child.signalCode, 'SIGINT')
  assert.match(stderr, /^telltale: Interrupted: [^\n]+\n$/)
})

test('Ctrl-C while standard input says nothing leaves no case behind', noWindows, async () => {
  const path = join(folder.path, 'silent')
  const begun = Date.now()
  const child = await waiting(path, new Uint8Array(0), () => Date.now() - begun > 1500)
  child.kill('SIGINT')
  const { status, stderr } = await ended(child)
  assert.equal(status, 130)
  assert.match(stderr, /^telltale: Interrupted before anything was read[^\n]*\n$/)
  assert.equal(existsSync(path), false)
})
