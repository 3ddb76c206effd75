import assert from 'node:assert/strict'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openCaptures } from './capture/capture.ts'
import { EventDecoder } from './event/decoder.ts'
import type { CoverageRow } from './finding/case.ts'
import type { Finding } from './finding/finding.ts'
import { EMPTY_NETWORK } from './network/network.ts'
import { loadNetwork } from './network/network-file.ts'
import { type AnalyzeOptions, analyze } from './pipeline.ts'
import { generateTraffic } from './simulate/generate.ts'
import { listScenarios, writeScenario } from './simulate/simulate.ts'
import { CASE_FILES } from './store/case-folder.ts'

const EXAMPLE = 'examples/first-look.pcap'
const NETWORK = 'examples/network.yaml'
const CAPTURES = '../shared/captures'

const root = mkdtempSync(join(tmpdir(), 'pipeline-test-'))
after(() => rmSync(root, { recursive: true }))
let runs = 0

/** Analyses captures into a folder of their own. */
async function run(paths: readonly string[], options: Partial<AnalyzeOptions> = {}) {
  const out = join(root, `case-${++runs}`)
  const analysis = await analyze({
    paths,
    network: EMPTY_NETWORK,
    networkFile: null,
    mode: 'active',
    stateFile: null,
    pseudonyms: null,
    out,
    version: '0',
    signal: new AbortController().signal,
    progress: () => undefined,
    ...options,
  })
  const file = (name: keyof typeof CASE_FILES) => readFileSync(join(out, CASE_FILES[name]), 'utf8')
  return { out, facts: analysis.case, findings: analysis.findings, file }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
const sum = (rows: readonly CoverageRow[]): number => rows.reduce((total, { count }) => total + count, 0)

function assertAccounted(decoder: EventDecoder, name: string): void {
  assert.equal(sum(decoder.packetRows()), decoder.packetCount, `${name}: packets`)
  assert.equal(sum(decoder.messageRows()), decoder.messageCount, `${name}: messages`)
  for (const { protocol, count } of [...decoder.packetRows(), ...decoder.messageRows()])
    assert.ok(count > 0, `${name}: ${protocol} ${count}`)
}

async function decode(path: string): Promise<EventDecoder | null> {
  const captures = await openCaptures([path]).catch(() => null)
  if (captures === null) return null
  const decoder = new EventDecoder(captures.inputs, () => undefined)
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  assert.equal(decoder.packetCount, captures.inputs[0]?.packets, path)
  return decoder
}

test('the example: each attack of its labels is found, and nothing else', async () => {
  const { facts, findings, file } = await run([EXAMPLE], { network: await loadNetwork(NETWORK), networkFile: NETWORK })
  const labels = linesOf(readFileSync('examples/first-look.labels.ndjson', 'utf8'))
  const attacks = labels.filter(({ kind }) => kind === 'attack')
  assert.ok(attacks.length > 0)
  const toText = (detector: string, gt: string | null, who: Finding['subject'], answered: boolean | null): string =>
    `${detector} ${gt} ${who.imsi ?? who.msisdn} ${answered}`
  assert.deepEqual(
    findings.map(({ detector, source, subject, answered }) => toText(detector, source.gt, subject, answered)).sort(),
    attacks.map(({ detectors, source, subject, answered }) => toText(detectors[0], source, subject, answered)).sort(),
  )
  for (const { frames } of attacks) {
    const evidence = findings.map((finding) => finding.evidence.map(({ frame }) => frame))
    assert.ok(
      evidence.some((list) => frames.every((frame: number) => list.includes(frame))),
      `frames ${frames}`,
    )
  }
  assert.deepEqual(linesOf(file('case').replaceAll('\n', '')), [JSON.parse(JSON.stringify(facts))])
  assert.deepEqual(new Set(linesOf(file('findings')).map(({ id }) => id)), new Set(findings.map(({ id }) => id)))
  assert.deepEqual([facts.complete, facts.interruptions, facts.limitations], [true, [], []])
  assert.match(file('report'), /<html/)
})

test('the same input gives the same findings, octet for octet; without network.yaml the case says what is missing', async () => {
  const [first, second] = [await run([EXAMPLE]), await run([EXAMPLE])]
  assert.ok(first.findings.length > 0)
  assert.equal(first.file('findings'), second.file('findings'))
  assert.match(first.facts.limitations.join('\n'), /^No network\.yaml was given/m)
})

test('what network.yaml leaves open, and sets for no detector or threshold there is, is told', async () => {
  const networkFile = join(root, 'settings.yaml')
  const thresholds = '{ LOC-08: { hours: 3, perHour: 2 }, LOC-99: { hours: 3 } }'
  writeFileSync(networkFile, `home: { name: Example Mobile }\nthresholds: ${thresholds}\n`)
  const direction =
    'settings.yaml lists no global titles or point codes of Example Mobile: which way SS7 messages go is inferred from public numbering and the partner list.'
  const { facts } = await run([EXAMPLE], { network: await loadNetwork(networkFile), networkFile })
  assert.deepEqual(
    facts.limitations.map((sentence) => sentence.replace(networkFile, 'settings.yaml')),
    [
      direction,
      'settings.yaml:2: LOC-08 has no threshold perHour (`telltale detectors LOC-08` lists them); what is set for it has no effect.',
      'settings.yaml:2: this version has no detector LOC-99; what is set for it has no effect.',
    ],
  )
})

test('an exception that had run out is told, though it covered nothing; one that holds is not', async () => {
  const networkFile = join(root, 'exceptions.yaml')
  const exception = (gt: string, until: string) =>
    `  - { source: { gt: "${gt}" }, detectors: [LOC-01], reason: agreed, owner: roaming@example.net, until: ${until} }\n`
  const exceptions = exception('99999001', '2020-01-31') + exception('99999002', '2099-12-31')
  const home = 'home: { name: Example Mobile, globalTitles: ["999990"] }'
  writeFileSync(networkFile, `${home}\nexceptions:\n${exceptions}`)
  const { facts } = await run([EXAMPLE], { network: await loadNetwork(networkFile), networkFile })
  assert.deepEqual(
    facts.limitations.map((sentence) => sentence.replace(networkFile, 'exceptions.yaml')),
    [
      'exceptions.yaml:3: the exception for gt 99999001, agreed with roaming@example.net, ended on 2020-01-31: what came later is reported.',
    ],
  )
})

test('decoding on a thread of its own changes nothing', async () => {
  const capture = join(root, 'threads.pcap')
  await writeScenario('first-look', capture)
  const network = await loadNetwork(NETWORK)
  const [here, there] = [
    await run([EXAMPLE, capture], { network, decodeOnThread: false }),
    await run([EXAMPLE, capture], { network, decodeOnThread: true }),
  ]
  assert.ok(here.findings.length > 0)
  for (const name of ['findings', 'campaigns', 'dossiers'] as const) assert.equal(there.file(name), here.file(name))
  assert.deepEqual({ ...there.facts, manifest: [] }, { ...here.facts, manifest: [] })
})

test('two copies of a capture give each message once', async () => {
  const copy = join(root, 'copy.pcap')
  copyFileSync(EXAMPLE, copy)
  const one = await run([EXAMPLE])
  const both = await run([EXAMPLE, copy])
  assert.equal(both.facts.packets, 2 * one.facts.packets)
  assert.equal(both.facts.messages, one.facts.messages)
  assert.equal(both.facts.events, one.facts.events)
  assert.deepEqual(both.facts.operations, one.facts.operations)
  assert.deepEqual(
    both.findings.map(({ id }) => id),
    one.findings.map(({ id }) => id),
  )
  assert.equal(sum(both.facts.packetCoverage), both.facts.packets)
})

test('a capture cut in the middle is analysed up to the cut, and the case says so', async () => {
  const octets = readFileSync(EXAMPLE)
  const cut = join(root, 'cut.pcap')
  writeFileSync(cut, octets.subarray(0, octets.length / 2))
  const { facts, file } = await run([cut])
  assert.ok(facts.packets > 50 && facts.packets < 150)
  assert.equal(facts.complete, false)
  assert.match(facts.inputs[0]?.damage ?? '', /ends in the middle/)
  assert.match(file('report'), /ends in the middle/)
})

test('an input that cannot be read leaves the case of the others incomplete, and named', async () => {
  const { facts } = await run([join(root, 'missing.pcap'), EXAMPLE])
  assert.equal(facts.complete, false)
  assert.match(facts.interruptions.join('\n'), /missing\.pcap: no such file/)
})

test('stopped in the middle, the case holds what was read and says so', async () => {
  const path = join(root, 'long.pcap')
  const { packets } = generateTraffic(path, { messages: 30_000, shape: 'dialogues' })
  const stop = new AbortController()
  const { facts, file } = await run([path], {
    signal: stop.signal,
    progress: (_bytes, _total, read) => read > 0 && stop.abort(),
  })
  assert.ok(facts.packets > 0 && facts.packets < packets, `${facts.packets} of ${packets}`)
  assert.equal(sum(facts.packetCoverage), facts.packets)
  assert.equal(facts.complete, false)
  assert.match(facts.interruptions.join('\n'), /interrupted/)
  assert.deepEqual(JSON.parse(file('case')).interruptions, facts.interruptions)

  const before = new AbortController()
  before.abort()
  const none = await run([path], { signal: before.signal, decodeOnThread: false })
  assert.deepEqual([none.facts.packets, none.facts.complete], [0, false])
})

test('every packet and message of every scenario is accounted for', async () => {
  for (const { name } of listScenarios()) {
    const path = join(root, `${name}.pcap`)
    await writeScenario(name, path)
    const decoder = await decode(path)
    assert.ok(decoder !== null && decoder.messageCount > 0, name)
    assertAccounted(decoder, name)
  }
})

test('every packet and message of real captures is accounted for', {
  skip: !existsSync(CAPTURES) && 'no shared captures',
}, async () => {
  const files = readdirSync(CAPTURES, { recursive: true, encoding: 'utf8' }).map((name) => join(CAPTURES, name))
  let read = 0
  for (const path of files.filter((file) => statSync(file).isFile())) {
    const decoder = await decode(path)
    if (decoder === null) continue
    assertAccounted(decoder, path)
    read++
  }
  assert.ok(read > 10)
})
