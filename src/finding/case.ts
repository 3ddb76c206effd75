import type { DetectorAccount } from '../detect/account.ts'
import type { CoverageRow } from '../event/coverage.ts'

export type { CoverageRow, DetectorAccount }

/** One examined input, as case.json lists it. */
export interface CaseInput {
  readonly name: string
  readonly path: string
  readonly format: string
  readonly compression: string
  readonly bytes: number
  readonly sha256: string | null
  readonly packets: number
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  /** One sentence when the file broke before its end, else null. */
  readonly damage: string | null
}

/** A dated change in what is under suspicion; the keys are those of a campaign's `changes`. */
export interface CaseTrend {
  readonly kind: 'fade' | 'rise' | 'succession' | 'protocol-shift'
  /** ISO 8601 with microseconds, UTC. */
  readonly at: string
  readonly uncertaintyDays: number
  /** Networks or protocols before and after; of a fade the network and null, of a rise null and the network. */
  readonly from: string | null
  readonly to: string | null
}

/** case.json, schema 1: what was examined, and what was not. */
export interface Case {
  readonly schema: 1
  readonly program: { readonly name: 'telltale'; readonly version: string; readonly node: string }
  /** True when the run read all it was given; false when it was interrupted or an input broke. */
  readonly complete: boolean
  /** Sentences about what stopped the run early, e.g. an interrupt; empty when complete. */
  readonly interruptions: readonly string[]
  readonly inputs: readonly CaseInput[]
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  readonly packets: number
  readonly messages: number
  readonly events: number
  readonly findings: number
  readonly campaigns: number
  /** Changes over all requests under suspicion, by time: networks that fade and rise, the move between protocols. */
  readonly trends: readonly CaseTrend[]
  /** Every packet read stands in exactly one row: the counts add up to `packets`. */
  readonly packetCoverage: readonly CoverageRow[]
  /** Every signalling message stands in exactly one row: the counts add up to `messages`. */
  readonly messageCoverage: readonly CoverageRow[]
  readonly detectors: readonly DetectorAccount[]
  /** Checks that could not be done in this run, one sentence each (no network.yaml, one direction only, …). */
  readonly limitations: readonly string[]
  /** Name, version or date, and source of each reference table used. */
  readonly references: readonly { readonly name: string; readonly version: string; readonly source: string }[]
  readonly settings: Readonly<Record<string, unknown>>
  /** Files of the case beside this one and the report, as they were written; `telltale verify` checks them. */
  readonly manifest: readonly { readonly file: string; readonly bytes: number; readonly sha256: string }[]
  /** Counts for the summary: operations by protocol and kind, the busiest sources. */
  readonly operations: readonly {
    readonly protocol: string
    readonly operation: string
    readonly invokes: number
    readonly results: number
    readonly errors: number
  }[]
  readonly sources: readonly {
    readonly address: string
    readonly country: string | null
    readonly operator: string | null
    readonly events: number
    readonly findings: number
  }[]
}
