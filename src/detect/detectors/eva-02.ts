import { confidence } from '../confidence.ts'
import { defineDetector } from '../detector.ts'
import { sourceWords } from '../words.ts'

/**
 * Operations that a stack of good faith sends behind others: profiles in several parts, trace with the profile, more
 * short messages, and the reminder behind a location update. Source: 3GPP TS 29.002 §8.8.1, §8.1.2, §12.2.
 */
const BUNDLED: ReadonlySet<string> = new Set([
  'insertSubscriberData',
  'deleteSubscriberData',
  'activateTraceMode',
  'forwardCheckSS-Indication',
  'mt-ForwardSM',
  'mo-ForwardSM',
  'notifySS',
])

export const severalOperations = defineDetector({
  id: 'EVA-02',
  version: 1,
  class: 'evasion',
  severity: 'medium',
  title: 'An operation behind another one in the same message',
  explanation:
    'A TCAP message may carry several components. Filters that look at the first one only let the others pass, so a request that is never bundled in good faith stands out when another operation stands in front of it (ITU-T Q.773, ComponentPortion).',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['Stacks that bundle operations of one dialogue to save messages.'],
  unavailable: [],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example:
    'The title 46701740616 sends sendRoutingInfoForSM about one subscriber and, behind it in the same message, anyTimeInterrogation about another.',
  detect(event, network) {
    if (event.protocol !== 'map' || event.kind !== 'invoke') return null
    if (event.invokesBefore === 0 || BUNDLED.has(event.operation ?? '')) return 'pass'
    const what = event.operation ?? (event.code === null ? 'an unreadable operation' : `operation ${event.code}`)
    const others = event.invokesBefore === 1 ? 'another operation' : `${event.invokesBefore} other operations`
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${what} behind ${others} in one message`,
      confidence: confidence({ pattern: event.anomalies.includes('mixedOperations') ? 0.85 : 0.7 }),
    }
  },
})
