import { at } from '../../../bytes/at.ts'
import { OctetCache } from '../../../bytes/octet-cache.ts'
import { makeTbcd, readTbcd } from '../../../bytes/tbcd.ts'
import { formatIpv4, formatIpv6 } from '../../../packet/address.ts'
import type { AnomalyList } from '../../anomaly.ts'
import { decodeApn } from '../cap/values.ts'

/** Readers of the values that schemas name. Each takes content octets `bytes[start, end)`. */

/** Digits of a TBCD identity, with what is odd about them. @returns null for none. */
function decodeIdentity(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = makeTbcd(bytes, start, end)
  if (digits.afterFiller) anomalies.add('digitsAfterFiller')
  if (!digits.decimal) anomalies.add('nonDecimalDigits')
  return digits.text === '' ? null : digits.text
}

/** IMSI. Source: 3GPP TS 29.002 §17.7.8 (3 to 8 octets), TS 23.003 §2.2 (15 digits at most; 6 tell a network). */
export function decodeImsi(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = decodeIdentity(bytes, start, end, anomalies)
  if (digits !== null && (digits.length < 6 || digits.length > 15)) anomalies.add('identityLength')
  return digits
}

/** IMEI or IMEISV: 8 octets. Source: TS 29.002 §17.7.8. */
export function decodeImei(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = decodeIdentity(bytes, start, end, anomalies)
  if (digits !== null && end - start !== 8) anomalies.add('identityLength')
  return digits
}

/**
 * AddressString and ISDN-AddressString: one octet of nature and plan, then digits.
 * Source: TS 29.002 §17.7.8. @returns the digits without the nature octet, or null for none.
 */
export function decodeAddressString(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): string | null {
  if (end - start < 2) return null
  const digits = readTbcd(bytes, start + 1, end)
  if (digits.afterFiller) anomalies.add('digitsAfterFiller')
  return digits.text === '' ? null : digits.text
}

/** As `decodeAddressString`, the number of a subscriber. */
export function decodeMsisdn(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  if (end - start < 2) return null
  const digits = makeTbcd(bytes, start + 1, end)
  if (digits.afterFiller) anomalies.add('digitsAfterFiller')
  return digits.text === '' ? null : digits.text
}

/** Numbering plan of an AddressString: 1 E.164, 6 E.212 (land mobile). */
export function numberingPlan(bytes: Uint8Array, start: number): number {
  return at(bytes, start) & 15
}

/** Texts of IP addresses, by their octets; the longest has a leading octet of type and length. */
const ipTexts = new OctetCache<string>(1 << 12, 17)
const IPV4_BYTES = 4
const IPV6_BYTES = 16

/**
 * IP address of a GSN-Address (an octet of type and length, then the address; TS 23.003 §5.1) or a PDP-Address (the
 * address alone; TS 29.060 §7.7.27). @returns null where neither fits.
 */
export function formatIp(bytes: Uint8Array, start: number, end: number): string | null {
  const length = end - start
  const from = length === IPV4_BYTES + 1 || length === IPV6_BYTES + 1 ? start + 1 : start
  if (end > bytes.length || (end - from !== IPV4_BYTES && end - from !== IPV6_BYTES)) return null
  const known = ipTexts.find(bytes, start, end, 0)
  if (known !== undefined) return known
  const text = end - from === IPV4_BYTES ? formatIpv4(bytes, from) : formatIpv6(bytes, from)
  ipTexts.keep(text)
  return text
}

/** Octets of the longest DiameterIdentity or FQDN. Source: TS 29.002 §17.7.8. */
const LONGEST_NAME = 255
const names = new OctetCache<string>(1 << 11, LONGEST_NAME)

/**
 * Name of a host: a DiameterIdentity (text) or an FQDN, also in labels, each behind its length (TS 23.003 §19).
 * @returns octets that are no printable ASCII as `?`; null for none or one that is too long.
 */
export function decodeName(bytes: Uint8Array, start: number, end: number): string | null {
  if (end <= start || end > bytes.length || end - start > LONGEST_NAME) return null
  if (at(bytes, start) < 0x20) return decodeApn(bytes, start, end)
  const known = names.find(bytes, start, end, 0)
  if (known !== undefined) return known
  let text = ''
  for (let i = start; i < end; i++) {
    const octet = at(bytes, i)
    text += octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '?'
  }
  names.keep(text)
  return text
}

/** Octets of the longest LCS client name. Source: TS 29.002 §17.7.13 maxNameStringLength. */
const LONGEST_CLIENT = 63
/** Septets of the default alphabet that are ASCII characters in another place. Source: TS 23.038 §6.2.1. */
const MOVED = new Map<number, string>([
  [0x00, '@'],
  [0x02, '$'],
  [0x11, '_'],
])
const CARRIAGE_RETURN = 0x0d

/**
 * LCSClientName: a USSD string in the default alphabet, seven bits a character, as TS 29.002 §17.7.13 demands.
 * @returns characters outside ASCII as `?`; null for none or one that is too long.
 */
export function decodeClientName(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start > LONGEST_CLIENT) return null
  let text = ''
  const characters = Math.floor(((end - start) * 8) / 7)
  for (let i = 0; i < characters; i++) {
    const p = start + ((i * 7) >> 3)
    const pair = at(bytes, p) | (p + 1 < end ? at(bytes, p + 1) << 8 : 0)
    const septet = (pair >> ((i * 7) & 7)) & 0x7f
    // seven bits left over are a carriage return (TS 23.038 §6.1.2.3.1) or zeros
    if (i % 8 === 7 && i === characters - 1 && (septet === CARRIAGE_RETURN || septet === 0)) break
    text += isSameInAscii(septet) ? String.fromCharCode(septet) : (MOVED.get(septet) ?? '?')
  }
  return text === '' ? null : text
}

function isSameInAscii(septet: number): boolean {
  if (septet < 0x20 || septet > 0x7a || septet === 0x24 || septet === 0x40) return false
  return septet < 0x5b || septet > 0x60
}
