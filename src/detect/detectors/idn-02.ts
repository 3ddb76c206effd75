import { DELIVERY_OPERATIONS, DELIVERY_THRESHOLDS, DELIVERY_UNAVAILABLE, DeliveryWatch } from '../delivery-watch.ts'
import { defineDetector } from '../detector.ts'
import { SM_ROUTING } from '../short-message.ts'

export const routingWithoutDelivery = defineDetector({
  id: 'IDN-02',
  version: 1,
  class: 'identity',
  severity: 'medium',
  title: 'Routing request for a short message that no delivery follows',
  explanation:
    'Before a short message is delivered, sendRoutingInfoForSM or Send-Routing-Info-for-SM turns the number into the IMSI and the serving node. Sent alone it is the usual first step of an attack. A delivery to the IMSI that was answered must follow within seconds; reported are requests without one, where most of what the source asks has none (3GPP TS 29.002 §12.1, TS 23.040 §10, TS 29.338 §5.2.1).',
  techniques: ['MOT5019.302', 'MOT5019.303', 'MOT3003.301', 'MOT3003.302', 'FGT5019.005'],
  benign: [
    'A number look-up service for business messages, which asks whether a number is in use.',
    'A delivery that took another way than the captured links.',
    'A service centre whose delivery failed before it was sent.',
  ],
  unavailable: DELIVERY_UNAVAILABLE,
  operations: DELIVERY_OPERATIONS,
  answersOf: SM_ROUTING,
  example:
    '467017406005 in Sweden asks for the routing of a short message to forty of our numbers within an hour, and delivers to none.',
  thresholds: DELIVERY_THRESHOLDS,
  start(context) {
    const watch = new DeliveryWatch(context, 'IDN-02', 'was told who and where it is, and delivered none')
    return (event) => watch.take(event)
  },
})
