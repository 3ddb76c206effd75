import { ipBits, parseIpRange } from '../../network/ip-range.ts'
import { prefixesOfRange } from '../../network/number-range.ts'
import { parsePointCode } from '../../numbering/point-code.ts'

/** What a statement is about: a domain counts with all below it, a host alone, a title with all that begin with it. */
export type ContextKind = 'domain' | 'host' | 'ip' | 'title' | 'point-code' | 'name'

/** A title's beginning says something from so many digits on: country and network. */
export const SHORTEST_PREFIX = 4
/** Bits of an address range; a shorter one is said of half the world. */
const SHORTEST_RANGE = 8
/** Letters, digits, hyphens and underscores in two labels or more, 253 in all. Source: RFC 1035 §2.3.4, RFC 2181 §11. */
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/
const LONGEST_NAME = 200

/**
 * The keys under which a value is found: one, or those of the prefixes that a range of titles is made of.
 * @returns null where the value is none of its kind.
 */
export function keysOf(kind: ContextKind, value: string): readonly string[] | null {
  if (kind === 'title') return titleKeys(value)
  if (kind === 'ip') return ipKeys(value)
  if (kind === 'point-code') {
    const code = parsePointCode(value)
    return code === null ? null : [`point-code:${code}`]
  }
  if (kind === 'name') {
    const name = value.trim().toLowerCase()
    return name === '' || name.length > LONGEST_NAME ? null : [`name:${name}`]
  }
  const name = hostOf(value)
  return DOMAIN.test(name) && !/^[\d.]+$/.test(name) ? [`${kind}:${name}`] : null
}

/** Whether a text is an IP address or a range of them. */
export function isIp(value: string): boolean {
  return parseIpRange(plain(value)) !== null
}

/** The keys that speak of a title, the shortest first. */
export function keysOfTitle(title: string, longest: number): string[] {
  const keys: string[] = []
  for (let n = SHORTEST_PREFIX; n <= Math.min(title.length, longest); n++) keys.push(`title:${title.slice(0, n)}`)
  return keys
}

/** The keys that speak of a host or realm: its own, and the domains above it. */
export function keysOfDomain(domain: string): string[] {
  const name = domain.toLowerCase().replace(/\.$/, '')
  const labels = name.split('.')
  const keys = [`host:${name}`]
  for (let i = 0; i + 1 < labels.length; i++) keys.push(`domain:${labels.slice(i).join('.')}`)
  return keys
}

/** The keys that speak of an IP address. @param lengths of the ranges there are, in bits and the digit of the family. */
export function keysOfIp(ip: string, lengths: Iterable<number>): string[] {
  const bits = ipBits(ip)
  return bits === null ? [] : Array.from(lengths, (length) => `ip:${bits.slice(0, length)}`)
}

/** Digits, or `first-last` of one length; a leading `+` and a closing `*` say nothing more. */
function titleKeys(value: string): string[] | null {
  const text = value.replace(/\s/g, '')
  const [, first = '', last] = /^\+?(\d{4,15})\*?(?:-\+?(\d{4,15}))?$/.exec(text) ?? []
  if (first === '') return null
  if (last === undefined) return [`title:${first}`]
  const prefixes = prefixesOfRange(first, last, '9')
  if (prefixes === null || prefixes.some(({ length }) => length < SHORTEST_PREFIX)) return null
  return prefixes.map((prefix) => `title:${prefix}`)
}

function ipKeys(value: string): string[] | null {
  const range = parseIpRange(plain(value))
  return range === null || range.bits.length <= SHORTEST_RANGE ? null : [`ip:${range.bits}`]
}

/** The host of an address on the web, or the name itself, in lower case. */
function hostOf(value: string): string {
  return plain(value)
    .replace(/^[a-z]{2,10}:\/\//i, '')
    .replace(/[/:?#].*$/s, '')
    .replace(/^\./, '')
    .replace(/\.$/, '')
    .toLowerCase()
}

/** A value without what people put into it so that nobody calls it up by accident: `hxxp://bad[.]example`. */
function plain(value: string): string {
  return value.trim().replaceAll('[.]', '.').replaceAll('[:]', ':').replace(/^hxxp/i, 'http')
}
