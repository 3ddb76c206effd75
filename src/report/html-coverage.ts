import type { Case, CoverageRow } from '../finding/case.ts'
import type { Audience } from './audience.ts'
import { coverageBar } from './charts.ts'
import { judgements, name, operatorText, orderedCoverage, sumOf, sumSentence } from './describe.ts'
import { THRESHOLDS } from './html-annex.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { columnsOf, list, paragraph, type Section, table, timeLines } from './html-parts.ts'
import { formatBytes, formatCount, formatCountry, formatShare, WORDS } from './words.ts'

const STATES = ['decoded', 'partly', 'not'] as const
const R = WORDS.report

/** The inputs with their hashes, and what was seen in them. */
export function examinedSection(kase: Case): Section {
  const inputs = kase.inputs.map((input): Content[] => [
    input.damage === null ? name(input.name) : html`${name(input.name)}<small>${R.damage(input.damage)}</small>`,
    [input.format, input.compression]
      .filter((word) => word !== '' && word !== 'none')
      .map(name)
      .join(', '),
    formatBytes(input.bytes),
    formatCount(input.packets),
    input.firstSeen === null || input.lastSeen === null ? WORDS.noTime : timeLines(input.firstSeen, input.lastSeen),
    input.sha256 === null ? R.noHash : name(input.sha256),
  ])
  const operations = kase.operations
    .toSorted((a, b) => b.invokes - a.invokes)
    .map((row) => [
      name(row.protocol),
      name(row.operation),
      formatCount(row.invokes),
      formatCount(row.results),
      formatCount(row.errors),
    ])
  const traffic = kase.sources.map((row) => [
    name(row.address),
    formatCountry(row.country),
    operatorText(row.operator),
    formatCount(row.events),
    formatCount(row.findings),
  ])
  return {
    id: 'examined',
    title: R.examinedCould,
    body: html`${shortCoverage(kase)}${table('inputs', R.inputsCaption, columnsOf(R.inputColumns, ['addr', 'text', 'num', 'num', 'text', 'hash']), inputs)}
${optional(operations, table('operations', R.operationsCaption, columnsOf(R.operationColumns, ['text', 'text', 'num', 'num', 'num']), operations))}
${optional(traffic, table('traffic', R.trafficCaption, columnsOf(R.trafficColumns, ['addr', 'text', 'name', 'num', 'num']), traffic))}`,
  }
}

/** What was read and what could not be seen, in a few lines; the tables further down have the reasons. */
function shortCoverage(kase: Case): Markup {
  const { checks, judged, unavailable } = judgements(kase)
  const decoded = sumOf(kase.messageCoverage.filter(({ state }) => state === 'decoded'))
  return html`<p>${R.coverageShort(formatShare(decoded, kase.messages), kase.messages)} <a href="#coverage">${R.coverageDetail}</a></p>
<h3>${R.limitsOfRun}</h3>${kase.limitations.length === 0 ? paragraph('', R.noLimitation) : list(kase.limitations)}<p>${WORDS.judged(checks, judged, unavailable)} <a href="#not-checked">${R.notChecked}</a></p>
`
}

/** Packets and messages: decoded, in part, not, and why; with sums that are checked. */
export function coverageSection(kase: Case): Section {
  return {
    id: 'coverage',
    title: R.coverageDetail,
    body: html`<p>${R.coverageIntro}</p>
${coverageTable('packets', R.packetCaption, R.packetWord, kase.packetCoverage, kase.packets)}
${coverageTable('messages', R.messageCaption, R.messageWord, kase.messageCoverage, kase.messages)}`,
  }
}

/** What the run could not check: its limitations and the judgements without a result. */
export function notCheckedSection(kase: Case): Section {
  const checks = kase.detectors.map((row) => [
    name(row.id),
    formatCount(row.checked),
    formatCount(row.passed),
    formatCount(row.failed),
    formatCount(sumOf(row.unavailable)),
    formatCount(row.excepted),
  ])
  const reasons = kase.detectors.flatMap((row) =>
    row.unavailable.map(({ reason, count }) => [name(row.id), name(reason), formatCount(count)]),
  )
  return {
    id: 'not-checked',
    title: R.notChecked,
    body: html`<h3>${R.limitations}</h3>${kase.limitations.length === 0 ? paragraph('', R.noLimitation) : list(kase.limitations)}
${optional(checks, table('checks', R.checksCaption, columnsOf(R.checkColumns, ['text', 'num', 'num', 'num', 'num', 'num']), checks))}
${optional(reasons, table('reasons', R.reasonsCaption, columnsOf(R.reasonColumns, ['text', 'text', 'num']), reasons))}`,
  }
}

/** How it was done, and what the words mean. */
export function methodSection({ reveal, minimumCount }: Audience, noFacts: boolean): Section {
  const texts = [
    ...R.methodText,
    THRESHOLDS,
    reveal ? R.revealed : R.masked,
    ...(minimumCount > 1 ? [R.minimum(minimumCount)] : []),
    ...(noFacts ? [R.noFacts] : []),
  ]
  const paragraphs = texts.map((text) => html`<p>${text}</p>`)
  return { id: 'method', title: R.method, body: html`${paragraphs}` }
}

/** Versions of the program, its tables and detectors, and the settings of the run. */
export function versionsSection(kase: Case): Section {
  const programs = [
    [kase.program.name, name(kase.program.version), ''],
    [R.node, name(kase.program.node), ''],
    ...kase.references.map((row) => [name(row.name), name(row.version), name(row.source)]),
  ]
  const detectors = kase.detectors.map((row) => [name(row.id), name(row.title), String(row.version)])
  const settings = Object.entries(kase.settings).map(([key, value]) => [name(key), settingText(value)])
  return {
    id: 'versions',
    title: R.versions,
    body: html`${table('programs', R.programCaption, columnsOf(R.programColumns, []), programs)}
${optional(detectors, table('detectors', R.detectorsCaption, columnsOf(R.detectorColumns, ['text', 'text', 'num']), detectors))}
${optional(settings, table('settings', R.settingsCaption, columnsOf(R.settingColumns, ['text', 'addr']), settings))}`,
  }
}

function coverageTable(id: string, caption: string, what: string, rows: readonly CoverageRow[], total: number): Markup {
  const counts = { decoded: 0, partly: 0, not: 0 }
  for (const row of rows) counts[row.state] += row.count
  const sum = sumOf(rows)
  const shares = STATES.map(
    (state) => `${WORDS.state[state]} ${formatCount(counts[state])} (${formatShare(counts[state], sum)})`,
  ).join(', ')
  const cells = orderedCoverage(rows).map((row) => [
    name(row.protocol),
    WORDS.state[row.state],
    row.reason === '' ? '–' : name(row.reason),
    formatCount(row.count),
    formatShare(row.count, sum),
  ])
  const foot = [WORDS.total, '', '', formatCount(sum), formatShare(sum, sum)]
  const bar =
    sum === 0
      ? html``
      : html`${coverageBar(counts, sum, `${id}-bar`, R.barTitle(`${what}s`), shares)}${paragraph('legend', shares)}`
  return html`<h3>${caption}</h3>${bar}
${table(`${id}-coverage`, R.coverageCaption(what), columnsOf(R.coverageColumns, ['text', 'text', 'text', 'num', 'num']), cells, { foot })}
<p>${sumSentence(rows, total, what)}</p>`
}

function optional(rows: readonly unknown[], markup: Markup): Markup {
  return rows.length === 0 ? html`` : markup
}

/** A setting as JSON text; what JSON cannot hold becomes the words for unknown. */
function settingText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? WORDS.unknown)
}
