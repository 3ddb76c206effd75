import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import { type Resolution, sameOperator } from '../network/resolution.ts'
import { isFromHome, isFromOperatorOf, sourceOperator } from './perimeter.ts'
import type { Domain, Place, Subscribers } from './state/subscribers.ts'
import { operatorWords } from './words.ts'

/** Questions about serving nodes, answered with three outcomes. */

const BOTH: readonly Domain[] = ['cs', 'ps']

/** Whose node a place is: by the way its registration came, else by the visited network it named. */
export function operatorOfPlace({ protocol, address, via, plmn }: Place, network: Network): Resolution {
  if (protocol === 'map') return network.operatorOfGt(via ?? address)
  const byRealm = network.operatorOfRealm(via ?? address)
  return byRealm.method === 'unknown' && plmn !== null ? network.operatorOfImsi(plmn.padEnd(6, '0')) : byRealm
}

/** `33639981011 of Example Roaming (FR)`. */
export function placeWords(place: Place, network: Network): string {
  return `${place.address} of ${operatorWords(operatorOfPlace(place, network))}`
}

/** Whether an event comes from the network that issued `imsi`. Null when it cannot be told. */
export function isFromHomeOf(event: SignallingEvent, imsi: string, network: Network): boolean | null {
  return isFromOperatorOf(event, imsi, network)
}

/** Whether two nodes are of one operator. Null when it cannot be told. */
export function arePlacesOfOneOperator(a: Place, b: Place, network: Network): boolean | null {
  if (a.address === b.address) return true
  return (
    bothOrNeither(homeOfPlace(a, network), homeOfPlace(b, network)) ??
    sameOperator(operatorOfPlace(a, network), operatorOfPlace(b, network))
  )
}

/** Whether an event comes from a node, or from another one of the same operator. Null when it cannot be told. */
export function isFromPlace(event: SignallingEvent, place: Place, network: Network): boolean | null {
  if (event.protocol === 'diameter') {
    if (isNamed(event.originHost, place) || isNamed(event.originRealm, place)) return true
  } else if (isNamed(event.callingGt, place)) return true
  const ours = bothOrNeither(isFromHome(event, network), homeOfPlace(place, network))
  return ours ?? sameOperator(sourceOperator(event, network), operatorOfPlace(place, network))
}

/**
 * Whether an event comes from a network that serves the subscriber in one of `domains`. Null: where the subscriber is
 * served was not learnt, or whose the addresses are is not known.
 */
export function isFromServing(
  event: SignallingEvent,
  imsi: string,
  subscribers: Subscribers,
  network: Network,
  domains: readonly Domain[] = BOTH,
): boolean | null {
  let isElsewhere: false | null = null
  let isUnclear = false
  for (const domain of domains) {
    const serving = subscribers.serving(imsi, domain)
    if (serving === null) continue
    const same = isFromPlace(event, serving.place, network)
    if (same) return true
    isElsewhere = false
    // one whose operator is unknown may be the one
    isUnclear ||= same === null
  }
  return isUnclear ? null : isElsewhere
}

function isNamed(name: string | null, { address, via }: Place): boolean {
  return name !== null && (name === address || name === via)
}

function homeOfPlace({ protocol, address, via }: Place, network: Network): boolean | null {
  return protocol === 'diameter' ? network.homeOfRealm(via ?? address) : network.homeOfGt(via ?? address)
}

/** `home` decides alone where one of the two is ours. */
function bothOrNeither(a: boolean | null, b: boolean | null): boolean | null {
  return a === null || b === null || !(a || b) ? null : a === b
}
