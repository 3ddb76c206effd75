import type { SignallingEvent } from '../../event/signalling-event.ts'
import { sameOperator } from '../../network/resolution.ts'
import { AUTHENTICATION_OPERATIONS, asksForAuthentication } from '../authentications.ts'
import { isRequest } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, crossingOf, sourceOperator } from '../perimeter.ts'
import { isAcceptance } from '../runner.ts'
import { isFromServing, placeWords } from '../serving.ts'
import { type Awaiting, awaitingBySubject } from '../state/awaiting.ts'
import { FadingPairs } from '../state/fading.ts'
import type { RowColumn, Subjects } from '../state/subjects.ts'
import { placeOf, REGISTRATIONS, registrationDomain, type Serving } from '../state/subscribers.ts'
import { strangersOf } from '../stranger.ts'
import { isFromStranger, sourceKey } from '../subject.ts'
import { isTooFast, journeyBetween, PACE_THRESHOLDS } from '../travel.ts'
import { paceOf } from '../velocity.ts'
import { sourceWords, subjectWords } from '../words.ts'

const MOST_WAITING = 65_536
/** Of one subscriber at once. */
const MOST_OF_ONE = 8
const DAY_US = 86_400_000_000
/** At the end of the input, a registration is taken to be missing after this share of the wait. */
const LEAST_WAITED = 0.2
/** Share of requests without a registration that is no bad luck, and how many there must be. */
const MOSTLY = { share: 0.7, requests: 3 }
/** All sources that register phones, in the table of sources: no address has this form. */
const OTHERS = '*'
/** Their registrations, and the share of them among registrations and requests that none followed, for it to be custom. */
const CUSTOM = { registrations: 20, share: 0.9 }
/** Share of requests of registering networks without a registration, above which one more is nothing. */
const UNSEEN_SHARE = 0.02
/** Countries that ask for one phone within a day, from which it is likely to be a test SIM or several copies of one. */
const MANY_COUNTRIES = 10

export const vectorsWithoutRegistration = defineDetector({
  id: 'IDN-03',
  version: 2,
  class: 'identity',
  severity: 'medium',
  title: 'Authentication data fetched, and no registration follows',
  explanation:
    'A serving network asks the home register for authentication vectors (sendAuthenticationInfo, Authentication-Information, and sendParameters in the first phase) and registers the phone seconds later, or minutes where the attach is tried again. Whoever fetches them for a phone that is served elsewhere, and does not register it, may run a false base station or test what the register gives away. A single request of a network that otherwise registers phones is taken for an attach that failed, unless the phone cannot have travelled there. Without a list of partners, who asks again and again and never registers anybody is reported where others nearly always do. A network that serves the phone already may ask at any time (3GPP TS 29.002 §8.5.2, TS 29.272 §5.2.3.1, TS 33.102 §6.3).',
  techniques: ['MOT3004.301', 'MOT3003.301', 'MOT3003.302', 'FGT5019.005'],
  benign: [
    'An attach that failed before the registration, as happens at borders.',
    'A test SIM of which copies are tried in many countries a day.',
    'A registration that took another way than the captured links.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber is served: no accepted registration was seen yet.',
    'Whose the sender or the serving node is: neither the network file nor public numbering tells.',
    'What follows: the capture ends before a registration was due.',
  ],
  operations: [...AUTHENTICATION_OPERATIONS, ...REGISTRATIONS],
  answersOf: AUTHENTICATION_OPERATIONS,
  example:
    'A phone is registered at 33639981011 in France. Ten minutes later 124655501011 in Barbados, which never registers anybody, fetches five vectors for it, and nothing follows.',
  thresholds: [
    {
      name: 'waitSeconds',
      default: 600,
      unit: 'seconds',
      meaning: 'How long a registration may take after the request. A larger value finds less.',
    },
    ...PACE_THRESHOLDS,
  ],
  start(context) {
    const watch = new VectorWatch(context)
    return (event) => watch.take(event)
  },
})

