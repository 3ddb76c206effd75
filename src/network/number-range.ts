/** The highest character of decimal digits and of bits. */
type Top = '9' | '1'

/**
 * The fewest prefixes that cover exactly the numbers from `first` to `last`, both included, in order. Both are texts of
 * the same length over the digits from 0 to `top`; with 15 decimal digits there are at most 270 of them, with 128 bits 254.
 * @returns null where the lengths differ or `last` comes before `first`.
 */
export function prefixesOfRange(first: string, last: string, top: Top): string[] | null {
  if (first.length !== last.length || first > last) return null
  const prefixes: string[] = []
  cover('', first, last, top, prefixes)
  return prefixes
}

/** The empty number is one that the prefix alone covers. */
function cover(prefix: string, first: string, last: string, top: Top, prefixes: string[]): void {
  const length = first.length
  if (first === '0'.repeat(length) && last === top.repeat(length)) {
    prefixes.push(prefix)
    return
  }
  const [low, high] = [Number(first.charAt(0)), Number(last.charAt(0))]
  if (low === high) {
    cover(prefix + low, first.slice(1), last.slice(1), top, prefixes)
    return
  }
  cover(prefix + low, first.slice(1), top.repeat(length - 1), top, prefixes)
  for (let digit = low + 1; digit < high; digit++) prefixes.push(prefix + digit)
  cover(prefix + high, '0'.repeat(length - 1), last.slice(1), top, prefixes)
}
