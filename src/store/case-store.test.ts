import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { openCaptures } from '../capture/capture.ts'
import { EventColumns } from '../event/columns/event-columns.ts'
import { BATCH_ROWS } from '../event/columns/labels.ts'
import { EventDecoder } from '../event/decoder.ts'
import { blankEvent, type SignallingEvent } from '../event/signalling-event.ts'
import { writeScenario } from '../simulate/simulate.ts'
import { CaseStore, StoreError } from './case-store.ts'

const root = mkdtempSync(join(tmpdir(), 'case-store-test-'))
after(() => rmSync(root, { recursive: true }))

const events: SignallingEvent[] = []
const capture = join(root, 'a.pcap')
await writeScenario('first-look', capture)
const captures = await openCaptures([capture])
const decoder = new EventDecoder(captures.inputs, (event) => events.push(event))
for await (const batch of captures.batches()) for (const packet of batch) decoder.take(packet)

const FINDING =
  '{"schema":1,"id":"F-1","detector":"LOC-01","version":1,"benign":["a","b"],"source":{"gt":"12465550110","opc":null},"answered":null,"firstSeen":"2026-03-02T08:01:05.998837Z","evidence":[{"capture":"a.pcap","frame":7}],"evidenceCount":1}\n'

/** A store in a folder of its own. */
function storeIn(folder: string): { file: string; store: CaseStore } {
  const path = join(root, folder)
  mkdirSync(path)
  writeFileSync(join(path, 'findings'), FINDING)
  writeFileSync(join(path, 'campaigns'), '')
  const file = join(path, 'telltale.duckdb')
  const settings = { file, findings: join(path, 'findings'), campaigns: join(path, 'campaigns') }
  return { file, store: new CaseStore(settings) }
}

