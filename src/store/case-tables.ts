import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { CASE_FILES } from './case-folder.ts'

/** Why the tables of a case cannot be read or written out: one sentence. */
export class CaseTablesError extends Error {}

/** What the database may hold in memory; beyond it, it uses the disk. */
const MEMORY_LIMIT = '1GB'

/** A value that a query gives: as JSON has it; 64-bit numbers as text. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

/** The tables of a case, open to be read: nothing is ever written to the case's own database. */
export class CaseTables {
  private readonly instance: DuckDBInstance
  private readonly connection: DuckDBConnection
  private readonly scratch: string
  private readonly file: string

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, scratch: string, file: string) {
    this.instance = instance
    this.connection = connection
    this.scratch = scratch
    this.file = file
  }

  /** Opens the tables of the case in `folder`. Throws CaseTablesError when it has none. */
  static async open(folder: string): Promise<CaseTables> {
    const file = join(folder, CASE_FILES.store)
    if ((await stat(file).catch(() => null)) === null) {
      throw new CaseTablesError(`${file} cannot be read: ${folder} holds no tables; run \`telltale analyze\` again.`)
    }
    const scratch = await mkdtemp(join(tmpdir(), 'telltale-tables-'))
    try {
      // nothing is ever fetched, and what does not fit in memory never lands in the case
      const instance = await DuckDBInstance.create(resolve(file), {
        access_mode: 'READ_ONLY',
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        memory_limit: MEMORY_LIMIT,
        temp_directory: scratch,
      })
      return new CaseTables(instance, await instance.connect(), scratch, file)
    } catch (error) {
      await rm(scratch, { recursive: true, force: true })
      throw failed(file, error)
    }
  }

  /** Runs statements that give no rows. */
  async run(...statements: readonly string[]): Promise<void> {
    try {
      for (const sql of statements) await this.connection.run(sql)
    } catch (error) {
      throw failed(this.file, error)
    }
  }

  /** The rows of a query, one at a time. */
  async *rows(sql: string): AsyncGenerator<Readonly<Record<string, Value>>> {
    try {
      const result = await this.connection.stream(sql)
      for await (const rows of result.yieldRowObjectJson()) yield* rows as Record<string, Value>[]
    } catch (error) {
      throw failed(this.file, error)
    }
  }

  /** Fills a temporary table of two columns, a text and an integer. */
  async fill(table: string, rows: Iterable<readonly [string, number]>): Promise<void> {
    const appender = await this.connection.createAppender(table, 'main', 'temp')
    for (const [text, number] of rows) {
      appender.appendVarchar(text)
      appender.appendInteger(number)
      appender.endRow()
    }
    appender.closeSync()
  }

  async close(): Promise<void> {
    this.connection.closeSync()
    this.instance.closeSync()
    await rm(this.scratch, { recursive: true, force: true })
  }
}

/** `text` as an SQL string. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function failed(file: string, error: unknown): CaseTablesError {
  if (error instanceof CaseTablesError) return error
  const message = error instanceof Error ? error.message : String(error)
  const reason = (message.split('\n')[0] ?? '').replace(/^[A-Z][A-Za-z]* Error: /, '').replace(/\.$/, '')
  return new CaseTablesError(`${file}: the tables of the case cannot be read: ${reason}.`)
}
