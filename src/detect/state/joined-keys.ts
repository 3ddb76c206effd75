import { LIMITS } from '../../limits.ts'

/**
 * Texts put together of two parts, remembered by the parts: they repeat, and a text that was used before need not be made
 * and hashed anew for each look-up. When too many are known, all are forgotten.
 */
export class JoinedKeys {
  private readonly known = new Map<string, Map<string | number | null, string>>()
  private count = 0

  /** `first second`. */
  of(first: string, second: string | number | null): string {
    const key = this.known.get(first)?.get(second)
    return key ?? this.make(first, second)
  }

  private make(first: string, second: string | number | null): string {
    if (this.count >= LIMITS.tableEntries) {
      this.known.clear()
      this.count = 0
    }
    const key = `${first} ${second}`
    const others = this.known.get(first)
    if (others === undefined) this.known.set(first, new Map([[second, key]]))
    else others.set(second, key)
    this.count++
    return key
  }
}
