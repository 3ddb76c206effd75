import type { Case, CoverageRow } from '../finding/case.ts'
import { type Finding, SEVERITIES, type Severity } from '../finding/finding.ts'
import {
  addressText,
  judgements,
  name,
  operatorText,
  orderedCoverage,
  stopReasons,
  subjectText,
  sumOf,
  sumSentence,
} from './describe.ts'
import { rank, tally } from './tally.ts'
import { type TextColumn, textTable, wrapText } from './text-table.ts'
import { clipText, visibleText } from './visible-text.ts'
import { formatCount, formatCountry, formatRange, formatShare, formatTime, WORDS } from './words.ts'

const NARROWEST = 80
const WIDEST = 120
const INDENT = '  '
const MOST = { inputs: 10, operations: 12, sources: 10, findings: 12, coverage: 16, sentences: 12 }
const S = WORDS.summary

/** SGR parameters; colour only repeats what the words say. Source: ECMA-48 §8.3.117. */
const SGR: Readonly<Record<Severity | 'heading', string>> = {
  critical: '1;31',
  high: '31',
  medium: '33',
  low: '36',
  info: '2',
  heading: '1',
}

export interface SummaryOptions {
  /** True: severities and headings in colour; the caller knows of NO_COLOR and whether a terminal reads. */
  readonly colour: boolean
  /** Columns of the terminal; the summary uses 80 to 120. */
  readonly width: number
  /** Where the case folder is. */
  readonly caseFolder: string
  /** True: identities as given. Default false: masked. */
  readonly reveal?: boolean
}

/**
 * What an analyst reads when a run ends, lines ending in `\n`. Control characters from the input are shown as codes,
 * so a capture cannot drive the terminal. `findings` may be a part of those of the run; the summary says so.
 */
export function formatSummary(kase: Case, findings: readonly Finding[], options: SummaryOptions): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.trunc(options.width) || NARROWEST)) - INDENT.length
  const heading = (title: string) => paint(clipText(title, width), 'heading', options.colour)
  const blocks = [
    [
      heading(`Telltale ${name(kase.program.version)}: ${S.title(kase.findings, kase.inputs.length)}`),
      ...stopped(kase, width),
    ],
    [heading(S.examined), ...examined(kase, width)],
    [heading(S.operations), ...operations(kase, width)],
    [
      heading(S.topSources(Math.min(MOST.sources, kase.sources.length), kase.sources.length)),
      ...topSources(kase, width),
    ],
    [heading(S.findings), ...bySeverity(kase, findings, width)],
    [
      heading(S.topFindings(Math.min(MOST.findings, findings.length), Math.max(kase.findings, findings.length))),
      ...paintSeverities(topFindings(findings, options.reveal ?? false, width), options.colour),
    ],
    [heading(S.coverage), ...coverage(S.packets, 'packet', kase.packetCoverage, kase.packets, width)],
    coverage(S.messages, 'message', kase.messageCoverage, kase.messages, width),
    [heading(S.notChecked), ...notChecked(kase, width)],
    [S.caseFolder(visibleText(options.caseFolder))],
  ]
  // A block of nothing but its heading has nothing to say.
  const shown = blocks.filter((block, index) => block.length > 1 || index === 0 || index === blocks.length - 1)
  return shown.map((block) => `${block.join('\n')}\n`).join('\n')
}

function stopped(kase: Case, width: number): string[] {
  const reasons = stopReasons(kase)
  if (kase.complete && reasons.length === 0) return []
  return [...sentence(WORDS.stoppedEarly, width), ...bullets(capped(reasons, MOST.sentences, WORDS.more), width)]
}

function examined(kase: Case, width: number): string[] {
  const rows = kase.inputs.map((input) => [
    name(input.name),
    formatCount(input.packets),
    ...[input.firstSeen, input.lastSeen].map((time) => (time === null ? WORDS.noTime : toMinute(time))),
  ])
  const [file, packets, first, last] = S.inputColumns
  const columns = [left(file, 'wrap'), right(packets), left(first, 'cut'), left(last, 'cut')]
  return [
    ...sentence(S.span(formatRange(kase.firstSeen, kase.lastSeen)), width),
    ...sentence(S.counts(kase.packets, kase.messages, kase.events), width),
    ...tableBlock(columns, rows, MOST.inputs, width),
  ]
}

function operations(kase: Case, width: number): string[] {
  const rows = kase.operations
    .toSorted((a, b) => b.invokes - a.invokes)
    .map((row) => [row.protocol, row.operation, ...[row.invokes, row.results, row.errors].map(formatCount)])
  const [protocol, operation, invokes, results, errors] = S.operationColumns
  const columns = [left(protocol, 'cut'), left(operation, 'cut'), right(invokes), right(results), right(errors)]
  return tableBlock(columns, rows, MOST.operations, width)
}

function topSources(kase: Case, width: number): string[] {
  const rows = kase.sources
    .toSorted((a, b) => b.findings - a.findings || b.events - a.events)
    .map((row) => [
      name(row.address),
      row.country ?? WORDS.unknown,
      operatorText(row.operator),
      formatCount(row.events),
      formatCount(row.findings),
    ])
  const [address, country, operator, events, count] = S.sourceColumns
  const columns = [left(address, 'wrap'), left(country, 'cut'), left(operator, 'cut'), right(events), right(count)]
  return tableBlock(columns, rows, MOST.sources, width)
}

