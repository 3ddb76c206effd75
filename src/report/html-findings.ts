import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { type Audience, mayShowSubjects, subjectCount, subscribersText } from './audience.ts'
import { lane, severityMark, timeSpan } from './charts.ts'
import {
  addressText,
  answersText,
  answerWord,
  listed,
  name,
  operatorText,
  otherAddresses,
  subjectText,
} from './describe.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { addressCell, fact, lines, list, paragraph, type Section, table, timeLines, unbroken } from './html-parts.ts'
import type { ReportFacts } from './report-facts.ts'
import { type Group, groupBy } from './tally.ts'
import { formatConfidence, formatCount, formatCountry, formatDays, formatRange, WORDS } from './words.ts'

const LANES = 12
const FRAMES = 8
const LISTED = 12
const R = WORDS.report

/** The key findings, one paragraph a class, worst first. */
export function keyFindings(findings: readonly Finding[], facts: ReportFacts | null, audience: Audience): Markup {
  // with all counts at hand, campaigns have sentences of their own
  const told = facts === null ? findings : findings.filter((finding) => finding.class !== 'campaign')
  const groups = groupBy(told, (finding) => finding.class)
  const entries = groups.map(({ first, tally }) => {
    const [title, sentence] = WORDS.classes[first.class]
    const confidence = tally.confidence ?? { low: 0, high: 0 }
    const countries = tally.countries.map(formatCountry)
    const all = facts?.classTotals.find((row) => row.class === first.class)
    // the findings at hand may be a part of all; counts are of all where the case's database has them
    const sum = all === undefined ? tally : { ...all, messages: all.attempts, sources: all.addresses }
    const answers = all === undefined ? answersText(tally.answers) : R.answeredOf(all.answered, all.attempts)
    return html`<div class="key">${severityMark(tally.worst ?? 'info')}<div><h4>${title}</h4>
<p>${sentence} ${R.keyFinding(sum, subscribersText(sum.subjects, audience), answers)}</p>
<p class="meta">${R.highestSeverity}: ${tally.worst ?? WORDS.none}. ${R.confidence}: ${R.confidenceRange(confidence.low, confidence.high)}. ${R.countries}: ${countries.length === 0 ? WORDS.unknown : listed(countries, LISTED)}.</p></div></div>
`
  })
  return html`<h3>${R.byType}</h3>${entries}`
}

/** Findings of the most severe sources over time, one lane each. */
export function timelineSection(kase: Case, findings: readonly Finding[], sources: readonly Group[]): Section | null {
  const times = findings.flatMap((finding) => [finding.firstSeen, finding.lastSeen])
  const span = timeSpan([kase.firstSeen, kase.lastSeen, ...times])
  if (span === null || sources.length === 0) return null
  const shown = sources.slice(0, LANES)
  const lanes = shown.map((group, index) => {
    const { source } = group.first
    const address = addressText(source)
    const { tally } = group
    const description = R.laneDescription(
      tally.findings,
      tally.worst ?? WORDS.none,
      formatRange(tally.firstSeen, tally.lastSeen),
    )
    return html`<li><span>${address} <small>${formatCountry(source.country)}</small></span>${lane(group, span, `lane-${index}`, R.laneTitle(address), description)}</li>
`
  })
  const ticks = [span.fromMs, (span.fromMs + span.toMs) / 2, span.toMs].map((ms) => {
    const iso = new Date(ms).toISOString()
    return html`<span>${formatDays(iso, iso)} ${iso.slice(11, 16)}</span>`
  })
  const cut = sources.length > shown.length ? ` ${R.timelineCut(shown.length, sources.length)}` : ''
  return {
    id: 'timeline',
    title: R.timeline,
    body: html`<p>${R.timelineHelp}${cut}</p><figure><figcaption>${R.timelineCaption}</figcaption>
<ol class="lanes">${lanes}</ol><div class="axis"><p>${ticks}</p></div></figure>`,
  }
}

