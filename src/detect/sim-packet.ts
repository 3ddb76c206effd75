import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import type { ToolkitApplicationName } from '../signalling/sms/toolkit-applications.ts'
import { type Confidence, confidence } from './confidence.ts'
import { unavailable, type Verdict } from './detector.ts'
import { confidenceOf, sourceOperator } from './perimeter.ts'
import { forwardedMessage, isRequest, type SmSender, smSenderOf } from './short-message.ts'
import { sourceWords, subjectWords } from './words.ts'

/** What the detectors of SIM command packets share. */

/** Said by all of them, in `unavailable`. */
export const HEADERS_UNAVAILABLE = 'The headers of the message: they could not be read.'
export const UNREADABLE = unavailable('the headers of the message could not be read')

/** An unsecured command packet to a browser on the SIM, from anybody but the SIM's own operator. */
export function judgeBrowserPacket(
  event: SignallingEvent,
  network: Network,
  applications: readonly ToolkitApplicationName[],
  browser: string,
): Verdict {
  if (!isRequest(event)) return null
  const tpdu = forwardedMessage(event)
  if (tpdu === null) return UNREADABLE
  const { command } = tpdu
  if (command === null || command.application === null || !applications.includes(command.application)) return null
  if (command.securityLevel !== 'none') return 'pass'
  const sender = smSenderOf(event, network)
  // a service of the operator's own that was never secured
  if (sender === 'home') return 'pass'
  return {
    outcome: 'fail',
    why: `${senderWords(event, network, sender)} a command packet for the ${browser} (TAR ${command.tar}) without any security to ${receiverWords(event, sender)}`,
    confidence: packetConfidence(event, network, sender, command.recognisedBy === 'structure' ? 0.8 : 1),
  }
}

/** `… sent`, or `a phone served by … submitted`. */
export function senderWords(event: SignallingEvent, network: Network, sender: SmSender): string {
  const source = sourceWords(event, network)
  return sender === 'phone' ? `a phone served by ${source} submitted` : `${source} sent`
}

/** The receiver: the subscriber, or whomever a phone's message is for. */
export function receiverWords(event: SignallingEvent, sender: SmSender): string {
  return sender === 'phone' ? 'another phone' : subjectWords(event)
}

export function packetConfidence(
  event: SignallingEvent,
  network: Network,
  sender: SmSender,
  pattern: number,
): Confidence {
  // what a message is does not depend on whose the addresses are, unless the SIM's own operator may have sent it
  if (sender === 'phone') return confidence({ pattern })
  if (sender === 'unknown') return confidence({ operator: 0.65, pattern })
  const operator = confidenceOf(sourceOperator(event, network), network.operatorOfImsi(event.subjectImsi))
  return confidence({ operator: Math.max(0.75, operator), pattern })
}
