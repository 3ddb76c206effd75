import { createHash } from 'node:crypto'
import type { BackgroundEncoding, CampaignProtocol } from './observation.ts'

/** One encoding habit: `flags=c0`. */
export interface Feature {
  readonly name: string
  readonly value: string
}

/** A sender's way to encode requests: short to compare, long to read. */
export interface Fingerprint {
  /** `d05_3f2a9c41b07e`: protocol letter, number of features, and 12 digits of a SHA-256. */
  readonly hash: string
  readonly protocol: CampaignProtocol
  readonly features: readonly Feature[]
  /** `sid host d10 d10, flags c0, …` */
  readonly description: string
}

/** How common an encoding is in the whole traffic. */
export interface Rarity {
  readonly requests: number
  readonly sources: number
  /** Share of all requests, 0 to 1; null where the whole traffic is not known. */
  readonly share: number | null
}

const LETTERS = { ss7: 's', diameter: 'd', sms: 'm', gtp: 'g' } as const
const HASH_DIGITS = 12
/** Feature that repeats another as a hash; left out of the hash and when encodings are compared. */
const DERIVED = 'order'

/**
 * Reads feature text: `name=value` parts behind `;` or a blank. A part without `=` goes on with the value before it.
 * Source: docs/fingerprint.md.
 */
export function parseFeatures(encoding: string): Feature[] {
  const features: { name: string; value: string }[] = []
  for (const part of encoding.split(/[;\s]+/)) {
    if (part === '') continue
    const at = part.indexOf('=')
    const last = features.at(-1)
    if (at > 0) features.push({ name: part.slice(0, at), value: part.slice(at + 1) })
    else if (last !== undefined) last.value += ` ${part}`
  }
  return features
}

/** The fingerprint of an encoding: the same text gives the same hash on every machine. */
export function fingerprintOf(protocol: CampaignProtocol, encoding: string): Fingerprint {
  const features = parseFeatures(encoding)
  const own = comparable(features)
  const text = own.map(({ name, value }) => `${name}=${value}`).join(';')
  const digest = createHash('sha256').update(`${LETTERS[protocol]};${text}`).digest('hex').slice(0, HASH_DIGITS)
  const count = String(Math.min(99, own.length)).padStart(2, '0')
  return {
    hash: `${LETTERS[protocol]}${count}_${digest}`,
    protocol,
    features,
    description: features.map(({ name, value }) => `${name} ${value}`).join(', '),
  }
}

/** Share of features, by name, that two encodings have with the same value: 0 to 1. */
export function similarity(a: readonly Feature[], b: readonly Feature[]): number {
  const values = new Map(comparable(a).map(({ name, value }) => [name, value]))
  const others = comparable(b)
  const names = new Set([...values.keys(), ...others.map(({ name }) => name)])
  const equal = others.filter(({ name, value }) => values.get(name) === value).length
  return names.size === 0 ? 0 : equal / names.size
}

/**
 * Groups encodings that differ in one feature at most, directly or by way of others; those of one or two features only when
 * equal. Linear: each encoding is looked up once for every feature left out.
 * @returns for each fingerprint the number of its group, from 0 in the order given.
 */
export function groupNearEqual(fingerprints: readonly Fingerprint[]): number[] {
  const parents = fingerprints.map((_, i) => i)
  const rootOf = (i: number): number => {
    let root = i
    while (parents[root] !== root) root = parents[root] ?? root
    parents[i] = root
    return root
  }
  const buckets = new Map<string, number>()
  for (const [i, { protocol, features }] of fingerprints.entries()) {
    const parts = comparable(features).map(({ name, value }) => `${name}=${value}`)
    const names = comparable(features).map(({ name }) => name)
    const keys = parts.length < 3 ? [] : parts.map((_, out) => parts.with(out, names[out] ?? '').join(';'))
    for (const key of [parts.join(';'), ...keys]) {
      const known = buckets.get(`${protocol};${key}`)
      if (known === undefined) buckets.set(`${protocol};${key}`, i)
      else {
        const [one, other] = [rootOf(known), rootOf(i)]
        parents[Math.max(one, other)] = Math.min(one, other)
      }
    }
  }
  const numbers = new Map<number, number>()
  return fingerprints.map((_, i) => {
    const root = rootOf(i)
    const number = numbers.get(root) ?? numbers.size
    numbers.set(root, number)
    return number
  })
}

/** Looks up how common encodings are in the whole traffic. */
export function rarityIn(encodings: Iterable<BackgroundEncoding>, requests: number): (encoding: string) => Rarity {
  const known = new Map<string, BackgroundEncoding>()
  for (const row of encodings) known.set(row.encoding, row)
  return (encoding) => {
    const row = known.get(encoding)
    if (requests === 0) return { requests: 0, sources: 0, share: null }
    return { requests: row?.requests ?? 0, sources: row?.sources ?? 0, share: (row?.requests ?? 0) / requests }
  }
}

/** When a source wrote with which fingerprint. */
export interface FingerprintUse {
  readonly hash: string
  readonly requests: number
  readonly firstUs: number
  readonly lastUs: number
}

/** A source went from one fingerprint to another and stayed there. */
export interface FingerprintChange {
  readonly from: string
  readonly to: string
  readonly timeUs: number
}

/** Uses in a row that make a change, so that a sender with two stacks behind one address does not change all the time. */
const LEAST_STAY = 3

/** The fingerprints of one source, the most used first, and when it changed. `uses` in time order. */
export function profileOf(uses: Iterable<{ readonly hash: string; readonly timeUs: number }>): {
  readonly fingerprints: readonly FingerprintUse[]
  readonly changes: readonly FingerprintChange[]
} {
  const rows = new Map<string, { hash: string; requests: number; firstUs: number; lastUs: number }>()
  const changes: FingerprintChange[] = []
  let settled: string | null = null
  let next = { hash: '', count: 0, timeUs: 0 }
  for (const { hash, timeUs } of uses) {
    const row = rows.get(hash)
    if (row === undefined) rows.set(hash, { hash, requests: 1, firstUs: timeUs, lastUs: timeUs })
    else {
      row.requests++
      row.lastUs = timeUs
    }
    next = next.hash === hash ? { ...next, count: next.count + 1 } : { hash, count: 1, timeUs }
    if (next.count < LEAST_STAY || hash === settled) continue
    if (settled !== null) changes.push({ from: settled, to: hash, timeUs: next.timeUs })
    settled = hash
  }
  const fingerprints = [...rows.values()].sort((a, b) => b.requests - a.requests || (a.hash < b.hash ? -1 : 1))
  return { fingerprints, changes }
}

function comparable(features: readonly Feature[]): readonly Feature[] {
  const kept = features.filter(({ name }) => name !== DERIVED)
  return kept.length < features.length && kept.some(({ name }) => name === 'avps') ? kept : features
}
