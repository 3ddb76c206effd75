import { LIMITS } from '../../../limits.ts'

let kept = 0

/**
 * A list of names as a place in the tree of all lists met: the profiles of one network name the same parts in the same
 * order again and again, so that a message adds to such a list without making one. Each name stands once. What goes
 * beyond `LIMITS.nameLists` places is made anew each time.
 */
export class NameList {
  readonly names: readonly string[]
  private readonly longer = new Map<string, NameList>()
  /** The step taken last, in front of the map. */
  private lastName = ''
  private last: NameList = this

  constructor(names: readonly string[]) {
    this.names = names
  }

  /** This list and `name` behind it, or this one where it has that name already. */
  with(name: string): NameList {
    if (name === this.lastName) return this.last
    const known = this.longer.get(name)
    if (known !== undefined) {
      this.lastName = name
      this.last = known
      return known
    }
    const next = this.names.includes(name) ? this : new NameList(Object.freeze([...this.names, name]))
    if (next === this || kept < LIMITS.nameLists) {
      if (next !== this) kept++
      this.longer.set(name, next)
    }
    return next
  }
}
