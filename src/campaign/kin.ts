import { entryOf } from './entry.ts'
import { absorb, mergeGroup, type SourceGroup } from './groups.ts'
import { LEVELS } from './levels.ts'
import { NOBODY } from './observation.ts'
import type { ObservationLog } from './observation-log.ts'
import { binomialTail, hypergeometricTail } from './statistics.ts'
import type { Touches } from './touches.ts'

/** Of a range or operator that is in a campaign, an address joins when chance is as small as this among all such … */
const UNLIKELY = 0.01
/** … and its share of requests on the campaign's subscribers is at least this much of the members' own. */
const LIKE_MEMBERS = 0.5
/** Odds of meeting the campaign's subscribers, against those of others: a large sample tells small differences as well. */
const LEAST_ODDS = 1.5
/** Two groups of one range or operator become one, and who took over from a member joins, when chance is as small as this. */
const SAME = 1e-6
/** Two groups that a coarser level holds together become one when their shared subscribers meet with no more chance than this. */
const TIED = 1e-4
/** A subscriber is popular, and tells nothing, with more strangers than members, and so many times the usual number. */
const USUAL = 3

/**
 * Adds to each group the other addresses of its members' ranges and operators that go after its subscribers. The tests of
 * pairs look into windows, and leave out addresses that work in other weeks than their partners, or that a tool uses a few
 * times each. That an address is of one range or operator with a member is known without its subscribers, so that far fewer
 * questions are asked: does it meet the group's subscribers more often than sources beside it do, and about as often as
 * the members meet each other's? Who took over from a member is asked the same, more strictly. An operator's other addresses, which serve its visitors or somebody else, do not.
 * Groups that such addresses tie together become one.
 */
export function addKin(log: ObservationLog, touches: Touches, groups: SourceGroup[], skip: ReadonlySet<number>): void {
  if (groups.length === 0) return
  const kin = kinship(log, skip)
  joinGroups(touches, kin, groups)
  const taken = new Set(groups.flatMap(({ sources }) => [...sources]))
  for (const group of groups) {
    const successors = [...group.neighbours].filter((source) => !group.sources.has(source))
    const related = new Set(kin.of(group.sources))
    const candidates = [...new Set([...related, ...successors])].filter((source) => !taken.has(source))
    if (candidates.length === 0) continue
    const profiles = profilesOf(touches, group, candidates)
    for (const source of candidates) {
      const most = (related.has(source) ? UNLIKELY / candidates.length : SAME) / profiles.length
      if (!profiles.some((profile) => fits(profile, touches, [source], most))) continue
      group.sources.add(source)
      taken.add(source)
    }
  }
}

/**
 * Makes one of groups that have addresses of one range or operator, or are tied, and go after the same subscribers; the
 * earlier one stays.
 */
function joinGroups(touches: Touches, kin: Kinship, groups: SourceGroup[]): void {
  const groupsOf = new Map<number, Set<SourceGroup>>()
  for (const group of groups)
    for (const source of group.sources) entryOf(groupsOf, source, () => new Set<SourceGroup>()).add(group)
  const gone = new Set<SourceGroup>()
  for (const group of groups) {
    if (gone.has(group)) continue
    const related = new Set([...group.sources, ...kin.of(group.sources)])
    const others = new Set([
      ...group.tied.keys(),
      ...[...related].flatMap((source) => [...(groupsOf.get(source) ?? [])]),
    ])
    for (const other of others) {
      if (other === group || gone.has(other)) continue
      const cluster = group.tied.get(other)
      const theirs = [...other.sources].filter((source) => cluster !== undefined || related.has(source))
      const meets = cluster !== undefined && meetsOn(touches, group, other)
      if (!meets && !isSame(touches, group, other, theirs)) continue
      mergeGroup(group, other)
      if (cluster !== undefined) absorb(group, cluster)
      gone.add(other)
      for (const source of other.sources) groupsOf.get(source)?.add(group)
    }
  }
  const left = groups.filter((group) => !gone.has(group))
  groups.length = 0
  for (const group of left) groups.push(group)
}

/** Whether the subscribers that tie each of two groups together are the same more often than by lot. */
function meetsOn({ subjects }: Touches, group: SourceGroup, other: SourceGroup): boolean {
  let common = 0
  for (const subject of other.subjects) if (group.subjects.has(subject)) common++
  return hypergeometricTail(common, subjects, group.subjects.size, other.subjects.size) <= TIED
}

