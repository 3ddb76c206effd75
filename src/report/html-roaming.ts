import { type Audience, subjectCount } from './audience.ts'
import { partsBar } from './charts.ts'
import { type Content, html } from './html-escape.ts'
import { columnsOf, paragraph, type Section, table } from './html-parts.ts'
import { shortCountry } from './html-rankings.ts'
import type { ReportFacts, RoamingFacts } from './report-facts.ts'
import { formatCount, formatCountry, formatShare, WORDS } from './words.ts'

const R = WORDS.report
/** Countries named in a sentence. */
const NAMED = 5

/** Whether the subscribers were abroad when asked about, where, and whether they had just arrived. */
export function roamingSection({ roaming }: ReportFacts, audience: Audience): Section | null {
  const { subjects, known, abroad, countries, days } = roaming
  if (subjects === 0) return null
  // from few subscribers the others could be counted
  const isFew = [abroad, known - abroad, subjects - known].some((count) => count > 0 && count < audience.minimumCount)
  const parts = [
    { className: 'decoded', count: abroad, word: R.roamingParts.abroad },
    { className: 'partly', count: known - abroad, word: R.roamingParts.home },
    { className: 'not', count: subjects - known, word: R.roamingParts.unknown },
  ]
  const legend = parts.map(({ count, word }) => `${word}: ${formatCount(count)} (${formatShare(count, subjects)})`)
  return {
    id: 'roaming',
    title: R.roaming,
    body: html`<p>${R.roamingIntro}</p><p>${roamingText(roaming, audience)}</p>
${isFew || known === 0 ? html`` : html`<figure><figcaption>${R.roamingChart}</figcaption>${partsBar(parts, subjects, 'roaming-bar', R.roamingChart, `${legend.join(', ')}.`)}<ul class="swatches">${parts.map(({ className }, index) => html`<li><svg aria-hidden="true" viewBox="0 0 14 14"><rect class="${className}" width="14" height="14"/><rect class="edge" width="14" height="14"/></svg>${legend[index] ?? ''}</li>`)}</ul></figure>`}
${
  countries.length === 0
    ? html``
    : table(
        'roaming-table',
        R.roamingCaption,
        columnsOf(R.roamingColumns(days), ['text', 'num', 'num', 'num']),
        countries.map((row): Content[] => [
          formatCountry(row.country),
          formatCount(row.attempts),
          subjectCount(row.subjects, audience),
          subjectCount(row.arrived, audience),
        ]),
      )
}${paragraph('meta', R.roamingNote(days))}`,
  }
}

/** The same in sentences, for all or for a campaign. */
export function roamingText(roaming: RoamingFacts, audience: Audience): string {
  const { subjects, known, abroad, registered, arrived, countries, days } = roaming
  const count = (number: number): string => subjectCount(number, audience)
  if (known === 0) return R.roamingUnknown(count(subjects), subjects)
  const named = countries.slice(0, NAMED).map(({ country }) => shortCountry(country))
  const sentences = [R.roamingKnown(count(known), count(subjects))]
  if (abroad === 0) sentences.push(R.roamingHome)
  else {
    sentences.push(R.roamingAbroad(count(abroad), named, countries.length > named.length))
    sentences.push(registered === 0 ? R.roamingNoArrival : R.roamingArrived(count(arrived), count(registered), days))
  }
  return sentences.join(' ')
}
