import type { Case, CaseTrend } from '../finding/case.ts'
import { changeChart, type DatedChange } from './charts/changes.ts'
import { name } from './describe.ts'
import { changeName, changeText } from './html-campaigns.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { paragraph } from './html-parts.ts'
import { GENERATIONS, type Generation, type NetworkPeriodRow, OTHER, type ReportFacts } from './report-facts.ts'
import { formatDays, WORDS } from './words.ts'

const R = WORDS.report
/** Changes drawn; case.json has them all. */
const DRAWN = 24
/** Columns of a table of shares, so that it fits a printed page. */
const COLUMNS = 30
/** How many stretches make a column, the fewest that fit. */
const GROUPS = { month: [1, 3, 12], day: [1, 7, 14], hour: [], minute: [] } as const
/** Lower ends of the shades of a share. */
const SHADES = [0.01, 0.1, 0.25, 0.5, 0.75]

/** Dated changes over all requests: networks that fade and rise, the move between protocols. */
export function trendsPart({ trends }: Case, starts: readonly string[], { period }: ReportFacts): Markup {
  const shown = trends.slice(0, DRAWN)
  if (shown.length === 0) return html``
  const times = [...starts, ...shown.map(({ at }) => at)].map((at) => Date.parse(at)).filter((ms) => !Number.isNaN(ms))
  const span = {
    fromMs: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    toMs: times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  }
  const majors = starts.filter(
    (start, index) => WORDS.axisPeriod(start, period)[1] !== WORDS.axisPeriod(starts[index - 1] ?? '', period)[1],
  )
  const every = Math.max(1, Math.ceil(majors.length / 6))
  const ticks = majors
    .filter((_, index) => index % every === 0)
    .map((at) => ({ at, text: WORDS.axisPeriod(at, period)[1] }))
  const more = trends.length - shown.length
  return html`<section><h3>${R.trends}</h3><p>${R.trendsIntro}</p>
<figure><figcaption>${R.trendsChart}</figcaption>${changeChart('trends', shown.map(dated), span, ticks, R.trendsChart, shown.map(changeText).join(' '))}${paragraph('meta', R.trendsLegend)}</figure>
${more > 0 ? paragraph('more', WORDS.moreRows(more)) : html``}</section>`
}

function dated({ kind, at, uncertaintyDays, from, to }: CaseTrend): DatedChange {
  const [before, after] = [changeName(from), changeName(to)]
  return {
    at,
    uncertaintyDays,
    what:
      kind === 'fade' ? R.change.fade(before) : kind === 'rise' ? R.change.rise(after) : R.change[kind](before, after),
    when: R.trendDate(formatDays(at, at), Math.ceil(uncertaintyDays)),
    kind: kind === 'fade' ? 'end' : kind === 'rise' ? 'begin' : 'both',
  }
}

/** Each network's share of each stretch of time, a table a generation. */
export function sharesPart(facts: ReportFacts, starts: readonly string[]): Markup {
  const group = GROUPS[facts.period].find((count) => Math.ceil(starts.length / count) <= COLUMNS)
  if (group === undefined || starts.length < 2) return html``
  const columns = columnsOf(starts, group, facts)
  const tables = GENERATIONS.map((generation) => sharesTable(facts, generation, columns))
  return html`<section><h3>${R.shares}</h3><p>${R.sharesIntro[facts.period]}${group > 1 ? ` ${R.sharesGrouped(group, facts.period)}` : ''}</p>${tables}</section>`
}

/** A column: the stretches in it, and its head. */
interface ShareColumn {
  readonly starts: ReadonlySet<string>
  readonly minor: string
  readonly major: string
}

function columnsOf(starts: readonly string[], group: number, { period }: ReportFacts): ShareColumn[] {
  const columns: { starts: Set<string>; minor: string; major: string; key: number }[] = []
  for (const [index, start] of starts.entries()) {
    // months are put together by the quarters and years of the calendar, days from the first on
    const at = period === 'month' ? Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 : index
    const key = Math.floor(at / group)
    const last = columns.at(-1)
    if (last !== undefined && last.key === key) last.starts.add(start)
    else {
      const [minor, major] = WORDS.axisPeriod(start, period)
      columns.push({ starts: new Set([start]), minor: period === 'month' ? minor.slice(0, 3) : minor, major, key })
    }
  }
  return columns
}

function sharesTable({ networkPeriods }: ReportFacts, generation: Generation, columns: readonly ShareColumn[]): Markup {
  const rows = networkPeriods.filter((row) => row.generation === generation)
  const all = sum(rows)
  if (all === 0) return html``
  const totals = columns.map((column) => sum(rows.filter(({ from }) => column.starts.has(from))))
  const networks = [...Map.groupBy(rows, ({ country, network }) => `${country}|${network}`).values()].sort(
    (a, b) => Number(isOther(a)) - Number(isOther(b)) || sum(b) - sum(a),
  )
  // of one network there is nothing to compare
  if (networks.length < 2) return html``
  const id = `shares-${generation}`
  const long = WORDS.generationLong[generation]
  const majors = [...Map.groupBy(columns, ({ major }) => major)]
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table class="heat"><caption id="${id}">${R.sharesCaption(long)}</caption>
<thead><tr><th scope="col" rowspan="2" class="name">${R.sharesNetwork}</th>${majors.map(([major, own]) => html`<th scope="colgroup" colspan="${own.length}">${major}</th>`)}<th scope="col" rowspan="2" class="num">${R.sharesAll}</th></tr>
<tr>${columns.map(({ minor }) => html`<th scope="col" class="num">${minor}</th>`)}</tr></thead>
<tbody>${networks.map((own) => networkRow(own, columns, totals, all))}</tbody></table></div>
`
}

function networkRow(
  rows: readonly NetworkPeriodRow[],
  columns: readonly ShareColumn[],
  totals: readonly number[],
  all: number,
): Markup {
  const [first] = rows
  const network = first === undefined || isOther(rows) ? WORDS.others : shortNetwork(first)
  const cells = columns.map((column, index) =>
    cell(sum(rows.filter(({ from }) => column.starts.has(from))), totals[index] ?? 0),
  )
  return html`<tr><th scope="row" class="name">${network}</th>${cells}<td class="num"><b>${percent(sum(rows), all)}</b></td></tr>
`
}

function cell(part: number, total: number): Markup {
  const share = total === 0 ? 0 : part / total
  return html`<td class="num shade-${SHADES.filter((least) => share >= least).length}">${percent(part, total)}</td>`
}

/** Whole per cent: the column heads say of what. */
function percent(part: number, total: number): Content {
  if (part === 0) return '·'
  const share = (part / total) * 100
  if (part < total && share >= 99.5) return '>99'
  return share < 1 ? '<1' : String(Math.round(share))
}

/** A network with its country's code: the rankings have the names. */
function shortNetwork({ network, country }: NetworkPeriodRow): string {
  const own = network === null ? WORDS.networkUnknown : name(network)
  return country === null ? own : `${own} (${name(country)})`
}

function isOther(rows: readonly NetworkPeriodRow[]): boolean {
  return rows[0]?.country === OTHER
}

function sum(rows: readonly { readonly attempts: number }[]): number {
  return rows.reduce((total, { attempts }) => total + attempts, 0)
}
