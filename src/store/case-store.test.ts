import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { openCaptures } from '../capture/capture.ts'
import { EventDecoder } from '../event/decoder.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { writeScenario } from '../simulate/simulate.ts'
import { CaseStore, StoreError } from './case-store.ts'
import { BATCH_ROWS } from './event-batch.ts'
import { eventColumns } from './event-table.ts'

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
function storeIn(folder: string, names: readonly string[] = ['a.pcap']): { file: string; store: CaseStore } {
  const path = join(root, folder)
  mkdirSync(path)
  writeFileSync(join(path, 'findings'), FINDING)
  writeFileSync(join(path, 'campaigns'), '')
  const file = join(path, 'telltale.duckdb')
  const settings = { file, findings: join(path, 'findings'), campaigns: join(path, 'campaigns'), captures: names }
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
  for (const event of written) {
    store.append(event)
    await store.ready()
  }
  await store.close()
  await store.abandon()
  await withDatabase(file, async (connection) => {
    const columns = eventColumns(['a.pcap'])
    const names = columns.map(({ name }) => (name === 'time' ? 'epoch_us("time")' : `"${name}"`))
    const rows = await rowsOf(connection, `SELECT ${names.join(', ')} FROM events ORDER BY seq`)
    assert.equal(rows.length, written.length)
    for (const [i, event] of written.entries()) {
      const read = rows[i]!.map((value) => (typeof value === 'bigint' ? Number(value) : value))
      assert.deepEqual(
        read,
        columns.map(({ get }) => get(event)),
      )
    }
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

test('more captures than one octet can number keep their names', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `tap-${i}.pcap`)
  const { file, store } = storeIn('many', names)
  for (const [i, name] of names.entries()) store.append({ ...events[0]!, seq: i + 1, capture: name })
  await store.close()
  await withDatabase(file, async (connection) => {
    assert.deepEqual(
      (await rowsOf(connection, 'SELECT capture FROM events ORDER BY seq')).map(([name]) => name),
      names,
    )
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
  const settings = { file: join(root, 'nowhere', 'x.duckdb'), findings: '', campaigns: '', captures: ['a.pcap'] }
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

test('findings that are gone, or a thread that ends, fail the closing', { timeout: 20_000 }, async () => {
  const { file, store } = storeIn('gone')
  rmSync(join(root, 'gone', 'findings'))
  await assert.rejects(store.close(), isOneSentence)
  const abandoned = new CaseStore({ file: `${file}2`, findings: '', campaigns: '', captures: ['a.pcap'] })
  abandoned.append(events[0]!)
  await abandoned.abandon()
  await assert.rejects(abandoned.close(), isOneSentence)
})
