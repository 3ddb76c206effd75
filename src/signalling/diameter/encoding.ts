import { at, u32At } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'
import { HEADER_BYTES } from './framing.ts'

/**
 * Encoding habits of a sender: what a Diameter stack does the same way in every request of a kind, whoever it asks about.
 * The text holds, in this order:
 * - `sid=` the Session-Id (RFC 6733 §8.8): `host` where it begins with the Origin-Host, else `other`, then how each further
 *   part is written: `d10` or `d20` decimal of 32 or 64 bits, `z8` decimal padded to 8 digits, `h8` `H8` hexadecimal of 8
 *   digits, `imsi`, `text`, `empty`;
 * - `flags=` command flags, hexadecimal;
 * - `ids=` Hop-by-Hop and End-to-End identifier: `zero`, `small` (16 bits), `large`, or `same` for both;
 * - `order=` a hash over the AVPs of the message in order, with vendors and flags;
 * - `avps=` the same to read: codes, `vendor/` in front where there is one, `-` behind one that is not mandatory, `!` behind
 *   one with the protected flag, the members of Vendor-Specific-Application-Id in brackets.
 * Repeats count once. What agents add on the way (Route-Record, Proxy-Info) is left out.
 */
export interface EncodingFacts {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Command flags. */
  readonly flags: number
  readonly hopByHop: number
  readonly endToEnd: number
  /** Hashes over the AVPs in order. */
  readonly orderA: number
  readonly orderB: number
  readonly sessionId: string | null
  readonly originHost: string | null
}

const ROUTE_RECORD = 282
const PROXY_INFO = 284
const APPLICATION = 260
/** Parts of a Session-Id told apart; further ones are not looked at. */
const PARTS = 5

/** What a text hangs on, in words: the head, the parts of the Session-Id (two to a word), the hashes. */
const WORDS = 6
const SLOTS = LIMITS.diameterEncodings
/** Texts already made, each at the place its words give; whichever comes there last owns it. */
const texts: (string | undefined)[] = new Array(SLOTS).fill(undefined)
const rows = new Int32Array(SLOTS * WORDS)
const sought = new Int32Array(WORDS)

