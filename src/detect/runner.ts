import type { SignallingEvent } from '../event/signalling-event.ts'
import type { AgreedException } from '../network/exception.ts'
import type { Network, SourceAddresses } from '../network/network.ts'
import type { DetectorAccount } from './account.ts'
import type { Detector, Suspicion } from './detector.ts'

/** A suspicion, with the event it is about and the detector that has it. */
export interface Detection {
  readonly detector: Detector
  readonly event: SignallingEvent
  readonly suspicion: Suspicion
  /** The agreed exception that once covered this, and has run out; else null. */
  readonly expired: AgreedException | null
}

interface Tally {
  readonly detector: Detector
  passed: number
  failed: number
  excepted: number
  readonly unavailable: Map<string, number>
}

const NONE: readonly Tally[] = []

/** Puts every event before the detectors it concerns, and keeps account of what each could and could not judge. */
export class DetectorRunner {
  private readonly tallies: readonly Tally[]
  private readonly byOperation = new Map<string, readonly Tally[]>()
  private readonly always: readonly Tally[]
  private readonly network: Network
  private readonly report: (detection: Detection) => void

  constructor(detectors: readonly Detector[], network: Network, report: (detection: Detection) => void) {
    this.network = network
    this.report = report
    this.tallies = detectors.map((detector) => ({
      detector,
      passed: 0,
      failed: 0,
      excepted: 0,
      unavailable: new Map(),
    }))
    this.always = this.tallies.filter(({ detector }) => detector.operations === 'any')
    const operations = new Set(detectors.flatMap(({ operations: list }) => (list === 'any' ? [] : list)))
    for (const operation of operations) {
      this.byOperation.set(
        operation,
        this.tallies.filter(({ detector }) => detector.operations !== 'any' && detector.operations.includes(operation)),
      )
    }
  }

  take(event: SignallingEvent): void {
    const { operation } = event
    if (operation !== null) for (const tally of this.byOperation.get(operation) ?? NONE) this.judge(tally, event)
    for (const tally of this.always) this.judge(tally, event)
  }

  private judge(tally: Tally, event: SignallingEvent): void {
    const verdict = tally.detector.detect(event, this.network)
    if (verdict === null) return
    if (verdict === 'pass') {
      tally.passed++
      return
    }
    if (verdict.outcome === 'unavailable') {
      tally.unavailable.set(verdict.reason, (tally.unavailable.get(verdict.reason) ?? 0) + 1)
      return
    }
    const agreed = this.network.exceptionFor(sourceOf(event), tally.detector.id, event.timeUs)
    if (agreed !== null && !agreed.expired) {
      tally.excepted++
      return
    }
    tally.failed++
    this.report({ detector: tally.detector, event, suspicion: verdict, expired: agreed?.exception ?? null })
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

/** The addresses an event gives for its source. */
export function sourceOf(event: SignallingEvent): SourceAddresses {
  return { gt: event.callingGt, host: event.originHost, realm: event.originRealm, ip: event.srcIp, opc: event.opc }
}
