import type { SignallingEvent } from '../event/signalling-event.ts'
import { Authentications } from './authentications.ts'
import { confidence } from './confidence.ts'
import { type Context, type Suspicion, unavailable, type Verdict } from './detector.ts'
import { confidenceOf } from './perimeter.ts'
import { isFromHomeOf, operatorOfPlace, placeWords } from './serving.ts'
import type { RowColumn } from './state/subjects.ts'
import { type Place, placeOf, type Serving } from './state/subscribers.ts'
import { durationWords, isOfNoCountry, isTooFast, journeyBetween, type Pace } from './travel.ts'
import { sourceWords, subjectWords } from './words.ts'

const NO_IMSI = unavailable('the IMSI of the subscriber is not known')
const NO_NODE = unavailable('the registration names no node')
const NOT_SEEN_BEFORE = unavailable('no earlier location of the subscriber is known')
const NOWHERE: readonly Serving[] = []
/** Doubted nodes kept of one subscriber. */
const MOST_DOUBTED = 4

/**
 * A registration that nobody could have travelled to: where it was doubted, the place before it stays the one to measure
 * from, so that the true network's next registration is not held against a false one. Time, protocol, address, sender's
 * title or realm, visited network of that place, then the doubted addresses.
 */
type Doubt = readonly (number | string)[]

/** Holds registrations against where, and when, the subscriber was last in touch. */
export class Velocity {
  readonly authentications: Authentications
  private readonly context: Context
  private readonly pace: Pace
  private readonly doubts: RowColumn<Doubt>

  constructor(context: Context) {
    this.context = context
    this.pace = paceOf(context)
    this.authentications = new Authentications(context.memory, context.network)
    // MAP and Diameter registrations are of one subscriber: what doubts the one, the other must know
    this.doubts = context.memory.bySubject('doubted registrations', (subjects) => subjects.rows<Doubt>())
  }

  /** Judges a request to register. */
  judge(event: SignallingEvent): Verdict {
    const { network, memory } = this.context
    const imsi = event.subjectImsi
    const place = placeOf(event)
    if (imsi === null) return NO_IMSI
    if (place === null) return NO_NODE
    if (isFromHomeOf(event, imsi, network) === true) return 'pass'
    const subject = memory.subjects.of(imsi)
    const doubt = this.doubts.get(subject)
    const earlier = this.earlier(imsi, doubt)
    if (earlier.length === 0) return NOT_SEEN_BEFORE
    if (isOfNoCountry(place, network)) return 'pass'
    let measured = false
    for (const serving of earlier) {
      if (isOfNoCountry(serving.place, network)) {
        measured = true
        continue
      }
      const journey = journeyBetween(serving.place, place, network)
      if (journey === null) continue
      measured = true
      const seenUs = this.lastTouch(imsi, serving, event.timeUs)
      const elapsedUs = event.timeUs - seenUs
      if (!isTooFast(journey.km, elapsedUs, this.pace)) continue
      this.doubt(subject, doubt, { place: serving.place, timeUs: seenUs }, place)
      return this.suspicion(event, place, serving, elapsedUs, journey.km)
    }
    if (!measured) return unavailable('the country of a serving node is unknown')
    if (doubt !== undefined && isDoubted(doubt, place)) this.doubts.set(subject, undefined)
    return 'pass'
  }

  /** Where the subscriber was, as far as it is not doubted. */
  private earlier(imsi: string, doubt: Doubt | undefined): readonly Serving[] {
    const { subscribers } = this.context
    const cs = subscribers.serving(imsi, 'cs')
    const ps = subscribers.serving(imsi, 'ps')
    if (cs === null && ps === null && doubt === undefined) return NOWHERE
    const earlier: Serving[] = []
    if (cs !== null && (doubt === undefined || !isDoubted(doubt, cs.place))) earlier.push(cs)
    if (ps !== null && (doubt === undefined || !isDoubted(doubt, ps.place))) earlier.push(ps)
    if (doubt !== undefined) earlier.push(trustedOf(doubt))
    return earlier
  }

  /** When the subscriber was last in touch with a serving network: its registration, or authentication data asked since. */
  private lastTouch(imsi: string, serving: Serving, nowUs: number): number {
    return Math.max(serving.timeUs, this.authentications.lastFrom(serving.place, imsi, nowUs) ?? 0)
  }

  private doubt(subject: number, before: Doubt | undefined, trusted: Serving, doubted: Place): void {
    const { place, timeUs } = trusted
    const others = (before ?? []).slice(5).filter((address) => address !== doubted.address)
    const row = [timeUs, place.protocol, place.address, place.via ?? '', place.plmn ?? '', doubted.address]
    this.doubts.set(subject, [...row, ...others.slice(0, MOST_DOUBTED - 1)])
  }

  private suspicion(event: SignallingEvent, place: Place, serving: Serving, elapsedUs: number, km: number): Suspicion {
    const { network } = this.context
    const operators = [operatorOfPlace(place, network), operatorOfPlace(serving.place, network)]
    const node = place.address === event.callingGt || place.address === event.originHost ? '' : ` at ${place.address}`
    return {
      outcome: 'fail',
      // of many suspicions of one finding only the first is told
      get why() {
        return `${sourceWords(event, network)} registered ${subjectWords(event)}${node} ${durationWords(elapsedUs)} after ${placeWords(serving.place, network)} was in touch with it, at least ${km} km away`
      },
      confidence: confidence({ operator: Math.max(0.85, confidenceOf(...operators)), state: 0.95 }),
    }
  }
}

/** The pace that the user's thresholds set. */
export function paceOf(context: Context): Pace {
  return { speedKmh: context.threshold('speedKmh'), slackKm: context.threshold('slackKm') }
}

function isDoubted(doubt: Doubt, { address }: Place): boolean {
  return doubt.indexOf(address, 5) >= 0
}

function trustedOf([timeUs, protocol, address, via, plmn]: Doubt): Serving {
  const place: Place = {
    protocol: protocol === 'diameter' ? 'diameter' : 'map',
    address: String(address),
    via: via === '' ? null : String(via),
    plmn: plmn === '' ? null : String(plmn),
  }
  return { place, timeUs: Number(timeUs) }
}
