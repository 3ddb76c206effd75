import type { DuckDBConnection } from '@duckdb/node-api'

/** What those need of the database who only make tables and ask. */
export type Database = Pick<DuckDBConnection, 'run' | 'runAndReadAll' | 'createAppender'>

/**
 * A connection whose database has little memory, until a statement needs more: most cases never do, and how much the
 * largest need, only asking tells. Each statement stands for itself, so that a failed one left nothing behind.
 */
export class RoomyConnection implements Database {
  private readonly connection: DuckDBConnection
  private readonly mostMb: number
  private megabytes: number

  /** @param megabytes what the database has now. @param mostMb what it may have at most. */
  constructor(connection: DuckDBConnection, megabytes: number, mostMb: number) {
    this.connection = connection
    this.megabytes = megabytes
    this.mostMb = mostMb
  }

  run: Database['run'] = (sql, values, types) => this.withRoom(() => this.connection.run(sql, values, types))

  runAndReadAll: Database['runAndReadAll'] = (sql, values, types) =>
    this.withRoom(() => this.connection.runAndReadAll(sql, values, types))

  createAppender: Database['createAppender'] = (table, schema, catalog) =>
    this.connection.createAppender(table, schema, catalog)

  private async withRoom<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (this.megabytes >= this.mostMb || !isOutOfMemory(error)) throw error
        this.megabytes = Math.min(this.mostMb, this.megabytes * 2)
        await this.connection.run(`SET memory_limit = '${this.megabytes}MB'`)
      }
    }
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}
