import { at } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'
import { isDestinationOf, isOutward, proactiveCommandName } from './proactive-commands.ts'

const NO_COMMANDS: readonly string[] = Object.freeze([])
const PROACTIVE_TEMPLATE = 0xd0
const COMMAND_DETAILS = 0x01
const DEVICE_IDENTITIES = 0x02
const UICC = 0x81
/** The comprehension bit of a tag (TS 101 220 §7.1.1). */
const TAG_MASK = 0x7f
/** A list of decks, a deck, its cards, their elements, and one to spare. */
const DEEPEST = 5
/** Octets in front of the list of decks that a push message may have. */
const PUSH_HEADER_BYTES = 8
/** Octets of attributes in front of a value. */
const ATTRIBUTE_BYTES = 2

/** State of one search: the elements that may still be looked at, and what was found. */
interface Search {
  readonly bytes: Uint8Array
  readonly cut: boolean
  left: number
  readonly found: string[]
}

/**
 * The proactive commands that unsecured data in `bytes[start, end)` would have a SIM issue, by name, in their order. Only
 * the structure is read; addresses and texts in it are not looked at.
 *
 * Two forms are looked for: command details with device identities (BER-TLV D0, TS 102 223 §6.6), and values in a S@T deck
 * that hold type, qualifier and device. Of the deck only what research has published is relied on (Citizen Lab report 192:
 * tag, length, attributes, value; decks that hold cards that hold commands), never a tag's number; as the order of the
 * three is not published, both are tried, so a command may be missed and, in rare data, be seen where there is none.
 * @param isSat the application is a S@T browser. @param cut the data goes on in a part that is not here.
 */
export function findProactiveCommands(
  bytes: Uint8Array,
  start: number,
  end: number,
  isSat: boolean,
  cut: boolean,
): readonly string[] {
  const limit = Math.min(end, bytes.length)
  const found: string[] = []
  for (let p = start; p + 5 <= limit && found.length < LIMITS.proactiveCommands; p++) {
    const name = commandDetailsAt(bytes, start, p, limit)
    if (name !== null) found.push(name)
  }
  if (found.length > 0 || !isSat) return found.length === 0 ? NO_COMMANDS : found
  const search: Search = { bytes, cut, left: LIMITS.deckElements, found }
  for (let p = start; p <= start + PUSH_HEADER_BYTES && found.length === 0 && search.left > 0; p++)
    walk(search, p, limit, 1)
  return found.length === 0 ? NO_COMMANDS : found
}

/**
 * Command details at `p`, followed by the device identities of what the UICC sends, or at the front of a D0 template.
 * Source: ETSI TS 102 223 §8.6, §8.7.
 */
function commandDetailsAt(bytes: Uint8Array, start: number, p: number, end: number): string | null {
  if ((at(bytes, p) & TAG_MASK) !== COMMAND_DETAILS || at(bytes, p + 1) !== 3) return null
  const type = at(bytes, p + 3)
  const name = proactiveCommandName(type, at(bytes, p + 4))
  if (name === null) return null
  if (p + 9 <= end) {
    if ((at(bytes, p + 5) & TAG_MASK) !== DEVICE_IDENTITIES || at(bytes, p + 6) !== 2) return null
    return at(bytes, p + 7) === UICC ? name : null
  }
  const inTemplate =
    (p - 2 >= start && at(bytes, p - 2) === PROACTIVE_TEMPLATE) ||
    (p - 3 >= start && at(bytes, p - 3) === PROACTIVE_TEMPLATE && at(bytes, p - 2) === 0x81)
  return inTemplate ? name : null
}

/** Where the element at `p` has its value and its end; both -1 when it does not fit. */
const element = { start: -1, end: -1 }

function readElement(search: Search, p: number, end: number): boolean {
  const { bytes } = search
  if (p + 2 > end) return false
  const form = at(bytes, p + 1)
  let length = form
  let from = p + 2
  if (form === 0x81) {
    length = at(bytes, from)
    from += 1
  } else if (form === 0x82) {
    length = (at(bytes, from) << 8) | at(bytes, from + 1)
    from += 2
  } else if (form > 0x80) return false
  if (from + length > end) {
    if (!search.cut || from > end) return false
    length = end - from
  }
  element.start = from
  element.end = from + length
  return true
}

/** Tells whether elements fill `[start, end)` without a gap. */
function isTiled(search: Search, start: number, end: number): boolean {
  let p = start
  while (p < end) {
    if (search.left-- <= 0 || !readElement(search, p, end)) return false
    p = element.end
  }
  return start < end
}

/** Looks through the elements that fill `[start, end)`. @returns whether they do. */
function walk(search: Search, start: number, end: number, depth: number): boolean {
  if (!isTiled(search, start, end)) return false
  let p = start
  while (p < end && readElement(search, p, end)) {
    const from = element.start
    const to = element.end
    p = to
    const before = search.found.length
    let isNested = false
    if (depth < DEEPEST)
      for (let skip = 0; skip <= ATTRIBUTE_BYTES && search.found.length === before; skip++)
        if (walk(search, from + skip, to, depth + 1)) isNested = true
    if (search.found.length === before) noteCommand(search, from, to, isNested)
  }
  return true
}

/**
 * Notes the command that a value starts with, behind its attributes: type, qualifier and device, or the device in front.
 * A value that also reads as elements must name the phone or the network: small numbers are tags and lengths as well.
 */
function noteCommand(search: Search, start: number, end: number, isNested: boolean): void {
  const { bytes, found } = search
  if (found.length >= LIMITS.proactiveCommands) return
  for (let p = start; p <= start + ATTRIBUTE_BYTES && p + 3 <= end; p++) {
    for (const deviceFirst of [false, true]) {
      const type = at(bytes, deviceFirst ? p + 1 : p)
      const qualifier = at(bytes, deviceFirst ? p + 2 : p + 1)
      const device = at(bytes, deviceFirst ? p : p + 2)
      if (!isDestinationOf(type, device) || (isNested && !isOutward(type))) continue
      const name = proactiveCommandName(type, qualifier)
      if (name === null) continue
      found.push(name)
      return
    }
  }
}
