import type { Packet } from './packet.ts'
import type { PacketParser, Window } from './packet-parser.ts'

/** What came out of a whole capture: its packets with copied octets, and the fault that ended it or null. */
export interface Parsed {
  readonly packets: (Omit<Packet, 'bytes' | 'start' | 'end'> & { readonly data: Uint8Array })[]
  readonly fault: { readonly reason: string; readonly offset: number } | null
  /** How often the parser was asked. */
  readonly calls: number
}

/**
 * Feeds a capture to a parser in steps of `stepOctets`, each time into fresh memory that holds only what the parser has
 * not taken yet, so that an offset kept from an earlier step shows.
 */
export function parseAll(parser: PacketParser, capture: Uint8Array, stepOctets = capture.length): Parsed {
  const packets: Parsed['packets'] = []
  let calls = 0
  let taken = 0
  for (let given = 0; given < capture.length && parser.fault === null; ) {
    given = Math.min(capture.length, Math.max(given + stepOctets, taken + parser.need))
    const bytes = Uint8Array.from(capture.subarray(taken, given))
    const window: Window = { bytes, view: new DataView(bytes.buffer), start: 0, end: bytes.length, base: taken }
    for (;;) {
      calls++
      const packet = parser.next(window)
      if (packet === null) break
      const { bytes: octets, start, end, ...rest } = packet
      if (start < 0 || start > end || end > bytes.length) throw new Error('a packet outside the window')
      packets.push({ ...rest, data: octets.slice(start, end) })
    }
    taken += window.start
    if (parser.fault !== null || given < capture.length) continue
    const cut = parser.cut(window)
    return { packets, fault: cut === null ? null : { reason: cut.reason, offset: cut.offset }, calls }
  }
  const fault =
    parser.fault ?? parser.cut({ bytes: capture, view: new DataView(capture.buffer), start: 0, end: 0, base: 0 })
  return { packets, fault: fault === null ? null : { reason: fault.reason, offset: fault.offset }, calls }
}
