import { u16At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import type { Slice } from '../bytes/slice.ts'
import { BICC_SERVICE, ISUP_SERVICE } from '../event/isup-events.ts'
import { signallingProtocol } from '../event/signalling-protocol.ts'
import type { Payload } from '../packet/payload.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { ParameterReader } from '../signalling/sigtran/common.ts'
import { decodeSua } from '../signalling/sigtran/sua.ts'
import type { Mtp3Transfer, Mtp3Variant } from '../signalling/ss7/mtp3.ts'
import { decodeSccp, type SccpUnitdata } from '../signalling/ss7/sccp.ts'
import { addDiameter } from './diameter-message.ts'
import type { FrameHistory } from './frame-history.ts'
import { addGtp } from './gtp-message.ts'
import { addHttp1, addHttp2, addPduHead } from './heads.ts'
import { addIsup } from './isup-message.ts'
import { addManagement, addMtp2, addMtp3, serviceText } from './mtp-message.ts'
import { addSccp, addSccpManagement } from './sccp-message.ts'
import { addSigtran } from './sigtran-message.ts'
import { decodeTransfer, type Passage } from './ss7-history.ts'
import { addTcap } from './tcap-message.ts'
import { type Branch, octets } from './tree.ts'

const SCCP = 3
const MANAGEMENT_SSN = 1
/** What a signal unit stands behind in M2PA: common header, sequence numbers, priority. */
const M2PA_UNIT = 17
const M2UA_DATA: readonly number[] = [0x0300, 0x000e]
const M2UA_DATA_JAPAN = 0x0301

/**
 * Adds the layers of a user message: what SCTP, UDP or TCP carried, or an SS7 link type. Offsets count in `payload.bytes`.
 * @param fresh it was not seen before: dialogues and segments go on with it.
 */
export function addUserMessage(layers: Branch, payload: Payload, history: FrameHistory, fresh: boolean): void {
  const { bytes, start, end } = payload
  const protocol = signallingProtocol(payload)
  if (protocol === null) {
    layers.content('User data', start, end)
    return
  }
  if (protocol.swapped) layers.anomaly('littleEndianPpid', start, start)
  for (const name of payload.anomalies) layers.anomaly(name, start, end)
  const { name } = protocol
  switch (name) {
    case 'm3ua':
    case 'm2ua':
    case 'm2pa':
      addSigtran(layers, name, bytes, start, end)
      addTransfer(layers, payload, decodeTransfer(name, bytes, start, end), unitStart(name, payload), history, fresh)
      return
    case 'mtp2':
      addMtp2(layers, bytes, start, end, false)
      addTransfer(layers, payload, decodeTransfer(name, bytes, start, end), start + 3, history, fresh)
      return
    case 'mtp3':
      addTransfer(layers, payload, decodeTransfer(name, bytes, start, end), start, history, fresh)
      return
    case 'sua':
      addSua(layers, payload, history, fresh)
      return
    case 'sccp':
      addSccpLayers(layers, payload, payload, 'itu', null, null, history, fresh)
      return
    case 'diameter':
      addDiameter(layers, bytes, start, end)
      return
    case 'gtp':
      addGtp(layers, payload)
      return
    case 's1ap':
    case 'x2ap':
    case 'ngap':
      addPduHead(layers, name, bytes, start, end)
      return
    case 'http1':
      addHttp1(layers, bytes, start, end)
      return
    case 'http2':
      addHttp2(layers, payload, history)
      return
    default:
      layers.content(name.toUpperCase(), start, end, 'not broken down')
  }
}

/** Where the service information octet stands; -1 where the label is none of MTP3's. */
function unitStart(name: 'm3ua' | 'm2ua' | 'm2pa', { bytes, start, end }: Payload): number {
  if (name === 'm3ua') return -1
  if (name === 'm2pa') return start + M2PA_UNIT
  const parameters = new ParameterReader()
  parameters.open(bytes, start + 8, end)
  while (parameters.next()) {
    if (M2UA_DATA.includes(parameters.tag)) return parameters.start
    if (parameters.tag === M2UA_DATA_JAPAN) return parameters.start + 1
  }
  return -1
}

function addTransfer(
  layers: Branch,
  payload: Payload,
  transfer: ReturnType<typeof decodeTransfer>,
  labelAt: number,
  history: FrameHistory,
  fresh: boolean,
): void {
  if (transfer === null || (!(transfer instanceof Fault) && 'maintenance' in transfer)) return
  if (transfer instanceof Fault) {
    // a signal unit of MTP2 alone ends with its header
    if (transfer.reason !== 'no message signal unit') layers.fault(transfer)
    return
  }
  if (labelAt >= 0) addMtp3(layers, transfer, labelAt)
  const { bytes, start, end, si, opc, dpc } = transfer
  if (si === SCCP) addSccpLayers(layers, payload, transfer, transfer.variant, opc, dpc, history, fresh)
  else if (si === ISUP_SERVICE || si === BICC_SERVICE) addIsup(layers, transfer)
  else if (si <= 2 && start < end) addManagement(layers, transfer)
  else if (start < end) layers.content(`User part ${serviceText(si)}`, start, end, 'not broken down')
  else layers.failure(`no user part (${octets(bytes.length)})`, start, end)
}

function addSua(layers: Branch, payload: Payload, history: FrameHistory, fresh: boolean): void {
  const { bytes, start, end, packet } = payload
  addSigtran(layers, 'sua', bytes, start, end)
  const message = decodeSua(bytes, start, end)
  if (message instanceof Fault) layers.fault(message)
  else if (!('maintenance' in message)) {
    const passage = { opc: null, dpc: null, timeUs: packet.timeUs, frame: packet.frame }
    addUnitdata(layers, message, passage, history, fresh, new AnomalyList())
  } else if (u16At(bytes, start + 2) >>> 8 === 8)
    layers.content('Data', start + 8, end, 'connection-oriented, not broken down')
}

function addSccpLayers(
  layers: Branch,
  payload: Payload,
  part: Slice,
  variant: Mtp3Variant,
  opc: Mtp3Transfer['opc'] | null,
  dpc: Mtp3Transfer['dpc'] | null,
  history: FrameHistory,
  fresh: boolean,
): void {
  const { bytes, start, end } = part
  const anomalies = new AnomalyList()
  addSccp(layers, bytes, start, end, variant)
  const message = decodeSccp(bytes, start, end, variant, anomalies)
  layers.anomalies(anomalies, start, end)
  // the rows above say where it broke off
  if (message instanceof Fault || 'connectionOriented' in message) return
  const { timeUs, frame } = payload.packet
  addUnitdata(layers, message, { opc, dpc, timeUs, frame }, history, fresh, new AnomalyList())
}

/** What stands in a connectionless message: SCCP management, or TCAP, put together from segments where it came in some. */
function addUnitdata(
  layers: Branch,
  message: SccpUnitdata,
  passage: Passage,
  history: FrameHistory,
  fresh: boolean,
  anomalies: AnomalyList,
): void {
  const { bytes, start, end, called, calling } = message
  if (start >= end) return
  if (called.ssn === MANAGEMENT_SSN && calling.ssn === MANAGEMENT_SSN) {
    addSccpManagement(layers, bytes, start, end)
    return
  }
  const isSegment =
    message.segmentation !== null && !(message.segmentation.first && message.segmentation.remaining === 0)
  const whole = isSegment && !fresh ? null : history.ss7.whole(message, passage, anomalies)
  if (isSegment) layers.content('Segment', start, end, 'part of a longer message')
  if (whole === null) {
    layers.anomalies(anomalies, start, end)
    return
  }
  const { data, frames } = whole
  if (!isSegment) {
    addTcap(layers, data.bytes, data.start, data.end, message, passage, history.ss7, anomalies)
    return
  }
  const inner = addReassembled(layers, 'SCCP', data.end - data.start, frames)
  addTcap(inner, data.bytes, data.start, data.end, message, passage, history.ss7, anomalies)
}

/** Adds the row under which a message put together stands; octets below it count in the message. */
export function addReassembled(layers: Branch, what: string, length: number, frames: readonly number[] | null): Branch {
  const buffer = layers.tree.nextBuffer()
  const from =
    frames === null
      ? 'several frames'
      : `frames ${frames.slice(0, MOST_FRAMES).join(', ')}${frames.length > MOST_FRAMES ? '…' : ''}`
  const words = `reassembled, ${octets(length)} from ${from}`
  return layers.within(buffer).layer(`${what} message ${buffer}`, words, 0, length)
}

const MOST_FRAMES = 32
