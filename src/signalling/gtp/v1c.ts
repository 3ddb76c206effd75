import { at, u16At, u32At } from '../../bytes/at.ts'
import { Fault } from '../../bytes/fault.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import { formatArea, formatCell } from '../location/location.ts'
import { FIRST_TLV, LENGTH_BYTES, V1_DEFINED, V1_REPEATS, VALUE_BYTES } from './elements-v1.ts'
import type { GtpHeader } from './header.ts'
import { blankMessage, type GtpMessage, type GtpTunnelEndpoint, noteElement, noteSpareHabit } from './message.ts'
import { gtpV1Message } from './messages-v1.ts'
import { decodeAddress, decodeApn, decodeImei, decodeImsi, decodeMsisdn, decodePlmn } from './values.ts'

const CREATE_PDP_CONTEXT_REQUEST = 16
const UPDATE_PDP_CONTEXT_REQUEST = 18
const ERROR_INDICATION = 26
const SGSN_CONTEXT_RESPONSE = 51
const SGSN_CONTEXT_ACKNOWLEDGE = 52
const FORWARD_RELOCATION_REQUEST = 53
const UE_REGISTRATION_QUERY_RESPONSE = 62
const CREATE_MBMS_CONTEXT_REQUEST = 100
const UPDATE_MBMS_CONTEXT_REQUEST = 102
const FIRST_REQUIRING_SEQUENCE = 16
const SUPPORTED_EXTENSION_HEADERS = 31
const END_MARKER = 254

const IMSI = 2
const GSN_ADDRESS = 133

/** Location area that stands for none. Source: 3GPP TS 23.003 §4.1. */
const NO_AREA = 0xfffe

/** Message in which a type was seen last, by type: no clearing between messages. */
const seenIn = new Float64Array(256)
let messageNumber = 0

/** What becomes tunnel endpoints once the whole message is read. */
interface Endpoints {
  control: number | null
  user: number | null
  gsnAddresses: string[]
}

/**
 * Decodes the information elements of a GTPv1 message. Source: 3GPP TS 29.060 §7.
 * @param end behind the last octet there is. @returns what could be read, with a Fault where it stops. Never throws.
 */
export function decodeGtpV1(bytes: Uint8Array, header: GtpHeader, end: number, anomalies: AnomalyList): GtpMessage {
  const message = blankMessage(1, header)
  const limit = Math.min(end, header.messageEnd)
  if (isSequenceMissing(header)) anomalies.add('sequenceNumberMissing')
  const endpoints: Endpoints = { control: null, user: null, gsnAddresses: [] }
  messageNumber++
  let p = header.bodyStart
  let last = 0
  while (p < limit) {
    const type = at(bytes, p)
    const hasLength = type >= FIRST_TLV
    if (V1_DEFINED[type] !== 1) {
      anomalies.add('unknownParameter')
      if (!hasLength) return stop(message, 'unknown information element', p, endpoints)
    }
    const lengthBytes = LENGTH_BYTES[type] ?? 0
    if (p + 1 + lengthBytes > limit) return stop(message, 'truncated', limit, endpoints)
    const start = p + 1 + lengthBytes
    const length =
      lengthBytes === 2 ? u16At(bytes, p + 1) : lengthBytes === 1 ? at(bytes, p + 1) : (VALUE_BYTES[type] ?? 0)
    const next = start + length
    if (next > limit) return stop(message, 'element beyond the message', p, endpoints)
    if (message.elements === LIMITS.gtpElements) {
      anomalies.add('tooManyParameters')
      return stop(message, 'too many information elements', p, endpoints)
    }
    message.elements++
    const isFirst = seenIn[type] !== messageNumber
    if (!isFirst && V1_REPEATS[type] !== 1) anomalies.add('duplicateParameter')
    if (type < last && !isBehindOthers(header.type, type)) anomalies.add('parameterOrder')
    last = type
    seenIn[type] = messageNumber
    noteElement(message, type, isFirst)
    take(message, type, bytes, start, next, endpoints, anomalies)
    p = next
  }
  if (header.messageEnd > end) return stop(message, 'truncated', end, endpoints)
  noteMissing(message, anomalies)
  message.endpoints = toEndpoints(header.type, endpoints)
  return message
}

function stop(message: GtpMessage, reason: string, offset: number, endpoints: Endpoints): GtpMessage {
  message.fault = new Fault('gtpv1', reason, offset)
  message.endpoints = toEndpoints(message.header.type, endpoints)
  return message
}

/** Error Indication, End Marker and Supported Extension Headers Notification go without. Source: TS 29.060 §6, TS 29.281 §5.1. */
function isSequenceMissing({ type, sequence }: GtpHeader): boolean {
  if (sequence !== null || type === ERROR_INDICATION || type === SUPPORTED_EXTENSION_HEADERS) return false
  return type === 1 || type === 2 || (type >= FIRST_REQUIRING_SEQUENCE && type < END_MARKER - 1)
}

/** Alternative GGSN addresses were added behind all others. Source: 3GPP TS 29.060 §7.5.4 and §7.5.6. */
function isBehindOthers(message: number, type: number): boolean {
  return type === GSN_ADDRESS && (message === SGSN_CONTEXT_RESPONSE || message === FORWARD_RELOCATION_REQUEST)
}

