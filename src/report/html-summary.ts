import type { Campaign } from '../campaign/campaign.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { type Audience, subjectCount, subscribersText } from './audience.ts'
import { judgements, name, stopReasons, undecodedMessages } from './describe.ts'
import { changeName, decimal, probability } from './html-campaigns.ts'
import { html, type Markup } from './html-escape.ts'
import { keyFindings } from './html-findings.ts'
import { list, paragraph } from './html-parts.ts'
import { leadersText, shortCountry } from './html-rankings.ts'
import type { Generation, ReportFacts } from './report-facts.ts'
import { type Tally, tally } from './tally.ts'
import { formatCount, formatDays, formatMoment, formatShare, WORDS } from './words.ts'

const R = WORDS.report
/** Campaigns told on page one. */
const CAMPAIGNS = 3
/** Countries named in one sentence. */
const COUNTRIES = 8

/** All that page one is made of. */
export interface SummaryInput {
  readonly kase: Case
  readonly findings: readonly Finding[]
  readonly campaigns: readonly Campaign[]
  readonly facts: ReportFacts | null
  readonly audience: Audience
}

/** Page one: for a reader who knows nothing of signalling. */
export function summaryPart(input: SummaryInput): Markup {
  const { kase, findings, facts, audience } = input
  const sum = tally(findings)
  const undecoded = undecodedMessages(kase)
  const { checks, judged, unavailable } = judgements(kase)
  const isEmpty = findings.length === 0 && kase.findings === 0
  const isPart = facts === null && findings.length < kase.findings
  const limits = html`<p>${R.undecoded(undecoded, formatShare(undecoded, kase.messages))} ${WORDS.judged(checks, judged, unavailable)} ${WORDS.limitations(kase.limitations.length)}</p>`
  return html`<section id="summary"><h2>${R.summary}</h2>
<p class="lede">${lede(kase, sum, facts, audience)}</p>
${isEmpty ? paragraph('', WORDS.noFinding(checks)) : html`<p>${R.plain}</p>`}
${stopped(kase)}
${isPart ? html`<div class="notice"><p>${WORDS.partOfFindings(findings.length, kase.findings)}</p></div>` : html``}
${figures(input, sum, undecoded)}
${facts === null || isEmpty ? html`` : html`<h3>${R.keyFindings}</h3><ol class="keys">${keySentences(input, facts)}</ol>`}
${findings.length === 0 ? html`` : html`<div class="notice"><p>${R.caution}</p></div>${keyFindings(findings, facts, audience)}`}
<h3>${R.couldNot}</h3>${limits}</section>`
}

function lede(kase: Case, sum: Tally, facts: ReportFacts | null, audience: Audience): string {
  if (kase.firstSeen === null || kase.lastSeen === null) return R.ledeNoTime
  // a day is named once
  const isOneDay = kase.firstSeen.slice(0, 10) === kase.lastSeen.slice(0, 10)
  const from = isOneDay ? kase.firstSeen.slice(11, 16) : formatMoment(kase.firstSeen)
  const to = formatMoment(kase.lastSeen)
  if (sum.findings === 0 && kase.findings === 0) return R.ledeNothing(from, to, kase.messages)
  if (facts !== null) {
    const { attempts, networks, countries, addresses } = facts.total
    const subjects = subscribersText(facts.total.subjects, audience)
    return R.ledeFacts(from, to, { read: kase.messages, attempts, networks, countries, subjects, addresses })
  }
  const { answered, notAnswered, notVisible } = sum.answers
  return `${R.lede(from, to, { ...sum, read: kase.messages }, subscribersText(sum.subjects, audience))} ${R.ledeAnswers(answered, notAnswered, notVisible)}`
}

/** What was found, a sentence each, with how sure it is. */
function keySentences({ kase, campaigns, audience }: SummaryInput, facts: ReportFacts): Markup[] {
  const sentences: [string, string][] = campaigns.slice(0, CAMPAIGNS).map((campaign) => {
    return [campaignSentence(campaign, audience), R.confidenceIs(campaign.confidence)]
  })
  const more = campaigns.length - CAMPAIGNS
  for (const generation of ['3g', '4g'] as const) {
    const leaders = leadersText(facts, generation)
    if (leaders !== '') sentences.push([R.leadersKey(WORDS.generation[generation], leaders), R.leadersConfidence])
  }
  const shift = shiftSentence(facts)
  if (shift !== null) sentences.push([shift, R.shiftConfidence])
  const trends = trendKey(kase)
  if (trends !== null) sentences.push([trends, R.trendConfidence])
  sentences.push([R.answeredShare(formatShare(facts.total.answered, facts.total.attempts)), R.answeredConfidence])
  return [
    ...sentences.map(([sentence, confidence]) => html`<li>${sentence} <span class="sure">${confidence}</span></li>`),
    ...(more > 0 ? [html`<li>${R.campaignsKeyMore(more)}</li>`] : []),
  ]
}

