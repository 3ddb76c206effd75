import { at, u16At, u32At } from '../bytes/at.ts'
import type { Packet } from '../capture/packet.ts'
import { STREAM_FRAMINGS } from '../event/recognised.ts'
import { signallingProtocol } from '../event/signalling-protocol.ts'
import { LIMITS } from '../limits.ts'
import { formatIpv4, formatIpv6 } from '../packet/address.ts'
import { MoveLedger } from '../packet/disposition.ts'
import { IP_PROTOCOLS, IpHeader } from '../packet/ip-header.ts'
import { IpDatagram, IpReassembly } from '../packet/ip-reassembly.ts'
import { decodeIpv4 } from '../packet/ipv4.ts'
import { decodeIpv6, skipExtensionHeaders } from '../packet/ipv6.ts'
import { decodeLink, ETHER_TYPES, NetworkStart } from '../packet/link.ts'
import { PacketDecoder } from '../packet/packet-decoder.ts'
import type { ByteStream, Disposition, Payload, PayloadSink } from '../packet/payload.ts'
import { Http2Direction, type Http2Kind } from '../signalling/http2/http2.ts'
import { framesOfStream, Parts } from './parts.ts'
import { Ss7History } from './ss7-history.ts'

const AUTHENTICATION_HEADER = 51

/** An IP payload put together from fragments, or that of one packet. */
export interface Transport {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Number of the protocol above IP. */
  readonly protocol: number
  /** The headers announce more octets than were captured. */
  readonly cut: boolean
  readonly srcIp: string
  readonly dstIp: string
  /** Frames of the fragments; null where one packet held it all. */
  readonly frames: readonly number[] | null
  /** Fragments disagreed about the same octets. */
  readonly overlap: boolean
}

/** A user message that the frame completed, with octets of its own where it was put together. */
export interface Completed {
  readonly payload: Payload
  /** Where the octets of the payload stand: in the frame, in the datagram put together, or by themselves. */
  readonly place: 'frame' | 'datagram' | 'own'
  /** Frames of its parts where it stands by itself and they are known. */
  readonly frames: readonly number[] | null
}

/** A frame read in its place in the capture. */
export interface FrameReading {
  readonly disposition: Disposition
  readonly messages: readonly Completed[]
  /** What IP carries; null for a fragment of a datagram that is not complete, and for what is no IP. */
  readonly transport: Transport | null
  /** It is a fragment of an IP datagram. */
  readonly isFragment: boolean
}

/**
 * Reads the frames of a capture up to the one to be shown, so that what it completes or goes on with is known: fragments,
 * streams, segments, dialogues, header tables. Bounded by the limits of what it owns.
 */
export class FrameHistory implements PayloadSink {
  readonly ss7 = new Ss7History()
  private readonly packets = new PacketDecoder(this, STREAM_FRAMINGS)
  private readonly fragments = new IpReassembly(new MoveLedger())
  private readonly ipParts = new Parts()
  private readonly sctpParts = new Parts()
  private readonly tcpParts = new Parts()
  private readonly tcpNext = new Map<string, number>()
  /** Keys of the SCTP fragments in the packet at hand: a message put together now has its last part among them. */
  private fragmentKeys: string[] = []
  private readonly http2 = new WeakMap<ByteStream, Http2Direction>()
  private readonly network = new NetworkStart()
  private readonly ip = new IpHeader()
  /** Collects while the frame to be shown is read. */
  private collected: Completed[] | null = null
  private transport: Transport | null = null
  private isFragment = false

  /** Follows an earlier frame. */
  follow(packet: Packet): void {
    this.locate(packet)
    this.packets.decode(packet)
  }

  /** Reads the frame to be shown: the last call. Its octets must begin at 0. */
  read(packet: Packet): FrameReading {
    this.locate(packet)
    const { transport, isFragment } = this
    this.collected = []
    const disposition = this.packets.decode(packet)
    // what waits behind octets that never came is read at the end of the input
    if (disposition.outcome === 'held') this.packets.flush()
    const messages = this.collected.filter(({ payload }) => payload.packet.frame === packet.frame)
    this.collected = null
    return { disposition, messages, transport, isFragment }
  }

  /** Called by the packet stage for each user message. */
  payload(payload: Payload): void {
    const frames = this.framesOf(payload)
    if (this.collected !== null) {
      const { packet, bytes, start, end } = payload
      const inFrame = bytes === packet.bytes
      const inDatagram = !inFrame && this.transport?.frames !== null && bytes.length === this.transport?.bytes.length
      const place = inFrame ? 'frame' : inDatagram ? 'datagram' : 'own'
      const own = place === 'own' ? { bytes: bytes.slice(start, end), start: 0, end: end - start } : null
      this.collected.push({ payload: { ...payload, ...own }, place, frames })
      return
    }
    const protocol = signallingProtocol(payload)
    if (protocol === null) return
    if (protocol.name === 'http2') this.readHttp2(payload)
    else this.ss7.follow(protocol.name, payload)
  }

  /** Reads a frame of HTTP/2. @returns what it is, and the reader that knows its pseudo-header fields. */
  readHttp2(payload: Payload): { readonly kind: Http2Kind; readonly direction: Http2Direction } | null {
    const { stream } = payload
    if (stream === null) return null
    let direction = this.http2.get(stream)
    if (direction === undefined) {
      direction = new Http2Direction()
      this.http2.set(stream, direction)
    }
    return { kind: direction.take(payload.bytes, payload.start, payload.end, stream.gaps), direction }
  }

