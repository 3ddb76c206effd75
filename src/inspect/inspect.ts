import { u16At } from '../bytes/at.ts'
import { Fault } from '../bytes/fault.ts'
import type { Packet } from '../capture/packet.ts'
import { formatTime } from '../event/time.ts'
import { IP_PROTOCOLS } from '../packet/ip-header.ts'
import { decodeLink, ETHER_TYPES, LINK_TYPES, NetworkStart } from '../packet/link.ts'
import { isExtendedMtp2, MTP2_EXTENDED_HEADER_BYTES, MTP2_PSEUDO_HEADER_BYTES } from '../packet/mtp2.ts'
import type { Payload } from '../packet/payload.ts'
import type { Completed, FrameHistory, FrameReading, Transport } from './frame-history.ts'
import { addIpv4, addIpv6, addTcp, addUdp, IP_PROTOCOL_NAMES } from './internet.ts'
import { addLinkLayer, addMtp2PseudoHeader, linkTypeName } from './link-layer.ts'
import { addMtp2 } from './mtp-message.ts'
import { addSctp, type DataChunk } from './sctp-chunks.ts'
import { type Branch, type HiddenRange, octets, Tree, type TreeNode } from './tree.ts'
import { addReassembled, addUserMessage } from './user-message.ts'
import { named } from './values.ts'

/** One frame as a tree. */
export interface Inspection {
  /** Layers, the frame itself first. */
  readonly layers: readonly TreeNode[]
  /** Octets of the frame whose content is not for anybody's eyes, in no order. */
  readonly hidden: readonly HiddenRange[]
  /** Something is masked that the user may ask for. */
  readonly masked: boolean
}

/**
 * Dissects one frame: every layer with names, values and octets. Never throws; bounded by LIMITS.inspect*.
 * @param packet octets from 0 on. @param history has followed all frames before it. @param captureName as findings cite it.
 * @param reveal shows subscriber identities; the text of messages never shows.
 */
export function inspectFrame(packet: Packet, history: FrameHistory, captureName: string, reveal: boolean): Inspection {
  const tree = new Tree(reveal)
  const trunk = tree.trunk()
  const reading = history.read(packet)
  addFrame(trunk, packet, reading, captureName)
  addLayers({ packet, reading, history, placed: new Set() }, trunk)
  tree.settle()
  return { layers: tree.roots, hidden: tree.hidden, masked: tree.masked }
}

/** The frame at hand. */
interface Frame {
  readonly packet: Packet
  readonly reading: FrameReading
  readonly history: FrameHistory
  /** Messages that have their place among the rows. */
  readonly placed: Set<Completed>
}

function addFrame(trunk: Branch, packet: Packet, { disposition }: FrameReading, captureName: string): void {
  const { frame, end, originalLength, timeUs, linkType } = packet
  const row = trunk.layer('Frame', `${frame} of ${captureName}, ${octets(end)}`, 0, end)
  row.field('Capture', captureName, 0, 0)
  row.field('Number', frame, 0, 0)
  row.field('Time', timeUs === 0 ? 'none' : formatTime(timeUs), 0, 0)
  row.field('Captured', octets(end), 0, end)
  row.field('On the wire', octets(originalLength), 0, end)
  if (originalLength > end) row.field('Cut by the capture', octets(originalLength - end), end, end)
  row.field('Link type', linkTypeName(linkType), 0, 0)
  const { outcome, protocol, reason } = disposition
  if (outcome === 'carried')
    row.field('Read as', reason === '' ? `${protocol} carrying messages` : `${protocol}: ${reason}`, 0, end)
  else row.field('Read as', `${protocol}: ${reason}`, 0, end)
}

function addLayers(frame: Frame, trunk: Branch): void {
  const { packet, reading } = frame
  const { bytes, end, linkType } = packet
  switch (linkType) {
    case LINK_TYPES.mtp2:
      addSignalUnit(frame, trunk, 0, false)
      return
    case LINK_TYPES.mtp2WithPseudoHeader:
      addMtp2PseudoHeader(trunk, bytes, 0, end)
      if (end > MTP2_PSEUDO_HEADER_BYTES)
        addSignalUnit(frame, trunk, MTP2_PSEUDO_HEADER_BYTES, isExtendedMtp2(bytes, 0))
      return
    case LINK_TYPES.mtp3:
    case LINK_TYPES.sccp:
      addMessages(frame, trunk)
      return
    case LINK_TYPES.sctp:
      addSctpLayer(frame, trunk, bytes, 0, end, end < packet.originalLength, null)
      return
  }
  addLinkLayer(trunk, linkType, bytes, 0, end)
  const network = new NetworkStart()
  const stop = decodeLink(linkType, bytes, 0, end, network)
  if (stop !== null) {
    const rest = Math.min(end, network.offset)
    if (stop.outcome === 'undecoded') trunk.fault(new Fault(stop.protocol, stop.reason, rest))
    if (rest < end) trunk.content('Data', rest, end, `${stop.protocol}, not shown`)
    return
  }
  if (network.etherType === ETHER_TYPES.ipv4) addIpv4(trunk, bytes, network.offset, end)
  else addIpv6(trunk, bytes, network.offset, end)
  addTransport(frame, trunk, reading)
}

/** MTP2, and what it carries: with extended sequence numbers the packet stage hands over MTP3. */
function addSignalUnit(frame: Frame, trunk: Branch, start: number, extended: boolean): void {
  const { packet } = frame
  const { bytes, end } = packet
  if (extended) {
    addMtp2(trunk, bytes, start, end, true)
    addMessages(frame, trunk)
  } else if (frame.reading.messages.length > 0) addMessages(frame, trunk)
  else addMtp2(trunk, bytes, start, end, false)
  if (extended && end < start + MTP2_EXTENDED_HEADER_BYTES) trunk.failure('truncated', end, end)
}

