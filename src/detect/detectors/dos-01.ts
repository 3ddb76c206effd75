import type { SignallingEvent } from '../../event/signalling-event.ts'
import { calledTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { judgeHomeOnly, judgeInternalOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Verdict } from '../detector.ts'
import { confidenceOf } from '../perimeter.ts'
import { isAcceptance } from '../runner.ts'
import { arePlacesOfOneOperator, isFromHomeOf, operatorOfPlace, placeWords } from '../serving.ts'
import { type Awaiting, awaitingBySubject } from '../state/awaiting.ts'
import type { NumberColumn } from '../state/slots.ts'
import type { Subjects } from '../state/subjects.ts'
import { type Place, placeOf, REGISTRATIONS, registrationDomain } from '../state/subscribers.ts'
import { durationWords, isTooFast, journeyBetween, PACE_THRESHOLDS, type Pace } from '../travel.ts'
import { paceOf } from '../velocity.ts'
import { sourceWords, subjectWords } from '../words.ts'

const MINUTE_US = 60_000_000
/** Cancellations under watch at once, some 1 KB each. */
const MOST_OPEN = 16_384

/** Of calls by IP and access by Wi-Fi, inside one network. Source: 3GPP TS 29.228 §6.1.3, TS 29.273 §8.1.2.4. */
const TERMINATION = 'Registration-Termination'

export const foreignCancelLocation = defineDetector({
  id: 'DOS-01',
  version: 3,
  class: 'disruption',
  severity: 'high',
  title:
    'Cancellation of a registration from a network that is not the subscriber’s home, or before a move instead of after it',
  explanation:
    'cancelLocation and Cancel-Location make the serving node forget a phone, which then neither receives calls nor messages until it registers anew; they also clear the way for a false registration elsewhere. Only the home register sends them, to the old node, once a new one has asked to register the phone. Reported are cancellations from any other network, and those that no registration caused and that one in an unreachable place follows (3GPP TS 29.002 §8.1.3, TS 23.012 §4.1, TS 29.272 §5.2.1.2).',
  techniques: ['MOT3003.301', 'MOT3003.302', 'FGT1498.501', 'FGT1499.503'],
  benign: [
    'Subscribers moved to another home location register.',
    'A hub’s address in place of the home network’s.',
    'A registration in between that was not captured.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title or the origin: the request has none.',
    'Whose the sender or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: ['cancelLocation', 'Cancel-Location', TERMINATION, ...REGISTRATIONS],
  answersOf: REGISTRATIONS,
  example:
    '467017406010 in Sweden sends cancelLocation to 447700900011 about a phone of its own network; or a cancellation under the home register’s own title comes out of the blue, and two minutes later 124655501011 in Barbados registers the phone.',
  thresholds: [
    {
      name: 'causeMinutes',
      default: 10,
      unit: 'minutes',
      meaning:
        'How long after a request to register a cancellation is held to be caused by it. A larger value finds less.',
    },
    {
      name: 'afterMinutes',
      default: 60,
      unit: 'minutes',
      meaning: 'How long after a cancellation without a cause a registration elsewhere is looked for.',
    },
    ...PACE_THRESHOLDS,
  ],
  start(context) {
    const watch = new CancelWatch(context)
    return (event) => watch.take(event)
  },
})

/** Judges a cancellation by who sent it. */
export function judgeCancellation(event: SignallingEvent, network: Network): Verdict {
  return judgeHomeOnly(event, network, 'takes another operator’s subscriber off the network')
}

interface OpenCancellation {
  readonly event: SignallingEvent
  /** The node that was told to forget. */
  readonly place: Place
}

/** Looks for cancellations in the home's name that come before the move instead of after it. */
class CancelWatch {
  private readonly context: Context
  private readonly pace: Pace
  private readonly causeUs: number
  /** When somebody last asked to register a subscriber. */
  private readonly asked: NumberColumn
  private readonly subjects: Subjects
  /** By subject. */
  private readonly open: Awaiting<OpenCancellation>

  constructor(context: Context) {
    this.context = context
    this.pace = paceOf(context)
    this.causeUs = context.threshold('causeMinutes') * MINUTE_US
    this.subjects = context.memory.subjects
    this.asked = context.memory.bySubject('DOS-01 asked', (subjects) => subjects.savedNumbers()).numbers
    const pass = ({ event }: OpenCancellation): void => context.conclude(event, 'pass')
    const waitUs = context.threshold('afterMinutes') * MINUTE_US
    this.open = awaitingBySubject(context, waitUs, MOST_OPEN, pass, pass)
  }

  take(event: SignallingEvent): Verdict {
    if (event.operation === TERMINATION)
      return judgeInternalOnly(
        event,
        this.context.network,
        'ends a registration as only the register of an operator may',
      )
    if (registrationDomain(event.operation) === null) return this.takeCancellation(event)
    const imsi = event.subjectImsi
    if (imsi === null) return null
    if (event.kind === 'invoke' || event.kind === 'request') this.asked.set(this.subjects.of(imsi), event.timeUs)
    else if (this.open.size > 0 && isAcceptance(event)) this.takeRegistration(imsi, event)
    return null
  }

  private takeCancellation(event: SignallingEvent): Verdict {
    const verdict = judgeCancellation(event, this.context.network)
    const imsi = event.subjectImsi
    if (verdict !== 'pass' || imsi === null) return verdict
    const subject = this.subjects.of(imsi)
    const asked = this.asked.get(subject)
    if (asked !== 0 && event.timeUs - asked < this.causeUs) return 'pass'
    const place = this.cancelledPlace(event, imsi)
    if (place === null) return 'pass'
    const before = this.open.take(subject)
    if (before !== undefined) this.context.conclude(before.event, 'pass')
    this.open.add(subject, event.timeUs, { event, place })
    return null
  }

  /** The node that is told to forget, unless it is known not to serve the subscriber any more. */
  private cancelledPlace(event: SignallingEvent, imsi: string): Place | null {
    const { network, subscribers } = this.context
    const place = receiverOf(event)
    if (place === null) return null
    const known = (['cs', 'ps'] as const).flatMap((domain) => subscribers.serving(imsi, domain) ?? [])
    const serves = known.map((serving) => arePlacesOfOneOperator(serving.place, place, network))
    return known.length === 0 || serves.includes(true) ? place : null
  }

  /** After a cancellation without a cause, the subscriber is registered: where? */
  private takeRegistration(imsi: string, answer: SignallingEvent): void {
    const subject = this.subjects.find(imsi)
    const opened = this.open.get(subject)
    const request = opened === undefined ? null : this.context.requestOf(answer)
    if (opened === undefined || request === null) return
    this.open.take(subject)
    this.context.conclude(opened.event, this.judgeMove(imsi, opened, request))
  }

  private judgeMove(imsi: string, opened: OpenCancellation, request: SignallingEvent): Verdict {
    const { network } = this.context
    const place = placeOf(request)
    if (place === null || isFromHomeOf(request, imsi, network) === true) return 'pass'
    const elapsedUs = request.timeUs - opened.event.timeUs
    const journey = journeyBetween(opened.place, place, network)
    if (journey === null || !isTooFast(journey.km, elapsedUs, this.pace)) return 'pass'
    const { event } = opened
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)} to ${placeWords(opened.place, network)} before anyone had asked to register it, and ${durationWords(elapsedUs)} later ${placeWords(place, network)}, at least ${journey.km} km away, did`,
      confidence: confidence({ operator: Math.max(0.85, confidenceOf(operatorOfPlace(place, network))), pattern: 0.8 }),
      proof: [request],
      answerGoesElsewhere: true,
    }
  }
}

function receiverOf(event: SignallingEvent): Place | null {
  if (event.protocol === 'diameter') {
    const address = event.destinationHost ?? event.destinationRealm
    return address === null ? null : { protocol: 'diameter', address, via: event.destinationRealm, plmn: null }
  }
  const title = calledTitle(event)
  return title === null ? null : { protocol: 'map', address: title, via: title, plmn: null }
}
