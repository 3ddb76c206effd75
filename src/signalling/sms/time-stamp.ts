import type { Cursor } from '../../bytes/cursor.ts'

/** Formats of TP-Validity-Period, by TP-VPF. Source: 3GPP TS 23.040 §9.2.3.3. */
export const VALIDITY_FORMATS = ['none', 'enhanced', 'relative', 'absolute'] as const

export type ValidityFormat = (typeof VALIDITY_FORMATS)[number]

const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400
const INVALID = -1

/**
 * Reads a service centre time stamp: seven octets of local time with its time zone.
 * Source: 3GPP TS 23.040 §9.2.3.11. Years 90 to 99 are of the last century: the first edition is of 1990.
 * @returns µs since 1970-01-01T00:00:00Z; null when a field is out of its range. A short read leaves `c.failed`.
 */
export function readTimeStamp(c: Cursor): number | null {
  const year = pair(c.u8())
  const month = pair(c.u8())
  const day = pair(c.u8())
  const hour = pair(c.u8())
  const minute = pair(c.u8())
  const second = pair(c.u8())
  const zone = c.u8()
  const quarters = pair(zone & 0xf7)
  if (c.failed || year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return null
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || quarters < 0) return null
  const century = year < 90 ? 2000 : 1900
  const local = Date.UTC(century + year, month - 1, day, hour, minute, second)
  const ahead = quarters * 15 * MINUTE_S * 1000
  return (local - ((zone & 8) !== 0 ? -ahead : ahead)) * 1000
}

/**
 * The time a relative validity period stands for, s: 5 minutes to 63 weeks.
 * Source: 3GPP TS 23.040 §9.2.3.12.1.
 */
export function relativeValiditySeconds(value: number): number {
  if (value <= 143) return (value + 1) * 5 * MINUTE_S
  if (value <= 167) return 12 * HOUR_S + (value - 143) * 30 * MINUTE_S
  if (value <= 196) return (value - 166) * DAY_S
  return (value - 192) * 7 * DAY_S
}

/**
 * Reads an enhanced validity period, seven octets.
 * Source: 3GPP TS 23.040 §9.2.3.12.3. @returns seconds, null when it names none or a field is out of its range.
 */
export function readEnhancedValidity(c: Cursor): number | null {
  const end = c.offset + 7
  let functionality = c.u8()
  const format = functionality & 7
  while ((functionality & 0x80) !== 0 && c.offset < end) functionality = c.u8()
  let seconds: number | null = null
  if (c.offset < end) {
    const first = c.u8()
    if (format === 1) seconds = relativeValiditySeconds(first)
    else if (format === 2) seconds = first
    else if (format === 3 && c.offset + 2 <= end) {
      const hours = pair(first)
      const minutes = pair(c.u8())
      const rest = pair(c.u8())
      if (hours >= 0 && minutes >= 0 && rest >= 0) seconds = hours * HOUR_S + minutes * MINUTE_S + rest
    }
  }
  c.skip(end - c.offset)
  return c.failed ? null : seconds
}

/** Two decimal digits, the first in the low half; INVALID for others. */
function pair(octet: number): number {
  const tens = octet & 15
  const units = octet >> 4
  return tens > 9 || units > 9 ? INVALID : tens * 10 + units
}
