import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { sourceWords } from '../words.ts'

export const unreadableSubscriber = defineDetector({
  id: 'EVA-08',
  version: 1,
  class: 'evasion',
  severity: 'high',
  title: 'Request whose subscriber or operation cannot be read',
  explanation:
    'A request that must name a subscriber, and does so in a way that cannot be read, escapes every check that needs the identity (3GPP TS 29.002 §17.7 says which arguments must). It is either an unusual encoding meant to hide it, a broken stack, or a gap in this program’s decoding.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A gap in this program’s decoding: hold the frame against another decoder.', 'A broken or very old stack.'],
  unavailable: ['The message: the capture holds only its start.'],
  operations: 'any',
  detect(event, network) {
    if (event.protocol !== 'map' || event.kind !== 'invoke') return null
    if (event.code !== null && !event.identityMissing) return 'pass'
    if (event.anomalies.includes('cutByCapture')) return unavailable('the capture holds only the start of the message')
    const what =
      event.code === null
        ? 'an operation whose code'
        : `${event.operation ?? `operation ${event.code}`} whose subscriber`
    const oddities = event.anomalies.filter((name) => name !== 'missingParameter')
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${what} could not be read${oddities.length > 0 ? ` (${oddities.join(', ')})` : ''}`,
      confidence: confidence({ pattern: oddities.length > 0 || event.fault !== null ? 0.8 : 0.6 }),
    }
  },
})
