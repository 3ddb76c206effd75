import type { EventKind, Protocol, SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import type { Confidence } from './confidence.ts'
import type { Policy } from './policy.ts'
import type { FindingClass, Severity } from './severity.ts'
import type { Memory } from './state/memory.ts'
import type { Subscribers } from './state/subscribers.ts'

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
  /** How surely the facts are what they seem. */
  readonly confidence: Confidence
  /** Other events that the suspicion rests on, such as the delivery that a false registration led away. */
  readonly proof?: readonly SignallingEvent[]
  /**
   * The finding is about the source and no subscriber: an `episode`, as a flood is, or a `custom`, what it does all the
   * time, which goes on after weeks of quiet.
   */
  readonly ofSource?: 'episode' | 'custom'
  /** The address is forged: an answer goes to its owner, by another way, so that none being seen says nothing. */
  readonly answerGoesElsewhere?: true
}

/** A number that the user may set for a detector, under its name in `thresholds` of network.yaml. */
export interface Threshold {
  readonly name: string
  readonly default: number
  /** `minutes`, `requests`, `km/h` … */
  readonly unit: string
  /** What it bounds, and what a larger value does. */
  readonly meaning: string
}

/** What a rule sees and why it matters, in words a reader can check. */
export interface DetectorFacts {
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
  /** Operations whose events it is given, requests and answers, by their names in the specification; or `any`. */
  readonly operations: readonly string[] | 'any'
  /** Of these it is given only events of these protocols, and of these kinds; all where it names none. */
  readonly protocols?: readonly Protocol[]
  readonly kinds?: readonly EventKind[]
  /** Operations of whose answers, errors and aborts it is given any; of all of `operations` where it does not say. */
  readonly answersOf?: readonly string[]
  /** A message or sequence that it finds, told in a sentence or two with invented addresses. */
  readonly example?: string
  readonly thresholds?: readonly Threshold[]
}

/** A rule that judges each event by itself. */
export interface MessageDetector extends DetectorFacts {
  /** Judges one event. Pure: neither state nor clock. */
  detect(event: SignallingEvent, network: Network): Verdict
}

/** A rule that judges an event by what came before it, or by what follows. */
export interface SequenceDetector extends DetectorFacts {
  /** Begins a run. @returns what judges one event after the other, in the order of capture. */
  start(context: Context): (event: SignallingEvent) => Verdict
}

export type Detector = MessageDetector | SequenceDetector

/** How far a sequence detector may be trusted: it learns only; its findings are a trial (severity `info`); it is in force. */
export type Mode = 'learning' | 'test' | 'active'

/** What a sequence detector works with. State is bounded, and driven by capture time alone. */
export interface Context {
  readonly network: Network
  readonly policy: Policy
  /** Where subscribers are served, as learnt from what went before the event under judgement. */
  readonly subscribers: Subscribers
  /** Tables that last from run to run when the user keeps the state. */
  readonly memory: Memory
  /** The request that an answer answers; null when it was not seen, or is not one of `operations` of any detector. */
  requestOf(answer: SignallingEvent): SignallingEvent | null
  /** Calls `call` when capture time has reached `dueUs`, or the input ends. */
  later(dueUs: number, call: () => void): void
  /** Whether the input has ended: what is missing now may only not have been captured. */
  readonly ended: boolean
  /** Capture time of the latest event, µs. */
  readonly nowUs: number
  /** Judges an event that was left open (`null`) when it came. */
  conclude(event: SignallingEvent, verdict: Verdict): void
  /** The user's value of a threshold, else its default. */
  threshold(name: string): number
}

/** Marks an object as a detector; the type is checked, nothing is added. */
export function defineDetector<T extends Detector>(detector: T): T {
  return detector
}

export function unavailable(reason: string): Unavailable {
  return { outcome: 'unavailable', reason }
}
