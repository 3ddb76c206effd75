import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { entryOf } from '../entry.ts'

export const ownTitleFromOutside = defineDetector({
  id: 'SPF-01',
  version: 2,
  class: 'spoofing',
  severity: 'critical',
  title: 'Own global title, host or realm arriving from outside',
  explanation:
    'A request whose calling global title, Origin-Host or Origin-Realm is one of our own cannot come in over a link from another network. Point codes and IP addresses of network.yaml tell where the link comes from, and Route-Record names the Diameter nodes passed before (ITU-T Q.714 §2.2, RFC 6733 §6.1.9; MTP3 shows the neighbour, not the origin). What our own nodes send to another network is left alone.',
  techniques: ['MOT1036.301', 'MOT3003.301', 'MOT3003.302'],
  benign: ['A call or message led out and back in by a hub.', 'A node of ours that network.yaml does not list.'],
  unavailable: [
    'From which side a request came: the network file lists neither point codes nor IP ranges of ours, or the link joins two other networks.',
  ],
  operations: 'any',
  kinds: ['invoke', 'request', 'dialogue'],
  example:
    'Over the link from point code 2-1-1 comes a cancelLocation whose calling title 447700900010 is our own home register.',
  thresholds: [],
  detect(event, network) {
    const own = ownAddressOf(event, network)
    if (own === null) return null
    const entry = entryOf(event, network)
    if (entry === null) return unavailable('point codes and IP addresses do not tell from which side the request came')
    if (entry === 'inside') return 'pass'
    return {
      outcome: 'fail',
      why: `${event.operation ?? 'a dialogue'} came in from ${entry} under ${own} of our own`,
      confidence: confidence({ pattern: 0.85 }),
      // with Diameter the answer goes back the way the request came
      ...(event.protocol === 'diameter' ? {} : { answerGoesElsewhere: true as const }),
    }
  },
})

/** The address of ours that a request towards us gives for its sender; null where it gives none. */
function ownAddressOf(event: SignallingEvent, network: Network): string | null {
  if (event.protocol === 'diameter') {
    if (event.kind !== 'request') return null
    // towards others it is our own on its way out; one without a destination ends at the next node
    if (network.homeOfRealm(event.destinationRealm ?? event.destinationHost) === false) return null
    if (network.homeOfRealm(event.originHost) === true) return `${event.originHost}, a host`
    return network.homeOfRealm(event.originRealm) === true ? `${event.originRealm}, a realm` : null
  }
  const asks = event.kind === 'invoke' || (event.kind === 'dialogue' && event.tcap === 'begin')
  if (!asks || network.homeOfGt(callingTitle(event)) !== true) return null
  return `${event.callingGt}, a global title`
}
