import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign, CampaignChange, CampaignMember, Hypothesis } from '../campaign/campaign.ts'
import { DEFAULT_OPTIONS } from '../campaign/options.ts'
import { LIMITS } from '../limits.ts'
import { type Audience, mayShowSubjects, subjectCount, subscribersText } from './audience.ts'
import { spanChart } from './charts/lanes.ts'
import { addressText, name, operatorText } from './describe.ts'
import { campaignContext } from './html-context.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { addressCell, columnsOf, fact, paragraph, type Section, table, timeLines, unbroken } from './html-parts.ts'
import { roamingText } from './html-roaming.ts'
import type { CampaignAccount } from './report-facts.ts'
import { primaryAddress } from './tally.ts'
import { clipText } from './visible-text.ts'
import { formatConfidence, formatCount, formatCountry, formatDays, WORDS } from './words.ts'

const R = WORDS.report
const MEMBERS = 20
const DRAWN = 12
const LISTED = 6
/** Its finding says what the scale's sentence says better. */
const SCALE_DETECTOR = 'CMP-07'
/** Columns of an address in a chart. */
const NAME = 30

/** Campaigns, a card each; `total` is how many the case has. */
export function campaignsSection(
  campaigns: readonly Campaign[],
  total: number,
  dossiers: ReadonlyMap<string, Dossier>,
  accounts: readonly CampaignAccount[],
  audience: Audience,
): Section {
  const byId = new Map(accounts.map((account) => [account.id, account]))
  const shown = campaigns.slice(0, LIMITS.reportCampaigns)
  const more = Math.max(total, campaigns.length) - shown.length
  return {
    id: 'campaigns',
    title: R.campaigns,
    body: html`<p>${shown.length === 0 ? R.noCampaign : R.campaignsIntro}</p>${shown.map((campaign, index) => card(campaign, index, dossiers, byId.get(campaign.id), audience))}${more > 0 ? paragraph('more', R.campaignsMore(more)) : html``}`,
  }
}

function card(
  campaign: Campaign,
  index: number,
  dossiers: ReadonlyMap<string, Dossier>,
  account: CampaignAccount | undefined,
  audience: Audience,
): Markup {
  const id = `campaign-${index + 1}`
  const F = R.campaignFields
  const { coTargeting, members } = campaign
  const shown = members.slice(0, DRAWN)
  const protocols = campaign.protocols.map((protocol) => WORDS.protocols[protocol] ?? name(protocol)).join(', ')
  const fingerprints = campaign.fingerprints.slice(0, LISTED).map(name).join(', ')
  return html`<article class="card" id="${id}"><h3>${name(campaign.title)}</h3>
<dl class="facts">${fact(F.scale, R.scaleWord[campaign.scale] ?? name(campaign.scale))}${fact(F.attempts, formatCount(campaign.attempts))}${fact(F.subjects, subjectCount(campaign.subjects, audience))}${fact(F.confidence, formatConfidence(campaign.confidence))}${fact(R.campaignWindow, timeLines(campaign.firstSeen, campaign.lastSeen))}${fact(F.protocols, protocols)}${fact(F.id, unbroken([name(campaign.id)], 1))}${fact(F.findings, unbroken(campaign.findings.map(name), LISTED), 'wide')}${fingerprints === '' ? html`` : fact(F.fingerprints, fingerprints, 'wide')}</dl>
<p>${coTargeting === null ? R.noCoTargeting : R.sharedSentence(subjectCount(coTargeting.shared, audience), decimal(coTargeting.expected), probability(coTargeting.pValue))}</p>
${accountPart(campaign, account, audience)}
${shown.length < 2 ? html`` : html`<figure><figcaption>${R.membersChart(name(campaign.id))}</figcaption>${spanChart(`${id}-members`, shown.map(spanRow), R.membersChart(name(campaign.id)), shown.map((member) => `${addressText({ ...member.source, method: '' })}: ${formatDays(member.firstSeen, member.lastSeen)}.`).join(' '))}</figure>`}
${table(
  `${id}-table`,
  R.membersCaption(name(campaign.id)),
  columnsOf(R.memberColumns, ['addr', 'text', 'name', 'num', 'num', 'num', 'text']),
  members.slice(0, MEMBERS).map((member) => memberCells(member, audience)),
  { total: members.length, more: WORDS.moreInCampaigns },
)}
${campaign.changes.length === 0 ? html`` : html`<h4>${R.changesTitle}</h4><ul>${campaign.changes.map((change) => html`<li>${changeText(change)}</li>`)}</ul>`}
${campaign.hypotheses.length === 0 ? paragraph('meta', R.noHypotheses) : table(`${id}-hypotheses`, R.hypothesesCaption(name(campaign.id)), columnsOf(R.hypothesisColumns, ['prose', 'prose', 'prose', 'text']), campaign.hypotheses.map(hypothesisCells))}${campaignContext(campaign, dossiers, `${id}-context`)}</article>
`
}

