import { at, u16At, u32At } from '../bytes/at.ts'
import { LIMITS } from '../limits.ts'
import type { Datagram } from './datagram.ts'
import { ignored, type MoveLedger, REMARKS, undecoded } from './disposition.ts'
import type { NumberSource } from './flow-numbers.ts'
import type { Disposition, PayloadSink } from './payload.ts'
import { fingerprintOf } from './sctp-tsn-window.ts'
import { lay, sameOctets } from './tcp-ahead.ts'
import {
  CONTENT,
  REMEMBERED_SEGMENTS,
  STEP,
  type TcpConnection,
  TcpConnections,
  type TcpDirection,
} from './tcp-connections.ts'
import { HeldOctets, TcpCutter } from './tcp-cutter.ts'
import { isTlsRecord, type StreamFraming } from './tcp-framing.ts'
import { CONTRADICTION, CUT, ENCRYPTED, HELD, RETRANSMISSION, SegmentReading, UNREAD } from './tcp-held.ts'

const HEADER_BYTES = 20
/** Control bits. Source: RFC 9293 §3.1. */
const FIN = 1
const SYN = 2
const RST = 4
const ACK = 16

/** Missing octets that the receiver acknowledged are given up after this time: two taps differ by far less. */
const ACKNOWLEDGED_AFTER_US = 1_000_000

const SHORT = undecoded('tcp', 'truncated header')
const BAD_HEADER_LENGTH = undecoded('tcp', 'impossible header length')
const NO_DATA = ignored('tcp', 'no user data')

/**
 * Reads TCP: puts the octets of each direction in order, and hands over the messages of the protocols it was given
 * framings for. Of everything else it remembers no more than that, and a connection of which neither the beginning nor a
 * message was seen leaves no trace. Octets that come twice count once, and the first data wins. Missing octets are given
 * up when the receiver acknowledged them, after LIMITS.tcpGapUs, and at the bounds of LIMITS.tcp*; then the stream is
 * searched for the next message. The checksum is not verified: network cards fill it.
 * Source: RFC 9293 §3.1, §3.4, §3.10.7.
 */
export class TcpDecoder {
  private readonly connections: TcpConnections
  private readonly cutter: TcpCutter
  private readonly ledger: MoveLedger
  private readonly octets = new HeldOctets()
  private reading: SegmentReading | null = null
  private drained: SegmentReading | null = null

  constructor(sink: PayloadSink, framings: readonly StreamFraming[], numbers: NumberSource, ledger: MoveLedger) {
    this.ledger = ledger
    this.cutter = new TcpCutter(sink, framings, ledger, this.octets)
    this.connections = new TcpConnections(numbers, (connection) => this.drop(connection, HELD.limitReached))
  }

  /** Reads one segment. @returns what became of it, a shared object. Never throws. */
  decode(from: Datagram): Disposition {
    const { bytes, start, end } = from
    if (end - start < HEADER_BYTES) return SHORT
    const headerBytes = (at(bytes, start + 12) >> 4) * 4
    if (headerBytes < HEADER_BYTES) return BAD_HEADER_LENGTH
    const data = start + headerBytes
    const flags = at(bytes, start + 13)
    const empty = data >= end && !from.cut
    const direction = this.directionOf(from, data, flags)
    if (direction === null) return empty ? NO_DATA : UNREAD
    if ((flags & ACK) !== 0) this.acknowledge(direction.peer, u32At(bytes, start + 8), from.packet.timeUs)
    if ((flags & RST) !== 0) return this.reset(direction, u32At(bytes, start + 4))
    const sequence = (u32At(bytes, start + 4) + ((flags & SYN) !== 0 ? 1 : 0)) >>> 0
    const disposition = empty ? NO_DATA : this.readData(direction, from, sequence, data)
    if ((flags & FIN) !== 0 && direction.ahead.length === 0) this.cutter.dropPartial(direction, HELD.neverCompleted)
    return disposition
  }

  /** Reads what lies beyond missing octets, and gives up what is not complete; the moves are in the ledger. */
  flush(): void {
    for (const direction of this.octets.directions) {
      while (direction.ahead.length > 0) this.giveUpMissing(direction)
      this.cutter.dropPartial(direction, HELD.neverCompleted)
    }
  }

  /** The direction of a segment; null when nothing is known of it and nothing is worth knowing. */
  private directionOf(from: Datagram, data: number, flags: number): TcpDirection | null {
    const { bytes, start, end } = from
    const srcIp = from.srcIp ?? ''
    const dstIp = from.dstIp ?? ''
    const srcPort = u16At(bytes, start)
    const dstPort = u16At(bytes, start + 2)
    const known = this.connections.find(srcIp, srcPort, dstIp, dstPort)
    if ((flags & SYN) !== 0) {
      const direction = known ?? this.connections.open(srcIp, srcPort, dstIp, dstPort)
      this.synchronise(direction, u32At(bytes, start + 4), (flags & ACK) === 0)
      return direction
    }
    if (known !== undefined) return known
    const worth =
      data < end &&
      (this.cutter.recognise(bytes, data, end) !== null ||
        this.cutter.framingOfPorts(srcPort, dstPort) !== null ||
        isTlsRecord(bytes, data, end))
    return worth ? this.connections.open(srcIp, srcPort, dstIp, dstPort) : null
  }

