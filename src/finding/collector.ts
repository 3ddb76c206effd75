import { type Detection, isAcceptance } from '../detect/runner.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { LIMITS } from '../limits.ts'
import type { Network } from '../network/network.ts'
import { type Answers, noteAnswer } from './answer-words.ts'
import { Chain, type Link } from './chain.ts'
import { type Finding, SEVERITIES } from './finding.ts'
import { addSuspicion, findingKey, finish, keepEvidence, type OpenFinding, openFinding } from './open-finding.ts'

/** Quiet capture time after which the same source, subject and detector begin a new episode: a day's rhythm, µs. */
const EPISODE_US = 6 * 3_600_000_000
/** The same for what a source does all the time. */
const CUSTOM_US = 30 * 86_400_000_000

/** A request under suspicion, and what became of it: answered with a result, not, or not to be seen. */
export interface SettledRequest {
  readonly open: OpenFinding
  readonly request: SignallingEvent
  readonly answered: boolean | null
}

/** A request that may still be answered, and the findings that wait for it. */
interface Waiting {
  readonly request: SignallingEvent
  readonly findings: { readonly open: OpenFinding; readonly answerGoesElsewhere: boolean }[]
}

/**
 * Suspicions → findings: one for each source, subject, detector and episode, with its count, its evidence and what came
 * back. Bounded in capture time, by LIMITS.transactionUs for answers and by the episode for findings, and in number:
 * beyond LIMITS.openFindings the longest quiet is closed.
 */
export class FindingCollector {
  private readonly open = new Map<string, Link<OpenFinding>>()
  private readonly openByUse = new Chain<OpenFinding>()
  private readonly customsByUse = new Chain<OpenFinding>()
  /** By `seq` of the request. */
  private readonly waiting = new Map<number, Link<Waiting>>()
  private readonly waitingByAge = new Chain<Waiting>()
  /** Capture time before which nothing is due, µs. */
  private dueUs = Number.POSITIVE_INFINITY
  /** Frame of the last suspicion, and how many it held before. */
  private readonly frame = { capture: '', number: 0, ordinal: 0 }
  private readonly network: Network
  private readonly couldSeeAnswer: (request: SignallingEvent) => boolean
  private readonly emit: (finding: Finding) => void
  private readonly settled: (request: SettledRequest) => void

  /**
   * @param couldSeeAnswer whether an answer to this request would have been captured; asked when a finding closes.
   * @param settled told of each request under suspicion, once it is known what became of it.
   */
  constructor(
    network: Network,
    couldSeeAnswer: (request: SignallingEvent) => boolean,
    emit: (finding: Finding) => void,
    settled: (request: SettledRequest) => void = () => undefined,
  ) {
    this.network = network
    this.couldSeeAnswer = couldSeeAnswer
    this.emit = emit
    this.settled = settled
  }

  /** Takes a suspicion; `take` follows with the event itself. */
  add(detection: Detection): void {
    const { event, suspicion } = detection
    const open = this.openFor(detection)
    addSuspicion(open, detection)
    if (event.answeredBy !== null) {
      keepEvidence(open, event.answeredBy)
      noteAnswer(open.answers, event.answeredBy)
      this.settled({ open, request: event, answered: isAcceptance(event.answeredBy) })
      return
    }
    this.await(event, open, suspicion.answerGoesElsewhere === true)
  }

  /** Takes any event: it may answer a request under suspicion, and time goes on. */
  take(event: SignallingEvent): void {
    const waiting = event.answers === 0 ? undefined : this.waiting.get(event.answers)
    if (waiting !== undefined) {
      this.forget(waiting)
      for (const { open } of waiting.value.findings) {
        keepEvidence(open, event)
        noteAnswer(open.answers, event)
        this.settled({ open, request: waiting.value.request, answered: isAcceptance(event) })
      }
    }
    this.advance(event.timeUs)
  }

  /** Ends the input: every finding is complete. */
  flush(): void {
    for (const chain of [this.openByUse, this.customsByUse]) {
      for (let next = chain.first; next !== null; next = chain.first) this.close(next)
    }
  }

  /** Gives up answers and closes findings that are overdue at capture time `nowUs`. */
  private advance(nowUs: number): void {
    if (nowUs < this.dueUs) return
    this.dueUs = Number.POSITIVE_INFINITY
    for (let oldest = this.waitingByAge.first; oldest !== null; oldest = this.waitingByAge.first) {
      const dueUs = oldest.value.request.timeUs + LIMITS.transactionUs
      if (nowUs <= dueUs) {
        this.dueUs = dueUs
        break
      }
      this.giveUpAll(oldest)
    }
    for (const chain of [this.openByUse, this.customsByUse]) {
      for (let quiet = chain.first; quiet !== null; quiet = chain.first) {
        const dueUs = quiet.value.lastUs + episodeUs(quiet.value)
        if (nowUs <= dueUs) {
          this.dueUs = Math.min(this.dueUs, dueUs)
          break
        }
        this.close(quiet)
      }
    }
  }

