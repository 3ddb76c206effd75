import { createHash } from 'node:crypto'
import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign } from '../campaign/campaign.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import type { Audience } from './audience.ts'
import { name } from './describe.ts'
import { annexSection, hypothesesSection } from './html-annex.ts'
import { campaignsSection } from './html-campaigns.ts'
import { coverageSection, examinedSection, methodSection, notCheckedSection, versionsSection } from './html-coverage.ts'
import { html, toHtml, trusted } from './html-escape.ts'
import { findingsSection, sourcesSection, timelineSection } from './html-findings.ts'
import type { Section } from './html-parts.ts'
import { rankingsSection, typesSection } from './html-rankings.ts'
import { roamingSection } from './html-roaming.ts'
import { matrixSection, scaleSection } from './html-scale.ts'
import { dossiersSection, storiesSection } from './html-stories.ts'
import { summaryPart } from './html-summary.ts'
import { mapSection, timeSection } from './html-time.ts'
import type { ReportFacts } from './report-facts.ts'
import { STYLE } from './style.ts'
import { groupBy, sourceKey } from './tally.ts'
import { formatDays, WORDS } from './words.ts'

const R = WORDS.report
/** Nothing is fetched and no script runs, whatever stands in the page; only this style sheet applies. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

export interface HtmlOptions {
  /** True: identities as given, for findings already pseudonymised or a reader who may see them. Default false: masked. */
  readonly reveal?: boolean
  /**
   * Distinct subscribers below this number are shown as “fewer than”, and single ones left out, for a copy to publish.
   * Default: all numbers.
   */
  readonly minimumCount?: number
  /** The campaigns of the case, surest first. */
  readonly campaigns?: readonly Campaign[]
  /** What attribution says of sources; those that the report tells of are enough. */
  readonly dossiers?: readonly Dossier[]
  /** The counts over all findings, from the database of the case; without them rankings and charts are left out. */
  readonly facts?: ReportFacts | null
}

/**
 * The report as one HTML document that needs nothing else: no script, no network, no font. `findings` may be a part of
 * those of the run, the gravest; the report says so. The same case, findings and facts give the same text.
 */
export function renderHtml(kase: Case, findings: readonly Finding[], options: HtmlOptions = {}): string {
  const audience: Audience = { reveal: options.reveal ?? false, minimumCount: options.minimumCount ?? 0 }
  const campaigns = options.campaigns ?? []
  const facts = options.facts ?? null
  const sections = sectionsOf(kase, findings, campaigns, options.dossiers ?? [], facts, audience)
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
<a class="skip" href="#report">${R.skip}</a>
<header>
<p class="kind">Telltale</p>
<h1>${R.kind}, <span class="line">${days}</span></h1>
<p class="meta">${R.utc} ${audience.reveal ? R.revealed : R.masked}</p>
<nav class="contents" aria-label="${R.contents}"><ol><li><a href="#summary">${R.summary}</a></li>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
</header>
<main id="report" tabindex="-1">
${summaryPart({ kase, findings, campaigns, facts, audience })}
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

function sectionsOf(
  kase: Case,
  findings: readonly Finding[],
  campaigns: readonly Campaign[],
  dossiers: readonly Dossier[],
  facts: ReportFacts | null,
  audience: Audience,
): Section[] {
  const sources = groupBy(findings, sourceKey)
  const counted = facts === null || facts.total.attempts === 0 ? null : facts
  const attributed = new Map(dossiers.map((dossier) => [dossier.sourceKey, dossier]))
  const campaignTotal = Math.max(kase.campaigns, campaigns.length)
  const sections: (Section | null)[] = [
    examinedSection(kase),
    counted === null ? timelineSection(kase, findings, sources) : null,
    counted === null && sources.length > 0 ? sourcesSection(sources, audience) : null,
    counted === null ? null : rankingsSection(counted, audience),
    counted === null ? null : typesSection(counted, audience),
    counted === null ? null : timeSection(kase, counted, campaigns),
    counted === null || counted.flows.length === 0 ? null : mapSection(counted, audience),
    counted === null ? null : roamingSection(counted, audience),
    counted === null ? null : scaleSection(counted, audience),
    counted === null ? null : matrixSection(counted, audience),
    counted === null && campaignTotal === 0
      ? null
      : campaignsSection(campaigns, campaignTotal, attributed, facts?.campaigns ?? [], audience),
    counted === null ? null : storiesSection(counted, audience),
    counted === null ? null : dossiersSection(kase, counted, campaigns, attributed, audience),
    findings.length === 0 ? null : hypothesesSection(findings),
    findingsSection(kase, findings, facts, audience),
    coverageSection(kase),
    notCheckedSection(kase),
    methodSection(audience, kase.findings > 0 && facts === null),
    annexSection(kase, findings),
    versionsSection(kase),
  ]
  return sections.filter((section) => section !== null)
}
