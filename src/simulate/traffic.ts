import { type BerElement, encode } from './ber-writer.ts'
import { ethernetIpv4 } from './ip-writer.ts'
import { m3uaData } from './m3ua-writer.ts'
import type { PcapWriter } from './pcap-writer.ts'
import type { Random } from './random.ts'
import { encodeSccpAddress, type SccpAddress, sccpMessages } from './sccp-writer.ts'
import { sctpPacket } from './sctp-writer.ts'
import { type Link, route, type Wiring } from './wiring.ts'
import type { Node } from './world.ts'

/** One TCAP message on its way. */
export interface Message {
  readonly timeUs: number
  readonly from: Node
  readonly to: Node
  readonly calling: SccpAddress
  readonly called: SccpAddress
  readonly tcap: BerElement
  /** Frames that carry it, once it is written: several when SCCP cuts it into segments. */
  readonly frames: number[]
}

/** Where a scenario puts its messages. */
export interface MessageSink {
  add(message: Message): void
}

/** How messages become packets. */
export interface PacketStyle {
  /** Longest time a message waits for company in its packet, µs, less than any answer takes; 0 gives each its own. */
  readonly bundleUs: number
  /** Most DATA chunks in a packet. */
  readonly chunks: number
}

/** Chunks of one direction of one association that wait for their packet. */
interface Bundle {
  readonly link: Link
  readonly sendingEnd: 0 | 1
  readonly dueUs: number
  readonly capacity: number
  readonly chunks: { octets: Uint8Array; message: Message }[]
}

/**
 * Gathers messages in any order and writes them as packets in order of time. Owns the state of the associations,
 * which live in `wiring`, so one Traffic has a wiring to itself.
 */
export class Traffic implements MessageSink {
  private pending: Message[] = []
  private readonly bundles = new Map<object, Bundle>()
  private readonly wiring: Wiring
  private readonly random: Random
  private readonly style: PacketStyle
  private identification = 0
  /** Messages written so far. */
  messages = 0

  constructor(wiring: Wiring, random: Random, style: PacketStyle) {
    this.wiring = wiring
    this.random = random
    this.style = style
  }

  /** Adds a message; it is encoded when it is written, as its sender's habits want it. */
  add(message: Message): void {
    this.pending.push(message)
  }

  /** Writes the messages before `untilUs` and forgets them; of more than `limit`, the later ones unwritten. */
  write(pcap: PcapWriter, untilUs: number, limit: number): void {
    this.pending.sort((a, b) => a.timeUs - b.timeUs)
    let count = 0
    while (count < this.pending.length && (this.pending[count]?.timeUs ?? 0) < untilUs) count++
    const due = this.pending.slice(0, Math.min(count, limit))
    this.pending = this.pending.slice(count)
    for (const message of due) {
      this.emitDue(pcap, message.timeUs)
      this.enqueue(pcap, message)
    }
    this.messages += due.length
  }

  /** Sends what still waits for company in its packet. */
  finish(pcap: PcapWriter): void {
    this.emitDue(pcap, Number.POSITIVE_INFINITY)
  }

  private enqueue(pcap: PcapWriter, message: Message): void {
    const { link, sendingEnd } = route(this.wiring, message.from, message.to)
    const [sender, receiver] = sendingEnd === 0 ? link.ends : [link.ends[1], link.ends[0]]
    const { habits } = message.from
    const routing = {
      opc: sender.pointCode,
      dpc: receiver.pointCode,
      networkIndicator: link.networkIndicator,
      sls: this.random.between(0, 15),
      networkAppearance: link.networkAppearance,
      routingContext: link.routingContext,
    }
    const segments = sccpMessages(
      encodeSccpAddress(message.called),
      encodeSccpAddress(message.calling),
      encode(message.tcap, habits.length),
      habits.sccp,
      this.random.u32() & 0xffffff,
    )
    for (const segment of segments) this.chunk(pcap, link, sendingEnd, message, m3uaData(routing, segment))
  }

  private chunk(pcap: PcapWriter, link: Link, sendingEnd: 0 | 1, message: Message, octets: Uint8Array): void {
    const direction = link.ends[sendingEnd]
    let bundle = this.bundles.get(direction)
    if (bundle === undefined) {
      const capacity = this.style.bundleUs === 0 ? 1 : this.random.between(1, this.style.chunks)
      bundle = { link, sendingEnd, dueUs: message.timeUs + this.style.bundleUs, capacity, chunks: [] }
      this.bundles.set(direction, bundle)
    }
    bundle.chunks.push({ octets, message })
    if (bundle.chunks.length >= bundle.capacity) this.emit(pcap, bundle, message.timeUs)
  }

  /** Sends the bundles whose waiting time is over, the longest waiting first. */
  private emitDue(pcap: PcapWriter, nowUs: number): void {
    if (this.bundles.size === 0) return
    const due = [...this.bundles.values()].filter((bundle) => bundle.dueUs <= nowUs)
    due.sort((a, b) => a.dueUs - b.dueUs)
    for (const bundle of due) this.emit(pcap, bundle, bundle.dueUs)
  }

  private emit(pcap: PcapWriter, bundle: Bundle, timeUs: number): void {
    const [from, to] = bundle.sendingEnd === 0 ? bundle.link.ends : [bundle.link.ends[1], bundle.link.ends[0]]
    const stream = this.random.between(0, 3)
    const sctp = sctpPacket(
      from.sender,
      bundle.chunks.map((chunk) => chunk.octets),
      stream,
    )
    const frame = pcap.packet(timeUs, ethernetIpv4(from.host, to.host, this.identification++, sctp))
    for (const { message } of bundle.chunks) if (message.frames.at(-1) !== frame) message.frames.push(frame)
    this.bundles.delete(bundle.link.ends[bundle.sendingEnd])
  }
}
