import { FINDING_CLASSES, type FindingClass, SEVERITIES, type Severity } from '../detect/severity.ts'

export { FINDING_CLASSES, type FindingClass, SEVERITIES, type Severity }

/** Who sent it, as far as the capture and the user's own data say. */
export interface FindingSource {
  readonly gt: string | null
  readonly host: string | null
  readonly realm: string | null
  readonly ip: string | null
  readonly opc: number | null
  /** Name of the operator of record; null where no data names it. */
  readonly operator: string | null
  /** ISO 3166-1 alpha-2; null where numbering does not tell. */
  readonly country: string | null
  /** How operator and country were resolved: `home`, `partner prefix`, `numbering plan`, … */
  readonly method: string
}

export interface EvidenceRef {
  /** File name of the capture. */
  readonly capture: string
  /** Frame number, from 1, as Wireshark counts. */
  readonly frame: number
}

/** A line of findings.ndjson. Keys and meaning are fixed by the contract, schema 1. */
export interface Finding {
  readonly schema: 1
  /** Stable for the same input. */
  readonly id: string
  readonly detector: string
  readonly version: number
  readonly class: FindingClass
  readonly severity: Severity
  /** 0 to 1. */
  readonly confidence: number
  readonly title: string
  /** One sentence naming the facts; subscriber identities masked. */
  readonly why: string
  readonly benign: readonly string[]
  readonly source: FindingSource
  readonly subject: { readonly imsi: string | null; readonly msisdn: string | null }
  /** True: a result came back; false: none did, or an error; null: the answer would not have been seen. */
  readonly answered: boolean | null
  /** ISO 8601 with microseconds, UTC. */
  readonly firstSeen: string
  readonly lastSeen: string
  readonly count: number
  readonly techniques: readonly string[]
  readonly evidence: readonly EvidenceRef[]
  readonly evidenceCount: number
}