  /** A SYN with another number than before begins a new life of the connection. */
  private synchronise(direction: TcpDirection, sequence: number, opens: boolean): void {
    if (direction.synSequence === sequence) return
    if (direction.started) {
      if (opens) {
        this.drop(direction.connection, HELD.restarted)
        this.connections.renumber(direction.connection)
        forget(direction.peer)
      } else this.dropDirection(direction, HELD.restarted)
      forget(direction)
    }
    direction.synSequence = sequence
    direction.next = (sequence + 1) >>> 0
    direction.started = true
  }

  /** Source: RFC 9293 §3.5.3: a reset counts where its number is the one expected. */
  private reset(direction: TcpDirection, sequence: number): Disposition {
    if (direction.started && sequence === direction.next) this.drop(direction.connection, HELD.restarted)
    return NO_DATA
  }

  /** The other end has all octets before `number`: what is missing there was lost by the capture. */
  private acknowledge(direction: TcpDirection, number: number, timeUs: number): void {
    const first = direction.ahead[0]
    if (first === undefined || timeUs - direction.missingSinceUs < ACKNOWLEDGED_AFTER_US) return
    if (((number - first.sequence) | 0) >= 0) this.giveUpMissing(direction)
  }

  private readData(direction: TcpDirection, from: Datagram, sequence: number, data: number): Disposition {
    const { bytes, end, packet } = from
    if (direction.content === CONTENT.tls) return ENCRYPTED
    if (direction.content === CONTENT.other) {
      if (this.cutter.recognise(bytes, data, end) === null) return UNREAD
      this.dropDirection(direction, UNREAD)
      forget(direction)
    }
    if (data >= end) return CUT
    this.reading ??= new SegmentReading(packet)
    const { reading } = this
    reading.begin(packet, from.remarks, null)
    if (!direction.started) {
      direction.started = true
      direction.joined = true
      direction.next = sequence
    }
    const distance = (sequence - direction.next) | 0
    if (Math.abs(distance) > LIMITS.tcpWindowBytes) {
      this.dropDirection(direction, HELD.restarted)
      forget(direction)
      direction.started = true
      direction.joined = true
      direction.next = sequence
    } else if (distance < 0) {
      const contradicts = this.contradicts(direction, sequence, bytes, data, end)
      if (contradicts) direction.remarks |= REMARKS.tcpOverlap
      if (distance + end - data <= 0) return contradicts ? CONTRADICTION : RETRANSMISSION
      return this.readNew(direction, from, direction.next, data - distance, reading)
    }
    return this.readNew(direction, from, sequence, data, reading)
  }

  /** Reads octets none of which came before in order: the next ones, or some ahead of missing ones. */
  private readNew(
    direction: TcpDirection,
    from: Datagram,
    sequence: number,
    data: number,
    reading: SegmentReading,
  ): Disposition {
    const { bytes, end, packet } = from
    const first = direction.ahead[0]
    const isNext = sequence === direction.next
    if (isNext && (first === undefined || ((sequence + end - data - first.sequence) | 0) <= 0)) {
      this.remember(direction, sequence, bytes, data, end)
      direction.next = (sequence + end - data) >>> 0
      this.cutter.take(direction, bytes, data, end, reading)
    } else {
      if (first === undefined) direction.missingSinceUs = packet.timeUs
      const laid = lay(direction, sequence, bytes, data, end, reading, this.octets)
      if (laid.contradicts) direction.remarks |= REMARKS.tcpOverlap
      if (laid.kept === 0) return laid.contradicts ? CONTRADICTION : RETRANSMISSION
    }
    this.drain(direction, reading)
    const overdue = packet.timeUs - direction.missingSinceUs > LIMITS.tcpGapUs
    while (direction.ahead.length > 0 && (overdue || direction.ahead.length > LIMITS.tcpSegments))
      this.giveUpMissing(direction)
    if (direction.content === CONTENT.tls) this.dropDirection(direction, ENCRYPTED)
    else if (direction.content === CONTENT.other) this.dropDirection(direction, UNREAD)
    else if (from.cut && isNext && direction.ahead.length === 0) this.loseCut(direction, from, reading)
    this.keepWithinBounds()
    return reading.conclude()
  }