/** Whether these addresses of the other group go after the subscribers of this one. */
function isSame(touches: Touches, group: SourceGroup, other: SourceGroup, theirs: readonly number[]): boolean {
  const profiles = profilesOf(touches, group, [...other.sources])
  return profiles.some((profile) => fits(profile, touches, theirs, SAME / profiles.length))
}

/** Whether these sources meet a group's subscribers as its members do, and more often than others. */
function fits(
  { targets, share, outside }: Profile,
  { subjectsOf }: Touches,
  sources: readonly number[],
  mostP: number,
): boolean {
  let hits = 0
  let all = 0
  for (const source of sources) {
    for (const subject of subjectsOf(source)) {
      all++
      if (targets.has(subject)) hits++
    }
  }
  if (hits < LIKE_MEMBERS * share * all || hits * (1 - outside) < LEAST_ODDS * outside * (all - hits)) return false
  return binomialTail(hits, all, outside) <= mostP
}

/** Subscribers of a group, and how often they are met. */
interface Profile {
  readonly targets: ReadonlySet<number>
  /** The share of the members' own subscribers that are among them and that other members touch too. */
  readonly share: number
  /** The chance that a touch of any source besides is about one of them. */
  readonly outside: number
}

/**
 * All subscribers of a group, and those that tie it together: where it asks about most subscribers, the first say little.
 * Of sources that only take turns on somebody, the rest of their work says nothing.
 */
function profilesOf(touches: Touches, group: SourceGroup, others: readonly number[]): Profile[] {
  const members = new Map<number, number>()
  for (const source of group.sources)
    for (const subject of touches.subjectsOf(source)) members.set(subject, (members.get(subject) ?? 0) + 1)
  const sets = group.coTargeting === null ? [group.subjects] : [new Set(members.keys()), group.subjects]
  return sets.map((targets) => profileOf(touches, group, members, targets, others))
}

/**
 * @param members how many members touch each subscriber. @param wanted subscribers to take, popular ones aside.
 * @param others sources that are not held to be outside.
 */
function profileOf(
  { subjectsOf, popularity, all, subjects }: Touches,
  group: SourceGroup,
  members: ReadonlyMap<number, number>,
  wanted: ReadonlySet<number>,
  others: readonly number[],
): Profile {
  const beside = new Map<number, number>()
  let own = 0
  for (const count of members.values()) own += count
  let touchesBeside = all - own
  for (const source of new Set(others)) {
    if (group.sources.has(source)) continue
    for (const subject of subjectsOf(source)) {
      touchesBeside--
      beside.set(subject, (beside.get(subject) ?? 0) + 1)
    }
  }
  const usual = (USUAL * touchesBeside) / Math.max(1, subjects)
  const targets = new Set<number>()
  let shared = 0
  let met = 0
  for (const subject of wanted) {
    const count = members.get(subject) ?? 0
    const strangers = (popularity[subject] ?? 0) - count - (beside.get(subject) ?? 0)
    if (strangers > Math.max(count, usual)) continue
    targets.add(subject)
    met += strangers
    if (count > 1) shared += count
  }
  // others may ask about other kinds of subscribers: no less than a source that asks about anybody under suspicion
  const outside = Math.min(1, Math.max((met + 1) / (touchesBeside + 1), targets.size / Math.max(1, subjects)))
  return { targets, share: shared / Math.max(1, own), outside }
}

/** Which addresses are of one operator, or of one range and not of two operators. */
interface Kinship {
  /** Such addresses beside these. */
  of(sources: ReadonlySet<number>): number[]
}

function kinship(log: ObservationLog, skip: ReadonlySet<number>): Kinship {
  const families = LEVELS.filter(({ name }) => name === 'range' || name === 'operator').map(({ key }) => {
    const members = new Map<string, number[]>()
    for (const [source, one] of log.sources.entries()) {
      const name = skip.has(source) ? null : key(one)
      if (name !== null) entryOf(members, name, () => []).push(source)
    }
    return { key, members }
  })
  return {
    of(sources) {
      const found = new Set<number>()
      const done = new Set<string>()
      for (const source of sources) {
        const one = log.sources[source] ?? NOBODY
        for (const { key, members } of families) {
          const name = key(one)
          const asked = `${name} ${one.operator}`
          if (name === null || done.has(asked)) continue
          done.add(asked)
          for (const other of members.get(name) ?? []) {
            const { operator } = log.sources[other] ?? NOBODY
            const isForeign = operator !== null && one.operator !== null && operator !== one.operator
            if (!sources.has(other) && !isForeign) found.add(other)
          }
        }
      }
      return [...found].sort((a, b) => a - b)
    },
  }
}
