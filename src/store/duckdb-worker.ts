import { parentPort, workerData } from 'node:worker_threads'
import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api'
import duckdb from '@duckdb/node-bindings'
import type { EventBatch } from './event-batch.ts'
import { createEventsSql, eventColumns, SUBJECTS_SQL } from './event-table.ts'
import { FINDING_TABLES } from './finding-tables.ts'
import type { StoreMessage, StoreReply, StoreSettings } from './protocol.ts'

/* The thread that owns the database: takes batches, then the tables of findings and campaigns, and closes it. */

/** What the database may hold in memory; beyond it, it uses the disk. */
const MEMORY_LIMIT = '512MB'
/** Batches handed on together: often enough that compressing and writing go on while reading does. */
const BATCHES_PER_FLUSH = 5

let batches = 0

const settings = workerData as StoreSettings
const columns = eventColumns(settings.captures)
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
      if (message.kind === 'batch') append(state, message.batch)
      else await finish(state)
      port.postMessage({ kind: message.kind === 'batch' ? 'taken' : 'closed' } satisfies StoreReply)
      return state
    })
    queue.catch(fail)
  })
}

interface State {
  readonly instance: DuckDBInstance
  readonly connection: DuckDBConnection
  readonly appender: DuckDBAppender
}

async function open(): Promise<State> {
  // all that is needed is built in: nothing is ever fetched
  const instance = await DuckDBInstance.create(settings.file, {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: MEMORY_LIMIT,
  })
  const connection = await instance.connect()
  // one transaction: a case is written once, and the log would only write everything twice
  await connection.run('BEGIN')
  await connection.run(createEventsSql(columns))
  return { instance, connection, appender: await connection.createAppender('events') }
}

function append({ appender }: State, batch: EventBatch): void {
  const types = columns.map((_, index) => appender.columnType(index))
  const chunk = DuckDBDataChunk.create(types, batch.rows)
  batch.columns.forEach((column, index) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index)
    duckdb.copy_data_to_vector(vector, 0, column.values, 0, column.values.byteLength)
    duckdb.vector_ensure_validity_writable(vector)
    duckdb.copy_data_to_vector_validity(vector, 0, column.validity, 0, column.validity.byteLength)
    column.longRows.forEach((row, i) => {
      duckdb.vector_assign_string_element(vector, row, column.longTexts[i] ?? '')
    })
  })
  appender.appendDataChunk(chunk)
  if (++batches % BATCHES_PER_FLUSH === 0) appender.flushSync()
}

async function finish({ instance, connection, appender }: State): Promise<void> {
  appender.closeSync()
  await connection.run('COMMIT')
  await connection.run(SUBJECTS_SQL)
  for (const { file, sql } of FINDING_TABLES) await connection.run(sql, { path: settings[file] })
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
}
