import type { FoundCampaign } from '../campaign/campaign.ts'
import { addressKey } from '../campaign/observation.ts'
import { formatTime } from '../event/time.ts'
import type { Statements } from './context/public-context.ts'
import { type SourceFacts, sureness, VOTE_KINDS, VOTE_WEIGHTS, type Vote } from './source-facts.ts'

/** A vote with what it is worth. */
export interface WeighedVote extends Vote {
  /** 0 to 1: how surely this identifier names the operator that sent the requests. */
  readonly sureness: number
}

/** Two identifiers of one source that name different operators or countries. Kept, never merged away. */
export interface Disagreement {
  readonly between: readonly [Vote, Vote]
  readonly about: 'operator' | 'country'
  readonly why: string
}

/** Who the votes are for, with their share of all weight. */
export interface Candidate {
  readonly operator: string | null
  readonly country: string | null
  readonly share: number
}

/** Another source in the same campaigns. */
export interface Companion {
  readonly sourceKey: string
  readonly campaigns: readonly string[]
}

/** All that is known of one source address, and apart from that what others said of it, which weighs nothing. */
export interface Dossier extends Statements {
  readonly sourceKey: string
  readonly votes: readonly WeighedVote[]
  readonly candidates: readonly Candidate[]
  readonly disagreements: readonly Disagreement[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly requests: number
  readonly suspicious: number
  readonly subjects: number
  readonly answers: { readonly answered: number; readonly unanswered: number; readonly unseen: number }
  readonly operations: SourceFacts['operations']
  readonly fingerprints: SourceFacts['fingerprints']
  readonly fingerprintChanges: readonly { readonly from: string; readonly to: string; readonly at: string }[]
  readonly exceptions: readonly string[]
  readonly campaigns: readonly string[]
  readonly companions: readonly Companion[]
  readonly facts: SourceFacts
}

/** Companions told of one source. */
const MOST_COMPANIONS = 100
/** Pairs of votes compared: kinds are few, values of a rotating source many. */
const MOST_VOTES = 64

/** Dossiers of sources, in the order given, with their companions in the campaigns. */
export function buildDossiers(
  sources: Iterable<SourceFacts>,
  campaigns: readonly FoundCampaign[],
): ReadonlyMap<string, Dossier> {
  const campaignsOf = new Map<string, string[]>()
  const membersOf = new Map<string, readonly string[]>()
  for (const { campaign } of campaigns) {
    const keys = campaign.members.map(({ source }) => addressKey(source))
    membersOf.set(campaign.id, keys)
    for (const key of keys) {
      const ids = campaignsOf.get(key)
      if (ids === undefined) campaignsOf.set(key, [campaign.id])
      else ids.push(campaign.id)
    }
  }
  const dossiers = new Map<string, Dossier>()
  for (const facts of sources) {
    const ids = campaignsOf.get(facts.sourceKey) ?? []
    dossiers.set(facts.sourceKey, buildDossier(facts, ids, companionsOf(facts.sourceKey, ids, membersOf)))
  }
  return dossiers
}

function buildDossier(facts: SourceFacts, campaigns: readonly string[], companions: readonly Companion[]): Dossier {
  const votes = facts.votes
    .map((vote) => ({ ...vote, sureness: VOTE_WEIGHTS[vote.kind] * sureness(vote.method) }))
    .sort((a, b) => VOTE_KINDS.indexOf(a.kind) - VOTE_KINDS.indexOf(b.kind) || b.requests - a.requests)
  return {
    sourceKey: facts.sourceKey,
    votes,
    candidates: candidatesOf(votes),
    disagreements: disagreementsOf(votes),
    firstSeen: formatTime(facts.firstUs),
    lastSeen: formatTime(facts.lastUs),
    requests: facts.requests,
    suspicious: facts.suspicious,
    subjects: facts.subjects,
    answers: { answered: facts.answered, unanswered: facts.unanswered, unseen: facts.unseen },
    operations: facts.operations,
    fingerprints: facts.fingerprints,
    fingerprintChanges: facts.fingerprintChanges.map(({ from, to, timeUs }) => ({ from, to, at: formatTime(timeUs) })),
    exceptions: facts.exceptions,
    campaigns,
    companions,
    statements: [],
    statementCount: 0,
    facts,
  }
}

function candidatesOf(votes: readonly WeighedVote[]): Candidate[] {
  const rows = new Map<string, { operator: string | null; country: string | null; weight: number }>()
  let all = 0
  for (const { operator, country, sureness: weight } of votes) {
    if (operator === null && country === null) continue
    const key = `${operator}|${country}`
    const row = rows.get(key)
    if (row === undefined) rows.set(key, { operator, country, weight })
    else row.weight += weight
    all += weight
  }
  return [...rows.values()]
    .map(({ operator, country, weight }) => ({ operator, country, share: all === 0 ? 0 : weight / all }))
    .sort((a, b) => b.share - a.share || (`${a.operator}` < `${b.operator}` ? -1 : 1))
}

function disagreementsOf(votes: readonly WeighedVote[]): Disagreement[] {
  const found: Disagreement[] = []
  const compared = votes.slice(0, MOST_VOTES)
  for (const [i, a] of compared.entries()) {
    for (const b of compared.slice(i + 1)) {
      if (a.kind === b.kind) continue
      const apart = a.country !== null && b.country !== null && a.country !== b.country
      const named = a.operator !== null && b.operator !== null && a.operator !== b.operator
      if (!apart && !named) continue
      const about = apart ? 'country' : 'operator'
      const why = `${wordsOf(a)} is of ${a[about]}, ${wordsOf(b)} of ${b[about]}`
      found.push({ between: [a, b], about, why })
    }
  }
  return found
}

function wordsOf({ kind, identifier }: Vote): string {
  return `${kind.replaceAll('-', ' ')} ${identifier}`
}

function companionsOf(
  own: string,
  ids: readonly string[],
  membersOf: ReadonlyMap<string, readonly string[]>,
): Companion[] {
  const rows = new Map<string, string[]>()
  for (const id of ids) {
    for (const key of membersOf.get(id) ?? []) {
      if (key === own) continue
      const known = rows.get(key)
      if (known !== undefined) known.push(id)
      else if (rows.size < MOST_COMPANIONS) rows.set(key, [id])
    }
  }
  return [...rows]
    .map(([sourceKey, campaigns]) => ({ sourceKey, campaigns }))
    .sort((a, b) => b.campaigns.length - a.campaigns.length || (a.sourceKey < b.sourceKey ? -1 : 1))
}
