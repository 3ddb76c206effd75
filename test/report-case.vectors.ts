import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { facts as sourceFacts, vote } from '../src/attribution/attribution.vectors.ts'
import { buildDossiers, type Dossier } from '../src/attribution/dossier.ts'
import type { Campaign } from '../src/campaign/campaign.ts'
import { openCaptures } from '../src/capture/capture.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner, newState } from '../src/detect/runner.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import type { SignallingEvent } from '../src/event/signalling-event.ts'
import type { Case } from '../src/finding/case.ts'
import { FindingCollector } from '../src/finding/collector.ts'
import type { Finding, FindingSource } from '../src/finding/finding.ts'
import { KeptFindings } from '../src/finding/kept-findings.ts'
import { loadNetwork } from '../src/network/network-file.ts'
import { sampleCase, sampleFinding } from '../src/report/report.vectors.ts'
import type { ReportFacts, SourceDossier } from '../src/report/report-facts.ts'
import { CaseStore } from '../src/store/case-store.ts'
import { readReportFacts } from '../src/store/report-facts.ts'

/** Three cases for tests of the report: nothing found, the example capture, and years of invented findings. */

export interface ReportCase {
  readonly name: string
  readonly kase: Case
  readonly findings: readonly Finding[]
  readonly campaigns: readonly Campaign[]
  readonly dossiers: readonly Dossier[]
  readonly facts: ReportFacts
}

/** Nothing was found. */
export async function emptyCase(): Promise<ReportCase> {
  return stored('empty', sampleCase({ findings: 0 }), [], [], [])
}

/** What the detectors find in examples/first-look.pcap. */
export async function smallCase(): Promise<ReportCase> {
  const examples = join(import.meta.dirname, '../examples')
  const network = await loadNetwork(join(examples, 'network.yaml'))
  const captures = await openCaptures([join(examples, 'first-look.pcap')])
  const events: SignallingEvent[] = []
  const findings: Finding[] = []
  const collector = new FindingCollector(
    network,
    (request) => decoder.visibility.couldSeeAnswer(request),
    (finding) => findings.push(finding),
  )
  const runner = new DetectorRunner(DETECTORS, { network, mode: 'test', state: newState() }, (detection) =>
    collector.add(detection),
  )
  const decoder = new EventDecoder(captures.inputs, (event) => {
    runner.take(event)
    collector.take(event)
    events.push(event)
  })
  for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)
  decoder.flush()
  runner.flush()
  collector.flush()
  await captures.close()
  return stored('small', sampleCase({ findings: findings.length }), findings, [], events)
}

const NETWORKS = [
  ['CN', 'Example Telecom China', '8600000'],
  ['BB', 'Example Wireless Barbados', '124655501'],
  ['BS', 'Example Bahamas', '124255501'],
  ['AG', 'Example Antigua', '126855501'],
  ['GY', 'Example Guyana', '592000'],
  ['VG', 'Example Virgin Islands', '128455501'],
  ['FR', 'Example France', '3363998'],
  ['GB', null, '447700900'],
] as const
const CLASSES = [
  ['LOC-01', 'location', 'high'],
  ['LOC-02', 'location', 'high'],
  ['IDN-01', 'identity', 'medium'],
  ['INT-01', 'interception', 'critical'],
  ['SMS-03', 'sms', 'medium'],
  ['SIM-02', 'sim', 'critical'],
  ['GTP-02', 'gtp', 'low'],
] as const
const START_MS = Date.UTC(2018, 0, 1)
const SPAN_MS = Date.UTC(2020, 6, 1) - START_MS

/** Ten thousand findings over two and a half years, and campaigns among them. */
export async function largeCase(count = 10_000): Promise<ReportCase> {
  const findings = Array.from({ length: count }, (_, index) => inventedFinding(index, count))
  const campaigns = Array.from({ length: 30 }, (_, index) => inventedCampaign(index, findings))
  const patterns = campaigns.slice(0, 2).flatMap(inventedPatterns)
  const kase = sampleCase({
    findings: count + patterns.length,
    campaigns: campaigns.length,
    trends: campaigns[0]?.changes ?? [],
    firstSeen: new Date(START_MS).toISOString(),
    lastSeen: new Date(START_MS + SPAN_MS).toISOString(),
    manifest: [{ file: 'findings.ndjson', bytes: 12_345_678, sha256: 'cd'.repeat(32) }],
  })
  return stored('large', kase, [...findings, ...patterns], campaigns, [])
}

