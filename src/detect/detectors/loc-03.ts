import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'

export const provideSubscriberLocation = defineDetector({
  id: 'LOC-03',
  version: 2,
  class: 'location',
  severity: 'high',
  title: 'Location service request from another network',
  explanation:
    'provideSubscriberLocation asks a serving node to measure where a phone is; sendRoutingInfoForLCS asks which node serves it, and subscriberLocationReport hands a position over. Between networks all three need a location service agreement (3GPP TS 29.002 §13A, TS 23.271 §9).',
  techniques: ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'FGT5012.004', 'T1430.002'],
  benign: ['A location service roaming agreement.', 'A location request for an emergency call or rescue.'],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['provideSubscriberLocation', 'sendRoutingInfoForLCS', 'subscriberLocationReport'],
  kinds: ['invoke', 'request'],
  example:
    '467017406017 in Sweden asks our home location register by sendRoutingInfoForLCS which switch serves a number, and that switch by provideSubscriberLocation for its position.',
  thresholds: [],
  detect: (event, network) =>
    judgeInternalOnly(
      event,
      network,
      event.operation === 'subscriberLocationReport'
        ? 'hands a position over as a location service would'
        : 'asks for a position as a location service would',
    ),
})
