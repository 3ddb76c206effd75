import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { blankEvent, type SignallingEvent } from '../event/signalling-event.ts'
import type { Finding } from '../finding/finding.ts'
import type { ReportFacts } from '../report/report-facts.ts'
import { CaseStore } from './case-store.ts'
import { readReportFacts } from './report-facts.ts'

const root = mkdtempSync(join(tmpdir(), 'report-facts-test-'))
after(() => rmSync(root, { recursive: true }))
let folders = 0

const CHINA = {
  gt: '8600000001',
  host: null,
  realm: null,
  ip: '192.0.2.1',
  opc: 77,
  operator: 'Example Telecom',
  country: 'CN',
  method: 'partner prefix',
}
const BARBADOS = { ...CHINA, gt: '12465550101', operator: null, country: 'BB', method: 'public numbering' }
const REALM = 'epc.mnc001.mcc208.3gppnetwork.org'
const FRANCE = { ...CHINA, gt: null, host: `mme.${REALM}`, realm: REALM, operator: null, country: 'FR', opc: null }

let made = 0
function finding(changes: Partial<Finding>): Finding {
  made++
  return {
    schema: 1, id: `F-${made}`, detector: 'LOC-02', version: 1, class: 'location', severity: 'high', confidence: 0.9, title: 't', why: 'w',
    benign: [], source: CHINA, subject: { imsi: '001010000000001', msisdn: null }, answered: true,
    firstSeen: '2018-03-01T00:00:00.000000Z', lastSeen: '2018-03-01T00:00:01.000000Z', count: 1, techniques: [],
    evidence: [{ capture: 'a.pcap', frame: made }], evidenceCount: 1, ...changes,
  } // biome-ignore format: a row
}

