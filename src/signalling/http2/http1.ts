import { at } from '../../bytes/at.ts'
import { LIMITS } from '../../limits.ts'
import { PLACE, type Place, type StreamFrame, type StreamFraming, UNTIL_NEXT } from '../../packet/tcp-framing.ts'

/** Methods of requests. Source: RFC 9110 §9.1, RFC 5789 (PATCH). */
export const METHODS = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'] as const

const VERSION = 'HTTP/1.'
/** What a message may begin with: a method and a space, or the version. */
const BEGINNINGS = [...METHODS.map((method) => `${method} `), VERSION]
const LONGEST_LINE = 8_192
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20

/** The start line of an HTTP/1 message; of a request the method and target, of an answer the status, else null. */
export interface StartLine {
  readonly method: string | null
  readonly target: string | null
  readonly status: string | null
}

/**
 * How HTTP/1 messages stand in a TCP stream: start line and header fields are the message handed over, its body is
 * stepped over. A chunked body, or one without a length, ends where the next message begins. Source: RFC 9112 §2.1, §6.3.
 */
export const HTTP1_FRAMING: StreamFraming = { protocol: 'http1', ports: [], begins, resumes: begins, measure }

/** Decodes the start line of the message in `bytes[start, end)`. @returns null when it is none. Never throws. */
export function decodeStartLine(bytes: Uint8Array, start: number, end: number): StartLine | null {
  const line = lineEnd(bytes, start, end)
  if (line === null || !endsWell(bytes, start, line)) return null
  const text = textOf(bytes, start, line)
  const [first = '', second = ''] = text.split(' ', 2)
  if (first.startsWith(VERSION)) return { method: null, target: null, status: second }
  return { method: first, target: second, status: null }
}

/** A whole start line, because text of any kind may hold the name of a method. */
function begins(bytes: Uint8Array, start: number, end: number): Place {
  const place = beginning(bytes, start, end)
  if (place !== PLACE.yes) return place
  const limit = Math.min(end, start + LONGEST_LINE)
  const line = lineEnd(bytes, start, limit)
  if (line === null) return PLACE.no
  if (line < limit) return endsWell(bytes, start, line) ? PLACE.yes : PLACE.no
  return limit === end ? PLACE.more : PLACE.no
}

function measure(bytes: Uint8Array, start: number, end: number, looked: number, into: StreamFrame): Place {
  const place = beginning(bytes, start, end)
  if (place !== PLACE.yes) return place
  // the empty line may have begun in front of what was looked at
  for (let i = Math.max(start, looked - 4); i < end; i++) {
    if (at(bytes, i) !== LF) continue
    const next = at(bytes, i + 1) === CR ? i + 2 : i + 1
    if (next >= end || at(bytes, next) !== LF) continue
    if (begins(bytes, start, next) !== PLACE.yes) return PLACE.no
    into.messageBytes = next + 1 - start
    into.bodyBytes = bodyBytes(bytes, start, next)
    return PLACE.yes
  }
  return end - start > LIMITS.httpHeadBytes ? PLACE.no : PLACE.more
}

function beginning(bytes: Uint8Array, start: number, end: number): Place {
  if (start >= end) return PLACE.more
  const first = at(bytes, start)
  for (const text of BEGINNINGS) {
    if (text.charCodeAt(0) !== first) continue
    const count = Math.min(text.length, end - start)
    let same = 1
    while (same < count && at(bytes, start + same) === text.charCodeAt(same)) same++
    if (same === text.length) return PLACE.yes
    if (same === count) return PLACE.more
  }
  return PLACE.no
}

/** Offset of the line's end, or `end`; null when an octet stands in it that no start line has. */
function lineEnd(bytes: Uint8Array, start: number, end: number): number | null {
  let spaces = 0
  const isAnswer = at(bytes, start) === VERSION.charCodeAt(0) && at(bytes, start + 1) === VERSION.charCodeAt(1)
  for (let i = start; i < end; i++) {
    const octet = at(bytes, i)
    if (octet === CR || octet === LF) return i
    if (octet < SPACE) return null
    // a request has two spaces, which keeps the search for one short
    if (octet === SPACE && ++spaces > 2 && !isAnswer) return null
  }
  return end
}

/** Whether the line is `METHOD target HTTP/1.x` or `HTTP/1.x nnn …`. */
function endsWell(bytes: Uint8Array, start: number, end: number): boolean {
  if (at(bytes, start) === VERSION.charCodeAt(0) && at(bytes, start + 4) === VERSION.charCodeAt(4))
    return end - start >= 12 && at(bytes, start + 8) === SPACE && isStatus(bytes, start + 9)
  const version = end - VERSION.length - 1
  if (version <= start || at(bytes, version - 1) !== SPACE) return false
  for (let i = 0; i < VERSION.length; i++) if (at(bytes, version + i) !== VERSION.charCodeAt(i)) return false
  return true
}

function isStatus(bytes: Uint8Array, start: number): boolean {
  for (let i = start; i < start + 3; i++) if (at(bytes, i) < 0x30 || at(bytes, i) > 0x39) return false
  return true
}

/** Octets of the body. Source: RFC 9112 §6.3. */
function bodyBytes(bytes: Uint8Array, start: number, end: number): number {
  const head = textOf(bytes, start, Math.min(end, start + LIMITS.httpHeadBytes))
  const isAnswer = head.startsWith(VERSION)
  const status = isAnswer ? head.slice(9, 12) : ''
  if (status.startsWith('1') || status === '204' || status === '304') return 0
  if (/\ntransfer-encoding:/i.test(head)) return UNTIL_NEXT
  const length = /\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r?(?:\n|$)/i.exec(head)
  if (length !== null) return Number(length[1])
  return isAnswer ? UNTIL_NEXT : 0
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(at(bytes, i))
  return text
}
