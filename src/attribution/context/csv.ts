import { LIMITS } from '../../limits.ts'
import type { ContextAccount } from './account.ts'
import { type ContextLabel, type PublicContext, shortened } from './public-context.ts'
import { UTF8 } from './record.ts'
import type { ContextKind } from './values.ts'

/** Words of the column `type`. */
const KINDS: Readonly<Record<string, ContextKind>> = {
  gt: 'title',
  title: 'title',
  host: 'domain',
  realm: 'domain',
  domain: 'domain',
  ip: 'ip',
  opc: 'point-code',
  'point-code': 'point-code',
  operator: 'name',
  name: 'name',
}
const COLUMNS = ['type', 'value', 'said', 'by', 'reference', 'date'] as const
/** Other words for them. */
const ALIASES: Readonly<Record<string, (typeof COLUMNS)[number]>> = { source: 'by', url: 'reference', since: 'date' }
const LINE_FEED = 0x0a
const NAMES = LIMITS.contextNameCharacters

/** Whether a file begins with a header line of ours. */
export function isTable(bytes: Uint8Array): boolean {
  const columns = columnsOf(lineAt(bytes, 0).text)
  return columns?.includes('type') === true && columns.includes('value')
}

/**
 * Takes the rows of comma-separated values with a header line: `type` and `value`, and any of `said`, `by`, `reference`,
 * `date`. Source: RFC 4180, without line breaks inside quotation marks.
 */
export function readTable(bytes: Uint8Array, account: ContextAccount, context: PublicContext): void {
  const header = lineAt(bytes, 0)
  const columns = columnsOf(header.text) ?? []
  for (const name of columns)
    if (!COLUMNS.some((known) => known === name)) account.pass('columns', name === '' ? 'without a name' : 'unknown')
  for (let at = header.next, line = 2; at < bytes.length; line++) {
    const { text, next } = lineAt(bytes, at)
    at = next
    if (text !== null && text.trim() === '') continue
    const place = `line ${line}`
    const cells = text === null ? null : cellsOf(text)
    if (cells === null) account.refuse(place, 'it is too long, not UTF-8, or a quotation mark in it does not close')
    else if (cells.length !== columns.length)
      account.refuse(place, `it has ${cells.length} cells, the header ${columns.length}`)
    else readRow((column) => cells[columns.indexOf(column)] ?? '', place, account, context)
  }
}

function readRow(
  cell: (column: (typeof COLUMNS)[number]) => string,
  place: string,
  account: ContextAccount,
  context: PublicContext,
): void {
  const type = cell('type').toLowerCase()
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined
  if (kind === undefined) {
    account.refuse(place, `its type is none of ${Object.keys(KINDS).join(', ')}`)
    return
  }
  const label: ContextLabel = {
    form: 'row',
    said: shortened(cell('said'), LIMITS.contextSaidCharacters),
    name: null,
    by: shortened(cell('by'), NAMES),
    reference: shortened(cell('reference'), NAMES),
    date: shortened(cell('date'), 40),
    marking: null,
    file: account.file,
  }
  if (!context.add(kind, cell('value'), label, place)) account.refuse(place, `its value is not of type ${type}`)
}

function columnsOf(text: string | null): string[] | null {
  const cells = text === null ? null : cellsOf(text.replace(/^\ufeff/, ''))
  return (
    cells?.map((cell) => {
      const name = cell.toLowerCase()
      return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name
    }) ?? null
  )
}

/** The line that begins at `start`; its text is null where it is too long or not UTF-8. */
function lineAt(bytes: Uint8Array, start: number): { readonly text: string | null; readonly next: number } {
  const feed = bytes.indexOf(LINE_FEED, start)
  const end = feed < 0 ? bytes.length : feed
  const next = end + 1
  if (end - start > LIMITS.partnerRowCharacters) return { text: null, next }
  try {
    return { text: UTF8.decode(bytes.subarray(start, end)).replace(/\r$/, ''), next }
  } catch {
    return { text: null, next }
  }
}

/** Cells of a line, blanks around them dropped; null for broken quotation marks. */
function cellsOf(line: string): string[] | null {
  const cells: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line)
    if (match === null) return null
    const [, quoted, plain = '', end] = match
    if (quoted === undefined && plain.trimStart().startsWith('"')) return null
    cells.push(quoted?.replaceAll('""', '"').trim() ?? plain.trim())
    if (end === '') break
  }
  return cells
}
