/** Places of the table: more than a large network has nodes that talk at one time. A power of two. */
const PLACES = 4096
/** Characters at the end that choose the place: the digits in which nodes and networks differ. */
const CHARACTERS = 4

/**
 * Remembers what `compute` returned for short texts of which some come again and again. Each text has one place, found
 * without its hash, and gives way to the next one there: what is new costs little more than computing.
 */
export function memoiseRecent<T>(compute: (key: string) => T): (key: string) => T {
  const keys = new Array<string | null>(PLACES).fill(null)
  const values = new Array<T | null>(PLACES).fill(null)
  return (key) => {
    let place = key.length
    for (let i = Math.max(0, key.length - CHARACTERS); i < key.length; i++) place = place * 13 + key.charCodeAt(i)
    place &= PLACES - 1
    if (keys[place] === key) return values[place] as T
    const value = compute(key)
    keys[place] = key
    values[place] = value
    return value
  }
}
