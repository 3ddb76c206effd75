import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { blankEvent, type SignallingEvent } from '../event/signalling-event.ts'
import { maskImei, maskImsi, maskMsisdn } from '../numbering/mask.ts'
import { CAMPAIGN, FINDINGS } from '../report/exports/intelligence.vectors.ts'
import { CaseStore } from './case-store.ts'
import { CaseTables, CaseTablesError } from './case-tables.ts'
import { EXPORT_TABLES, exportTable, prepareTables, type TableFormat } from './table-export.ts'

const root = mkdtempSync(join(tmpdir(), 'table-export-test-'))
after(() => rmSync(root, { recursive: true }))

const IMSIS = [
  '001011234567837',
  '310410123456789',
  '99999',
  '208011234567890',
  '00101~k7f3q2abcdefg',
  '901281234567890',
]
const NUMBERS = ['447700900123', '12465550100', '7', '33639980011', '999123456789', '44~k7f3q2abcdefg']

const base = (values: Partial<SignallingEvent>): SignallingEvent => ({
  ...blankEvent(),
  capture: 'a.pcap',
  tcap: 'begin',
  kind: 'invoke',
  ...values,
})
const EVENTS: readonly SignallingEvent[] = [
  ...IMSIS.map((imsi) => base({ imsi, imei: '350000001234567' })),
  ...NUMBERS.map((msisdn) => base({ msisdn, calledGt: msisdn, callingGt: '12465550110' })),
  base({
    imsi: '001011234567837',
    calledGt: '4477001234567837',
    callingGt: '=cmd',
    operation: '@x',
    nodeAddress: '-1',
  }),
  base({ kind: 'result', answers: 1, callingGt: '4477001234567837', calledGt: '447700900123' }),
  base({
    protocol: 'diameter',
    userName: '0001011234567837@nai.epc',
    sessionId: 'a;1;2;001011234567837',
    originHost: 'h, "x"\nb',
  }),
  base({ protocol: 'diameter', userName: '00101~k7f3q2abcdefg@ims' }),
  base({ sms: { pid: 0, dcs: 0, udh: null, originator: '447700900125', oaType: null, tpdu: null } }),
  base({ sms: { pid: 0, dcs: 0, udh: null, originator: '12345', oaType: null, tpdu: null } }),
  // towards an HLR: a number that nobody names otherwise, and a node; the answer of the former
  base({ calledSsn: 6, calledGt: '447700900188', callingGt: '33639980099', nodeAddress: '447700900010' }),
  base({ calledSsn: 6, calledGt: '447700900010', callingGt: '33639980099' }),
  base({ kind: 'result', tcap: 'end', callingSsn: 6, callingGt: '447700900188', calledGt: '33639980099' }),
].map((event, i) => ({ ...event, seq: i + 1, frame: i + 1, timeUs: 1_772_438_820_000_000 + i }))

/** Without the finding whose times are none: the store would refuse it. */
const STORED = FINDINGS.filter(({ firstSeen }) => firstSeen.startsWith('20'))

async function caseOf(name: string): Promise<string> {
  const folder = join(root, name)
  mkdirSync(folder)
  writeFileSync(
    join(folder, 'f'),
    STORED.map((one) => `${JSON.stringify(one).replaceAll(/\\ud800/g, '\ufffd')}\n`).join(''),
  )
  writeFileSync(join(folder, 'c'), `${JSON.stringify(CAMPAIGN)}\n`)
  const store = new CaseStore({
    file: join(folder, 'telltale.duckdb'),
    findings: join(folder, 'f'),
    campaigns: join(folder, 'c'),
  })
  for (const event of EVENTS) store.append(event)
  await store.close()
  return folder
}

const folder = await caseOf("it's a case")

/** Writes all tables, and gives the folder they stand in. */
async function written(name: string, format: TableFormat, options = { reveal: false, minCount: 0 }): Promise<string> {
  const out = join(root, name)
  mkdirSync(out)
  const tables = await CaseTables.open(folder)
  try {
    await prepareTables(tables, options)
    for (const table of EXPORT_TABLES) await exportTable(tables, table, format, join(out, table), options)
  } finally {
    await tables.close()
  }
  return out
}

/** Reads a file with DuckDB, which wrote none of what is expected. */
async function rowsOf(file: string, format: TableFormat): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const reader = format === 'csv' ? `read_csv('${file}', all_varchar = true)` : `read_parquet('${file}')`
  const rows = (await connection.runAndReadAll(`SELECT * FROM ${reader}`)).getRowObjectsJson()
  connection.closeSync()
  instance.closeSync()
  return rows
}

