import { u16At } from '../bytes/at.ts'
import type { Datagram } from './datagram.ts'
import { anomaliesOf, carriedDispositions, ignored, REMARKS, seenByAnotherTap, undecoded } from './disposition.ts'
import type { FlowNumbers } from './flow-numbers.ts'
import type { Disposition, PayloadSink } from './payload.ts'
import type { TapCopies } from './tap-copies.ts'

const HEADER_BYTES = 8

const CARRIED = carriedDispositions('udp')
const SHORT = undecoded('udp', 'truncated header')
const BAD_LENGTH = undecoded('udp', 'impossible length')
const NO_DATA = ignored('udp', 'no user data')
const COPY = seenByAnotherTap('udp')
const NOTHING_LEFT = undecoded('udp', 'cut by the capture')

/**
 * Hands over the data of a UDP datagram. A length of 0 (jumbogram, RFC 2675 §4) means the rest of the IP packet. The
 * checksum is not verified: network cards fill it. Source: RFC 768.
 * @param copies tells what another tap saw as well; null where there is only one.
 * @returns what became of the packet. Never throws.
 */
export function decodeUdp(
  from: Datagram,
  flows: FlowNumbers,
  copies: TapCopies | null,
  sink: PayloadSink,
): Disposition {
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
  const association = flows.numberOf(from.srcIp ?? '', srcPort, from.dstIp ?? '', dstPort)
  const dataStart = start + HEADER_BYTES
  const dataEnd = short ? end : start + length
  const { packet } = from
  if (copies?.isCopy(packet.capture, packet.timeUs, bytes, dataStart, dataEnd, association)) return COPY
  sink.payload({
    packet,
    transport: 'udp',
    bytes,
    start: dataStart,
    end: dataEnd,
    ppid: 0,
    srcIp: from.srcIp,
    dstIp: from.dstIp,
    srcPort,
    dstPort,
    association,
    stream: null,
    anomalies: anomaliesOf(remarks),
  })
  return CARRIED[remarks] ?? NOTHING_LEFT
}