  /** Reads segments ahead that have become the next ones. @param current the packet that filled the place before them. */
  private drain(direction: TcpDirection, current: SegmentReading | null): void {
    const { ahead } = direction
    let count = 0
    for (; count < ahead.length; count++) {
      const one = ahead[count]
      if (one === undefined || one.sequence !== direction.next) break
      const { segment, data } = one
      this.drained ??= new SegmentReading(segment.packet)
      const { drained } = this
      drained.begin(current?.packet ?? segment.packet, segment.remarks, segment)
      this.octets.release(direction, data.length, 1)
      this.remember(direction, one.sequence, data, 0, data.length)
      direction.next = (one.sequence + data.length) >>> 0
      this.cutter.take(direction, data, 0, data.length, drained)
      segment.settle(drained.carried > 0 || segment.waiting > 1 ? null : drained.unread, this.ledger)
      if (current === null) continue
      current.carried += drained.carried
      current.carriedRemarks |= drained.carriedRemarks
    }
    if (count > 0) ahead.splice(0, count)
  }

  /** Gives up the octets in front of the first segment ahead, and reads that and what follows it. */
  private giveUpMissing(direction: TcpDirection): void {
    const first = direction.ahead[0]
    if (first === undefined) return
    this.cutter.lose(direction, (first.sequence - direction.next) | 0)
    direction.next = first.sequence
    this.drain(direction, null)
  }

  /** The rest of the segment was not captured. */
  private loseCut(direction: TcpDirection, from: Datagram, reading: SegmentReading): void {
    const { packet, bytes } = from
    const missing = bytes === packet.bytes ? packet.originalLength - (packet.end - packet.start) : 0
    if (missing <= 0 || direction.content !== CONTENT.read) return
    this.cutter.handOverCut(direction, reading)
    reading.unread ??= CUT
    this.cutter.lose(direction, missing)
    direction.next = (direction.next + missing) >>> 0
  }

  private keepWithinBounds(): void {
    if (this.octets.bytes <= LIMITS.tcpHeldBytes) return
    for (const direction of this.octets.directions) {
      this.dropDirection(direction, HELD.limitReached)
      if (this.octets.bytes <= LIMITS.tcpHeldBytes) break
    }
  }

  private drop(connection: TcpConnection, lostAs: Disposition): void {
    this.dropDirection(connection.forth, lostAs)
    this.dropDirection(connection.back, lostAs)
  }

  /** Gives up whatever a direction holds; the stream goes on behind it. */
  private dropDirection(direction: TcpDirection, lostAs: Disposition): void {
    const { ahead, stream } = direction
    if (ahead.length === 0 && direction.partialBytes === 0) return
    if (stream !== null) stream.gaps++
    this.cutter.dropPartial(direction, lostAs)
    for (const { data, segment, sequence } of ahead.splice(0)) {
      this.octets.release(direction, data.length, 1)
      segment.settle(lostAs, this.ledger)
      direction.next = (sequence + data.length) >>> 0
      direction.skip = 0
      direction.step = STEP.lost
    }
  }

  /** Whether octets seen before differ from these, as far as they are still known. */
  private contradicts(
    direction: TcpDirection,
    sequence: number,
    bytes: Uint8Array,
    data: number,
    end: number,
  ): boolean {
    const { remembered, partial, partialBytes } = direction
    const length = end - data
    if (remembered !== null) {
      for (let i = 0; i < remembered.length; i += 3)
        if (remembered[i] === sequence && remembered[i + 1] === length)
          return remembered[i + 2] !== fingerprintOf(bytes, data, end)
    }
    if (partial === null) return false
    // the partial message ends where the next octet is expected
    const behind = (direction.next - sequence) | 0
    const before = Math.max(0, behind - partialBytes)
    const count = Math.min(length, behind) - before
    return count > 0 && !sameOctets(partial, partialBytes - behind + before, bytes, data + before, count)
  }

  private remember(direction: TcpDirection, sequence: number, bytes: Uint8Array, data: number, end: number): void {
    direction.remembered ??= new Uint32Array(REMEMBERED_SEGMENTS * 3)
    const { remembered } = direction
    const place = direction.rememberedNext * 3
    remembered[place] = sequence
    remembered[place + 1] = end - data
    remembered[place + 2] = fingerprintOf(bytes, data, end)
    direction.rememberedNext = (direction.rememberedNext + 1) % REMEMBERED_SEGMENTS
  }
}

/** Forgets what a direction was; it must hold nothing. */
function forget(direction: TcpDirection): void {
  direction.content = CONTENT.unknown
  direction.framing = null
  direction.stream = null
  direction.started = false
  direction.joined = false
  direction.synSequence = -1
  direction.step = STEP.in
  direction.skip = 0
  direction.remarks = 0
  direction.remembered = null
  direction.rememberedNext = 0
}
