import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { gtpCrossing, oddBetweenNetworks } from '../gtp-interfaces.ts'
import { sourceWords, subjectWords } from '../words.ts'

export const innerGtpMessage = defineDetector({
  id: 'GTP-01',
  version: 1,
  class: 'gtp',
  severity: 'medium',
  title: 'GTP message from another network that belongs inside one',
  explanation:
    'Between networks GTP only opens, changes and closes the sessions of roaming subscribers (Gp, S8). Messages between the mobility nodes of one network hand over identities, keys and whole subscriber contexts; others ask a home register for the way to a phone, or collect charging records (3GPP TS 29.060 §7.1, TS 29.274 §6.1, TS 23.401 §5.3.3). From another network they read contexts or end sessions.',
  techniques: ['MOT3004.301', 'MOT1199.301', 'FGT5016', 'FGT1199.501'],
  benign: [
    'Neighbouring networks that agreed on handover over their border.',
    'A node of ours whose address network.yaml does not list.',
  ],
  unavailable: ['Whose the two addresses are: network.yaml does not list them, or they are private.'],
  operations: 'any',
  protocols: ['gtpv1', 'gtpv2'],
  kinds: ['request'],
  example:
    '198.51.100.7, an address of no partner, sends Context Request to our MME 192.0.2.20 for a subscriber of ours.',
  thresholds: [],
  detect(event, network) {
    if ((event.protocol !== 'gtpv1' && event.protocol !== 'gtpv2') || event.kind !== 'request') return null
    const odd = oddBetweenNetworks(event)
    const crossing = gtpCrossing(event, network)
    if (crossing === 'outgoing') return null
    if (crossing === 'inside' || (odd === null && crossing === 'outside')) return 'pass'
    if (odd === null) return null
    if (crossing === 'unknown') return unavailable('whether the message crosses a network boundary is unknown')
    const isNamed = network.operatorOfIp(event.srcIp).operator !== null
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${event.operation} about ${subjectWords(event)}, which ${odd}`,
      confidence: confidence({ operator: isNamed ? 0.95 : 0.8, pattern: 0.85 }),
    }
  },
})
