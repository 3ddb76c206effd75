import type { Counts, NamedCount, ReportAddress } from '../report/report-facts.ts'
import type { AddressKind } from '../report/tally.ts'
import type { Database } from './roomy-connection.ts'

/** A row of a query, by column. */
export type Row = Readonly<Record<string, unknown>>

const ADDRESS = /^(gt|host|realm|ip|opc) (.*)$/s

/** The rows of a query. */
export async function rowsOf(db: Database, sql: string): Promise<readonly Row[]> {
  return (await db.runAndReadAll(sql)).getRowObjectsJS()
}

/** A column as a number; 0 for what is none. Counts of the database are 64 and 128 bits wide, those of a case below 2^53. */
export function num(row: Row, column: string): number {
  const value = row[column]
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0
}

/** A column as text; empty for what is none. */
export function text(row: Row, column: string): string {
  return textOrNull(row, column) ?? ''
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column]
  return typeof value === 'string' ? value : null
}

/** A column that holds a list of texts. */
export function texts(row: Row, column: string): string[] {
  const value = row[column]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

/** Column `address` of `finding_facts`, its kind before its value. */
export function toAddress(address: string): ReportAddress | null {
  const match = ADDRESS.exec(address)
  return match === null ? null : { kind: match[1] as AddressKind, value: match[2] ?? '' }
}

export function toCounts(row: Row): Counts {
  return {
    attempts: num(row, 'attempts'),
    subjects: num(row, 'subjects'),
    addresses: num(row, 'addresses'),
    answered: num(row, 'answered'),
  }
}

/** Rows of columns `name` and `count`. */
export function toNamedCounts(rows: readonly Row[]): NamedCount[] {
  return rows.map((row) => ({ name: text(row, 'name'), count: num(row, 'count') }))
}
