import { LIMITS } from '../limits.ts'
import { type IdentifierKind, readCountry, readIdentifiers } from './identifier.ts'
import { type Identifier, OPERATOR_KEYS, type OperatorEntry } from './operator-entry.ts'
import { closest, type Place, type Problem, type ProblemList, quote } from './problem.ts'

/** What a partner list holds. */
export interface PartnerList {
  readonly partners: readonly OperatorEntry[]
  /** The carriers between operators that it names, as hubs. */
  readonly carriers: readonly OperatorEntry[]
  /** The list as a whole cannot be read; then there are no partners. */
  readonly problems: readonly Problem[]
}

interface Cell {
  readonly text: string
  readonly place: Place
}

/**
 * Reads a partner list: comma-separated values, one operator a line, a header line naming the columns (`name`, `country`
 * and the identifier kinds, in any order), several identifiers of a cell parted by `;` or spaces.
 * Source: RFC 4180, without line breaks inside quotes.
 * @param rowProblems gets what is wrong with each row that is left out.
 */
export function parsePartnerList(file: string, text: string, rowProblems: ProblemList): PartnerList {
  const lines = text.split(/\r\n|\n|\r/)
  const headerLine = lines.findIndex((line) => line.trim() !== '')
  const header = splitLine(file, headerLine + 1, lines[headerLine] ?? '')
  const problems = checkHeader(header, { file, line: Math.max(1, headerLine + 1), column: 1 })
  const partners: OperatorEntry[] = []
  if (header === null || problems.length > 0) return { partners, carriers: [], problems }
  const columns = header.map((cell) => cell.text)
  for (const [index, line] of lines.entries()) {
    if (index <= headerLine || line.trim() === '') continue
    const place = { file, line: index + 1, column: 1 }
    const wrong = readRow(columns, splitLine(file, index + 1, line), place, partners)
    for (const problem of wrong) {
      rowProblems.add(problem.place, `${problem.message} This row is left out.`)
    }
  }
  return { partners, carriers: [], problems }
}

/** Adds the operator of a row to `partners`, or returns what is wrong with it. */
function readRow(
  columns: readonly string[],
  cells: Cell[] | null,
  place: Place,
  partners: OperatorEntry[],
): readonly Problem[] {
  if (cells === null)
    return [{ place, message: 'A cell does not end with its quotation mark; close it on the same line.' }]
  if (cells.length !== columns.length) {
    const message = `The row has ${cells.length} cells, the header ${columns.length}; part the cells with commas and put text that holds a comma in quotation marks.`
    return [{ place, message }]
  }
  const problems: Problem[] = []
  const identifiers: Identifier[] = []
  let name = ''
  let country: string | null = null
  for (const [index, cell] of cells.entries()) {
    const column = columns[index] as (typeof OPERATOR_KEYS)[number]
    if (column === 'name') name = cell.text
    else if (column === 'country') {
      const reading = cell.text === '' ? null : readCountry(cell.text)
      if (reading && 'wrong' in reading) problems.push({ place: cell.place, message: `country: ${reading.wrong}` })
      else country = reading?.text ?? null
    } else readCell(column, cell, identifiers, problems)
  }
  if (name === '') problems.push({ place, message: 'The row has no name; write the name of the operator.' })
  if (problems.length === 0) partners.push({ role: 'partner', name, country, identifiers, place })
  return problems
}

function readCell(kind: IdentifierKind, cell: Cell, identifiers: Identifier[], problems: Problem[]): void {
  for (const text of cell.text.split(/[;\s]+/)) {
    if (text === '') continue
    for (const reading of readIdentifiers(kind, text)) {
      if ('wrong' in reading) problems.push({ place: cell.place, message: `${kind}: ${reading.wrong}` })
      else identifiers.push({ kind, value: reading.text, key: reading.key, place: cell.place })
    }
  }
}

function checkHeader(header: Cell[] | null, place: Place): Problem[] {
  const wanted = `Begin the list with the line ${OPERATOR_KEYS.join(',')}.`
  if (header === null || (header.length === 1 && header[0]?.text === '')) {
    return [{ place, message: `The partner list has no header line. ${wanted}` }]
  }
  if (header.length === 1 && header[0]?.text.includes(';')) {
    return [{ place, message: `The columns are parted by semicolons; part them with commas. ${wanted}` }]
  }
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const { text, place: at } of header) {
    const near = closest(text, OPERATOR_KEYS)
    const hint = near === null ? wanted : `Did you mean ${quote(near)}?`
    if (!OPERATOR_KEYS.some((key) => key === text)) {
      problems.push({ place: at, message: `The column ${quote(text)} is not known. ${hint}` })
    } else if (seen.has(text))
      problems.push({ place: at, message: `The column ${quote(text)} stands twice; keep one.` })
    seen.add(text)
  }
  if (problems.length === 0 && !seen.has('name')) {
    problems.push({ place, message: `The partner list has no column "name". ${wanted}` })
  }
  return problems
}

/** The cells of a line, blanks around them dropped; null for broken quotation marks or an endless line. */
function splitLine(file: string, line: number, text: string): Cell[] | null {
  if (text.length > LIMITS.partnerRowCharacters) return null
  const cells: Cell[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)/y
  while (cell.lastIndex <= text.length) {
    const column = cell.lastIndex + 1
    const match = cell.exec(text)
    if (match === null) return null
    const [, quoted, plain = '', end] = match
    if (quoted === undefined && plain.trimStart().startsWith('"')) return null
    cells.push({ text: quoted?.replaceAll('""', '"').trim() ?? plain.trim(), place: { file, line, column } })
    if (end === '') break
  }
  return cells
}
