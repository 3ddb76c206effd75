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
  version: 4,
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
  detect(event, network) {
    if (!mustName(event)) return null
    if (event.anomalies.includes('severalSubscribers')) return judgeSeveral(event, network)
    if (event.code !== null && !event.identityMissing) return judgeDigits(event, network)
    if (event.anomalies.includes('cutByCapture')) return unavailable('the capture holds only the start of the message')
    // a pseudonym hides nobody from anyone but us
    if (event.protocol === 'diameter' && event.userName) return unavailable('the name in place of the IMSI is none')
    return unreadable(event, network)
  },
})

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
  if (subjectImsi.length >= LEAST_DIGITS && !/[^0-9]/.test(subjectImsi)) return 'pass'
  // all over a network's own messages it is rather a capture made anonymous
  if (crossingOf(event, network).where !== 'outside') return unavailable('the digits in place of the IMSI are none')
  return unreadable(event, network)
}

/** Whether this is a request of a kind that names a subscriber, or should be readable enough to tell. */
function mustName({ protocol, kind, operation, identityMissing }: SignallingEvent): boolean {
  if (protocol === 'map') return kind === 'invoke'
  if (kind !== 'request') return false
  if (protocol === 'diameter') return operation !== null && NAMED_BY_USER_NAME.has(operation)
  return (protocol === 'gtpv1' || protocol === 'gtpv2') && identityMissing
}
