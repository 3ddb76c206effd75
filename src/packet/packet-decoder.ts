import type { Packet } from '../capture/packet.ts'
import { AddressTexts } from './address.ts'
import type { Datagram } from './datagram.ts'
import { anomaliesOf, carriedDispositions, MoveLedger, REMARKS, seenByAnotherTap, undecoded } from './disposition.ts'
import { FlowNumbers, NumberSource } from './flow-numbers.ts'
import { IP_PROTOCOLS, IpHeader, otherProtocol } from './ip-header.ts'
import { IpDatagram, IpReassembly } from './ip-reassembly.ts'
import { decodeIpv4 } from './ipv4.ts'
import { decodeIpv6, skipExtensionHeaders } from './ipv6.ts'
import { decodeLink, ETHER_TYPES, LINK_TYPES, NetworkStart } from './link.ts'
import { classifySignalUnit, isExtendedMtp2, MTP2_EXTENDED_HEADER_BYTES, MTP2_PSEUDO_HEADER_BYTES } from './mtp2.ts'
import type { Disposition, Move, PayloadSink } from './payload.ts'
import { SctpDecoder } from './sctp.ts'
import { TapCopies } from './tap-copies.ts'
import { TcpDecoder } from './tcp.ts'
import type { StreamFraming } from './tcp-framing.ts'
import { decodeUdp } from './udp.ts'

const AUTHENTICATION_HEADER = 51

const CARRIED = {
  mtp2: carriedDispositions('mtp2'),
  mtp3: carriedDispositions('mtp3'),
  sccp: carriedDispositions('sccp'),
}
const COPIES = {
  mtp2: seenByAnotherTap('mtp2'),
  mtp3: seenByAnotherTap('mtp3'),
  sccp: seenByAnotherTap('sccp'),
}
const EMPTY = undecoded('link', 'empty packet')
const MTP2_SHORT = undecoded('mtp2', 'truncated header')
const NESTED_FRAGMENT = undecoded('ipv6', 'fragment inside a fragment')

const NO_PACKET: Packet = {
  capture: 0,
  frame: 0,
  timeUs: 0,
  linkType: 0,
  bytes: new Uint8Array(0),
  start: 0,
  end: 0,
  originalLength: 0,
}

/**
 * From captured packets to what they carried for the signalling layers.
 *
 * Accounting: `decode` gives every packet exactly one disposition. A fragment is `held` as long as its message is not
 * complete; when that is decided, a move says how many packets of one disposition turned out to be of another: put together
 * later, or given up (then undecoded). So with the moves applied, the counts of all dispositions add up to the packets
 * read at any time, and after `flush` none is left waiting.
 *
 * Bounds: LIMITS.ip*, LIMITS.sctp* and LIMITS.tcp*; time and memory are linear in the input below them.
 */
export class PacketDecoder {
  private readonly sink: PayloadSink
  private readonly ledger = new MoveLedger()
  private readonly addresses = new AddressTexts()
  private readonly flows: FlowNumbers
  private readonly fragments: IpReassembly
  private readonly sctp: SctpDecoder
  private readonly tcp: TcpDecoder
  private readonly copies: TapCopies | null
  // Filled again for each packet.
  private readonly network = new NetworkStart()
  private readonly ip = new IpHeader()
  private readonly datagram: Datagram = {
    packet: NO_PACKET,
    bytes: NO_PACKET.bytes,
    start: 0,
    end: 0,
    cut: false,
    srcIp: null,
    dstIp: null,
    remarks: 0,
  }

  /**
   * @param framings how the messages of each protocol are cut out of TCP streams; without any, no stream is read.
   * @param captures how many there are: with several, some may hold the same packets.
   */
  constructor(sink: PayloadSink, framings: readonly StreamFraming[] = [], captures = 1) {
    const numbers = new NumberSource()
    this.sink = sink
    this.flows = new FlowNumbers(numbers)
    this.fragments = new IpReassembly(this.ledger)
    this.sctp = new SctpDecoder(sink, numbers, this.flows, this.ledger)
    this.tcp = new TcpDecoder(sink, framings, numbers, this.ledger)
    this.copies = captures > 1 ? new TapCopies() : null
  }

  /**
   * Decodes one packet and calls `sink.payload` for each user message it completes.
   * @returns what became of the packet: one of a fixed set of objects, to be compared and counted by identity.
   */
  decode(packet: Packet): Disposition {
    const { bytes, start } = packet
    const end = Math.min(packet.end, bytes.length)
    if (start >= end) return EMPTY
    switch (packet.linkType) {
      case LINK_TYPES.mtp2:
        return this.decodeMtp2(packet, start, end, false)
      case LINK_TYPES.mtp2WithPseudoHeader:
        if (end - start < MTP2_PSEUDO_HEADER_BYTES) return MTP2_SHORT
        return this.decodeMtp2(packet, start + MTP2_PSEUDO_HEADER_BYTES, end, isExtendedMtp2(bytes, start))
      case LINK_TYPES.mtp3:
        return this.handOverLink(packet, 'mtp3', start, end)
      case LINK_TYPES.sccp:
        return this.handOverLink(packet, 'sccp', start, end)
      case LINK_TYPES.sctp:
        this.fill(packet, bytes, start, end, end - start < packet.originalLength, null, null, 0)
        return this.sctp.decode(this.datagram)
    }
    const stop = decodeLink(packet.linkType, bytes, start, end, this.network)
    if (stop !== null) return stop
    const { etherType, offset } = this.network
    const { ip } = this
    const fault =
      etherType === ETHER_TYPES.ipv4 ? decodeIpv4(bytes, offset, end, ip) : decodeIpv6(bytes, offset, end, ip)
    if (fault !== null) return fault
    return ip.fragment ? this.decodeFragment(packet) : this.decodeTransport(packet, bytes, 0)
  }

