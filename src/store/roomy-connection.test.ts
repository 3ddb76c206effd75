import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import { RoomyConnection } from './roomy-connection.ts'

/** A million numbers, kept: some 8 MB, in a database that may not use the disk. */
const LARGE = 'CREATE TABLE numbers AS SELECT hash(i) AS n FROM range(1000000) r(i)'

async function withDatabase(run: (mostMb: (most: number) => RoomyConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '4MB', temp_directory: '', threads: '1' })
  const connection = await instance.connect()
  try {
    await run((most) => new RoomyConnection(connection, 4, most))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

test('a statement that needs more memory gets it, and is run whole', () =>
  withDatabase(async (roomy) => {
    const database = roomy(1024)
    await database.run(LARGE)
    const rows = await database.runAndReadAll('SELECT count(DISTINCT n)::INTEGER FROM numbers')
    assert.deepEqual(rows.getRows(), [[1_000_000]])
  }))

test('no more than the most, and no second try for what is wrong', () =>
  withDatabase(async (roomy) => {
    await assert.rejects(roomy(8).run(LARGE), /Out of Memory/)
    await assert.rejects(roomy(1024).run('SELECT nothing FROM nowhere'), /nowhere/)
  }))