async function factsOf(
  findings: readonly Finding[],
  events: readonly SignallingEvent[] = [],
  campaigns: readonly object[] = [],
): Promise<{ facts: ReportFacts; file: string }> {
  const path = join(root, String(++folders))
  mkdirSync(path)
  const file = join(path, 'telltale.duckdb')
  writeFileSync(join(path, 'findings'), findings.map((one) => `${JSON.stringify(one)}\n`).join(''))
  writeFileSync(join(path, 'campaigns'), campaigns.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const store = new CaseStore({ file, findings: join(path, 'findings'), campaigns: join(path, 'campaigns') })
  for (const event of events) store.append(event)
  await store.close()
  return { facts: await readReportFacts(file), file }
}

test('a case without findings has no facts, and no row of yearly shares', async () => {
  const { facts, file } = await factsOf([])
  assert.deepEqual(facts.total, { attempts: 0, subjects: 0, addresses: 0, answered: 0, networks: 0, countries: 0 })
  assert.deepEqual(
    [facts.years, facts.networks, facts.flows, facts.spread, facts.subjects, facts.dossiers],
    [[], [], [], [], [], []],
  )
  assert.deepEqual(await rows(file, 'SELECT * FROM yearly_shares'), [])
})

test('yearly shares are of a year and a generation, and stand in the store', async () => {
  const { facts, file } = await factsOf([
    finding({ count: 6 }),
    finding({ count: 3, subject: { imsi: '001010000000002', msisdn: null }, answered: null }),
    finding({ source: BARBADOS, answered: false }),
    finding({ source: FRANCE, count: 4 }),
    finding({ source: BARBADOS, firstSeen: '2019-01-01T00:00:00.000000Z' }),
  ])
  assert.deepEqual(
    await rows(
      file,
      'SELECT year, generation, country, network, attempts, share, subjects, addresses, answered FROM yearly_shares',
    ),
    [
      [2018, '3g', 'CN', 'Example Telecom', 9, 0.9, 2, 1, 6],
      [2018, '3g', 'BB', null, 1, 0.1, 1, 1, 0],
      [2018, '4g', 'FR', null, 4, 1, 1, 1, 4],
      [2019, '3g', 'BB', null, 1, 1, 1, 1, 1],
    ],
  )
  assert.equal(facts.networks.length, 4)
  assert.equal(facts.period, 'month')
  assert.deepEqual(
    facts.periods.map(({ from, generation, country, attempts }) => [from.slice(0, 7), generation, country, attempts]),
    [
      ['2018-03', '3g', 'BB', 1],
      ['2018-03', '3g', 'CN', 9],
      ['2018-03', '4g', 'FR', 4],
      ['2019-01', '3g', 'BB', 1],
    ],
  )
})

test('a message that two checks report is one attempt; patterns over many are none', async () => {
  const evidence = [{ capture: 'a.pcap', frame: 5_000 }]
  const { facts } = await factsOf([
    finding({ evidence, count: 2 }),
    finding({ evidence, count: 2, detector: 'EVA-04', class: 'evasion' }),
    finding({ evidence, count: 40, detector: 'CMP-02', class: 'campaign', subject: { imsi: null, msisdn: null } }),
  ])
  assert.equal(facts.total.attempts, 2)
  assert.deepEqual(facts.classes.map((row) => [row.class, row.findings, row.attempts]).sort(), [
    ['evasion', 1, 2],
    ['location', 1, 2],
  ])
  assert.deepEqual(
    facts.detectors.map(({ name }) => name),
    ['CMP-02', 'EVA-04', 'LOC-02'],
  )
})

const event = (changes: Partial<SignallingEvent>): SignallingEvent => ({
  ...blankEvent(),
  capture: 'a.pcap',
  protocol: 'map',
  opc: 1,
  kind: 'invoke',
  ...changes,
})

test('a check that names nobody, and one that names the subscriber, report one attempt', async () => {
  const evidence = [{ capture: 'a.pcap', frame: 6_000 }]
  const nobody = { detector: 'EVA-04', class: 'evasion', subject: { imsi: null, msisdn: null } } as const
  const { facts } = await factsOf([finding({ evidence }), finding({ evidence, ...nobody }), finding(nobody)])
  assert.equal(facts.total.attempts, 2)
})

test('the protocol of the first packet tells the generation, the node asked tells where the subscriber was', async () => {
  const at = (frame: number) => [{ capture: 'a.pcap', frame }]
  const { facts } = await factsOf(
    [
      finding({ evidence: at(9_001) }),
      finding({ evidence: at(9_002), source: BARBADOS }),
      finding({ evidence: at(9_003), source: FRANCE, subject: { imsi: null, msisdn: '61491570006' } }),
      finding({
        evidence: at(9_004),
        class: 'gtp',
        source: { ...FRANCE, host: null, realm: null },
        subject: { imsi: '208010000000001', msisdn: null },
      }),
    ],
    [
      event({ seq: 1, frame: 9_001, operation: 'provideSubscriberInfo', calledGt: '447700900001' }),
      event({ seq: 2, frame: 9_002, operation: 'mt-ForwardSM', calledGt: '353209100001' }),
      event({ seq: 3, frame: 9_003, protocol: 'diameter', operation: 'Provide-Location' }),
      event({ seq: 4, frame: 9_004, protocol: 'gtpv2', operation: 'Create Session' }),
    ],
  )
  assert.deepEqual(facts.years.map(({ generation }) => generation).sort(), ['3g', '4g', 'gtp', 'sms'])
  assert.deepEqual(facts.flows.map(({ from, to, basis }) => [from, to, basis]).sort(), [
    ['BB', 'IE', 'serving'],
    ['CN', 'GB', 'serving'],
    ['FR', 'AU', 'home'],
    ['FR', 'FR', 'home'],
  ])
})

test('where the request does not say it, the last registration before it does', async () => {
  const imsi = '208010000000009'
  const { facts } = await factsOf(
    [
      finding({ subject: { imsi, msisdn: null }, firstSeen: '2018-03-02T00:00:00.000000Z' }),
      finding({ subject: { imsi, msisdn: null }, firstSeen: '2018-02-01T00:00:00.000000Z' }),
    ],
    [
      event({
        seq: 1,
        frame: 3,
        operation: 'updateLocation',
        imsi,
        callingGt: '447700900001',
        timeUs: Date.UTC(2018, 2, 1) * 1000,
      }),
    ],
  )
  assert.deepEqual(facts.flows.map(({ to, basis }) => [to, basis]).sort(), [
    ['FR', 'home'],
    ['GB', 'serving'],
  ])
})

test('subscribers abroad are told by country, and those who had just arrived; at home and unknown apart', async () => {
  const french = (last: number) => ({ imsi: `20801000000000${last}`, msisdn: null })
  const at = (day: number) => `2018-03-${String(day).padStart(2, '0')}T00:00:00.000000Z`
  const registered = (last: number, title: string, day: number, seq: number) =>
    event({
      seq,
      frame: 7_000 + seq,
      operation: 'updateLocation',
      imsi: french(last).imsi,
      callingGt: title,
      timeUs: Date.UTC(2018, 2, day) * 1000,
    })
  const [france, britain] = ['33689000001', '447700900001']
  const { facts } = await factsOf(
    [
      // arrived on day 3, asked on day 5 and 20: once within the week is enough
      finding({ subject: french(1), firstSeen: at(5), lastSeen: at(5) }),
      finding({ subject: french(1), firstSeen: at(20), lastSeen: at(20) }),
      // there since day 1: what was registered later in the same country is no arrival
      finding({ subject: french(2), firstSeen: at(21), lastSeen: at(21), source: BARBADOS }),
      finding({ subject: french(3), firstSeen: at(21), lastSeen: at(21) }),
      finding({ subject: french(4), firstSeen: at(2), lastSeen: at(2) }),
      // abroad by where the request was sent, no registration
      finding({
        subject: french(5),
        firstSeen: at(2),
        lastSeen: at(2),
        evidence: [{ capture: 'a.pcap', frame: 8_000 }],
      }),
      finding({
        detector: 'CMP-02',
        class: 'campaign',
        why: 'Campaign C-1: 3 sources shared 4 subscribers.',
        subject: { imsi: null, msisdn: null },
      }),
    ],
    [
      registered(1, france, 1, 1),
      registered(1, britain, 3, 2),
      registered(2, britain, 1, 3),
      registered(2, britain, 20, 4),
      registered(3, france, 20, 5),
      event({ seq: 6, frame: 8_000, operation: 'provideSubscriberInfo', calledGt: '353209100001' }),
    ],
    [{ id: 'C-1', members: [{ source: BARBADOS, firstSeen: at(1), lastSeen: at(30) }] }],
  )
  assert.deepEqual(facts.roaming, {
    days: 7,
    subjects: 5,
    known: 4,
    abroad: 3,
    registered: 2,
    arrived: 1,
    countries: [
      { country: 'GB', subjects: 2, attempts: 3, arrived: 1 },
      { country: 'IE', subjects: 1, attempts: 1, arrived: 0 },
    ],
  })
  const [campaign] = facts.campaigns
  assert.deepEqual(campaign?.patterns, [{ detector: 'CMP-02', why: '3 sources shared 4 subscribers' }])
  assert.deepEqual(campaign.roaming?.countries, [{ country: 'GB', subjects: 1, attempts: 1, arrived: 0 }])
  assert.equal(campaign.roaming.subjects, 1)
})

test('networks by time: the busiest of each generation by name, the rest together', async () => {
  const { facts } = await factsOf(
    Array.from({ length: 10 }, (_, index) =>
      finding({ source: { ...CHINA, gt: `86000000${index}0`, operator: `Operator ${index}` }, count: 20 - index }),
    ),
  )
  const named = facts.networkPeriods.filter(({ network }) => network !== null)
  const others = facts.networkPeriods.filter(({ network }) => network === null)
  assert.deepEqual(
    named.map(({ network }) => network).sort(),
    [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `Operator ${n}`),
  )
  assert.deepEqual(
    others.map(({ country, attempts }) => [country, attempts]),
    [['*', 23]],
  )
})

test('the matrix counts subscribers that two networks asked about within the weeks, not later', async () => {
  const subject = (last: number) => ({ imsi: `00101000000000${last}`, msisdn: null })
  const { facts } = await factsOf([
    finding({ subject: subject(1) }),
    finding({ subject: subject(1), source: BARBADOS, firstSeen: '2018-04-01T00:00:00.000000Z' }),
    finding({ subject: subject(2) }),
    finding({ subject: subject(2), source: BARBADOS, firstSeen: '2018-09-01T00:00:00.000000Z' }),
  ])
  assert.deepEqual(facts.matrix.shared, [[], [1]])
})

test('dossiers keep the kinds of address apart; stories mix protocols in order of time', async () => {
  const { facts } = await factsOf([
    finding({ source: FRANCE, firstSeen: '2018-03-03T00:00:00.000000Z' }),
    finding({ count: 5, answered: false }),
  ])
  const [first] = facts.dossiers
  assert.deepEqual(first?.address, { kind: 'gt', value: '8600000001' })
  assert.deepEqual(first?.beside, [
    { kind: 'ip', value: '192.0.2.1', count: 1 },
    { kind: 'opc', value: '77', count: 1 },
  ])
  assert.equal(first?.notAnswered, 5)
  assert.deepEqual(
    facts.subjects.map(({ generations, shown }) => [generations, shown.map(({ generation }) => generation)]),
    [
      [
        ['3g', '4g'],
        ['3g', '4g'],
      ],
    ],
  )
})

async function rows(file: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    const all = (await connection.runAndReadAll(sql)).getRowsJS()
    return all.map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
