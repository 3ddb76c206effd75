import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'

export const ownTitleFromOutside = defineDetector({
  id: 'SPF-01',
  version: 1,
  class: 'spoofing',
  severity: 'critical',
  title: 'Own global title arriving from outside',
  explanation:
    'A request whose calling global title is one of our own cannot come in over a link from another network. Point codes and IP addresses of network.yaml tell where the link comes from (ITU-T Q.714 §2.2; MTP3 shows the neighbour, not the origin).',
  techniques: ['MOT1036.301', 'MOT3003.301'],
  benign: ['A call or message led out and back in by a hub.', 'A node of ours that network.yaml does not list.'],
  unavailable: [
    'From which side a request came: the network file lists neither point codes nor IP ranges of ours, or the link joins two other networks.',
  ],
  operations: 'any',
  detect(event, network) {
    const asks = event.kind === 'invoke' || (event.kind === 'dialogue' && event.tcap === 'begin')
    if (!asks || network.homeOfGt(callingTitle(event)) !== true) return null
    const entry = entryOf(event, network)
    if (entry === null) return unavailable('point codes and IP addresses do not tell from which side the request came')
    if (entry === 'inside') return 'pass'
    return {
      outcome: 'fail',
      why: `${event.operation ?? 'a dialogue'} came in from ${entry} under ${event.callingGt}, a global title of our own`,
      confidence: confidence({ pattern: 0.85 }),
      answerGoesElsewhere: true,
    }
  },
})

/** Where a message entered: `inside`, or the foreign address in words. Null when neither point codes nor IP addresses tell. */
function entryOf(event: SignallingEvent, network: Network): string | null {
  const fromOurPointCode = network.homeOfPointCode(event.opc)
  const fromOurIp = network.homeOfIp(event.srcIp)
  if (fromOurPointCode === true || fromOurIp === true) return 'inside'
  // only what reaches one of our own nodes from a stranger has come in; between strangers it may be on its way out
  if (fromOurPointCode === false && network.homeOfPointCode(event.dpc) === true) return `point code ${event.opc}`
  if (fromOurIp === false && network.homeOfIp(event.dstIp) === true) return `IP address ${event.srcIp}`
  return null
}
