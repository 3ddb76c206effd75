import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, type Suspicion } from '../detector.ts'
import { HABIT_THRESHOLDS, HABIT_UNAVAILABLE, OddityJudge } from '../habit.ts'
import { isBounded, standingOf } from '../standing.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** What the home alone writes; that profiles may be long is no excuse for what another network sends. */
const PROFILES: ReadonlySet<string> = new Set(['insertSubscriberData', 'anyTimeModification'])
/** Requests that may be long, so that some stacks cut them a little early. Source: 3GPP TS 29.002 §17.6. */
const LONG: ReadonlySet<string> = new Set([
  ...PROFILES,
  'mt-ForwardSM',
  'mo-ForwardSM',
  'mt-ForwardSM-VGCS',
  'performHandover',
  'prepareHandover',
  'prepareSubsequentHandover',
  'performSubsequentHandover',
  'processAccessSignalling',
  'forwardAccessSignalling',
  'sendEndSignal',
  'prepareGroupCall',
  'subscriberLocationReport',
])

export const needlessSegments = defineDetector({
  id: 'EVA-07',
  version: 2,
  class: 'evasion',
  severity: 'medium',
  title: 'Short request cut into segments',
  explanation:
    'SCCP may cut a long message into segments (ITU-T Q.714 §4.1.1). A short request that is cut all the same, or whose segments contradict each other, reaches its receiver whole and passes a filter in pieces. Requests that may be long are left out, but for a profile that comes from where none comes from; the habit of each source is learnt.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['A link that takes only short messages.', 'Segments sent again after a loss.'],
  unavailable: [HABIT_UNAVAILABLE],
  operations: 'any',
  protocols: ['map'],
  kinds: ['invoke'],
  example: 'The title 46701740616 sends a provideSubscriberInfo of 110 octets in three XUDT segments.',
  thresholds: HABIT_THRESHOLDS,
  start(context) {
    const judge = new OddityJudge(context, 'EVA-07')
    return (event) => {
      if (event.protocol !== 'map' || event.kind !== 'invoke' || event.tcap !== 'begin') return null
      const { anomalies, operation } = event
      if (!isBounded(event, context.network)) return null
      const overlap = anomalies.includes('overlappingSegments')
      const isOdd = overlap || anomalies.includes('needlessSegmentation')
      if (LONG.has(operation ?? '') && !(isOdd && isMisplacedProfile(event, context.network))) return null
      if (!isOdd) {
        judge.notePlain(event)
        return 'pass'
      }
      const suspicion = (pattern: number): Suspicion => ({
        outcome: 'fail',
        why: `${sourceWords(event, context.network)} sent ${operation} about ${subjectWords(event)} in ${overlap ? 'segments that contradict each other' : 'needless segments'}`,
        confidence: confidence({ pattern }),
      })
      return judge.judge(event, suspicion)
    }
  },
})

function isMisplacedProfile(event: SignallingEvent, network: Network): boolean {
  return PROFILES.has(event.operation ?? '') && standingOf(event, network) === 'out of place'
}
