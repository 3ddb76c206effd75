import { at, u16At, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { G_PDU, gtpV1Message } from './messages-v1.ts'
import { gtpV2Message } from './messages-v2.ts'

/** Which header a message has: GTPv0 (TS 09.60), GTPv1-C and GTP-U, GTPv2-C, or GTP' of any version (TS 32.295). */
export type GtpFamily = 'v0' | 'v1' | 'v2' | 'prime'

export interface GtpHeader {
  readonly family: GtpFamily
  /** First octet: version and flags. */
  readonly flags: number
  readonly type: number
  /** Tunnel endpoint identifier of the receiver; null where the header has none. */
  readonly teid: number | null
  readonly sequence: number | null
  /** Octets behind the sequence number: N-PDU number and next extension header (v1, 16 bits), spare (v2, 8 bits); else -1. */
  readonly tail: number
  /** First octet behind the header, extension headers included. */
  readonly bodyStart: number
  /** Behind the last octet of the message as its length says: beyond the data where the capture cut them. */
  readonly messageEnd: number
}

/** Port of GTPv0 and of GTP' (TS 32.295 §6.1.1). */
export const GTP_PRIME_PORT = 3386

/** The messages of GTP'. Source: 3GPP TS 32.295 §6.2.1. */
const PRIME_TYPES = new Set([1, 2, 3, 4, 5, 6, 7, 240, 241])
/** Those of GTPv0 that TS 09.60 §7.1 Table 1 defines. */
const V0_TYPES = new Set([1, 2, 3, ...range(16, 29), ...range(32, 37), ...range(48, 52), 240, 241, 255])

/** Extension header types. Source: 3GPP TS 29.060 §6.1 and TS 29.281 §5.2.1. */
const EXTENSION_HEADERS = new Set([1, 2, 3, 0x20, 0x40, 0x81, 0x82, 0x83, 0x84, 0x85, 0xc0, 0xc1, 0xc2])
/** Both upper bits: whoever receives it must understand it. Source: 3GPP TS 29.060 §6.1. */
const MUST_UNDERSTAND = 0xc0

const V2_PIGGYBACK = 0x10
const V2_TEID = 0x08
const V2_PRIORITY = 0x04
const V1_SPARE = 0x08
const V1_EXTENSION = 0x04
const V1_SEQUENCE = 0x02
const V1_OPTIONAL = 0x07

/**
 * Tells whether `bytes[start, end)` is user data in a GTPv1 tunnel. Nothing inside is read.
 * @param complete false where the capture cut the datagram.
 */
export function isUserData(bytes: Uint8Array, start: number, end: number, complete: boolean): boolean {
  if (end - start < 8 || at(bytes, start) >> 4 !== 3 || at(bytes, start + 1) !== G_PDU) return false
  return !complete || start + 8 + u16At(bytes, start + 2) <= end
}

/** Tells whether a GTPv2 header announces a second message behind the first. Source: 3GPP TS 29.274 §5.5.1. */
export function isPiggybacked({ family, flags }: GtpHeader): boolean {
  return family === 'v2' && (flags & V2_PIGGYBACK) !== 0
}

/**
 * Decodes the header of the GTP message at `bytes[start, end)`, a datagram or what is left of it. Other protocols use the
 * ports of GTP too: what has neither the length nor a type of GTP is none.
 * Source: 3GPP TS 29.060 §6, TS 29.274 §5.1, TS 09.60 §6, TS 32.295 §6.1.
 * @param complete false where the capture cut the datagram. @param chargingPort it came over the port of GTP'.
 * @returns a Fault for what is no GTP message. Never throws.
 */
export function decodeGtpHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
  chargingPort: boolean,
  anomalies: AnomalyList,
): GtpHeader | Fault {
  if (end - start < 6) return new Fault('gtp', 'truncated', end)
  const flags = at(bytes, start)
  const version = flags >> 5
  const isPrime = (flags & 0x10) === 0
  if (version > 2) return new Fault('gtp', 'unknown version', start)
  if (isPrime && (chargingPort || version < 2)) return decodePrime(bytes, start, end, complete)
  if (end - start < 8) return new Fault('gtp', 'truncated', end)
  if (version === 0) return decodeV0(bytes, start, end, complete)
  return version === 1
    ? decodeV1Header(bytes, start, end, complete, anomalies)
    : decodeV2Header(bytes, start, end, complete, anomalies)
}

function decodeV1Header(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
  anomalies: AnomalyList,
): GtpHeader | Fault {
  const flags = at(bytes, start)
  const type = at(bytes, start + 1)
  const messageEnd = start + 8 + u16At(bytes, start + 2)
  const hasOptional = (flags & V1_OPTIONAL) !== 0
  const known = gtpV1Message(type) !== undefined || type === G_PDU
  const fault = judge(start, messageEnd, end, complete, known)
  if (fault !== null) return fault
  if (hasOptional && messageEnd - start < 12) return new Fault('gtp', 'impossible length', start + 2)
  if (hasOptional && end - start < 12) return new Fault('gtp', 'truncated', end)
  if ((flags & V1_SPARE) !== 0) anomalies.add('spareBits')
  if (messageEnd < end) anomalies.add('trailingOctets')
  let bodyStart = start + (hasOptional ? 12 : 8)
  if ((flags & V1_EXTENSION) !== 0) {
    const behind = skipExtensionHeaders(bytes, start + 11, bodyStart, Math.min(messageEnd, end), anomalies)
    if (behind instanceof Fault) return behind
    bodyStart = behind
  }
  return {
    family: 'v1',
    flags,
    type,
    teid: u32At(bytes, start + 4),
    sequence: (flags & V1_SEQUENCE) === 0 ? null : u16At(bytes, start + 8),
    tail: hasOptional ? u16At(bytes, start + 10) : -1,
    bodyStart,
    messageEnd,
  }
}

