import { createHash } from 'node:crypto'
import type { Confidence } from '../detect/confidence.ts'
import { sourceOperator } from '../detect/perimeter.ts'
import { type Detection, sourceOf } from '../detect/runner.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { formatTime } from '../event/time.ts'
import { LIMITS } from '../limits.ts'
import type { Network } from '../network/network.ts'
import { type Answers, isAnswered, noAnswers, whyOf } from './answer-words.ts'
import type { EvidenceRef, Finding } from './finding.ts'

/** A finding that may still grow. */
export interface OpenFinding {
  readonly key: string
  /** The first suspicion. */
  readonly detection: Detection
  /** How many suspicions of the same frame came before the first: tells findings that begin in one frame apart. */
  readonly ordinal: number
  firstUs: number
  lastUs: number
  count: number
  confidence: Confidence
  imsi: string | null
  msisdn: string | null
  readonly evidence: EvidenceRef[]
  evidenceCount: number
  lastEvidence: EvidenceRef | null
  /** `seq` of its requests that may still be answered. */
  readonly waiting: Set<number>
  /** Requests that can no longer be answered, by the way an answer would have taken: judged when all evidence is in. */
  readonly overdue: Map<string, { readonly request: SignallingEvent; count: number }>
  readonly answers: Answers
}

/** What suspicions of one finding have in common: detector, source and subject. */
export function findingKey({ detector, event, suspicion }: Detection): string {
  const subject = suspicion.ofSource === undefined ? (event.subjectImsi ?? event.subjectMsisdn ?? '') : ''
  return `${detector.id}|${sourceKey(event)}|${subject}`
}

/** Opens a finding; its first suspicion is still to be added. */
export function openFinding(key: string, detection: Detection, ordinal: number): OpenFinding {
  const { timeUs } = detection.event
  return {
    key,
    detection,
    ordinal,
    firstUs: timeUs,
    lastUs: timeUs,
    count: 0,
    confidence: detection.suspicion.confidence,
    imsi: null,
    msisdn: null,
    evidence: [],
    evidenceCount: 0,
    lastEvidence: null,
    waiting: new Set(),
    overdue: new Map(),
    answers: noAnswers(),
  }
}

/** Adds a suspicion: the request itself, without its answer. */
export function addSuspicion(open: OpenFinding, { event, suspicion }: Detection): void {
  open.count++
  open.firstUs = Math.min(open.firstUs, event.timeUs)
  open.lastUs = Math.max(open.lastUs, event.timeUs)
  if (suspicion.confidence.value > open.confidence.value) open.confidence = suspicion.confidence
  if (suspicion.ofSource === undefined) {
    open.imsi ??= event.subjectImsi
    open.msisdn ??= event.subjectMsisdn
  }
  keepEvidence(open, event)
  for (const other of suspicion.proof ?? []) keepEvidence(open, other)
}

/** Keeps a reference to the event's frame, up to LIMITS.evidence; a frame with several requests counts once. */
export function keepEvidence(open: OpenFinding, { capture, frame }: SignallingEvent): void {
  const last = open.lastEvidence
  if (last?.frame === frame && last.capture === capture) return
  open.lastEvidence = { capture, frame }
  open.evidenceCount++
  if (open.evidence.length < LIMITS.evidence) open.evidence.push(open.lastEvidence)
}

/** The finding as it stands, for findings.ndjson. */
export function finish(open: OpenFinding, network: Network): Finding {
  const { detection, answers } = open
  const { detector, event } = detection
  const source = sourceOf(event)
  const owner = sourceOperator(event, network)
  return {
    schema: 1,
    id: idOf(open),
    detector: detector.id,
    version: detector.version,
    class: detector.class,
    severity: detector.severity,
    confidence: open.confidence.value,
    title: detector.title,
    why: whyOf(detection, open.count, answers, open.confidence),
    benign: detector.benign,
    source: { ...source, operator: owner.operator, country: owner.country, method: owner.method },
    subject: { imsi: open.imsi, msisdn: open.msisdn },
    answered: isAnswered(answers),
    firstSeen: formatTime(open.firstUs),
    lastSeen: formatTime(open.lastUs),
    count: open.count,
    techniques: detector.techniques,
    evidence: open.evidence,
    evidenceCount: open.evidenceCount,
  }
}

function sourceKey(event: SignallingEvent): string {
  return event.callingGt ?? event.originHost ?? (event.opc === null ? (event.srcIp ?? '') : `pc ${event.opc}`)
}

/**
 * The same input gives the same id: detector, source, and the first packet. The subscriber is not part of it: a masked
 * identity has few hidden digits, and could be found by trying them.
 */
export function idOf({ detection, ordinal }: OpenFinding): string {
  const { detector, event } = detection
  const text = JSON.stringify([detector.id, sourceKey(event), event.timeUs, event.capture, event.frame, ordinal])
  return `F-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}
