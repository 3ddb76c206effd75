// Measures the detectors on simulated captures and writes docs/evaluation.md: node scripts/evaluate.ts [SEEDS] [PROCEDURES] [FIRST]
// FIRST is the first seed, 1 unless told otherwise; the page is written for 1 alone, others are printed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCaptures } from '../src/capture/capture.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner } from '../src/detect/runner.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import { FindingCollector } from '../src/finding/collector.ts'
import type { Finding } from '../src/finding/finding.ts'
import { loadNetwork } from '../src/network/network-file.ts'
import { CATALOGUE, severityOf } from '../src/simulate/catalogue.ts'
import type { Dialect } from '../src/simulate/dialect.ts'
import { playScenario, type ScenarioFiles } from '../src/simulate/scenario.ts'
import { EVASIONS } from '../src/simulate/scenarios/evasion-more.ts'
import { evaluationMix } from '../src/simulate/scenarios/index.ts'
import type { Episode } from '../src/simulate/stage.ts'
import { evaluateCampaigns } from './evaluate-campaigns.ts'

/** What the project wants to reach. */
const REACH = { recall: 0.97, benignPerFalseFinding: 2_000, lookAlikes: 0, rightId: 0.95 }

const seeds = Number(process.argv[2] ?? 10)
const procedures = Number(process.argv[3] ?? 4_000)
const first = Number(process.argv[4] ?? 1)
const dialects: readonly Dialect[] = ['first', 'second']
const installed = new Set(DETECTORS.map(({ id }) => id))

/** An episode and what was found of it. */
interface Judged {
  readonly episode: Episode
  readonly findings: Finding[]
}

interface Row {
  attacks: number
  hits: number
  /** Findings of this detector, and those of them that are about an attack. */
  findings: number
  right: number
  lookAlikes: number
  lookAlikeAlarms: number
}

const rows = new Map(
  CATALOGUE.map(({ id }): [string, Row] => [
    id,
    { attacks: 0, hits: 0, findings: 0, right: 0, lookAlikes: 0, lookAlikeAlarms: 0 },
  ]),
)
const evasionCounts = new Map(EVASIONS.map(({ name }) => [name, { tried: 0, seen: 0, named: 0 }]))
const totals = { benign: 0, false: 0, attacks: 0, hits: 0, rightIds: 0, unjudged: 0, lookAlikes: 0, alarms: 0 }
const examples = new Map<string, number>()
const missed = new Map<string, number>()

