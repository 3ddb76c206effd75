/** Begins of a cell that a spreadsheet takes for a formula. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r\n]/

/**
 * One record with its line end: a cell is quoted where it must be, and an apostrophe stands in front of what a spreadsheet
 * would run. Null is an empty cell. Source: RFC 4180 §2, but for the line feed alone at the end.
 */
export function csvRecord(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(cellOf).join(',')}\n`
}

function cellOf(cell: string | number | boolean | null): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
