import type { SignallingEvent } from '../../event/signalling-event.ts'
import { calledTitle } from '../../event/title.ts'
import { AUTHENTICATION_OPERATIONS, Authentications } from '../authentications.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { arePlacesOfOneOperator, isFromHomeOf, placeWords } from '../serving.ts'
import { type Awaiting, awaitingBySubject } from '../state/awaiting.ts'
import type { Subjects } from '../state/subjects.ts'
import { type Place, placeOf, REGISTRATIONS, registrationDomain, type Serving } from '../state/subscribers.ts'
import { durationWords, isTooFast, journeyBetween, PACE_THRESHOLDS, type Pace } from '../travel.ts'
import { paceOf } from '../velocity.ts'
import { sourceWords, subjectWords } from '../words.ts'

const HOUR_US = 3_600_000_000
/** Registrations under watch at once, some 1 KB each. */
const MOST_OPEN = 32_768

/** Requests that bring a message or a call to a serving node. */
const DELIVERIES = ['mt-ForwardSM', 'mo-ForwardSM', 'MT-Forward-Short-Message', 'provideRoamingNumber']
/** Requests whose answer names the node to deliver to. */
const ROUTINGS = ['sendRoutingInfoForSM', 'Send-Routing-Info-for-SM', 'sendRoutingInfo']

export const divertedDelivery = defineDetector({
  id: 'INT-03',
  version: 2,
  class: 'interception',
  severity: 'critical',
  title: 'Registration that only diverts a message or call',
  explanation:
    'Whoever registers a phone at a node of its own gets the phone’s next messages and calls, one-time passwords among them; a second registration back to the earlier node hides it. Reported is a registration to which a message or call was led when nobody can have travelled there, or back from there; or when the new network did not ask for the phone’s authentication data although nearly all do, so that no phone was there (3GPP TS 29.002 §8.1.2, §12.3, TS 23.040 §10, TS 33.102 §6.3).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'MOT3003.302', 'MOT1557', 'FGT5001'],
  benign: [
    'A phone at a border that changes networks back and forth.',
    'A ship, an aircraft or a hub whose serving node has a number of another country.',
    'A subscriber whose registration in between was not captured.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber was before: no accepted registration was seen yet.',
  ],
  operations: [...REGISTRATIONS, ...DELIVERIES, ...ROUTINGS, ...AUTHENTICATION_OPERATIONS],
  answersOf: [...REGISTRATIONS, ...ROUTINGS],
  example:
    'A phone is served by 33639981011 in France; 124655501011 in Barbados registers it, a short message is sent there two minutes later, and 33639981011 registers it again after five.',
  thresholds: [
    {
      name: 'hours',
      default: 6,
      unit: 'hours',
      meaning: 'How long a registration is watched for a diverted message and the return. A larger value finds more.',
    },
    {
      name: 'authenticatedRegistrations',
      default: 20,
      unit: 'registrations',
      meaning:
        'Registrations after a request for authentication data that must be known before the lack of one means something.',
    },
    ...PACE_THRESHOLDS,
  ],
  start(context) {
    const watch = new DiversionWatch(context)
    return (event) => watch.take(event)
  },
})

interface OpenRegistration {
  readonly event: SignallingEvent
  /** The node under watch. */
  readonly place: Place
  /** Where the phone was before, and when it was last in touch there. */
  readonly before: Serving
  /** Nobody can have travelled from there. */
  readonly tooFast: boolean
  /** No authentication data was asked for, against custom. */
  readonly unauthenticated: boolean
  /** What was led to the node, in words, and the event that did; null for nothing yet. */
  diverted: { readonly words: string; readonly event: SignallingEvent } | null
  settled: boolean
}

const NEARLY_ALL = 0.97

class DiversionWatch {
  private readonly context: Context
  private readonly pace: Pace
  private readonly least: number
  private readonly authentications: Authentications
  private readonly subjects: Subjects
  /** By subject. */
  private readonly open: Awaiting<OpenRegistration>
  private readonly customs

