/** TCP segments and a protocol for the tests of streams; addresses from the documentation ranges (RFC 5737). */
import { at, u16At } from '../bytes/at.ts'
import { ethernet, HOST_A, HOST_B, ipv4, octets, u16, u32 } from './frames.vectors.ts'
import { PLACE, type Place, type StreamFraming } from './tcp-framing.ts'

export const FIN = 1
export const SYN = 2
export const RST = 4
export const ACK = 16

export interface SegmentFields {
  /** From host B to host A. */
  back?: boolean
  sequence?: number
  ack?: number
  flags?: number
  srcPort?: number
  dstPort?: number
}

/** Ethernet, IPv4, TCP. */
export function segment(data: readonly number[], fields: SegmentFields = {}): number[] {
  const { back = false, sequence = 1_000, ack = 0, flags = 0, srcPort = 40_000, dstPort = 7_000 } = fields
  const ports = back ? [...u16(dstPort), ...u16(srcPort)] : [...u16(srcPort), ...u16(dstPort)]
  const head = [...ports, ...u32(sequence >>> 0), ...u32(ack >>> 0), 0x50, flags, 0xff, 0xff, 0, 0, 0, 0]
  const [src, dst] = back ? [HOST_B, HOST_A] : [HOST_A, HOST_B]
  return ethernet(0x0800, ipv4([...head, ...data], { protocol: 6, src, dst }))
}

const MARK = 0xa5
const BODY_MARK = 0xa6
const HEAD_BYTES = 6

/** A message of the test protocol: mark, length of all, two octets that depend on it, content without the mark. */
export function message(contentBytes: number, seed = 0): number[] {
  const length = contentBytes + HEAD_BYTES
  const content = octets(contentBytes, seed).map((octet) => (octet === MARK || octet === BODY_MARK ? 0 : octet))
  return [MARK, ...u16(length), ...u16(~length), 0, ...content]
}

/** A message of the test protocol whose body is stepped over. */
export function messageWithBody(bodyBytes: number): { head: number[]; body: number[] } {
  const head = [BODY_MARK, ...u16(bodyBytes), ...u16(~bodyBytes), 0]
  return { head, body: new Array<number>(bodyBytes).fill(7) }
}

function place(bytes: Uint8Array, start: number, end: number): Place {
  if (start >= end) return PLACE.more
  if (at(bytes, start) !== MARK && at(bytes, start) !== BODY_MARK) return PLACE.no
  if (end - start < HEAD_BYTES) return PLACE.more
  return (u16At(bytes, start + 1) ^ u16At(bytes, start + 3)) === 0xffff ? PLACE.yes : PLACE.no
}

/** The test protocol; port 7777 is always of it. */
export const FRAMING: StreamFraming = {
  protocol: 'diameter',
  ports: [7_777],
  begins: place,
  resumes: place,
  measure(bytes, start, end, _looked, into) {
    const found = place(bytes, start, end)
    if (found !== PLACE.yes) return found
    const isMessage = at(bytes, start) === MARK
    into.messageBytes = isMessage ? Math.max(HEAD_BYTES, u16At(bytes, start + 1)) : HEAD_BYTES
    into.bodyBytes = isMessage ? 0 : u16At(bytes, start + 1)
    return PLACE.yes
  },
}
