import { at, u16At } from '../bytes/at.ts'
import { undecoded } from './disposition.ts'
import type { IpHeader } from './ip-header.ts'
import { skipExtensionHeaders } from './ipv6.ts'
import type { Disposition } from './payload.ts'

const AUTHENTICATION_HEADER = 51

const SHORT = undecoded('ipv4', 'truncated header')
const WRONG_VERSION = undecoded('ipv4', 'unknown IP version')
const BAD_HEADER_LENGTH = undecoded('ipv4', 'impossible header length')
const BAD_TOTAL_LENGTH = undecoded('ipv4', 'impossible total length')

/**
 * Decodes the IPv4 header in `bytes[start, end)`. A total length below the captured length cuts off padding; above it, or
 * 0 (segmentation left to the network card), the payload is what was captured. The checksum is not verified: cards fill it.
 * Source: RFC 791 §3.1.
 * @returns null with `into` filled, or what to say of a packet that cannot be read. Never throws.
 */
export function decodeIpv4(bytes: Uint8Array, start: number, end: number, into: IpHeader): Disposition | null {
  if (end - start < 20) return SHORT
  const first = at(bytes, start)
  if (first >> 4 !== 4) return WRONG_VERSION
  const headerLength = (first & 0x0f) * 4
  if (headerLength < 20) return BAD_HEADER_LENGTH
  if (headerLength > end - start) return SHORT
  const announced = u16At(bytes, start + 2)
  const totalLength = announced === 0 ? end - start : announced
  if (totalLength < headerLength) return BAD_TOTAL_LENGTH
  const flags = u16At(bytes, start + 6)
  into.version = 4
  into.addressOffset = start + 12
  into.protocol = at(bytes, start + 9)
  into.payloadStart = start + headerLength
  into.cut = totalLength > end - start
  into.payloadEnd = into.cut ? end : start + totalLength
  into.fragment = (flags & 0x3fff) !== 0
  into.fragmentOffset = (flags & 0x1fff) * 8
  into.moreFragments = (flags & 0x2000) !== 0
  into.identification = u16At(bytes, start + 4)
  return into.protocol === AUTHENTICATION_HEADER && !into.fragment ? skipExtensionHeaders(bytes, into) : null
}