/** The habits of a request. Texts are shared: equal habits, mostly one string. Source: RFC 6733 §3, §4.1, §8.8. */
export function formatEncoding(facts: EncodingFacts): string {
  const { flags, hopByHop, endToEnd, orderA, orderB } = facts
  const host = readSessionId(facts.sessionId, facts.originHost)
  sought[0] = (flags << 16) | (idWord(hopByHop, endToEnd) << 8) | host
  sought[1] = parts[0] * 0x10000 + parts[1]
  sought[2] = parts[2] * 0x10000 + parts[3]
  sought[3] = parts[4]
  sought[4] = orderA
  sought[5] = orderB
  let hash = orderA
  for (let i = 0; i < WORDS; i++) {
    hash = Math.imul(hash ^ (sought[i] ?? 0), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  const slot = hash & (SLOTS - 1)
  const row = slot * WORDS
  const known = texts[slot]
  if (known !== undefined && isSought(row)) return known
  const order = ((orderA ^ orderB) >>> 0).toString(16).padStart(8, '0')
  const avps = listAvps(facts.bytes, facts.start + HEADER_BYTES, facts.end)
  const text = `sid=${sessionIdShape(host)} flags=${flags.toString(16)} ids=${idStyle(hopByHop, endToEnd)} order=${order} avps=${avps}`
  rows.set(sought, row)
  texts[slot] = text
  return text
}

function isSought(row: number): boolean {
  for (let i = 0; i < WORDS; i++) if (rows[row + i] !== sought[i]) return false
  return true
}

/** AVPs that agents add on the way. */
export function isOfPath(code: number, vendor: number): boolean {
  return vendor === 0 && (code === ROUTE_RECORD || code === PROXY_INFO)
}

/** The AVPs of a range that has been walked without a fault. */
function listAvps(bytes: Uint8Array, start: number, end: number): string {
  const names: string[] = []
  let previousCode = -1
  let previousVendor = -1
  let p = start
  while (p + 8 <= end) {
    const code = u32At(bytes, p)
    const flags = at(bytes, p + 4)
    const length = u32At(bytes, p + 4) & 0xffffff
    const hasVendor = (flags & 0x80) !== 0
    const vendor = hasVendor ? u32At(bytes, p + 8) : 0
    if ((code !== previousCode || vendor !== previousVendor) && !isOfPath(code, vendor)) {
      if (names.length === LIMITS.diameterValues) return `${names.join(',')},…`
      const mark = ((flags & 0x40) === 0 ? '-' : '') + ((flags & 0x20) === 0 ? '' : '!')
      const inside = code === APPLICATION && vendor === 0 ? `(${listAvps(bytes, p + 8, p + length)})` : ''
      names.push(`${vendor === 0 ? '' : `${vendor}/`}${code}${mark}${inside}`)
      previousCode = code
      previousVendor = vendor
    }
    p += (length + 3) & ~3
    if (length === 0) break
  }
  return names.join(',')
}

function idStyle(hopByHop: number, endToEnd: number): string {
  const hop = numberStyle(hopByHop)
  return hopByHop === endToEnd ? `${hop}/same` : `${hop}/${numberStyle(endToEnd)}`
}

function numberStyle(id: number): string {
  return id === 0 ? 'zero' : id < 0x10000 ? 'small' : 'large'
}

/** `idStyle` as a number. */
function idWord(hopByHop: number, endToEnd: number): number {
  return idRank(hopByHop) * 4 + (hopByHop === endToEnd ? 3 : idRank(endToEnd))
}

function idRank(id: number): number {
  return id === 0 ? 0 : id < 0x10000 ? 1 : 2
}

const HOST = { none: 0, origin: 1, other: 2 } as const
/** Kinds of the parts of a Session-Id; some are told with their length, in the lower bits. */
const PART = { none: 0, empty: 1, text: 2, lower: 3, upper: 4, imsi: 5, padded: 6, long: 7, short: 8 } as const
const LENGTH_BITS = 11
/** The parts of the Session-Id read last. */
const parts: [number, number, number, number, number] = [0, 0, 0, 0, 0]

/** Reads how a Session-Id is written, without what it says, into `parts`. @returns one of HOST: what it begins with. */
function readSessionId(sessionId: string | null, originHost: string | null): number {
  parts.fill(PART.none)
  if (sessionId === null) return HOST.none
  const isHost =
    originHost !== null && sessionId.startsWith(originHost) && sessionId.charCodeAt(originHost.length) === SEMICOLON
  let from = isHost ? originHost.length + 1 : sessionId.indexOf(';') + 1
  if (from > 0) {
    const isHexadecimal = hasHexadecimalPart(sessionId)
    for (let part = 0; part < PARTS && from <= sessionId.length; part++) {
      const mark = sessionId.indexOf(';', from)
      const end = mark < 0 ? sessionId.length : mark
      parts[part] = readPart(sessionId, from, end, isHexadecimal)
      from = end + 1
    }
  }
  return isHost ? HOST.origin : HOST.other
}

const SEMICOLON = 0x3b

/** A part of eight hexadecimal digits with a letter among them: then digits alone are hexadecimal by chance. */
function hasHexadecimalPart(text: string): boolean {
  for (let mark = text.indexOf(';'); mark >= 0; mark = text.indexOf(';', mark + 1)) {
    const end = mark + 9
    if (end > text.length || (end < text.length && text.charCodeAt(end) !== SEMICOLON)) continue
    let letters = 0
    let p = mark + 1
    for (; p < end; p++) {
      const c = text.charCodeAt(p)
      if (isDigit(c)) continue
      if (!isLower(c) && !isUpper(c)) break
      letters++
    }
    if (p === end && letters > 0) return true
  }
  return false
}

/** @returns one of PART, with the length where it is told. */
function readPart(text: string, start: number, end: number, isHexadecimal: boolean): number {
  const length = end - start
  if (length === 0) return PART.empty << LENGTH_BITS
  let lower = false
  let upper = false
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i)
    if (isDigit(c)) continue
    if (isLower(c)) lower = true
    else if (isUpper(c)) upper = true
    else return PART.text << LENGTH_BITS
  }
  if (lower && upper) return PART.text << LENGTH_BITS
  if (lower || (!upper && isHexadecimal && length === 8)) return (PART.lower << LENGTH_BITS) | length
  if (upper) return (PART.upper << LENGTH_BITS) | length
  if (length === 15) return PART.imsi << LENGTH_BITS
  if (length > 1 && text.charCodeAt(start) === DIGIT_0) return (PART.padded << LENGTH_BITS) | length
  return (length > 10 ? PART.long : PART.short) << LENGTH_BITS
}

const DIGIT_0 = 0x30

function isDigit(c: number): boolean {
  return c >= DIGIT_0 && c <= 0x39
}

/** `a` to `f`. */
function isLower(c: number): boolean {
  return c >= 0x61 && c <= 0x66
}

function isUpper(c: number): boolean {
  return c >= 0x41 && c <= 0x46
}

/** What `readSessionId` read, as text. */
function sessionIdShape(host: number): string {
  if (host === HOST.none) return 'none'
  let shape = host === HOST.origin ? 'host' : 'other'
  for (const part of parts) {
    if (part === PART.none) break
    const length = part & ((1 << LENGTH_BITS) - 1)
    shape += `;${PART_NAMES[part >> LENGTH_BITS]}${length === 0 ? '' : length}`
  }
  return shape
}

/** By PART. */
const PART_NAMES = ['', 'empty', 'text', 'h', 'H', 'imsi', 'z', 'd20', 'd10'] as const
