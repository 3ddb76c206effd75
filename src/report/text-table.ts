import { LIMITS } from '../limits.ts'
import { clipText, displayWidth, visibleText } from './visible-text.ts'

/** Two blanks between columns: no boxes, so that a copied table stays a table. */
const GAP = '  '
const NARROWEST = 6

/** A column of a text table. */
export interface TextColumn {
  readonly title: string
  readonly align: 'left' | 'right'
  /** How the column gives way when the line is too long: cut with `…`, or wrapped; absent: it does not. */
  readonly flexible?: 'cut' | 'wrap'
}

/**
 * The lines of each row of a table, those of its titles first. No line is wider than `width` columns as long as the
 * fixed columns fit. Cells are made visible text.
 */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string[][] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(visibleText))]
  const widths = columnWidths(columns, cells, width)
  return cells.map((row) => {
    const parts = columns.map(({ flexible }, index) => {
      const text = row[index] ?? ''
      return flexible === 'wrap' ? wrapText(text, widths[index] ?? 0, '', '') : [text]
    })
    const height = Math.max(...parts.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      columns
        .map(({ align }, index) => pad(parts[index]?.[line] ?? '', widths[index] ?? 0, align))
        .join(GAP)
        .trimEnd(),
    )
  })
}

/** Visible `text` cut or filled to `columns`. */
export function pad(text: string, columns: number, align: 'left' | 'right'): string {
  const cut = clipText(text, columns)
  const blanks = ' '.repeat(Math.max(0, columns - displayWidth(cut)))
  return align === 'left' ? cut + blanks : blanks + cut
}

/**
 * `text` as lines of at most `width` columns, broken at blanks: the first after `lead`, the others after `indent`. A
 * longer word is cut in pieces, and text longer than `LIMITS.reportTextColumns` at its end.
 */
export function wrapText(text: string, width: number, lead: string, indent: string): string[] {
  const room = width - Math.max(lead.length, indent.length)
  const lines: string[] = []
  let line: string | null = null
  for (const word of pieces(clipText(visibleText(text), LIMITS.reportTextColumns), room)) {
    if (line !== null && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line)
      line = word
    } else line = line === null ? word : `${line} ${word}`
  }
  lines.push(line ?? '')
  return lines.map((part, index) => (index === 0 ? lead : indent) + part)
}

function pieces(text: string, columns: number): string[] {
  return text.split(' ').flatMap((word) => {
    if (displayWidth(word) <= columns) return [word]
    const parts: string[] = []
    let part = ''
    for (const char of word) {
      if (displayWidth(part + char) > columns) {
        parts.push(part)
        part = ''
      }
      part += char
    }
    parts.push(part)
    return parts
  })
}

/** Widths that fit: the widest flexible column gives way first. */
function columnWidths(columns: readonly TextColumn[], cells: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => displayWidth(row[index] ?? ''))))
  const flexible = columns.flatMap((column, index) => (column.flexible === undefined ? [] : [index]))
  let excess = widths.reduce((sum, columnWidth) => sum + columnWidth + GAP.length, -GAP.length) - width
  while (excess > 0) {
    const widest = flexible.toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0]
    if (widest === undefined || (widths[widest] ?? 0) <= NARROWEST) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess--
  }
  return widths
}
