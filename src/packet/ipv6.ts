import { at, u16At, u32At } from '../bytes/at.ts'
import { undecoded } from './disposition.ts'
import type { IpHeader } from './ip-header.ts'
import type { Disposition } from './payload.ts'

const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const DESTINATION_OPTIONS = 60

const SHORT = undecoded('ipv6', 'truncated header')
const SHORT_EXTENSION = undecoded('ipv6', 'truncated extension header')
const WRONG_VERSION = undecoded('ipv6', 'unknown IP version')

/**
 * Decodes the IPv6 header and its extension headers in `bytes[start, end)`, up to a fragment header or the payload. A
 * payload length of 0 (jumbogram, or segmentation left to the network card) means what was captured.
 * Source: RFC 8200 §3 and §4.
 * @returns null with `into` filled, or what to say of a packet that cannot be read. Never throws.
 */
export function decodeIpv6(bytes: Uint8Array, start: number, end: number, into: IpHeader): Disposition | null {
  if (end - start < 40) return SHORT
  if (at(bytes, start) >> 4 !== 6) return WRONG_VERSION
  const announced = u16At(bytes, start + 4)
  const available = end - start - 40
  const payloadLength = announced === 0 ? available : announced
  into.version = 6
  into.addressOffset = start + 8
  into.protocol = at(bytes, start + 6)
  into.payloadStart = start + 40
  into.cut = payloadLength > available
  into.payloadEnd = into.cut ? end : start + 40 + payloadLength
  return skipExtensionHeaders(bytes, into)
}

/**
 * Steps from the header `into.protocol` at `into.payloadStart` over extension headers, to a fragment's data or to the
 * payload. Every round eats 8 octets or more, so the packet bounds the loop.
 * Source: RFC 8200 §4.1 to §4.6; RFC 4302 §2.2 (its length counts 4 octets).
 * @returns null with `into` brought up to date, or a disposition when a header is cut. Never throws.
 */
export function skipExtensionHeaders(bytes: Uint8Array, into: IpHeader): Disposition | null {
  into.fragment = false
  for (;;) {
    const start = into.payloadStart
    const protocol = into.protocol
    const known =
      protocol === HOP_BY_HOP ||
      protocol === ROUTING ||
      protocol === FRAGMENT ||
      protocol === AUTHENTICATION ||
      protocol === DESTINATION_OPTIONS
    if (!known) return null
    if (start + 8 > into.payloadEnd) return SHORT_EXTENSION
    const unit = at(bytes, start + 1)
    const length = protocol === FRAGMENT ? 8 : protocol === AUTHENTICATION ? (unit + 2) * 4 : (unit + 1) * 8
    if (start + length > into.payloadEnd) return SHORT_EXTENSION
    into.protocol = at(bytes, start)
    into.payloadStart = start + length
    if (protocol !== FRAGMENT) continue
    const offset = u16At(bytes, start + 2)
    into.fragmentOffset = offset & 0xfff8
    into.moreFragments = (offset & 1) === 1
    into.identification = u32At(bytes, start + 4)
    into.fragment = into.fragmentOffset !== 0 || into.moreFragments
    if (into.fragment) return null // an atomic fragment (RFC 6946) is the whole datagram
  }
}
