import type { EventKind, Protocol, SignallingEvent } from '../event/signalling-event.ts'
import type { AgreedException } from '../network/exception.ts'
import type { SourceAddresses } from '../network/exception-match.ts'
import type { Network } from '../network/network.ts'
import type { DetectorAccount } from './account.ts'
import type { Context, Detector, Mode, Suspicion, Verdict } from './detector.ts'
import { learnRegister } from './perimeter.ts'
import { policyOf } from './policy.ts'
import { keepRegisters, MOST_RANGES } from './registers.ts'
import { Memory } from './state/memory.ts'
import { Requests } from './state/requests.ts'
import { REGISTRATIONS, registrationDomain, Subscribers } from './state/subscribers.ts'
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
  /** Each in the place where it was first said. */
  readonly unavailable: UnjudgedCount[]
}

interface UnjudgedCount {
  readonly reason: string
  count: number
}

/** Events of one operation, kind and protocol. */
interface Route {
  readonly kind: EventKind
  readonly protocol: Protocol
  /** Who judges them. */
  readonly concerned: readonly Tally[]
  /** Whether the runner itself learns from them. */
  readonly isLearnt: boolean
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
  /** Operations whose requests and answers the runner itself learns from: all that a detector names. */
  private readonly learnt: ReadonlySet<string | null>
  /** By operation that is told from others; made when first met. */
  private readonly routes: ReadonlyMap<string | null, Route[]>
  /** Those of any other operation. */
  private readonly otherRoutes: Route[] = []
  private readonly network: Network
  private readonly mode: Mode
  private readonly report: (detection: Detection) => void

  constructor(detectors: readonly Detector[], options: RunnerOptions, report: (detection: Detection) => void) {
    const { network, mode = 'active', state = newState() } = options
    this.network = network
    this.mode = mode
    this.state = state
    this.report = report
    keepRegisters(network, state.memory.table('registers', MOST_RANGES))
    this.tallies = detectors.map((detector) => this.started(detector))
    const named = detectors.flatMap(({ operations }) => (operations === 'any' ? [] : operations))
    this.learnt = new Set([...named, ...REGISTRATIONS])
    const answered = detectors.flatMap(({ answersOf = [] }) => answersOf)
    this.routes = new Map([...this.learnt, ...answered].map((operation) => [operation, []]))
  }

  take(event: SignallingEvent): void {
    const { timeUs } = event
    if (timeUs > this.nowUs) this.nowUs = timeUs
    this.timers.advance(timeUs)
    const { concerned, isLearnt } = this.routeOf(event)
    for (let i = 0; i < concerned.length; i++) {
      const tally = concerned[i]
      if (tally === undefined) continue
      const verdict = tally.judge(event)
      if (verdict === 'pass') tally.passed++
      else if (verdict !== null) this.settle(tally, event, verdict)
    }
    if (isLearnt) this.learn(event)
  }

  private routeOf(event: SignallingEvent): Route {
    const { operation, kind, protocol } = event
    // an operation has a handful of kinds and protocols: looking along them costs less than a table
    const routes = this.routes.get(operation) ?? this.otherRoutes
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i]
      if (route?.kind === kind && route.protocol === protocol) return route
    }
    const concerned = this.concernedBy(operation, kind, protocol)
    const made = { kind, protocol, concerned, isLearnt: this.learnt.has(operation) }
    routes.push(made)
    return made
  }

  /** Those that name the operation come before those that take any. */
  private concernedBy(operation: string | null, kind: EventKind, protocol: Protocol): readonly Tally[] {
    const asks = kind === 'invoke' || kind === 'request'
    const wants = ({ detector: { kinds, protocols, answersOf } }: Tally): boolean =>
      kinds?.includes(kind) !== false &&
      protocols?.includes(protocol) !== false &&
      (asks || answersOf === undefined || (operation !== null && answersOf.includes(operation)))
    const ofOperation = ({ detector }: Tally): boolean =>
      operation !== null && detector.operations !== 'any' && detector.operations.includes(operation)
    const ofAny = ({ detector }: Tally): boolean => detector.operations === 'any'
    return [...this.tallies.filter(ofOperation), ...this.tallies.filter(ofAny)].filter(wants)
  }

  /** Ends the input: what waits for something more is judged now. */
  flush(): void {
    this.ended = true
    this.timers.flush()
  }

  /** After the detectors: they judge an event by what was known before it. */
  private learn(event: SignallingEvent): void {
    if (event.kind === 'invoke' || event.kind === 'request') {
      this.requests.add(event)
      if (registrationDomain(event.operation) !== null) learnRegister(event, this.network)
    } else if (event.answers !== 0) {
      const request = this.requests.of(event)
      if (request === null) return
      request.answeredBy = event
      if (isAcceptance(event)) this.state.subscribers.learn(request, event)
      this.requests.settle(event)
    }
  }

  private started(detector: Detector): Tally {
    const tally: Tally = { detector, judge: () => null, passed: 0, failed: 0, excepted: 0, unavailable: [] }
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
        const known = thresholds.find((threshold) => threshold.name === name)
        if (known === undefined) throw new RangeError(`${id} has no threshold ${name}`)
        const own = set[name] ?? known.default
        values.set(name, own)
        return own
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
      noteUnjudged(tally.unavailable, verdict.reason)
      return
    }
    const { detector } = tally
    const isTrial = 'start' in detector && this.mode !== 'active'
    if (isTrial && this.mode === 'learning') {
      noteUnjudged(tally.unavailable, LEARNING)
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
      const reasons = unavailable.map(({ reason, count }) => ({ reason, count }))
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

/** A detector has a handful of fixed reasons, each of them one text. */
function noteUnjudged(counts: UnjudgedCount[], reason: string): void {
  for (let i = 0; i < counts.length; i++) {
    const known = counts[i]
    if (known?.reason !== reason) continue
    known.count++
    return
  }
  counts.push({ reason, count: 1 })
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