function inventedFinding(index: number, count: number): Finding {
  // steps that share no factor, so that nothing lines up by accident
  const [country, operator, prefix] = NETWORKS[(index * 7 + (index >> 5)) % NETWORKS.length] ?? NETWORKS[0]
  const [detector, findingClass, severity] = CLASSES[(index * 5 + (index >> 4)) % CLASSES.length] ?? CLASSES[0]
  const isLte = (index * 13) % 100 < (index / count) * 90
  const ms = START_MS + Math.floor((index / count) * SPAN_MS)
  const node = index % 9
  const source: FindingSource = {
    gt: isLte ? null : `${prefix}${String(node).padStart(2, '0')}`,
    host: isLte ? `mme${node}.epc.mnc099.mcc${460 - node}.3gppnetwork.org` : null,
    realm: isLte ? `epc.mnc099.mcc${460 - node}.3gppnetwork.org` : null,
    ip: '192.0.2.7',
    opc: isLte ? null : 4_000 + node,
    operator,
    country,
    method: isLte ? 'partner realm' : 'partner prefix',
  }
  return sampleFinding({
    id: `F-${index.toString(16).padStart(16, '0')}`,
    detector,
    class: findingClass,
    severity,
    source,
    // a number of the range kept for drama in Australia has a country, the test network has none
    subject:
      index % 3 === 0
        ? { imsi: null, msisdn: `61491570${String(index % 1_000).padStart(3, '0')}` }
        : { imsi: `00101${String((index * 37) % 4_000).padStart(10, '0')}`, msisdn: null },
    answered: [true, false, null][index % 3] ?? null,
    firstSeen: new Date(ms).toISOString(),
    lastSeen: new Date(ms + 60_000).toISOString(),
    count: 1 + (index % 3),
    evidence: Array.from({ length: 1 + (index % 40) }, (_, at) => ({
      capture: `core-${index % 90}.pcapng.zst`,
      frame: index * 50 + at + 1,
    })),
    evidenceCount: 1 + (index % 40),
  })
}

/** Findings about a campaign, as they are made of its patterns. */
function inventedPatterns({ id, firstSeen, lastSeen }: Campaign): Finding[] {
  const whys = [
    [
      'CMP-03',
      'up to 9 addresses took turns on one subscriber within 4 hours, on 7 occasions; by chance with p = 2.6e-9',
    ],
    ['CMP-07', 'mass: 100 requests about 90 subscribers'],
  ] as const
  return whys.map(([detector, why]) =>
    sampleFinding({
      id: `F-${detector}-${id}`,
      detector,
      class: 'campaign',
      severity: 'high',
      why: `Campaign ${id}: ${why}.`,
      subject: { imsi: null, msisdn: null },
      firstSeen,
      lastSeen,
    }),
  )
}

