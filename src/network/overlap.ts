import type { Identifier, OperatorEntry } from './operator-entry.ts'
import { type Problem, quote } from './problem.ts'

/** Two operators claim the same addresses. `later` comes after `earlier` in the list of entries. */
export interface Overlap {
  readonly earlier: Claim
  readonly later: Claim
}

interface Claim {
  readonly entry: OperatorEntry
  readonly order: number
  readonly identifier: Identifier
}

/**
 * Finds the identifiers that cover, or are covered by, an identifier of the same kind of another operator. Entries of one
 * name are one operator. Takes n log n steps; each identifier is held against the first of each one that covers it.
 */
export function findOverlaps(entries: readonly OperatorEntry[]): Overlap[] {
  const claims = entries.flatMap((entry, order) =>
    entry.identifiers.map((identifier) => ({ entry, order, identifier })),
  )
  claims.sort((a, b) => compare(sortKey(a), sortKey(b)) || a.order - b.order)
  const overlaps: Overlap[] = []
  const covering: Claim[] = []
  for (const claim of claims) {
    while (covering.length > 0 && !covers(covering.at(-1), claim)) covering.pop()
    for (const other of covering) {
      if (other.entry.name.toLowerCase() === claim.entry.name.toLowerCase()) continue
      overlaps.push(other.order < claim.order ? { earlier: other, later: claim } : { earlier: claim, later: other })
    }
    const top = covering.at(-1)
    if (top === undefined || sortKey(top) !== sortKey(claim)) covering.push(claim)
  }
  return overlaps.sort((a, b) => a.later.order - b.later.order || a.earlier.order - b.earlier.order)
}

/** The sentence about an overlap, at the place of the later claim. */
export function overlapProblem({ earlier, later }: Overlap): Problem {
  const { place, value, kind } = later.identifier
  const other = earlier.identifier
  const otherPlace = `${other.place.file}:${other.place.line}:${other.place.column}`
  const verb = value === other.value ? 'is the same as' : 'overlaps'
  return {
    place,
    message: `${kind} ${quote(value)} of ${quote(later.entry.name)} ${verb} ${quote(other.value)} of ${quote(earlier.entry.name)} (${otherPlace}). An address belongs to one operator; correct one of the two.`,
  }
}

function covers(wide: Claim | undefined, narrow: Claim): boolean {
  return wide !== undefined && sortKey(narrow).startsWith(sortKey(wide))
}

function sortKey({ identifier }: Claim): string {
  return `${identifier.kind} ${identifier.key}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
