import type { Campaign, FoundCampaign, Hypothesis } from '../campaign/campaign.ts'
import { type CampaignFacts, campaignFacts } from './campaign-facts.ts'
import type { Dossier } from './dossier.ts'

/** A fact and by which factor it makes a hypothesis more likely; under 1 it speaks against. */
interface Argument {
  readonly factor: number
  readonly holds: (facts: CampaignFacts) => boolean
  readonly words: (facts: CampaignFacts) => string
}

interface Candidate {
  readonly statement: string
  /** Weight before any fact. */
  readonly prior: number
  readonly arguments: readonly Argument[]
}

/** No hypothesis is ever certain, and none is ruled out. */
const MOST = 0.9
const LEAST = 0.01

/**
 * What may be behind a campaign. The factors are judgement, written down so that they can be argued with; they speak of roles,
 * never of states or companies. Public context is shown beside them and has no factor here.
 */
const CANDIDATES: readonly Candidate[] = [
  {
    statement: 'The operators that own the addresses sent the requests themselves.',
    prior: 1,
    arguments: [
      fact(1.5, (f) => f.operators === 1 && f.unknownOperators === 0, () => 'All addresses are of one operator of record.'),
      fact(1.5, (f) => (f.suspiciousShare ?? 0) > 0 && (f.suspiciousShare ?? 1) < 0.5, (f) => `${percent(1 - (f.suspiciousShare ?? 0))} of the traffic of these addresses is ordinary.`),
      fact(0.5, (f) => f.operators > 2, (f) => `Operators of ${f.operators} names would have had to act together.`),
      fact(0.6, (f) => f.disagreeing > 0, (f) => `The identifiers of ${f.disagreeing} of the addresses name different owners: ${f.disagreement}.`),
      fact(0.6, (f) => f.sharedRare !== null, (f) => `Addresses of several operators write the same rare encoding ${f.sharedRare}.`),
    ],
  },
  {
    statement: 'A third party sent them that leases the addresses, or has access through their owners.',
    prior: 1,
    arguments: [
      fact(2.5, (f) => f.sharedRare !== null, (f) => `Addresses of several operators write the same rare encoding ${f.sharedRare}.`),
      fact(1.8, (f) => f.operators > 1 && f.patterns.has('rotation'), (f) => `Addresses of ${f.operators} operators took turns on the same subscribers.`),
      fact(1.5, (f) => f.operators > 1 && f.patterns.has('co-targeting'), (f) => `Addresses of ${f.operators} operators in ${f.countries} countries went after the same subscribers.`),
      fact(1.3, (f) => f.patterns.has('reuse'), () => 'The addresses stayed in use for months.'),
      fact(1.4, (f) => (f.suspiciousShare ?? 0) > 0.9, (f) => `${percent(f.suspiciousShare ?? 0)} of what these addresses sent is under suspicion: they do nothing else.`),
      fact(0.6, (f) => (f.suspiciousShare ?? 1) < 0.2, (f) => `${percent(1 - (f.suspiciousShare ?? 0))} of the traffic of these addresses is ordinary.`),
    ],
  },
  {
    statement: 'The addresses are forged: somebody else sent the requests in their name.',
    prior: 0.6,
    arguments: [
      fact(2, (f) => f.disagreeing > 0, (f) => `The identifiers of ${f.disagreeing} of the addresses name different owners: ${f.disagreement}.`),
      fact(1.6, (f) => f.blindShare > 0.5, (f) => `${percent(f.blindShare)} of the requests take effect without their answer.`),
      fact(1.3, (f) => f.answered === 0 && f.unanswered > 0, () => 'No answer went back to the addresses.'),
      fact(0.3, (f) => f.patterns.has('probe-attack') && f.answeredToTitles > 0, () => 'Where an identity was asked for, another request followed within hours, as if answers came back to who asked.'),
      // a Diameter answer goes back the way its request came, whoever's name that bore (RFC 6733 §6.2)
      fact(0.5, (f) => f.answeredToTitles > 0 && f.blindShare < 0.5, (f) => `${f.answeredToTitles} ${f.answeredToTitles === 1 ? 'request' : 'requests'} over SS7 got a result, and that goes to the owner of an address: a forger would not see it.`),
    ],
  },
  {
    statement: 'The addresses belong to a transit hub that carries requests of others.',
    prior: 0.6,
    arguments: [
      fact(2.5, (f) => f.carriers > 0, (f) => `The identifiers of ${f.carriers} of the addresses name three or more operators.`),
      fact(1.5, (f) => (f.suspiciousShare ?? 1) < 0.1, (f) => `Only ${percent(f.suspiciousShare ?? 0)} of the traffic of these addresses is under suspicion.`),
      fact(0.5, (f) => (f.suspiciousShare ?? 0) > 0.5, (f) => `${percent(f.suspiciousShare ?? 0)} of what these addresses sent is under suspicion: a hub carries ordinary traffic.`),
      fact(0.7, (f) => f.patterns.has('rotation'), () => 'Addresses of different networks took turns; a hub has addresses of its own.'),
    ],
  },
  {
    statement: 'A look-up or A2P messaging company asked the way to its customers’ recipients.',
    prior: 0.8,
    arguments: [
      fact(3, (f) => f.lookupShare > 0.8, (f) => `${percent(f.lookupShare)} of the requests only ask the way to a subscriber.`),
      fact(1.5, (f) => f.isMass && f.attemptsEach < 2, (f) => `${f.subjects} subscribers were asked about ${f.attemptsEach.toFixed(1)} times each on average.`),
      fact(0.3, (f) => f.known > 0 && f.lookupShare < 0.2, (f) => `${f.lookupShare === 0 ? 'None' : percent(f.lookupShare)} of the requests ask the way to a subscriber; the rest is of no use for messaging.`),
      fact(0.5, (f) => f.attemptsEach >= 10, (f) => `On average, a subscriber was asked about ${Math.round(f.attemptsEach)} times.`),
    ],
  },
  {
    statement: 'A network or a routing is misconfigured.',
    prior: 0.6,
    arguments: [
      fact(2, (f) => f.answered === 0 && f.unanswered > 0, (f) => `None of ${f.attempts} requests got a result, and they went on.`),
      fact(1.6, (f) => f.members === 1, () => 'One address stands alone.'),
      fact(2, (f) => f.ownShare > 0.5, (f) => `${percent(f.ownShare)} of the subscribers are the sender's own.`),
      fact(0.4, (f) => f.patterns.has('rotation') || f.patterns.has('pivot'), () => 'Addresses or protocols took turns on the same subscribers, which a wrong setting hardly explains.'),
      fact(0.6, (f) => f.patterns.has('co-targeting'), () => 'Sources with little in common chose the same subscribers.'),
    ],
  },
  {
    statement: 'Somebody tests: a laboratory, an auditor, or a new partner.',
    prior: 0.4,
    arguments: [
      fact(2, (f) => f.subjects <= 3 && f.days < 14, (f) => `Only ${counted(f.subjects, 'subscriber')}, within ${counted(Math.max(1, Math.round(f.days)), 'day')}.`),
      fact(0.4, (f) => f.subjects > 20, (f) => `${f.subjects} subscribers are more than tests need.`),
      fact(0.5, (f) => f.days > 90, (f) => `It went on for ${Math.round(f.days)} days.`),
    ],
  },
  {
    statement: 'A lawful or agreed service: a roaming agreement, an emergency, a court order, a service the subscriber ordered.',
    prior: 0.5,
    arguments: [
      fact(4, (f) => f.exceptions.length > 0, (f) => `An agreement is on file: ${f.exceptions.join('; ')}.`),
      fact(1.8, (f) => f.ownShare > 0.5, (f) => `${percent(f.ownShare)} of the subscribers are the sender's own.`),
      fact(0.6, (f) => f.exceptions.length === 0 && f.known > 0, () => 'No agreement with these addresses is on file.'),
      fact(0.5, (f) => f.countries > 2, (f) => `Requests came from addresses in ${f.countries} countries.`),
    ],
  },
] // biome-ignore format: one argument a line

