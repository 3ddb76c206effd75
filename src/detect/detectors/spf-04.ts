import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { entryOf } from '../entry.ts'
import { operatorWords } from '../words.ts'

export const realmToItself = defineDetector({
  id: 'SPF-04',
  version: 1,
  class: 'spoofing',
  severity: 'high',
  title: 'Diameter request from outside whose origin and destination are one realm',
  explanation:
    'A request with the same Origin-Realm and Destination-Realm stays inside that realm; coming in over a link from another network it was given a false origin, to pass for an internal request where only those are let through (RFC 6733 §6.1, §6.4, §6.6, 3GPP TS 29.272 §7.1.6). IP ranges of network.yaml, the nodes on its path and the network of its Origin-Host tell that it came from outside.',
  techniques: ['MOT1036.301', 'MOT3003.302'],
  benign: ['A tap on an inside link whose addresses network.yaml does not list.', 'A hub that sends a request back.'],
  unavailable: [
    'From which side a request came: the network file lists no IP ranges of ours, and its path is not told.',
  ],
  operations: 'any',
  protocols: ['diameter'],
  kinds: ['request'],
  example:
    'From 198.51.100.7, an address of a carrier, comes an Insert-Subscriber-Data with epc.mnc001.mcc001.3gppnetwork.org as origin and destination.',
  thresholds: [],
  detect(event, network) {
    if (event.protocol !== 'diameter' || event.kind !== 'request') return null
    const { originRealm, destinationRealm } = event
    if (originRealm === null || destinationRealm === null || !isOneRealm(originRealm, destinationRealm)) return null
    const isOurs = network.homeOfRealm(originRealm)
    const entry = outsideOf(event, network)
    if (entry === 'inside') return 'pass'
    // between the nodes of another network, as far as anything tells
    if (entry === null) {
      return isOurs === false ? null : unavailable('addresses and path do not tell from which side the request came')
    }
    return {
      outcome: 'fail',
      why: `${event.operation ?? `command ${event.code}`} came in from ${entry} with ${originRealm} as both its origin and its destination`,
      confidence: confidence({ pattern: isOurs === true ? 0.9 : 0.7 }),
    }
  },
})

/** As `entryOf`; where that does not tell, an Origin-Host of another network than the realm does. */
function outsideOf(event: SignallingEvent, network: Network): string | null {
  const { originHost, originRealm } = event
  const realmIsOurs = network.homeOfRealm(originRealm) === true
  // the path of a request inside another network is that network's business
  if (network.homeOfRealm(originRealm) === false) {
    const isHandedIn = network.homeOfIp(event.srcIp) === false && network.homeOfIp(event.dstIp) === true
    return isHandedIn ? `IP address ${event.srcIp}` : null
  }
  const entry = entryOf(event, network)
  if (entry !== null && entry !== 'inside') return entry
  if (realmIsOurs && originHost !== null && network.homeOfRealm(originHost) === false) {
    const owner = network.operatorOfRealm(originHost)
    if (owner.method !== 'unknown') return `${originHost} of ${operatorWords(owner)}`
  }
  return entry
}

function isOneRealm(a: string, b: string): boolean {
  return a === b || (Math.abs(a.length - b.length) <= 1 && plain(a) === plain(b))
}

function plain(realm: string): string {
  const text = realm.endsWith('.') ? realm.slice(0, -1) : realm
  return text.toLowerCase()
}
