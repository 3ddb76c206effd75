import { formatHexWord } from '../bytes/tbcd.ts'

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

/** Hexadecimal digits that a double holds exactly with a 1 in front. */
const MOST_HEX_DIGITS = 12

/** Up to 12 hexadecimal digits in lower case with a 1 in front, as a number; 0 for any other text. */
export function packHex(text: string): number {
  const { length } = text
  if (length > MOST_HEX_DIGITS) return 0
  let value = 1
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    const digit = code < 58 ? code - 48 : code - 87
    if (digit < 0 || digit > 15 || (code > 57 && code < 97)) return 0
    value = value * 16 + digit
  }
  return value
}

/** Eight hexadecimal digits with a 1 in front: those of a transaction identifier, and the most there are of it. */
const EIGHT_PACKED = 0x1_0000_0000

/** The digits that `packHex` packed. */
export function unpackHex(packed: number): string {
  if (packed >= EIGHT_PACKED && packed < 2 * EIGHT_PACKED) return formatHexWord(packed | 0)
  return packed.toString(16).slice(1)
}
