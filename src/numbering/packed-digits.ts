/** Digits that a double holds exactly with a 1 in front. */
const MOST_DIGITS = 15

/**
 * Up to 15 decimal digits as a number with a 1 in front, so that leading zeros stay: `001` is 1001.
 * @returns 0 for any other text.
 */
export function packDigits(text: string): number {
  const { length } = text
  if (length > MOST_DIGITS) return 0
  let value = 1
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return 0
    value = value * 10 + digit
  }
  return value
}

/** The digits that `packDigits` packed. */
export function unpackDigits(packed: number): string {
  return String(packed).slice(1)
}
