import { at, u16At, u32At } from '../bytes/at.ts'
import type { Datagram } from './datagram.ts'
import { anomaliesOf, ignored, type MoveLedger, REMARKS, undecoded } from './disposition.ts'
import type { FlowNumbers, NumberSource } from './flow-numbers.ts'
import type { Disposition, PayloadSink } from './payload.ts'
import { type SctpAssociation, SctpAssociations, type SctpDirection } from './sctp-association.ts'
import { CARRIED, HELD, HeldPacket, SctpReassembly } from './sctp-reassembly.ts'
import { fingerprintOf, TSN, TsnWindowBudget } from './sctp-tsn-window.ts'

/** Chunk types. Source: RFC 9260 §3.2, RFC 8260 §2.1. */
const CHUNK = { data: 0, init: 1, initAck: 2, abort: 6, shutdownComplete: 14, iData: 64 } as const

/** Bits of the chunk flags of DATA, I-DATA. Source: RFC 9260 §3.3.1. */
const FLAG_END = 1
const FLAG_BEGIN = 2
const FLAG_UNORDERED = 4
/** ABORT and SHUTDOWN COMPLETE: the tag is the one of the other direction. Source: RFC 9260 §8.5.1. */
const FLAG_REFLECTED = 1

/** An INIT with tags already in use, this long after the first, begins a new life of the association. Two taps show the
 * same INIT within fractions of a second, and an INIT is sent again only while the association carries nothing. */
const RESTART_AFTER_US = 1_000_000

const SHORT = undecoded('sctp', 'truncated header')
const MALFORMED = undecoded('sctp', 'malformed chunk')
const TAGLESS_FRAGMENT = undecoded('sctp', 'fragment without a verification tag')
const CUT = undecoded('sctp', 'cut by the capture')
const DUPLICATE_FRAGMENT = undecoded('sctp', 'second fragment with the same number')
const NO_DATA = ignored('sctp', 'no user data')
const RETRANSMISSION = ignored('sctp', 'retransmission')

/**
 * Reads SCTP: hands over every user message once, in the order in which they become complete. Chunks seen before in the
 * same direction of the same association, with the same octets, are retransmissions (or the copy of a second tap). Packets
 * whose verification tag is 0 although they carry data come from no real association: nothing is taken for a
 * retransmission there. The checksum is not verified: network cards fill it.
 * Source: RFC 9260 §3, §6.2, §6.9.
 */
export class SctpDecoder {
  private readonly sink: PayloadSink
  private readonly flows: FlowNumbers
  private readonly associations: SctpAssociations
  private readonly reassembly: SctpReassembly

  // Of the packet being read.
  private direction: SctpDirection | null = null
  private carried = 0
  private retransmitted = 0
  private remarks = 0
  private failure: Disposition | null = null
  private held: HeldPacket | null = null

  constructor(sink: PayloadSink, numbers: NumberSource, flows: FlowNumbers, ledger: MoveLedger) {
    this.sink = sink
    this.flows = flows
    this.reassembly = new SctpReassembly(ledger)
    this.associations = new SctpAssociations(numbers, new TsnWindowBudget(), (direction) =>
      this.reassembly.drop(direction, HELD.limitReached),
    )
  }

  /** Reads one packet. @returns what became of it, a shared object. Never throws. */
  decode(from: Datagram): Disposition {
    const { bytes, start, end } = from
    if (end - start < 12) return SHORT
    this.direction = null
    this.carried = 0
    this.retransmitted = 0
    this.remarks = from.remarks
    this.failure = null
    this.held = null
    // Every round eats four octets or more, so the packet bounds the loop; a rest under four octets is padding.
    for (let chunk = start + 12; chunk + 4 <= end; ) {
      const length = u16At(bytes, chunk + 2)
      if (length < 4 || (chunk + length > end && !from.cut)) {
        this.fail(MALFORMED)
        break
      }
      this.readChunk(from, chunk, chunk + length)
      chunk += (length + 3) & ~3
    }
    return this.conclude(from.cut)
  }

  /** Gives up whatever is not complete; the moves are in the ledger. */
  flush(): void {
    this.reassembly.flush()
  }