const folder = mkdtempSync(join(tmpdir(), 'telltale-evaluate-'))
try {
  for (let seed = first; seed < first + seeds; seed++) {
    for (const dialect of dialects) {
      const files = playScenario(evaluationMix(procedures), seed, { dialect })
      judge(files, await analyse(files))
      process.stderr.write(`seed ${seed}, ${dialect} dialect: ${files.messageCount} messages\n`)
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
const campaigns = first === 1 ? await evaluateCampaigns() : null
const page = campaigns === null ? pageOf() : `${pageOf()}\n${campaigns.section}`
if (first === 1) writeFileSync(join(import.meta.dirname, '../docs/evaluation.md'), page)
process.stdout.write(page)
if (!reached().every(({ isReached }) => isReached) || campaigns?.isReached === false) process.exitCode = 1

async function analyse({ capture, network: yaml }: ScenarioFiles): Promise<Finding[]> {
  const [captureFile, networkFile] = [join(folder, 'capture.pcap'), join(folder, 'network.yaml')]
  writeFileSync(captureFile, capture)
  writeFileSync(networkFile, yaml)
  const network = await loadNetwork(networkFile)
  const captures = await openCaptures([captureFile])
  const findings: Finding[] = []
  const collector = new FindingCollector(
    network,
    (request) => decoder.visibility.couldSeeAnswer(request),
    (finding) => findings.push(finding),
  )
  const runner = new DetectorRunner(DETECTORS, { network }, (detection) => collector.add(detection))
  const decoder = new EventDecoder(captures.inputs, (event) => {
    runner.take(event)
    collector.take(event)
  })
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  runner.flush()
  collector.flush()
  return findings
}

/** Whether a finding is about what a label says: its frames, and its source or its subject. */
function isAbout({ source, subject }: Episode, finding: Finding, frames: ReadonlySet<number>): boolean {
  const { gt, host, ip } = finding.source
  const { imsi, msisdn } = finding.subject
  const isSource = [gt, host, ip].includes(source)
  const isSubject = (imsi !== null && imsi === subject.imsi) || (msisdn !== null && msisdn === subject.msisdn)
  return (isSource || isSubject) && finding.evidence.some(({ frame }) => frames.has(frame))
}

function judge({ episodes, benignCount }: ScenarioFiles, findings: readonly Finding[]): void {
  totals.benign += benignCount
  const judged: Judged[] = episodes.map((episode) => ({ episode, findings: [] }))
  const framesOf = judged.map(({ episode }) => new Set(episode.messages.flatMap(({ frames }) => frames)))
  for (const finding of findings) {
    const its = judged.filter(({ episode }, i) => isAbout(episode, finding, framesOf[i] ?? new Set()))
    for (const { findings: list } of its) list.push(finding)
    const attacks = its.filter(({ episode }) => episode.kind === 'attack')
    const row = rows.get(finding.detector)
    if (row !== undefined) {
      row.findings++
      if (attacks.length > 0) row.right++
    }
    if (attacks.length === 0) {
      totals.false++
      const of = its[0]?.episode
      const what = of === undefined ? 'ordinary traffic' : `${of.kind}: ${of.title}`
      count(examples, `${finding.detector}: ${what}`)
    }
  }
  for (const one of judged) judgeEpisode(one)
}

function judgeEpisode({ episode, findings }: Judged): void {
  const { kind, detectors, match, evasion, title } = episode
  const found = new Set(findings.map(({ detector }) => detector))
  if (kind !== 'attack') {
    totals.lookAlikes++
    if (found.size > 0) totals.alarms++
    for (const id of found) {
      const row = rows.get(id)
      if (row !== undefined) row.lookAlikeAlarms++
    }
    return
  }
  const expected = detectors.filter((id) => installed.has(id))
  if (evasion !== undefined) {
    const counts = evasionCounts.get(evasion)
    if (counts !== undefined) {
      counts.tried++
      if (detectors.some((id) => !id.startsWith('EVA') && found.has(id))) counts.seen++
      if ([...found].some((id) => id.startsWith('EVA'))) counts.named++
    }
  }
  if (severityOf(detectors) === null) return
  if (expected.length === 0) {
    totals.unjudged++
    return
  }
  totals.attacks++
  const right = expected.filter((id) => found.has(id))
  if (found.size > 0) totals.hits++
  else count(missed, `${detectors.join(', ')}: ${title}`)
  if (match === 'any' ? right.length > 0 : right.length === expected.length) totals.rightIds++
  else if (found.size > 0)
    count(missed, `${expected.filter((id) => !found.has(id)).join(', ')} not among ${[...found].join(', ')}: ${title}`)
  for (const id of match === 'any' ? (right.length > 0 ? right : expected.slice(0, 1)) : expected) {
    const row = rows.get(id)
    if (row === undefined) continue
    row.attacks++
    if (found.has(id)) row.hits++
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The numbers that the reach is measured by. */
function reached(): { what: string; value: string; goal: string; isReached: boolean }[] {
  const recall = totals.hits / Math.max(1, totals.attacks)
  const rightId = totals.rightIds / Math.max(1, totals.hits)
  const perFalse = totals.false === 0 ? Number.POSITIVE_INFINITY : totals.benign / totals.false
  const through = [...evasionCounts.values()].filter(({ tried, seen }) => tried > 0 && seen === tried).length
  return [
    {
      what: 'recall over attacks of severity medium and above',
      value: percent(recall),
      goal: `at least ${percent(REACH.recall)}`,
      isReached: recall >= REACH.recall && totals.unjudged === 0,
    },
    {
      what: 'benign messages for each false finding',
      value: perFalse === Number.POSITIVE_INFINITY ? 'no false finding' : Math.round(perFalse).toString(),
      goal: `at least ${REACH.benignPerFalseFinding}`,
      isReached: perFalse >= REACH.benignPerFalseFinding,
    },
    {
      what: 'look-alikes and near misses reported',
      value: `${totals.alarms} of ${totals.lookAlikes}`,
      goal: `${REACH.lookAlikes}`,
      isReached: totals.alarms <= REACH.lookAlikes,
    },
    {
      what: 'hits with the right detector id',
      value: percent(rightId),
      goal: `at least ${percent(REACH.rightId)}`,
      isReached: rightId >= REACH.rightId,
    },
    {
      what: 'evasions seen through every time',
      value: `${through} of ${EVASIONS.length}`,
      goal: `${EVASIONS.length}`,
      isReached: through === EVASIONS.length,
    },
  ]
}

function pageOf(): string {
  const lines = [
    '# Evaluation',
    '',
    `Written by \`npm run evaluate\`. ${seeds} seeds, each in two dialects of encoding: networks, numbers, countries, times`,
    `and encodings are drawn anew for each. Every capture holds two days of roaming with the attacks, near misses and`,
    `look-alikes of all scenarios. The traffic is synthetic: the table shows that the rules follow the protocol and not one`,
    `example; how often an alarm is right in a real network depends on that network.`,
    '',
    'An attack counts as found when any finding names its source or its subject and one of its frames; whether the detector',
    'is the right one is counted apart. A finding is false when it is about no attack. Scenarios and detectors were written',
    'side by side, and both were corrected on these seeds: the numbers are not those of traffic that nobody has seen.',
    '',
    `${totals.benign} benign messages, ${totals.attacks} attacks, ${totals.lookAlikes} look-alikes and near misses.`,
    ...(totals.unjudged > 0
      ? [`${totals.unjudged} attacks are of detectors that are not there yet; they count as not reached.`]
      : []),
    '',
    '| | reached | wanted | |',
    '|---|---|---|---|',
    ...reached().map(
      ({ what, value, goal, isReached }) => `| ${what} | ${value} | ${goal} | ${isReached ? 'yes' : 'no'} |`,
    ),
    '',
    '## By detector',
    '',
    'Precision: findings of the detector that are about an attack. Recall: attacks labelled with it that it reported.',
    '',
    '| detector | attacks | recall | findings | precision | look-alikes reported |',
    '|---|---|---|---|---|---|',
    ...[...rows].map(([id, row]) => rowLine(id, row)),
    '',
    '## Evasions',
    '',
    'A location request, a cancellation and a profile write inside each evasion. Seen through: the attack is reported as',
    'what it is. Named: the evasion is reported too.',
    '',
    '| evasion | tried | seen through | named |',
    '|---|---|---|---|',
    ...[...evasionCounts].map(([name, { tried, seen, named }]) => `| ${name} | ${tried} | ${seen} | ${named} |`),
    ...listOf('False findings', examples),
    ...listOf('Missed, or found by another detector', missed),
  ]
  return `${lines.join('\n')}\n`
}

function rowLine(id: string, row: Row): string {
  if (!installed.has(id)) return `| ${id} | | not installed | | | |`
  const recall = row.attacks === 0 ? '' : percent(row.hits / row.attacks)
  const precision = row.findings === 0 ? '' : percent(row.right / row.findings)
  return `| ${id} | ${row.attacks} | ${recall} | ${row.findings} | ${precision} | ${row.lookAlikeAlarms} |`
}

function listOf(title: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return []
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 40)
  return [
    '',
    `## ${title}`,
    '',
    '| what | times |',
    '|---|---|',
    ...sorted.map(([what, times]) => `| ${what} | ${times} |`),
  ]
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`
}