/** What a campaign does, why it counts as mass or targeted, and where its subscribers were. */
function accountPart(campaign: Campaign, account: CampaignAccount | undefined, audience: Audience): Markup {
  const { massSubjects, massAttempts } = DEFAULT_OPTIONS
  const each = campaign.attempts / Math.max(1, campaign.subjects)
  const isFew = campaign.subjects < audience.minimumCount
  const scale = R.scaleReason(
    R.scaleWord[campaign.scale] ?? name(campaign.scale),
    subscribersText(campaign.subjects, audience),
    isFew ? null : each.toFixed(1),
    R.scaleRule(formatCount(massSubjects), formatCount(massAttempts)),
  )
  const roaming = account?.roaming ?? null
  const patterns = account?.patterns.filter(({ detector }) => detector !== SCALE_DETECTOR) ?? []
  const rows = patterns.map(({ detector, why }) => {
    const title = R.pattern[detector as keyof typeof R.pattern] ?? name(detector)
    // the facts of a pattern count subscribers
    const facts = mayShowSubjects(audience) ? sentenceOf(name(why)) : ''
    return html`<div><dt>${title} <span class="sure">${name(detector)}</span></dt><dd>${facts}</dd></div>`
  })
  return html`<h4>${R.patternsTitle}</h4><dl class="terms">${rows}<div><dt>${R.scaleTitle}</dt><dd>${scale}</dd></div>${roaming === null ? html`` : html`<div><dt>${R.roaming}</dt><dd>${roamingText(roaming, audience)}</dd></div>`}</dl>`
}

/** A clause as a sentence, its chance written as everywhere else. */
function sentenceOf(why: string): string {
  const clause = why.replace(/; by chance with p = ([\d.e+-]+)$/, (_, p: string) => ` (${probability(Number(p))})`)
  return clause === '' ? '' : `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`
}

function spanRow({ source, firstSeen, lastSeen, attempts }: CampaignMember) {
  const country = source.country === null ? '' : ` (${source.country})`
  const address = primaryAddress({ ...source, method: '' })
  const own = address === null ? WORDS.addressUnknown : name(address.value)
  return { name: clipText(own, NAME) + country, firstSeen, lastSeen, text: formatCount(attempts) }
}

function memberCells(member: CampaignMember, audience: Audience): Content[] {
  const { source } = member
  return [
    addressCell({ ...source, method: '' }),
    formatCountry(source.country),
    operatorText(source.operator),
    formatCount(member.attempts),
    subjectCount(member.subjects, audience),
    formatCount(member.answered),
    timeLines(member.firstSeen, member.lastSeen),
  ]
}

/** A dated change in words. */
export function changeText({ kind, at, uncertaintyDays, from, to }: CampaignChange): string {
  const [before, after] = [changeName(from), changeName(to)]
  const what =
    kind === 'fade' ? R.change.fade(before) : kind === 'rise' ? R.change.rise(after) : R.change[kind](before, after)
  return R.changeAt(what, formatDays(at, at), Math.ceil(uncertaintyDays))
}

/** Who or what a change is about: a source, a network, a protocol. */
export function changeName(text: string | null): string {
  if (text === null) return WORDS.unknown
  const protocols: Readonly<Record<string, string>> = WORDS.protocols
  return Object.hasOwn(protocols, text) ? (protocols[text] ?? text) : name(text)
}

function hypothesisCells(hypothesis: Hypothesis): Content[] {
  return [name(hypothesis.statement), facts(hypothesis.for), facts(hypothesis.against), weight(hypothesis.weight)]
}

function facts(sentences: readonly string[]): Content {
  if (sentences.length === 0) return '–'
  return html`<ul class="plain">${sentences.slice(0, LISTED).map((sentence) => html`<li>${sentence}</li>`)}</ul>`
}

function weight(share: number): Markup {
  const width = Math.min(60, Math.max(0, share) * 60).toFixed(1)
  return html`<span class="line">${share.toFixed(2)}</span><svg class="weight" aria-hidden="true" viewBox="0 0 60 6"><rect class="edge" width="60" height="6"/><rect class="decoded" width="${width}" height="6"/></svg>`
}

/** A probability short enough to read: `p = 0.03`, `p = 2.6 × 10⁻⁴²`; the smallest, which only say “none”, as `p < 10⁻⁹⁹`. */
export function probability(p: number): string {
  if (p >= 0.001) return `p\u00a0=\u00a0${p.toPrecision(2)}`
  const [digits = '0', power = '0'] = p.toExponential(1).split('e')
  if (Number(power) <= -99) return 'p\u00a0<\u00a010⁻⁹⁹'
  return `p\u00a0=\u00a0${digits}\u00a0×\u00a010⁻${[...power.replace('-', '')].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '').join('')}`
}

/** A number that need not be whole: `0.4`, `65`. */
export function decimal(value: number): string {
  return value >= 10 ? formatCount(Math.round(value)) : value.toFixed(1)
}
