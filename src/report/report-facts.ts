import type { FindingClass, Severity } from '../finding/finding.ts'
import type { AddressKind } from './tally.ts'

/** What the report counts over all findings of a case; `store/report-facts.ts` reads it from the database. */

/** 3G is MAP, CAP and ISUP; 4G is Diameter; text messages and data tunnels stand apart from both. */
export const GENERATIONS = ['3g', '4g', 'sms', 'gtp', 'other'] as const
export type Generation = (typeof GENERATIONS)[number]

/** An address of a source with its kind; null where the message carried none. */
export interface ReportAddress {
  readonly kind: AddressKind
  readonly value: string
}

/** Counts of a set of findings. */
export interface Counts {
  /** Requests; one that two checks report counts once. */
  readonly attempts: number
  /** Distinct subscribers. */
  readonly subjects: number
  /** Distinct source addresses. */
  readonly addresses: number
  /** Attempts of findings of which at least one request got a result. */
  readonly answered: number
}

/** A row of a ranking. The share is of all attempts of its year and generation, 0 to 1. */
export interface RankingRow extends Counts {
  readonly year: number
  readonly generation: Generation
  /** ISO 3166-1 alpha-2; null where unknown. */
  readonly country: string | null
  /** Operator of record; null where no data names it, and in rankings of countries. */
  readonly network: string | null
  readonly share: number
}

/** Into which stretches time is cut: as fine as a chart has room for. */
export type Period = 'month' | 'day' | 'hour' | 'minute'

/** Stands for the countries that a chart does not tell apart. */
export const OTHER = '*'

/** Attempts of one stretch of time. */
export interface PeriodRow {
  /** First moment, ISO 8601. */
  readonly from: string
  readonly generation: Generation
  /** `OTHER` for all but the busiest. */
  readonly country: string | null
  readonly attempts: number
}

/** All attempts of a year and generation: what the shares of its rankings are shares of. */
export interface YearRow extends Counts {
  readonly year: number
  readonly generation: Generation
  readonly networks: number
  readonly countries: number
}

export interface ClassRow extends Counts {
  readonly class: FindingClass
  readonly generation: Generation
  readonly findings: number
}

/** Attempts from the country of the sources to where the subscribers were. */
export interface FlowRow {
  readonly from: string
  readonly to: string
  /** Whether the messages or registrations say where the subscriber was, or only the home network is known. */
  readonly basis: 'serving' | 'home'
  readonly attempts: number
  readonly subjects: number
}

/** Attempts of a network in one stretch of time; country `OTHER` for all but the busiest of the generation. */
export interface NetworkPeriodRow extends PeriodRow {
  /** Null where no data names it, and for `OTHER`. */
  readonly network: string | null
}

/** Where subscribers were when they were asked about, as messages and registrations say. Numbers of distinct subscribers. */
export interface RoamingFacts {
  /** What counts as just arrived, days. */
  readonly days: number
  /** All that are named. */
  readonly subjects: number
  /** Of whom both is known, where they were and where home is. */
  readonly known: number
  /** Asked about at least once while in another country than home. */
  readonly abroad: number
  /** Of these: a registration in that country had been seen before. */
  readonly registered: number
  /** Of these: not more than `days` before. */
  readonly arrived: number
  /** Countries they were in, home left out, most subscribers first. */
  readonly countries: readonly {
    readonly country: string
    readonly subjects: number
    readonly attempts: number
    readonly arrived: number
  }[]
}

/** What the report tells of a campaign beyond its line in campaigns.ndjson. */
export interface CampaignAccount {
  readonly id: string
  /** What it does, by the ids of the campaign detectors, with the facts that say so. */
  readonly patterns: readonly { readonly detector: string; readonly why: string }[]
  readonly roaming: RoamingFacts | null
}

