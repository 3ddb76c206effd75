import { at, u32At } from './at.ts'
import { OctetCache } from './octet-cache.ts'

/** Digits of TBCD-STRING by nibble; 15 is the filler. Source: 3GPP TS 29.002 §17.7.8 TBCD-STRING. */
const TBCD_DIGITS = '0123456789*#abc'
/** Address signals of a global title by nibble. Source: ITU-T Q.713 §3.4.2.3.1 (code 11, code 12, ST as hexadecimal). */
const HEX_DIGITS = '0123456789abcdef'

/** Digits of one octet, up to the first filler. */
const TBCD_OCTETS = Array.from({ length: 256 }, (_, octet) =>
  (octet & 15) === 15 ? '' : TBCD_DIGITS.charAt(octet & 15) + TBCD_DIGITS.charAt(octet >> 4),
)

const FILLER = 15
/** Character codes. */
const DIGIT_0 = 48
/** From the code behind the digits to that of the first letter. */
const TO_LETTERS = 39

const SLOTS = 1 << 14
/** Octets of the longest identity or number that is kept. */
const LONGEST = 8

/** The digits of a TBCD-STRING, with what is odd about them. */
export interface TbcdDigits {
  /** Up to the first filler; '' for none. */
  readonly text: string
  /** All are 0 to 9. */
  readonly decimal: boolean
  /** A digit stands behind a filler, where no encoder of good faith puts one. */
  readonly afterFiller: boolean
}

/** Plain digits alone: a text found is not looked at. */
const digitsCache = new OctetCache<string>(SLOTS, LONGEST)
const signalsCache = new OctetCache<string>(SLOTS, LONGEST)

/**
 * Digits of a TBCD-STRING in `bytes[start, end)`: low nibble first, up to the first filler (1111). For the numbers of nodes,
 * which come again: the text is shared.
 * Source: 3GPP TS 29.002 §17.7.8. @returns no digits for an empty range or a filler in front.
 */
export function readTbcd(bytes: Uint8Array, start: number, end: number): TbcdDigits {
  if (!arePlainDigits(bytes, start, end)) return decodeDigits(bytes, start, end)
  let text = digitsCache.find(bytes, start, end, 0)
  if (text === undefined) {
    text = plainDigits(bytes, start, end)
    digitsCache.keep(text)
  }
  return { text, decimal: true, afterFiller: false }
}

/**
 * As `readTbcd`, for identities of subscribers. They are many: looking for one costs more than making its digits, and would
 * drive the nodes' numbers out.
 */
export function makeTbcd(bytes: Uint8Array, start: number, end: number): TbcdDigits {
  if (!arePlainDigits(bytes, start, end)) return decodeDigits(bytes, start, end)
  return { text: plainDigits(bytes, start, end), decimal: true, afterFiller: false }
}

function decodeDigits(bytes: Uint8Array, start: number, end: number): TbcdDigits {
  let text = ''
  for (let i = start; i < end; i++) {
    const octet = at(bytes, i)
    text += TBCD_OCTETS[octet] ?? ''
    if (octet >> 4 === FILLER || (octet & 15) === FILLER) break
  }
  return { text, decimal: !/[^0-9]/.test(text), afterFiller: hasDigitsAfterFiller(bytes, start, end) }
}

/** One to eight octets of decimal digits, the last perhaps with a filler behind its digit. */
function arePlainDigits(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start
  if (length < 1 || length > LONGEST || end > bytes.length) return false
  // what lies behind the end is shifted out
  let front = u32At(bytes, start)
  let back = 0
  if (length > 4) back = u32At(bytes, start + 4) >>> (8 * (LONGEST - length))
  else front >>>= 8 * (4 - length)
  const last = length > 4 ? back : front
  if ((last & 0xf0) === 0xf0) {
    if (length > 4) back &= ~0xf0
    else front &= ~0xf0
  }
  // a nibble is over 9 when its highest bit and one of the two below it are set
  const over = (front & ((front << 1) | (front << 2))) | (back & ((back << 1) | (back << 2)))
  return (over & 0x8888_8888) === 0
}

