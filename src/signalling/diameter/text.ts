import { at } from '../../bytes/at.ts'
import { OctetCache } from '../../bytes/octet-cache.ts'
import { LIMITS } from '../../limits.ts'
import { formatIpv4, formatIpv6 } from '../../packet/address.ts'
import type { AnomalyList } from '../anomaly.ts'

/** Names and identities kept; a network's signalling names some thousand hosts. */
const SLOTS = 1 << 13
/** Octets of the longest text that is kept. */
const LONGEST = 128

const cache = new OctetCache<string>(SLOTS, LONGEST)

// A view of the last buffer: making one a text costs as much as the text.
let viewed: Uint8Array = new Uint8Array(0)
let view: Buffer = Buffer.alloc(0)

function viewOf(bytes: Uint8Array): Buffer {
  if (bytes !== viewed) {
    viewed = bytes
    view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  return view
}

/**
 * Text of `bytes[start, end)`, UTF-8, cut at LIMITS.diameterTextBytes. Source: RFC 6733 §4.3.1 UTF8String.
 * @returns '' for none; what is no UTF-8 becomes the replacement character. Never throws.
 */
export function decodeText(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string {
  let stop = end
  if (end - start > LIMITS.diameterTextBytes) {
    anomalies.add('overlongText')
    stop = start + LIMITS.diameterTextBytes
  }
  // UTF-8 when no encoding is named, which is not looked up then
  return viewOf(bytes).toString(undefined, start, stop)
}

/** As `decodeText`, for texts that come again: the string is shared. */
export function decodeName(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string {
  const known = cache.find(bytes, start, end, 0)
  if (known !== undefined) return known
  const text = decodeText(bytes, start, end, anomalies)
  cache.keep(text)
  return text
}

const IMSI_BYTES = 15

/**
 * An IMSI in characters, 15 decimal digits; null for anything else. Subscribers are many: making the text costs less than
 * looking for it, and leaves the cache to the hosts.
 */
export function decodeImsiText(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start !== IMSI_BYTES || end > bytes.length) return null
  for (let i = start; i < end; i++) if (at(bytes, i) < 0x30 || at(bytes, i) > 0x39) return null
  return String.fromCharCode(
    at(bytes, start),
    at(bytes, start + 1),
    at(bytes, start + 2),
    at(bytes, start + 3),
    at(bytes, start + 4),
    at(bytes, start + 5),
    at(bytes, start + 6),
    at(bytes, start + 7),
    at(bytes, start + 8),
    at(bytes, start + 9),
    at(bytes, start + 10),
    at(bytes, start + 11),
    at(bytes, start + 12),
    at(bytes, start + 13),
    at(bytes, start + 14),
  )
}

const hosts = new OctetCache<string>(SLOTS, LONGEST)

/** A host or realm; characters that no name has are named, and the text kept: it is what the sender calls itself. */
export function decodeHost(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string {
  const known = hosts.find(bytes, start, end, 0)
  if (known !== undefined) return known
  const name = decodeText(bytes, start, end, anomalies)
  // only good names are kept, so that one found needs no look at its characters
  if (HOST.test(name)) hosts.keep(name)
  else if (name !== '') anomalies.add('nonAsciiName')
  return name
}

const HOST = /^[\w.:-]+$/
const NAME = /^[\w.:;=@+!%/-]+$/

/** Tells whether a text holds only what a host, realm, URI or number is made of. */
export function isPlainName(text: string): boolean {
  return NAME.test(text)
}

/**
 * A name that stands for an address: as `decodeName`, but null for one with characters that no name has.
 * Source: RFC 6733 §4.3.1 DiameterIdentity and DiameterURI.
 */
export function decodePlainName(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  if (start >= end) return null
  const text = decodeName(bytes, start, end, anomalies)
  if (isPlainName(text)) return text
  anomalies.add('nonAsciiName')
  return null
}

const FAMILY_IPV4 = 1
const FAMILY_IPV6 = 2

/** Value of type Address as text: IPv4 or IPv6, null for any other family. Source: RFC 6733 §4.3.1. */
export function decodeAddress(bytes: Uint8Array, start: number, end: number): string | null {
  const family = (at(bytes, start) << 8) | at(bytes, start + 1)
  if (family === FAMILY_IPV4 && end - start === 6) return formatIpv4(bytes, start + 2)
  if (family === FAMILY_IPV6 && end - start === 18) return formatIpv6(bytes, start + 2)
  return null
}
