import { LIMITS } from '../limits.ts'

/**
 * Remembers what `compute` returned for up to twice `LIMITS.resolvedAddresses` texts. When the newer half is full it
 * becomes the older one, which is forgotten: what keeps coming stays, and hostile variety costs time but no memory.
 */
export function memoise<T>(compute: (text: string) => T): (text: string) => T {
  let newer = new Map<string, T>()
  let older = new Map<string, T>()
  return (text) => {
    const known = newer.get(text)
    if (known !== undefined) return known
    const value = older.get(text) ?? compute(text)
    if (newer.size >= LIMITS.resolvedAddresses) {
      older = newer
      newer = new Map()
    }
    newer.set(text, value)
    return value
  }
}
