import type { SignallingEvent } from '../event/signalling-event.ts'
import type { Network } from '../network/network.ts'
import type { Resolution } from '../network/resolution.ts'
import { plmnOfRealm } from '../numbering/realm.ts'
import { sourceOperator } from './perimeter.ts'
import type { Subscribers } from './state/subscribers.ts'

/** Keys under which detectors count: opaque, never shown. */

/**
 * Whom an event is about: one key for one subscriber, whether named by IMSI or by number, as far as an answer once told the
 * two together. A pseudonym in place of an identity serves as well. Null when nobody is named.
 */
export function subjectKey(event: SignallingEvent, subscribers: Subscribers | null): string | null {
  if (event.subjectImsi !== null) return event.subjectImsi
  const { subjectMsisdn } = event
  if (subjectMsisdn !== null) return subscribers?.imsiOf(subjectMsisdn) ?? `+${subjectMsisdn}`
  return event.userName
}

/** The event without its subscriber: what a source does to many at once is one finding, about none of them. */
export function withoutSubject(event: SignallingEvent): SignallingEvent {
  return { ...event, subjectImsi: null, subjectMsisdn: null }
}

/** The address an event comes from. */
export function sourceKey(event: SignallingEvent): string {
  if (event.protocol === 'diameter') return event.originHost ?? event.originRealm ?? ''
  if (event.protocol === 'gtpv1' || event.protocol === 'gtpv2') return event.srcIp ?? ''
  return event.callingGt ?? `pc ${event.opc}`
}

/** The operator an event comes from, where the network file or the public list names it; else its address or realm. */
export function sourceOperatorKey(event: SignallingEvent, network: Network): string {
  const { operator, country } = sourceOperator(event, network)
  if (operator !== null) return `${operator} ${country}`
  return event.protocol === 'diameter' ? (event.originRealm ?? sourceKey(event)) : sourceKey(event)
}

/** Whether an event comes from a network that numbering knows, and the network file, which lists partners, does not. */
export function isFromStranger(event: SignallingEvent, network: Network): boolean {
  if (network.home === null || network.partners === 0) return false
  const { method } = sourceOperator(event, network)
  if (method !== 'unknown') return method === 'public numbering'
  const realm = event.originRealm ?? event.originHost
  return realm !== null && plmnOfRealm(realm) !== null
}

/** Whether the network file names the operator, as home or as a partner. */
export function isNamed({ method }: Resolution): boolean {
  return method !== 'unknown' && method !== 'public numbering'
}
