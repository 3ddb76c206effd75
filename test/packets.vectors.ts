import type { Packet } from '../src/capture/packet.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import { formatEvent } from '../src/event/format.ts'
import { playScenario } from '../src/simulate/scenario.ts'
import { SCENARIOS } from '../src/simulate/scenarios/index.ts'

/** Ethernet, IPv4 and SCTP headers in front of the first chunk, as the encoder writes them. */
const CHUNKS_AT = 14 + 20 + 12

/** Scenarios that are long for the sake of statistics: their packets are like those of the others. */
const LONG: ReadonlySet<string> = new Set(['far-from-home', 'evaluation-mix', 'benign-roaming'])
/** Packets of one scenario: the first of each length show what it holds. */
const PACKETS_PER_SCENARIO = 60

/** Packets of every scenario, each kind of octets once: a pcap file is a header of 24 octets, then records. */
export function scenarioPackets(): Uint8Array[] {
  const distinct = new Map<string, Uint8Array>()
  for (const scenario of SCENARIOS) {
    if (LONG.has(scenario.name)) continue
    const before = distinct.size
    const { capture } = playScenario(scenario, 1)
    const view = new DataView(capture.buffer, capture.byteOffset, capture.length)
    for (let at = 24; at < capture.length; ) {
      const length = view.getUint32(at + 8, true)
      const octets = capture.slice(at + 16, at + 16 + length)
      // the mutations below know SCTP; other transports are fuzzed elsewhere
      if (octets[23] === 132) distinct.set(Buffer.from(octets.subarray(CHUNKS_AT)).toString('latin1'), octets)
      if (distinct.size - before >= PACKETS_PER_SCENARIO) break
      at += 16 + length
    }
  }
  return [...distinct.values()]
}

/** Gives every DATA chunk of a sound packet a number of its own, so that none passes for a retransmission. @returns the next. */
export function renumber(octets: Uint8Array, firstTsn: number): number {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  let tsn = firstTsn
  for (let at = CHUNKS_AT; at + 16 <= octets.length; at += (view.getUint16(at + 2) + 3) & ~3)
    view.setUint32(at + 4, tsn++)
  return tsn
}

/** A decoder that takes packets of a made-up capture, and reads every sixteenth line it would print. */
export class Mill {
  readonly decoder = new EventDecoder([{ name: 'mill.pcap' }], (event) => {
    this.events++
    if (this.events % 16 === 0) JSON.parse(formatEvent(event))
  })
  events = 0
  private frame = 0

  take(bytes: Uint8Array, timeUs: number, originalLength = bytes.length): void {
    const packet: Packet = {
      capture: 0,
      frame: ++this.frame,
      timeUs,
      linkType: 1,
      bytes,
      start: 0,
      end: bytes.length,
      originalLength,
    }
    this.decoder.take(packet)
  }
}
