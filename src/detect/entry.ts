import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import { operatorWords } from './words.ts'

/**
 * Where a message entered our network: `inside`, or the foreign address in words. Point codes and IP addresses show the
 * neighbour that handed it over; a Diameter path also lists the nodes before. Null when none of them tells.
 */
export function entryOf(event: SignallingEvent, network: Network): string | null {
  const fromOurPointCode = network.homeOfPointCode(event.opc)
  const fromOurIp = network.homeOfIp(event.srcIp)
  const foreignHop = event.protocol === 'diameter' ? foreignHopOf(event, network) : null
  if (foreignHop !== null) return `${foreignHop} on its path`
  if (fromOurPointCode === true || fromOurIp === true) return 'inside'
  // only what reaches one of our own nodes from a stranger has come in; between strangers it may be on its way out
  if (fromOurPointCode === false && network.homeOfPointCode(event.dpc) === true) return `point code ${event.opc}`
  if (fromOurIp === false && network.homeOfIp(event.dstIp) === true) return `IP address ${event.srcIp}`
  return null
}

/** A node of a path that is known to be a hub's or another operator's; a name that tells nothing may be our own agent's. */
function foreignHopOf({ routeRecord }: SignallingEvent, network: Network): string | null {
  for (const hop of routeRecord ?? []) {
    if (network.homeOfRealm(hop) === true) continue
    if (network.hubOfRealm(hop) !== null) return `${hop} of a hub`
    const owner = network.operatorOfRealm(hop)
    if (owner.method !== 'unknown') return `${hop} of ${operatorWords(owner)}`
  }
  return null
}
