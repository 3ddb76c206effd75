import { at } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import type { Payload } from '../packet/payload.ts'
import { FRAME_HEADER_BYTES, FRAME_TYPES, PREFACE } from '../signalling/http2/frames.ts'
import { decodeStartLine } from '../signalling/http2/http1.ts'
import { parseServicePath } from '../signalling/http2/request-path.ts'
import { NGAP_PROCEDURES } from '../signalling/ngap/ngap-procedures.ts'
import { decodePduHead, type Procedure } from '../signalling/s1ap/pdu-head.ts'
import { S1AP_PROCEDURES } from '../signalling/s1ap/s1ap-procedures.ts'
import { X2AP_PROCEDURES } from '../signalling/s1ap/x2ap-procedures.ts'
import { FieldReader } from './field-reader.ts'
import type { FrameHistory } from './frame-history.ts'
import { identityText } from './identities.ts'
import type { Branch } from './tree.ts'
import { hexNumber, withName } from './values.ts'

/** Protocols of which only the head is read: what a message is, not what it says. */

const PROCEDURES: Record<'s1ap' | 'x2ap' | 'ngap', readonly Procedure[]> = {
  s1ap: S1AP_PROCEDURES,
  x2ap: X2AP_PROCEDURES,
  ngap: NGAP_PROCEDURES,
}
const CRITICALITIES = ['reject', 'ignore', 'notify', '']
const HEAD_BYTES = 3

/** Adds the head of an S1AP, X2AP or NGAP PDU. Source: 3GPP TS 36.413 §9.3.2, TS 36.423 §9.3.3, TS 38.413 §9.4.3. */
export function addPduHead(
  layers: Branch,
  protocol: 's1ap' | 'x2ap' | 'ngap',
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  const layer = layers.layer(protocol.toUpperCase(), null, start, end)
  const head = decodePduHead(bytes, start, end, protocol)
  if (head instanceof Fault) {
    layer.fault(head)
    return
  }
  const name = PROCEDURES[protocol].find((row) => row.code === head.procedureCode)?.name
  layer.setValue(name === undefined ? head.type : `${name}, ${head.type}`)
  layer.field('PDU type', head.type, start, start + 1)
  layer.field('Procedure', withName(name, head.procedureCode), start + 1, start + 2)
  layer.field('Criticality', CRITICALITIES[at(bytes, start + 2) >> 6] ?? '', start + 2, start + 3)
  layer.content('Content', start + HEAD_BYTES, end, 'not broken down')
}

/** Adds the start line of an HTTP/1 message. */
export function addHttp1(layers: Branch, bytes: Uint8Array, start: number, end: number): void {
  const layer = layers.layer('HTTP/1', null, start, end)
  const line = decodeStartLine(bytes, start, end)
  if (line === null) {
    layer.failure('malformed start line', start, end)
    return
  }
  let stop = start
  while (stop < end && at(bytes, stop) !== 0x0a) stop++
  addMessage(layer, line.method, line.target, line.status, start, stop)
  layer.content('Header fields', stop, end)
}

/** Adds a frame of HTTP/2: its header, and of a header block the pseudo-header fields. Source: RFC 9113 §4.1. */
export function addHttp2(layers: Branch, payload: Payload, history: FrameHistory): void {
  const { bytes, start, end } = payload
  const layer = layers.layer('HTTP/2', null, start, end)
  const read = history.readHttp2(payload)
  if (at(bytes, start) === PREFACE[0] && end - start >= PREFACE.length) {
    layer.setValue('connection preface')
    return
  }
  const f = new FieldReader(layer, bytes, start, end)
  f.u24('Length')
  const type = f.u8('Type', (value) => withName(FRAME_TYPES[value]?.name, value))
  f.u8('Flags', (value) => hexNumber(value, 1))
  f.u32('Stream', (value) => String(value & 0x7fff_ffff))
  if (f.failed) return
  layer.setValue(FRAME_TYPES[type]?.name ?? `type ${type}`)
  if (read?.kind === 'headers') {
    const { method, path, status, missing } = read.direction.headers
    addMessage(layer, method, path, status, start + FRAME_HEADER_BYTES, end)
    if (missing) layer.failure('a field of the header table that was never seen', end, end)
  } else if (read?.kind === 'unreadable') layer.failure('unreadable header block', f.offset, end)
  if (f.left > 0) layer.content('Payload', f.offset, end)
}

function addMessage(
  layer: Branch,
  method: string | null,
  path: string | null,
  status: string | null,
  start: number,
  end: number,
): void {
  if (method !== null) layer.field('Method', method, start, end)
  if (path !== null) {
    const service = parseServicePath(path)
    // queries and identifiers in a path may name somebody
    layer.field('Path', identityText(layer.tree, layer.tree.reveal ? path : (path.split('?')[0] ?? '')), start, end)
    if (service !== null) layer.field('Resource', service.resource, start, end)
  }
  if (status !== null) layer.field('Status', status, start, end)
}