/** A refusal need not carry more than its cause; 128 to 191 accept. Source: 3GPP TS 29.060 §7.7.1. */
function noteMissing(message: GtpMessage, anomalies: AnomalyList): void {
  const row = gtpV1Message(message.header.type)
  if (row === undefined) return
  const isRefusal = row.kind === 'answer' && message.cause !== null && message.cause >= 192
  for (const type of row.mandatory) {
    if (seenIn[type] !== messageNumber && (!isRefusal || type === 1 || type === IMSI)) anomalies.add('missingParameter')
  }
}

function take(
  message: GtpMessage,
  type: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  endpoints: Endpoints,
  anomalies: AnomalyList,
): void {
  switch (type) {
    case 1:
      message.cause ??= at(bytes, start)
      break
    case IMSI:
      message.imsi ??= decodeImsi(bytes, start, end, anomalies)
      break
    case 3:
      takeRoutingArea(message, bytes, start)
      break
    case 9:
    case 136:
      message.vectors++
      break
    case 14:
      message.recovery = at(bytes, start)
      break
    case 15:
      noteSpareHabit(message, at(bytes, start) >> 2, 4)
      break
    case 16:
      endpoints.user = u32At(bytes, start)
      break
    case 17:
      endpoints.control = u32At(bytes, start)
      break
    case 18:
      endpoints.user ??= u32At(bytes, start + 1)
      break
    case 20:
      noteSpareHabit(message, at(bytes, start) >> 4, 0)
      break
    case 131:
      message.apn ??= decodeApn(bytes, start, end, anomalies)
      break
    case GSN_ADDRESS:
      takeAddress(endpoints, bytes, start, end, anomalies)
      break
    case 134:
      if (end - start < 2) anomalies.add('parameterLength')
      else message.msisdn ??= decodeMsisdn(bytes, start + 1, end, anomalies)
      break
    case 151:
      if (end - start !== 1) anomalies.add('parameterLength')
      else message.ratType ??= at(bytes, start)
      break
    case 152:
      takeLocation(message, bytes, start, end, anomalies)
      break
    case 154:
      message.imei ??= decodeImei(bytes, start, end, anomalies)
      break
    case 164:
      if (message.header.type === UE_REGISTRATION_QUERY_RESPONSE) message.servingNetwork = decodePlmn(bytes, start, end)
      break
  }
}

/** The area the phone is in, or was. Its network serves the phone where a tunnel is made or changed. Source: TS 29.060 §7.7.3. */
function takeRoutingArea(message: GtpMessage, bytes: Uint8Array, start: number): void {
  const area = u16At(bytes, start + 3)
  if (area !== NO_AREA && area !== 0) message.cellId ??= formatArea(bytes, start, start + 5)
  switch (message.header.type) {
    case CREATE_PDP_CONTEXT_REQUEST:
    case UPDATE_PDP_CONTEXT_REQUEST:
    case CREATE_MBMS_CONTEXT_REQUEST:
    case UPDATE_MBMS_CONTEXT_REQUEST:
      message.servingNetwork = decodePlmn(bytes, start, start + 3)
  }
}

/** Cell (0), service area (1) or routing area (2). Source: 3GPP TS 29.060 §7.7.51. */
function takeLocation(
  message: GtpMessage,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): void {
  const kind = at(bytes, start)
  if (end - start < 8) anomalies.add('parameterLength')
  else if (kind <= 1) message.cellId = formatCell(bytes, start + 1, end) ?? message.cellId
  else if (kind === 2) message.cellId ??= formatArea(bytes, start + 1, end)
}

function takeAddress(
  endpoints: Endpoints,
  bytes: Uint8Array,
  start: number,
  end: number,
  anomalies: AnomalyList,
): void {
  const address = decodeAddress(bytes, start, end)
  if (address === null) anomalies.add('parameterLength')
  else if (endpoints.gsnAddresses.length === LIMITS.gtpTunnelEndpoints) anomalies.add('tooManyTunnels')
  else endpoints.gsnAddresses.push(address)
}

/**
 * GSN addresses carry no type, their order tells: for signalling first, then for user traffic, then the alternatives of both.
 * Where a message has an identifier for the user plane alone, so has its address. Source: 3GPP TS 29.060 §7.3 and §7.5.
 */
function toEndpoints(type: number, { control, user, gsnAddresses }: Endpoints): readonly GtpTunnelEndpoint[] {
  if (gsnAddresses.length === 0 && control === null && user === null) return []
  const userFirst =
    type === ERROR_INDICATION || type === SGSN_CONTEXT_ACKNOWLEDGE || (control === null && gsnAddresses.length === 1)
  const list: GtpTunnelEndpoint[] = []
  gsnAddresses.forEach((address, i) => {
    const isControl = !userFirst && i % 2 === 0
    list.push({
      interfaceType: isControl ? 'control' : 'user',
      isControl,
      teid: isControl ? control : user,
      address,
    })
  })
  if (gsnAddresses.length === 0) {
    if (control !== null) list.push({ interfaceType: 'control', isControl: true, teid: control, address: null })
    if (user !== null) list.push({ interfaceType: 'user', isControl: false, teid: user, address: null })
  }
  return list
}