class VectorWatch {
  private readonly context: Context
  private readonly subjects: Subjects
  /** By subject. */
  private readonly asked: Awaiting<readonly SignallingEvent[]>
  /** By source: registrations, and requests that none followed. */
  private readonly sources: FadingPairs
  /** Begin of a day, and the countries that asked in it. */
  private readonly countries: RowColumn<readonly (number | string)[]>

  constructor(context: Context) {
    this.context = context
    const waitUs = context.threshold('waitSeconds') * 1_000_000
    this.asked = awaitingBySubject(context, waitUs, MOST_WAITING, (events, waitedUs) => {
      for (const event of events) this.judge(event, waitedUs >= waitUs * LEAST_WAITED)
    })
    this.sources = new FadingPairs(context.memory.table('IDN-03 sources'), 7 * DAY_US)
    this.subjects = context.memory.subjects
    this.countries = context.memory.bySubject('IDN-03 countries', (subjects) => subjects.rows())
  }

  take(event: SignallingEvent): Verdict {
    if (registrationDomain(event.operation) !== null) {
      if (isRequest(event)) this.register(event)
      return null
    }
    if (!isRequest(event)) return this.answer(event)
    return asksForAuthentication(event) ? this.ask(event) : null
  }

  private ask(event: SignallingEvent): Verdict {
    const { network, subscribers } = this.context
    const { where } = crossingOf(event, network)
    if (where === 'outgoing') return null
    if (where === 'inside') return 'pass'
    const imsi = event.subjectImsi
    if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
    const subject = this.subjects.of(imsi)
    this.noteCountry(subject, event)
    if (isFromServing(event, imsi, subscribers, network) === true) return 'pass'
    const others = this.asked.get(subject)
    const oldest = others?.[0]
    // who asks again and again is not waited for
    if (others !== undefined && oldest !== undefined && others.length >= MOST_OF_ONE) this.judge(oldest, true)
    const waiting = others === undefined ? [event] : [...others.slice(1 - MOST_OF_ONE), event]
    this.asked.add(subject, event.timeUs, waiting)
    return null
  }

  /** A request that is refused gives nothing away. */
  private answer(answer: SignallingEvent): null {
    const imsi = answer.subjectImsi
    if (imsi !== null && !isAcceptance(answer)) this.settle(imsi, answer)
    return null
  }

  /** Any attempt to register counts, also one that is refused later. */
  private register(event: SignallingEvent): void {
    this.sources.add(sourceKey(event), event.timeUs, 1, 0)
    this.sources.add(OTHERS, event.timeUs, 1, 0)
    if (event.subjectImsi !== null) this.settle(event.subjectImsi, event)
  }

  /** Lets those requests about a subscriber pass that an answer or a registration settles. */
  private settle(imsi: string, by: SignallingEvent): void {
    if (this.asked.size === 0) return
    const subject = this.subjects.find(imsi)
    const events = this.asked.get(subject)
    if (events === undefined) return
    const left = events.filter((asked) => !this.isSettled(asked, by))
    if (left.length === events.length) return
    this.asked.take(subject)
    for (const event of events) if (!left.includes(event)) this.context.conclude(event, 'pass')
    const last = left.at(-1)
    if (last !== undefined) this.asked.add(subject, last.timeUs, left)
  }

  private isSettled(asked: SignallingEvent, by: SignallingEvent): boolean {
    if (!isRequest(by)) return asked.seq === by.answers
    if (sourceKey(asked) === sourceKey(by)) return true
    const { network } = this.context
    return sameOperator(sourceOperator(by, network), sourceOperator(asked, network)) !== false
  }

  private judge(event: SignallingEvent, isDue: boolean): void {
    this.context.conclude(
      event,
      isDue ? this.verdictOn(event) : unavailable('the capture ends before a registration was due'),
    )
  }