test('Parquet read back has every event, its identities masked as reports mask them', async () => {
  const out = await written('masked', 'parquet')
  const rows = await rowsOf(join(out, 'events'), 'parquet')
  assert.equal(rows.length, EVENTS.length)
  for (const [i, row] of rows.entries()) {
    const { imsi, msisdn, imei, seq, frame } = EVENTS[i] ?? assert.fail()
    assert.deepEqual([Number(row.seq), Number(row.frame)], [seq, frame], 'in their order')
    assert.equal(row.imsi, imsi === null ? null : maskImsi(imsi))
    assert.equal(row.msisdn, msisdn === null ? null : maskMsisdn(msisdn))
    assert.equal(row.imei, imei === null ? null : maskImei(imei))
  }
  const by = (i: number): Record<string, unknown> => rows[IMSIS.length + NUMBERS.length + i] ?? assert.fail()
  assert.equal(rows[IMSIS.length]?.called_gt, '44********23', 'a title that is the number asked about')
  assert.equal(rows[IMSIS.length]?.calling_gt, '12465550110')
  assert.deepEqual(
    [by(0).called_gt, by(0).calling_gt],
    ['44************37', '=cmd'],
    'E.214; Parquet knows no formulas',
  )
  assert.deepEqual(
    [by(1).calling_gt, by(1).called_gt],
    ['44************37', '44********23'],
    'its request named the IMSI',
  )
  assert.deepEqual([by(2).user_name, by(2).session_id], ['****************@nai.epc', 'a;1;2;***************'])
  assert.equal(by(3).user_name, '00101~k7f3q2abcdefg@ims')
  assert.deepEqual([by(6).called_gt, by(7).called_gt], ['44********88', '447700900010'])
  assert.deepEqual([by(8).calling_gt, by(8).called_gt], ['44********88', '33639980099'])
  assert.deepEqual([by(4).sms_originator, by(5).sms_originator], ['44********25', '12345'])
})

test('CSV read back is the same, and no cell is a formula', async () => {
  const out = await written('csv', 'csv')
  const rows = await rowsOf(join(out, 'events'), 'csv')
  assert.equal(rows.length, EVENTS.length)
  const row = rows[IMSIS.length + NUMBERS.length] ?? assert.fail()
  assert.deepEqual([row.calling_gt, row.operation, row.node_address], ["'=cmd", "'@x", "'-1"])
  assert.equal(rows[IMSIS.length + NUMBERS.length + 2]?.origin_host, 'h, "x"\nb')
  assert.equal(rows[0]?.time, '2026-03-02T08:07:00.000000Z')
  const text = EXPORT_TABLES.map((table) => readFileSync(join(out, table), 'utf8')).join('\n')
  assert.doesNotMatch(text, /(?:^|,)"?[=@]/m)
  for (const digits of ['1234567837', '447700900123', '447700900125', '310410123456789', '350000001234567'])
    assert.ok(!text.includes(digits.slice(0, -2)), digits)
})

test('findings and campaigns are read back with their facts', async () => {
  const out = await written('facts', 'parquet')
  const findings = await rowsOf(join(out, 'findings'), 'parquet')
  assert.deepEqual(
    findings.map(({ id }) => id),
    STORED.map(({ id }) => id),
  )
  const [first] = findings
  assert.deepEqual(
    [first?.subject_imsi, first?.source_gt, first?.answered, first?.count, first?.evidence],
    ['00101********37', '12465550100', true, '3', ['core.pcap:7', 'core.pcap:9']],
  )
  const [campaign] = await rowsOf(join(out, 'campaigns'), 'parquet')
  assert.deepEqual(
    [campaign?.id, campaign?.subjects, campaign?.shared_subjects, campaign?.protocols],
    [CAMPAIGN.id, '9', '7', ['ss7', 'diameter']],
  )
  assert.equal(JSON.parse(String(campaign?.hypotheses)).length, 2)
  const members = await rowsOf(join(out, 'campaign-members'), 'parquet')
  assert.deepEqual(
    members.map(({ source_gt, attempts }) => [source_gt, attempts]),
    [
      ['12465550100', '30'],
      ['447700900009', '30'],
    ],
  )
})

test('revealed, the tables hold what the case holds', async () => {
  const out = await written('revealed', 'parquet', { reveal: true, minCount: 0 })
  const rows = await rowsOf(join(out, 'events'), 'parquet')
  for (const [i, { imsi, msisdn, userName, calledGt, protocol }] of EVENTS.entries())
    assert.deepEqual(
      [rows[i]?.imsi, rows[i]?.msisdn, rows[i]?.user_name, rows[i]?.called_gt],
      [imsi, msisdn, userName, protocol === 'diameter' ? null : calledGt],
    )
  const findings = await rowsOf(join(out, 'findings'), 'parquet')
  assert.equal(findings[0]?.subject_imsi, '001011234567837')
})

test('small counts are not told', async () => {
  const [csv] = await rowsOf(join(await written('few-csv', 'csv', { reveal: false, minCount: 10 }), 'findings'), 'csv')
  assert.equal(csv?.count, 'fewer than 10')
  const out = await written('few', 'parquet', { reveal: false, minCount: 10 })
  assert.equal((await rowsOf(join(out, 'findings'), 'parquet'))[0]?.count, null)
  const [campaign] = await rowsOf(join(out, 'campaigns'), 'parquet')
  assert.deepEqual([campaign?.subjects, campaign?.attempts], [null, '60'])
})

test('the same case gives the same files, and is not written to', async () => {
  const before = readFileSync(join(folder, 'telltale.duckdb'))
  const [a, b] = [await written('once', 'parquet'), await written('twice', 'parquet')]
  for (const table of EXPORT_TABLES) assert.ok(readFileSync(join(a, table)).equals(readFileSync(join(b, table))), table)
  assert.ok(readFileSync(join(folder, 'telltale.duckdb')).equals(before))
})

test('a folder without tables is told in one sentence', async () => {
  mkdirSync(join(root, 'none'))
  await assert.rejects(CaseTables.open(join(root, 'none')), CaseTablesError)
  writeFileSync(join(root, 'none', 'telltale.duckdb'), 'x'.repeat(20_000))
  await assert.rejects(CaseTables.open(join(root, 'none')), (error) => {
    assert.ok(error instanceof CaseTablesError)
    assert.match(error.message, /^[^\n]+\.$/)
    return true
  })
})
