import type { SignallingEvent } from '../event/signalling-event.ts'
import { calledTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { isRequest } from './category.ts'
import { confidence } from './confidence.ts'
import { type Context, type Threshold, unavailable, type Verdict } from './detector.ts'
import { areTitlesOfOneOperator, confidenceOf, crossingOf, sourceOperator } from './perimeter.ts'
import { isAcceptance } from './runner.ts'
import { FORWARD_SM, isForwardSm, isSmRouting, isTowardsPhone, SM_ROUTING } from './short-message.ts'
import { Awaiting, awaitingBySubject } from './state/awaiting.ts'
import { FadingPairs } from './state/fading.ts'
import type { Subjects } from './state/subjects.ts'
import { isFromStranger, sourceKey } from './subject.ts'
import { sourceWords, subjectWords } from './words.ts'

/** Operations that the watch needs to see. */
export const DELIVERY_OPERATIONS = [
  ...SM_ROUTING,
  ...FORWARD_SM,
  'reportSM-DeliveryStatus',
  'Report-SM-Delivery-Status',
] as const

export const DELIVERY_THRESHOLDS = [
  {
    name: 'waitSeconds',
    default: 120,
    unit: 'seconds',
    meaning: 'How long a delivery may take after the answer to the routing request. A larger value finds less.',
  },
  {
    name: 'orphanShare',
    default: 70,
    unit: 'percent',
    meaning: 'Share of a source’s answered requests without a delivery from which they are reported.',
  },
] as const satisfies readonly Threshold[]

export const DELIVERY_UNAVAILABLE = [
  'Where the request comes from: public numbering does not tell the two networks apart.',
  'The answer: it was not captured, or it names no IMSI to find a delivery by.',
  'Deliveries: the phone is served abroad and they take another way, or the capture holds none at all.',
  'What follows: the capture ends before a delivery was due.',
] as const

const HALF_LIFE_US = 86_400_000_000
const MOST_WAITING = 65_536
/** How long a request without a delivery waits for what else its source does, µs. */
const JUDGED_AFTER_US = 600_000_000
/** Of one subscriber at once. */
const MOST_OF_ONE = 8
/** At the end of the input, a delivery is taken to be missing after this share of the wait. */
const LEAST_WAITED = 0.25

interface Question {
  readonly event: SignallingEvent
  readonly source: string
}

/**
 * Routing requests for short messages from other networks, and whether a delivery follows. A delivery to the IMSI that the
 * answer gave counts, whoever sends it, as hubs ask and deliver under several addresses; that of the same source first.
 */
export class DeliveryWatch {
  private readonly context: Context
  private readonly clause: string
  private readonly asked: Awaiting<Question>
  private readonly subjects: Subjects
  /** By the subject of the IMSI answered, which a router of the home may have made up for this one message. */
  private readonly routed: Awaiting<readonly Question[]>
  /** Without a delivery in time, by `seq`. */
  private readonly orphans: Awaiting<Question>
  private readonly shares: FadingPairs
  private readonly orphanShare: number
  /** Deliveries seen that crossed the border in this direction. */
  private deliveries = 0
  /** Requests that leave our network are judged, in place of those that arrive. */
  private readonly leaving: boolean

  /** @param clause finishes "… asked for the routing of a short message to …, ". */
  constructor(context: Context, name: string, clause: string, leaving = false) {
    this.context = context
    this.leaving = leaving
    this.clause = clause
    this.orphanShare = context.threshold('orphanShare') / 100
    const waitUs = context.threshold('waitSeconds') * 1_000_000
    this.asked = new Awaiting(context, waitUs, MOST_WAITING, ({ event }) =>
      context.conclude(event, unavailable('no answer to the request was seen')),
    )
    this.routed = awaitingBySubject(context, waitUs, MOST_WAITING, (questions, waitedUs) => {
      for (const question of questions) this.giveUp(question, waitedUs >= waitUs * LEAST_WAITED)
    })
    this.orphans = new Awaiting(context, JUDGED_AFTER_US, MOST_WAITING, (question) => this.judge(question))
    this.subjects = context.memory.subjects
    this.shares = new FadingPairs(context.memory.table(`${name} deliveries`), HALF_LIFE_US)
  }

  /** Takes a routing request that is to be judged, its answer, or a delivery. */
  take(event: SignallingEvent): Verdict {
    if (isSmRouting(event)) return isRequest(event) ? this.ask(event) : this.answer(event)
    if (isRequest(event)) this.deliver(event)
    return null
  }

  private ask(event: SignallingEvent): Verdict {
    const { where } = crossingOf(event, this.context.network)
    if ((where === 'outgoing') !== this.leaving) return null
    if (where === 'inside') return 'pass'
    if (where === 'unknown') return unavailable('whether the request crosses a network boundary is unknown')
    // it tells the network only
    if (event.detail.requested.includes('onlyMCC-MNC-requested')) return 'pass'
    this.asked.add(event.seq, event.timeUs, { event, source: sourceKey(event) })
    return null
  }

  private answer(answer: SignallingEvent): null {
    const question = this.asked.take(answer.answers)
    if (question === undefined) return null
    const { context } = this
    const { event } = question
    // refused or absent: there is nothing to deliver to
    if (!isAcceptance(answer)) context.conclude(event, 'pass')
    else if (answer.imsi === null) context.conclude(event, unavailable('the answer names no IMSI'))
    else if (this.leaving && isServedAtHome(answer, context.network))
      context.conclude(event, unavailable('the short message stays inside our network'))
    else if (!this.leaving && isServedElsewhere(event, answer, context.network))
      context.conclude(event, unavailable('the short message goes to another network, by another way'))
    else {
      const subject = this.subjects.of(answer.imsi)
      const others = this.routed.get(subject)
      const oldest = others?.[0]
      // who asks again and again is not waited for
      if (others !== undefined && oldest !== undefined && others.length >= MOST_OF_ONE) this.giveUp(oldest, true)
      const waiting = others === undefined ? [question] : [...others.slice(1 - MOST_OF_ONE), question]
      this.routed.add(subject, answer.timeUs, waiting)
    }
    return null
  }

  private deliver(event: SignallingEvent): void {
    if (isForwardSm(event)) {
      if (!isTowardsPhone(event)) return
      const { where } = crossingOf(event, this.context.network)
      if ((where === 'outgoing') !== this.leaving) return
      this.deliveries++
    }
    if (this.routed.size === 0) return
    // a report on a delivery names the number, and follows a delivery that was tried
    const imsi = event.subjectImsi ?? this.context.subscribers.imsiOf(event.subjectMsisdn)
    const subject = imsi === null ? -1 : this.subjects.find(imsi)
    const questions = this.routed.take(subject)
    if (questions === undefined) return
    const source = sourceKey(event)
    if (questions.length === 1) {
      this.settle(questions[0], event)
      return
    }
    const own = questions.filter((question) => question.source === source)
    const served = own.length > 0 ? own : questions.slice(-1)
    const left = questions.filter((question) => !served.includes(question))
    for (const question of served) this.settle(question, event)
    if (left.length > 0) this.routed.add(subject, event.timeUs, left)
  }

  private settle(question: Question | undefined, delivery: SignallingEvent): void {
    if (question === undefined) return
    this.shares.add(question.source, delivery.timeUs, 1, 0)
    this.context.conclude(question.event, 'pass')
  }

  private giveUp(question: Question, isDue: boolean): void {
    const { event, source } = question
    if (!isDue) {
      this.context.conclude(event, unavailable('the capture ends before a delivery was due'))
      return
    }
    this.shares.add(source, event.timeUs, 0, 1)
    this.orphans.add(event.seq, this.context.nowUs, question)
  }

  /** Judges a request without a delivery by what its source does otherwise. */
  private judge({ event, source }: Question): void {
    const { network, nowUs } = this.context
    const silent = this.deliveries === 0 ? this.silence(event) : null
    if (silent === 'unavailable') {
      const reason = 'the capture holds no delivery of a short message from another network'
      this.context.conclude(event, unavailable(reason))
      return
    }
    const { first, second } = this.shares.read(source, nowUs)
    const [delivered, orphans] = [Math.round(first), Math.max(1, Math.round(second))]
    if (second < this.orphanShare * (first + second)) {
      this.context.conclude(event, 'pass')
      return
    }
    const others = `; of what it was told of late, ${orphans} had no delivery and ${delivered} had one`
    this.context.conclude(event, {
      outcome: 'fail',
      why: `${sourceWords(event, network)} asked for the routing of a short message to ${subjectWords(event)}, ${this.clause}${orphans > 1 ? others : ''}`,
      confidence: confidence({
        operator: Math.max(0.9, confidenceOf(sourceOperator(event, network))),
        pattern: silent === 'weak' ? 0.6 : orphans >= 10 ? 0.9 : orphans >= 3 ? 0.8 : 0.65,
      }),
    })
  }

  /**
   * What to make of a capture without any delivery from outside: over Diameter, a network that the file does not name asks
   * for what it cannot use here; else nothing can be told.
   */
  private silence(event: SignallingEvent): 'weak' | 'unavailable' {
    const isWeak = !this.leaving && event.protocol === 'diameter' && isFromStranger(event, this.context.network)
    return isWeak ? 'weak' : 'unavailable'
  }
}

/** Whether a foreign subscriber is our guest: the message then stays inside. */
function isServedAtHome({ nodeAddress }: SignallingEvent, network: Network): boolean {
  if (nodeAddress === null) return false
  return (/[a-z]/i.test(nodeAddress) ? network.homeOfRealm(nodeAddress) : network.homeOfGt(nodeAddress)) === true
}

/** Whether the node that the answer names is of another network than the register asked: the message then passes us by. */
function isServedElsewhere(request: SignallingEvent, answer: SignallingEvent, network: Network): boolean {
  const node = answer.nodeAddress
  if (node === null) return false
  if (/[a-z]/i.test(node)) {
    return (network.homeOfRealm(node) ?? true) === false
  }
  const isOurs = network.homeOfGt(node)
  if (isOurs !== null) return !isOurs
  const register = calledTitle(request)
  return register !== null && areTitlesOfOneOperator(node, register, network) === false
}
