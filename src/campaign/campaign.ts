import type { FindingClass } from '../finding/finding.ts'
import type { CampaignProtocol, ObservedSource } from './observation.ts'

/** A source address of a campaign. */
export interface CampaignMember {
  readonly source: ObservedSource
  readonly attempts: number
  /** Different subscribers. */
  readonly subjects: number
  /** Requests that got a result. */
  readonly answered: number
  /** ISO 8601 with microseconds, UTC. */
  readonly firstSeen: string
  readonly lastSeen: string
}

/** Subscribers that two members, or half of them, went after within the window, against chance. */
export interface CoTargeting {
  readonly shared: number
  readonly expected: number
  /** Chance of as many or more under the null model; never 0. */
  readonly pValue: number
}

export type ChangeKind = 'fade' | 'rise' | 'succession' | 'protocol-shift'

/** A dated change in how a campaign works. */
export interface CampaignChange {
  readonly kind: ChangeKind
  readonly at: string
  readonly uncertaintyDays: number
  /** Sources or protocols before and after; of a fade the source and null, of a rise null and the source. */
  readonly from: string | null
  readonly to: string | null
}

/** What may be behind a campaign, with what speaks for and against it. */
export interface Hypothesis {
  readonly statement: string
  readonly for: readonly string[]
  readonly against: readonly string[]
  /** Share among the hypotheses of one campaign, 0 to 1, never 1. */
  readonly weight: number
}

export type Scale = 'mass' | 'targeted'

/** A line of campaigns.ndjson. Keys and meaning are fixed by the contract, schema 1. */
export interface Campaign {
  readonly schema: 1
  readonly id: string
  readonly title: string
  readonly class: FindingClass
  readonly scale: Scale
  readonly protocols: readonly CampaignProtocol[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly members: readonly CampaignMember[]
  readonly subjects: number
  readonly attempts: number
  readonly coTargeting: CoTargeting | null
  /** Short hashes, as docs/fingerprint.md builds them; the most used first. */
  readonly fingerprints: readonly string[]
  readonly changes: readonly CampaignChange[]
  readonly findings: readonly string[]
  readonly hypotheses: readonly Hypothesis[]
  readonly confidence: number
}

export type PatternKind =
  | 'pivot'
  | 'co-targeting'
  | 'rotation'
  | 'probe-attack'
  | 'succession'
  | 'reuse'
  | 'scale'
  | 'repetition'

/** Something a campaign does, with the facts that say so. */
export interface Pattern {
  readonly kind: PatternKind
  /** One clause naming the facts; no subscriber identities. */
  readonly why: string
  /** Chance under the null model, null where none was tested. */
  readonly pValue: number | null
}

/** Where the subscribers of a campaign were, as far as anyone said. */
export interface RoamingSummary {
  /** Subscribers of whom something is known. */
  readonly known: number
  readonly abroad: number
  /** Abroad, and first asked about within a week of arriving. */
  readonly justArrived: number
  /** Countries they were in, the most frequent first. */
  readonly countries: readonly { readonly country: string; readonly subjects: number }[]
}

/** A campaign with what the store and later runs need; `subjectKeys` are never printed. */
export interface FoundCampaign {
  readonly campaign: Campaign
  readonly patterns: readonly Pattern[]
  readonly subjectKeys: readonly string[]
  readonly roaming: RoamingSummary | null
  /** Why it counts as mass or targeted. */
  readonly scaleWhy: string
}