async function withDatabase<T>(file: string, read: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    return await read(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const rowsOf = async (connection: DuckDBConnection, sql: string) => (await connection.runAndReadAll(sql)).getRowsJS()

/** What each column of `events` holds. */
const COLUMNS: Readonly<Record<string, (e: SignallingEvent) => string | number | null>> = {
  seq: (e) => e.seq,
  capture: (e) => e.capture,
  frame: (e) => e.frame,
  time: (e) => e.timeUs,
  protocol: (e) => e.protocol,
  kind: (e) => e.kind,
  operation: (e) => e.operation,
  code: (e) => e.code,
  opcode_form: (e) => e.opcodeForm,
  application_context: (e) => e.applicationContext,
  opc: (e) => e.opc,
  dpc: (e) => e.dpc,
  calling_gt: (e) => e.callingGt,
  calling_ssn: (e) => e.callingSsn,
  called_gt: (e) => e.calledGt,
  called_ssn: (e) => e.calledSsn,
  tcap: (e) => e.tcap,
  otid: (e) => e.otid,
  dtid: (e) => e.dtid,
  invoke_id: (e) => e.invokeId,
  error_code: (e) => e.errorCode,
  imsi: (e) => e.imsi,
  msisdn: (e) => e.msisdn,
  imei: (e) => e.imei,
  node_address: (e) => e.nodeAddress,
  cell_id: (e) => e.cellId,
  sms_pid: (e) => e.sms?.pid ?? null,
  sms_dcs: (e) => e.sms?.dcs ?? null,
  sms_udh: (e) => e.sms?.udh ?? null,
  sms_originator: (e) => e.sms?.originator ?? null,
  sms_oa_type: (e) => e.sms?.oaType ?? null,
  origin_host: (e) => e.originHost,
  origin_realm: (e) => e.originRealm,
  destination_host: (e) => e.destinationHost,
  destination_realm: (e) => e.destinationRealm,
  user_name: (e) => e.userName,
  visited_plmn: (e) => e.visitedPlmn,
  route_record: (e) => e.routeRecord?.join(' ') ?? null,
  session_id: (e) => e.sessionId,
  application_id: (e) => e.applicationId,
  result_code: (e) => e.resultCode,
  src_ip: (e) => e.srcIp,
  dst_ip: (e) => e.dstIp,
  src_port: (e) => e.srcPort,
  dst_port: (e) => e.dstPort,
  teid: (e) => e.teid,
  apn: (e) => e.apn,
  serving_network: (e) => e.servingNetwork,
  anomalies: (e) => (e.anomalies.length === 0 ? null : e.anomalies.join(' ')),
  fault: (e) => (e.fault === null ? null : `${e.fault.layer}: ${e.fault.reason} at ${e.fault.offset}`),
  answers: (e) => (e.answers === 0 ? null : e.answers),
  encoding: (e) => e.encoding,
}

const DIAMETER: SignallingEvent = {
  ...blankEvent(),
  capture: 'b.pcap',
  frame: 7,
  protocol: 'diameter',
  operation: 'Update-Location',
  code: 316,
  originHost: 'mme.example.net',
  originRealm: 'example.net',
  destinationHost: 'hss.example.org',
  destinationRealm: 'example.org',
  userName: '001010123456789',
  visitedPlmn: '00101',
  routeRecord: ['a.example.net', 'b.example.net'],
  sessionId: 'mme.example.net;1;2;é',
  applicationId: 16777251,
  resultCode: 2001,
  encoding: 'sid=3',
}

const TUNNEL: SignallingEvent = {
  ...blankEvent(),
  protocol: 'gtpv2',
  teid: '0000abcd',
  apn: 'internet',
  servingNetwork: '00101',
  imsi: '0010101234567890',
}

const INVOKE: SignallingEvent = {
  ...blankEvent(),
  kind: 'invoke',
  sms: { pid: 0, dcs: 4, udh: null, originator: 'x', oaType: 'unknown', tpdu: null },
  opc: 5,
  otid: 'ffffffffffffff',
}

test('events are read back as they were written, under any path', async () => {
  const { file, store } = storeIn("it's [a] *case")
  // more than one batch, with texts and times of every kind
  const written: SignallingEvent[] = []
  while (written.length < BATCH_ROWS + 100)
    written.push(...events.map((event, i) => ({ ...event, seq: written.length + i + 1 })))
  written.push({
    ...events[0]!,
    seq: written.length + 1,
    timeUs: -1,
    opc: 2 ** 32 - 1,
    callingGt: 'é'.repeat(7),
    nodeAddress: '例',
  })
  for (const event of [DIAMETER, TUNNEL, INVOKE]) written.push({ ...event, seq: written.length + 1 })
  for (const event of written) {
    store.append(event)
    await store.ready()
  }
  await store.close()
  await store.abandon()
  await withDatabase(file, async (connection) => {
    const rows = await rowsOf(
      connection,
      `SELECT ${Object.keys(COLUMNS)
        .map((name) => (name === 'time' ? 'epoch_us("time")' : `"${name}"`))
        .join(', ')} FROM events ORDER BY seq`,
    )
    assert.equal(rows.length, written.length)
    for (const [i, event] of written.entries()) {
      const read = rows[i]!.map((value) => (typeof value === 'bigint' ? Number(value) : value))
      assert.deepEqual(
        read,
        Object.values(COLUMNS).map((get) => get(event)),
      )
    }
    const all = await rowsOf(connection, "SELECT column_name FROM duckdb_columns() WHERE table_name = 'events'")
    assert.deepEqual(all.map(([name]) => name).sort(), Object.keys(COLUMNS).sort())
    const ofFamilies = await rowsOf(
      connection,
      "SELECT DISTINCT column_name FROM duckdb_columns() WHERE table_name IN ('ss7_rows', 'diameter_rows', 'gtp_rows')",
    )
    assert.deepEqual(ofFamilies.map(([name]) => name).sort(), Object.keys(COLUMNS).sort())
    const subjects = await rowsOf(
      connection,
      `SELECT count(*) FROM subjects WHERE seq <= ${events.length} AND coalesce(imsi, msisdn) IS NOT NULL`,
    )
    assert.ok(Number(subjects[0]![0]) > 100)
  })
})

test('findings and campaigns are tables', async () => {
  const { file, store } = storeIn('tables')
  await store.close()
  await withDatabase(file, async (connection) => {
    assert.deepEqual(
      await rowsOf(
        connection,
        'SELECT id, benign[2], source.gt, answered, epoch_us(firstSeen), evidence[1].frame, title FROM findings',
      ),
      [['F-1', 'b', '12465550110', null, 1_772_438_465_998_837n, 7n, null]],
    )
    assert.deepEqual(await rowsOf(connection, 'SELECT count(*) FROM campaigns'), [[0n]])
    assert.deepEqual(await rowsOf(connection, 'SELECT count(*) FROM events'), [[0n]])
  })
})

const isOneSentence = (error: unknown): true => {
  assert.ok(error instanceof StoreError, String(error))
  assert.match(
    error.message,
    /^[^\n]+: the database of the case cannot be written: [^\n]+; name another folder with --out\.$/,
  )
  return true
}

test('a database that cannot be made fails at the next chance to tell', { timeout: 20_000 }, async () => {
  const settings = { file: join(root, 'nowhere', 'x.duckdb'), findings: '', campaigns: '' }
  const closed = new CaseStore(settings)
  await assert.rejects(closed.close(), isOneSentence)
  await assert.rejects(closed.close(), isOneSentence)
  const fed = new CaseStore(settings)
  await assert.rejects(async () => {
    for (let i = 0; i < 100 * BATCH_ROWS; i++) {
      fed.append(events[0]!)
      await fed.ready()
    }
  }, isOneSentence)
  await fed.abandon()
})

test('a store that fails gives back what it was handed, so that decoding goes on', { timeout: 20_000 }, async () => {
  const store = new CaseStore({ file: join(root, 'nowhere', 'x.duckdb'), findings: '', campaigns: '' })
  const columns = new EventColumns()
  let given = 0
  const append = (): void => {
    columns.add(events[0]!)
    store.appendBatch(columns.take(), () => given++)
  }
  for (let i = 0; i < 3; i++) append()
  await assert.rejects(store.readBackground(), isOneSentence)
  append()
  assert.equal(given, 4)
  await store.abandon()
})

test('findings that are gone, or a thread that ends, fail the closing', { timeout: 20_000 }, async () => {
  const { file, store } = storeIn('gone')
  rmSync(join(root, 'gone', 'findings'))
  await assert.rejects(store.close(), isOneSentence)
  const abandoned = new CaseStore({ file: `${file}2`, findings: '', campaigns: '' })
  abandoned.append(events[0]!)
  await abandoned.abandon()
  await assert.rejects(abandoned.close(), isOneSentence)
})