function inventedCampaign(index: number, findings: readonly Finding[]): Campaign {
  const own = findings.filter((_, at) => at % 30 === index)
  const members = [...Map.groupBy(own, ({ source }) => source.gt ?? source.host ?? '')]
    .slice(0, 24)
    .flatMap(([, group]) => {
      const [first] = group
      const last = group.at(-1)
      if (first === undefined || last === undefined) return []
      const { method: _, ...source } = first.source
      return [
        {
          source,
          attempts: group.length,
          subjects: group.length,
          answered: 2,
          firstSeen: first.firstSeen,
          lastSeen: last.lastSeen,
        },
      ]
    })
  return {
    schema: 1,
    id: `C-${index.toString(16).padStart(16, '0')}`,
    title: `${members.length} sources went after the same subscribers`,
    class: 'location',
    scale: index % 4 === 0 ? 'targeted' : 'mass',
    protocols: ['ss7', 'diameter', 'sms'],
    firstSeen: own[0]?.firstSeen ?? '',
    lastSeen: own.at(-1)?.lastSeen ?? '',
    members,
    subjects: 40 + index,
    attempts: own.length,
    coTargeting: index % 3 === 0 ? null : { shared: 20 + index, expected: 3.4, pValue: 10 ** -(3 + index) },
    fingerprints: ['s12_e11221c1c04c', 'd05_8692f7afc6a1'],
    changes: [
      { kind: 'fade', at: '2018-10-01T00:00:00.000Z', uncertaintyDays: 4, from: 'Example Telecom China', to: null },
      { kind: 'rise', at: '2018-11-02T00:00:00.000Z', uncertaintyDays: 9.5, from: null, to: 'Example Guyana' },
      {
        kind: 'succession',
        at: '2018-11-02T00:00:00.000Z',
        uncertaintyDays: 9,
        from: 'Example Telecom China',
        to: 'Example Guyana',
      },
      { kind: 'protocol-shift', at: '2019-04-01T00:00:00.000Z', uncertaintyDays: 3, from: 'ss7', to: 'diameter' },
    ],
    findings: own.map(({ id }) => id),
    hypotheses: [
      {
        statement: 'The operator of record uses the addresses itself',
        for: ['The addresses are its own.'],
        against: ['Its other traffic has another tooling.'],
        weight: 0.2,
      },
      {
        statement: 'Somebody who leases the addresses',
        for: ['Tooling differs from the operator’s other nodes.', 'Addresses of several operators act together.'],
        against: [],
        weight: 0.55,
      },
      {
        statement: 'A look-up company',
        for: [],
        against: ['No routing request for a text message was seen.'],
        weight: 0.25,
      },
    ],
    confidence: 0.85,
  }
}

const HEARSAY = {
  form: 'indicator',
  said: `${'Addresses under this beginning were let to others, a long report says at length. '.repeat(3)}`,
  name: 'Invented',
  by: 'Example Laboratory',
  reference: 'reports.example/2019/a-long-name-of-a-report-that-does-not-break-by-itself-at-all',
  date: '2019-03-01',
  marking: 'TLP:GREEN',
  file: 'invented.stix2',
  place: 'object 17',
} as const

/** Attribution of a source whose addresses do not agree, and of which others have spoken. */
function inventedDossier({ address }: SourceDossier): Dossier {
  const key = `${address.kind === 'opc' ? 'pc' : address.kind}:${address.value}`
  const votes = [
    vote('sccp-title', address.value, 'Example Telecom China', 'CN'),
    vote('point-code', '4001', 'Example Guyana', 'GY'),
  ]
  const fingerprintChanges = [{ from: 's12_e11221c1c04c', to: 's12_7c2204e597a8', timeUs: START_MS * 1000 }]
  const [dossier] = buildDossiers([sourceFacts(key, { votes, fingerprintChanges })], []).values()
  if (dossier === undefined) throw new Error('one source gives one dossier')
  const statements = [
    { ...HEARSAY, about: 'sccp-title' as const, identifier: address.value, value: address.value.slice(0, 6) },
    {
      ...HEARSAY,
      about: 'operator' as const,
      identifier: 'Example Guyana',
      value: 'Example Guyana',
      name: null,
      by: null,
    },
  ]
  return { ...dossier, statements, statementCount: 120 }
}

async function stored(
  name: string,
  kase: Case,
  all: readonly Finding[],
  campaigns: readonly Campaign[],
  events: readonly SignallingEvent[],
): Promise<ReportCase> {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-report-'))
  const file = (part: string) => join(folder, part)
  const linesOf = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  await writeFile(file('findings'), linesOf(all))
  await writeFile(file('campaigns'), linesOf(campaigns))
  const store = new CaseStore({ file: file('db'), findings: file('findings'), campaigns: file('campaigns') })
  for (const event of events) store.append(event)
  await store.close()
  const kept = new KeptFindings()
  for (const finding of all) kept.add(finding)
  const facts = await readReportFacts(file('db'))
  await rm(folder, { recursive: true })
  return {
    name,
    kase,
    findings: kept.list(),
    campaigns,
    dossiers: facts.dossiers.slice(0, 2).map(inventedDossier),
    facts,
  }
}
