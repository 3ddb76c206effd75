import type { UnitPair } from './co-targeting.ts'

/** Two groups become one when at least this share of the pairs between them is beyond chance: one odd pair is no bridge. */
const LEAST_DENSITY = 0.34
const PASSES = 8

/** A group of units that belong together. */
interface Group {
  members: number[]
  /** Pairs to other groups, by their number. */
  readonly links: Map<number, number>
}

/**
 * Groups units along the pairs beyond chance, the surest pair first. Deterministic; about linear in the pairs.
 * @returns groups of two or more, each in ascending order.
 */
export function communitiesOf(pairs: readonly UnitPair[]): number[][] {
  const groups = new Map<number, Group>()
  const groupOf = new Map<number, number>()
  for (const { a, b } of pairs) {
    for (const unit of [a, b]) {
      groupOf.set(unit, unit)
      if (!groups.has(unit)) groups.set(unit, { members: [unit], links: new Map() })
    }
    groups.get(a)?.links.set(b, 1)
    groups.get(b)?.links.set(a, 1)
  }
  const order = pairs.toSorted((x, y) => x.pValue - y.pValue || y.shared - x.shared || x.a - y.a || x.b - y.b)
  for (let pass = 0; pass < PASSES; pass++) {
    let merged = false
    for (const { a, b } of order) merged = tryMerge(groups, groupOf, groupOf.get(a) ?? a, groupOf.get(b) ?? b) || merged
    if (!merged) break
  }
  return [...groups.values()]
    .map(({ members }) => members.sort((a, b) => a - b))
    .filter((members) => members.length > 1)
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

function tryMerge(groups: Map<number, Group>, groupOf: Map<number, number>, x: number, y: number): boolean {
  if (x === y) return false
  const [one, other] = [groups.get(x), groups.get(y)]
  if (one === undefined || other === undefined) return false
  const links = one.links.get(y) ?? 0
  if (links < LEAST_DENSITY * one.members.length * other.members.length) return false
  // the group with fewer neighbours moves, so that each link moves a logarithm of times
  const [keptId, kept, goneId, gone] = one.links.size >= other.links.size ? [x, one, y, other] : [y, other, x, one]
  for (const unit of gone.members) {
    groupOf.set(unit, keptId)
    kept.members.push(unit)
  }
  for (const [neighbour, count] of gone.links) {
    const far = groups.get(neighbour)
    far?.links.delete(goneId)
    if (neighbour === keptId || far === undefined) continue
    kept.links.set(neighbour, (kept.links.get(neighbour) ?? 0) + count)
    far.links.set(keptId, (far.links.get(keptId) ?? 0) + count)
  }
  groups.delete(goneId)
  return true
}
