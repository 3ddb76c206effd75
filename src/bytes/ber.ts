import { LIMITS } from '../limits.ts'
import { at } from './at.ts'

/** Classes of a tag. Source: ITU-T X.690 §8.1.2.2. */
export const TAG_CLASS = { universal: 0, application: 1, context: 2, private: 3 } as const

/** Oddities of one encoded value, as bits of `BerElement.oddities`. */
export const BER_ODDITY = {
  /** Long form where the short would do, or leading zero octets (X.690 §8.1.3.5 allows it; no stack in use writes it). */
  nonMinimalLength: 1,
  indefiniteLength: 2,
  /** High-tag-number form for a number under 31, or with leading zeros (forbidden by X.690 §8.1.2.4.2 c). */
  nonMinimalTag: 4,
} as const

/**
 * Reads one BER element at a time, forward, without copying. `tag` is class and number in one figure (`berTag`), so that
 * 0x80 and 0xa0 are the same tag and `constructed` tells them apart.
 * Source: ITU-T X.690 §8.1.
 */
export class BerReader {
  tag = 0
  constructed = false
  /** Content octets, `[start, end)`. */
  start = 0
  end = 0
  /** First octet behind the element, end-of-contents octets included. */
  next = 0
  /** Bits of BER_ODDITY. */
  oddities = 0
  /** Where reading failed, or -1. */
  failedAt = -1

  /**
   * Reads the element at `offset` in `bytes[offset, limit)`.
   * @returns false when none fits: `failedAt` says where; the fields are then undefined.
   */
  read(bytes: Uint8Array, offset: number, limit: number): boolean {
    // the usual case first: low tag number, short definite length
    if (offset + 2 <= limit) {
      const identifier = at(bytes, offset)
      const length = at(bytes, offset + 1)
      if ((identifier & 0x1f) !== 0x1f && length < 0x80) {
        const start = offset + 2
        if (start + length > limit) return this.fail(offset + 1)
        this.tag = ((identifier & 0xc0) << 16) | (identifier & 0x1f)
        this.constructed = (identifier & 0x20) !== 0
        this.start = start
        this.end = this.next = start + length
        this.oddities = 0
        return true
      }
    }
    return this.readGeneral(bytes, offset, limit)
  }

  private readGeneral(bytes: Uint8Array, offset: number, limit: number): boolean {
    if (offset >= limit) return this.fail(offset)
    let p = offset
    let oddities = 0
    const identifier = at(bytes, p++)
    let number = identifier & 0x1f
    if (number === 0x1f) {
      number = 0
      let octets = 0
      let octet: number
      do {
        if (p >= limit || octets === 3) return this.fail(p)
        octet = at(bytes, p++)
        if (octets === 0 && octet === 0x80) oddities |= BER_ODDITY.nonMinimalTag
        number = (number << 7) | (octet & 0x7f)
        octets++
      } while ((octet & 0x80) !== 0)
      if (number < 31) oddities |= BER_ODDITY.nonMinimalTag
    }
    this.tag = ((identifier & 0xc0) << 16) | number
    this.constructed = (identifier & 0x20) !== 0
    if (p >= limit) return this.fail(p)
    const first = at(bytes, p++)
    if (first === 0x80) {
      if (!this.constructed) return this.fail(p - 1)
      const contents = endOfContents(bytes, p, limit)
      if (contents < 0) return this.fail(p - 1)
      this.start = p
      this.end = contents
      this.next = contents + 2
      this.oddities = oddities | BER_ODDITY.indefiniteLength
      return true
    }
    let length = first
    if (first > 0x80) {
      const octets = first & 0x7f
      if (first === 0xff || p + octets > limit) return this.fail(p - 1)
      length = 0
      for (let i = 0; i < octets; i++) {
        length = length * 256 + at(bytes, p++)
        if (length > limit) return this.fail(p - 1)
      }
      if (length < 0x80 || length < 256 ** (octets - 1)) oddities |= BER_ODDITY.nonMinimalLength
    }
    if (p + length > limit) return this.fail(p - 1)
    this.start = p
    this.end = this.next = p + length
    this.oddities = oddities
    return true
  }

  private fail(offset: number): false {
    this.failedAt = offset
    return false
  }
}

/** The figure a BerReader gives for this class and number. */
export function berTag(tagClass: number, number: number): number {
  return (tagClass << 22) | number
}

/**
 * Offset of the end-of-contents octets that close an indefinite length begun before `offset`, or -1. Steps over nested
 * elements with an explicit stack depth, so that nesting costs neither recursion nor a second pass.
 */
function endOfContents(bytes: Uint8Array, offset: number, limit: number): number {
  let p = offset
  let depth = 1
  for (let count = 0; count < LIMITS.berElements; count++) {
    if (p + 2 > limit) return -1
    if (at(bytes, p) === 0 && at(bytes, p + 1) === 0) {
      if (--depth === 0) return p
      p += 2
      continue
    }
    const identifier = at(bytes, p++)
    if ((identifier & 0x1f) === 0x1f) {
      while (p < limit && (at(bytes, p) & 0x80) !== 0) p++
      p++
    }
    const first = at(bytes, p++)
    if (p > limit) return -1
    if (first === 0x80) {
      if (++depth > LIMITS.berDepth) return -1
      continue
    }
    let length = first
    if (first > 0x80) {
      const octets = first & 0x7f
      if (octets > 4 || p + octets > limit) return -1
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + at(bytes, p++)
    }
    p += length
  }
  return -1
}

/**
 * The value of an INTEGER or ENUMERATED in `bytes[start, end)`, two's complement.
 * Source: ITU-T X.690 §8.3. @returns null for an empty one or one over six octets.
 */
export function decodeInteger(bytes: Uint8Array, start: number, end: number): number | null {
  if (end <= start || end - start > 6) return null
  let value = at(bytes, start)
  if (value > 127) value -= 256
  for (let i = start + 1; i < end; i++) value = value * 256 + at(bytes, i)
  return value
}

/**
 * Dotted form of an OBJECT IDENTIFIER in `bytes[start, end)`.
 * Source: ITU-T X.690 §8.19. @returns null for an empty, unfinished or over-long one (32 octets).
 */
export function decodeObjectIdentifier(bytes: Uint8Array, start: number, end: number): string | null {
  if (end <= start || end - start > 32 || (at(bytes, end - 1) & 0x80) !== 0) return null
  let text = ''
  let arc = 0
  for (let i = start; i < end; i++) {
    const octet = at(bytes, i)
    arc = arc * 128 + (octet & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER / 256) return null
    if ((octet & 0x80) !== 0) continue
    if (text === '') {
      const root = Math.min(2, Math.floor(arc / 40))
      text = `${root}.${arc - 40 * root}`
    } else text += `.${arc}`
    arc = 0
  }
  return text
}
