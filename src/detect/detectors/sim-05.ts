import { USIM_DATA_DOWNLOAD } from '../../signalling/sms/protocol-identifier.ts'
import type { SmsTpdu } from '../../signalling/sms/tpdu.ts'
import { defineDetector, unavailable } from '../detector.ts'
import { FORWARD_SM, forwardedMessage, isRequest, smSenderOf } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, packetConfidence, receiverWords, senderWords, UNREADABLE } from '../sim-packet.ts'

export const disguisedSimCommand = defineDetector({
  id: 'SIM-05',
  version: 1,
  class: 'sim',
  severity: 'high',
  title: 'SIM command packet under headers that hide it',
  explanation:
    'A command packet belongs under protocol identifier 7F, 8-bit data of class 2, and the element 70 in the user data header (3GPP TS 31.115 §4, TS 23.040 §9.2.3.9, TS 23.038 §4). Filters look for just these; some SIMs take the packet under other headers as well, so that who writes others may mean to pass unseen.',
  techniques: ['MOT3005.301', 'MOT3003.301'],
  benign: ['Test tools.', 'An over-the-air platform with headers of its own at a supplier’s service centre.'],
  unavailable: [
    HEADERS_UNAVAILABLE,
    'Whose the sender or the IMSI is, where the packet is known by its structure alone.',
  ],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example: 'A delivery under protocol identifier 00 and data coding 00 carries a command packet for TAR 505348.',
  detect(event, network) {
    if (!isRequest(event)) return null
    const tpdu = forwardedMessage(event)
    if (tpdu === null) return UNREADABLE
    if (tpdu.command === null) return null
    const odd = oddHeaders(tpdu)
    if (odd.length === 0) return 'pass'
    const sender = smSenderOf(event, network)
    if (sender === 'home') return 'pass'
    const isSure = tpdu.command.recognisedBy !== 'structure'
    if (sender === 'unknown' && !isSure) return unavailable('whether the sender is the operator of the SIM is unknown')
    return {
      outcome: 'fail',
      why: `${senderWords(event, network, sender)} a SIM command packet (TAR ${tpdu.command.tar}) with ${odd.join(', ')} to ${receiverWords(event, sender)}`,
      confidence: packetConfidence(event, network, sender, isSure ? 0.9 : 0.75),
    }
  },
})

/** What of the headers is not as a command packet's. */
function oddHeaders({ pid, dcs, binary, messageClass, command }: SmsTpdu): string[] {
  const odd: string[] = []
  if (pid !== USIM_DATA_DOWNLOAD) odd.push(`protocol identifier ${hex(pid)}`)
  if (!binary || messageClass !== 2) odd.push(`data coding ${hex(dcs)}`)
  if (command !== null && command.recognisedBy !== 'udh') odd.push('no element that declares it')
  return odd
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0').toUpperCase()
}
