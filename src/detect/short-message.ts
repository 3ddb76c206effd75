import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import type { Network } from '../network/network.ts'
import { sameOperator } from '../network/resolution.ts'
import type { SmsTpdu } from '../signalling/sms/tpdu.ts'
import { isTitleOfHomeOperator } from './perimeter.ts'

/** Questions about forwarded short messages, alike over MAP and Diameter. */

/** Operations that carry a short message. Source: 3GPP TS 29.002 §12.2, §12.9; TS 29.338 §6.2. */
export const FORWARD_SM = [
  'mt-ForwardSM',
  'mo-ForwardSM',
  'MT-Forward-Short-Message',
  'MO-Forward-Short-Message',
] as const

/** Operations that ask where to deliver one. Source: 3GPP TS 29.002 §12.1; TS 29.338 §5.2. */
export const SM_ROUTING = ['sendRoutingInfoForSM', 'Send-Routing-Info-for-SM'] as const

/** Who sent a message: the network that issued the receiver's SIM, another one, or a phone. */
export type SmSender = 'home' | 'other' | 'phone' | 'unknown'

export function isRequest({ kind }: SignallingEvent): boolean {
  return kind === 'invoke' || kind === 'request'
}

/** The headers of the message that a request forwards; null for any other event, or where they could not be read. */
export function forwardedMessage(event: SignallingEvent): SmsTpdu | null {
  return isRequest(event) ? (event.sms?.tpdu ?? null) : null
}

const FORWARD_SM_NAMES: ReadonlySet<string | null> = new Set<string | null>(FORWARD_SM)

export function isForwardSm({ operation }: SignallingEvent): boolean {
  return FORWARD_SM_NAMES.has(operation)
}

export function isSmRouting({ operation }: SignallingEvent): boolean {
  return operation === 'sendRoutingInfoForSM' || operation === 'Send-Routing-Info-for-SM'
}

/**
 * Whether a forwarded message goes towards the phone: by its own type, else by its operation; phases 1 and 2 have one
 * operation for both directions, told apart by whom it names (GSM 09.02).
 */
export function isTowardsPhone(event: SignallingEvent): boolean {
  const type = event.sms?.tpdu?.type
  if (type !== undefined) return type === 'deliver' || type === 'statusReport'
  if (event.operation === 'mo-ForwardSM') return event.imsi !== null && event.msisdn === null
  return event.operation === 'mt-ForwardSM' || event.operation === 'MT-Forward-Short-Message'
}

/**
 * Who sent a forwarded message. A router of the home may deliver for others, so that the service centre named must be of
 * the home as well as the sender's address.
 */
export function smSenderOf(event: SignallingEvent, network: Network): SmSender {
  if (!isTowardsPhone(event)) return 'phone'
  const bySource = isSourceHomeOfSubscriber(event, network)
  const byCentre = isTitleOfHomeOperator(event.nodeAddress, event.subjectImsi, network)
  if (bySource === false || byCentre === false) return 'other'
  return bySource === true ? 'home' : 'unknown'
}

/** Whether the address an event comes from is of the network that issued the subscriber's IMSI. Null: it cannot be told. */
export function isSourceHomeOfSubscriber(event: SignallingEvent, network: Network): boolean | null {
  const { subjectImsi } = event
  if (event.protocol !== 'diameter') return isTitleOfHomeOperator(callingTitle(event), subjectImsi, network)
  const realm = event.originRealm ?? event.originHost
  if (realm === null || subjectImsi === null) return null
  const [oursSource, oursImsi] = [network.homeOfRealm(realm), network.homeOfImsi(subjectImsi)]
  if (oursSource !== null && oursImsi !== null && (oursSource || oursImsi)) return oursSource === oursImsi
  return sameOperator(network.operatorOfRealm(realm), network.operatorOfImsi(subjectImsi))
}

/** The text a sender is known by: its global title, point code or Diameter host. */
export function senderAddress(event: SignallingEvent): string {
  if (event.protocol === 'diameter') return event.originHost ?? event.originRealm ?? ''
  return event.callingGt ?? `pc ${event.opc}`
}
