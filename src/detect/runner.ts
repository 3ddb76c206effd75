import type { EventKind, Protocol, SignallingEvent } from '../event/signalling-event.ts'
import type { AgreedException } from '../network/exception.ts'
import type { Network, SourceAddresses } from '../network/network.ts'
import type { DetectorAccount } from './account.ts'
import type { Context, Detector, Mode, Suspicion, Verdict } from './detector.ts'
import { policyOf } from './policy.ts'
import { Memory } from './state/memory.ts'
import { Requests } from './state/requests.ts'
import { registrationDomain, Subscribers } from './state/subscribers.ts'
import { Timers } from './state/timers.ts'

/** A suspicion, with the event it is about and the detector that has it. */
export interface Detection {
  readonly detector: Detector
  readonly event: SignallingEvent
  readonly suspicion: Suspicion
  /** The agreed exception that once covered this, and has run out; else null. */
  readonly expired: AgreedException | null
}

/** What a run of the detectors is told beside the detectors themselves. */
export interface RunnerOptions {
  readonly network: Network
  /** Of sequence detectors; `active` unless told otherwise. */
  readonly mode?: Mode
  /** What an earlier run knew. */
  readonly state?: DetectState
}

/** What lasts from run to run. */
export interface DetectState {
  readonly subscribers: Subscribers
  readonly memory: Memory
}

export function newState(): DetectState {
  return { subscribers: new Subscribers(), memory: new Memory() }
}

interface Tally {
  readonly detector: Detector
  judge: (event: SignallingEvent) => Verdict
  passed: number
  failed: number
  excepted: number
  readonly unavailable: Map<string, number>
}

const LEARNING = 'the detector was learning'

/** Puts every event before the detectors it concerns, and keeps account of what each could and could not judge. */
export class DetectorRunner {
  readonly state: DetectState
  readonly requests = new Requests()
  readonly timers = new Timers()
  private ended = false
  private nowUs = 0
  private readonly tallies: readonly Tally[]
  /** Operations that a detector names, or that the runner itself learns from. */
  private readonly operations: ReadonlySet<string>
  /** Who is concerned, by operation (null for any that nobody names), kind and protocol; made when first met. */
  private readonly routes = new Map<string | null, Map<EventKind, Map<Protocol, readonly Tally[]>>>()
  private readonly network: Network
  private readonly mode: Mode
  private readonly report: (detection: Detection) => void

  constructor(detectors: readonly Detector[], options: RunnerOptions, report: (detection: Detection) => void) {
    const { network, mode = 'active', state = newState() } = options
    this.network = network
    this.mode = mode
    this.state = state
    this.report = report
    this.tallies = detectors.map((detector) => this.started(detector))
    this.operations = new Set(detectors.flatMap(({ operations }) => (operations === 'any' ? [] : operations)))
  }

  take(event: SignallingEvent): void {
    const { operation, timeUs } = event
    if (timeUs > this.nowUs) this.nowUs = timeUs
    this.timers.advance(timeUs)
    const isNamed = operation !== null && this.operations.has(operation)
    const route = this.routes
      .get(isNamed ? operation : null)
      ?.get(event.kind)
      ?.get(event.protocol)
    const concerned = route ?? this.route(isNamed ? operation : null, event)
    for (let i = 0; i < concerned.length; i++) {
      const tally = concerned[i]
      if (tally === undefined) continue
      const verdict = tally.judge(event)
      if (verdict === 'pass') tally.passed++
      else if (verdict !== null) this.settle(tally, event, verdict)
    }
    if (isNamed || registrationDomain(operation) !== null) this.learn(event)
  }

  /** Those that name the operation come before those that take any. */
  private route(operation: string | null, { kind, protocol }: SignallingEvent): readonly Tally[] {
    const wants = ({ detector }: Tally): boolean =>
      detector.kinds?.includes(kind) !== false && detector.protocols?.includes(protocol) !== false
    const ofOperation = ({ detector }: Tally): boolean =>
      operation !== null && detector.operations !== 'any' && detector.operations.includes(operation)
    const ofAny = ({ detector }: Tally): boolean => detector.operations === 'any'
    const made = [...this.tallies.filter(ofOperation), ...this.tallies.filter(ofAny)].filter(wants)
    const byKind = this.routes.get(operation) ?? new Map<EventKind, Map<Protocol, readonly Tally[]>>()
    const byProtocol = byKind.get(kind) ?? new Map<Protocol, readonly Tally[]>()
    this.routes.set(operation, byKind.set(kind, byProtocol.set(protocol, made)))
    return made
  }

