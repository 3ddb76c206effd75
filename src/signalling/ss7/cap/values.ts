import { at } from '../../../bytes/at.ts'
import { OctetCache } from '../../../bytes/octet-cache.ts'
import type { AnomalyList } from '../../anomaly.ts'
import { decodeAddressString } from '../map/values.ts'

/** Type of number that says an address is text. Source: 3GPP TS 23.040 §9.1.2.5. */
const ALPHANUMERIC = 5
/** Octets of the longest access point name. Source: 3GPP TS 23.003 §9.1. */
const LONGEST_APN = 100

/** Names already made, by their octets; a network has some hundreds. */
const apns = new OctetCache<string>(1 << 11, LONGEST_APN)

/**
 * Digits of a CalledPartyBCDNumber or SMS-AddressString: an octet of type and plan, then TBCD.
 * Source: 3GPP TS 29.078 §5.1, TS 24.008 §10.5.4.7. @returns null for none, and for a sender's name in letters.
 */
export function decodeBcdNumber(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  if (start < end && ((at(bytes, start) >> 4) & 7) === ALPHANUMERIC) return null
  return decodeAddressString(bytes, start, end, anomalies)
}

/**
 * Access point name in labels, each behind its length. Source: 3GPP TS 24.008 §10.5.6.1.
 * @returns the labels with dots between, up to where they can be read, octets that are no printable ASCII as `?`; null
 * for none.
 */
export function decodeApn(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 2 || end - start > LONGEST_APN) return null
  const known = apns.find(bytes, start, end, 0)
  if (known !== undefined) return known
  let text = ''
  let p = start
  while (p < end) {
    const labelEnd = p + 1 + at(bytes, p)
    if (labelEnd > end) break
    if (text !== '') text += '.'
    for (let i = p + 1; i < labelEnd; i++) {
      const octet = at(bytes, i)
      text += octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '?'
    }
    p = labelEnd
  }
  if (text === '') return null
  apns.keep(text)
  return text
}
