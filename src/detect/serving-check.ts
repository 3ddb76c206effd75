import type { SignallingEvent } from '../event/signalling-event.ts'
import { isRequest } from './category.ts'
import { confidence } from './confidence.ts'
import { type Context, unavailable, type Verdict } from './detector.ts'
import { confidenceOf, crossingOf, sourceOperator } from './perimeter.ts'
import { policyOf } from './policy.ts'
import { isFromServing, operatorOfPlace, placeWords } from './serving.ts'
import { strangersOf } from './stranger.ts'
import { sourceWords, subjectWords } from './words.ts'

/**
 * Category 3: a request that only the network serving the subscriber may send home, held against what was learnt of it.
 * @param does what it does, to finish "…, which …".
 */
export function judgeServingOnly(event: SignallingEvent, context: Context, does: string): Verdict {
  const { network, subscribers } = context
  if (!isRequest(event)) return null
  if (policyOf(network).categoryOf(event) === 'none') return 'pass'
  const { where } = crossingOf(event, network)
  if (where === 'outgoing') return null
  if (where === 'inside') return 'pass'
  const imsi = event.subjectImsi
  if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
  const serving = subscribers.lastServing(imsi)
  const strangers = strangersOf(context)
  if (serving === null) {
    return strangers.judge(event, imsi) ?? unavailable('no earlier location of the subscriber is known')
  }
  const isServing = isFromServing(event, imsi, subscribers, network)
  if (isServing === null) return unavailable('the operator of the source or of the serving node is unknown')
  if (isServing) {
    strangers.noteServing(event)
    return 'pass'
  }
  const operators = [sourceOperator(event, network), operatorOfPlace(serving.place, network)]
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}, whom ${placeWords(serving.place, network)} serves, which ${does}`,
    confidence: confidence({ operator: confidenceOf(...operators), state: 0.85 }),
  }
}