  private chainOf({ detection }: OpenFinding): Chain<OpenFinding> {
    return detection.suspicion.ofSource === 'custom' ? this.customsByUse : this.openByUse
  }

  private openFor(detection: Detection): OpenFinding {
    const { event } = detection
    const ordinal = this.ordinalOf(event)
    const key = findingKey(detection)
    const known = this.open.get(key)
    if (known !== undefined && event.timeUs - known.value.lastUs <= episodeUs(known.value)) {
      const chain = this.chainOf(known.value)
      chain.remove(known)
      this.open.set(key, chain.append(known.value))
      return known.value
    }
    if (known !== undefined) this.close(known)
    const quiet = this.openByUse.first ?? this.customsByUse.first
    if (quiet !== null && this.open.size >= LIMITS.openFindings) this.close(quiet)
    const open = openFinding(key, detection, ordinal)
    this.open.set(key, this.chainOf(open).append(open))
    return open
  }

  private ordinalOf({ capture, frame }: SignallingEvent): number {
    const last = this.frame
    if (last.capture === capture && last.number === frame) return ++last.ordinal
    last.capture = capture
    last.number = frame
    last.ordinal = 0
    return 0
  }

  private await(request: SignallingEvent, open: OpenFinding, answerGoesElsewhere: boolean): void {
    open.waiting.add(request.seq)
    const finding = { open, answerGoesElsewhere }
    const others = this.waiting.get(request.seq)
    if (others !== undefined) {
      others.value.findings.push(finding)
      return
    }
    const oldest = this.waitingByAge.first
    if (oldest !== null && this.waiting.size >= LIMITS.transactions) this.giveUpAll(oldest)
    this.waiting.set(request.seq, this.waitingByAge.append({ request, findings: [finding] }))
    this.dueUs = Math.min(this.dueUs, request.timeUs + LIMITS.transactionUs)
  }

  private forget(waiting: Link<Waiting>): void {
    const { request, findings } = waiting.value
    this.waiting.delete(request.seq)
    this.waitingByAge.remove(waiting)
    for (const { open } of findings) open.waiting.delete(request.seq)
  }

  private giveUpAll(waiting: Link<Waiting>): void {
    this.forget(waiting)
    const { request, findings } = waiting.value
    for (const { open, answerGoesElsewhere } of findings) this.giveUp(open, request, answerGoesElsewhere)
  }

  /** Takes it that `request` got no answer; whether one would have been seen is judged when the finding closes. */
  private giveUp(open: OpenFinding, request: SignallingEvent, answerGoesElsewhere: boolean): void {
    const isVisible = !answerGoesElsewhere && this.couldSeeAnswer(request)
    this.settled({ open, request, answered: isVisible ? false : null })
    if (answerGoesElsewhere) {
      open.answers.unseen++
      return
    }
    const way = `${request.opc} ${request.dpc}`
    const known = open.overdue.get(way)
    if (known !== undefined) known.count++
    else if (open.overdue.size < LIMITS.findingRoutes) open.overdue.set(way, { request, count: 1 })
    else this.judge(open.answers, request, 1)
  }

  private judge(answers: Answers, request: SignallingEvent, count: number): void {
    if (this.couldSeeAnswer(request)) answers.unanswered += count
    else answers.unseen += count
  }

  private close(finding: Link<OpenFinding>): void {
    const open = finding.value
    this.open.delete(open.key)
    this.chainOf(open).remove(finding)
    for (const seq of open.waiting) {
      const waiting = this.waiting.get(seq)
      if (waiting === undefined) continue
      const { request, findings } = waiting.value
      const own = findings.findIndex((one) => one.open === open)
      for (const { answerGoesElsewhere } of findings.splice(own, 1)) this.giveUp(open, request, answerGoesElsewhere)
      if (findings.length === 0) this.forget(waiting)
    }
    for (const { request, count } of open.overdue.values()) this.judge(open.answers, request, count)
    this.emit(finish(open, this.network))
  }
}

function episodeUs({ detection }: OpenFinding): number {
  return detection.suspicion.ofSource === 'custom' ? CUSTOM_US : EPISODE_US
}

/** Findings in the order people read them: the gravest first, then by time. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    a.firstSeen.localeCompare(b.firstSeen) ||
    a.id.localeCompare(b.id)
  )
}
