import { createHash } from 'node:crypto'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { judgements, name, stopReasons, undecodedMessages } from './describe.ts'
import { coverageSection, examinedSection, methodSection, notCheckedSection, versionsSection } from './html-coverage.ts'
import { html, type Markup, toHtml, trusted } from './html-escape.ts'
import { findingsSection, keyFindings, sourcesSection, timelineSection } from './html-findings.ts'
import { list, paragraph, type Section } from './html-parts.ts'
import { STYLE } from './style.ts'
import { groupBy, sourceKey, type Tally, tally } from './tally.ts'
import { formatCount, formatDays, formatMoment, formatShare, WORDS } from './words.ts'

const R = WORDS.report
/** Nothing is fetched and no script runs, whatever stands in the page; only this style sheet applies. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

export interface HtmlOptions {
  /** True: identities as given, for findings already pseudonymised or a reader who may see them. Default false: masked. */
  readonly reveal?: boolean
}

/**
 * The report as one HTML document that needs nothing else: no script, no network, no font. `findings` may be a part of
 * those of the run; the report says so. The same case and findings give the same text.
 */
export function renderHtml(kase: Case, findings: readonly Finding[], options: HtmlOptions = {}): string {
  const reveal = options.reveal ?? false
  const sources = groupBy(findings, sourceKey)
  const timeline = timelineSection(kase, findings, sources)
  const sections: Section[] = [
    ...(timeline === null ? [] : [timeline]),
    ...(sources.length === 0 ? [] : [sourcesSection(sources)]),
    findingsSection(kase, findings, reveal),
    examinedSection(kase),
    coverageSection(kase),
    notCheckedSection(kase),
    methodSection(reveal),
    versionsSection(kase),
  ]
  const days = formatDays(kase.firstSeen, kase.lastSeen)
  return `<!doctype html>\n${toHtml(html`<html lang="${WORDS.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${R.kind}, ${days}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<p class="kind">Telltale</p>
<h1>${R.kind}, <span class="line">${days}</span></h1>
<p class="meta">${R.utc} ${reveal ? R.revealed : R.masked}</p>
<nav class="contents" aria-label="${R.contents}"><ol><li><a href="#summary">${R.summary}</a></li>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
</header>
<main>
${summaryPart(kase, findings)}
${sections.map(
  ({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>
${body}</section>
`,
)}</main>
<footer><p class="meta">${kase.program.name} ${name(kase.program.version)}</p></footer>
</body>
</html>
`)}`
}

function summaryPart(kase: Case, findings: readonly Finding[]): Markup {
  const sum = tally(findings)
  const undecoded = undecodedMessages(kase)
  const { checks, judged, unavailable } = judgements(kase)
  const nothing = findings.length === 0 && kase.findings === 0
  return html`<section id="summary"><h2>${R.summary}</h2>
<p class="lede">${lede(kase, sum)}</p>
${nothing ? paragraph('', WORDS.noFinding(checks)) : html``}
<p>${R.undecoded(undecoded, formatShare(undecoded, kase.messages))} ${WORDS.judged(checks, judged, unavailable)} ${WORDS.limitations(kase.limitations.length)}</p>
${stopped(kase)}
${findings.length < kase.findings ? html`<div class="notice"><p>${WORDS.partOfFindings(findings.length, kase.findings)}</p></div>` : html``}
${figures(kase, sum, undecoded)}
${findings.length === 0 ? html`` : html`${keyFindings(findings)}<div class="notice"><p>${R.caution}</p></div>`}</section>`
}

function lede(kase: Case, sum: Tally): string {
  if (kase.firstSeen === null || kase.lastSeen === null) return R.ledeNoTime
  const from = formatMoment(kase.firstSeen)
  const to = formatMoment(kase.lastSeen)
  if (sum.findings === 0 && kase.findings === 0) return R.ledeNothing(from, to, kase.messages)
  const { answered, notAnswered, notVisible } = sum.answers
  return `${R.lede(from, to, { ...sum, read: kase.messages })} ${R.ledeAnswers(answered, notAnswered, notVisible)}`
}

function stopped(kase: Case): Markup {
  const reasons = stopReasons(kase)
  if (kase.complete && reasons.length === 0) return html``
  return html`<div class="notice"><p>${WORDS.stoppedEarly}</p>${reasons.length === 0 ? html`` : list(reasons)}</div>`
}

function figures(kase: Case, sum: Tally, undecoded: number): Markup {
  const entries = [
    [R.figures.findings, sum.findings],
    [R.figures.answered, sum.answers.answered],
    [R.figures.sources, sum.sources],
    [R.figures.subjects, sum.subjects],
    [R.figures.messages, kase.messages],
    [R.figures.undecoded, undecoded],
  ] as const
  return html`<dl class="figures">${entries.map(([[one, many], value]) => html`<div><dt>${value === 1 ? one : many}</dt><dd>${formatCount(value)}</dd></div>`)}</dl>`
}
