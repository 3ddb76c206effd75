import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { crossingOf } from '../perimeter.ts'
import { sourceWords } from '../words.ts'

/** Diameter requests that name the subscriber in User-Name and in nothing else. Source: 3GPP TS 29.272 §7.2. */
const NAMED_BY_USER_NAME: ReadonlySet<string> = new Set([
  'Update-Location',
  'Cancel-Location',
  'Authentication-Information',
  'Insert-Subscriber-Data',
  'Delete-Subscriber-Data',
  'Purge-UE',
  'Notify',
])

export const unreadableSubscriber = defineDetector({
  id: 'EVA-08',
  version: 5,
  class: 'evasion',
  severity: 'high',
  title: 'Request whose subscriber or operation cannot be read',
  explanation:
    'A request that must name a subscriber, and does so in a way that cannot be read, escapes every check that needs the identity (3GPP TS 29.002 §17.7 and TS 29.272 §7.2 say which must); so does one that names two where one belongs, as a filter may read the one and the node behind it the other. It is either an unusual encoding meant to hide it, a broken stack, or a gap in this program’s decoding.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A gap in this program’s decoding: hold the frame against another decoder.', 'A broken or very old stack.'],
  unavailable: [
    'The message: the capture holds only its start.',
    'The identity: a name or digits stand in its place that are no IMSI, as in captures made anonymous.',
  ],
  operations: 'any',
  kinds: ['invoke', 'request'],
  example:
    'The title 46701740610 sends provideSubscriberInfo to a switch, and where the IMSI belongs there are eight octets of filler.',
  start(context) {
    const { network } = context
    const habit = new OwnHabit()
    let held: { event: SignallingEvent; verdict: Verdict }[] = []
    const settle = (): void => {
      for (const { event, verdict } of held) context.conclude(event, habit.isAnonymous() ? NO_IMSI : verdict)
      held = []
    }
    return (event) => {
      const verdict = judgeRequest(event, network)
      const isUnread = isFilled(event)
      if (isUnread || event.imsi !== null) habit.note(event, isUnread, network)
      if (!isUnread || verdict === null || typeof verdict === 'string' || verdict.outcome !== 'fail') return verdict
      if (habit.isKnown() || held.length === HELD) {
        settle()
        return habit.isAnonymous() ? NO_IMSI : verdict
      }
      if (held.length === 0) context.later(context.nowUs + HELD_US, settle)
      held.push({ event, verdict })
      return null
    }
  },
})

const NO_IMSI = unavailable('the digits in place of the IMSI are none')
/** How long, and how many at most, requests wait for what a network's own say. */
const HELD_US = 86_400_000_000
const HELD = 256
/** Requests of a network's own after which it is known whether the capture was made anonymous. */
const OWN_REQUESTS = 20
/** The fewest of them without an IMSI for that. */
const OWN_UNREAD = 3

/**
 * Whether a network's own requests name subscribers by digits. Nobody hides from himself: where most do not, the capture was
 * made anonymous.
 */
class OwnHabit {
  private requests = 0
  private unread = 0

  note(event: SignallingEvent, isUnread: boolean, network: Network): void {
    if (event.kind !== 'invoke' && event.kind !== 'request') return
    const { where } = crossingOf(event, network)
    if (where !== 'inside' && where !== 'outgoing') return
    this.requests++
    if (isUnread) this.unread++
  }

  isKnown(): boolean {
    return this.requests >= OWN_REQUESTS
  }

  isAnonymous(): boolean {
    return this.unread >= OWN_UNREAD && this.unread * 2 > this.requests
  }
}

/** Whether something else stands where the IMSI belongs, in a request whose operation can be read. */
function isFilled(event: SignallingEvent): boolean {
  if (event.protocol === 'diameter' || event.code === null || !mustName(event)) return false
  return event.identityMissing || (event.protocol === 'map' && !isNumber(event.subjectImsi ?? event.imsi))
}

/** What the request alone says. */
export function judgeRequest(event: SignallingEvent, network: Network): Verdict {
  if (!mustName(event)) return null
  if (event.anomalies.includes('severalSubscribers')) return judgeSeveral(event, network)
  if (event.code !== null && !event.identityMissing) return judgeDigits(event, network)
  if (event.anomalies.includes('cutByCapture')) return unavailable('the capture holds only the start of the message')
  // a pseudonym hides nobody from anyone but us
  if (event.protocol === 'diameter' && event.userName) return unavailable('the name in place of the IMSI is none')
  return unreadable(event, network)
}

/** Two subscribers where one belongs: a filter may read the one, and the node behind it the other. */
function judgeSeveral(event: SignallingEvent, network: Network): Verdict {
  if (crossingOf(event, network).where === 'inside') return 'pass'
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation ?? `operation ${event.code}`} with two subscribers where it names one; which of them is meant cannot be told`,
    confidence: confidence({ pattern: 0.9 }),
  }
}

function unreadable(event: SignallingEvent, network: Network): Suspicion {
  const what =
    event.code === null ? 'an operation whose code' : `${event.operation ?? `operation ${event.code}`} whose subscriber`
  const oddities = event.anomalies.filter((name) => name !== 'missingParameter')
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${what} could not be read${oddities.length > 0 ? ` (${oddities.join(', ')})` : ''}`,
    confidence: confidence({ pattern: oddities.length > 0 || event.fault !== null ? 0.8 : 0.6 }),
  }
}

/** The fewest digits of an IMSI: three octets. Source: 3GPP TS 29.002 §17.7.8. */
const LEAST_DIGITS = 5

/** An IMSI that is there, and is none: filler, or too short to tell a network. */
function judgeDigits(event: SignallingEvent, network: Network): Verdict {
  const { protocol, subjectImsi } = event
  if (protocol !== 'map' || subjectImsi === null || event.anomalies.length === 0) return 'pass'
  if (isNumber(subjectImsi)) return 'pass'
  // all over a network's own messages it is rather a capture made anonymous
  if (crossingOf(event, network).where !== 'outside') return NO_IMSI
  return unreadable(event, network)
}

/** An IMSI, or nothing where none need be. */
function isNumber(imsi: string | null): boolean {
  return imsi === null || (imsi.length >= LEAST_DIGITS && !/[^0-9]/.test(imsi))
}

/** Whether this is a request of a kind that names a subscriber, or should be readable enough to tell. */
function mustName({ protocol, kind, operation, identityMissing }: SignallingEvent): boolean {
  if (protocol === 'map') return kind === 'invoke'
  if (kind !== 'request') return false
  if (protocol === 'diameter') return operation !== null && NAMED_BY_USER_NAME.has(operation)
  return (protocol === 'gtpv1' || protocol === 'gtpv2') && identityMissing
}
