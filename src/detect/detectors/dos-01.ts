import { judgeHomeOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const foreignCancelLocation = defineDetector({
  id: 'DOS-01',
  version: 1,
  class: 'disruption',
  severity: 'high',
  title: 'Cancellation of a registration from a network that is not the subscriber’s home',
  explanation:
    'cancelLocation makes the serving switch forget a phone, which then neither receives calls nor messages until it registers anew; it also clears the way for a false registration elsewhere. Only the home location register sends it (3GPP TS 29.002 §8.1.3).',
  techniques: ['MOT3003.301', 'FGT1498.501', 'FGT1499.503'],
  benign: ['Subscribers moved to another home location register.', 'A hub’s address in place of the home network’s.'],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title: the request has none.',
    'Whose the global title or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: ['cancelLocation'],
  detect: (event, network) => judgeHomeOnly(event, network, 'takes another operator’s subscriber off the network'),
})
