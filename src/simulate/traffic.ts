import { type BerElement, encode, encodeBriefly, nullElement } from './ber-writer.ts'
import { ethernetIpv4, IP_PROTOCOLS, tcpSegment, udpDatagram } from './ip-writer.ts'
import { m3uaData, SERVICES } from './m3ua-writer.ts'
import type { PcapWriter } from './pcap-writer.ts'
import type { Random } from './random.ts'
import { encodeSccpAddress, type SccpAddress, type SccpStyle, sccpMessages } from './sccp-writer.ts'
import { PPIDS, sctpPacket } from './sctp-writer.ts'
import { diameterRoute, hostOf, type Link, route, type Wiring } from './wiring.ts'
import type { Gateway, Node, Peer } from './world.ts'

/** A message of any protocol. */
export interface Framed {
  readonly timeUs: number
  /** Frames that carry it, once it is written: several when it is cut into segments. */
  readonly frames: number[]
}

/** One TCAP message on its way. */
export interface Message extends Framed {
  readonly from: Node
  readonly to: Node
  readonly calling: SccpAddress
  readonly called: SccpAddress
  readonly tcap: BerElement
  /** SCCP style of this message alone; absent: its sender's. */
  readonly sccp?: SccpStyle
  /** What `tcap` comes to, where it was encoded when it was added. */
  readonly encoded?: Uint8Array
}

/** A message that is encoded already, and what carries it. */
export interface Datagram extends Framed {
  readonly octets: Uint8Array
  readonly over:
    | { readonly protocol: 'diameter'; readonly from: Peer; readonly to: Peer }
    | { readonly protocol: 'gtp'; readonly from: Gateway; readonly to: Gateway }
    | { readonly protocol: 'isup'; readonly from: Node; readonly to: Node }
}

const NOTHING = nullElement(0x05)

/** Where a scenario puts its messages. */
export interface MessageSink {
  add(message: Message): void
  carry(datagram: Datagram): void
}

/** How messages become packets. */
export interface PacketStyle {
  /** Longest time a message waits for company in its packet, µs, less than any answer takes; 0 gives each its own. */
  readonly bundleUs: number
  /** Most DATA chunks in a packet. */
  readonly chunks: number
  /** Encodes a message when it is added and forgets what it was made of: long captures then need little memory. */
  readonly eager?: boolean
}

/** Chunks of one direction of one association that wait for their packet. */
interface Bundle {
  readonly link: Link
  readonly sendingEnd: 0 | 1
  readonly dueUs: number
  readonly capacity: number
  readonly chunks: { octets: Uint8Array; message: Framed }[]
}

/**
 * Gathers messages in any order and writes them as packets in order of time. Owns the state of the associations,
 * which live in `wiring`, so one Traffic has a wiring to itself.
 */
export class Traffic implements MessageSink {
  private pending: (Message | Datagram)[] = []
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
    if (this.style.eager !== true) {
      this.pending.push(message)
      return
    }
    const { timeUs, from, to, calling, called, frames, tcap } = message
    this.pending.push({
      timeUs,
      from,
      to,
      calling,
      called,
      frames,
      tcap: NOTHING,
      encoded: encode(tcap, from.habits.length),
    })
  }

  /** Adds a message that is encoded already. */
  carry(datagram: Datagram): void {
    this.pending.push(datagram)
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
      if ('tcap' in message) this.enqueue(pcap, message)
      else this.dispatch(pcap, message)
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
      message.encoded ?? encodeBriefly(message.tcap, habits.length),
      message.sccp ?? habits.sccp,
      this.random.u32() & 0xffffff,
    )
    for (const segment of segments) this.chunk(pcap, link, sendingEnd, message, m3uaData(routing, segment))
  }

  private dispatch(pcap: PcapWriter, datagram: Datagram): void {
    const { over, octets, timeUs } = datagram
    if (over.protocol === 'isup') {
      const { link, sendingEnd } = route(this.wiring, over.from, over.to)
      const [sender, receiver] = sendingEnd === 0 ? link.ends : [link.ends[1], link.ends[0]]
      const { networkIndicator, networkAppearance, routingContext } = link
      const routing = {
        opc: sender.pointCode,
        dpc: receiver.pointCode,
        networkIndicator,
        networkAppearance,
        routingContext,
        sls: (octets[0] ?? 0) & 15,
      }
      this.chunk(pcap, link, sendingEnd, datagram, m3uaData(routing, octets, SERVICES.isup))
    } else if (over.protocol === 'gtp') {
      const [from, to] = [hostOf(over.from), hostOf(over.to)]
      const packet = udpDatagram(from, to, 2123, octets)
      datagram.frames.push(pcap.packet(timeUs, ethernetIpv4(from, to, this.identification++, packet, IP_PROTOCOLS.udp)))
    } else this.diameter(pcap, over, datagram)
  }

  private diameter(pcap: PcapWriter, over: { from: Peer; to: Peer }, { octets, timeUs, frames }: Datagram): void {
    const { connection, sendingEnd } = diameterRoute(this.wiring, over.from, over.to)
    const [from, to] = sendingEnd === 0 ? connection.ends : [connection.ends[1], connection.ends[0]]
    const { host } = from
    const put = (payload: Uint8Array, protocol: number, laterUs: number): void => {
      frames.push(pcap.packet(timeUs + laterUs, ethernetIpv4(host, to.host, this.identification++, payload, protocol)))
    }
    if (connection.transport === 'sctp') {
      put(sctpPacket(from.sctp, [octets], this.random.between(0, 3), PPIDS.diameter), IP_PROTOCOLS.sctp, 0)
      return
    }
    // a stream knows no messages: some are cut where it suits the sender
    const cut = octets.length > 40 && this.random.chance(25) ? this.random.between(1, octets.length - 1) : octets.length
    for (const [i, part] of [octets.subarray(0, cut), octets.subarray(cut)].entries()) {
      if (part.length > 0) put(tcpSegment(host, to.host, from.tcp, to.tcp.sequence, part), IP_PROTOCOLS.tcp, i)
    }
  }

  private chunk(pcap: PcapWriter, link: Link, sendingEnd: 0 | 1, message: Framed, octets: Uint8Array): void {
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
