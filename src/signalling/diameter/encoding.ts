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

const texts = new Map<string, string>()

/** The habits of a request. Texts are shared: equal habits, equal strings. Source: RFC 6733 §3, §4.1, §8.8. */
export function formatEncoding(facts: EncodingFacts): string {
  const { flags, orderA, orderB } = facts
  const head = `sid=${sessionIdShape(facts.sessionId, facts.originHost)} flags=${flags.toString(16)} ids=${idStyle(facts.hopByHop, facts.endToEnd)} order=`
  const key = head + orderA + orderB
  const known = texts.get(key)
  if (known !== undefined) return known
  const hash = ((orderA ^ orderB) >>> 0).toString(16).padStart(8, '0')
  const text = `${head}${hash} avps=${listAvps(facts.bytes, facts.start + HEADER_BYTES, facts.end)}`
  if (texts.size === LIMITS.diameterEncodings) texts.clear()
  texts.set(key, text)
  return text
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

/** How a Session-Id is written, without what it says. */
function sessionIdShape(sessionId: string | null, originHost: string | null): string {
  if (sessionId === null) return 'none'
  const isHost =
    originHost !== null && sessionId.startsWith(originHost) && sessionId.charCodeAt(originHost.length) === SEMICOLON
  let shape = isHost ? 'host' : 'other'
  let from = isHost ? originHost.length + 1 : sessionId.indexOf(';') + 1
  if (from === 0) return shape
  const isHexadecimal = HEXADECIMAL_PART.test(sessionId)
  for (let part = 0; part < PARTS && from <= sessionId.length; part++) {
    const mark = sessionId.indexOf(';', from)
    const end = mark < 0 ? sessionId.length : mark
    shape += `;${partShape(sessionId, from, end, isHexadecimal)}`
    from = end + 1
  }
  return shape
}

const SEMICOLON = 0x3b
/** A part of eight hexadecimal digits with a letter among them: then digits alone are hexadecimal by chance. */
const HEXADECIMAL_PART = /;(?=[0-9]*[a-fA-F])[0-9a-fA-F]{8}(?:;|$)/

function partShape(text: string, start: number, end: number, isHexadecimal: boolean): string {
  const length = end - start
  if (length === 0) return 'empty'
  let lower = false
  let upper = false
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i)
    if (c >= 0x30 && c <= 0x39) continue
    if (c >= 0x61 && c <= 0x66) lower = true
    else if (c >= 0x41 && c <= 0x46) upper = true
    else return 'text'
  }
  if (lower && upper) return 'text'
  if (lower) return `h${length}`
  if (upper) return `H${length}`
  if (isHexadecimal && length === 8) return 'h8'
  if (length === 15) return 'imsi'
  if (length > 1 && text.charCodeAt(start) === 0x30) return `z${length}`
  return length > 10 ? 'd20' : 'd10'
}