/**
 * Competing hypotheses of one campaign, the most likely first, benign ones always among them. Weights add up to 1; none is
 * below 0.01 or above 0.9: the data can make one likelier than another, never certain.
 */
export function weighHypotheses(facts: CampaignFacts): Hypothesis[] {
  const scored = CANDIDATES.map(({ statement, prior, arguments: all }) => {
    const holding = all.filter(({ holds }) => holds(facts))
    return {
      statement,
      score: holding.reduce((score, { factor }) => score * factor, prior),
      for: holding.filter(({ factor }) => factor > 1).map(({ words }) => words(facts)),
      against: holding.filter(({ factor }) => factor < 1).map(({ words }) => words(facts)),
    }
  })
  const all = scored.reduce((sum, { score }) => sum + score, 0)
  const bounded = scored.map(({ score }) => Math.min(MOST, Math.max(LEAST, score / all)))
  const total = bounded.reduce((sum, weight) => sum + weight, 0)
  return scored
    .map(({ statement, for: pro, against }, i) => ({
      statement,
      for: pro,
      against,
      weight: Math.round((1000 * (bounded[i] ?? 0)) / total) / 1000,
    }))
    .sort((a, b) => b.weight - a.weight || (a.statement < b.statement ? -1 : 1))
}

/** A campaign with its hypotheses. `dossiers` by source key. */
export function attribute(found: FoundCampaign, dossiers: ReadonlyMap<string, Dossier>): FoundCampaign {
  const hypotheses = weighHypotheses(campaignFacts(found, dossiers))
  const campaign: Campaign = { ...found.campaign, hypotheses }
  return { ...found, campaign }
}

function fact(factor: number, holds: Argument['holds'], words: Argument['words']): Argument {
  return { factor, holds, words }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
