import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openCaptures } from '../capture/capture.ts'
import { loadNetwork } from '../network/network-file.ts'
import { analyze } from '../pipeline.ts'
import { CASE_FILES } from '../store/case-folder.ts'
import { cutEvidence, EvidenceError, readFindings } from './cut.ts'

const root = mkdtempSync(join(tmpdir(), 'cut-test-'))
after(() => rmSync(root, { recursive: true }))
const capture = join(root, 'tap.pcap')
copyFileSync('examples/first-look.pcap', capture)
const folder = join(root, 'case')
const network = await loadNetwork('examples/network.yaml')
const RUN = {
  paths: [capture],
  network,
  networkFile: 'examples/network.yaml',
  mode: 'active',
  stateFile: null,
  pseudonyms: null,
  out: folder,
  version: '0',
  signal: new AbortController().signal,
  progress: () => undefined,
} as const
const { case: facts } = await analyze(RUN)
const all = await readFindings(join(folder, CASE_FILES.findings), null)
const options = { folder, facts, about: 'all of it', version: '0', captures: [] }

test('the packets of findings come out as they were, each once, with their findings as comments', async (t) => {
  const out = join(root, 'all.pcapng')
  const { packets, missing, notes } = await cutEvidence({ ...options, findings: all, out })
  const frames = new Set(all.flatMap(({ evidence }) => evidence.map(({ frame }) => frame)))
  assert.deepEqual([packets, missing, notes], [frames.size, 0, []])
  const original = new Map<number, string>()
  for await (const batch of (await openCaptures([capture])).batches())
    for (const { frame, timeUs, bytes, start, end } of batch)
      original.set(frame, `${timeUs} ${Buffer.from(bytes.subarray(start, end)).toString('hex')}`)
  const cut: string[] = []
  for await (const batch of (await openCaptures([out])).batches())
    for (const { timeUs, bytes, start, end } of batch)
      cut.push(`${timeUs} ${Buffer.from(bytes.subarray(start, end)).toString('hex')}`)
  assert.deepEqual(
    cut,
    [...frames].sort((a, b) => a - b).map((frame) => original.get(frame)),
  )
  if (spawnSync('tshark', ['--version']).error !== undefined) return t.skip('tshark is not here')
  const comments = execFileSync('tshark', ['-r', out, '-T', 'fields', '-e', 'frame.comment'], { encoding: 'utf8' })
  for (const { id } of all) assert.ok(comments.includes(id), id)
})

test('one finding by its id', async () => {
  const [first] = all
  assert.ok(first !== undefined)
  const findings = await readFindings(join(folder, CASE_FILES.findings), new Set([first.id]))
  assert.deepEqual(findings, [first])
  assert.deepEqual(await readFindings(join(folder, CASE_FILES.findings), new Set(['F-0'])), [])
})

test('captures of one file name are told apart', async () => {
  const octets = readFileSync(capture)
  let middle = 24
  for (let i = 0; i < 90; i++) middle += 16 + octets.readUInt32LE(middle + 8)
  const halves = [octets.subarray(0, middle), Buffer.concat([octets.subarray(0, 24), octets.subarray(middle)])]
  const paths = halves.map((half, i) => {
    const tap = join(root, `tap-${i}`)
    mkdirSync(tap)
    writeFileSync(join(tap, 'x.pcap'), half)
    return tap
  })
  const out = join(root, 'case-of-two')
  const { case: two } = await analyze({ ...RUN, paths, out })
  const findings = await readFindings(join(out, CASE_FILES.findings), null)
  assert.deepEqual(
    new Set(findings.flatMap(({ evidence }) => evidence.map((one) => one.capture))),
    new Set(['tap-0/x.pcap', 'tap-1/x.pcap']),
  )
  for (const [i, finding] of findings.entries()) {
    const cut = await cutEvidence({ ...options, facts: two, findings: [finding], out: join(root, `${i}.pcapng`) })
    assert.equal(cut.missing, 0, finding.why)
  }
})

test('a capture that is not the one examined is refused, and nothing is left of it', async () => {
  const other = join(root, 'other')
  rmSync(other, { recursive: true, force: true })
  const out = join(root, 'never.pcapng')
  const altered = join(mkdtempSync(join(root, 'moved-')), 'tap.pcap')
  copyFileSync(capture, altered)
  writeFileSync(altered, Buffer.alloc(16), { flag: 'a' })
  await assert.rejects(cutEvidence({ ...options, findings: all, out, captures: [altered] }), (error) => {
    assert.ok(error instanceof EvidenceError)
    assert.match(error.message, /is not the capture that was examined: its SHA-256 is [0-9a-f]{64}, the case holds/)
    return true
  })
  assert.ok(!existsSync(out) && !existsSync(`${out}.part`))
})
