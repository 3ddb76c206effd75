import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign, CampaignMember } from '../campaign/campaign.ts'
import { fingerprintOf } from '../campaign/fingerprint.ts'
import { addressKey } from '../campaign/observation.ts'
import type { Case } from '../finding/case.ts'
import { type Audience, mayShowSubjects, subjectCount } from './audience.ts'
import { storyChart } from './charts/lanes.ts'
import { addressOf, answersText, answerWord, name, subjectText } from './describe.ts'
import { contextSentence, dossierContext } from './html-context.ts'
import { type Content, html, type Markup } from './html-escape.ts'
import { breakable, columnsOf, fact, generationMarks, paragraph, type Section, table, timeLines } from './html-parts.ts'
import { votesPart } from './html-votes.ts'
import {
  GENERATIONS,
  type Generation,
  type ReportFacts,
  type SourceDossier,
  type SubjectStory,
} from './report-facts.ts'
import { primaryAddress } from './tally.ts'
import { formatCount, formatCountry, formatRange, formatTime, WORDS } from './words.ts'

const R = WORDS.report
const EPISODES = 15
const PROTOCOLS = { '3g': 'ss7', '4g': 'diameter', sms: 'sms', gtp: 'gtp', other: 'ss7' } as const

/** The stories of the subscribers most affected. */
export function storiesSection(facts: ReportFacts, audience: Audience): Section | null {
  if (facts.subjects.length === 0) return null
  if (!mayShowSubjects(audience)) {
    return { id: 'subscribers', title: R.stories, body: paragraph('', R.storiesWithheld(audience.minimumCount)) }
  }
  const rest = facts.total.subjects - facts.subjects.length
  const used = GENERATIONS.filter((generation) =>
    facts.subjects.some(({ generations }) => generations.includes(generation)),
  )
  return {
    id: 'subscribers',
    title: R.stories,
    body: html`<p>${audience.reveal ? R.storiesIntroRevealed : R.storiesIntro}</p>${generationMarks(used)}${facts.subjects.map((story, index) => storyPart(story, index, audience))}${rest > 0 ? paragraph('more', R.storiesRest(formatCount(rest))) : html``}`,
  }
}

function storyPart(story: SubjectStory, index: number, audience: Audience): Markup {
  const id = `subscriber-${index + 1}`
  const subject = subjectText({ imsi: story.imsi, msisdn: story.msisdn }, audience.reveal)
  const generations = story.generations.map((generation) => WORDS.generation[generation]).join(', ')
  const facts = R.storyFacts(
    story.attempts,
    story.addresses,
    story.countries,
    generations,
    formatRange(story.firstSeen, story.lastSeen),
  )
  const rows = story.shown
    .slice(0, EPISODES)
    .map((episode): Content[] => [
      html`<span class="line">${formatTime(episode.firstSeen)}</span>`,
      WORDS.generationShort[episode.generation],
      WORDS.classes[episode.class][0],
      html`${breakable(name(episode.operation))}<small>${name(episode.detector)}</small>`,
      episode.address === null ? WORDS.addressUnknown : breakable(addressOf(episode.address)),
      formatCountry(episode.country),
      formatCount(episode.messages),
      answerWord(episode.answered),
      html`<span class="id">${name(episode.id)}</span>`,
    ])
  return html`<section><h3>${R.storyTitle(index + 1, subject)}</h3><p>${facts}</p>
<figure><figcaption>${R.storyChart(subject)}</figcaption>${storyChart(`${id}-chart`, story.shown, story.generations, R.storyChart(subject), facts)}</figure>
${table(id, R.storyCaption(subject), columnsOf(R.storyColumns, ['text', 'text', 'text', 'name', 'addr', 'text', 'num', 'text', 'text']), rows, { total: story.episodes, more: WORDS.moreFindings })}</section>
`
}

