import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { sourceWords } from '../words.ts'

/**
 * Operations that a stack of good faith sends one behind the other, with what they belong to: profiles in several parts,
 * trace with the profile and the reminder behind a location update, more short messages. Components of one message belong
 * to one dialogue, and a dialogue has one application context. Source: 3GPP TS 29.002 §8.8.1, §8.1.2, §12.2, §17.3.
 */
const BUNDLES: ReadonlyMap<string, 'profile' | 'terminating message' | 'originating message' | 'service'> = new Map([
  ['insertSubscriberData', 'profile'],
  ['deleteSubscriberData', 'profile'],
  ['activateTraceMode', 'profile'],
  ['forwardCheckSS-Indication', 'profile'],
  ['mt-ForwardSM', 'terminating message'],
  ['mo-ForwardSM', 'originating message'],
  ['notifySS', 'service'],
])

const UNREAD_FRONT = unavailable('what stands in front of the operation was not read')

export const severalOperations = defineDetector({
  id: 'EVA-02',
  version: 3,
  class: 'evasion',
  severity: 'medium',
  title: 'An operation behind another one in the same message',
  explanation:
    'A TCAP message may carry several components. Filters that look at the first one only let the others pass, so a request stands out that is never bundled in good faith, or whose company is of another dialogue: a profile belongs behind another part of it, and not behind a request about a short message, and nothing belongs behind an answer in the message that opens a dialogue (ITU-T Q.773, ComponentPortion; 3GPP TS 29.002 §17.3).',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['Stacks that bundle operations of one dialogue to save messages.'],
  unavailable: ['What stands in front of the operation: its event is missing.'],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke', 'result', 'error', 'reject'],
  example:
    'The title 46701740616 sends sendRoutingInfoForSM about one subscriber and, behind it in the same message, anyTimeInterrogation about another.',
  start({ network }) {
    let front: SignallingEvent | null = null
    /** What answers nothing, as nothing was asked yet: an answer in the first message of a dialogue. */
    let answer: SignallingEvent | null = null
    /** What all operations of the message so far belong to; null where it is not one thing. */
    let bundle: string | null = null
    return (event): Verdict => {
      if (event.protocol !== 'map') return null
      if (event.kind !== 'invoke') {
        if (event.tcap === 'begin') answer = event
        return null
      }
      const before = front
      const own = BUNDLES.get(event.operation ?? '') ?? null
      front = event
      if (event.invokesBefore === 0) {
        bundle = own
        const ahead = answer
        answer = null
        return ahead !== null && isOfOneMessage(event, ahead) ? behindAnswer(event, network) : 'pass'
      }
      const isMixed = event.anomalies.includes('mixedOperations')
      const follows = before !== null && isBehind(event, before)
      // the same operation again needs no look at what stands in front
      if (!follows) bundle = isMixed ? null : own
      if (own !== null && own === bundle) return 'pass'
      if (own !== null && !follows) return UNREAD_FRONT
      bundle = null
      const what = event.operation ?? (event.code === null ? 'an unreadable operation' : `operation ${event.code}`)
      const others = event.invokesBefore === 1 ? 'another operation' : `${event.invokesBefore} other operations`
      return {
        outcome: 'fail',
        why: `${sourceWords(event, network)} sent ${what} behind ${others} in one message`,
        confidence: confidence({ pattern: isMixed ? 0.85 : 0.7 }),
      }
    }
  },
})

/** A begin has nothing to answer: a component that answers stands there only to be the first. */
function behindAnswer(event: SignallingEvent, network: Network): Suspicion {
  const what = event.operation ?? (event.code === null ? 'an unreadable operation' : `operation ${event.code}`)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${what} behind an answer to nothing in one begin`,
    confidence: confidence({ pattern: 0.85 }),
  }
}

/** Whether an invoke stands right behind another one in one message. */
function isBehind(event: SignallingEvent, front: SignallingEvent): boolean {
  return event.invokesBefore === front.invokesBefore + 1 && isOfOneMessage(event, front)
}

function isOfOneMessage(event: SignallingEvent, front: SignallingEvent): boolean {
  return (
    event.frame === front.frame &&
    event.capture === front.capture &&
    event.otid === front.otid &&
    event.dtid === front.dtid &&
    event.callingGt === front.callingGt
  )
}
