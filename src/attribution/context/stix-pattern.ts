import type { ContextKind } from './values.ts'

/** One comparison of a pattern that names an address. */
export interface PatternValue {
  readonly kind: ContextKind
  readonly value: string
}

/** What a pattern says of single addresses. */
export interface PatternReading {
  readonly values: readonly PatternValue[]
  /** Object paths that are no address, as `file:name`. */
  readonly others: readonly string[]
  /** Why an address in it cannot be compared, a clause; null where it can, or where there is none. */
  readonly problem: string | null
}

/** Object paths of addresses; those of signalling are the ones this program exports. Source: STIX 2.1 §6.4, §6.6, §6.7, §6.15. */
const KINDS: Readonly<Record<string, ContextKind | 'host-or-ip'>> = {
  'domain-name:value': 'domain',
  'url:value': 'host-or-ip',
  'ipv4-addr:value': 'ip',
  'ipv6-addr:value': 'ip',
  'network-traffic:src_ref.value': 'host-or-ip',
  'network-traffic:dst_ref.value': 'host-or-ip',
  'global-title:value': 'title',
  'signalling-point-code:value': 'point-code',
}
const TOKEN =
  /\s*(?:('(?:[^'\\]|\\.)*')|([a-z0-9-]+:[\w.'*[\]-]+)|(!=|<>|<=|>=|[=<>])|([[\](),])|(-?\d+(?:\.\d+)?)|([A-Za-z]+(?:'[^']*')?))/y
/** They tie a comparison to others: the address alone is not what was said. */
const JOINING: ReadonlySet<string> = new Set(['AND', 'FOLLOWEDBY', 'NOT', 'WITHIN', 'REPEATS', 'START', 'STOP'])
const LONGEST_PATH = 60

/**
 * The addresses that a STIX pattern names one by one: `=`, `IN`, and `ISSUBSET` of ranges, joined by `OR` only. A pattern that
 * wants several things at once says nothing of each of them, and is a problem where an address is among them.
 * Source: STIX 2.1 §9. Never throws; linear.
 */
export function readPattern(pattern: string): PatternReading {
  const values: PatternValue[] = []
  const others: string[] = []
  let problem: string | null = null
  let path = ''
  let kind: (typeof KINDS)[string] | undefined
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < pattern.trimEnd().length) {
    const [token, text, name, compare, , number, word] = TOKEN.exec(pattern) ?? []
    if (token === undefined) return { values: [], others: [], problem: 'its pattern cannot be read' }
    const constant = text ?? number
    if (name !== undefined) {
      path = name
      kind = Object.hasOwn(KINDS, path) ? KINDS[path] : undefined
      if (kind === undefined) others.push(path.slice(0, LONGEST_PATH))
    } else if (constant !== undefined && kind !== undefined) {
      values.push(toValue(kind, text === undefined ? constant : unquote(text)))
    } else if (compare !== undefined && compare !== '=') {
      problem ??= `its pattern compares by ${compare}`
    } else if (word !== undefined && word !== 'IN' && word !== 'OR' && word !== 'ISSUBSET') {
      problem ??= JOINING.has(word) ? 'its pattern joins several conditions' : `its pattern compares by ${shown(word)}`
    }
  }
  if (problem !== null) return { values: [], others, problem: values.length === 0 ? null : problem }
  const isNothing = values.length === 0 && others.length === 0
  return { values, others, problem: isNothing ? 'its pattern names nothing' : null }
}

function toValue(kind: ContextKind | 'host-or-ip', value: string): PatternValue {
  if (kind !== 'host-or-ip' && kind !== 'domain') return { kind, value }
  const host = value.replace(/^[a-z]+:\/\//i, '').replace(/^\[([^\]]*)\].*$/s, '$1')
  // some lists write addresses as domains
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?:[/:]|$)/.test(host)) return { kind: 'ip', value: host.replace(/[/:].*$/s, '') }
  if (/^[0-9a-f:]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(host)) return { kind: 'ip', value: host }
  return { kind: kind === 'domain' ? 'domain' : 'host', value }
}

function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, '$1')
}

function shown(word: string): string {
  return /^[A-Z]{2,10}$/.test(word) ? word : 'an unknown word'
}
