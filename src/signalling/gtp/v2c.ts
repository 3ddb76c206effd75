import { at, u16At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { V2_DEFINED, V2_GROUPED, V2_REPEATS } from './elements-v2.ts'
import type { GtpHeader } from './header.ts'
import { blankMessage, type GtpMessage, type GtpTunnelEndpoint, noteElement, noteSpareHabit } from './message.ts'
import { gtpV2Message } from './messages-v2.ts'
import { decodeApn, decodeImei, decodeImsi, decodeLocation, decodeMsisdn, decodePlmn, readFTeid } from './values.ts'

const UE_REGISTRATION_QUERY_RESPONSE = 159
const CAUSE = 2
const APN = 71
const F_TEID = 87
const BEARER_CONTEXT = 93
const PDN_CONNECTION = 109
const SCEF_PDN_CONNECTION = 195

const ELEMENT_HEADER_BYTES = 4

/** Message in which an element was seen last, by instance times 256 and type: no clearing between messages. */
const seenIn = new Float64Array(16 * 256)
let messageNumber = 0

/**
 * Decodes the information elements of a GTPv2 message. They may stand in any order. Source: 3GPP TS 29.274 §7 and §8.
 * @param end behind the last octet there is. @returns what could be read, with a Fault where it stops. Never throws.
 */
export function decodeGtpV2(bytes: Uint8Array, header: GtpHeader, end: number, anomalies: AnomalyList): GtpMessage {
  const message = blankMessage(2, header)
  const limit = Math.min(end, header.messageEnd)
  const endpoints: GtpTunnelEndpoint[] = []
  messageNumber++
  message.fault = walk(message, bytes, header.bodyStart, limit, 0, 0, endpoints, anomalies)
  if (message.fault === null && header.messageEnd > end) message.fault = new Fault('gtpv2', 'truncated', end)
  if (message.fault === null) noteMissing(message, anomalies)
  if (endpoints.length > 0) message.endpoints = endpoints
  return message
}

/** Reads the elements in `bytes[start, end)` of a group of type `group`, 0 for the message itself. */
function walk(
  message: GtpMessage,
  bytes: Uint8Array,
  start: number,
  end: number,
  group: number,
  depth: number,
  endpoints: GtpTunnelEndpoint[],
  anomalies: AnomalyList,
): Fault | null {
  let p = start
  while (p < end) {
    if (end - p < ELEMENT_HEADER_BYTES) return new Fault('gtpv2', 'truncated', end)
    const type = at(bytes, p)
    const instance = at(bytes, p + 3) & 15
    const valueStart = p + ELEMENT_HEADER_BYTES
    const next = valueStart + u16At(bytes, p + 1)
    if (next > end) return new Fault('gtpv2', 'element beyond the message', p)
    if (message.elements === LIMITS.gtpElements) {
      anomalies.add('tooManyParameters')
      return new Fault('gtpv2', 'too many information elements', p)
    }
    message.elements++
    if (at(bytes, p + 3) > 15) anomalies.add('spareBits')
    if (V2_DEFINED[type] !== 1) anomalies.add('unknownParameter')
    if (group === 0) {
      const key = instance * 256 + type
      const isFirst = seenIn[key] !== messageNumber
      if (!isFirst && V2_REPEATS[type] !== 1) anomalies.add('duplicateParameter')
      seenIn[key] = messageNumber
      noteElement(message, key, isFirst)
      take(message, type, instance, bytes, valueStart, next, endpoints, anomalies)
    } else takeNested(message, group, type, bytes, valueStart, next, endpoints, anomalies)
    if (V2_GROUPED[type] === 1) {
      if (depth === LIMITS.gtpGroupDepth) anomalies.add('nestedTooDeep')
      else {
        const fault = walk(message, bytes, valueStart, next, type, depth + 1, endpoints, anomalies)
        if (fault !== null) return fault
      }
    }
    p = next
  }
  return null
}

function take(
  message: GtpMessage,
  type: number,
  instance: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  endpoints: GtpTunnelEndpoint[],
  anomalies: AnomalyList,
): void {
  switch (type) {
    case 1:
      message.imsi ??= decodeImsi(bytes, start, end, anomalies)
      break
    case CAUSE:
      if (end - start < 2) anomalies.add('parameterLength')
      if (end > start) message.cause ??= at(bytes, start)
      break
    case 3:
      if (end === start) anomalies.add('parameterLength')
      else message.recovery = at(bytes, start)
      break
    case APN:
      message.apn ??= decodeApn(bytes, start, end, anomalies)
      break
    case 73:
      if (end > start) noteSpareHabit(message, at(bytes, start) >> 4, 0)
      break
    case 75:
      message.imei ??= decodeImei(bytes, start, end, anomalies)
      break
    case 76:
      // instance 0 is the correlation number where a message has both
      if (message.msisdn === null || instance === 1) message.msisdn = decodeMsisdn(bytes, start, end, anomalies)
      break
    case 82:
      if (end === start) anomalies.add('parameterLength')
      else message.ratType ??= at(bytes, start)
      break
    case 83:
      message.servingNetwork ??= decodePlmn(bytes, start, end)
      if (end - start < 3) anomalies.add('parameterLength')
      break
    case 86: {
      const place = decodeLocation(bytes, start, end)
      if (place === null) anomalies.add('parameterLength')
      else if (message.cellId === null || instance === 0) message.cellId = place
      break
    }
    case F_TEID:
      takeEndpoint(bytes, start, end, endpoints, anomalies)
      break
    case 120:
      if (message.header.type === UE_REGISTRATION_QUERY_RESPONSE)
        message.servingNetwork ??= decodePlmn(bytes, start, end)
      break
    case 128:
      if (end > start) noteSpareHabit(message, at(bytes, start) >> 2, 4)
      break
  }
}

/** Within bearer contexts and PDN connections stand tunnel endpoints and access point names. */
function takeNested(
  message: GtpMessage,
  group: number,
  type: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  endpoints: GtpTunnelEndpoint[],
  anomalies: AnomalyList,
): void {
  if (type === F_TEID && (group === BEARER_CONTEXT || group === PDN_CONNECTION))
    takeEndpoint(bytes, start, end, endpoints, anomalies)
  else if (type === APN && (group === PDN_CONNECTION || group === SCEF_PDN_CONNECTION))
    message.apn ??= decodeApn(bytes, start, end, anomalies)
}

function takeEndpoint(
  bytes: Uint8Array,
  start: number,
  end: number,
  endpoints: GtpTunnelEndpoint[],
  anomalies: AnomalyList,
): void {
  if (endpoints.length >= LIMITS.gtpTunnelEndpoints) anomalies.add('tooManyTunnels')
  else if (!readFTeid(bytes, start, end, endpoints)) anomalies.add('parameterLength')
}

/** A refusal need not carry more than its cause; 16 to 63 accept. Source: 3GPP TS 29.274 §8.4. */
function noteMissing(message: GtpMessage, anomalies: AnomalyList): void {
  const row = gtpV2Message(message.header.type)
  if (row === undefined) return
  const isRefusal = row.kind === 'answer' && message.cause !== null && message.cause >= 64
  for (const key of row.mandatory) {
    if (seenIn[key] !== messageNumber && (!isRefusal || key === CAUSE)) anomalies.add('missingParameter')
  }
}
