import type { Campaign } from '../campaign/campaign.ts'
import type { Case } from '../finding/case.ts'
import { type Audience, subjectCount } from './audience.ts'
import { flowMap } from './charts/map.ts'
import { type Mark, periodStarts, stackedChart, stripChart } from './charts/periods.ts'
import { type Content, html } from './html-escape.ts'
import { type Column, columnsOf, paragraph, type Section, swatches, table } from './html-parts.ts'
import { shortCountry } from './html-rankings.ts'
import { sharesPart, trendsPart } from './html-trends.ts'
import { type FlowRow, GENERATIONS, OTHER, type PeriodRow, type ReportFacts } from './report-facts.ts'
import { formatCount, formatCountry, WORDS } from './words.ts'

const R = WORDS.report
/** Countries named on the map. */
const NAMED = 14
/** Lines drawn on the map, the busiest. */
const DRAWN = 60
const MARKS = 3

/** Attempts over time by generation, and by source country. */
export function timeSection(kase: Case, facts: ReportFacts, campaigns: readonly Campaign[]): Section {
  const { periods, period } = facts
  const starts = periodStarts(periods, period)
  const used = GENERATIONS.filter((generation) => periods.some((row) => row.generation === generation))
  const totals = starts.map((from) => ({ from, total: sum(periods.filter((row) => row.from === from)) }))
  const highest = totals.reduce((a, b) => (b.total > a.total ? b : a), { from: '', total: 0 })
  const sentence = R.timeSentence(WORDS.formatPeriod(highest.from, period), highest.total)
  const countries = [...Map.groupBy(periods, ({ country }) => country)]
    .map(([country, rows]) => ({ country, rows, total: sum(rows) }))
    .sort(
      (a, b) =>
        Number(a.country === OTHER || a.country === null) - Number(b.country === OTHER || b.country === null) ||
        b.total - a.total,
    )
  const strips = countries.map(({ country, rows, total }) => ({ name: countryName(country), rows, total }))
  const [minor] = R.overTimeColumn[period].split(' ')
  const generationColumns: Column[] = [
    { title: minor ?? '', kind: 'text' },
    ...used.map((generation) => ({ title: WORDS.generation[generation], kind: 'num' as const })),
    { title: WORDS.total, kind: 'num' },
  ]
  const countryColumns: Column[] = [
    { title: minor ?? '', kind: 'text' },
    ...countries.map(({ country }) => ({ title: countryName(country), kind: 'num' as const })),
  ]
  return {
    id: 'over-time',
    title: R.overTime,
    body: html`<p>${R.overTimeIntro[period]} ${sentence}</p>
<figure><figcaption>${R.overTimeChart[period]}</figcaption>${swatches(used)}${stackedChart('periods', periods, starts, period, shiftMarks(kase, campaigns, facts), R.overTimeChart[period], sentence)}</figure>
<figure><figcaption>${R.stripsChart}</figcaption>${swatches(used)}${stripChart('strips', strips, starts, period, R.stripsChart, R.stripsNote)}${paragraph('meta', R.stripsNote)}</figure>
${trendsPart(kase, starts, facts)}${sharesPart(facts, starts)}
${table(
  'periods-table',
  R.overTimeTable,
  generationColumns,
  totals.map(({ from, total }): Content[] => [
    WORDS.formatPeriod(from, period),
    ...used.map((generation) =>
      formatCount(sum(periods.filter((row) => row.from === from && row.generation === generation))),
    ),
    formatCount(total),
  ]),
)}
${table(
  'strips-table',
  R.stripsTable,
  countryColumns,
  starts.map((from): Content[] => [
    WORDS.formatPeriod(from, period),
    ...countries.map(({ rows }) => formatCount(sum(rows.filter((row) => row.from === from)))),
  ]),
)}`,
  }
}

/** The dated moves from one protocol to another, once each month. */
function shiftMarks({ trends }: Case, campaigns: readonly Campaign[], { period }: ReportFacts): Mark[] {
  const marks = new Map<string, Mark>()
  for (const changes of [trends, ...campaigns.map((campaign) => campaign.changes)]) {
    for (const { kind, at, uncertaintyDays, from, to } of changes) {
      if (kind !== 'protocol-shift' || from !== 'ss7' || to !== 'diameter') continue
      const month = at.slice(0, 7)
      const text = R.shiftMark(WORDS.formatPeriod(at, period), Math.ceil(uncertaintyDays))
      if (!marks.has(month)) marks.set(month, { at, text })
    }
  }
  return [...marks.values()].slice(0, MARKS)
}

/** The map of flows, and its table. */
export function mapSection(facts: ReportFacts, audience: Audience): Section {
  const merged = new Map<string, { from: string; to: string; attempts: number }>()
  for (const { from, to, attempts } of facts.flows) {
    const known = merged.get(`${from} ${to}`)
    if (known === undefined) merged.set(`${from} ${to}`, { from, to, attempts })
    else known.attempts += attempts
  }
  const flows = [...merged.values()].sort((a, b) => b.attempts - a.attempts).slice(0, DRAWN)
  const placed = sum(facts.flows)
  const unplaced = facts.total.attempts - placed
  const [first] = flows
  const largest = first === undefined ? WORDS.none : flowText(first)
  return {
    id: 'map',
    title: R.map,
    body: html`<p>${R.mapIntro}</p>
<figure><figcaption>${R.mapChart}</figcaption>${flowMap('world', flows, new Set(flows.map(({ from }) => from)), mapLabels(flows), R.mapChart, R.mapDescription(flows.length, largest))}${paragraph('meta', `${R.mapLegend} ${R.mapSource}`)}</figure>
${unplaced > 0 ? paragraph('', R.mapUnplaced(unplaced)) : html``}
${table(
  'flows',
  R.flowsCaption,
  columnsOf(R.flowColumns, ['text', 'text', 'text', 'num', 'num']),
  facts.flows.map((row) => flowCells(row, audience)),
)}`,
  }
}

function mapLabels(flows: readonly { readonly from: string; readonly to: string; readonly attempts: number }[]) {
  const weights = new Map<string, number>()
  for (const { from, to, attempts } of flows) {
    for (const country of new Set([from, to])) weights.set(country, (weights.get(country) ?? 0) + attempts)
  }
  return [...weights]
    .sort((a, b) => b[1] - a[1])
    .slice(0, NAMED)
    .map(([country]) => ({ country, text: shortCountry(country) }))
}

function flowCells({ from, to, basis, attempts, subjects }: FlowRow, audience: Audience): Content[] {
  return [
    formatCountry(from),
    formatCountry(to),
    R.basis[basis],
    formatCount(attempts),
    subjectCount(subjects, audience),
  ]
}

function flowText({
  from,
  to,
  attempts,
}: {
  readonly from: string
  readonly to: string
  readonly attempts: number
}): string {
  return R.flowText(shortCountry(from), shortCountry(to), attempts)
}

function countryName(country: PeriodRow['country']): string {
  return country === OTHER ? WORDS.others : shortCountry(country)
}

function sum(rows: readonly { readonly attempts: number }[]): number {
  return rows.reduce((total, { attempts }) => total + attempts, 0)
}
