import { stat } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import type { CaseTrend } from '../finding/case.ts'
import type { ReportFacts } from '../report/report-facts.ts'
import { readBackground } from './background.ts'
import { VALIDITY_BYTES, WIDTHS } from './columns.ts'
import type { EventBatch } from './event-columns.ts'
import { eventTablesSql } from './event-schema.ts'
import { FINDING_TABLES } from './finding-tables.ts'
import type { StoreMessage, StoreReply, StoreSettings } from './protocol.ts'
import { factsOf } from './report-facts.ts'
import { REPORT_TABLES } from './report-tables.ts'
import { writeTrends } from './trend-table.ts'

/* The thread that owns the database: takes batches, then the tables of findings and campaigns, and closes it. */

/** MB that the database may hold in memory while events are written, and when it is asked; beyond it, it uses the disk. */
const WRITING_MB = 96
const ASKING_MB = 256
/** Findings are sorted and counted in memory: a quarter of what their lines take besides, and no more than this in all. */
const MOST_MB = 4_096
const MB = 1 << 20
/** Batches handed on together: often enough that compressing and writing go on while reading does. */
const BATCHES_PER_FLUSH = 5

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
        const { buffer } = message.batch
        append(state, message.batch)
        port.postMessage({ kind: 'taken', buffer } satisfies StoreReply, [buffer])
      } else if (message.kind === 'events') {
        await closeEvents(state)
        const background = await readBackground(state.connection)
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

interface State {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly events: DuckDBAppender
  readonly texts: DuckDBAppender
}

async function open(): Promise<State> {
  // all that is needed is built in: nothing is ever fetched
  const instance = await DuckDBInstance.create(settings.file, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${WRITING_MB}MB`,
  })
  const connection = await instance.connect()
  // one transaction: a case is written once, and the log would only write everything twice
  await connection.run('BEGIN')
  for (const sql of eventTablesSql(settings.columns)) await connection.run(sql)
  const events = await connection.createAppender('event_rows')
  return { instance, connection, events, texts: await connection.createAppender('texts') }
}

function append({ events, texts }: State, batch: EventBatch): void {
  const { rows, buffer } = batch
  const chunk = DuckDBDataChunk.create(
    settings.columns.map((_, index) => events.columnType(index)),
    rows,
  )
  let textColumn = 0
  settings.columns.forEach(({ kind, valuesAt, validityAt }, index) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
    const width = WIDTHS[kind]
    if (width > 0) duckdb.copy_data_to_vector(vector, 0, buffer, valuesAt, rows * width)
    duckdb.vector_ensure_validity_writable(vector)
    duckdb.copy_data_to_vector_validity(vector, 0, buffer, validityAt, VALIDITY_BYTES)
    if (kind !== 'text') return
    const column = batch.texts[textColumn++]
    column?.rows.forEach((row, i) => {
      duckdb.vector_assign_string_element(vector, row, column.texts[i] ?? '')
    })
  })
  events.appendDataChunk(chunk)
  const { first } = batch.labels
  batch.labels.texts.forEach((text, i) => {
    texts.appendInteger(first + i)
    texts.appendVarchar(text)
    texts.endRow()
  })
  if (++batches % BATCHES_PER_FLUSH === 0) events.flushSync()
}

let eventsClosed = false

/** Every event is in its table, to be asked about. */
async function closeEvents({ connection, events, texts }: State): Promise<void> {
  if (eventsClosed) return
  eventsClosed = true
  events.closeSync()
  texts.closeSync()
  await connection.run('COMMIT')
  await allow(connection, ASKING_MB)
}

async function allow(connection: DuckDBConnection, megabytes: number): Promise<void> {
  await connection.run(`SET memory_limit = '${Math.min(MOST_MB, megabytes)}MB'`)
}

async function finish({ instance, connection }: State, trends: readonly CaseTrend[]): Promise<ReportFacts> {
  const { size } = await stat(settings.findings)
  await allow(connection, ASKING_MB + Math.ceil(size / MB / 4))
  for (const { file, sql } of FINDING_TABLES) await connection.run(sql, { path: settings[file] })
  for (const sql of REPORT_TABLES) await connection.run(sql)
  await writeTrends(connection, trends)
  const facts = await factsOf(connection)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  return facts
}
