import { html, type Markup } from '../html-escape.ts'
import { bar, FONT, label, line, picture, textWidth, WIDTH, wrapText } from './scale.ts'

/** A dated change with how sure its date is. */
export interface DatedChange {
  readonly at: string
  readonly uncertaintyDays: number
  readonly what: string
  /** The date as text. */
  readonly when: string
  /** Whether something ends (a hollow mark), begins (a filled one), or gives way (both). */
  readonly kind: 'end' | 'begin' | 'both'
}

const NAMES = 300
const ROW = 26
/** Lines of one description. */
const LINES = 2
const TOP = 8
const DAY_MS = 86_400_000

/** A row a change: a mark at its date, and a bar as long as the date is unsure, over the time of the case. */
export function changeChart(
  id: string,
  changes: readonly DatedChange[],
  span: { readonly fromMs: number; readonly toMs: number },
  ticks: readonly { readonly at: string; readonly text: string }[],
  title: string,
  description: string,
): Markup {
  const dates = Math.max(0, ...changes.map(({ when }) => textWidth(when))) + 16
  const right = WIDTH - dates
  const x = (ms: number) =>
    NAMES + Math.min(1, Math.max(0, (ms - span.fromMs) / Math.max(1, span.toMs - span.fromMs))) * (right - NAMES)
  let bottom = TOP
  const rows = changes.map(({ at: moment, uncertaintyDays, what, when, kind }) => {
    const words = wrapText(what, NAMES - 14, LINES)
    const height = ROW + (words.length - 1) * (FONT + 2)
    const y = bottom + height / 2
    bottom += height
    const ms = Date.parse(moment)
    const from = x(ms - uncertaintyDays * DAY_MS)
    const width = Math.max(3, x(ms + uncertaintyDays * DAY_MS) - from)
    const first = y + 4 - ((words.length - 1) * (FONT + 2)) / 2
    const names = words.map((text, index) => label(NAMES - 14, first + index * (FONT + 2), text, '', 'end'))
    return html`${names}${bar(from, y - 5, width, 10, 'unsure')}${mark(x(ms), y, kind)}${label(right + 12, y + 4, when, 'quiet')}`
  })
  const grid = ticks.map(({ at: moment, text }) => {
    const tx = x(Date.parse(moment))
    return html`${line(tx, TOP, tx, bottom, 'gridline')}${label(tx, bottom + 18, text, 'quiet', tx + textWidth(text) > right ? 'end' : 'start')}`
  })
  return picture(id, bottom + 28, title, description, html`${grid}${line(NAMES, bottom, right, bottom, 'base')}${rows}`)
}

function mark(x: number, y: number, kind: DatedChange['kind']): Markup {
  const hollow = html`<circle class="dot hollow g-3g" cx="${x.toFixed(1)}" cy="${y}" r="5"/>`
  const filled = html`<circle class="dot g-3g" cx="${x.toFixed(1)}" cy="${y}" r="5"/>`
  if (kind === 'end') return hollow
  // half filled: one ends as another begins
  const half = html`<path class="g-3g" d="M${x.toFixed(1)} ${y - 5}a5 5 0 0 1 0 10z"/>`
  return kind === 'begin' ? filled : html`${hollow}${half}`
}
