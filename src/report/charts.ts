import type { CoverageRow } from '../finding/case.ts'
import { SEVERITIES, type Severity } from '../finding/finding.ts'
import { html, type Markup } from './html-escape.ts'
import type { Group } from './tally.ts'
import { WORDS } from './words.ts'

/** Columns a lane is cut into: marks closer than this share one, drawn as the most severe. */
const LANE_COLUMNS = 120
const LANE_WIDTH = 480
const LANE_HEIGHT = 30
const COLUMN_WIDTH = LANE_WIDTH / LANE_COLUMNS
const MINUTE_MS = 60_000

/** The stretch of time a chart covers, milliseconds since 1970. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * The span over ISO 8601 times: what is no time is passed over, and a moment is widened to an hour so that it can be
 * drawn. Null when there is no time at all.
 */
export function timeSpan(times: Iterable<string | null>): TimeSpan | null {
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for (const time of times) {
    const ms = time === null ? Number.NaN : Date.parse(time)
    if (Number.isNaN(ms)) continue
    fromMs = Math.min(fromMs, ms)
    toMs = Math.max(toMs, ms)
  }
  if (fromMs > toMs) return null
  return toMs - fromMs >= MINUTE_MS
    ? { fromMs, toMs }
    : { fromMs: fromMs - 30 * MINUTE_MS, toMs: toMs + 30 * MINUTE_MS }
}

/** One source's lane of the timeline: marks at the first message of each finding, taller and darker when more severe. */
export function lane(group: Group, span: TimeSpan, id: string, title: string, description: string): Markup {
  const worst = new Array<number>(LANE_COLUMNS).fill(-1)
  for (const finding of group.findings) {
    const column = columnOf(finding.firstSeen, span)
    worst[column] = Math.max(worst[column] ?? -1, SEVERITIES.indexOf(finding.severity))
  }
  const marks = worst.flatMap((level, column) => (level < 0 ? [] : [mark(column, level)]))
  const first = columnOf(group.tally.firstSeen ?? '', span)
  const last = columnOf(group.tally.lastSeen ?? '', span)
  return html`<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${LANE_WIDTH} ${LANE_HEIGHT}" preserveAspectRatio="none"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${gridLines()}<rect class="run" x="${first * COLUMN_WIDTH}" y="${LANE_HEIGHT - 2}" width="${(last - first + 1) * COLUMN_WIDTH - 1}" height="2"/>${marks}</svg>`
}

/** A bar of three parts: decoded, decoded in part, not decoded. `total` is above 0. */
export function coverageBar(
  counts: Readonly<Record<CoverageRow['state'], number>>,
  total: number,
  id: string,
  title: string,
  description: string,
): Markup {
  const states = ['decoded', 'partly', 'not'] as const
  const parts = states.map((state) => ({ className: state, count: counts[state] }))
  return partsBar(parts, total, id, title, description)
}

/** A bar of parts of a total above 0, as wide as the page. */
export function partsBar(
  parts: readonly { readonly className: string; readonly count: number }[],
  total: number,
  id: string,
  title: string,
  description: string,
): Markup {
  let x = 0
  const bars = parts.map(({ className, count }) => {
    const width = (count / total) * LANE_WIDTH
    const part = html`<rect class="${className}" x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="20"/>`
    x += width
    return part
  })
  return html`<svg class="bar" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${LANE_WIDTH} 20" preserveAspectRatio="none"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${bars}<rect class="edge" x="0" y="0" width="${LANE_WIDTH}" height="20" vector-effect="non-scaling-stroke"/></svg>`
}

/** A severity as a word on its colour. */
export function severityMark(severity: Severity): Markup {
  return html`<span class="sev ${severity}">${WORDS.severity[severity]}</span>`
}

function mark(column: number, level: number): Markup {
  const height = ((level + 1) / SEVERITIES.length) * (LANE_HEIGHT - 4)
  return html`<rect class="${SEVERITIES[level] ?? 'info'}" x="${column * COLUMN_WIDTH}" y="${(LANE_HEIGHT - height).toFixed(1)}" width="${COLUMN_WIDTH - 1}" height="${height.toFixed(1)}"/>`
}

function gridLines(): Markup[] {
  return [0, 0.25, 0.5, 0.75, 1].map(
    (at) =>
      html`<rect class="grid" x="${Math.min(at * LANE_WIDTH, LANE_WIDTH - 1)}" y="0" width="0.7" height="${LANE_HEIGHT}"/>`,
  )
}

/** Column of a time in the span; the first for what is no time. */
function columnOf(time: string, span: TimeSpan): number {
  const share = (Date.parse(time) - span.fromMs) / (span.toMs - span.fromMs)
  if (Number.isNaN(share)) return 0
  return Math.min(LANE_COLUMNS - 1, Math.max(0, Math.floor(share * LANE_COLUMNS)))
}
