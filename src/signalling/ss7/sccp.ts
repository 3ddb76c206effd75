import { at } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import type { AnomalyList } from '../anomaly.ts'
import type { Mtp3Variant } from './mtp3.ts'
import { decodeSccpAddress, type SccpAddress } from './sccp-address.ts'

/** Message types. Source: ITU-T Q.713 §2.1. `connectionless` ones carry a user message between two addresses. */
export const SCCP_MESSAGES = [
  { code: 0x01, name: 'CR', connectionless: false },
  { code: 0x02, name: 'CC', connectionless: false },
  { code: 0x03, name: 'CREF', connectionless: false },
  { code: 0x04, name: 'RLSD', connectionless: false },
  { code: 0x05, name: 'RLC', connectionless: false },
  { code: 0x06, name: 'DT1', connectionless: false },
  { code: 0x07, name: 'DT2', connectionless: false },
  { code: 0x08, name: 'AK', connectionless: false },
  { code: 0x09, name: 'UDT', connectionless: true },
  { code: 0x0a, name: 'UDTS', connectionless: true },
  { code: 0x0b, name: 'ED', connectionless: false },
  { code: 0x0c, name: 'EA', connectionless: false },
  { code: 0x0d, name: 'RSR', connectionless: false },
  { code: 0x0e, name: 'RSC', connectionless: false },
  { code: 0x0f, name: 'ERR', connectionless: false },
  { code: 0x10, name: 'IT', connectionless: false },
  { code: 0x11, name: 'XUDT', connectionless: true },
  { code: 0x12, name: 'XUDTS', connectionless: true },
  { code: 0x13, name: 'LUDT', connectionless: true },
  { code: 0x14, name: 'LUDTS', connectionless: true },
] as const

export type SccpMessageName = (typeof SCCP_MESSAGES)[number]['name']

/** Rows by message type; the highest is 0x14. */
const BY_CODE: readonly ((typeof SCCP_MESSAGES)[number] | undefined)[] = Array.from({ length: 0x15 }, (_, code) =>
  SCCP_MESSAGES.find((row) => row.code === code),
)

/** Segmentation parameter. Source: ITU-T Q.713 §3.17. */
export interface SccpSegmentation {
  readonly first: boolean
  /** Segments that follow, 0 to 15. */
  readonly remaining: number
  /** Segmentation local reference, 24 bits. */
  readonly reference: number
}

/** A connectionless message: user data in `bytes[start, end)`. */
export interface SccpUnitdata {
  readonly message: SccpMessageName
  readonly called: SccpAddress
  readonly calling: SccpAddress
  /** Protocol class 0 or 1, and whether the message is to be returned on error; null for service messages. */
  readonly protocolClass: number | null
  readonly returnOnError: boolean
  /** Return cause of a service message (Q.713 §3.12), else null. */
  readonly returnCause: number | null
  readonly hopCounter: number | null
  readonly segmentation: SccpSegmentation | null
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** A connection-oriented message, by its name; its content belongs to the access network and is not read. */
export interface SccpConnectionOriented {
  readonly connectionOriented: SccpMessageName
}

/** Source: ITU-T Q.713 §3.17 and §3.6 for the optional parameters' names. */
const OPTIONAL_END = 0
const OPTIONAL_SEGMENTATION = 0x10

/**
 * Decodes an SCCP message in `bytes[start, end)`.
 * Source: ITU-T Q.713 §4.10 to §4.20; ANSI T1.112.3 for addresses of variant `ansi`.
 * @returns a Fault for an unknown type, a pointer out of range or a cut message. Never throws.
 */
export function decodeSccp(
  bytes: Uint8Array,
  start: number,
  end: number,
  variant: Mtp3Variant,
  anomalies: AnomalyList,
): SccpUnitdata | SccpConnectionOriented | Fault {
  if (start >= end) return new Fault('sccp', 'truncated', end)
  const row = BY_CODE[at(bytes, start)]
  if (row === undefined) return new Fault('sccp', 'unknown message type', start)
  if (!row.connectionless) return { connectionOriented: row.name }
  const message = row.name
  const service = message === 'UDTS' || message === 'XUDTS' || message === 'LUDTS'
  const extended = message !== 'UDT' && message !== 'UDTS'
  const wide = message === 'LUDT' || message === 'LUDTS'
  // fixed part: type, class or cause, and a hop counter in the extended forms
  const pointers = start + (extended ? 3 : 2)
  const pointerBytes = wide ? 2 : 1
  const count = extended ? 4 : 3
  if (pointers + pointerBytes * count > end) return new Fault('sccp', 'truncated', end)
  const calledAt = followPointer(bytes, pointers, wide)
  const callingAt = followPointer(bytes, pointers + pointerBytes, wide)
  const dataAt = followPointer(bytes, pointers + 2 * pointerBytes, wide)
  if (calledAt >= end || callingAt >= end || dataAt >= end) return new Fault('sccp', 'pointer out of range', pointers)
  const calledEnd = calledAt + 1 + at(bytes, calledAt)
  const callingEnd = callingAt + 1 + at(bytes, callingAt)
  const dataStart = dataAt + (wide ? 2 : 1)
  const dataEnd = dataStart + (wide ? at(bytes, dataAt) | (at(bytes, dataAt + 1) << 8) : at(bytes, dataAt))
  if (calledEnd > end || callingEnd > end) return new Fault('sccp', 'address out of range', pointers)
  if (dataEnd > end) return new Fault('sccp', 'user data out of range', dataAt)
  const kind = at(bytes, start + 1)
  return {
    message,
    called: decodeSccpAddress(bytes, calledAt + 1, calledEnd, variant, anomalies),
    calling: decodeSccpAddress(bytes, callingAt + 1, callingEnd, variant, anomalies),
    protocolClass: service ? null : kind & 15,
    returnOnError: !service && (kind & 0x80) !== 0,
    returnCause: service ? kind : null,
    hopCounter: extended ? at(bytes, start + 2) : null,
    segmentation: extended ? findSegmentation(bytes, pointers + 3 * pointerBytes, end, wide) : null,
    bytes,
    start: dataStart,
    end: dataEnd,
  }
}

/** Where the pointer at `p` leads: counted from the pointer, or from the second octet of a wide one (Q.713 §2.3). */
function followPointer(bytes: Uint8Array, p: number, wide: boolean): number {
  return wide ? p + 1 + (at(bytes, p) | (at(bytes, p + 1) << 8)) : p + at(bytes, p)
}

/** Walks the optional part that the pointer at `p` leads to, 0 for none. */
function findSegmentation(bytes: Uint8Array, p: number, end: number, wide: boolean): SccpSegmentation | null {
  const none = wide ? at(bytes, p) === 0 && at(bytes, p + 1) === 0 : at(bytes, p) === 0
  if (none) return null
  let q = followPointer(bytes, p, wide)
  while (q + 1 < end) {
    const name = at(bytes, q)
    if (name === OPTIONAL_END) return null
    const length = at(bytes, q + 1)
    if (name === OPTIONAL_SEGMENTATION && length === 4 && q + 6 <= end) {
      const octet = at(bytes, q + 2)
      return {
        first: (octet & 0x80) !== 0,
        remaining: octet & 15,
        reference: at(bytes, q + 3) | (at(bytes, q + 4) << 8) | (at(bytes, q + 5) << 16),
      }
    }
    q += 2 + length
  }
  return null
}