/** All that is known of the busiest sources. */
export function dossiersSection(
  kase: Case,
  facts: ReportFacts,
  campaigns: readonly Campaign[],
  attributed: ReadonlyMap<string, Dossier>,
  audience: Audience,
): Section | null {
  if (facts.dossiers.length === 0) return null
  return {
    id: 'dossiers',
    title: R.dossiers,
    body: html`<p>${R.dossiersIntro}</p>${contextSentence(kase, [...attributed.values()])}${facts.dossiers.map((dossier, index) => dossierPart(dossier, index, campaigns, attributed, audience))}`,
  }
}

function dossierPart(
  dossier: SourceDossier,
  index: number,
  campaigns: readonly Campaign[],
  attributed: ReadonlyMap<string, Dossier>,
  audience: Audience,
): Markup {
  const votes = attributed.get(keyOf(dossier))
  const F = R.dossierFields
  const own = campaigns.filter(({ members }) => members.some((member) => isMember(member, dossier)))
  const counts = (rows: SourceDossier['operations']) =>
    rows.map(({ name: text, count }) => R.named(name(text), count)).join(', ')
  const beside = dossier.beside
    .map(({ kind, value, count }) => R.named(`${WORDS.address[kind]} ${name(value)}`, count))
    .join(', ')
  const answers = answersText({
    answered: dossier.answered,
    notAnswered: dossier.notAnswered,
    notVisible: dossier.notVisible,
  })
  const rest: [string, string][] = [
    [F.detectors, counts(dossier.detectors)],
    [F.operations, counts(dossier.operations)],
    [F.beside, beside],
    [F.claimed, counts(dossier.claimed)],
    [F.paths, counts(dossier.paths)],
    [F.fingerprints, habits(dossier)],
    [F.campaigns, own.map(({ id }) => name(id)).join(', ')],
  ]
  return html`<article class="card"><h3>${breakable(addressOf(dossier.address))}</h3>
<dl class="facts">${fact(F.network, `${dossier.network === null ? WORDS.networkUnknown : name(dossier.network)}, ${formatCountry(dossier.country)}`)}${fact(F.method, name(dossier.method))}${fact(F.seen, timeLines(dossier.firstSeen, dossier.lastSeen))}${fact(F.months, formatCount(dossier.months))}${fact(F.attempts, formatCount(dossier.attempts))}${fact(F.subjects, subjectCount(dossier.subjects, audience))}${fact(F.answers, answers === '' ? WORDS.none : answers)}${fact(F.generations, dossier.generations.map((generation) => WORDS.generation[generation]).join(', '))}${rest.filter(([, text]) => text !== '').map(([term, text]) => fact(term, text, 'wide'))}</dl>${votes === undefined ? html`` : html`${votesPart(votes, `dossier-${index + 1}`)}${dossierContext(votes, `dossier-${index + 1}-context`)}`}</article>
`
}

/** Fingerprints of a source's encodings, the most used first. */
function habits({ encodings, generations }: SourceDossier): string {
  const generation: Generation = generations[0] ?? 'other'
  const counts = new Map<string, number>()
  for (const { name: encoding, count } of encodings) {
    const { hash } = fingerprintOf(PROTOCOLS[generation], encoding)
    counts.set(hash, (counts.get(hash) ?? 0) + count)
  }
  return [...counts].map(([hash, count]) => R.dossierHabits(hash, count)).join(', ')
}

/** The name under which attribution keeps a source; its dossiers are by title, host, IP address or point code. */
function keyOf({ address: { kind, value } }: SourceDossier): string {
  return addressKey({
    gt: kind === 'gt' ? value : null,
    host: kind === 'host' ? value : null,
    ip: kind === 'ip' ? value : null,
    opc: kind === 'opc' ? Number(value) : null,
  })
}

function isMember({ source }: CampaignMember, { address }: SourceDossier): boolean {
  const own = primaryAddress({ ...source, method: '' })
  return own !== null && own.kind === address.kind && own.value === address.value
}