  constructor(context: Context) {
    this.context = context
    this.pace = paceOf(context)
    this.least = context.threshold('authenticatedRegistrations')
    this.authentications = new Authentications(context.memory, context.network)
    this.customs = context.memory.table<number>('INT-03 customs', 16)
    this.subjects = context.memory.subjects
    const pass = (opened: OpenRegistration): void => this.settle(opened, 'pass')
    this.open = awaitingBySubject(context, context.threshold('hours') * HOUR_US, MOST_OPEN, pass, pass)
  }

  take(event: SignallingEvent): Verdict {
    if (this.authentications.note(event)) return null
    if (registrationDomain(event.operation) !== null) return this.takeRegistration(event)
    this.takeDelivery(event)
    return null
  }

  private takeRegistration(event: SignallingEvent): Verdict {
    const imsi = event.subjectImsi
    if (event.kind !== 'invoke' && event.kind !== 'request') {
      // refused: nothing was diverted
      const isRefused = event.kind === 'error' || event.kind === 'reject' || (event.resultCode ?? 2001) >= 3000
      if (imsi === null || !isRefused) return null
      const subject = this.subjects.find(imsi)
      const opened = this.open.get(subject)
      if (opened !== undefined && opened.event.seq === event.answers) this.close(subject, opened, 'pass')
      return null
    }
    if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
    const place = placeOf(event)
    if (place === null) return unavailable('the registration names no node')
    const subject = this.subjects.of(imsi)
    const opened = this.open.get(subject)
    if (opened !== undefined) {
      if (opened.place.address === place.address) return 'pass'
      if (this.isReturn(event, imsi, place, opened)) {
        this.takeReturn(subject, opened, event)
        return 'pass'
      }
      // the other domain of the same network is the same stay
      if (arePlacesOfOneOperator(opened.place, place, this.context.network) === true) return 'pass'
      this.close(subject, opened, 'pass')
    }
    return this.watch(event, imsi, place)
  }

  /** Leaves a registration with another network than before open. */
  private watch(event: SignallingEvent, imsi: string, place: Place): Verdict {
    const { network, subscribers } = this.context
    if (isFromHomeOf(event, imsi, network) === true) return 'pass'
    const serving = subscribers.lastServing(imsi)
    if (serving?.place.address === place.address) return 'pass'
    const unauthenticated = this.isUnauthenticated(event, imsi, place)
    if (serving === null) return unavailable('no earlier location of the subscriber is known')
    if (arePlacesOfOneOperator(serving.place, place, network) === true) return 'pass'
    const seenUs = this.authentications.lastFrom(serving.place, imsi, event.timeUs) ?? 0
    const before = { place: serving.place, timeUs: Math.max(serving.timeUs, seenUs) }
    const journey = journeyBetween(before.place, place, network)
    const tooFast = journey !== null && isTooFast(journey.km, event.timeUs - before.timeUs, this.pace)
    const opened = { event, place, before, tooFast, unauthenticated, diverted: null, settled: false }
    this.open.add(this.subjects.of(imsi), event.timeUs, opened)
    return null
  }

  /** Whether the new network asked for no authentication data, though it is custom; counts it afterwards. */
  private isUnauthenticated(event: SignallingEvent, imsi: string, place: Place): boolean {
    const asked = this.authentications.lastFrom(place, imsi, event.timeUs) !== null
    const kept = this.customs.get('asked') ?? 0
    const broken = this.customs.get('not asked') ?? 0
    this.customs.set(asked ? 'asked' : 'not asked', (asked ? kept : broken) + 1)
    return !asked && kept >= this.least && kept >= NEARLY_ALL * (kept + broken)
  }

