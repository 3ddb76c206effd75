import { compareMembers } from './build-campaign.ts'
import type { Campaign, CampaignMember, FoundCampaign } from './campaign.ts'
import { newGroup, type SourceGroup } from './groups.ts'
import { addressKey } from './observation.ts'
import type { Grouping, ObservationLog } from './observation-log.ts'

/** A group goes on with an earlier campaign when this share of the smaller's addresses is in both. */
const OVERLAP = 0.5

/** The earlier campaign that a group goes on with: most addresses in common, each campaign once. */
export function seedOf(
  log: ObservationLog,
  group: SourceGroup,
  seeds: readonly FoundCampaign[],
  taken: ReadonlySet<string>,
): FoundCampaign | null {
  if (group.seed !== null) return seeds.find(({ campaign }) => campaign.id === group.seed) ?? null
  const own = new Set([...group.sources].map((source) => keyOf(log, source)))
  let best: FoundCampaign | null = null
  let most = 0
  for (const seed of seeds) {
    if (taken.has(seed.campaign.id)) continue
    const common = seed.campaign.members.filter(({ source }) => own.has(addressKey(source))).length
    if (common > most && common >= OVERLAP * Math.min(own.size, seed.campaign.members.length)) {
      best = seed
      most = common
    }
  }
  return best
}

/**
 * Earlier campaigns whose addresses are active again, too little for a group of their own: two or more of the addresses, or
 * one that asks about a subscriber of the campaign.
 */
export function returningSeeds(
  log: ObservationLog,
  bySubject: Grouping,
  seeds: readonly FoundCampaign[],
  groups: readonly SourceGroup[],
): SourceGroup[] {
  if (seeds.length === 0) return []
  const grouped = new Set(groups.flatMap(({ sources }) => [...sources]))
  const byKey = new Map<string, number>()
  for (const source of log.sources.keys()) byKey.set(keyOf(log, source), source)
  const subjects = new Map(log.subjects.map((key, subject) => [key, subject]))
  const returning: SourceGroup[] = []
  for (const { campaign, subjectKeys } of seeds) {
    const all = campaign.members.map(({ source }) => byKey.get(addressKey(source))).filter((one) => one !== undefined)
    if (all.length === 0 || all.some((source) => grouped.has(source))) continue
    const own = new Set(all)
    const asksAgain = subjectKeys.some((key) => {
      const subject = subjects.get(key)
      if (subject === undefined) return false
      for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++)
        if (own.has(log.source[bySubject.order[i] ?? 0] ?? 0)) return true
      return false
    })
    if (all.length < 2 && !asksAgain) continue
    const group = newGroup(own, [])
    group.seed = campaign.id
    returning.push(group)
    for (const source of own) grouped.add(source)
  }
  return returning
}

/**
 * An earlier campaign with what was found now. Sums are added when the new requests all came later; when they may be
 * among those counted before, the larger number stands.
 */
export function extendSeed(now: FoundCampaign, seed: FoundCampaign, newFrom: string): FoundCampaign {
  const [a, b] = [seed.campaign, now.campaign]
  const isLater = newFrom > a.lastSeen
  const total = (x: number, y: number): number => (isLater ? x + y : Math.max(x, y))
  const subjectKeys = [...new Set([...seed.subjectKeys, ...now.subjectKeys])]
  const campaign: Campaign = {
    ...b,
    id: a.id,
    title: b.members.length >= a.members.length ? b.title : a.title,
    scale: b.attempts >= a.attempts ? b.scale : a.scale,
    class: b.attempts >= a.attempts ? b.class : a.class,
    protocols: (['ss7', 'diameter', 'sms', 'gtp'] as const).filter((p) => [...a.protocols, ...b.protocols].includes(p)),
    firstSeen: a.firstSeen < b.firstSeen ? a.firstSeen : b.firstSeen,
    lastSeen: a.lastSeen > b.lastSeen ? a.lastSeen : b.lastSeen,
    members: joinMembers(a.members, b.members, total),
    subjects: subjectKeys.length,
    attempts: total(a.attempts, b.attempts),
    coTargeting: (b.coTargeting?.shared ?? -1) >= (a.coTargeting?.shared ?? -1) ? b.coTargeting : a.coTargeting,
    fingerprints: [...new Set([...b.fingerprints, ...a.fingerprints])],
    changes: joinChanges(a, b, isLater),
    findings: [...new Set([...a.findings, ...b.findings])],
    confidence: Math.max(a.confidence, b.confidence),
  }
  const kinds = new Set(now.patterns.map(({ kind }) => kind))
  const patterns = [...now.patterns, ...seed.patterns.filter(({ kind }) => !kinds.has(kind))]
  return { ...now, campaign, patterns, subjectKeys, roaming: now.roaming ?? seed.roaming }
}

function joinMembers(
  earlier: readonly CampaignMember[],
  later: readonly CampaignMember[],
  total: (a: number, b: number) => number,
): CampaignMember[] {
  const members = new Map(earlier.map((member) => [addressKey(member.source), member]))
  for (const member of later) {
    const key = addressKey(member.source)
    const known = members.get(key)
    if (known === undefined) members.set(key, member)
    else
      members.set(key, {
        source: member.source,
        attempts: total(known.attempts, member.attempts),
        // the same subscribers may be in both: at least the larger number
        subjects: Math.max(known.subjects, member.subjects),
        answered: total(known.answered, member.answered),
        firstSeen: known.firstSeen < member.firstSeen ? known.firstSeen : member.firstSeen,
        lastSeen: known.lastSeen > member.lastSeen ? known.lastSeen : member.lastSeen,
      })
  }
  return [...members.values()].sort(compareMembers)
}

/** Changes of both; those of a run over the same requests replace the earlier ones. */
function joinChanges(a: Campaign, b: Campaign, isLater: boolean): Campaign['changes'] {
  if (!isLater) return b.changes.length > 0 ? b.changes : a.changes
  return [...a.changes, ...b.changes]
}

function keyOf(log: ObservationLog, source: number): string {
  const one = log.sources[source]
  return one === undefined ? 'unknown' : addressKey(one)
}
