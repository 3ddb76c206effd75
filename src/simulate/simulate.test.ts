import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { FICTION_RANGES } from './fiction-ranges.ts'
import { generateTraffic } from './generate.ts'
import { playScenario } from './scenario.ts'
import { farFromHome } from './scenarios/far-from-home.ts'
import { firstLook } from './scenarios/first-look.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { listScenarios, writeScenario } from './simulate.ts'
import { TAG_BEGIN } from './tcap-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'telltale-simulate-'))
after(() => rmSync(folder, { recursive: true }))

const examples = join(import.meta.dirname, '../../examples')

interface Label {
  readonly kind: string
  readonly detectors: readonly string[]
  readonly frames: readonly number[]
  readonly answered: boolean | null
}

interface Truth {
  readonly shares: readonly { year: number; generation: string; country: string; share: number }[]
  readonly attempts: readonly [number, string, string, string][]
  readonly cluster: unknown
}

function labelsOf(text: string): Label[] {
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Label)
}

function frameCount(capture: Uint8Array): number {
  const view = new DataView(capture.buffer, capture.byteOffset, capture.length)
  let frames = 0
  for (let at = 24; at < capture.length; at += 16 + view.getUint32(at + 8, true)) frames++
  return frames
}

test('examples/ holds what the first-look scenario writes', () => {
  const { capture, labels, network } = playScenario(firstLook, 1)
  const how = 'write the example again: telltale simulate first-look --out examples/first-look.pcap'
  assert.ok(Buffer.from(capture).equals(readFileSync(join(examples, 'first-look.pcap'))), how)
  assert.equal(labels, readFileSync(join(examples, 'first-look.labels.ndjson'), 'utf8'), how)
  assert.equal(network, readFileSync(join(examples, 'network.yaml'), 'utf8'), how)
  assert.ok(capture.length < 60_000)
})

for (const scenario of SCENARIOS) {
  test(`${scenario.name}: the seed decides everything, and changes something`, () => {
    const [one, again, other] = [playScenario(scenario, 7), playScenario(scenario, 7), playScenario(scenario, 8)]
    assert.ok(Buffer.from(one.capture).equals(again.capture))
    assert.equal(one.labels, again.labels)
    assert.equal(one.network, again.network)
    assert.ok(!Buffer.from(one.capture).equals(other.capture))
  })

  test(`${scenario.name}: labels point at frames of the capture`, () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { capture, labels, messages } = playScenario(scenario, seed)
      const frames = frameCount(capture)
      assert.ok(messages.every((message) => message.frames.length > 0))
      for (const label of labelsOf(labels)) {
        assert.ok(label.frames.length > 0)
        assert.ok(label.frames.every((frame) => frame >= 1 && frame <= frames))
        assert.equal(label.detectors.length > 0, label.kind === 'attack')
      }
    }
  })
}

test('an attack scenario is named after its detector, and has an attack, a near miss and a look-alike', () => {
  for (const scenario of SCENARIOS.filter(({ name }) => name.startsWith('attack-'))) {
    const labels = labelsOf(playScenario(scenario, 1).labels)
    const id = scenario.name.slice('attack-'.length).replace('-diameter', '').toUpperCase()
    for (const kind of ['attack', 'near-miss', 'look-alike']) assert.ok(labels.some((label) => label.kind === kind))
    assert.ok(
      labels.some((label) => label.kind === 'attack' && label.detectors.includes(id)),
      id,
    )
  }
})

test("a dialogue's messages stand in the capture in their order", () => {
  let pairs = 0
  for (const scenario of SCENARIOS) {
    for (const seed of [1, 2, 3, 4]) {
      const { messages } = playScenario(scenario, seed)
      for (const [i, message] of messages.entries()) {
        if (message.tcap.tag === TAG_BEGIN) continue
        assert.ok(message.frames[0]! > messages[i - 1]!.frames.at(-1)!)
        pairs++
      }
    }
  }
  assert.ok(pairs > 1_000)
})