  /** Reads the chunk in `bytes[chunk, chunkEnd)`; only in a cut packet may it reach beyond the captured octets. */
  private readChunk(from: Datagram, chunk: number, chunkEnd: number): void {
    const type = at(from.bytes, chunk)
    if (type === CHUNK.data) this.readData(from, chunk, chunkEnd, 16)
    else if (type === CHUNK.iData) this.readData(from, chunk, chunkEnd, 20)
    else if (type === CHUNK.init || type === CHUNK.initAck) this.readInit(from, chunk, chunkEnd)
    else if (type === CHUNK.abort || type === CHUNK.shutdownComplete) this.readEnd(from, chunk)
  }

  /** DATA and I-DATA alike: the PPID stands in the last four octets of the chunk's header. */
  private readData(from: Datagram, chunk: number, chunkEnd: number, headerBytes: number): void {
    const { bytes } = from
    const dataStart = chunk + headerBytes
    const dataEnd = Math.min(chunkEnd, from.end)
    const cut = dataEnd < chunkEnd
    const whole = (at(bytes, chunk + 1) & (FLAG_BEGIN | FLAG_END)) === (FLAG_BEGIN | FLAG_END)
    const untagged = u32At(bytes, from.start + 4) === 0
    if (cut && (!whole || dataStart >= dataEnd)) this.fail(CUT)
    else if (dataStart >= dataEnd)
      this.fail(MALFORMED) // RFC 9260 §3.3.1: DATA without data is an error
    else if (!whole && untagged) this.fail(TAGLESS_FRAGMENT)
    else {
      let remarks = cut ? from.remarks | REMARKS.cutByCapture : from.remarks
      if (!untagged) {
        const direction = this.directionOf(from)
        const verdict = direction.window.see(u32At(bytes, chunk + 4), fingerprintOf(bytes, chunk + 8, dataEnd))
        if (verdict === TSN.reused) remarks |= REMARKS.sctpTsnReuse
        if (verdict === TSN.retransmission) this.retransmitted++
        else if (!whole) this.readFragment(from, direction, chunk, dataStart, dataEnd, remarks)
        if (verdict === TSN.retransmission || !whole) return
      }
      this.handOver(from, bytes, dataStart, dataEnd, u32At(bytes, dataStart - 4), remarks)
    }
  }

  private readFragment(
    from: Datagram,
    direction: SctpDirection,
    chunk: number,
    dataStart: number,
    dataEnd: number,
    remarks: number,
  ): void {
    const { bytes } = from
    const flags = at(bytes, chunk + 1)
    const interleaved = at(bytes, chunk) === CHUNK.iData
    const unordered = (flags & FLAG_UNORDERED) !== 0
    const streamId = u16At(bytes, chunk + 8)
    const begins = (flags & FLAG_BEGIN) !== 0
    const field = u32At(bytes, dataStart - 4)
    this.held ??= new HeldPacket()
    const message = this.reassembly.add(
      direction,
      interleaved ? `${streamId} ${unordered ? 'unordered' : 'ordered'} ${u32At(bytes, chunk + 12)}` : '',
      {
        position: interleaved ? (begins ? 0 : field) : u32At(bytes, chunk + 4),
        begins,
        ends: (flags & FLAG_END) !== 0,
        stream: unordered ? -1 - streamId : streamId * 0x1_0000 + (interleaved ? 0 : u16At(bytes, chunk + 10)),
        ppid: field,
        remarks,
        data: bytes.slice(dataStart, dataEnd),
        packet: this.held,
        next: null,
      },
    )
    if (message === false) this.fail(DUPLICATE_FRAGMENT)
    else if (message !== null)
      this.handOver(from, message.bytes, 0, message.bytes.length, message.ppid, message.remarks)
  }

  private handOver(from: Datagram, bytes: Uint8Array, start: number, end: number, ppid: number, remarks: number): void {
    this.carried++
    this.remarks |= remarks
    const srcPort = u16At(from.bytes, from.start)
    const dstPort = u16At(from.bytes, from.start + 2)
    this.sink.payload({
      packet: from.packet,
      transport: 'sctp',
      bytes,
      start,
      end,
      ppid,
      srcIp: from.srcIp,
      dstIp: from.dstIp,
      srcPort,
      dstPort,
      association:
        this.direction?.association.number ?? this.flows.numberOf(from.srcIp ?? '', srcPort, from.dstIp ?? '', dstPort),
      stream: null,
      anomalies: anomaliesOf(remarks),
    })
  }

