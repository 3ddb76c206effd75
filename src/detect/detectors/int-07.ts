import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const anyTimeModification = defineDetector({
  id: 'INT-07',
  version: 2,
  class: 'interception',
  severity: 'critical',
  title: 'Profile change from another network',
  explanation:
    'anyTimeModification writes to a subscriber’s profile in the home location register: call forwarding, barring, service state; Profile-Update does so in the home subscriber server. Only the operator’s own service platform has a reason to (3GPP TS 29.002 §8.11.4, TS 29.329 §6.1.3).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'MOT3003.302', 'FGT5022'],
  benign: ['A platform of the operator itself that is hosted abroad or behind a hub’s address.'],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['anyTimeModification', 'Profile-Update'],
  kinds: ['invoke', 'request'],
  example: '467017406016 in Sweden sends 447700900010 an anyTimeModification that forwards a British phone’s calls.',
  detect: (event, network) =>
    judgeInternalOnly(event, network, 'changes what only the subscriber’s own operator may change'),
})