  private verdictOn(event: SignallingEvent): Verdict {
    const { network, subscribers } = this.context
    const imsi = event.subjectImsi ?? ''
    const isServing = isFromServing(event, imsi, subscribers, network)
    if (isServing === true) return 'pass'
    const { first: registrations, second } = this.sources.add(sourceKey(event), event.timeUs, 0, 1)
    const orphans = Math.round(second)
    if (registrations > 0) this.sources.add(OTHERS, event.timeUs, 0, 1)
    const serving = subscribers.lastServing(imsi)
    const isMostly = orphans >= MOSTLY.requests && second >= MOSTLY.share * (registrations + second)
    if (serving === null) {
      if ((registrations > 0 && !isMostly) || !isFromStranger(event, network)) {
        return this.isAlone(isMostly && registrations === 0)
          ? this.suspicion(event, orphans, ', which unlike others registers nobody,', 0.65, null)
          : unavailable('no earlier location of the subscriber is known')
      }
      // captures begin somewhere: where others too ask without having been seen to register, one request says little
      if (orphans < 2 && this.isOftenUnseen(event.timeUs))
        return unavailable('no earlier location of the subscriber is known')
      const whom = registrations === 0 ? 'nobody' : 'hardly anybody'
      return this.suspicion(event, orphans, `, which registers ${whom} and is no listed partner,`, 0.7, null)
    }
    if (isServing === null) return unavailable('the operator of the source or of the serving node is unknown')
    if (isMostly) return this.suspicion(event, orphans, '', 0.9, serving)
    if (registrations === 0) return this.suspicion(event, orphans, ', which registers nobody,', 0.75, serving)
    if (this.isOutOfReach(event, serving)) return this.suspicion(event, orphans, ', out of its reach,', 0.75, serving)
    // as an attach that failed
    return 'pass'
  }

  /** Whether requests of networks that register phones are often followed by no registration. */
  private isOftenUnseen(timeUs: number): boolean {
    const { first, second } = this.sources.read(OTHERS, timeUs)
    const isOften = first + second >= CUSTOM.registrations && second > UNSEEN_SHARE * (first + second)
    return isOften || strangersOf(this.context).areOftenUnseen
  }

  /** Whether a source that never registers is an exception, where no list tells strangers from partners. */
  private isAlone(isNever: boolean): boolean {
    if (!isNever || this.context.network.partners > 0) return false
    const { first, second } = this.sources.read(OTHERS, this.context.nowUs)
    return first >= CUSTOM.registrations && first >= CUSTOM.share * (first + second)
  }

  private suspicion(
    event: SignallingEvent,
    orphans: number,
    who: string,
    pattern: number,
    serving: Serving | null,
  ): Verdict {
    const { network } = this.context
    const countries = (this.countries.get(this.subjects.of(event.subjectImsi ?? ''))?.length ?? 1) - 1
    const isEverywhere = countries >= MANY_COUNTRIES
    const where = serving === null ? '' : `, whom ${placeWords(serving.place, network)} serves`
    const often = orphans > 1 ? `, ${orphans} times of late for this or others` : ''
    const note = isEverywhere ? `; ${countries} countries asked for this phone within a day, as for a test SIM` : ''
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)}${who} asked for authentication data of ${subjectWords(event)}${where}, and no registration followed${often}${note}`,
      confidence: confidence({
        operator: Math.max(0.85, confidenceOf(sourceOperator(event, network))),
        state: serving === null ? 0.9 : 0.95,
        pattern: isEverywhere ? pattern / 2 : pattern,
      }),
    }
  }

  private isOutOfReach(event: SignallingEvent, serving: Serving): boolean {
    const place = placeOf(event)
    const journey = place === null ? null : journeyBetween(serving.place, place, this.context.network)
    return journey !== null && isTooFast(journey.km, event.timeUs - serving.timeUs, paceOf(this.context))
  }

  private noteCountry(subject: number, event: SignallingEvent): void {
    const { country } = sourceOperator(event, this.context.network)
    if (country === null) return
    const known = this.countries.get(subject)
    if (known === undefined || event.timeUs - Number(known[0]) > DAY_US)
      this.countries.set(subject, [event.timeUs, country])
    else if (!known.includes(country) && known.length <= 2 * MANY_COUNTRIES)
      this.countries.set(subject, [...known, country])
  }
}