test('no range of numbers begins another, so that a network.yaml never overlaps', () => {
  for (const one of FICTION_RANGES) {
    for (const other of FICTION_RANGES) assert.ok(one === other || !one.prefix.startsWith(other.prefix))
  }
})

test('the list names every scenario once', () => {
  const names = listScenarios().map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  assert.ok(names.includes('first-look') && names.includes('attack-spf-01'))
})

test('writes capture, labels and network, and refuses to replace them unless told', async () => {
  const out = join(folder, 'one.pcap')
  const files = await writeScenario('attack-loc-01', out, { seed: 3 })
  const before = readFileSync(files.captureFile)
  assert.deepEqual(readdirSync(folder).sort(), ['one.labels.json', 'one.labels.ndjson', 'one.network.yaml', 'one.pcap'])
  await assert.rejects(writeScenario('attack-loc-02', out), /already there/)
  assert.ok(before.equals(readFileSync(out)))
  await writeScenario('attack-loc-02', out, { overwrite: true })
  assert.ok(!before.equals(readFileSync(out)))
  await assert.rejects(writeScenario('attack-loc-03', join(folder, 'one')), /one\.labels\.ndjson is already there/)
})

test('labels as one document: severities, counts, protocols', async () => {
  const files = await writeScenario('attack-int-02', join(folder, 'two.pcap'), { seed: 3 })
  const document = JSON.parse(readFileSync(files.truthFile, 'utf8'))
  assert.equal(document.scenario, 'attack-int-02')
  assert.equal(document.seed, 3)
  const attacks = document.episodes.filter((episode: Label) => episode.kind === 'attack')
  assert.ok(attacks.every((episode: { severity: string }) => episode.severity === 'critical'))
  assert.ok(attacks.every((episode: { protocols: string[] }) => episode.protocols.includes('diameter')))
  assert.ok(document.benignMessages > 100 && document.benignMessages < document.messages)
})

test('the founding case: shares by year, and a null variant with the same sources and subjects', () => {
  const [one, other] = [playScenario(farFromHome(false, 20), 1), playScenario(farFromHome(true, 20), 1)]
  const truth = one.truth as Truth
  const share = (year: number, generation: string, country: string): number =>
    truth.shares.find((row) => row.year === year && row.generation === generation && row.country === country)?.share ??
    0
  assert.ok(Math.abs(share(2018, '3g', 'CN') - 86) < 1)
  assert.ok(Math.abs(share(2019, '3g', 'BB') - 28) < 1)
  assert.ok(Math.abs(share(2019, '3g', 'AG') - 19) < 1)
  assert.ok(share(2019, '4g', 'BB') > 25)
  const shuffled = other.truth as Truth
  assert.deepEqual(
    truth.attempts.map(([, , , imsi]) => imsi).sort(),
    shuffled.attempts.map(([, , , imsi]) => imsi).sort(),
  )
  assert.deepEqual(
    truth.attempts.map(([time, country]) => [time, country]),
    shuffled.attempts.map(([time, country]) => [time, country]),
  )
  assert.notDeepEqual(truth.attempts, shuffled.attempts)
  assert.equal(shuffled.cluster, null)
})

test('an unknown scenario is answered with the names there are', async () => {
  await assert.rejects(
    writeScenario('no-such', join(folder, 'x.pcap')),
    /no scenario "no-such".*first-look.*attack-eva-08/,
  )
  await assert.rejects(writeScenario('first-look', join(folder, 'x.pcap'), { procedures: 3 }), /fixed number/)
})

test('generates exactly the messages asked for, the same each time', () => {
  const [one, two] = [join(folder, 'g1.pcap'), join(folder, 'g2.pcap')]
  for (const shape of ['begins', 'dialogues', 'mixed'] as const) {
    const made = generateTraffic(one, { messages: 3_001, seed: 5, shape, subscribers: 500 })
    generateTraffic(two, { messages: 3_001, seed: 5, shape, subscribers: 500 })
    const file = readFileSync(one)
    assert.equal(made.messages, 3_001)
    assert.equal(made.bytes, file.length)
    assert.equal(made.packets, frameCount(file))
    assert.ok(file.equals(readFileSync(two)))
  }
})
