import { isRequest, judgeInternalOnly } from '../category.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { isFromOperatorOf } from '../perimeter.ts'

const TRACES = ['activateTraceMode', 'deactivateTraceMode'] as const
const TRACE: ReadonlySet<string | null> = new Set<string | null>(TRACES)

export const anyTimeModification = defineDetector({
  id: 'INT-07',
  version: 3,
  class: 'interception',
  severity: 'critical',
  title: 'Profile change or trace from another network',
  explanation:
    'anyTimeModification writes to a subscriber’s profile in the home location register: call forwarding, barring, service state; Profile-Update does so in the home subscriber server, Push-Profile in a call server, and noteSubscriberDataModified tells a service platform of a change. Only the operator’s own nodes have a reason to. activateTraceMode makes a node record what a phone does; the subscriber’s home may ask for it (3GPP TS 29.002 §8.11.4, §8.11.5, §9.1, TS 29.329 §6.1.3, TS 29.228 §6.2.2).',
  techniques: ['MOT1565.001', 'MOT3003.301', 'MOT3003.302', 'FGT5022'],
  benign: ['A platform of the operator itself that is hosted abroad or behind a hub’s address.'],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
    'Who has a phone traced: the request names no subscriber, or neither numbering nor the network file tells whose it is.',
  ],
  operations: ['anyTimeModification', 'noteSubscriberDataModified', 'Profile-Update', 'Push-Profile', ...TRACES],
  kinds: ['invoke', 'request'],
  example: '467017406016 in Sweden sends 447700900010 an anyTimeModification that forwards a British phone’s calls.',
  detect(event, network) {
    const isTrace = TRACE.has(event.operation)
    if (isTrace && isRequest(event)) {
      const isHome = isFromOperatorOf(event, event.subjectImsi, network)
      if (isHome === true) return 'pass'
      if (isHome === null) return unavailable('the operator of the source or of the subscriber is unknown')
    }
    const does = isTrace
      ? 'has a phone traced, or no longer'
      : 'changes what only the subscriber’s own operator may change'
    return judgeInternalOnly(event, network, does)
  },
})
