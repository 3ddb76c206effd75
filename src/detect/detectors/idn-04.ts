import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest } from '../category.ts'
import { confidence } from '../confidence.ts'
import { DELIVERY_OPERATIONS } from '../delivery-watch.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, crossingOf, sourceOperator } from '../perimeter.ts'
import { isForwardSm, isSmRouting, isTowardsPhone } from '../short-message.ts'
import { REGISTRATIONS, registrationDomain } from '../state/subscribers.ts'
import { sourceKey, withoutSubject } from '../subject.ts'
import { sourceWords } from '../words.ts'

/** What names a subscriber and may be tried with one identity after the other. */
const PROBES = [
  'sendRoutingInfoForSM',
  'sendRoutingInfo',
  'sendRoutingInfoForGprs',
  'sendRoutingInfoForLCS',
  'sendIMSI',
  'sendAuthenticationInfo',
  'restoreData',
  'anyTimeInterrogation',
  'anyTimeSubscriptionInterrogation',
  'provideSubscriberInfo',
  'Send-Routing-Info-for-SM',
  'Authentication-Information',
  'LCS-Routing-Info',
  'User-Data',
] as const
const PROBE_NAMES: ReadonlySet<string | null> = new Set<string | null>(PROBES)

const MINUTE_US = 60_000_000
const MOST_SOURCES = 4_096
/** Identities remembered of one source, to tell new ones from repeated ones. */
const MOST_REMEMBERED = 128
/** Largest step between two identities one behind the other. */
const STEP = 5
/** How long a sequence waits for what should follow its requests. */
const FOLLOW_US = 2 * MINUTE_US
/** Share of requests with something that follows, from which they are business. */
const FOLLOWED = 0.3
/** How long after its last sign a source is reported. */
const GOES_ON_US = 5 * MINUTE_US
/** `unknownSubscriber`, `unidentifiedSubscriber`; DIAMETER_ERROR_USER_UNKNOWN. Source: TS 29.002 §17.6.6, TS 29.272 §7.4.3. */
const UNKNOWN_ERRORS: readonly number[] = [1, 5]
const USER_UNKNOWN = 5001

export const identityEnumeration = defineDetector({
  id: 'IDN-04',
  version: 1,
  class: 'identity',
  severity: 'medium',
  title: 'One identity tried after the other',
  explanation:
    'Who does not know the numbers or IMSIs in use tries them: one behind the other, or by chance, so that most are unknown to the register. Reported is a source that asks about identities in sequence without anything that follows, as deliveries, registrations or calls would, or that is told for most of many that there is no such subscriber (3GPP TS 29.002 §17.6.6, §7.6.1, TS 29.272 §7.4.3).',
  techniques: ['MOT5019.302', 'MOT1589.301', 'MOT3003.301', 'MOT3003.302', 'FGT5019.005'],
  benign: [
    'Bulk messages to an old list of numbers.',
    'A fleet of devices with IMSIs in sequence that come back after an outage.',
    'A test of routing after numbers were assigned.',
  ],
  unavailable: ['What follows: the capture holds no delivery of short messages, so that bulk messages look the same.'],
  operations: [...PROBES, ...DELIVERY_OPERATIONS.filter((name) => !PROBE_NAMES.has(name)), ...REGISTRATIONS],
  answersOf: PROBES,
  example:
    '467017406005 in Sweden sends sendRoutingInfoForSM about 447700900100, 447700900101, 447700900102 and so on, and delivers nothing.',
  thresholds: [
    {
      name: 'sequence',
      default: 8,
      unit: 'subscribers',
      meaning: 'Identities one behind the other that are reported. A larger value finds less.',
    },
    {
      name: 'subscribers',
      default: 20,
      unit: 'subscribers',
      meaning: 'Different identities within the window from which the share of unknown ones counts.',
    },
    {
      name: 'unknownShare',
      default: 50,
      unit: 'percent',
      meaning: 'Share of answers that know no such subscriber, from which a source is reported.',
    },
    { name: 'windowMinutes', default: 30, unit: 'minutes', meaning: 'How long a quiet source is remembered.' },
  ],
  start(context) {
    const watch = new EnumerationWatch(context)
    return (event) => watch.take(event)
  },
})

/** What a source asked of late. */
interface Source {
  lastUs: number
  readonly subscribers: Set<string>
  requests: number
  answers: number
  unknown: number
  /** Deliveries, registrations. */
  followed: number
  last: number
  direction: number
  run: number
  isWatched: boolean
  /** Why it is reported; null while it is not. */
  finding: string | null
  /** When its last sign was seen. */
  foundUs: number
}

class EnumerationWatch {
  private readonly context: Context
  private readonly sources = new Map<string, Source>()
  private readonly windowUs: number
  private readonly sequence: number
  private readonly least: number
  private readonly unknownShare: number
  private deliveries = 0

  constructor(context: Context) {
    this.context = context
    this.windowUs = context.threshold('windowMinutes') * MINUTE_US
    this.sequence = context.threshold('sequence')
    this.least = context.threshold('subscribers')
    this.unknownShare = context.threshold('unknownShare') / 100
  }

