import { at, u16At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { FIRST_TLV, GTPV1_ELEMENTS, LENGTH_BYTES, V1_DEFINED, VALUE_BYTES } from '../signalling/gtp/elements-v1.ts'
import { GTPV2_ELEMENTS, V2_GROUPED } from '../signalling/gtp/elements-v2.ts'
import { decodeGtpHeader, GTP_PRIME_PORT, type GtpHeader, isPiggybacked, isUserData } from '../signalling/gtp/header.ts'
import { G_PDU, gtpV1Message } from '../signalling/gtp/messages-v1.ts'
import { gtpV2Message } from '../signalling/gtp/messages-v2.ts'
import { decodeGtpV1 } from '../signalling/gtp/v1c.ts'
import { decodeGtpV2 } from '../signalling/gtp/v2c.ts'
import { FieldReader } from './field-reader.ts'
import { EXTENSION_HEADERS } from './gtp-names.ts'
import { V1_READERS, V2_READERS } from './gtp-values.ts'
import type { Branch } from './tree.ts'
import { hexNumber, hexValue, type Names, named, withName } from './values.ts'

const V1_NAMES: Names = new Map(GTPV1_ELEMENTS.map(({ code, name }) => [code, name]))
const V2_NAMES: Names = new Map(GTPV2_ELEMENTS.map(({ code, name }) => [code, name]))

/** Adds the GTP messages of a datagram: header and information elements. User data in a tunnel is never shown. */
export function addGtp(layers: Branch, payload: Payload): void {
  const { bytes, end, srcPort, dstPort } = payload
  const complete = !payload.anomalies.includes('cutByCapture')
  const chargingPort = srcPort === GTP_PRIME_PORT || dstPort === GTP_PRIME_PORT
  let start = payload.start
  // a second message may ride on the first (TS 29.274 §5.5.1)
  for (let count = 0; count < 2 && start < end; count++) {
    const anomalies = new AnomalyList()
    const header = decodeGtpHeader(bytes, start, end, complete, chargingPort, anomalies)
    if (header instanceof Fault) {
      const layer = layers.layer('GTP', null, start, end)
      if (isUserData(bytes, start, end, complete)) addUserDataHeader(layer, bytes, start, end)
      else layer.fault(header)
      return
    }
    addMessage(layers, bytes, start, end, header, anomalies)
    if (!isPiggybacked(header)) return
    start = header.messageEnd
  }
}

function addUserDataHeader(layer: Branch, bytes: Uint8Array, start: number, end: number): void {
  layer.setValue('v1, G-PDU')
  const f = new FieldReader(layer, bytes, start, end)
  f.u8('Flags', (value) => hexNumber(value, 1))
  f.u8('Message type', (value) => withName('G-PDU', value))
  f.u16('Length')
  f.u32('Tunnel endpoint identifier', (value) => hexNumber(value, 4))
  if (f.left > 0) layer.content('User data', f.offset, end)
}

const FAMILY_NAMES = { v0: 'v0', v1: 'v1', v2: 'v2', prime: "GTP'" } as const

function addMessage(
  layers: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  header: GtpHeader,
  anomalies: AnomalyList,
): void {
  const { family, type, bodyStart, messageEnd } = header
  const stop = Math.min(end, messageEnd)
  const isUser = type === G_PDU && family !== 'v2'
  const name = isUser ? 'G-PDU' : (family === 'v2' ? gtpV2Message(type) : gtpV1Message(type))?.name
  const layer = layers.layer('GTP', `${FAMILY_NAMES[family]}, ${name ?? `message ${type}`}`, start, stop)
  addHeader(layer, bytes, start, header, name)
  if (isUser || family === 'v0' || family === 'prime') {
    if (bodyStart < stop) layer.content(isUser ? 'User data' : 'Content', bodyStart, stop, 'not broken down')
    layer.anomalies(anomalies, start, stop)
    return
  }
  const message =
    family === 'v1' ? decodeGtpV1(bytes, header, end, anomalies) : decodeGtpV2(bytes, header, end, anomalies)
  const budget = { left: LIMITS.gtpElements }
  if (family === 'v1') addElementsV1(layer, bytes, bodyStart, stop, budget)
  else addElementsV2(layer, bytes, bodyStart, stop, 0, budget)
  if (message.fault !== null) layer.fault(message.fault)
  layer.anomalies(anomalies, start, stop)
}

/** Source: 3GPP TS 29.060 §6, TS 29.274 §5.1, TS 09.60 §6, TS 32.295 §6.1. */
function addHeader(layer: Branch, bytes: Uint8Array, start: number, header: GtpHeader, name: string | undefined): void {
  const { family, bodyStart } = header
  const f = new FieldReader(layer, bytes, start, bodyStart)
  f.u8('Flags', (value) => `${hexNumber(value, 1)}: ${flagsText(family, value)}`)
  f.u8('Message type', (value) => withName(name, value))
  f.u16('Length')
  if (family === 'v0' || family === 'prime') {
    f.u16('Sequence number')
    if (f.left > 0) f.octets('Rest of the header', f.left, (p) => hexValue(layer.tree, bytes, p, bodyStart))
    return
  }
  if (header.teid !== null) f.u32('Tunnel endpoint identifier', (value) => hexNumber(value, 4))
  if (family === 'v2') {
    f.u24('Sequence number')
    f.u8('Spare or priority', (value) => hexNumber(value, 1))
    return
  }
  if (header.tail < 0) return
  f.u16('Sequence number', (value) => (header.sequence === null ? `${value}, not used` : String(value)))
  f.u8('N-PDU number')
  let next = f.u8('Next extension header', (value) => named(EXTENSION_HEADERS, value))
  for (let i = 0; i < LIMITS.gtpExtensionHeaders && next !== 0 && f.left >= 4; i++) {
    const p = f.offset
    const length = at(bytes, p) * 4
    if (length === 0 || length > f.left) return
    const row = layer.field(
      `Extension header ${named(EXTENSION_HEADERS, next)}`,
      hexValue(layer.tree, bytes, p + 1, p + length - 1),
      p,
      p + length,
    )
    next = at(bytes, p + length - 1)
    row.field('Next extension header', named(EXTENSION_HEADERS, next), p + length - 1, p + length)
    f.take(length)
  }
}

function flagsText(family: GtpHeader['family'], flags: number): string {
  const words: string[] = [`version ${flags >> 5}`]
  if (family === 'v2') {
    if ((flags & 0x10) !== 0) words.push('piggybacked')
    if ((flags & 0x08) !== 0) words.push('with TEID')
    if ((flags & 0x04) !== 0) words.push('with priority')
  } else if (family === 'v1') {
    if ((flags & 4) !== 0) words.push('with extension header')
    if ((flags & 2) !== 0) words.push('with sequence number')
    if ((flags & 1) !== 0) words.push('with N-PDU number')
  }
  return words.join(', ')
}

/** Source: 3GPP TS 29.060 §7.7. */
function addElementsV1(layer: Branch, bytes: Uint8Array, start: number, end: number, budget: { left: number }): void {
  for (let p = start; p < end && budget.left-- > 0; ) {
    const type = at(bytes, p)
    const hasLength = type >= FIRST_TLV
    const lengthBytes = LENGTH_BYTES[type] ?? 0
    const from = p + 1 + lengthBytes
    const length =
      lengthBytes === 2 ? u16At(bytes, p + 1) : lengthBytes === 1 ? at(bytes, p + 1) : (VALUE_BYTES[type] ?? 0)
    // where the elements stop being readable the decoder's fault says
    if ((!hasLength && V1_DEFINED[type] !== 1) || from + length > end) return
    const row = layer.field(`${V1_NAMES.get(type) ?? 'Information element'} (${type})`, null, p, from + length)
    const read = V1_READERS.get(type)
    if (read !== undefined) read(row, bytes, from, from + length)
    else row.setValue(hexValue(layer.tree, bytes, from, from + length))
    p = from + length
  }
}

/** Source: 3GPP TS 29.274 §8.2. */
function addElementsV2(
  layer: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
  budget: { left: number },
): void {
  for (let p = start; p + 4 <= end && budget.left-- > 0; ) {
    const type = at(bytes, p)
    const from = p + 4
    const stop = from + u16At(bytes, p + 1)
    if (stop > end) return
    const instance = at(bytes, p + 3) & 15
    const label = instance === 0 ? String(type) : `${type}, instance ${instance}`
    const row = layer.field(`${V2_NAMES.get(type) ?? 'Information element'} (${label})`, null, p, stop)
    const read = V2_READERS.get(type)
    if (V2_GROUPED[type] === 1 && depth < LIMITS.gtpGroupDepth) addElementsV2(row, bytes, from, stop, depth + 1, budget)
    else if (read !== undefined) read(row, bytes, from, stop)
    else row.setValue(hexValue(layer.tree, bytes, from, stop))
    p = stop
  }
}
