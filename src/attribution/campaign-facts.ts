import type { FoundCampaign, PatternKind } from '../campaign/campaign.ts'
import { LOOKUPS } from '../campaign/lookups.ts'
import { addressKey } from '../campaign/observation.ts'
import type { Dossier } from './dossier.ts'

/** What hypotheses are weighed by: sums over a campaign's members and their dossiers. Shares are 0 to 1. */
export interface CampaignFacts {
  readonly members: number
  /** Different operators and countries of record. */
  readonly operators: number
  readonly countries: number
  /** Members whose operator nothing names. */
  readonly unknownOperators: number
  readonly subjects: number
  readonly attempts: number
  readonly attemptsEach: number
  readonly isMass: boolean
  readonly answered: number
  /** Those of them that were asked for from a global title. */
  readonly answeredToTitles: number
  /** Members with a dossier; the rest of the facts come from these. */
  readonly known: number
  /** Share of all requests of the members that are under suspicion; null where nothing is known. */
  readonly suspiciousShare: number | null
  readonly unseen: number
  readonly unanswered: number
  /** Members whose identifiers name different countries or operators. */
  readonly disagreeing: number
  readonly disagreement: string | null
  /** Members with three or more operators among their identifiers. */
  readonly carriers: number
  readonly exceptions: readonly string[]
  /** Share of the subscribers whose home is the member's own operator. */
  readonly ownShare: number
  /** Share of requests that only ask the way to a subscriber, as look-ups and short message services do. */
  readonly lookupShare: number
  /** Share of requests that take effect without their answer. */
  readonly blindShare: number
  /** A rare fingerprint that members of several operators have in common. */
  readonly sharedRare: string | null
  readonly days: number
  readonly patterns: ReadonlySet<PatternKind>
}

const BLIND = new Set([
  'updateLocation', 'updateGprsLocation', 'cancelLocation', 'deleteSubscriberData', 'insertSubscriberData', 'purgeMS',
  'mt-ForwardSM', 'forwardSM', 'reset', 'Update-Location', 'Cancel-Location', 'Delete-Subscriber-Data', 'Purge-UE', 'Reset',
]) // biome-ignore format: one table
/** An encoding in at most this share of all requests is rare. */
const RARE = 0.05
const MS_PER_DAY = 86_400_000

/** Gathers the facts; `dossiers` by source key, members without one count as unknown. */
export function campaignFacts(
  { campaign, patterns }: FoundCampaign,
  dossiers: ReadonlyMap<string, Dossier>,
): CampaignFacts {
  const known = campaign.members
    .map(({ source }) => dossiers.get(addressKey(source)))
    .filter((one) => one !== undefined)
  const sum = (value: (dossier: Dossier) => number): number => known.reduce((total, one) => total + value(one), 0)
  const requests = sum((one) => one.requests)
  const operations = known.flatMap((one) => one.operations)
  const all = operations.reduce((total, one) => total + one.requests, 0)
  const shareOf = (names: ReadonlySet<string>): number =>
    operations.reduce((total, one) => total + (names.has(one.operation) ? one.requests : 0), 0) / Math.max(1, all)
  const disagreeing = known.filter(({ disagreements }) => disagreements.length > 0)
  return {
    members: campaign.members.length,
    operators: countOf(campaign.members.map(({ source }) => source.operator)),
    countries: countOf(campaign.members.map(({ source }) => source.country)),
    unknownOperators: campaign.members.filter(({ source }) => source.operator === null).length,
    subjects: campaign.subjects,
    attempts: campaign.attempts,
    attemptsEach: campaign.attempts / Math.max(1, campaign.subjects),
    isMass: campaign.scale === 'mass',
    answered: campaign.members.reduce((total, member) => total + member.answered, 0),
    answeredToTitles: campaign.members.reduce(
      (total, { source, answered }) => total + (source.gt === null ? 0 : answered),
      0,
    ),
    known: known.length,
    suspiciousShare: requests === 0 ? null : sum((one) => one.suspicious) / requests,
    unseen: sum((one) => one.answers.unseen),
    unanswered: sum((one) => one.answers.unanswered),
    disagreeing: disagreeing.length,
    disagreement: disagreeing[0]?.disagreements[0]?.why ?? null,
    carriers: known.filter(({ candidates }) => countOf(candidates.map(({ operator }) => operator)) > 2).length,
    exceptions: [...new Set(known.flatMap(({ exceptions }) => exceptions))],
    ownShare:
      sum((one) => one.facts.ownSubjects) /
      Math.max(
        1,
        sum((one) => one.subjects),
      ),
    lookupShare: shareOf(LOOKUPS),
    blindShare: shareOf(BLIND),
    sharedRare: sharedRareOf(known),
    days: (Date.parse(campaign.lastSeen) - Date.parse(campaign.firstSeen)) / MS_PER_DAY,
    patterns: new Set(patterns.map(({ kind }) => kind)),
  }
}

function countOf(names: readonly (string | null)[]): number {
  return new Set(names.filter((name) => name !== null)).size
}

/** The rare fingerprint with members of the most operators, two at least. */
function sharedRareOf(dossiers: readonly Dossier[]): string | null {
  const users = new Map<string, Set<string>>()
  for (const { sourceKey, candidates, fingerprints } of dossiers) {
    const operator = candidates[0]?.operator ?? sourceKey
    for (const { hash, share } of fingerprints) {
      if (share === null || share > RARE) continue
      const others = users.get(hash)
      if (others === undefined) users.set(hash, new Set([operator]))
      else others.add(operator)
    }
  }
  const [most] = [...users]
    .filter(([, own]) => own.size > 1)
    .sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
  return most?.[0] ?? null
}