  /** The moves between dispositions since the last call. */
  takeMoves(): readonly Move[] {
    return this.ledger.take()
  }

  /** End of input: gives up whatever is not complete. @returns the last moves. */
  flush(): readonly Move[] {
    this.fragments.flush()
    this.sctp.flush()
    this.tcp.flush()
    return this.ledger.take()
  }

  /** Link with extended sequence numbers: handed over from the service information octet on, as MTP3. */
  private decodeMtp2(packet: Packet, start: number, end: number, extended: boolean): Disposition {
    const stop = classifySignalUnit(packet.bytes, start, end, extended)
    if (stop !== null) return stop
    return extended
      ? this.handOverLink(packet, 'mtp3', start + MTP2_EXTENDED_HEADER_BYTES, end)
      : this.handOverLink(packet, 'mtp2', start, end)
  }

  private handOverLink(packet: Packet, transport: 'mtp2' | 'mtp3' | 'sccp', start: number, end: number): Disposition {
    const { capture, timeUs, bytes } = packet
    if (this.copies?.isCopy(capture, timeUs, bytes, start, end, packet.linkType)) return COPIES[transport]
    const remarks = packet.end - packet.start < packet.originalLength ? REMARKS.cutByCapture : 0
    this.sink.payload({
      packet,
      transport,
      bytes,
      start,
      end,
      ppid: 0,
      srcIp: null,
      dstIp: null,
      srcPort: 0,
      dstPort: 0,
      association: 0,
      stream: null,
      anomalies: anomaliesOf(remarks),
    })
    return CARRIED[transport][remarks] ?? EMPTY
  }

  private decodeFragment(packet: Packet): Disposition {
    const { ip } = this
    const src = this.addressText(packet.bytes, ip.addressOffset)
    const dst = this.addressText(packet.bytes, ip.addressOffset + (ip.version === 4 ? 4 : 16))
    const whole = this.fragments.add(packet.bytes, ip, src, dst, packet.timeUs)
    if (!(whole instanceof IpDatagram)) return whole
    ip.protocol = whole.protocol
    ip.payloadStart = 0
    ip.payloadEnd = whole.lengthBytes
    if (ip.version === 6 || ip.protocol === AUTHENTICATION_HEADER) {
      const fault = skipExtensionHeaders(whole.bytes, ip)
      if (fault !== null) return fault
      if (ip.fragment) return NESTED_FRAGMENT
    }
    return this.decodeTransport(packet, whole.bytes, whole.overlap ? REMARKS.ipFragmentOverlap : 0)
  }

  /** The addresses stand in the packet, the payload that `this.ip` describes in `bytes`. */
  private decodeTransport(packet: Packet, bytes: Uint8Array, remarks: number): Disposition {
    const { protocol, payloadStart, payloadEnd, cut, addressOffset, version } = this.ip
    const read = protocol === IP_PROTOCOLS.sctp || protocol === IP_PROTOCOLS.udp || protocol === IP_PROTOCOLS.tcp
    if (!read) return otherProtocol(protocol)
    const src = this.addressText(packet.bytes, addressOffset)
    const dst = this.addressText(packet.bytes, addressOffset + (version === 4 ? 4 : 16))
    this.fill(packet, bytes, payloadStart, payloadEnd, cut, src, dst, remarks)
    if (protocol === IP_PROTOCOLS.sctp) return this.sctp.decode(this.datagram)
    return protocol === IP_PROTOCOLS.udp
      ? decodeUdp(this.datagram, this.flows, this.copies, this.sink)
      : this.tcp.decode(this.datagram)
  }

  private fill(
    packet: Packet,
    bytes: Uint8Array,
    start: number,
    end: number,
    cut: boolean,
    srcIp: string | null,
    dstIp: string | null,
    remarks: number,
  ): void {
    const { datagram } = this
    datagram.packet = packet
    datagram.bytes = bytes
    datagram.start = start
    datagram.end = end
    datagram.cut = cut
    datagram.srcIp = srcIp
    datagram.dstIp = dstIp
    datagram.remarks = remarks
  }

  private addressText(bytes: Uint8Array, offset: number): string {
    return this.ip.version === 4 ? this.addresses.ipv4(bytes, offset) : this.addresses.ipv6(bytes, offset)
  }
}
