import { judgeInternalOnly } from '../category.ts'
import { defineDetector } from '../detector.ts'
import { judgeServingOnly } from '../serving-check.ts'

/** What User-Data may ask that is no profile: it is LOC-07's. */
const LOCATION: ReadonlySet<string> = new Set([
  'locationInformation',
  'referenceLocationInformation',
  'currentLocation',
  'userState',
])

export const foreignProfileRead = defineDetector({
  id: 'IDN-05',
  version: 2,
  class: 'identity',
  severity: 'medium',
  title: 'Profile read by a network that does not serve the subscriber',
  explanation:
    'restoreData makes the home register send a subscriber’s whole profile to a visitor register that lost it: only the one that serves the phone has a reason to. interrogateSS reads where calls are forwarded, as the subscriber may ask through it. anyTimeSubscriptionInterrogation, User-Data and Server-Assignment read a profile for platforms and call servers of the operator itself. The sender is held against the network whose registration was accepted last, or against the register’s own (3GPP TS 29.002 §8.10.3, §8.11.3, §11.5, TS 29.328 §6.1.1, TS 29.228 §6.1.2, TS 29.336 §5.2.2).',
  techniques: ['MOT5019.302', 'MOT3003.301', 'MOT3003.302', 'FGT5020'],
  benign: [
    'A visitor register that restarts, for subscribers whose registration was not captured.',
    'An application server or platform that a partner runs by agreement.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it is masked.',
    'Where the subscriber is served: no accepted registration was seen yet.',
    'Whose the sender or the serving node is: neither the network file nor public numbering tells.',
  ],
  operations: [
    'restoreData',
    'anyTimeSubscriptionInterrogation',
    'User-Data',
    'Subscribe-Notifications',
    'Subscriber-Information',
    'Server-Assignment',
    'interrogateSS',
  ],
  example: 'A phone is registered at 33639981011 in France, and 467017406011 in Sweden sends restoreData for it.',
  thresholds: [],
  start: (context) => (event) => {
    if (event.operation === 'restoreData') return judgeServingOnly(event, context, 'makes the home send the profile')
    if (event.operation === 'interrogateSS') return judgeServingOnly(event, context, 'reads where calls are forwarded')
    const { requested } = event.detail
    if (event.operation === 'User-Data' && event.locationWanted && requested.every((name) => LOCATION.has(name)))
      return null
    return judgeInternalOnly(event, context.network, 'reads a profile as only its own operator may')
  },
})
