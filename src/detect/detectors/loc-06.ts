import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const diameterLocationService = defineDetector({
  id: 'LOC-06',
  version: 1,
  class: 'location',
  severity: 'high',
  title: 'Location service request over Diameter from another network',
  explanation:
    'Provide-Location (SLg) makes an MME measure where a phone is, LCS-Routing-Info (SLh) asks a home register which node serves it, and Location-Report hands a position over. Between networks all three need a location service agreement (3GPP TS 29.172 §5, TS 29.173 §5, TS 23.271 §9).',
  techniques: ['MOT5012.501', 'MOT3003.302', 'FGT5012.008', 'FGT5012.004'],
  benign: [
    'A location service roaming agreement: write it into network.yaml, under policy or exceptions.',
    'A location request for an emergency call or rescue.',
  ],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['Provide-Location', 'Location-Report', 'LCS-Routing-Info'],
  kinds: ['invoke', 'request'],
  example:
    'gmlc.epc.mnc045.mcc001.3gppnetwork.org sends LCS-Routing-Info to our HSS about one of our numbers, and Provide-Location to the MME it was told.',
  thresholds: [],
  detect: (event, network) => judgeInternalOnly(event, network, 'asks for a position as a location service would'),
})
