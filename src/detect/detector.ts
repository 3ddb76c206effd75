import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import type { FindingClass, Severity } from './severity.ts'

/** What a detector says of one event. Null: the event is none of its business. */
export type Verdict = null | 'pass' | Unavailable | Suspicion

/** The check needs something that is not there: told in the result, never taken for a pass. */
export interface Unavailable {
  readonly outcome: 'unavailable'
  /** Fixed words that finish "could not be checked: …". */
  readonly reason: string
}

/** The event is what the detector looks for. */
export interface Suspicion {
  readonly outcome: 'fail'
  /** One clause naming the facts, without the answer; identities masked. */
  readonly why: string
  /** 0 to 1: how surely the facts are what they seem. */
  readonly confidence: number
  /** The address is forged: an answer goes to its owner, by another way, so that none being seen says nothing. */
  readonly answerGoesElsewhere?: true
}

/** A rule: what it sees and why it matters, in words a reader can check, and the check itself. */
export interface Detector {
  /** Id of the catalogue, `LOC-01`. */
  readonly id: string
  readonly version: number
  readonly class: FindingClass
  readonly severity: Severity
  readonly title: string
  /** A paragraph for `telltale detectors ID`: what is seen, and why it matters. */
  readonly explanation: string
  /** Technique ids of GSMA MoTIF, MITRE FiGHT and ATT&CK Mobile. */
  readonly techniques: readonly string[]
  /** Innocent explanations to rule out. */
  readonly benign: readonly string[]
  /** What it needs and may not have, a sentence each; none where the message alone is judged. */
  readonly unavailable: readonly string[]
  /** MAP operations it judges, or `any`. */
  readonly operations: readonly string[] | 'any'
  /** Judges one event. Pure: neither state nor clock. */
  detect(event: SignallingEvent, network: Network): Verdict
}

/** Marks an object as a detector; the type is checked, nothing is added. */
export function defineDetector(detector: Detector): Detector {
  return detector
}

export function unavailable(reason: string): Unavailable {
  return { outcome: 'unavailable', reason }
}