function addTransport(frame: Frame, trunk: Branch, { transport, isFragment, disposition }: FrameReading): void {
  const { packet } = frame
  if (transport === null) {
    const words = isFragment ? 'fragment of a datagram' : disposition.reason
    trunk.content('Data', fragmentStart(trunk, packet), packet.end, words)
    return
  }
  const { bytes, start, end, protocol, frames, overlap, cut } = transport
  let branch = trunk
  if (frames !== null) {
    trunk.content('Data', fragmentStart(trunk, packet), packet.end, 'last missing fragment of a datagram')
    branch = addReassembled(trunk, 'IP', bytes.length, frames)
    if (overlap) branch.anomaly('ipFragmentOverlap', 0, bytes.length)
  }
  if (protocol === IP_PROTOCOLS.sctp) addSctpLayer(frame, branch, bytes, start, end, cut, transport)
  else if (protocol === IP_PROTOCOLS.udp) addUdpLayer(frame, branch, transport)
  else if (protocol === IP_PROTOCOLS.tcp) addTcpLayer(frame, branch, transport)
  else if (start < end) branch.content(named(IP_PROTOCOL_NAMES, protocol), start, end)
}

/** Where the rows so far end. */
function fragmentStart(trunk: Branch, packet: Packet): number {
  const last = trunk.tree.roots.at(-1)
  return last === undefined || last.buffer !== 0 ? packet.end : Math.min(packet.end, last.end)
}

function addSctpLayer(
  frame: Frame,
  branch: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  cut: boolean,
  transport: Transport | null,
): void {
  addSctp(branch, bytes, start, end, cut, (chunk) => addDataChunk(frame, chunk, bytes, start, transport))
  addOwnMessages(frame, branch, 'SCTP')
}

function addDataChunk(
  frame: Frame,
  chunk: DataChunk,
  bytes: Uint8Array,
  packetStart: number,
  transport: Transport | null,
): void {
  const { branch, start, end, ppid, whole } = chunk
  if (start >= end) {
    branch.failure('no user data', start, end)
    return
  }
  if (!whole) {
    branch.content('Fragment', start, end, 'part of a user message')
    return
  }
  const completed = frame.reading.messages.find(({ payload, place }) => place !== 'own' && payload.start === start)
  if (completed !== undefined) {
    frame.placed.add(completed)
    addUserMessage(branch, { ...completed.payload, bytes }, frame.history, true)
    return
  }
  branch.field('Seen before', 'retransmission', start, end)
  addUserMessage(
    branch,
    payloadOf(frame, 'sctp', bytes, packetStart, start, end, ppid, transport),
    frame.history,
    false,
  )
}

/** A payload as the packet stage would have handed it over, had it not seen it before. */
function payloadOf(
  frame: Frame,
  kind: 'sctp' | 'udp',
  bytes: Uint8Array,
  headerStart: number,
  start: number,
  end: number,
  ppid: number,
  transport: Transport | null,
): Payload {
  return {
    packet: frame.packet,
    transport: kind,
    bytes,
    start,
    end,
    ppid,
    srcIp: transport?.srcIp ?? null,
    dstIp: transport?.dstIp ?? null,
    srcPort: u16At(bytes, headerStart),
    dstPort: u16At(bytes, headerStart + 2),
    association: 0,
    stream: null,
    anomalies: [],
  }
}

function addUdpLayer(frame: Frame, branch: Branch, { bytes, start, end }: Transport): void {
  const data = addUdp(branch, bytes, start, end)
  const completed = frame.reading.messages[0]
  if (completed !== undefined) {
    frame.placed.add(completed)
    addUserMessage(branch, { ...completed.payload, bytes }, frame.history, true)
  } else if (data >= 0 && data < end) branch.content('User data', data, end)
}

function addTcpLayer(frame: Frame, branch: Branch, { bytes, start, end }: Transport): void {
  const data = addTcp(branch, bytes, start, end)
  if (data < 0 || data >= end) return
  addOwnMessages(frame, branch, 'TCP')
  let p = data
  for (const completed of frame.reading.messages) {
    if (completed.place === 'own' || frame.placed.has(completed)) continue
    frame.placed.add(completed)
    const { payload } = completed
    if (payload.start > p) branch.content('Octets of other messages', p, payload.start)
    addUserMessage(branch, { ...payload, bytes }, frame.history, true)
    p = Math.max(p, payload.end)
  }
  const ofMessage = frame.reading.messages.some(({ place }) => place === 'own')
  const words =
    ofMessage || p > data ? 'of messages in several frames' : `of a stream: ${frame.reading.disposition.reason}`
  if (p < end) branch.content('Data', p, end, words)
}

/** Messages put together from several frames, of which this one was the last to come. */
function addOwnMessages(frame: Frame, branch: Branch, what: string): void {
  for (const completed of frame.reading.messages) {
    if (completed.place !== 'own' || frame.placed.has(completed)) continue
    frame.placed.add(completed)
    const { payload, frames } = completed
    const inner = addReassembled(branch, what, payload.end - payload.start, frames)
    addUserMessage(inner, payload, frame.history, true)
  }
}

function addMessages(frame: Frame, trunk: Branch): void {
  for (const completed of frame.reading.messages) addUserMessage(trunk, completed.payload, frame.history, true)
}
