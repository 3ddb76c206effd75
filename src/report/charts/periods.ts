import { html, type Markup } from '../html-escape.ts'
import type { Generation, Period, PeriodRow } from '../report-facts.ts'
import { GENERATIONS } from '../report-facts.ts'
import { formatCount, WORDS } from '../words.ts'
import { bar, countTicks, FONT, label, line, picture, textWidth, WIDTH } from './scale.ts'

const LEFT = 64
const RIGHT = 12
const STEPS_MS = { day: 86_400_000, hour: 3_600_000, minute: 60_000 } as const

/** A moment to mark above the bars. */
export interface Mark {
  readonly at: string
  readonly text: string
}

/** A generation's attempts in one stretch of time. */
interface Stack {
  readonly from: string
  readonly counts: ReadonlyMap<Generation, number>
  readonly total: number
}

/** Every month, day, hour or minute from the first to the last, empty ones among them. */
export function periodStarts(rows: readonly PeriodRow[], period: Period): string[] {
  const sorted = rows.map(({ from }) => from).sort()
  const first = Date.parse(sorted[0] ?? '')
  const last = Date.parse(sorted.at(-1) ?? '')
  const starts: string[] = []
  if (Number.isNaN(first) || Number.isNaN(last)) return starts
  for (let ms = first; ms <= last && starts.length < 1_000; ) {
    const date = new Date(ms)
    starts.push(`${date.toISOString().slice(0, 19)}Z`)
    ms = period === 'month' ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) : ms + STEPS_MS[period]
  }
  return starts
}

/** Attempts by stretch of time, stacked by generation. */
export function stackedChart(
  id: string,
  rows: readonly PeriodRow[],
  starts: readonly string[],
  period: Period,
  marks: readonly Mark[],
  title: string,
  description: string,
): Markup {
  const stacks = starts.map((from) => stackOf(rows, from))
  const ticks = countTicks(Math.max(1, ...stacks.map(({ total }) => total)))
  const most = ticks.at(-1) ?? 1
  const top = 20 + marks.length * (FONT + 5)
  const bottom = top + 260
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, stacks.length)
  const y = (count: number) => bottom - (count / most) * (bottom - top)
  const grid = ticks.map(
    (tick) =>
      html`${line(LEFT, y(tick), WIDTH - RIGHT, y(tick), tick === 0 ? 'base' : 'gridline')}${label(LEFT - 8, y(tick) + 4, formatCount(tick), 'quiet', 'end')}`,
  )
  const bars = stacks.map(({ from, counts, total }, index) => {
    const x = LEFT + index * step + Math.min(2, step * 0.12)
    const width = Math.min(70, step - Math.min(4, step * 0.24))
    let sum = 0
    const parts = [...counts].map(([generation, count]) => {
      sum += count
      return bar(x, y(sum), width, y(sum - count) - y(sum), `g-${generation}`)
    })
    return html`<g><title>${WORDS.report.periodTitle(WORDS.formatPeriod(from, period), total)}</title>${parts}</g>`
  })
  const flags = marks.map(({ at: moment, text }, index) => {
    const x = LEFT + placeOf(moment, starts) * step
    const end = x + textWidth(text) + 10 > WIDTH
    const ty = 14 + index * (FONT + 5)
    return html`${line(x, ty + 5, x, bottom, 'flag')}${label(end ? x - 6 : x + 6, ty, text, 'flagtext', end ? 'end' : 'start')}${bar(x - 2, ty - 8, 4, 12, 'flagmark')}`
  })
  return picture(
    id,
    bottom + 44,
    title,
    description,
    html`${grid}${bars}${flags}${timeAxis(starts, period, bottom, step)}`,
  )
}

/** One strip a country, each to its own scale, stacked by generation: who fades, who rises. */
export function stripChart(
  id: string,
  strips: readonly { readonly name: string; readonly rows: readonly PeriodRow[]; readonly total: number }[],
  starts: readonly string[],
  period: Period,
  title: string,
  description: string,
): Markup {
  const left = 190
  const right = 150
  const height = 58
  const step = (WIDTH - left - right) / Math.max(1, starts.length)
  const drawn = strips.map(({ name, rows, total }, row) => {
    const base = 14 + (row + 1) * height
    const stacks = starts.map((from) => stackOf(rows, from))
    const most = Math.max(1, ...stacks.map((stack) => stack.total))
    const peak = stacks.findIndex((stack) => stack.total === most)
    const bars = stacks.map(({ counts }, index) => {
      let sum = 0
      return [...counts].map(([generation, count]) => {
        sum += count
        const h = (count / most) * (height - 16)
        return bar(
          left + index * step + 0.5,
          base - (sum / most) * (height - 16),
          Math.min(40, step - 1),
          h,
          `g-${generation}`,
        )
      })
    })
    return html`${line(left, base, WIDTH - right, base, 'base')}${bars.flat()}${label(left - 12, base - 18, name, 'strong', 'end')}${label(left - 12, base - 3, WORDS.report.attemptsShort(total), 'quiet', 'end')}${label(WIDTH - right + 10, base - 18, WORDS.report.peak(most), 'quiet')}${label(WIDTH - right + 10, base - 3, WORDS.formatPeriod(starts[peak] ?? '', period), 'quiet')}`
  })
  const bottom = 14 + strips.length * height
  return picture(
    id,
    bottom + 44,
    title,
    description,
    html`${drawn}${timeAxis(starts, period, bottom, step, left, right)}`,
  )
}

function stackOf(rows: readonly PeriodRow[], from: string): Stack {
  const counts = new Map<Generation, number>()
  let total = 0
  for (const generation of GENERATIONS) {
    const count = rows.reduce(
      (sum, row) => sum + (row.from === from && row.generation === generation ? row.attempts : 0),
      0,
    )
    if (count > 0) counts.set(generation, count)
    total += count
  }
  return { from, counts, total }
}

/** Where a moment stands, in stretches from the first. */
function placeOf(moment: string, starts: readonly string[]): number {
  const ms = Date.parse(moment)
  const index = starts.findLastIndex((start) => Date.parse(start) <= ms)
  const from = Date.parse(starts[index] ?? '')
  const to = Date.parse(starts[index + 1] ?? '')
  return Math.max(0, index) + (Number.isNaN(to - from) || Number.isNaN(ms - from) ? 0 : (ms - from) / (to - from))
}

/** Names of the stretches below the bars, as many as fit, and the years below those. */
function timeAxis(
  starts: readonly string[],
  period: Period,
  y: number,
  step: number,
  left = LEFT,
  right = RIGHT,
): Markup {
  const every = Math.max(1, Math.ceil(44 / step))
  const names = starts.flatMap((start, index) => {
    const [minor, major] = WORDS.axisPeriod(start, period)
    const before = starts[index - 1]
    const isNew = before === undefined || WORDS.axisPeriod(before, period)[1] !== major
    const x = left + index * step
    const last = starts.findLastIndex((other) => WORDS.axisPeriod(other, period)[1] === major)
    // a name needs room up to the next one, or to the end of the picture
    const room = (last - index + 1) * step + (last === starts.length - 1 ? right : 0)
    return [
      ...(index % every === 0 && x + 30 < WIDTH
        ? [label(x + Math.min(step, 70) / 2, y + 17, minor, 'quiet', 'middle')]
        : []),
      ...(isNew && room >= textWidth(major) ? [label(x, y + 36, major, 'strong')] : []),
      ...(isNew && index > 0 ? [line(x, y, x, y + 40, 'gridline')] : []),
    ]
  })
  return html`${names}`
}