  /** The direction of the packet being read, learnt from it when new. */
  private directionOf(from: Datagram): SctpDirection {
    if (this.direction !== null) return this.direction
    const ports = u32At(from.bytes, from.start)
    const tag = u32At(from.bytes, from.start + 4)
    this.direction =
      this.associations.find(ports, tag) ?? this.associations.learn(ports, tag, sourceEnd(from), destinationEnd(from))
    return this.direction
  }

  /** The initiate tag is the one that packets of the other direction will carry. Source: RFC 9260 §3.3.2, §3.3.3. */
  private readInit(from: Datagram, chunk: number, chunkEnd: number): void {
    const { bytes, start, end } = from
    const isAck = at(bytes, chunk) === CHUNK.initAck
    const ports = swapPorts(u32At(bytes, start))
    const tag = u32At(bytes, chunk + 4)
    if (chunk + 20 > end && chunkEnd > end) this.fail(CUT)
    else if (chunk + 20 > chunkEnd || tag === 0 || (isAck && u32At(bytes, start + 4) === 0)) this.fail(MALFORMED)
    else if (isAck) this.associations.pair(this.directionOf(from), ports, tag, destinationEnd(from))
    else {
      const { timeUs } = from.packet
      const known = this.associations.find(ports, tag)
      if (known !== undefined) this.restart(known.association, timeUs)
      else this.associations.open(ports, tag, destinationEnd(from), sourceEnd(from)).association.initTimeUs = timeUs
    }
  }

  /** An INIT with a tag already in use: the same again, or a new life of the association. */
  private restart(association: SctpAssociation, timeUs: number): void {
    if (!association.ended && timeUs - association.initTimeUs < RESTART_AFTER_US) return
    association.initTimeUs = timeUs
    association.ended = false
    for (const direction of association.directions) {
      this.reassembly.drop(direction, HELD.restarted)
      direction.window.clear()
    }
  }

  private readEnd(from: Datagram, chunk: number): void {
    const { bytes, start } = from
    const ports = u32At(bytes, start)
    const reflected = (at(bytes, chunk + 1) & FLAG_REFLECTED) !== 0
    const direction = this.associations.find(reflected ? swapPorts(ports) : ports, u32At(bytes, start + 4))
    if (direction !== undefined) direction.association.ended = true
  }

  private fail(disposition: Disposition): void {
    this.failure ??= disposition
  }

  /** What is said of the packet: the best that any of its chunks came to. */
  private conclude(cut: boolean): Disposition {
    const { held, failure } = this
    const waiting = held !== null && held.waiting > 0
    const lostAs = held?.lostAs ?? failure
    let remarks = -1
    let disposition: Disposition = NO_DATA
    if (this.carried > 0) {
      remarks = this.remarks
      if (cut) remarks |= REMARKS.cutByCapture
      if (failure !== null && failure !== CUT) remarks |= REMARKS.unreadChunk
      if (held !== null && held.lostAs !== null) remarks |= REMARKS.lostFragment
      disposition = CARRIED[remarks] ?? NO_DATA
    } else if (waiting) disposition = HELD.waiting
    else if (lostAs !== null) disposition = lostAs
    else if (cut) disposition = CUT
    else if (this.retransmitted > 0) disposition = RETRANSMISSION
    if (waiting) {
      held.disposition = disposition
      held.carriedRemarks = remarks
    }
    return disposition
  }
}

/** Swaps source and destination in a pair of ports. */
function swapPorts(ports: number): number {
  return ((ports << 16) | (ports >>> 16)) >>> 0
}

function sourceEnd(from: Datagram): string {
  return `${from.srcIp ?? ''} ${u16At(from.bytes, from.start)}`
}

function destinationEnd(from: Datagram): string {
  return `${from.dstIp ?? ''} ${u16At(from.bytes, from.start + 2)}`
}
