import { u16At } from '../bytes/at.ts'
import type { Datagram } from './datagram.ts'
import { anomaliesOf, carriedDispositions, ignored, REMARKS, undecoded } from './disposition.ts'
import type { FlowNumbers } from './flow-numbers.ts'
import type { Disposition, PayloadSink } from './payload.ts'

const HEADER_BYTES = 8

const CARRIED = carriedDispositions('udp')
const SHORT = undecoded('udp', 'truncated header')
const BAD_LENGTH = undecoded('udp', 'impossible length')
const NO_DATA = ignored('udp', 'no user data')
const NOTHING_LEFT = undecoded('udp', 'cut by the capture')

/**
 * Hands over the data of a UDP datagram. A length of 0 (jumbogram, RFC 2675 §4) means the rest of the IP packet. The
 * checksum is not verified: network cards fill it. Source: RFC 768.
 * @returns what became of the packet. Never throws.
 */
export function decodeUdp(from: Datagram, flows: FlowNumbers, sink: PayloadSink): Disposition {
  const { bytes, start, end } = from
  if (end - start < HEADER_BYTES) return SHORT
  const announced = u16At(bytes, start + 4)
  const length = announced === 0 ? end - start : announced
  const short = length > end - start
  if (length < HEADER_BYTES || (short && !from.cut)) return BAD_LENGTH
  if (length === HEADER_BYTES) return NO_DATA
  if (end === start + HEADER_BYTES) return NOTHING_LEFT
  const remarks = short ? from.remarks | REMARKS.cutByCapture : from.remarks
  const srcPort = u16At(bytes, start)
  const dstPort = u16At(bytes, start + 2)
  sink.payload({
    packet: from.packet,
    transport: 'udp',
    bytes,
    start: start + HEADER_BYTES,
    end: short ? end : start + length,
    ppid: 0,
    srcIp: from.srcIp,
    dstIp: from.dstIp,
    srcPort,
    dstPort,
    association: flows.numberOf(from.srcIp ?? '', srcPort, from.dstIp ?? '', dstPort),
    stream: null,
    anomalies: anomaliesOf(remarks),
  })
  return CARRIED[remarks] ?? NOTHING_LEFT
}
