import { at, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { avpEntry } from './avp-entries.ts'
import { type DiameterCommand, diameterCommand, isInApplication } from './dictionary/commands.ts'
import { formatEncoding, isOfPath } from './encoding.ts'
import { DiameterFields } from './fields.ts'
import { HEADER_BYTES } from './framing.ts'
import { addProfilePart, type Place } from './readers.ts'
import { PROFILE_GROUPS } from './roles.ts'

/** One Diameter message. Source: RFC 6733 §3. */
export interface DiameterMessage {
  /** First octet behind the message, in the buffer; the end of the range where it was cut. */
  readonly end: number
  readonly isRequest: boolean
  /** The message is a protocol error (`E`). */
  readonly isError: boolean
  /** Command flags, all eight. */
  readonly flags: number
  readonly commandCode: number
  readonly command: DiameterCommand | null
  readonly applicationId: number
  readonly hopByHop: number
  readonly endToEnd: number
  readonly fields: DiameterFields
  /** The request must name a subscriber, and none could be read. */
  readonly identityMissing: boolean
  /** Encoding habits of a request that was read to its end, see `formatEncoding`. */
  readonly encoding: string | null
  /** Where the message could not be read to its end. */
  readonly fault: Fault | null
}

/** Command flags. Source: RFC 6733 §3. */
export const COMMAND_FLAG = { request: 0x80, proxiable: 0x40, error: 0x20, retransmitted: 0x10 } as const
const RESERVED_COMMAND_FLAGS = 0x0f
/** AVP flags. Source: RFC 6733 §4.1. */
export const AVP_FLAG = { vendor: 0x80, mandatory: 0x40, protected: 0x20 } as const
const RESERVED_AVP_FLAGS = 0x1f

const VERSION = 1
const AVP_BYTES = 8
const SESSION_ID = 263
const FAILED_AVP = 279
const APPLICATION = 260
const PROVIDE_LOCATION = 8388620
const LCS_ROUTING_INFO = 8388622
const SEND_ROUTING_INFO_FOR_SM = 8388647
/** Commands that ask where a subscriber is by themselves. */
const LOCATION_COMMANDS: readonly number[] = [PROVIDE_LOCATION, LCS_ROUTING_INFO, SEND_ROUTING_INFO_FOR_SM]

/** A walk under way: what the readers see, and what bounds it. */
interface Walk extends Place {
  /** AVPs still visited. */
  left: number
  fault: Fault | null
  /** Two hashes over code, vendor and flags of the AVPs, in order: together they tell sequences apart. */
  orderA: number
  orderB: number
  /** Inside a Failed-AVP, which quotes another message. */
  quoted: boolean
}

/**
 * Decodes the Diameter message that begins at `bytes[start]` and ends at `end` at the latest.
 * Source: RFC 6733 §3 and §4. AVPs are visited up to LIMITS.diameterAvps and LIMITS.diameterDepth.
 * @returns what was read, with `fault` where it could not be read to its end, or a Fault when there is no header. Never
 * throws.
 */
export function decodeDiameter(
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): DiameterMessage | Fault {
  const limit = Math.min(end, bytes.length)
  if (limit - start < HEADER_BYTES) return new Fault('diameter', 'truncated', limit)
  if (at(bytes, start) !== VERSION) return new Fault('diameter', 'unknown version', start)
  const length = u32At(bytes, start) & 0xffffff
  if (length < HEADER_BYTES) return new Fault('diameter', 'length shorter than the header', start + 1)
  const flags = at(bytes, start + 4)
  const commandCode = u32At(bytes, start + 4) & 0xffffff
  const applicationId = u32At(bytes, start + 8)
  const hopByHop = u32At(bytes, start + 12)
  const endToEnd = u32At(bytes, start + 16)
  const isRequest = (flags & COMMAND_FLAG.request) !== 0
  const isError = (flags & COMMAND_FLAG.error) !== 0
  if ((flags & RESERVED_COMMAND_FLAGS) !== 0 || (isRequest && isError)) anomalies.add('diameterFlags')
  const command = diameterCommand(commandCode)
  if (command !== null && !isInApplication(command, applicationId)) anomalies.add('commandApplicationMismatch')
  const isCut = start + length > limit
  const messageEnd = isCut ? limit : start + length
  const fields = new DiameterFields()
  const walk: Walk = {
    bytes,
    fields,
    anomalies,
    isRequest,
    isImsi: command?.ofSubscriber === true,
    command: commandCode,
    application: applicationId,
    depth: 0,
    group: 0,
    type: -1,
    valueStart: -1,
    valueEnd: -1,
    left: LIMITS.diameterAvps,
    fault: null,
    orderA: 0x811c9dc5,
    orderB: 0x9747b28c,
    quoted: false,
  }
  walkAvps(walk, start + HEADER_BYTES, messageEnd)
  // an AVP cut off with its message is no false length
  const fault = isCut ? new Fault('diameter', 'truncated', limit) : walk.fault
  if (fault === null) noteMissing(fields, anomalies)
  else if (!isCut && fault.reason === AVP_LENGTH) anomalies.add('avpLength')
  if (isRequest && LOCATION_COMMANDS.includes(commandCode)) fields.locationWanted = true
  const hasSubscriber = fields.imsi !== null || fields.msisdn !== null
  const encoding =
    isRequest && fault === null
      ? formatEncoding({
          bytes,
          start,
          end: messageEnd,
          flags,
          hopByHop,
          endToEnd,
          orderA: walk.orderA,
          orderB: walk.orderB,
          sessionId: fields.sessionId,
          originHost: fields.originHost,
        })
      : null
  return {
    end: messageEnd,
    isRequest,
    isError,
    flags,
    commandCode,
    command,
    applicationId,
    hopByHop,
    endToEnd,
    fields,
    identityMissing: isRequest && command?.ofSubscriber === true && !hasSubscriber,
    encoding,
    fault,
  }
}

const AVP_LENGTH = 'AVP length'

/** Visits the AVPs in `bytes[start, end)`: of the message, or of a group of it. */
function walkAvps(walk: Walk, start: number, end: number): void {
  const { bytes, anomalies, depth, group } = walk
  const isOrdered = depth === 0 || group === APPLICATION
  let previousCode = -1
  let previousVendor = -1
  let p = start
  while (p < end) {
    if (walk.left === 0) {
      walk.fault ??= new Fault('diameter', 'too many AVPs', p)
      return
    }
    walk.left--
    if (end - p < AVP_BYTES) {
      walk.fault ??= new Fault('diameter', AVP_LENGTH, p)
      return
    }
    const code = u32At(bytes, p)
    const flagsAndLength = u32At(bytes, p + 4)
    const flags = flagsAndLength >>> 24
    const length = flagsAndLength & 0xffffff
    const hasVendor = (flags & AVP_FLAG.vendor) !== 0
    const headerBytes = hasVendor ? AVP_BYTES + 4 : AVP_BYTES
    if (length < headerBytes || p + length > end) {
      walk.fault ??= new Fault('diameter', AVP_LENGTH, p)
      return
    }
    const vendor = hasVendor ? u32At(bytes, p + AVP_BYTES) : 0
    if (hasVendor && vendor === 0) anomalies.add('vendorIdZero')
    if ((flags & RESERVED_AVP_FLAGS) !== 0) anomalies.add('avpFlagsReserved')
    const valueStart = p + headerBytes
    const valueEnd = p + length
    // repeats count once, and the path a message took is not its sender's habit
    if (isOrdered && (code !== previousCode || vendor !== previousVendor) && !isOfPath(code, vendor)) {
      walk.orderA = Math.imul((walk.orderA ^ code ^ (vendor << 12)) + flags, 0x01000193)
      walk.orderB = Math.imul(walk.orderB ^ (code + Math.imul(vendor, 0x85ebca6b) + (flags << 24)), 0xc2b2ae35)
      walk.orderB ^= walk.orderB >>> 15
      previousCode = code
      previousVendor = vendor
    }
    if (code === SESSION_ID && depth === 0 && p > start && vendor === 0) anomalies.add('sessionIdNotFirst')
    take(walk, code, vendor, flags, valueStart, valueEnd)
    p = paddedEnd(walk, length, valueEnd, end)
  }
}

/** Takes one AVP: what stands in a group first, then the AVP itself. */
function take(walk: Walk, code: number, vendor: number, flags: number, start: number, end: number): void {
  const { anomalies, depth, group } = walk
  const entry = avpEntry(vendor, code)
  if (entry === null) {
    if ((flags & AVP_FLAG.mandatory) !== 0 && !walk.quoted) anomalies.add('unknownMandatoryAvp')
    return
  }
  if (depth > 0 && PROFILE_GROUPS.includes(group)) addProfilePart(walk, entry.name)
  if (entry.isGroup) {
    if (depth + 1 >= LIMITS.diameterDepth) {
      walk.fault ??= new Fault('diameter', 'nested too deep', start)
      return
    }
    const wasQuoted = walk.quoted
    walk.quoted ||= code === FAILED_AVP && vendor === 0
    walk.depth = depth + 1
    walk.group = code
    walk.type = -1
    walk.valueEnd = -1
    walkAvps(walk, start, end)
    walk.depth = depth
    walk.group = group
    walk.quoted = wasQuoted
  } else if (entry.valueBytes !== 0 && end - start !== entry.valueBytes) {
    anomalies.add('avpValueLength')
    return
  }
  if (entry.read !== null && !walk.quoted) entry.read(walk, start, end)
}

/** The end of an AVP with its padding to a multiple of 4 octets. Source: RFC 6733 §4.1. */
function paddedEnd(walk: Walk, length: number, valueEnd: number, end: number): number {
  const { bytes, anomalies } = walk
  const padding = -length & 3
  if (padding === 0) return valueEnd
  if (valueEnd + padding > end) {
    anomalies.add('avpPaddingMissing')
    return end
  }
  for (let i = valueEnd; i < valueEnd + padding; i++) if (at(bytes, i) !== 0) anomalies.add('avpPadding')
  return valueEnd + padding
}

function noteMissing(fields: DiameterFields, anomalies: AnomalyList): void {
  if (fields.originHost === null || fields.originRealm === null) anomalies.add('missingParameter')
}
