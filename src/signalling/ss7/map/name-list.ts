import { LIMITS } from '../../../limits.ts'
import { isNaming, type SchemaElement } from './schema.ts'

/** Steps kept in all lists. */
let kept = 0

interface Step {
  readonly parent: SchemaElement
  readonly metBeyond: number
  readonly next: NameList
}

/**
 * A list of names as a place in the tree of all lists met: the profiles of one network name the same parts again and
 * again, so that a message adds to such a list without making one. Each name stands once. Steps beyond `LIMITS.nameLists`
 * are taken anew each time.
 */
export class NameList {
  readonly names: readonly string[]
  private readonly byName = new Map<string, NameList>()
  private readonly byMet = new Map<number, Step>()

  constructor(names: readonly string[]) {
    this.names = names
  }

  /** This list and `name` behind it, or this one where it has that name already. */
  with(name: string): NameList {
    const known = this.byName.get(name)
    if (known !== undefined) return known
    const next = this.names.includes(name) ? this : new NameList(Object.freeze([...this.names, name]))
    if (kept < LIMITS.nameLists) {
      kept++
      this.byName.set(name, next)
    }
    return next
  }

  /**
   * This list and the names of those children of `parent` that say something by their presence.
   * @param met bits of the first 32 children present. @param metBeyond of those behind.
   */
  withMet(parent: SchemaElement, met: number, metBeyond: number): NameList {
    const known = this.byMet.get(met)
    if (known !== undefined && known.parent === parent && known.metBeyond === metBeyond) return known.next
    const { names, children } = parent
    if (names === null || children === null) return this
    let next: NameList = this
    for (let i = 0; i < children.length; i++) {
      const child = children[i]
      const isMet = ((i < 32 ? met : metBeyond) & (1 << (i & 31))) !== 0
      if (isMet && child !== undefined && isNaming(child, names)) next = next.with(child.name)
    }
    if (known !== undefined || kept < LIMITS.nameLists) {
      if (known === undefined) kept++
      this.byMet.set(met, { parent, metBeyond, next })
    }
    return next
  }
}
