import { defineDetector, unavailable } from '../detector.ts'
import { FORWARD_SM, forwardedMessage, isRequest, smSenderOf } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, packetConfidence, receiverWords, senderWords, UNREADABLE } from '../sim-packet.ts'
import { operatorWords } from '../words.ts'

export const foreignSimCommand = defineDetector({
  id: 'SIM-01',
  version: 1,
  class: 'sim',
  severity: 'critical',
  title: 'Command to a SIM from someone other than its operator',
  explanation:
    'A command packet in a short message is carried out by the SIM, not shown to anyone (3GPP TS 31.115 §4, TS 23.040 §9.2.3.24). Only the operator that issued the SIM has reason to send one; the sender’s address and the service centre are held against the network of the IMSI, and a phone that submits one is never in its right.',
  techniques: ['MOT5012', 'MOT3003.301'],
  benign: [
    'An over-the-air platform that the operator runs at a supplier’s service centre.',
    'Updates of a steering or multi-IMSI applet by the applet’s provider.',
    'A virtual operator whose host sends for it.',
  ],
  unavailable: [
    HEADERS_UNAVAILABLE,
    'Whose the sender, its service centre or the IMSI is: neither the network file nor public numbering tells.',
  ],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example:
    'The title 4670174061 delivers a message with a command packet to a SIM of a British network, whose own service centre is 447700900005.',
  detect(event, network) {
    if (!isRequest(event)) return null
    const tpdu = forwardedMessage(event)
    if (tpdu === null) return UNREADABLE
    if (tpdu.command === null) return null
    const sender = smSenderOf(event, network)
    if (sender === 'home') return 'pass'
    if (sender === 'unknown') return unavailable('whether the sender is the operator of the SIM is unknown')
    const issuer = sender === 'phone' ? '' : ` of ${operatorWords(network.operatorOfImsi(event.subjectImsi))}`
    return {
      outcome: 'fail',
      why: `${senderWords(event, network, sender)} a SIM command packet (TAR ${tpdu.command.tar}, security ${tpdu.command.securityLevel}) to ${receiverWords(event, sender)}${issuer}`,
      confidence: packetConfidence(event, network, sender, tpdu.command.recognisedBy === 'structure' ? 0.75 : 0.95),
    }
  },
})