/** One source address: how many it asked about, and how often. */
export interface SpreadRow {
  readonly address: ReportAddress | null
  readonly country: string | null
  readonly network: string | null
  readonly generation: Generation
  readonly attempts: number
  readonly subjects: number
}

/** A network of the co-targeting matrix. */
export interface MatrixNetwork {
  readonly country: string | null
  readonly network: string | null
  readonly subjects: number
}

/** Networks, and for each pair how many subscribers both went after within `weeks`. */
export interface CoTargetingMatrix {
  readonly weeks: number
  readonly networks: readonly MatrixNetwork[]
  /** `shared[i][j]` with i > j; nothing else is filled. */
  readonly shared: readonly (readonly number[])[]
}

/** An episode in the story of one subscriber. */
export interface SubjectEpisode {
  readonly id: string
  readonly firstSeen: string
  readonly lastSeen: string
  readonly generation: Generation
  readonly class: FindingClass
  readonly severity: Severity
  readonly detector: string
  readonly operation: string
  readonly address: ReportAddress | null
  readonly country: string | null
  readonly network: string | null
  readonly answered: boolean | null
  readonly messages: number
}

/** A subscriber and what happened around them; identities as the case holds them, to be masked by whoever shows them. */
export interface SubjectStory {
  readonly imsi: string | null
  readonly msisdn: string | null
  readonly attempts: number
  readonly episodes: number
  readonly addresses: number
  readonly countries: number
  readonly generations: readonly Generation[]
  readonly firstSeen: string
  readonly lastSeen: string
  /** In order of time, at most `LIMITS.reportEpisodes`. */
  readonly shown: readonly SubjectEpisode[]
}

/** Something counted under a name. */
export interface NamedCount {
  readonly name: string
  readonly count: number
}

/** All that the case says of one source address. */
export interface SourceDossier extends Counts {
  readonly address: ReportAddress
  readonly country: string | null
  readonly network: string | null
  readonly method: string
  readonly findings: number
  readonly notAnswered: number
  readonly notVisible: number
  readonly firstSeen: string
  readonly lastSeen: string
  /** Months in which it was seen. */
  readonly months: number
  readonly generations: readonly Generation[]
  readonly detectors: readonly NamedCount[]
  readonly operations: readonly NamedCount[]
  /** Addresses that stood beside this one in its messages, most frequent first, each with its kind. */
  readonly beside: readonly (ReportAddress & { readonly count: number })[]
  /** Addresses that the application layer itself claimed: gsmSCF, MSC, service centre. */
  readonly claimed: readonly NamedCount[]
  /** Route-Record paths, hosts parted by blanks. */
  readonly paths: readonly NamedCount[]
  /** Encoding habits as feature text, see docs/fingerprint.md. */
  readonly encodings: readonly NamedCount[]
}

/** The counts over all findings of a case. */
export interface ReportFacts {
  readonly total: Counts & { readonly networks: number; readonly countries: number }
  readonly years: readonly YearRow[]
  /** The first of each year and generation, most attempts first. */
  readonly networks: readonly RankingRow[]
  readonly countries: readonly RankingRow[]
  readonly period: Period
  readonly periods: readonly PeriodRow[]
  readonly networkPeriods: readonly NetworkPeriodRow[]
  readonly classes: readonly ClassRow[]
  /** The same over all generations. */
  readonly classTotals: readonly (Counts & { readonly class: FindingClass; readonly findings: number })[]
  /** Findings by detector. */
  readonly detectors: readonly NamedCount[]
  readonly flows: readonly FlowRow[]
  readonly roaming: RoamingFacts
  readonly spread: readonly SpreadRow[]
  /** Source addresses in all; `spread` holds the busiest. */
  readonly sources: number
  readonly matrix: CoTargetingMatrix
  readonly subjects: readonly SubjectStory[]
  readonly dossiers: readonly SourceDossier[]
  /** Of the campaigns that the report tells of. */
  readonly campaigns: readonly CampaignAccount[]
}
