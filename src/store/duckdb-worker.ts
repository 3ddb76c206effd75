import { parentPort, workerData } from 'node:worker_threads'
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import duckdb, { type Vector } from '@duckdb/node-bindings'
import { type ColumnPlace, VALIDITY_BYTES, WIDTHS } from '../event/columns/column.ts'
import type { FamilyBatch } from '../event/columns/family-columns.ts'
import type { CaseTrend } from '../finding/case.ts'
import type { ReportFacts } from '../report/report-facts.ts'
import { readBackground } from './background.ts'
import { eventTablesSql, rowsTable } from './event-schema.ts'
import { FINDING_TABLES } from './finding-tables.ts'
import type { StoreBatch, StoreMessage, StoreReply, StoreSettings } from './protocol.ts'
import { factsOf } from './report-facts.ts'
import { REPORT_TABLES } from './report-tables.ts'
import { type Database, RoomyConnection } from './roomy-connection.ts'
import { writeTrends } from './trend-table.ts'

/* The thread that owns the database: takes batches, then the tables of findings and campaigns, and closes it. */

/** MB that the database may hold in memory; beyond it, it uses the disk. */
const MEMORY_MB = 96
/** MB that it may hold when it is asked for what cannot be done on the disk. */
const MOST_MB = 4_096
/** Batches handed on together: often enough that compressing and writing go on while reading does. */
const BATCHES_PER_FLUSH = 20

let batches = 0

const settings = workerData as StoreSettings
const port = parentPort

if (port !== null) {
  const fail = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error)
    port.postMessage({ kind: 'failed', message } satisfies StoreReply)
  }
  let queue = open()
  queue.catch(fail)
  port.on('message', (message: StoreMessage) => {
    queue = queue.then(async (state) => {
      if (message.kind === 'batch') {
        append(state, message.batch)
        const buffers = message.batch.families.map(({ buffer }) => buffer)
        port.postMessage({ kind: 'taken', buffers } satisfies StoreReply)
      } else if (message.kind === 'events') {
        await closeEvents(state)
        const background = await readBackground(state.database)
        port.postMessage({ kind: 'background', background } satisfies StoreReply)
      } else {
        await closeEvents(state)
        const facts = await finish(state, message.trends)
        port.postMessage({ kind: 'closed', facts } satisfies StoreReply)
      }
      return state
    })
    queue.catch(fail)
  })
}

/** Where the rows of a family go. */
interface FamilyTable {
  readonly appender: DuckDBAppender
  /** The database's binding takes no shared memory: the batch is copied here first. */
  own: Uint8Array<ArrayBuffer>
  /** Columns of its table, in their order; `text` says which of the batch's texts they take, or is -1. */
  readonly columns: readonly (ColumnPlace & { readonly text: number })[]
}

interface State {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  /** The same, once the events are in. */
  readonly database: Database
  /** As the families of the settings. */
  readonly events: readonly FamilyTable[]
  readonly texts: DuckDBAppender
}

async function open(): Promise<State> {
  // all that is needed is built in: nothing is ever fetched
  const instance = await DuckDBInstance.create(settings.file, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${MEMORY_MB}MB`,
    threads: '1',
  })
  const connection = await instance.connect()
  // one transaction: a case is written once, and the log would only write everything twice
  await connection.run('BEGIN')
  const { families } = settings
  for (const sql of eventTablesSql(families)) await connection.run(sql)
  const events: FamilyTable[] = []
  for (const { family, places } of families) {
    const texts = places.filter(({ kind }) => kind === 'text')
    const columns = places.map((place) => ({ ...place, text: texts.indexOf(place) })).filter(({ isStored }) => isStored)
    events.push({ appender: await connection.createAppender(rowsTable(family)), own: new Uint8Array(0), columns })
  }
  const database = new RoomyConnection(connection, MEMORY_MB, MOST_MB)
  return { instance, connection, database, events, texts: await connection.createAppender('texts') }
}

function append({ events, texts }: State, { families, labels }: StoreBatch): void {
  events.forEach((table, i) => {
    const own = families[i]
    if (own !== undefined && own.rows > 0) appendRows(table, own)
  })
  labels.texts.forEach((text, i) => {
    texts.appendInteger(labels.first + i)
    texts.appendVarchar(text)
    texts.endRow()
  })
  if (++batches % BATCHES_PER_FLUSH === 0) for (const { appender } of events) appender.flushSync()
}

function appendRows(table: FamilyTable, { rows, buffer, texts }: FamilyBatch): void {
  const { appender, columns } = table
  if (table.own.length < buffer.byteLength) table.own = new Uint8Array(buffer.byteLength)
  const { own } = table
  own.set(new Uint8Array(buffer))
  const types = columns.map((_, index) => appender.columnType(index))
  const chunk = DuckDBDataChunk.create(types, rows)
  columns.forEach(({ kind, valuesAt, validityAt, text }, index) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
    const width = WIDTHS[kind]
    if (width > 0) duckdb.copy_data_to_vector(vector, 0, own.buffer, valuesAt, rows * width)
    duckdb.vector_ensure_validity_writable(vector)
    duckdb.copy_data_to_vector_validity(vector, 0, own.buffer, validityAt, VALIDITY_BYTES)
    const column = texts[text]
    if (column !== undefined) assignTexts(vector, own.subarray(validityAt, validityAt + VALIDITY_BYTES), column)
  })
  appender.appendDataChunk(chunk)
}

/** Puts texts into the rows that the bits of `valid` name. */
function assignTexts(vector: Vector, valid: Uint8Array, texts: readonly string[]): void {
  let row = 0
  for (const text of texts) {
    while (((valid[row >> 3] ?? 0xff) & (1 << (row & 7))) === 0) row++
    duckdb.vector_assign_string_element(vector, row++, text)
  }
}

let eventsClosed = false

/** Every event is in its table, to be asked about. */
async function closeEvents({ connection, events, texts }: State): Promise<void> {
  if (eventsClosed) return
  eventsClosed = true
  for (const { appender } of events) appender.closeSync()
  texts.closeSync()
  await connection.run('COMMIT')
}

async function finish({ instance, connection, database }: State, trends: readonly CaseTrend[]): Promise<ReportFacts> {
  for (const { file, sql } of FINDING_TABLES) await database.run(sql, { path: settings[file] })
  for (const sql of REPORT_TABLES) await database.run(sql)
  await writeTrends(database, trends)
  const facts = await factsOf(database)
  await database.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  return facts
}
