import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openCaptures } from '../src/capture/capture.ts'
import type { DetectorAccount } from '../src/detect/account.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner } from '../src/detect/runner.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import { FindingCollector } from '../src/finding/collector.ts'
import type { Finding } from '../src/finding/finding.ts'
import { EMPTY_NETWORK, type Network } from '../src/network/network.ts'
import { loadNetwork } from '../src/network/network-file.ts'
import { playScenario, type Scenario } from '../src/simulate/scenario.ts'
import { SCENARIOS } from '../src/simulate/scenarios/index.ts'

/** Seeds decide networks, numbers, countries, times and encodings; odd and even ones write in different dialects. */
const SEEDS = [1, 2]

/** Whether the catalogue as it is installed covers a detector for what a scenario shows. */
function isInstalled(id: string, scenario: Scenario): boolean {
  const operations = DETECTORS.find((detector) => detector.id === id)?.operations
  if (operations === undefined || operations === 'any' || !scenario.name.endsWith('-diameter'))
    return operations !== undefined
  return operations.some((name) => /^[A-Z][a-z]+-/.test(name))
}

/** A line of the labels that go with a simulated capture. */
interface Label {
  readonly kind: 'attack' | 'near-miss' | 'look-alike'
  readonly title: string
  readonly detectors: readonly string[]
  readonly match: 'all' | 'any'
  readonly source: string
  readonly subject: { readonly imsi: string | null; readonly msisdn: string | null }
  readonly answered: boolean | null
  readonly frames: readonly number[]
}

const folder = mkdtempSync(join(tmpdir(), 'telltale-scenarios-'))
after(() => rmSync(folder, { recursive: true }))

async function analyse(
  capture: Uint8Array,
  network: Network,
): Promise<{ findings: Finding[]; accounts: DetectorAccount[]; decoder: EventDecoder }> {
  const file = join(folder, 'capture.pcap')
  writeFileSync(file, capture)
  const captures = await openCaptures([file])
  const findings: Finding[] = []
  const collector = new FindingCollector(
    network,
    (request) => decoder.visibility.couldSeeAnswer(request),
    (finding) => findings.push(finding),
  )
  const runner = new DetectorRunner(DETECTORS, { network }, (detection) => collector.add(detection))
  const decoder = new EventDecoder(captures.inputs, (event) => {
    // a profile in a location update does not repeat whose it is
    if (event.operation === 'insertSubscriberData') assert.notEqual(event.subjectImsi, null)
    runner.take(event)
    collector.take(event)
  })
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  runner.flush()
  collector.flush()
  return { findings, accounts: runner.accounts(), decoder }
}

async function play(scenario: Scenario, seed: number, withNetwork = true) {
  const { capture, labels, network } = playScenario(scenario, seed)
  const file = join(folder, 'network.yaml')
  writeFileSync(file, network)
  const lines = labels.split('\n').filter((line) => line !== '')
  const result = await analyse(capture, withNetwork ? await loadNetwork(file) : EMPTY_NETWORK)
  return { ...result, labels: lines.map((line) => JSON.parse(line) as Label) }
}

/** Whether a finding is about what a label says: its source or its subject, and its frames. */
function isAbout({ source, subject, frames }: Label, { source: found, subject: who, evidence }: Finding): boolean {
  const isSource = [found.gt, found.host, found.ip].includes(source)
  const isSubject =
    (who.imsi !== null && who.imsi === subject.imsi) || (who.msisdn !== null && who.msisdn === subject.msisdn)
  return (isSource || isSubject) && frames.some((frame) => evidence.some((reference) => reference.frame === frame))
}

for (const scenario of SCENARIOS) {
  test(`${scenario.name}: finds every attack and nothing else`, async () => {
    for (const seed of SEEDS) {
      const { findings, labels, decoder } = await play(scenario, seed)
      const about = `${scenario.name}, seed ${seed}`
      const attacks = labels.filter(({ kind }) => kind === 'attack')
      for (const label of attacks) {
        const expected = label.detectors.filter((id) => isInstalled(id, scenario))
        const found = expected.filter((id) => findings.some((f) => f.detector === id && isAbout(label, f)))
        const enough =
          label.match === 'any'
            ? found.length > 0 || expected.length < label.detectors.length
            : found.length === expected.length
        assert.ok(enough, `${about}: ${label.title}: found by ${found.join(', ') || 'nothing'}`)
      }
      for (const finding of findings) {
        const its = attacks.filter((label) => isAbout(label, finding))
        assert.ok(its.length > 0, `${about}: not an attack: ${finding.detector}: ${finding.why}`)
      }
      assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length)
      assert.ok(
        decoder.messageRows().every(({ state }) => state === 'decoded'),
        about,
      )
    }
  })
}

test('the same capture gives the same findings', async () => {
  for (const scenario of [...SCENARIOS.slice(0, 3), ...SCENARIOS.slice(-3)]) {
    const [one, again] = [await play(scenario, 5), await play(scenario, 5)]
    assert.deepEqual(one.findings, again.findings)
    assert.deepEqual(one.accounts, again.accounts)
  }
})

test('agreed traffic is counted where it is not reported', async () => {
  const scenario = SCENARIOS.find(({ name }) => name === 'attack-loc-03') ?? assert.fail()
  for (const seed of SEEDS) {
    const { accounts } = await play(scenario, seed)
    assert.equal(accounts.find(({ id }) => id === 'LOC-03')?.excepted, 1)
  }
})

test('without a network file nothing legitimate is reported, and what could not be checked is counted', async () => {
  let unavailable = 0
  for (const scenario of SCENARIOS) {
    for (const seed of SEEDS.slice(0, 2)) {
      const { findings, labels, accounts } = await play(scenario, seed, false)
      for (const { detector, why, evidence } of findings) {
        const its = labels.filter(({ frames }) => evidence.some(({ frame }) => frames.includes(frame)))
        // agreements stand in the network file
        const isAgreed = its.some(({ title }) => title.endsWith('under an agreed exception'))
        const isAttack = its.some(({ kind }) => kind === 'attack')
        assert.ok(isAgreed || isAttack, `${scenario.name}, seed ${seed}: ${detector}: ${why}`)
      }
      for (const account of accounts) for (const { count } of account.unavailable) unavailable += count
    }
  }
  assert.ok(unavailable > 150)
})