/** A campaign for a reader who knows none of its words. */
function campaignSentence(campaign: Campaign, audience: Audience): string {
  const { coTargeting, members, subjects } = campaign
  const days = formatDays(campaign.firstSeen, campaign.lastSeen)
  const countries = R.and([...new Set(members.map(({ source }) => shortCountry(source.country)))].slice(0, COUNTRIES))
  if (coTargeting !== null) {
    const { shared, expected, pValue } = coTargeting
    const sentence = R.campaignShared(members.length, countries, subjectCount(shared, audience), days)
    return shared < audience.minimumCount
      ? sentence
      : `${sentence} ${R.campaignChance(decimal(expected), probability(pValue))}`
  }
  const protocols = R.and(campaign.protocols.map((protocol) => WORDS.protocols[protocol] ?? name(protocol)))
  return R.campaignOther(members.length, countries, subscribersText(subjects, audience), protocols, days)
}

/** The first fade, the rises after it, and the move between protocols, dated; null where nothing changed. */
function trendKey({ trends }: Case): string | null {
  const kinds = ['fade', 'rise', 'protocol-shift'] as const
  const changes = kinds.flatMap((kind) => {
    const [first, ...more] = trends.filter((trend) => trend.kind === kind)
    if (first === undefined) return []
    const others = kind === 'rise' ? more.map(({ to }) => to) : []
    const names = [kind === 'fade' ? first.from : first.to, ...others].map(changeName)
    const day = R.trendDate(formatDays(first.at, first.at), Math.ceil(first.uncertaintyDays))
    return [R.trendClause[kind](R.and(names.slice(0, COUNTRIES)), day, changeName(first.from))]
  })
  return changes.length === 0 ? null : R.trendKey(changes)
}

/** How much of 3G and 4G the second carried in the first and the last year; null where there is one year or one generation. */
function shiftSentence({ years }: ReportFacts): string | null {
  const attempts = (year: number, generation: Generation) =>
    years.find((row) => row.year === year && row.generation === generation)?.attempts ?? 0
  const known = [...new Set(years.map(({ year }) => year))].filter(
    (year) => attempts(year, '3g') + attempts(year, '4g') > 0,
  )
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined || first === last) return null
  if (!years.some(({ generation }) => generation === '3g') || !years.some(({ generation }) => generation === '4g'))
    return null
  const share = (year: number) => formatShare(attempts(year, '4g'), attempts(year, '3g') + attempts(year, '4g'))
  return R.shiftKey(share(first), first, share(last), last)
}

function stopped(kase: Case): Markup {
  const reasons = stopReasons(kase)
  if (kase.complete && reasons.length === 0) return html``
  return html`<div class="notice"><p>${WORDS.stoppedEarly}</p>${reasons.length === 0 ? html`` : list(reasons)}</div>`
}

function figures({ kase, facts, campaigns, audience }: SummaryInput, sum: Tally, undecoded: number): Markup {
  type Entry = readonly [words: readonly [string, string], value: number, shown?: string]
  const T = R.totals
  const { checks, judged, unavailable } = judgements(kase)
  const entries: Entry[] =
    sum.findings === 0 && kase.findings === 0
      ? [
          [R.figures.packets, kase.packets],
          [R.figures.messages, kase.messages],
          [R.figures.undecoded, undecoded],
          [R.figures.checks, checks],
          [R.figures.judged, judged],
          [R.figures.unavailable, unavailable],
        ]
      : facts === null
        ? [
            [R.figures.findings, sum.findings],
            [R.figures.answered, sum.answers.answered],
            [R.figures.sources, sum.sources],
            [R.figures.subjects, sum.subjects, subjectCount(sum.subjects, audience)],
            [R.figures.messages, kase.messages],
            [R.figures.undecoded, undecoded],
          ]
        : [
            [T.attempts, facts.total.attempts],
            [T.answered, facts.total.answered],
            [T.networks, facts.total.networks],
            [T.countries, facts.total.countries],
            [T.subjects, facts.total.subjects, subjectCount(facts.total.subjects, audience)],
            [T.campaigns, Math.max(kase.campaigns, campaigns.length)],
          ]
  return html`<dl class="figures">${entries.map(([[one, many], value, shown]) => html`<div><dt>${value === 1 ? one : many}</dt><dd>${shown ?? formatCount(value)}</dd></div>`)}</dl>`
}
