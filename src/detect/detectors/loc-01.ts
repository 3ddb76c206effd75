import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const anyTimeInterrogation = defineDetector({
  id: 'LOC-01',
  version: 1,
  class: 'location',
  severity: 'high',
  title: 'Any-time interrogation from another network',
  explanation:
    'anyTimeInterrogation asks a home location register where a phone is and whether it is in use; anyTimeSubscriptionInterrogation asks for the profile. Only the operator’s own service platform has a reason to, so neither belongs on an interconnection (3GPP TS 29.002 §8.11.1, §8.11.3).',
  techniques: ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'T1430.002'],
  benign: [
    'An agreed location-based service or number portability service between the two operators.',
    'A platform of the operator itself that is hosted abroad or behind a hub’s address.',
  ],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['anyTimeInterrogation', 'anyTimeSubscriptionInterrogation'],
  kinds: ['invoke', 'request'],
  example:
    '467017406016 in Sweden sends anyTimeInterrogation to our home location register about one of our numbers, and is told the cell.',
  thresholds: [],
  detect: (event, network) =>
    judgeInternalOnly(event, network, 'asks for what only the subscriber’s own operator may ask'),
})
