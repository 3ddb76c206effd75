import { LIMITS } from '../limits.ts'

/**
 * Remembers what `compute` returned for up to twice `LIMITS.resolvedAddresses` keys. When the newer half is full it
 * becomes the older one, which is forgotten: what keeps coming stays, and hostile variety costs time but no memory.
 */
export function memoise<T, K extends string | number = string>(compute: (key: K) => T): (key: K) => T {
  let newer = new Map<K, T>()
  let older = new Map<K, T>()
  return (key) => {
    const known = newer.get(key)
    if (known !== undefined) return known
    const value = older.get(key) ?? compute(key)
    if (newer.size >= LIMITS.resolvedAddresses) {
      older = newer
      newer = new Map()
    }
    newer.set(key, value)
    return value
  }
}