/** The digits of a range for which `arePlainDigits`. */
function plainDigits(bytes: Uint8Array, start: number, end: number): string {
  const digits = 2 * (end - start) - (at(bytes, end - 1) >> 4 === FILLER ? 1 : 0)
  const text = fifteenDigits(bytes, start)
  if (digits === 15) return text
  return digits < 15 ? text.slice(0, digits) : text + (at(bytes, end - 1) >> 4)
}

/** In one piece: a string put together from parts is flattened later, which costs more than making it. */
function fifteenDigits(bytes: Uint8Array, start: number): string {
  const front = u32At(bytes, start)
  const back = u32At(bytes, start + 4)
  return String.fromCharCode(
    DIGIT_0 + ((front >>> 24) & 15),
    DIGIT_0 + (front >>> 28),
    DIGIT_0 + ((front >>> 16) & 15),
    DIGIT_0 + ((front >>> 20) & 15),
    DIGIT_0 + ((front >>> 8) & 15),
    DIGIT_0 + ((front >>> 12) & 15),
    DIGIT_0 + (front & 15),
    DIGIT_0 + ((front >>> 4) & 15),
    DIGIT_0 + ((back >>> 24) & 15),
    DIGIT_0 + (back >>> 28),
    DIGIT_0 + ((back >>> 16) & 15),
    DIGIT_0 + ((back >>> 20) & 15),
    DIGIT_0 + ((back >>> 8) & 15),
    DIGIT_0 + ((back >>> 12) & 15),
    DIGIT_0 + (back & 15),
  )
}

/** As `readTbcd`, the digits alone. */
export function decodeTbcd(bytes: Uint8Array, start: number, end: number): string {
  return readTbcd(bytes, start, end).text
}

/** Tells whether a digit stands behind a filler in `bytes[start, end)`, where no encoder of good faith puts one. */
export function hasDigitsAfterFiller(bytes: Uint8Array, start: number, end: number): boolean {
  let filler = false
  for (let i = start; i < end; i++) {
    const octet = at(bytes, i)
    if ((octet & 15) === 15) filler = true
    else if (filler) return true
    if (octet >> 4 === 15) filler = true
    else if (filler) return true
  }
  return false
}

/**
 * Address signals of a global title or number, low nibble first, hexadecimal in lower case.
 * @param nibbles how many signals; the caller has checked that they lie in the buffer.
 */
export function decodeAddressSignals(bytes: Uint8Array, start: number, nibbles: number): string {
  const known = signalsCache.find(bytes, start, start + ((nibbles + 1) >> 1), nibbles & 1)
  if (known !== undefined) return known
  let text = ''
  for (let i = 0; i < nibbles; i++) {
    const octet = at(bytes, start + (i >> 1))
    text += HEX_DIGITS.charAt((i & 1) === 0 ? octet & 15 : octet >> 4)
  }
  signalsCache.keep(text)
  return text
}

const HEX_OCTETS = Array.from(
  { length: 256 },
  (_, octet) => HEX_DIGITS.charAt(octet >> 4) + HEX_DIGITS.charAt(octet & 15),
)
/** Octets as lower-case hexadecimal. */
export function formatHex(bytes: Uint8Array, start: number, end: number): string {
  if (end - start === 4) return formatHexWord(u32At(bytes, start))
  let text = ''
  for (let i = start; i < end; i++) text += HEX_OCTETS[at(bytes, i)] ?? ''
  return text
}

/** A transaction or tunnel identifier of 32 bits as eight digits, two to a message: in one piece, as in `fifteenDigits`. */
export function formatHexWord(word: number): string {
  return String.fromCharCode(
    hexDigit(word >>> 28),
    hexDigit(word >>> 24),
    hexDigit(word >>> 20),
    hexDigit(word >>> 16),
    hexDigit(word >>> 12),
    hexDigit(word >>> 8),
    hexDigit(word >>> 4),
    hexDigit(word),
  )
}

/** Character of the digit in the lowest half octet. */
function hexDigit(word: number): number {
  const nibble = word & 15
  // without a branch: digits of identifiers are as good as random
  return DIGIT_0 + nibble + (((9 - nibble) >> 31) & TO_LETTERS)
}
