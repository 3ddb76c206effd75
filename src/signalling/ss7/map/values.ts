import { at, u16At } from '../../../bytes/at.ts'
import { decodeTbcd, readTbcd } from '../../../bytes/tbcd.ts'
import type { AnomalyList } from '../../anomaly.ts'

/** Readers of the values that schemas name. Each takes content octets `bytes[start, end)`. */

/** Digits of a TBCD identity, with what is odd about them. @returns null for none. */
function decodeIdentity(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = readTbcd(bytes, start, end)
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

/** Numbering plan of an AddressString: 1 E.164, 6 E.212 (land mobile). */
export function numberingPlan(bytes: Uint8Array, start: number): number {
  return at(bytes, start) & 15
}

/** MCC and MNC of three octets as `mcc-mnc`. Source: TS 24.008 §10.5.1.3. */
function formatPlmn(bytes: Uint8Array, start: number): string {
  const mcc = decodeTbcd(bytes, start, start + 2).slice(0, 3)
  const third = at(bytes, start + 1) >> 4
  const mnc = decodeTbcd(bytes, start + 2, start + 3)
  return `${mcc}-${mnc}${third === 15 ? '' : third}`
}

/** Cell global identity or service area identity, 7 octets: `mcc-mnc-lac-ci`, decimal. Source: TS 29.002 §17.7.8. */
export function formatCell(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 7) return null
  return `${formatPlmn(bytes, start)}-${u16At(bytes, start + 3)}-${u16At(bytes, start + 5)}`
}

/** E-UTRAN cell global identity, 7 octets: `mcc-mnc-eci`, decimal. Source: TS 29.118 §9.4.3a. */
export function formatEutranCell(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 7) return null
  return `${formatPlmn(bytes, start)}-${(u16At(bytes, start + 3) & 0xfff) * 65536 + u16At(bytes, start + 5)}`
}

/** Location, routing or tracking area, 5 octets or more: `mcc-mnc-area`, decimal. Source: TS 24.008 §10.5.1.3. */
export function formatArea(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 5) return null
  return `${formatPlmn(bytes, start)}-${u16At(bytes, start + 3)}`
}

/** Point of a geographical description in degrees, `latitude,longitude`. Source: TS 23.032 §6.1. */
export function formatPosition(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 7) return null
  const raw = (at(bytes, start + 1) << 16) | u16At(bytes, start + 2)
  const south = (raw & 0x800000) !== 0
  const latitude = ((raw & 0x7fffff) * 90) / 0x800000
  const east = (at(bytes, start + 4) << 16) | u16At(bytes, start + 5)
  const longitude = ((east >= 0x800000 ? east - 0x1000000 : east) * 360) / 0x1000000
  return `${(south ? -latitude : latitude).toFixed(5)},${longitude.toFixed(5)}`
}