  /** Finds what IP carries, and notes in which frame the parts of larger messages stand. */
  private locate(packet: Packet): void {
    this.transport = null
    this.isFragment = false
    this.fragmentKeys = []
    const { ip, network } = this
    const { bytes, start } = packet
    const end = Math.min(packet.end, bytes.length)
    if (start >= end || decodeLink(packet.linkType, bytes, start, end, network) !== null) return
    const isIpv4 = network.etherType === ETHER_TYPES.ipv4
    const stop = isIpv4 ? decodeIpv4(bytes, network.offset, end, ip) : decodeIpv6(bytes, network.offset, end, ip)
    if (stop !== null) return
    const srcIp = isIpv4 ? formatIpv4(bytes, ip.addressOffset) : formatIpv6(bytes, ip.addressOffset)
    const dstIp = isIpv4 ? formatIpv4(bytes, ip.addressOffset + 4) : formatIpv6(bytes, ip.addressOffset + 16)
    if (ip.fragment) this.transport = this.joinFragments(packet, srcIp, dstIp)
    else {
      const { protocol, payloadStart, payloadEnd, cut } = ip
      this.transport = {
        bytes,
        start: payloadStart,
        end: payloadEnd,
        protocol,
        cut,
        srcIp,
        dstIp,
        frames: null,
        overlap: false,
      }
    }
    if (this.transport?.protocol === IP_PROTOCOLS.sctp) this.noteFragments(this.transport, packet.frame)
    else if (this.transport?.protocol === IP_PROTOCOLS.tcp) this.noteSegment(this.transport, packet.frame)
  }

  private joinFragments(packet: Packet, srcIp: string, dstIp: string): Transport | null {
    const { ip } = this
    this.isFragment = true
    const key = `${srcIp} ${dstIp} ${ip.identification} ${ip.version === 4 ? ip.protocol : 6}`
    this.ipParts.add(key, { frame: packet.frame, bytes: ip.payloadEnd - ip.payloadStart })
    const whole = this.fragments.add(packet.bytes, ip, srcIp, dstIp, packet.timeUs)
    if (!(whole instanceof IpDatagram)) return null
    const frames = [...new Set(this.ipParts.list(key).map((part) => part.frame))]
    this.ipParts.begin(key, null)
    ip.protocol = whole.protocol
    ip.payloadStart = 0
    ip.payloadEnd = whole.lengthBytes
    if (ip.version === 6 || ip.protocol === AUTHENTICATION_HEADER) {
      if (skipExtensionHeaders(whole.bytes, ip) !== null || ip.fragment) return null
    }
    return {
      bytes: whole.bytes,
      start: ip.payloadStart,
      end: ip.payloadEnd,
      protocol: ip.protocol,
      cut: false,
      srcIp,
      dstIp,
      frames,
      overlap: whole.overlap,
    }
  }

  /** Fragments of SCTP user messages, by direction, stream and sequence number. Source: RFC 9260 §3.3.1. */
  private noteFragments({ bytes, start, end }: Transport, frame: number): void {
    for (let p = start + 12; p + 16 <= end; ) {
      const length = u16At(bytes, p + 2)
      if (length < 4 || p + length > end) return
      const flags = at(bytes, p + 1)
      if (at(bytes, p) === 0 && length > 16 && (flags & 3) !== 3) {
        const key = fragmentKey(bytes, start, p)
        const part = { frame, bytes: length - 16 }
        if ((flags & 2) !== 0) this.sctpParts.begin(key, part)
        else this.sctpParts.add(key, part)
        this.fragmentKeys.push(key)
      }
      p += (length + 3) & ~3
    }
  }

  private noteSegment({ bytes, start, end, srcIp, dstIp }: Transport, frame: number): void {
    if (end - start < 20) return
    const data = start + (at(bytes, start + 12) >> 4) * 4
    const sequence = u32At(bytes, start + 4)
    if (data >= end) return
    const key = `${srcIp} ${u16At(bytes, start)} ${dstIp} ${u16At(bytes, start + 2)}`
    const next = this.tcpNext.get(key)
    const behind = (sequence + end - data) >>> 0
    // what came before is a retransmission
    if (next !== undefined && ((behind - next) | 0) <= 0) return
    if (this.tcpNext.size >= LIMITS.inspectMessages) this.tcpNext.clear()
    this.tcpNext.set(key, behind)
    this.tcpParts.add(key, { frame, bytes: end - data })
  }

  /** Frames of a message that stands by itself. */
  private framesOf(payload: Payload): readonly number[] | null {
    const { transport, bytes, start, end, packet } = payload
    const isOwn = bytes !== packet.bytes
    if (transport === 'sctp') {
      if (!isOwn) return null
      const key = this.fragmentKeys.find((candidate) => this.sctpParts.framesOf(candidate, end - start) !== null)
      return key === undefined ? null : this.sctpParts.framesOf(key, end - start)
    }
    if (transport !== 'tcp') return null
    const key = `${payload.srcIp} ${payload.srcPort} ${payload.dstIp} ${payload.dstPort}`
    const list = this.tcpParts.list(key)
    const segment = this.transport
    const frames =
      isOwn && segment !== null ? framesOfStream(list, end - start, (count) => endsWith(payload, segment, count)) : null
    const last = list.at(-1)
    this.tcpParts.begin(key, last ?? null)
    return frames
  }
}

function fragmentKey(bytes: Uint8Array, packet: number, chunk: number): string {
  const unordered = (at(bytes, chunk + 1) & 4) !== 0
  return `${u32At(bytes, packet)} ${u32At(bytes, packet + 4)} ${u32At(bytes, chunk + 8)} ${unordered}`
}

/** Whether the message ends with the first `count` octets of the segment's data. */
function endsWith({ bytes, end }: Payload, segment: Transport, count: number): boolean {
  const data = segment.start + (at(segment.bytes, segment.start + 12) >> 4) * 4
  for (let i = 0; i < count; i++) if (at(bytes, end - count + i) !== at(segment.bytes, data + i)) return false
  return true
}
