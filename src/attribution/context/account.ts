import { LIMITS } from '../../limits.ts'

/** What of a file could not be used: each named by its place, never by its text, and counted beyond the first. */
export class ContextAccount {
  readonly file: string
  private readonly named: string[] = []
  private more = 0
  private readonly groups = new Map<string, Map<string, number>>()

  constructor(file: string) {
    this.file = file
  }

  /** An object or row that cannot be read. @param why a clause. */
  refuse(place: string, why: string): void {
    if (this.named.length < LIMITS.contextProblems) this.named.push(`${this.file}, ${place}: ${why}; it is left out.`)
    else this.more++
  }

  /** One of those that are rightly left out, as they are about something else. @param what the group, in the plural. */
  pass(what: string, kind: string): void {
    const group = this.groups.get(what)
    if (group === undefined) this.groups.set(what, new Map([[kind, 1]]))
    else if (group.has(kind) || group.size < LIMITS.contextProblems) group.set(kind, (group.get(kind) ?? 0) + 1)
    else group.set('others', (group.get('others') ?? 0) + 1)
  }

  /** A sentence each. */
  sentences(): string[] {
    const groups = [...this.groups].map(([what, kinds]) => {
      const parts = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${count} ${kind}`)
      return `${this.file}: ${what} are not compared with any address: ${parts.join(', ')}.`
    })
    const rest = this.more === 0 ? [] : [`${this.file}: ${this.more} more objects or rows could not be read either.`]
    return [...this.named, ...rest, ...groups]
  }
}
