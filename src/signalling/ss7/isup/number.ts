import { at } from '../../../bytes/at.ts'
import { OctetCache } from '../../../bytes/octet-cache.ts'
import { decodeAddressSignals } from '../../../bytes/tbcd.ts'
import { AnomalyList } from '../../anomaly.ts'

/**
 * A number of a call: called, calling, redirecting, original called, redirection, connected or location number, all of
 * one layout but for what the bits beside the numbering plan mean. Source: ITU-T Q.763 §3.9, §3.10, §3.16, §3.30, §3.39,
 * §3.44, §3.46.
 */
export interface IsupNumber {
  /** Address signals as sent, without prefix; beyond 9 hexadecimal in lower case; null for none. The nature of address
   * says whether a country code leads them. */
  readonly digits: string | null
  /** 1 subscriber, 2 unknown, 3 national, 4 international (as Q.713), 5 network specific, 6 to 8 routing numbers. */
  readonly natureOfAddress: number
  /** 1 E.164, 3 X.121, 4 F.69. */
  readonly numberingPlan: number
  /** 0 allowed, 1 restricted, 2 address not available; 0 in numbers that have none (called, redirection). */
  readonly presentation: number
  /** 0 user provided and not verified, 1 and passed, 2 and failed, 3 network provided; 0 in numbers that have none. */
  readonly screening: number
  /** Called and location number: routing to an internal network number is not allowed. Calling number: incomplete. */
  readonly flagged: boolean
  /** The end of the address was signalled (ST). */
  readonly sendingFinished: boolean
}

const SENDING_FINISHED = 'f'
/** Numbers without an oddity, by their octets. The longest, 20 signals, takes 12. */
const cache = new OctetCache<IsupNumber>(1 << 14, 12)

/**
 * Decodes a number in `bytes[start, end)`, the length octet excluded.
 * @returns a shared object, or null under two octets.
 */
export function decodeIsupNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): IsupNumber | null {
  if (end - start < 2 || end > bytes.length) return null
  const known = cache.find(bytes, start, end, 0)
  if (known !== undefined) return known
  const oddities = new AnomalyList()
  const first = at(bytes, start)
  const second = at(bytes, start + 1)
  const digits = decodeSignals(bytes, start + 2, end, (first & 0x80) !== 0, oddities)
  const sendingFinished = digits.endsWith(SENDING_FINISHED)
  const number: IsupNumber = {
    digits: digitsOf(digits),
    natureOfAddress: first & 0x7f,
    numberingPlan: (second >> 4) & 7,
    presentation: (second >> 2) & 3,
    screening: second & 3,
    flagged: (second & 0x80) !== 0,
    sendingFinished,
  }
  if (oddities.isEmpty) cache.keep(number)
  else anomalies.addAll(oddities)
  return number
}

/**
 * Decodes a generic number: an octet that says what it is (Q.763 §3.26 a), then a number.
 * @returns null under three octets.
 */
export function decodeGenericNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): IsupNumber | null {
  return decodeIsupNumber(bytes, start + 1, end, anomalies)
}

/** Digits of a subsequent number: the odd/even octet, then signals (Q.763 §3.51). @returns null for none. */
export function decodeSubsequentNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): string | null {
  if (end - start < 2 || end > bytes.length) return null
  return digitsOf(decodeSignals(bytes, start + 1, end, (at(bytes, start) & 0x80) !== 0, anomalies))
}

function decodeSignals(bytes: Uint8Array, start: number, end: number, odd: boolean, anomalies: AnomalyList): string {
  if (start >= end) return ''
  if (odd && at(bytes, end - 1) >> 4 !== 0) anomalies.add('numberFiller')
  return decodeAddressSignals(bytes, start, (end - start) * 2 - (odd ? 1 : 0))
}

/** The signals without the one that ends them. */
function digitsOf(signals: string): string | null {
  const digits = signals.endsWith(SENDING_FINISHED) ? signals.slice(0, -1) : signals
  return digits === '' ? null : digits
}
