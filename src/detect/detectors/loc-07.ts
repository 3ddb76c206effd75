import { judgeInternalOnly } from '../category.ts'
import { DELIVERY_OPERATIONS, DELIVERY_THRESHOLDS, DELIVERY_UNAVAILABLE, DeliveryWatch } from '../delivery-watch.ts'
import { defineDetector } from '../detector.ts'
import { isSmRouting, SM_ROUTING } from '../short-message.ts'

export const registerLocationRead = defineDetector({
  id: 'LOC-07',
  version: 3,
  class: 'location',
  severity: 'medium',
  title: 'Location read from the home register over Diameter by another network',
  explanation:
    'User-Data (Sh) lets an application server read from the HSS where a phone is; it is for servers of the operator itself, as is Configuration-Information (S6m, S6t), which has the HSS report where a device is, and Location-Info and User-Authorization (Cx), which name the call server that serves a user. Send-Routing-Info-for-SM (S6c) names the node that serves a phone, for a short message that is about to be delivered there: reported where it comes from another network and no delivery follows (3GPP TS 29.328 §6.1.1, §7.6.6, TS 29.228 §6.1.1, §6.1.4, TS 29.336 §5.2.1, §6.2.3, TS 29.338 §5.2.1).',
  techniques: ['MOT5012.501', 'MOT3003.302', 'FGT5012.008', 'FGT5020'],
  benign: [
    'An IP short message gateway or application server that a partner runs by agreement.',
    'A service centre whose delivery failed before it was sent.',
  ],
  unavailable: DELIVERY_UNAVAILABLE,
  operations: [
    'User-Data',
    'Configuration-Information',
    'Location-Info',
    'User-Authorization',
    'Send-Routing-Info-for-SM',
    ...DELIVERY_OPERATIONS.filter((name) => !isDiameterRouting(name)),
  ],
  answersOf: SM_ROUTING,
  example:
    'as01.ims.mnc045.mcc001.3gppnetwork.org sends User-Data with the data reference LocationInformation about one of our numbers to our HSS.',
  thresholds: DELIVERY_THRESHOLDS,
  start(context) {
    const watch = new DeliveryWatch(context, 'LOC-07', 'learnt where it is served, and delivered none')
    return (event) => {
      if (event.operation === 'Configuration-Information') {
        return judgeInternalOnly(event, context.network, 'has its home register report on it')
      }
      if (event.operation === 'Location-Info' || event.operation === 'User-Authorization') {
        return judgeInternalOnly(event, context.network, 'asks its home register which server serves it')
      }
      if (event.operation === 'User-Data') {
        return event.locationWanted
          ? judgeInternalOnly(event, context.network, 'asks its home register where it is')
          : null
      }
      // short messages over MAP are judged by IDN-02
      return isSmRouting(event) && event.protocol !== 'diameter' ? null : watch.take(event)
    }
  },
})

function isDiameterRouting(name: string): boolean {
  return name === 'Send-Routing-Info-for-SM'
}
