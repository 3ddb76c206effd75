/**
 * Takes a member of the outermost object, or an element of a list that stands in one: its key, its position in the list
 * from 1 (0 for a member that is no list), and where its octets stand, half-open.
 */
export type Visit = (key: string, position: number, start: number, end: number) => void

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
/** Longest key of the outermost object that is looked at, octets. */
const KEY_BYTES = 256

/**
 * Finds the members of the outermost object of a JSON file, and the elements of lists among them, without reading what
 * stands inside: so a file of a hundred megabytes is read an object at a time, and one broken object is no broken file.
 * Source: RFC 8259. @returns the octet where it stops being an object, or null when it is one. Never throws.
 */
export function visitMembers(bytes: Uint8Array, visit: Visit): number | null {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let at = blanks(bytes, start)
  if (bytes[at] !== OPEN) return at
  at = blanks(bytes, at + 1)
  if (bytes[at] === CLOSE) return ended(bytes, at + 1)
  for (;;) {
    if (bytes[at] !== QUOTE) return at
    const keyEnd = stringEnd(bytes, at)
    if (keyEnd < 0) return at
    const key = keyEnd - at > KEY_BYTES ? '' : Buffer.from(bytes.subarray(at + 1, keyEnd - 1)).toString('latin1')
    at = blanks(bytes, keyEnd)
    if (bytes[at] !== COLON) return at
    at = blanks(bytes, at + 1)
    const next = bytes[at] === OPEN_LIST ? visitList(bytes, at, key, visit) : visitValue(bytes, at, key, 0, visit)
    if (next < 0) return at
    at = blanks(bytes, next)
    if (bytes[at] === CLOSE) return ended(bytes, at + 1)
    if (bytes[at] !== COMMA) return at
    at = blanks(bytes, at + 1)
  }
}

/** @returns where the list ends, or -1. */
function visitList(bytes: Uint8Array, start: number, key: string, visit: Visit): number {
  let at = blanks(bytes, start + 1)
  if (bytes[at] === CLOSE_LIST) return at + 1
  for (let position = 1; ; position++) {
    const end = visitValue(bytes, at, key, position, visit)
    if (end < 0) return -1
    at = blanks(bytes, end)
    if (bytes[at] === CLOSE_LIST) return at + 1
    if (bytes[at] !== COMMA) return -1
    at = blanks(bytes, at + 1)
  }
}

function visitValue(bytes: Uint8Array, start: number, key: string, position: number, visit: Visit): number {
  const end = valueEnd(bytes, start)
  if (end > start) visit(key, position, start, end)
  return end > start ? end : -1
}

/** Where a value ends: by its quotation mark, by as many closing as opening brackets, or before what cannot be part of it. */
function valueEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start]
  if (first === QUOTE) return stringEnd(bytes, start)
  let at = start
  if (first !== OPEN && first !== OPEN_LIST) {
    while (at < bytes.length && isLiteral(bytes[at] ?? 0)) at++
    return at
  }
  for (let depth = 0; at < bytes.length; ) {
    const octet = bytes[at]
    if (octet === QUOTE) {
      at = stringEnd(bytes, at)
      if (at < 0) return -1
      continue
    }
    if (octet === OPEN || octet === OPEN_LIST) depth++
    if (octet === CLOSE || octet === CLOSE_LIST) depth--
    at++
    if (depth === 0) return at
  }
  return -1
}

/** Octets of numbers, `true`, `false` and `null`. */
function isLiteral(octet: number): boolean {
  return (
    octet > 0x20 && octet !== COMMA && octet !== CLOSE && octet !== CLOSE_LIST && octet !== QUOTE && octet !== COLON
  )
}

function stringEnd(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote < 0) return -1
    let slashes = 0
    while (quote - slashes > at && bytes[quote - slashes - 1] === BACKSLASH) slashes++
    if (slashes % 2 === 0) return quote + 1
    at = quote + 1
  }
}

function blanks(bytes: Uint8Array, start: number): number {
  let at = start
  for (let octet = bytes[at]; octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09; )
    octet = bytes[++at]
  return at
}

function ended(bytes: Uint8Array, start: number): number | null {
  const at = blanks(bytes, start)
  return at === bytes.length ? null : at
}
