import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { blankEvent, type SignallingEvent } from '../event/signalling-event.ts'
import type { Finding } from '../finding/finding.ts'
import { sampleFinding } from '../report/report.vectors.ts'
import { CaseStore } from './case-store.ts'
import { CaseTables } from './case-tables.ts'
import { complaintGroups, observations, sourceTraffic } from './source-traffic.ts'

const root = mkdtempSync(join(tmpdir(), 'source-traffic-test-'))
after(() => rmSync(root, { recursive: true }))

const GT = '12465550100'
const HOST = 'mme.example.net'
const IMSI = '001011234567837'
const SOURCE = sampleFinding().source

const from = (values: Partial<SignallingEvent>): SignallingEvent => ({
  ...blankEvent(),
  capture: 'a.pcap',
  kind: 'invoke',
  tcap: 'begin',
  callingGt: GT,
  calledGt: '447700900123',
  otid: '0a0b',
  ...values,
})
const EVENTS: readonly SignallingEvent[] = [
  // two under suspicion, one of which is answered
  from({ operation: 'anyTimeInterrogation', msisdn: '447700900123' }),
  from({ operation: 'anyTimeInterrogation', msisdn: '447700900124' }),
  from({ kind: 'result', answers: 1, callingGt: '447700900011', calledGt: GT }),
  // benign: the same subscriber again, and another one
  from({ operation: 'updateLocation', imsi: IMSI }),
  from({ operation: 'updateLocation', imsi: IMSI }),
  from({ operation: 'updateLocation', imsi: '001011234567838' }),
  from({ kind: 'result', operation: 'sendRoutingInfoForSM' }),
  // another source over Diameter, answered with an error
  from({
    protocol: 'diameter',
    kind: 'request',
    tcap: null,
    callingGt: null,
    calledGt: null,
    originHost: HOST,
    originRealm: 'example.net',
    destinationRealm: 'home.example',
    operation: 'Insert-Subscriber-Data',
    userName: IMSI,
  }),
  from({ protocol: 'diameter', kind: 'answer', tcap: null, callingGt: null, answers: 8, resultCode: 5004 }),
  // nobody's
  from({ callingGt: '33639980011', operation: 'updateLocation' }),
].map((event, i) => ({ ...event, seq: i + 1, frame: i + 1, timeUs: 1_772_438_820_000_000 + i * 1e6 }))

const cites = (...frames: number[]): Partial<Finding> => ({
  evidence: frames.map((frame) => ({ capture: 'a.pcap', frame })),
  evidenceCount: frames.length,
  count: frames.length,
})
const FINDINGS: readonly Finding[] = [
  sampleFinding({ id: 'f1', source: { ...SOURCE, operator: 'Example Roaming' }, ...cites(1, 3), count: 1 }),
  sampleFinding({ id: 'f2', source: { ...SOURCE, operator: 'Example Roaming' }, ...cites(2) }),
  sampleFinding({
    id: 'f3',
    detector: 'EVA-01',
    class: 'evasion',
    severity: 'critical',
    source: { ...SOURCE, operator: 'Example Roaming' },
    ...cites(2),
    count: 9,
  }),
  sampleFinding({
    id: 'f4',
    detector: 'LOC-05',
    severity: 'medium',
    answered: null,
    source: { ...SOURCE, gt: null, host: HOST, realm: 'example.net' },
    ...cites(8, 9),
    count: 1,
  }),
  sampleFinding({ id: 'f5', class: 'campaign', detector: 'CMP-02', count: 500, ...cites(4) }),
  sampleFinding({ id: 'f6', source: { ...SOURCE, gt: '447700900011', method: 'home' }, ...cites(3) }),
]

async function opened(): Promise<CaseTables> {
  writeFileSync(join(root, 'f'), FINDINGS.map((one) => `${JSON.stringify(one)}\n`).join(''))
  writeFileSync(join(root, 'c'), '')
  const store = new CaseStore({
    file: join(root, 'telltale.duckdb'),
    findings: join(root, 'f'),
    campaigns: join(root, 'c'),
  })
  for (const event of EVENTS) store.append(event)
  await store.close()
  return CaseTables.open(root)
}

const tables = await opened()
after(() => tables.close())

test('a block on a source is told with all it would have hit, benign traffic too', async () => {
  const rows = await Array.fromAsync(sourceTraffic(tables))
  assert.deepEqual(
    rows.map(({ kind, value }) => [kind, value]),
    [
      ['gt', GT],
      ['gt', '447700900011'],
      ['host', HOST],
    ],
    'the gravest first',
  )
  const [title, , host] = rows
  assert.deepEqual(
    [title?.findings, title?.messages, title?.requests, title?.subjects, title?.suspicious],
    [3, 6, 5, 4, 5],
    'more than there are requests cannot be suspicious',
  )
  assert.deepEqual(title?.operations, [
    { protocol: 'map', operation: 'updateLocation', requests: 3 },
    { protocol: 'map', operation: 'anyTimeInterrogation', requests: 2 },
  ])
  assert.deepEqual(title?.severities, [
    { severity: 'critical', findings: 1 },
    { severity: 'high', findings: 2 },
  ])
  assert.deepEqual(title?.detectors, ['EVA-01', 'LOC-01'])
  assert.deepEqual([host?.messages, host?.requests, host?.subjects, host?.suspicious], [1, 1, 1, 1])
})

test('a complaint goes to the operator of record, and cites what came from its address', async () => {
  const groups = await Array.fromAsync(complaintGroups(tables))
  assert.deepEqual(
    groups.map(({ number, operator, requests, answered, subjects, uncited }) => [
      number,
      operator,
      requests,
      answered,
      subjects,
      uncited,
    ]),
    [
      [1, 'Example Roaming', 2, 1, 2, 8],
      [2, null, 1, 0, 1, 0],
    ],
    'neither ourselves nor campaigns',
  )
  const messages = await Array.fromAsync(observations(tables))
  assert.deepEqual(
    messages.map(({ group, time, value, called, operation, category, answered, transaction }) => [
      group,
      time.slice(11, 19),
      value,
      called,
      operation,
      category,
      answered,
      transaction,
    ]),
    [
      [1, '08:07:00', GT, 'title with country code 44', 'anyTimeInterrogation', 'location', 'yes', '0a0b'],
      [1, '08:07:01', GT, 'title with country code 44', 'anyTimeInterrogation', 'evasion location', 'no', '0a0b'],
      [2, '08:07:07', HOST, 'home.example', 'Insert-Subscriber-Data', 'location', 'not visible', null],
    ],
  )
  const text = JSON.stringify([groups, messages])
  for (const identity of [IMSI, '447700900123', '447700900124']) assert.ok(!text.includes(identity))
})
