import { DEFAULT_OPTIONS } from '../campaign/options.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { addressText, listed, name } from './describe.ts'
import { type Content, html } from './html-escape.ts'
import { columnsOf, type Section, table } from './html-parts.ts'
import { rank } from './tally.ts'
import { formatBytes, formatCount, formatTime, WORDS } from './words.ts'

const R = WORDS.report
const FRAMES = 4
const BENIGN = 60

/** Explanations that need no ill will: those that always have to be ruled out, and those the detectors name. */
export function hypothesesSection(findings: readonly Finding[]): Section {
  const named = new Map<string, Set<string>>()
  for (const { benign, detector } of findings) {
    for (const text of benign) {
      const detectors = named.get(text)
      if (detectors === undefined) named.set(text, new Set([detector]))
      else detectors.add(detector)
    }
  }
  const rows = [...named]
    .sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1))
    .slice(0, BENIGN)
    .map(([text, detectors]): Content[] => [text, listed([...detectors].sort().map(name), FRAMES)])
  return {
    id: 'explanations',
    title: R.hypotheses,
    body: html`<p>${R.hypothesesIntro}</p>
${table(
  'explanations-table',
  R.explanationsCaption,
  columnsOf(R.explanationColumns, ['prose', 'prose', 'prose']),
  R.explanations.map((row) => [...row]),
)}
${rows.length === 0 ? html`` : table('benign-table', R.benignCaption, columnsOf(R.benignColumns, ['prose', 'text']), rows, { total: named.size })}`,
  }
}

/** From every number down to the packet. */
export function annexSection(kase: Case, findings: readonly Finding[]): Section {
  const rows = rank(findings).map((finding): Content[] => {
    const frames = finding.evidence.slice(0, FRAMES).map(({ capture, frame }) => `${name(capture)}:${frame}`)
    const more = finding.evidenceCount - frames.length
    return [
      html`<span class="id">${name(finding.id)}</span>`,
      name(finding.detector),
      formatTime(finding.firstSeen),
      addressText(finding.source),
      formatCount(finding.count),
      `${frames.join(', ')}${more > 0 ? ` ${WORDS.more(more)}` : ''}`,
    ]
  })
  const files = kase.manifest.map((row): Content[] => [name(row.file), formatBytes(row.bytes), name(row.sha256)])
  return {
    id: 'annex',
    title: R.annex,
    body: html`<p>${R.annexIntro}</p><p>${R.allFindings}</p>
${files.length === 0 ? html`` : table('files', R.filesCaption, columnsOf(R.filesColumns, ['text', 'num', 'hash']), files)}
${rows.length === 0 ? html`` : table('evidence', R.annexCaption, columnsOf(R.annexColumns, ['text', 'text', 'text', 'addr', 'num', 'addr']), rows, { total: Math.max(kase.findings, rows.length), more: WORDS.moreFindings })}`,
  }
}

/** The thresholds that decide what counts as a campaign. */
export const THRESHOLDS = R.thresholds(DEFAULT_OPTIONS.massSubjects, DEFAULT_OPTIONS.massAttempts)
