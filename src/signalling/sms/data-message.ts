import { at } from '../../bytes/at.ts'
import { MOBILE_COUNTRY_CODES } from '../../numbering/tables/mccs.ts'

/** What a binary message of a phone may carry out, as bits. */
export const DATA_MESSAGE = { location: 1, imei: 2 } as const

const LOCATION_BYTES = 7
const IMEI_BYTES = 8
const IMEI_DIGITS = 15
/** Low half of the first octet of an IMEI as a mobile identity: odd number of digits, type 2 (TS 24.008 §10.5.1.4). */
const IMEI_IDENTITY = 0x0a
const FILLER = 15

/** Countries that exist, by MCC. */
const COUNTRIES = new Uint8Array(1000)
for (const row of MOBILE_COUNTRY_CODES.matchAll(/^(\d{3}) /gm)) COUNTRIES[Number(row[1])] = 1

/** Reporting body identifiers that TACs start with. Source: GSMA TS.06 annex A, with the test range 00. */
const REPORTING_BODIES = new Uint8Array(100)
for (const body of [0, 1, 10, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99]) REPORTING_BODIES[body] = 1

/**
 * Tells what the octets `bytes[start, end)` of a binary message look like: a location of 7 octets (PLMN, area, cell, as
 * PROVIDE LOCAL INFORMATION returns it, TS 31.111 §8.19), an IMEI of 8 octets, or both. A shape, not a proof: a location
 * counts only where a message would put one, at an end of it, behind its length, beside filler, or beside an IMEI.
 * @returns bits of `DATA_MESSAGE`.
 */
export function dataMessageShape(bytes: Uint8Array, start: number, end: number): number {
  const limit = Math.min(end, bytes.length)
  let imeiAt = -1
  for (let p = start; p + IMEI_BYTES <= limit && imeiAt < 0; p++) if (isImei(bytes, p)) imeiAt = p
  for (let p = start; p + LOCATION_BYTES <= limit; p++) {
    if (!isLocation(bytes, p)) continue
    if (imeiAt >= 0 && p + LOCATION_BYTES > imeiAt && p < imeiAt + IMEI_BYTES) continue
    if (imeiAt >= 0 || isPlaced(bytes, p, start, limit))
      return DATA_MESSAGE.location | (imeiAt < 0 ? 0 : DATA_MESSAGE.imei)
  }
  return imeiAt < 0 ? 0 : DATA_MESSAGE.imei
}

/** Seven octets of a location: digits of a country that exists, an area and a cell that are not "none". */
function isLocation(bytes: Uint8Array, p: number): boolean {
  const first = at(bytes, p)
  const second = at(bytes, p + 1)
  const third = at(bytes, p + 2)
  const mcc2 = first >> 4
  const mcc3 = second & 15
  const mnc3 = second >> 4
  if ((first & 15) > 9 || mcc2 > 9 || mcc3 > 9 || (mnc3 > 9 && mnc3 !== FILLER)) return false
  if ((third & 15) > 9 || third >> 4 > 9) return false
  if (COUNTRIES[(first & 15) * 100 + mcc2 * 10 + mcc3] === 0) return false
  const area = (at(bytes, p + 3) << 8) | at(bytes, p + 4)
  const cell = (at(bytes, p + 5) << 8) | at(bytes, p + 6)
  return area !== 0 && area < 0xfffe && cell !== 0xffff && !isText(bytes, p, p + LOCATION_BYTES)
}

/** Text in ASCII reads as digits and codes as well. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (at(bytes, p) < 0x20 || at(bytes, p) > 0x7e) return false
  return true
}

function isPlaced(bytes: Uint8Array, p: number, start: number, end: number): boolean {
  const next = p + LOCATION_BYTES
  if (p === start || next === end) return true
  const before = at(bytes, p - 1)
  // with the extended cell identity of UTRAN and LTE a location has 9 octets
  if (before === LOCATION_BYTES || before === LOCATION_BYTES + 2) return true
  if (p - 2 >= start && before === at(bytes, p - 2)) return true
  return next + 2 <= end && at(bytes, next) === at(bytes, next + 1)
}

/** Eight octets of an IMEI: as a mobile identity, or 15 digits low half first with a filler or spare digit behind. */
function isImei(bytes: Uint8Array, p: number): boolean {
  const isIdentity = (at(bytes, p) & 15) === IMEI_IDENTITY
  const shift = isIdentity ? 1 : 0
  let sum = 0
  let head = 0
  let same = true
  let first = -1
  for (let i = 0; i < IMEI_DIGITS; i++) {
    const nibble = i + shift
    const octet = at(bytes, p + (nibble >> 1))
    const digit = (nibble & 1) === 0 ? octet & 15 : octet >> 4
    if (digit > 9) return false
    if (first < 0) first = digit
    else if (digit !== first) same = false
    if (i < 2) head = head * 10 + digit
    else if (i === 2 && REPORTING_BODIES[head] === 0) return false
    // the Luhn sum over the first 14 digits; in signalling the last digit may be a spare 0 (TS 23.003 §6.2.1)
    if (i < IMEI_DIGITS - 1) sum += (i & 1) === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)
    else if (digit !== 0 && digit !== (10 - (sum % 10)) % 10) return false
  }
  if (same || isText(bytes, p, p + IMEI_BYTES)) return false
  if (isIdentity) return true
  const last = at(bytes, p + IMEI_BYTES - 1) >> 4
  return last === FILLER || last === 0
}
