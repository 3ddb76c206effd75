import type { GtpMessage } from '../signalling/gtp/message.ts'

/** Texts kept; a network talks to some hundred stacks, with a few forms of each message. A power of two. */
const SLOTS = 4_096
const WORDS = 5

const rows = new Int32Array(SLOTS * WORDS)
const texts: (string | undefined)[] = new Array(SLOTS).fill(undefined)

/**
 * Encoding habits of whoever wrote a message, as features in a fixed order: message type, header flags, the octets of the
 * header that its flags leave without meaning, spare bits of values, the order of the elements and their set (hashes), and
 * whether a restart counter stands among them. Equal texts, equal habits.
 */
export function encodingOf(message: GtpMessage): string {
  const { version, header, orderHash, setHash, spareHabit, recovery } = message
  const tail = unusedTail(message)
  const shape = (version << 16) | (header.type << 8) | header.flags
  const spare = spareHabit * 2 + (recovery === null ? 0 : 1)
  let hash = Math.imul(shape ^ orderHash, 0x9e3779b1) ^ Math.imul(setHash ^ tail ^ (spare << 8), 0x85ebca6b)
  hash ^= hash >>> 15
  const slot = (hash ^ (hash >>> 7)) & (SLOTS - 1)
  const row = slot * WORDS
  const known = texts[slot]
  if (
    known !== undefined &&
    rows[row] === shape &&
    rows[row + 1] === orderHash &&
    rows[row + 2] === setHash &&
    rows[row + 3] === tail &&
    rows[row + 4] === spare
  )
    return known
  const text = `gtpv${version} type=${header.type} flags=${hex(header.flags, 2)} tail=${tail < 0 ? '-' : hex(tail, 4)} spare=${spareHabit < 0 ? '-' : hex(spareHabit, 3)} order=${hex(orderHash, 8)} set=${hex(setHash, 8)} recovery=${recovery === null ? 0 : 1}`
  rows[row] = shape
  rows[row + 1] = orderHash
  rows[row + 2] = setHash
  rows[row + 3] = tail
  rows[row + 4] = spare
  texts[slot] = text
  return text
}

/** The octets behind the sequence number that no flag gives a meaning; -1 where the header has none. */
function unusedTail({ version, header }: GtpMessage): number {
  const { flags, tail } = header
  if (tail < 0 || version === 2) return tail
  return ((flags & 1) === 0 ? tail & 0xff00 : 0) | ((flags & 4) === 0 ? tail & 0xff : 0)
}

function hex(value: number, digits: number): string {
  return (value >>> 0).toString(16).padStart(digits, '0')
}