  private takeDelivery(event: SignallingEvent): void {
    if (this.open.size === 0) return
    const imsi = event.imsi ?? event.subjectImsi
    const opened = imsi === null ? undefined : this.open.get(this.subjects.find(imsi))
    if (opened === undefined || opened.settled || opened.diverted !== null) return
    const words = divertedWords(event, opened.place)
    if (words === null) return
    opened.diverted = { words: `${words} ${durationWords(event.timeUs - opened.event.timeUs)} later`, event }
    if (opened.tooFast || opened.unauthenticated) this.settle(opened, this.suspicion(opened, null))
  }

  private isReturn(event: SignallingEvent, imsi: string, place: Place, { before }: OpenRegistration): boolean {
    const { network } = this.context
    return arePlacesOfOneOperator(before.place, place, network) === true || isFromHomeOf(event, imsi, network) === true
  }

  private takeReturn(subject: number, opened: OpenRegistration, event: SignallingEvent): void {
    const { before, place, diverted } = opened
    const journey = journeyBetween(before.place, place, this.context.network)
    const stayUs = event.timeUs - before.timeUs
    // there and back, where the slack counts once each way; or back alone, however long ago the phone was last seen before
    const backUs = event.timeUs - opened.event.timeUs
    const tooFast =
      journey !== null && (isTooFast(journey.km, stayUs / 2, this.pace) || isTooFast(journey.km, backUs, this.pace))
    const isHidden = diverted !== null && (tooFast || opened.unauthenticated)
    this.close(subject, opened, isHidden ? this.suspicion(opened, event) : 'pass')
  }

  private suspicion(opened: OpenRegistration, back: SignallingEvent | null): Suspicion {
    const { network } = this.context
    const { event, place, before, diverted, unauthenticated } = opened
    const journey = journeyBetween(before.place, place, network)
    const far = journey === null || journey.km === 0 ? '' : `, at least ${journey.km} km away,`
    const since = durationWords(event.timeUs - before.timeUs)
    const returned =
      back === null ? '' : `, and ${durationWords(back.timeUs - event.timeUs)} after that it was registered back`
    const unasked = unauthenticated ? ', without having asked for its authentication data' : ''
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} registered ${subjectWords(event)} at ${place.address} ${since} after ${placeWords(before.place, network)}${far} was in touch with it${unasked}; ${diverted?.words}${returned}`,
      confidence: confidence({
        state: 0.95,
        pattern: opened.tooFast ? 0.97 : back !== null && !unauthenticated ? 0.9 : 0.8,
      }),
      proof: [diverted?.event, back].filter((proof) => proof !== null && proof !== undefined),
    }
  }

  private settle(opened: OpenRegistration, verdict: Verdict): void {
    if (opened.settled) return
    opened.settled = true
    this.context.conclude(opened.event, verdict)
  }

  private close(subject: number, opened: OpenRegistration, verdict: Verdict): void {
    this.open.take(subject)
    this.settle(opened, verdict)
  }
}

/** What an event leads to a node, in words; null where it leads nothing there. */
function divertedWords(event: SignallingEvent, place: Place): string | null {
  const { operation } = event
  const isRequest = event.kind === 'invoke' || event.kind === 'request'
  if (ROUTINGS.includes(operation ?? '')) {
    const named = event.nodeAddress === place.address || event.detail.otherAddresses.includes(place.address)
    const isAnswer = event.kind === 'result' || event.kind === 'answer'
    return isAnswer && named ? `its home named that node for delivery` : null
  }
  if (!isRequest || !DELIVERIES.includes(operation ?? '')) return null
  // phases 1 and 2 deliver under the code of mo-ForwardSM: towards the phone the message names an IMSI and no number
  if (operation === 'mo-ForwardSM' && (event.imsi === null || event.msisdn !== null)) return null
  const called = event.protocol === 'diameter' ? event.destinationHost : calledTitle(event)
  if (called === null || (called !== place.address && called !== place.via)) return null
  return operation === 'provideRoamingNumber' ? 'a call was led there' : 'a short message was sent there'
}
