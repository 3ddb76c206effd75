/** What became of a kind of packet or message. `count` packets or messages of `protocol` were `state`, because `reason`. */
export interface CoverageRow {
  readonly protocol: string
  readonly state: 'decoded' | 'partly' | 'not'
  /** Fixed words, never wire text; '' for decoded without remark. */
  readonly reason: string
  readonly count: number
}

export type CoverageState = CoverageRow['state']

/** What became of a packet or message; one shared object for each triple, so that counting is one addition. */
export interface Outcome {
  readonly protocol: string
  readonly state: CoverageState
  readonly reason: string
  readonly index: number
}

const outcomes: Outcome[] = []
const byKey = new Map<string, Outcome>()
/** Worse states outrank better ones when one packet carried several messages. */
const RANK: Record<CoverageState, number> = { decoded: 0, partly: 1, not: 2 }

/** The one object for this triple. All three are fixed words of the program, never wire text, so there are few. */
export function outcome(protocol: string, state: CoverageState, reason = ''): Outcome {
  const key = `${protocol}|${state}|${reason}`
  const known = byKey.get(key)
  if (known !== undefined) return known
  const made = { protocol, state, reason, index: outcomes.length }
  outcomes.push(made)
  byKey.set(key, made)
  return made
}

/** The worse of two. */
export function worse(a: Outcome | null, b: Outcome): Outcome {
  return a === null || RANK[b.state] > RANK[a.state] ? b : a
}

/** Counts of outcomes. */
export class Coverage {
  private counts: number[] = []

  add(which: Outcome, count = 1): void {
    this.counts[which.index] = (this.counts[which.index] ?? 0) + count
  }

  /** Moves `count` from one outcome to another, for what turned out otherwise later. */
  move(from: Outcome, to: Outcome, count: number): void {
    this.add(from, -count)
    this.add(to, count)
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + (count ?? 0), 0)
  }

  /** Rows that count anything, the largest first, then by name. */
  rows(): CoverageRow[] {
    return outcomes
      .map(({ protocol, state, reason, index }) => ({ protocol, state, reason, count: this.counts[index] ?? 0 }))
      .filter((row) => row.count !== 0)
      .sort((a, b) => b.count - a.count || a.protocol.localeCompare(b.protocol) || a.reason.localeCompare(b.reason))
  }
}
