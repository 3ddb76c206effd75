import { isIPv4, isIPv6 } from 'node:net'
import type { ObservedSource } from '../../campaign/observation.ts'
import type { AddressKind } from '../tally.ts'
import { observableId } from './stix-id.ts'

/** An address of a source as a STIX cyber-observable. */
export interface Observable {
  readonly type: 'global-title' | 'domain-name' | 'ipv4-addr' | 'ipv6-addr' | 'signalling-point-code'
  readonly id: string
  readonly value: string | number
}

export const ADDRESS_KINDS = ['gt', 'host', 'realm', 'ip', 'opc'] as const satisfies readonly AddressKind[]

/** Digits of Q.713 §3.4.2.3.1, where 11 to 15 are codes and spare. */
const TITLE = /^[0-9A-Fa-f]{1,32}$/
/** Letters, digits, hyphens and underscores in labels of up to 63, 253 in all (RFC 1035 §2.3.4, RFC 2181 §11). */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/
const LARGEST_POINT_CODE = 0xff_ffff

/**
 * One address of a source as an observable, in the one form that gives one id: host names in lower case, IPv6 addresses
 * as RFC 5952 writes them.
 * @returns null where there is none, or what the message carried is no such address.
 */
export function observableOf(source: ObservedSource, kind: AddressKind): Observable | null {
  const value = source[kind]
  if (value === null) return null
  if (typeof value === 'number') {
    const isCode = Number.isInteger(value) && value >= 0 && value <= LARGEST_POINT_CODE
    return isCode ? observable('signalling-point-code', value) : null
  }
  if (kind === 'gt') return TITLE.test(value) ? observable('global-title', value.toUpperCase()) : null
  if (kind === 'ip') return ipObservable(value)
  const name = value.toLowerCase().replace(/\.$/, '')
  return DOMAIN.test(name) ? observable('domain-name', name) : null
}

function ipObservable(value: string): Observable | null {
  if (isIPv4(value)) return observable('ipv4-addr', value)
  if (!isIPv6(value) || value.includes('%')) return null
  // the URL parser writes the form of RFC 5952, in brackets
  return observable('ipv6-addr', new URL(`http://[${value}]/`).hostname.slice(1, -1))
}

function observable(type: Observable['type'], value: string | number): Observable {
  return { type, id: observableId(type, value), value }
}
