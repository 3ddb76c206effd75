import { html, type Markup } from '../html-escape.ts'
import { bar, FONT, fitText, label, line, picture, textWidth, WIDTH } from './scale.ts'

/** A row of bars: one a column, 0 to 1, with its text; null where there is none. */
export interface BarRow {
  readonly name: string
  readonly cells: readonly ({ readonly share: number; readonly text: string } | null)[]
}

const NAMES = 190
const ROW = 26

/** Rows of bars side by side in columns that share one scale, each bar with its number: what is compared is a length. */
export function barColumns(
  id: string,
  columns: readonly string[],
  rows: readonly BarRow[],
  className: string,
  title: string,
  description: string,
): Markup {
  const width = (WIDTH - NAMES) / Math.max(1, columns.length)
  const most = Math.max(0.000001, ...rows.flatMap(({ cells }) => cells.map((cell) => cell?.share ?? 0)))
  const room = width - 24 - textWidth('100.0 %')
  const heads = columns.map((column, index) => label(NAMES + index * width, 16, column, 'strong'))
  const bodies = rows.map(({ name, cells }, row) => {
    const y = 28 + row * ROW
    const bars = cells.map((cell, index) => {
      const x = NAMES + index * width
      if (cell === null) return label(x, y + 15, '–', 'quiet')
      const length = (cell.share / most) * room
      return html`${bar(x, y + 2, Math.max(1, length), ROW - 9, className)}${label(x + length + 6, y + 15, cell.text)}`
    })
    return html`${label(NAMES - 12, y + 15, fitText(name, NAMES - 16), '', 'end')}${bars}`
  })
  const axes = columns.map((_, index) =>
    line(NAMES + index * width, 26, NAMES + index * width, 28 + rows.length * ROW, 'base'),
  )
  return picture(id, 34 + rows.length * ROW, title, description, html`${heads}${axes}${bodies}`)
}

/** A row of one bar made of parts. */
export interface StackRow {
  readonly name: string
  readonly parts: readonly { readonly className: string; readonly count: number }[]
  readonly text: string
}

/** Rows of bars made of parts, each with its total as text. */
export function stackedRows(id: string, rows: readonly StackRow[], title: string, description: string): Markup {
  const totals = rows.map(({ parts }) => parts.reduce((sum, { count }) => sum + count, 0))
  const most = Math.max(1, ...totals)
  const room = WIDTH - NAMES - 16 - Math.max(0, ...rows.map(({ text }) => textWidth(text)))
  const bodies = rows.map(({ name, parts, text }, row) => {
    const y = 6 + row * (ROW + 4)
    let x = NAMES
    const bars = parts.map(({ className, count }) => {
      const length = Math.max(count > 0 ? 1 : 0, (count / most) * room)
      const part = bar(x, y + 2, length, ROW - 7, className)
      x += length
      return part
    })
    return html`${label(NAMES - 12, y + FONT + 3, fitText(name, NAMES - 16), '', 'end')}${bars}${label(x + 7, y + FONT + 3, text)}`
  })
  const height = 12 + rows.length * (ROW + 4)
  return picture(id, height, title, description, html`${line(NAMES, 4, NAMES, height - 4, 'base')}${bodies}`)
}
