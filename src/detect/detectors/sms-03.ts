import type { SmsTpdu } from '../../signalling/sms/tpdu.ts'
import { confidence } from '../confidence.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { confidenceOf, sourceOperator } from '../perimeter.ts'
import { FORWARD_SM, forwardedMessage, isRequest, isTowardsPhone, smSenderOf } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, UNREADABLE } from '../sim-packet.ts'
import { sourceWords, subjectWords } from '../words.ts'

export const silentMessage = defineDetector({
  id: 'SMS-03',
  version: 1,
  class: 'sms',
  severity: 'medium',
  title: 'Short message that the phone acknowledges and never shows',
  explanation:
    'A message of type 0 (protocol identifier 40) is thrown away by the phone once it is acknowledged (3GPP TS 23.040 §9.2.3.9); empty messages that only clear an indication or flash nothing are as quiet (TS 23.038 §4). Each makes the network page the phone, and tells the sender that it is on. Those of the subscriber’s own operator pass.',
  techniques: ['MOT5019.301', 'MOT3003.301', 'FGT5019.006'],
  benign: [
    'Presence probes of the operator or of a platform it hired.',
    'Lawful location by an authority.',
    'Machines that are woken up.',
  ],
  unavailable: [HEADERS_UNAVAILABLE, 'Whose the sender, its service centre or the IMSI is.'],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example: 'The title 4670174061 delivers a message with protocol identifier 40 to a British subscriber.',
  detect(event, network) {
    if (!isRequest(event) || !isTowardsPhone(event)) return null
    const tpdu = forwardedMessage(event)
    if (tpdu === null) return UNREADABLE
    const sign = silenceOf(tpdu)
    if (sign === null) return null
    const sender = smSenderOf(event, network)
    if (sender === 'home') return 'pass'
    if (sender !== 'other') return unavailable('whether the sender is the operator of the subscriber is unknown')
    const operator = confidenceOf(sourceOperator(event, network), network.operatorOfImsi(event.subjectImsi))
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${sign} to ${subjectWords(event)}, which the phone does not show`,
      confidence: confidence({ operator: Math.max(0.75, operator), pattern: tpdu.silent ? 0.95 : 0.75 }),
    }
  },
})

function silenceOf(tpdu: SmsTpdu): string | null {
  if (tpdu.silent) return 'a short message of type 0'
  if (tpdu.type !== 'deliver' || tpdu.lengthOctets > 0) return null
  if (tpdu.waiting?.discard === true && !tpdu.waiting.active) return 'an empty message waiting indication'
  return tpdu.messageClass === 0 ? 'an empty message of class 0' : null
}
