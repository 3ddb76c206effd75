import { LIMITS } from '../limits.ts'

/** Where something stands in a file the user wrote. Line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A value and where it was written. */
export interface Located<T> {
  readonly value: T
  readonly place: Place
}

/** What is wrong and what to do about it, in sentences. */
export interface Problem {
  readonly place: Place
  readonly message: string
}

/** Problems as they are found. Only the first `LIMITS.networkFileProblems` are kept; all are counted. */
export class ProblemList {
  readonly kept: Problem[] = []
  count = 0

  add(place: Place, message: string): void {
    this.count++
    if (!this.isFull) this.kept.push({ place, message })
  }

  get isFull(): boolean {
    return this.kept.length >= LIMITS.networkFileProblems
  }

  /** A line each, `file:line:column: message`, in the order of the lines, and one for those not kept. */
  format(): string[] {
    const lines = this.kept
      .toSorted((a, b) => compareByPlace(a.place, b.place))
      .map(({ place, message }) => `${place.file}:${place.line}:${place.column}: ${message}`)
    if (this.count > lines.length) lines.push(`${this.count - lines.length} more problems are not shown.`)
    return lines
  }
}

/** The network file cannot be used. The message has a line for each problem: what is wrong where, and what to do. */
export class NetworkFileError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: ProblemList) {
    super(problems.format().join('\n'))
    this.name = 'NetworkFileError'
    this.problems = problems.kept
  }
}

/** By file, in the order of its lines. */
function compareByPlace(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

/** The user's own text inside a message: quoted, cut to 40 characters, control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)
}

/** The one of `known` that `text` is most likely a slip for, or null: case, hyphens and up to two letters may differ. */
export function closest(text: string, known: readonly string[]): string | null {
  const plain = text
    .slice(0, 40)
    .toLowerCase()
    .replace(/[-_\s]/g, '')
  let best: string | null = null
  let least = 3
  for (const candidate of known) {
    const distance = editDistance(plain, candidate.toLowerCase())
    if (distance < least && distance < candidate.length / 2) {
      least = distance
      best = candidate
    }
  }
  return best
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
