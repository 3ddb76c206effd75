import { countryCodeOfE164 } from './e164.ts'
import { plmnOfImsi } from './e212.ts'

/** An identity shows digits only when at least this many stay hidden. */
const LEAST_HIDDEN = 4
/** Longer text is no identity; its mask is cut here. */
const LONGEST = 20
/** The part of an identity that stays in clear, then what replaces the rest; `store/pseudonym.ts` makes them. */
const PSEUDONYM = /^\d{0,8}~[a-z2-7]{13}$/

/** Whether an identity was replaced by a pseudonym: then it is shown as it is. */
export function isPseudonym(text: string): boolean {
  return PSEUDONYM.test(text)
}

/**
 * Hides all but the first `keepFirst` and last `keepLast` digits behind `*`, keeping the length.
 * @returns stars only (at most 20) for text that is not 1 to 20 decimal digits, or when under four digits would be hidden.
 */
export function maskDigits(digits: string, keepFirst: number, keepLast: number): string {
  const hidden = digits.length - keepFirst - keepLast
  if (hidden < LEAST_HIDDEN || !/^\d{1,20}$/.test(digits)) return '*'.repeat(Math.min(digits.length, LONGEST))
  return digits.slice(0, keepFirst) + '*'.repeat(hidden) + digits.slice(digits.length - keepLast)
}

/** An IMSI for reports: country, network and the last two digits; MCC and two digits where the MNC length is unknown. */
export function maskImsi(imsi: string): string {
  if (isPseudonym(imsi)) return imsi
  return maskDigits(imsi, plmnOfImsi(imsi)?.plmn?.length ?? 5, 2)
}

/** An international number for reports: country code and the last two digits; no code where none is assigned. */
export function maskMsisdn(msisdn: string): string {
  if (isPseudonym(msisdn)) return msisdn
  return maskDigits(msisdn, countryCodeOfE164(msisdn)?.length ?? 0, 2)
}

/** An IMEI for reports: its type allocation code (TS 23.003 §6.2.1), the first 8 digits, and the last two. */
export function maskImei(imei: string): string {
  return isPseudonym(imei) ? imei : maskDigits(imei, 8, 2)
}