function bySeverity(kase: Case, findings: readonly Finding[], width: number): string[] {
  const { checks, judged, unavailable } = judgements(kase)
  const sum = tally(findings)
  const counts = SEVERITIES.toReversed()
    .filter((severity) => sum.bySeverity[severity] > 0)
    .map((severity) => `${formatCount(sum.bySeverity[severity])} ${WORDS.severity[severity]}`)
  const { answered, notAnswered, notVisible } = sum.answers
  return [
    ...(kase.findings === 0 && findings.length === 0 ? [WORDS.noFinding(checks)] : []),
    ...(findings.length === 0 ? [] : [`${counts.join(', ')}. ${WORDS.answersOf(answered, notAnswered, notVisible)}.`]),
    ...(findings.length < kase.findings ? [WORDS.partOfFindings(findings.length, kase.findings)] : []),
    WORDS.judged(checks, judged, unavailable),
  ].flatMap((text) => sentence(text, width))
}

/** Three lines a finding: the facts, the title, the source. */
function topFindings(findings: readonly Finding[], reveal: boolean, width: number): string[] {
  const shown = rank(findings).slice(0, MOST.findings)
  if (shown.length === 0) return []
  const rows = shown.map(({ subject: { imsi, msisdn }, ...finding }) => [
    WORDS.severity[finding.severity],
    name(finding.detector),
    formatCount(finding.count),
    toMinute(finding.firstSeen),
    S.answer(finding.answered),
    subjectText({ imsi, msisdn: imsi === null ? msisdn : null }, reveal),
  ])
  const [severity, detector, count, firstSeen, answered, subscriber] = S.findingColumns
  const columns = [
    left(severity),
    left(detector, 'cut'),
    right(count),
    left(firstSeen, 'cut'),
    left(answered),
    left(subscriber, 'cut'),
  ]
  const [titles, ...lines] = textTable(columns, rows, width)
  const body = lines.flatMap((facts, index) => {
    const finding = shown[index]
    if (finding === undefined) return facts
    const { source } = finding
    const from = [addressText(source), formatCountry(source.country), operatorText(source.operator)].join(', ')
    return [...facts, ...[finding.title, from].flatMap((text) => wrapText(text, width, '  ', '    '))]
  })
  return indent([...(titles ?? []), ...body])
}

function coverage(title: string, what: string, rows: readonly CoverageRow[], total: number, width: number): string[] {
  const sum = sumOf(rows)
  const cells = orderedCoverage(rows).map((row) => [
    row.protocol,
    WORDS.state[row.state],
    formatCount(row.count),
    formatShare(row.count, sum),
    row.reason,
  ])
  const [, state, count, share, reason] = S.coverageColumns
  const columns = [left(title, 'cut'), left(state), right(count), right(share), left(reason, 'wrap')]
  return [...tableBlock(columns, cells, MOST.coverage, width), ...sentence(sumSentence(rows, total, what), width)]
}

function notChecked(kase: Case, width: number): string[] {
  const unavailable = kase.detectors.flatMap((row) =>
    row.unavailable.map(({ reason, count }) => S.unavailable(name(row.id), name(reason), count)),
  )
  const sentences = [...kase.limitations, ...unavailable]
  if (sentences.length === 0) return sentence(S.allChecked, width)
  return bullets(capped(sentences, MOST.sentences, WORDS.moreRows), width)
}

function tableBlock(columns: readonly TextColumn[], rows: readonly string[][], most: number, width: number): string[] {
  if (rows.length === 0) return []
  return [...indent(textTable(columns, rows.slice(0, most), width).flat()), ...moreLine(rows.length - most)]
}

function moreLine(more: number): string[] {
  return more > 0 ? indent([WORDS.moreRows(more)]) : []
}

function capped(sentences: readonly string[], most: number, more: (count: number) => string): string[] {
  return sentences.length <= most ? [...sentences] : [...sentences.slice(0, most), more(sentences.length - most)]
}

function sentence(text: string, width: number): string[] {
  return indent(wrapText(text, width, '', ''))
}

function bullets(sentences: readonly string[], width: number): string[] {
  return indent(sentences.flatMap((text) => wrapText(text, width, '- ', '  ')))
}

function toMinute(time: string): string {
  return formatTime(time).slice(0, 16)
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line)
}

function left(title: string, flexible?: 'cut' | 'wrap'): TextColumn {
  return flexible === undefined ? { title, align: 'left' } : { title, align: 'left', flexible }
}

function right(title: string): TextColumn {
  return { title, align: 'right' }
}

/** Colours the severity a line starts with. */
function paintSeverities(lines: readonly string[], colour: boolean): string[] {
  return lines.map((line) => {
    const severity = SEVERITIES.find((word) => line.startsWith(`${INDENT}${WORDS.severity[word]} `))
    if (severity === undefined) return line
    const word = WORDS.severity[severity]
    return INDENT + paint(word, severity, colour) + line.slice(INDENT.length + word.length)
  })
}

function paint(text: string, style: Severity | 'heading', colour: boolean): string {
  return colour ? `\x1b[${SGR[style]}m${text}\x1b[0m` : text
}
