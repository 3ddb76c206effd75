import { defineDetector } from '../detector.ts'
import { FORWARD_SM, forwardedMessage, isRequest, smSenderOf } from '../short-message.ts'
import { HEADERS_UNAVAILABLE, packetConfidence, receiverWords, senderWords, UNREADABLE } from '../sim-packet.ts'

/** Commands that reach out of the phone, which a stranger has no reason to give. Source: ETSI TS 102 223 §9.4. */
const REACHING_OUT: ReadonlySet<string> = new Set([
  'setUpCall',
  'sendSs',
  'sendUssd',
  'sendShortMessage',
  'sendDtmf',
  'launchBrowser',
  'openChannel',
  'sendData',
  'runAtCommand',
])

export const tellTaleSimScript = defineDetector({
  id: 'SIM-04',
  version: 1,
  class: 'sim',
  severity: 'critical',
  title: 'Message that has the SIM read out the phone and report it',
  explanation:
    'Unsecured data for a SIM that asks the phone for its position or identity (PROVIDE LOCAL INFORMATION) and then sends a short message or opens a connection (3GPP TS 31.111 §6.6, ETSI TS 102 223 §6.4) reports the phone to somebody, unseen. Only the structure of the commands is looked at, not their texts or addresses.',
  techniques: ['MOT5012', 'MOT5012.501', 'T1430.002'],
  benign: ['A location service of the operator itself that was never secured.'],
  unavailable: [HEADERS_UNAVAILABLE],
  operations: FORWARD_SM,
  kinds: ['invoke', 'request'],
  example:
    'A message for the S@T browser holds PROVIDE LOCAL INFORMATION for location and IMEI, and behind them SEND SHORT MESSAGE.',
  detect(event, network) {
    if (!isRequest(event)) return null
    const tpdu = forwardedMessage(event)
    if (tpdu === null) return UNREADABLE
    const { commands } = tpdu
    if (commands.length === 0) return null
    const sender = smSenderOf(event, network)
    const asks = commands.find((name) => name.startsWith('provideLocalInformation'))
    const sends = commands.find((name) => REACHING_OUT.has(name))
    const isPair = asks !== undefined && sends !== undefined
    // one command alone is what services of an operator are made of
    if (!isPair && (sends === undefined || sender === 'home' || sender === 'unknown')) return 'pass'
    const pattern = isPair ? (sender === 'home' ? 0.6 : 0.95) : 0.7
    return {
      outcome: 'fail',
      why: `${senderWords(event, network, sender)} unsecured commands for the SIM (${[...new Set(commands)].join(', ')}) to ${receiverWords(event, sender)}`,
      confidence: packetConfidence(event, network, sender, pattern),
    }
  },
})