/** @param typeAt where the type of the first extension header stands. @returns the offset behind the last one. */
function skipExtensionHeaders(
  bytes: Uint8Array,
  typeAt: number,
  start: number,
  end: number,
  anomalies: AnomalyList,
): number | Fault {
  let type = at(bytes, typeAt)
  let p = start
  for (let count = 0; type !== 0; count++) {
    if (count === LIMITS.gtpExtensionHeaders) return new Fault('gtp', 'too many extension headers', p)
    const lengthBytes = 4 * at(bytes, p)
    if (p >= end || lengthBytes === 0 || p + lengthBytes > end)
      return new Fault('gtp', 'impossible extension header', p)
    if ((type & MUST_UNDERSTAND) === MUST_UNDERSTAND && !EXTENSION_HEADERS.has(type))
      anomalies.add('unknownExtensionHeader')
    p += lengthBytes
    type = at(bytes, p - 1)
  }
  return p
}

function decodeV2Header(
  bytes: Uint8Array,
  start: number,
  end: number,
  complete: boolean,
  anomalies: AnomalyList,
): GtpHeader | Fault {
  const flags = at(bytes, start)
  const type = at(bytes, start + 1)
  const messageEnd = start + 4 + u16At(bytes, start + 2)
  const hasTeid = (flags & V2_TEID) !== 0
  const headerBytes = hasTeid ? 12 : 8
  const piggybacked = (flags & V2_PIGGYBACK) !== 0
  const known = gtpV2Message(type) !== undefined
  const fault = judge(start, messageEnd, end, complete, known || piggybacked)
  if (fault !== null) return fault
  if (messageEnd - start < headerBytes) return new Fault('gtp', 'impossible length', start + 2)
  if (end - start < headerBytes) return new Fault('gtp', 'truncated', end)
  const sequenceAt = start + headerBytes - 4
  const tail = at(bytes, sequenceAt + 3)
  const spare = (flags & V2_PRIORITY) === 0 ? tail : tail & 15
  if ((flags & 3) !== 0 || spare !== 0) anomalies.add('spareBits')
  if (messageEnd < end && !piggybacked) anomalies.add('trailingOctets')
  if (piggybacked && messageEnd >= end) anomalies.add('piggybackMissing')
  // Echo and Version Not Supported Indication are of the path, not of a tunnel (TS 29.274 §5.5.1)
  if ((type <= 3 && hasTeid) || (type >= 32 && !hasTeid)) anomalies.add('teidPresence')
  return {
    family: 'v2',
    flags,
    type,
    teid: hasTeid ? u32At(bytes, start + 4) : null,
    sequence: u32At(bytes, sequenceAt) >>> 8,
    tail,
    bodyStart: start + headerBytes,
    messageEnd,
  }
}

/** What speaks against a GTP message from its length and type; null when nothing does. */
function judge(start: number, messageEnd: number, end: number, complete: boolean, known: boolean): Fault | null {
  if (messageEnd > end && complete) return new Fault('gtp', 'impossible length', start + 2)
  if (!known && messageEnd !== end) return new Fault('gtp', 'unknown message type', start + 1)
  return null
}

/** Source: 3GPP TS 09.60 §6: 20 octets, which its length does not count. */
function decodeV0(bytes: Uint8Array, start: number, end: number, complete: boolean): GtpHeader | Fault {
  const type = at(bytes, start + 1)
  const messageEnd = start + 20 + u16At(bytes, start + 2)
  if (!V0_TYPES.has(type)) return new Fault('gtp', 'unknown message type', start + 1)
  if (complete ? messageEnd !== end : messageEnd < end) return new Fault('gtp', 'impossible length', start + 2)
  return {
    family: 'v0',
    flags: at(bytes, start),
    type,
    teid: null,
    sequence: u16At(bytes, start + 4),
    tail: -1,
    bodyStart: start + 20,
    messageEnd,
  }
}

/** Source: 3GPP TS 32.295 §6.1: 6 octets, or the 20 of GTPv0 where version 0 says so. */
function decodePrime(bytes: Uint8Array, start: number, end: number, complete: boolean): GtpHeader | Fault {
  const flags = at(bytes, start)
  const type = at(bytes, start + 1)
  const headerBytes = flags >> 5 === 0 && (flags & 1) === 0 ? 20 : 6
  const messageEnd = start + headerBytes + u16At(bytes, start + 2)
  if (!PRIME_TYPES.has(type)) return new Fault('gtp', 'unknown message type', start + 1)
  if (complete ? messageEnd !== end : messageEnd < end) return new Fault('gtp', 'impossible length', start + 2)
  const sequence = u16At(bytes, start + 4)
  return { family: 'prime', flags, type, teid: null, sequence, tail: -1, bodyStart: start + headerBytes, messageEnd }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
