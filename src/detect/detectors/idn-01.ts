import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'
import { policyOf } from '../policy.ts'

export const identityRequest = defineDetector({
  id: 'IDN-01',
  version: 2,
  class: 'identity',
  severity: 'high',
  title: 'Identity request from another network',
  explanation:
    'sendIMSI turns a telephone number into the IMSI that further attacks need; sendIdentification hands over the IMSI and authentication vectors of a temporary identity, as does sendParameters in the first phase, and Multimedia-Auth for calls by IP. The first is for operation and maintenance inside a network, the next for visitor registers side by side, the last for an operator’s own call servers (3GPP TS 29.002 §9.2.1, §8.1.4, TS 29.228 §6.3.1).',
  techniques: ['MOT5019.302', 'MOT3003.301', 'MOT3003.302', 'FGT5019.005'],
  benign: ['Visitor registers of neighbouring networks that share a border or a location area by agreement.'],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['sendIMSI', 'sendIdentification', 'Multimedia-Auth', 'sendParameters'],
  kinds: ['invoke', 'request'],
  example:
    '467017406014 in Sweden sends sendIMSI about one of our numbers to our home location register, and is told the IMSI.',
  thresholds: [],
  detect(event, network) {
    // a serving network may ask the home register so
    if (event.operation === 'sendParameters' && policyOf(network).categoryOf(event) !== '1') return null
    return judgeInternalOnly(event, network, 'asks who a subscriber is')
  },
})
