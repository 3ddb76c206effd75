import { at } from '../../bytes/at.ts'
import { readTbcd } from '../../bytes/tbcd.ts'
import { plmnOfRealm } from '../../numbering/realm.ts'
import type { AnomalyList } from '../anomaly.ts'

/** A subscriber as far as one text names it. */
export interface Identity {
  readonly imsi: string | null
  readonly msisdn: string | null
}

const NOBODY: Identity = { imsi: null, msisdn: null }
/** Digits in front of the IMSI in a NAI: EAP-AKA, EAP-SIM, EAP-AKA'. Source: 3GPP TS 23.003 §14.3 and §19.3.2. */
const NAI_PREFIXES = '016'
const LONGEST_IMSI = 15
/** An IMSI in a name of any operator has 14 or 15 digits: fewer could be anything. */
const SHORTEST_IMSI = 14
const LONGEST_MSISDN = 15
/** Digits that tell a network, the least of an IMSI that says anything. */
const SHORTEST_NETWORK = 6

const BLANK = 0x20

/** Whether blanks, zero octets or other controls stand around a name, which many programs read past. */
export function isPadded(name: string): boolean {
  return name.charCodeAt(0) <= BLANK || name.charCodeAt(name.length - 1) <= BLANK
}

function withoutPadding(name: string): string {
  let start = 0
  let end = name.length
  while (start < end && name.charCodeAt(start) <= BLANK) start++
  while (end > start && name.charCodeAt(end - 1) <= BLANK) end--
  return name.slice(start, end)
}

/**
 * The IMSI of a User-Name, whatever blanks and zero octets stand around it: the digits alone (TS 29.272 §7.3.1), a NAI
 * `<imsi>@…` or `0<imsi>@nai.epc…`, decorated or not (TS 23.003 §19.3), or a private user identity (§13.3).
 * @param isImsi the specification says that digits alone are an IMSI; else fewer than 14 may be a telephone number.
 * @returns null for any other name.
 */
export function parseUserName(name: string, isImsi: boolean): string | null {
  if (isPadded(name)) return parseUserName(withoutPadding(name), isImsi)
  if (isDigits(name)) {
    const shortest = isImsi ? SHORTEST_NETWORK : SHORTEST_IMSI
    return name.length >= shortest && name.length <= LONGEST_IMSI ? name : null
  }
  const mark = name.lastIndexOf('@')
  if (mark < 0) return null
  const path = name.lastIndexOf('!', mark)
  const digits = name.slice(path + 1, mark)
  // a decorated NAI names the home realm in front, the way there behind
  return imsiOfNai(digits, path < 0 ? name.slice(mark + 1) : name.slice(0, path))
}

function imsiOfNai(digits: string, realm: string): string | null {
  if (!isDigits(digits) || digits.length < SHORTEST_IMSI || digits.length > LONGEST_IMSI + 1) return null
  const hasPrefix = NAI_PREFIXES.includes(digits.charAt(0))
  if (digits.length > LONGEST_IMSI) return hasPrefix ? digits.slice(1) : null
  // 15 digits: an IMSI, or one of 14 behind the prefix; the realm tells
  const network = plmnOfRealm(realm)
  if (network === null || digits.startsWith(network.mcc)) return digits
  return hasPrefix && digits.length === LONGEST_IMSI && digits.startsWith(network.mcc, 1) ? digits.slice(1) : digits
}

/**
 * The subscriber of a public identity: `sip:+<number>@…`, `tel:+<number>;…`, or `sip:<imsi>@ims.mnc…`, the temporary one.
 * Source: TS 23.003 §13.4 and §13.4B.
 */
export function parsePublicIdentity(uri: string): Identity {
  const scheme = uri.slice(0, 4).toLowerCase()
  if (scheme !== 'sip:' && scheme !== 'tel:') return NOBODY
  const user = /^([^@;]*)(?:;[^@]*)?(?:@([^;]*))?/.exec(uri.slice(4))
  const name = user?.[1] ?? ''
  if (name.startsWith('+')) return { imsi: null, msisdn: parseMsisdn(name) }
  if (scheme === 'tel:') return NOBODY
  const realm = user?.[2] ?? ''
  return plmnOfRealm(realm) === null ? NOBODY : { imsi: imsiOfNai(name, realm), msisdn: null }
}

/** Digits of an international number with or without `+` and visual separators; null for anything else. */
export function parseMsisdn(text: string): string | null {
  const digits = text.replaceAll(/[-.() ]/g, '').replace(/^\+/, '')
  return isDigits(digits) && digits.length <= LONGEST_MSISDN ? digits : null
}

/** Digits of an IMEI or IMEISV; null for anything else. Source: TS 23.003 §6.2, TS 29.272 §7.3.4. */
export function parseImei(text: string): string | null {
  return isDigits(text) && text.length >= 14 && text.length <= 16 ? text : null
}

/**
 * Digits of a number in TBCD without a nature octet, as MSISDN and node numbers have it. Some senders write characters:
 * what is all ASCII digits is too long for TBCD, and read as such. Source: TS 29.329 §6.3.2, TS 29.272 §7.3.102.
 */
export function decodeNumber(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  if (start >= end) return null
  if (end - start >= 8 && isAsciiDigits(bytes, start, end)) {
    anomalies.add('wrongParameterType')
    let text = ''
    for (let i = start; i < end && text.length < 2 * LONGEST_MSISDN; i++) text += at(bytes, i) - 0x30
    return text
  }
  const digits = readTbcd(bytes, start, end)
  if (digits.afterFiller) anomalies.add('digitsAfterFiller')
  if (!digits.decimal) anomalies.add('nonDecimalDigits')
  if (digits.text.length > 2 * LONGEST_MSISDN) {
    anomalies.add('identityLength')
    return null
  }
  return digits.text === '' ? null : digits.text
}

function isAsciiDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (at(bytes, i) < 0x30 || at(bytes, i) > 0x39) return false
  return true
}

function isDigits(text: string): boolean {
  if (text === '') return false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}
