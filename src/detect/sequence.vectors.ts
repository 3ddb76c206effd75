import assert from 'node:assert/strict'
import { signallingEvent } from '../event/event.vectors.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import type { DetectorAccount } from './account.ts'
import type { Detector, Mode } from './detector.ts'
import { type Detection, DetectorRunner, type DetectState } from './runner.ts'

/** Begin of every story, µs: a Monday, 08:00 UTC. */
export const START_US = Date.parse('2026-03-02T08:00:00Z') * 1000

/** Tells a story: events in the order given, numbered, `seconds` after START_US. */
export class Story {
  readonly events: SignallingEvent[] = []

  add(seconds: number, given: Partial<SignallingEvent>): SignallingEvent {
    const seq = this.events.length + 1
    const event = signallingEvent({ ...given, seq, frame: seq, timeUs: START_US + Math.round(seconds * 1e6) })
    this.events.push(event)
    return event
  }

  /** A MAP invoke, which names the subscriber in `given`. */
  invoke(seconds: number, operation: string, given: Partial<SignallingEvent>): SignallingEvent {
    return this.add(seconds, { operation, ...named(given) })
  }

  /** The result of `request`, or, with an error code, its error. */
  result(seconds: number, request: SignallingEvent, given: Partial<SignallingEvent> = {}): SignallingEvent {
    const back = {
      callingGt: request.calledGt,
      calledGt: request.callingGt,
      opc: request.dpc,
      dpc: request.opc,
      srcIp: request.dstIp,
      dstIp: request.srcIp,
    }
    const kind = given.errorCode === undefined || given.errorCode === null ? 'result' : 'error'
    return this.add(seconds, { ...back, kind, tcap: 'end', ...aboutSame(request), ...given })
  }

  /** A Diameter request. */
  request(seconds: number, operation: string, given: Partial<SignallingEvent>): SignallingEvent {
    return this.add(seconds, { ...DIAMETER, kind: 'request', operation, ...named(given) })
  }

  answer(seconds: number, request: SignallingEvent, given: Partial<SignallingEvent> = {}): SignallingEvent {
    const back = { originHost: request.destinationHost, originRealm: request.destinationRealm }
    const route = { srcIp: request.dstIp, dstIp: request.srcIp }
    const answer = { kind: 'answer', resultCode: 2001 } as const
    return this.add(seconds, { ...DIAMETER, ...back, ...route, ...aboutSame(request), ...answer, ...given })
  }

  /** An Initial Address message towards `calledNumber`. */
  call(seconds: number, calledNumber: string): SignallingEvent {
    const detail = { ...signallingEvent().detail, calledNumber }
    const blank = { callingGt: null, calledGt: null, callingSsn: null, calledSsn: null, tcap: null }
    return this.add(seconds, { ...blank, protocol: 'isup', kind: 'request', operation: 'Initial Address', detail })
  }
}

const DIAMETER = {
  protocol: 'diameter',
  tcap: null,
  opc: null,
  dpc: null,
  callingSsn: null,
  calledSsn: null,
  opcodeForm: null,
  invokeId: null,
} as const

function named(given: Partial<SignallingEvent>): Partial<SignallingEvent> {
  return {
    ...given,
    imsi: given.imsi ?? given.subjectImsi ?? null,
    msisdn: given.msisdn ?? given.subjectMsisdn ?? null,
    subjectImsi: given.subjectImsi ?? given.imsi ?? null,
    subjectMsisdn: given.subjectMsisdn ?? given.msisdn ?? null,
  }
}

function aboutSame(request: SignallingEvent): Partial<SignallingEvent> {
  const { seq, operation, code, subjectImsi, subjectMsisdn } = request
  return { answers: seq, operation, code, subjectImsi, subjectMsisdn }
}

export interface Told {
  readonly detections: readonly Detection[]
  readonly account: DetectorAccount
  /** `why` of each detection. */
  readonly whys: readonly string[]
  /** Reasons of what could not be judged, with how often. */
  readonly unavailable: Readonly<Record<string, number>>
}

/** Runs events through one detector to the end of the input. */
export function tell(
  detector: Detector,
  { events }: Pick<Story, 'events'>,
  network: Network,
  options: { readonly mode?: Mode; readonly state?: DetectState } = {},
): Told {
  const detections: Detection[] = []
  const runner = new DetectorRunner([detector], { network, ...options }, (detection) => detections.push(detection))
  for (const event of events) runner.take(event)
  runner.flush()
  const [account] = runner.accounts()
  assert.ok(account !== undefined)
  const unavailable = Object.fromEntries(account.unavailable.map(({ reason, count }) => [reason, count]))
  return { detections, account, whys: detections.map(({ suspicion }) => suspicion.why), unavailable }
}