  take(event: SignallingEvent): Verdict {
    if (!PROBE_NAMES.has(event.operation)) {
      if (isRequest(event)) this.follow(event)
      return null
    }
    return isRequest(event) ? this.ask(event) : this.answer(event)
  }

  private follow(event: SignallingEvent): void {
    if (isForwardSm(event)) {
      if (!isTowardsPhone(event)) return
      this.deliveries++
    } else if (registrationDomain(event.operation) === null) return
    const source = this.sources.get(sourceKey(event))
    if (source !== undefined) source.followed++
  }

  private ask(event: SignallingEvent): Verdict {
    const { where } = crossingOf(event, this.context.network)
    if (where === 'outgoing') return null
    if (where === 'inside') return 'pass'
    const digits = event.subjectImsi ?? event.subjectMsisdn
    if (digits === null) return null
    const source = this.sourceOf(event)
    source.requests++
    if (source.subscribers.size < MOST_REMEMBERED) source.subscribers.add(digits)
    noteStep(source, Number(digits))
    if (source.finding !== null) {
      if (source.run >= this.sequence) source.foundUs = event.timeUs
      if (event.timeUs - source.foundUs <= GOES_ON_US) return this.report(event, source.finding)
      source.finding = null
    }
    if (source.run >= this.sequence && !source.isWatched) {
      source.isWatched = true
      this.context.later(event.timeUs + FOLLOW_US, () => this.judgeSequence(event, source))
      return null
    }
    return 'pass'
  }

  private answer(answer: SignallingEvent): null {
    const request = this.context.requestOf(answer)
    const source = request === null ? undefined : this.sources.get(sourceKey(request))
    if (request === null || source === undefined) return null
    source.answers++
    if (!isUnknownSubscriber(answer)) return null
    source.unknown++
    if (source.finding !== null) source.foundUs = answer.timeUs
    const { subscribers, unknown, answers } = source
    if (source.finding !== null || subscribers.size < this.least || unknown < this.least * this.unknownShare)
      return null
    if (unknown < this.unknownShare * answers) return null
    source.finding = `asked about at least ${subscribers.size} subscribers, of whom the register did not know ${unknown}`
    source.foundUs = answer.timeUs
    return this.report(request, source.finding)
  }

  private judgeSequence(event: SignallingEvent, source: Source): void {
    source.isWatched = false
    if (source.finding !== null) return
    if (source.followed >= FOLLOWED * source.requests) {
      source.run = 0
      this.context.conclude(event, 'pass')
    } else if (isSmRouting(event) && this.deliveries === 0 && source.unknown === 0) {
      this.context.conclude(event, unavailable('the capture holds no delivery of a short message from another network'))
    } else {
      source.finding = `asked about ${source.run} subscribers one behind the other by their numbers, and nothing followed`
      source.foundUs = this.context.nowUs
      this.report(event, source.finding)
    }
  }

  /** One finding for the source: many are asked about, and none is its subject. */
  private report(event: SignallingEvent, what: string): null {
    const { network } = this.context
    const suspicion: Suspicion = {
      outcome: 'fail',
      why: `${sourceWords(event, network)} ${what}`,
      confidence: confidence({ operator: Math.max(0.9, confidenceOf(sourceOperator(event, network))), pattern: 0.85 }),
    }
    this.context.conclude(withoutSubject(event), suspicion)
    return null
  }

  private sourceOf(event: SignallingEvent): Source {
    const key = sourceKey(event)
    const known = this.sources.get(key)
    if (known !== undefined && event.timeUs - known.lastUs <= this.windowUs) {
      known.lastUs = event.timeUs
      return known
    }
    this.sources.delete(key)
    if (this.sources.size >= MOST_SOURCES) this.makeRoom()
    const made: Source = {
      lastUs: event.timeUs,
      subscribers: new Set(),
      requests: 0,
      answers: 0,
      unknown: 0,
      followed: 0,
      last: 0,
      direction: 0,
      run: 1,
      isWatched: false,
      finding: null,
      foundUs: 0,
    }
    this.sources.set(key, made)
    return made
  }

  private makeRoom(): void {
    let left = MOST_SOURCES >> 4
    for (const key of this.sources.keys()) {
      if (left-- === 0) return
      this.sources.delete(key)
    }
  }
}

/** Notes how far an identity is from the last one. One asked about again is no step. */
function noteStep(source: Source, identity: number): void {
  const step = identity - source.last
  if (step === 0 || !Number.isSafeInteger(identity)) return
  const isNext = Math.abs(step) <= STEP && (source.direction === 0 || Math.sign(step) === source.direction)
  source.run = isNext ? source.run + 1 : 1
  source.direction = isNext ? Math.sign(step) : 0
  source.last = identity
}

function isUnknownSubscriber({ kind, errorCode, resultCode }: SignallingEvent): boolean {
  if (kind === 'answer') return resultCode === USER_UNKNOWN
  return kind === 'error' && errorCode !== null && UNKNOWN_ERRORS.includes(errorCode)
}
