import type { FindingClass } from '../finding/finding.ts'

/** The ways into a network that campaigns combine. */
export type CampaignProtocol = 'ss7' | 'diameter' | 'sms' | 'gtp'

/** Who sent a request: the addresses it carried, and whose they are by the data at hand. */
export interface ObservedSource {
  readonly gt: string | null
  readonly host: string | null
  readonly realm: string | null
  readonly ip: string | null
  readonly opc: number | null
  readonly operator: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
}

/** A source without an address. */
export const NOBODY: ObservedSource = {
  gt: null,
  host: null,
  realm: null,
  ip: null,
  opc: null,
  operator: null,
  country: null,
}

/** One suspicious request. A finding has one for each request under suspicion. */
export interface Observation {
  readonly findingId: string
  /** Id of the detector's catalogue, `LOC-01`. */
  readonly detector: string
  readonly class: FindingClass
  readonly protocol: CampaignProtocol
  readonly operation: string
  /** µs since 1970-01-01T00:00:00Z. */
  readonly timeUs: number
  readonly source: ObservedSource
  /** The subscriber, as any text that stays the same for one subscriber; null where the request names none. */
  readonly subjectKey: string | null
  /** As in a finding: null where an answer would not have been seen. */
  readonly answered: boolean | null
  /** Encoding habits as feature text, see docs/fingerprint.md. */
  readonly encoding: string | null
}

/** What the whole traffic says, suspicious or not: what is common there proves nothing. */
export interface Background {
  /** Requests of the whole traffic, and different subscribers in them. */
  readonly requests: number
  readonly subjects: number
  /** By source, as `addressKey` names it. */
  readonly sources: Iterable<BackgroundSource>
  readonly encodings: Iterable<BackgroundEncoding>
}

export interface BackgroundSource {
  readonly sourceKey: string
  readonly requests: number
  readonly subjects: number
}

export interface BackgroundEncoding {
  readonly encoding: string
  readonly requests: number
  /** Different source addresses that write it. */
  readonly sources: number
}

/** Nothing is known beyond the suspicious requests. */
export const NO_BACKGROUND: Background = { requests: 0, subjects: 0, sources: [], encodings: [] }

/**
 * The name of a source's own address: its title, else its host, IP address or point code. `gt:447700900001`,
 * `host:mme1.example`, `ip:192.0.2.1`, `pc:4321`; `unknown` where it carries none.
 */
export function addressKey(source: Pick<ObservedSource, 'gt' | 'host' | 'ip' | 'opc'>): string {
  if (source.gt !== null) return `gt:${source.gt}`
  if (source.host !== null) return `host:${source.host}`
  if (source.ip !== null) return `ip:${source.ip}`
  return source.opc === null ? 'unknown' : `pc:${source.opc}`
}
