import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { crossingOf, isFromHome, isFromOperatorOf, isTitleOfHomeOperator, isToHome } from './perimeter.ts'
import { policyOf } from './policy.ts'

/** Whether the policy bounds who may send a request: what it is silent on, or allows to anybody, harms nobody. */
export function isBounded(event: SignallingEvent, network: Network): boolean {
  const category = policyOf(network).categoryOf(event)
  return category !== null && category !== 'none'
}

/** Whether the sender may ask what it asks, as far as the request alone tells. */
export type Standing = 'in place' | 'out of place' | 'unknown'

export function standingOf(event: SignallingEvent, network: Network): Standing {
  if (isFromHome(event, network) === true && isToHome(event, network) === true) return 'in place'
  const category = policyOf(network).categoryOf(event)
  if (category === 'none') return 'in place'
  if (category === '1') {
    const { where } = crossingOf(event, network)
    return where === 'outside' ? 'out of place' : where === 'unknown' ? 'unknown' : 'in place'
  }
  if (category !== '2') return 'unknown'
  // a hidden identity keeps anybody from telling whose subscriber it is
  if (event.identityMissing && crossingOf(event, network).where === 'outside') return 'out of place'
  if (event.callingGt === null) return standingWithoutTitle(event, network)
  const title = callingTitle(event)
  const isHome =
    title === null
      ? isFromOperatorOf(event, event.subjectImsi, network)
      : isTitleOfHomeOperator(title, event.subjectImsi, network)
  return isHome === null ? 'unknown' : isHome ? 'in place' : 'out of place'
}

/** Nobody answers abroad without a title: who gives none hides, but where the point code is the home's own. */
function standingWithoutTitle(event: SignallingEvent, network: Network): Standing {
  if (event.subjectImsi === null) return 'unknown'
  const isHome = isFromOperatorOf(event, event.subjectImsi, network)
  if (isHome !== null) return isHome ? 'in place' : 'out of place'
  return crossingOf(event, network).where === 'outside' ? 'out of place' : 'unknown'
}
