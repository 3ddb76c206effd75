/** Places of the table: more than a network has nodes that talk at one time. A power of two. */
const PLACES = 2048
/** Characters at the end that choose the place: the digits in which nodes and networks differ. */
const CHARACTERS = 4

/**
 * Remembers what `compute` returned for short texts of which some come again and again. Each text has one place, found
 * without its hash, and gives way to the next one there: what is new costs little more than computing.
 */
export function memoiseRecent<T>(compute: (key: string) => T): (key: string) => T {
  // a key and its value side by side
  const cells = new Array<string | T | null>(2 * PLACES).fill(null)
  return (key) => {
    let hash = key.length
    for (let i = Math.max(0, key.length - CHARACTERS); i < key.length; i++) hash = hash * 13 + key.charCodeAt(i)
    const place = 2 * (hash & (PLACES - 1))
    if (cells[place] === key) return cells[place + 1] as T
    const value = compute(key)
    cells[place] = key
    cells[place + 1] = value
    return value
  }
}