/** Every source address with what it did. */
export function sourcesSection(sources: readonly Group[], audience: Audience): Section {
  const c = R.sourceColumns
  const columns = [
    { title: c.address, kind: 'addr' },
    { title: c.country, kind: 'text' },
    { title: c.operator, kind: 'name' },
    { title: c.severity, kind: 'text' },
    { title: c.attempts, kind: 'num' },
    { title: c.subjects, kind: 'num' },
    { title: c.answers, kind: 'text' },
    { title: c.detectors, kind: 'text' },
    { title: c.seen, kind: 'text' },
  ] as const
  const rows = sources.slice(0, LIMITS.reportRows).map(({ findings, first, tally }): Content[] => {
    const { source } = first
    return [
      addressCell(source),
      formatCountry(source.country),
      html`${operatorText(source.operator)}<small>${name(source.method)}</small>`,
      severityMark(tally.worst ?? 'info'),
      formatCount(tally.messages),
      subjectCount(tally.subjects, audience),
      lines(answersText(tally.answers).split(', ')),
      unbroken([...new Set(findings.map(({ detector }) => name(detector)))].sort(), LISTED),
      timeLines(tally.firstSeen ?? '', tally.lastSeen ?? ''),
    ]
  })
  return {
    id: 'sources',
    title: R.sources,
    body: table('sources-table', R.sourcesCaption, columns, rows, { total: sources.length, more: WORDS.moreGroups }),
  }
}

/** The findings under their detectors, each with its evidence; at most `LIMITS.reportFindings` in all. */
export function findingsSection(
  kase: Case,
  findings: readonly Finding[],
  facts: ReportFacts | null,
  audience: Audience,
): Section {
  const totals = new Map(facts?.detectors.map(({ name: id, count }) => [id, count]))
  const groups = groupBy(findings, (finding) => finding.detector)
  const share = Math.max(1, Math.floor(LIMITS.reportFindings / Math.max(1, groups.length)))
  const each = Math.min(LIMITS.reportFindingsPerDetector, share)
  const shown = groups.slice(0, LIMITS.reportFindings)
  const none = kase.findings === 0 ? R.noFindings : WORDS.partOfFindings(0, kase.findings)
  const body = shown.map((group) => detectorPart(group, totals.get(group.key) ?? 0, each, audience))
  const rest = groups.length > shown.length ? paragraph('more', WORDS.moreGroups(groups.length - shown.length)) : html``
  return {
    id: 'findings',
    title: R.findings,
    body: groups.length === 0 ? paragraph('', none) : html`${body}${rest}`,
  }
}

function detectorPart({ findings, first }: Group, known: number, most: number, audience: Audience): Markup {
  const total = Math.max(known, findings.length)
  const benign = [...new Set(findings.flatMap((finding) => finding.benign))]
  const techniques = [...new Set(findings.flatMap((finding) => finding.techniques))].map(name)
  const shown = findings.slice(0, most)
  const more = total - shown.length
  return html`<section><h3>${name(first.title)}</h3>
<p class="meta">${R.detectorFacts(name(first.detector), WORDS.classes[first.class][0], total)}${techniques.length === 0 ? '' : ` · ${R.field.techniques}: ${listed(techniques, LISTED)}`}</p>
${benign.length === 0 ? html`` : html`<div class="benign"><p>${R.benign}</p>${list(benign.slice(0, LISTED))}</div>`}
${mayShowSubjects(audience) ? shown.map((finding) => findingPart(finding, audience)) : paragraph('meta', R.findingsWithheld)}
${more > 0 && mayShowSubjects(audience) ? paragraph('more', WORDS.moreFindings(more)) : html``}</section>
`
}

function findingPart(finding: Finding, audience: Audience): Markup {
  const { source } = finding
  const frames = finding.evidence.slice(0, FRAMES).map(({ capture, frame }) => `${name(capture)}:${frame}`)
  const moreFrames = finding.evidenceCount - frames.length
  const evidence = frames.join(', ') + (moreFrames > 0 ? ` ${WORDS.more(moreFrames)}` : '')
  const others = otherAddresses(source)
  const operator = `${operatorText(source.operator)}, ${formatCountry(source.country)}`
  return html`<article class="finding"><h4>${severityMark(finding.severity)} ${addressText(source)}</h4>
<p>${finding.why}</p>
<dl class="facts">${fact(R.field.answered, answerWord(finding.answered))}${fact(R.field.messages, formatCount(finding.count))}${fact(R.field.seen, timeLines(finding.firstSeen, finding.lastSeen))}${fact(R.field.confidence, formatConfidence(finding.confidence))}${fact(R.field.subject, subjectText(finding.subject, audience.reveal))}${fact(R.field.operator, operator)}${fact(R.field.method, name(source.method))}${fact(R.field.id, name(finding.id))}${others.length === 0 ? html`` : fact(R.field.also, others.join(', '), 'wide')}${fact(R.field.evidence, evidence === '' ? WORDS.none : evidence, 'wide')}</dl></article>
`
}
