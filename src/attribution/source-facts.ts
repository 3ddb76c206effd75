import type { CampaignProtocol } from '../campaign/observation.ts'

/** Where an address that says who a source is comes from. */
export const VOTE_KINDS = [
  'sccp-title', 'claimed-address', 'point-code', 'link', 'origin-host', 'origin-realm', 'route-record', 'ip',
] as const // biome-ignore format: one table

export type VoteKind = (typeof VOTE_KINDS)[number]

/** One identifier of a source, and whose it is by the data at hand. */
export interface Vote {
  readonly kind: VoteKind
  /** The identifier as text: digits, a name, an IP address, a point code. */
  readonly identifier: string
  readonly operator: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  /** How it was resolved: `home`, `partner prefix`, `public numbering`, …, `unknown`. */
  readonly method: string
  /** Requests that carried it. */
  readonly requests: number
}

/** What was seen of one source address; plain data, gathered while events pass or from the store. */
export interface SourceFacts {
  /** As `addressKey` names it. */
  readonly sourceKey: string
  readonly votes: readonly Vote[]
  readonly firstUs: number
  readonly lastUs: number
  /** All requests of the source, and those under suspicion. */
  readonly requests: number
  readonly suspicious: number
  readonly subjects: number
  /** Of the suspicious requests: those answered with a result, those not, and those whose answer would not have been seen. */
  readonly answered: number
  readonly unanswered: number
  readonly unseen: number
  /** Requests by protocol and operation. */
  readonly operations: readonly {
    readonly protocol: CampaignProtocol
    readonly operation: string
    readonly requests: number
  }[]
  /** Fingerprint hashes with their requests, and when it changed. */
  readonly fingerprints: readonly {
    readonly hash: string
    readonly description: string
    readonly requests: number
    readonly share: number | null
  }[]
  readonly fingerprintChanges: readonly { readonly from: string; readonly to: string; readonly timeUs: number }[]
  /** Agreed traffic of network.yaml that covers this source: the reasons as written. */
  readonly exceptions: readonly string[]
  /** Different subscribers under suspicion whose home is the source's own operator. */
  readonly ownSubjects: number
}

/** What each kind of identifier is worth: how hard it is to forge, and how surely it names who sent it. */
export const VOTE_WEIGHTS: Readonly<Record<VoteKind, number>> = {
  link: 1,
  'point-code': 0.6,
  ip: 0.6,
  'route-record': 0.7,
  'sccp-title': 0.5,
  'origin-realm': 0.4,
  'origin-host': 0.4,
  'claimed-address': 0.3,
}

/** How surely a way of resolving names the operator. */
export function sureness(method: string): number {
  if (method === 'home' || method.startsWith('partner')) return 0.9
  return method === 'unknown' ? 0 : 0.6
}
