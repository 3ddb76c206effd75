import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, sourceOperator } from '../perimeter.ts'
import { isFromHomeOf, isFromPlace, isFromServing, placeWords } from '../serving.ts'
import { judgeServingOnly } from '../serving-check.ts'
import type { Domain } from '../state/subscribers.ts'
import { strangersOf } from '../stranger.ts'
import { sourceWords, subjectWords } from '../words.ts'

const PURGES: ReadonlySet<string | null> = new Set<string | null>(['purgeMS', 'Purge-UE'])
const BOTH: readonly Domain[] = ['cs', 'ps']
const PS: readonly Domain[] = ['ps']
const CS: readonly Domain[] = ['cs']
/** Subsystems of the VLR and MSC, and of the SGSN. Source: 3GPP TS 23.003 §8.1. */
const VLR = 7
const MSC = 8
const SGSN = 149

export const foreignPurge = defineDetector({
  id: 'DOS-02',
  version: 2,
  class: 'disruption',
  severity: 'high',
  title: 'Purge of a subscriber, or report on it, by a node that does not serve it',
  explanation:
    'purgeMS and Purge-UE tell the home register that a serving node has forgotten a phone which was silent for long: calls and messages are no longer sent to it. Only the node that serves the phone can say so, as well as what gateway or presence it reports by Notify, readyForSM and noteMM-Event. The sender’s operator is held against that of the node whose registration was accepted last; other nodes of the same operator, as in a pool of MMEs, pass (3GPP TS 29.002 §8.1.6, TS 23.012 §3.6, TS 29.272 §5.2.1.3, §5.2.5).',
  techniques: ['MOT3003.301', 'MOT3003.302', 'FGT1498.501', 'FGT1499.503'],
  benign: [
    'A pool of nodes under several names.',
    'A hub’s address in place of the visited network’s.',
    'A node that served the phone before, and missed that it has moved.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber is served: no accepted registration was seen yet.',
    'Whose the sender or the serving node is: neither the network file nor public numbering tells.',
  ],
  operations: ['purgeMS', 'Purge-UE', 'Notify', 'readyForSM', 'noteMM-Event'],
  kinds: ['invoke', 'request'],
  example:
    'A phone is registered at 33639981011 in France, and 467017406011 in Sweden sends purgeMS for it in that node’s name.',
  start: (context) => (event) =>
    PURGES.has(event.operation)
      ? judgePurge(event, context)
      : judgeServingOnly(event, context, 'tells its home what only the serving node knows'),
})

function judgePurge(event: SignallingEvent, context: Context): Verdict {
  if (event.kind !== 'invoke' && event.kind !== 'request') return null
  const { network, subscribers } = context
  const imsi = event.subjectImsi
  if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
  if (
    event.protocol === 'diameter'
      ? event.originRealm === null && event.originHost === null
      : callingTitle(event) === null
  )
    return unavailable('the request names no origin')
  const domains = domainsOf(event)
  const known = domains.flatMap((domain) => subscribers.serving(imsi, domain) ?? [])
  const strangers = strangersOf(context)
  if (known.length === 0) {
    return strangers.judge(event, imsi) ?? unavailable('where the subscriber is served is not known')
  }
  if (isFromHomeOf(event, imsi, network) === true) return 'pass'
  const isFrom = isFromServing(event, imsi, subscribers, network, domains)
  if (isFrom === true) {
    strangers.noteServing(event)
    return 'pass'
  }
  if (isFrom === null) return unavailable('the operator of the source or of the serving node is unknown')
  const former = domains.flatMap((domain) => subscribers.before(imsi, domain) ?? [])
  const serving = known[0]
  const isInItsName = known.some(({ place }) => place.address === event.nodeAddress)
  if (!isInItsName && former.some(({ place }) => isFromPlace(event, place, network) === true)) return 'pass'
  // the domain that is not known may be the one that is purged
  if (!isInItsName && known.length < domains.length) return unavailable('where the subscriber is served is not known')
  if (serving === undefined) return null
  const name = event.nodeAddress === null ? '' : ` in the name of ${event.nodeAddress}`
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}${name}, which ${placeWords(serving.place, network)} serves`,
    confidence: confidence({
      operator: confidenceOf(sourceOperator(event, network)),
      state: 0.95,
      pattern: isInItsName ? 1 : 0.85,
    }),
  }
}

function domainsOf(event: SignallingEvent): readonly Domain[] {
  if (event.protocol === 'diameter' || event.callingSsn === SGSN) return PS
  return event.callingSsn === VLR || event.callingSsn === MSC ? CS : BOTH
}