  /** Ends the input: what waits for something more is judged now. */
  flush(): void {
    this.ended = true
    this.timers.flush()
  }

  /** After the detectors: they judge an event by what was known before it. */
  private learn(event: SignallingEvent): void {
    if (event.kind === 'invoke' || event.kind === 'request') this.requests.add(event)
    else if (event.answers !== 0) {
      const request = this.requests.of(event)
      if (request === null) return
      request.answeredBy = event
      if (isAcceptance(event)) this.state.subscribers.learn(request, event)
      this.requests.settle(event)
    }
  }

  private started(detector: Detector): Tally {
    const tally: Tally = { detector, judge: () => null, passed: 0, failed: 0, excepted: 0, unavailable: new Map() }
    tally.judge =
      'start' in detector ? detector.start(this.contextFor(tally)) : (event) => detector.detect(event, this.network)
    return tally
  }

  private contextFor(tally: Tally): Context {
    const { network, requests, timers } = this
    const { subscribers, memory } = this.state
    const { id, thresholds = [] } = tally.detector
    const set = network.thresholds(id)
    const values = new Map<string, number>()
    const isEnded = (): boolean => this.ended
    const nowUs = (): number => this.nowUs
    return {
      network,
      policy: policyOf(network),
      subscribers,
      memory,
      requestOf: (answer) => requests.of(answer),
      later: (dueUs, call) => timers.set(dueUs, call),
      get ended() {
        return isEnded()
      },
      get nowUs() {
        return nowUs()
      },
      conclude: (event, verdict) => this.settle(tally, event, verdict),
      threshold(name) {
        const value = values.get(name)
        if (value !== undefined) return value
        const own = set[name]
        const known = thresholds.find((threshold) => threshold.name === name)
        if (known === undefined) throw new RangeError(`${id} has no threshold ${name}`)
        values.set(name, typeof own === 'number' ? own : known.default)
        return values.get(name) ?? known.default
      },
    }
  }

  private settle(tally: Tally, event: SignallingEvent, verdict: Verdict): void {
    if (verdict === null) return
    if (verdict === 'pass') {
      tally.passed++
      return
    }
    if (verdict.outcome === 'unavailable') {
      tally.unavailable.set(verdict.reason, (tally.unavailable.get(verdict.reason) ?? 0) + 1)
      return
    }
    const { detector } = tally
    const isTrial = 'start' in detector && this.mode !== 'active'
    if (isTrial && this.mode === 'learning') {
      tally.unavailable.set(LEARNING, (tally.unavailable.get(LEARNING) ?? 0) + 1)
      return
    }
    const agreed = this.network.exceptionFor(sourceOf(event), detector.id, event.timeUs)
    if (agreed !== null && !agreed.expired) {
      tally.excepted++
      return
    }
    tally.failed++
    const shown = isTrial ? { ...detector, severity: 'info' as const } : detector
    this.report({ detector: shown, event, suspicion: verdict, expired: agreed?.exception ?? null })
  }

  /** What each detector judged, in the order of the catalogue. */
  accounts(): DetectorAccount[] {
    return this.tallies.map(({ detector, passed, failed, excepted, unavailable }) => {
      const reasons = [...unavailable].map(([reason, count]) => ({ reason, count }))
      const unjudged = reasons.reduce((sum, { count }) => sum + count, 0)
      return {
        id: detector.id,
        version: detector.version,
        title: detector.title,
        checked: passed + failed + excepted + unjudged,
        passed,
        failed,
        unavailable: reasons,
        excepted,
      }
    })
  }
}

/** Whether an answer says that what was asked is done. */
export function isAcceptance({ kind, protocol, resultCode }: SignallingEvent): boolean {
  if (kind === 'result') return true
  if (kind !== 'answer') return false
  if (protocol === 'diameter') return resultCode !== null && resultCode >= 2000 && resultCode < 3000
  return true
}

/** The addresses an event gives for its source. */
export function sourceOf(event: SignallingEvent): SourceAddresses {
  return { gt: event.callingGt, host: event.originHost, realm: event.originRealm, ip: event.srcIp, opc: event.opc }
}
