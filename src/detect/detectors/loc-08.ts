import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, crossingOf, isFromOperatorOf, sourceOperator } from '../perimeter.ts'
import { HourlyNormal } from '../state/fading.ts'
import type { Table } from '../state/memory.ts'
import { sourceOperatorKey, subjectKey } from '../subject.ts'
import { sourceWords, subjectWords } from '../words.ts'

const SECOND_US = 1_000_000
const HOUR_US = 3_600_000_000
/** Requests closer than this are one look-up: sent again, or to both domains at once. */
const SAME_LOOKUP_US = 30 * SECOND_US
/** A longer pause ends a row of requests. */
const PAUSE_US = 90 * 60 * SECOND_US
/** Even at a high rate, requests within less than this are a single occasion. */
const LEAST_SPAN_US = 45 * 60 * SECOND_US
/** Requests come at uneven times: this share of the rate is enough. */
const TOLERANCE = 0.9
/** Beyond what is normal, half the rate is enough, over a row this many times as long as the source's and the operation's. */
const UNUSUAL = 6
const UNUSUAL_LEAST = 8
/** Rows of requests that a normal must rest on. */
const LEAST_CASES = 30
const NORMAL_HALF_LIFE_US = 14 * 24 * HOUR_US

export const locationPolling = defineDetector({
  id: 'LOC-08',
  version: 1,
  class: 'location',
  severity: 'medium',
  title: 'A phone’s location asked for several times an hour, over hours, by its own home network',
  explanation:
    'A home network may ask where its roaming subscribers are, so that each single request is in order. One that asks about the same phone several times an hour, hour after hour, follows its user. Requests by provideSubscriberInfo, Insert-Subscriber-Data with location flags, and location services count together by subscriber, repeats within half a minute as one; a row of them ends with a pause of an hour and a half. Reported is a row at the rate and length set; at half the rate, one that is many times as long as the rows that the same source and operation usually have at this hour of the day (3GPP TS 29.002 §8.11.2, TS 29.272 §5.2.2.1).',
  techniques: ['MOT5012.501', 'MOT3003.301', 'MOT3003.302', 'FGT5012.008', 'T1430.002'],
  benign: [
    'A service of the home network that its subscriber ordered: family tracking, fleets, tariffs by place.',
    'A subscriber who is called very often, where the home asks for the location at each call.',
    'Steering of roaming.',
  ],
  unavailable: [
    'The subscriber: the request names none, not even by a pseudonym.',
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: [
    'provideSubscriberInfo',
    'anyTimeInterrogation',
    'provideSubscriberLocation',
    'Insert-Subscriber-Data',
    'Provide-Location',
    'User-Data',
  ],
  kinds: ['invoke', 'request'],
  example:
    '33639981010 in France, the home of a phone that roams in our network, asks for its cell every twenty minutes from morning to night.',
  thresholds: [
    {
      name: 'requestsPerHour',
      default: 2,
      unit: 'requests per hour',
      meaning: 'Rate about one subscriber that is reported. A larger value finds less.',
    },
    {
      name: 'hours',
      default: 3.5,
      unit: 'hours',
      meaning: 'How long that rate must last; a higher rate, as much shorter as it is higher.',
    },
  ],
  start(context) {
    const watch = new PollingWatch(context)
    return (event) => watch.take(event)
  },
})

/** Requests about one subscriber without a long pause: when the first and the last came, and how many. */
type Row = readonly [firstUs: number, lastUs: number, count: number]

class PollingWatch {
  private readonly context: Context
  private readonly rows: Table<Row>
  /** Requests to a row, by source and operation, and by operation alone. */
  private readonly normal: HourlyNormal
  private readonly perHour: number
  private readonly hours: number

  constructor(context: Context) {
    this.context = context
    this.rows = context.memory.table('LOC-08 subscribers')
    this.normal = new HourlyNormal(context.memory.table('LOC-08 normal', 4_096), NORMAL_HALF_LIFE_US)
    this.perHour = context.threshold('requestsPerHour')
    this.hours = context.threshold('hours')
  }

  take(event: SignallingEvent): Verdict {
    if (!isRequest(event) || !asksForLocation(event)) return null
    const { network, subscribers } = this.context
    const { where } = crossingOf(event, network)
    // the operator of the capture asks its own nodes, or abroad about its own subscribers
    if (where === 'outgoing') return null
    if (where === 'inside' && network.home !== null) return 'pass'
    const subject = subjectKey(event, subscribers)
    if (subject === null) return unavailable('the subscriber is not known')
    // any other network asks without a right to, once or often: that is for other detectors
    if (isFromOperatorOf(event, event.subjectImsi, network) === false) return null
    const row = this.rowOf(subject, event)
    return this.judge(event, row)
  }

  private rowOf(subject: string, event: SignallingEvent): Row {
    const { timeUs } = event
    const known = this.rows.get(subject)
    if (known !== undefined && timeUs - known[1] < SAME_LOOKUP_US) return known
    const goesOn = known !== undefined && timeUs - known[1] <= PAUSE_US
    const row: Row = goesOn ? [known[0], timeUs, known[2] + 1] : [timeUs, timeUs, 1]
    this.rows.set(subject, row)
    for (const key of this.keysOf(event)) this.normal.add(key, timeUs, 1, goesOn ? 0 : 1)
    return row
  }

  private judge(event: SignallingEvent, [firstUs, lastUs, count]: Row): Verdict {
    const spanUs = lastUs - firstUs
    if (spanUs < LEAST_SPAN_US) return 'pass'
    const perHour = ((count - 1) * HOUR_US) / spanUs
    const isHigh = count - 1 >= this.perHour * this.hours && perHour >= this.perHour * TOLERANCE
    const usual = this.usual(event)
    const isUnusual = usual !== null && count >= UNUSUAL_LEAST && count >= UNUSUAL * usual
    if (!isHigh && !(isUnusual && perHour >= (this.perHour / 2) * TOLERANCE)) return 'pass'
    const { network } = this.context
    const hours = Math.round((spanUs / HOUR_US) * 10) / 10
    const normally = isUnusual ? `, where ${Math.round(usual * 10) / 10} in a row are usual` : ''
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} asked for the location of ${subjectWords(event)} ${count} times within ${hours} hours${normally}`,
      confidence: confidence({
        operator: Math.max(0.85, confidenceOf(sourceOperator(event, network))),
        pattern: !isHigh ? 0.6 : isUnusual || count >= 4 * this.perHour * this.hours ? 0.9 : 0.75,
      }),
    }
  }

  /** Requests that a row usually has at this hour, the larger of the source's and the operation's; null while unknown. */
  private usual(event: SignallingEvent): number | null {
    const [own, all] = this.keysOf(event).map((key) => this.normal.at(key, event.timeUs))
    if (own === undefined || all === undefined || all.cases < LEAST_CASES) return null
    return own.cases < LEAST_CASES ? all.mean : Math.max(own.mean, all.mean)
  }

  private keysOf(event: SignallingEvent): readonly [string, string] {
    const operation = event.operation ?? ''
    return [`${operation} ${sourceOperatorKey(event, this.context.network)}`, operation]
  }
}

/** A profile update or a read of the register counts only where it asks for location or state. */
function asksForLocation({ operation, locationWanted, detail }: SignallingEvent): boolean {
  if (locationWanted || detail.requested.some((name) => STATES.has(name))) return true
  if (operation === 'Insert-Subscriber-Data' || operation === 'User-Data') return false
  // without anything that was read, it asks what the operation is for
  return detail.requested.length === 0 || operation !== 'provideSubscriberInfo'
}

/** What tells the state of a phone. Source: TS 29.002 §17.7.1 RequestedInfo, TS 29.272 §7.3.103, TS 29.329 §6.3.4. */
const STATES: ReadonlySet<string> = new Set(['subscriberState', 'epsUserState', 'userState'])
