import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { confidence } from './confidence.ts'
import { type Suspicion, unavailable, type Verdict } from './detector.ts'
import { confidenceOf, crossingOf, isFromHome, isTitleOfHomeOperator, isToHome } from './perimeter.ts'
import { operatorWords, sourceWords, subjectWords } from './words.ts'

/** The two checks that most detectors of single messages share, as public descriptions of interconnect filtering give them. */

/**
 * Category 1: a request that belongs inside one network and arrives from another.
 * @param asks what it asks for, to finish "…, which …".
 */
export function judgeInternalOnly(event: SignallingEvent, network: Network, asks: string): Verdict {
  if (event.kind !== 'invoke') return null
  const { where, by } = crossingOf(event, network)
  if (where === 'outgoing') return null
  if (where === 'inside') return 'pass'
  if (where === 'unknown') return unavailable('whether the request crosses a network boundary is unknown')
  const source = network.operatorOfGt(callingTitle(event))
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}, which ${asks}`,
    confidence: confidence({ operator: by === 'home' ? Math.max(0.9, confidenceOf(source)) : confidenceOf(source) }),
  }
}

/**
 * Category 2: a request that only the subscriber's home network may send, and another network sends. What our own nodes
 * ask each other about a guest crosses no boundary.
 * @param does what it does, to finish "…, which …".
 */
export function judgeHomeOnly(event: SignallingEvent, network: Network, does: string): Verdict {
  if (event.kind !== 'invoke') return null
  if (event.subjectImsi === null) return unavailable('the IMSI of the subscriber is not known')
  if (callingTitle(event) === null) return unavailable('the request has no international calling global title')
  if (isFromHome(event, network) === true && isToHome(event, network) === true) return 'pass'
  const isHome = isTitleOfHomeOperator(callingTitle(event), event.subjectImsi, network)
  if (isHome === null) return unavailable('the operator of the source or of the subscriber is unknown')
  return isHome ? 'pass' : notFromHome(event, network, does)
}

function notFromHome(event: SignallingEvent, network: Network, does: string): Suspicion {
  const source = network.operatorOfGt(callingTitle(event))
  const home = network.operatorOfImsi(event.subjectImsi)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)} of ${operatorWords(home)}, which ${does}`,
    confidence: confidence({ operator: confidenceOf(source, home) }),
  }
}
