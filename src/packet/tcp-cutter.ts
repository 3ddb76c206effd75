import { LIMITS } from '../limits.ts'
import { anomaliesOf, type MoveLedger, REMARKS } from './disposition.ts'
import type { Disposition, PayloadSink } from './payload.ts'
import { CONTENT, STEP, type TcpDirection } from './tcp-connections.ts'
import { isTlsRecord, PLACE, type Place, type StreamFrame, type StreamFraming, UNTIL_NEXT } from './tcp-framing.ts'
import { BODY, ENCRYPTED, HELD, type SegmentReading, SKIPPED, UNREAD } from './tcp-held.ts'

/** Octets of the buffer that the beginning of a message is kept in; most fit. Such buffers are used again. */
const BUFFER_BYTES = 1_024
const SPARE_BUFFERS = 64
/** Octets that turned out to begin no message are searched for one up to this many. */
const SEARCHED_BYTES = 1_024

/** Octets that a segment with held octets costs beyond them. */
const OVERHEAD_BYTES = 512

/** What is held over all connections, in octets. */
export class HeldOctets {
  bytes = 0
  /** Directions that hold any, the longest holding first. */
  readonly directions = new Set<TcpDirection>()

  /** `count` octets of `segments` segments more. */
  add(direction: TcpDirection, count: number, segments: number): void {
    const cost = count + segments * OVERHEAD_BYTES
    if (direction.heldBytes === 0) this.directions.add(direction)
    direction.heldBytes += cost
    this.bytes += cost
  }

  release(direction: TcpDirection, count: number, segments: number): void {
    const cost = count + segments * OVERHEAD_BYTES
    direction.heldBytes -= cost
    this.bytes -= cost
    if (direction.heldBytes === 0) this.directions.delete(direction)
  }
}

/**
 * Cuts the octets of a direction, which come in their order, into messages. A message that lies in one segment is handed
 * over where it is; only one that reaches past its segment is copied. Work is linear in the octets: each is looked at
 * once, apart from the few at the border of a segment.
 */
export class TcpCutter {
  private readonly sink: PayloadSink
  private readonly framings: readonly StreamFraming[]
  private readonly ledger: MoveLedger
  private readonly octets: HeldOctets
  private readonly frame: StreamFrame = { messageBytes: 0, bodyBytes: 0 }
  private readonly spare: Uint8Array[] = []

  constructor(sink: PayloadSink, framings: readonly StreamFraming[], ledger: MoveLedger, octets: HeldOctets) {
    this.sink = sink
    this.framings = framings
    this.ledger = ledger
    this.octets = octets
  }

  /** The framing of a stream that begins with these octets, or null. */
  recognise(bytes: Uint8Array, start: number, end: number): StreamFraming | null {
    for (const framing of this.framings) if (framing.begins(bytes, start, end) === PLACE.yes) return framing
    return null
  }

  /** The framing whatever the stream begins with, or null. */
  framingOfPorts(srcPort: number, dstPort: number): StreamFraming | null {
    for (const framing of this.framings)
      if (framing.ports.includes(dstPort) || framing.ports.includes(srcPort)) return framing
    return null
  }

  /** Takes the next octets of the direction, `bytes[start, end)`. */
  take(direction: TcpDirection, bytes: Uint8Array, start: number, end: number, reading: SegmentReading): void {
    for (let at = start; at < end; ) {
      if (direction.skip > 0) at = stepOver(direction, at, end, reading)
      else if (direction.partialBytes > 0) at = this.complete(direction, bytes, at, end, reading)
      else at = this.cut(direction, bytes, at, end, reading)
    }
  }

  /** `count` octets in front of the next ones will never be seen. */
  lose(direction: TcpDirection, count: number): void {
    const skipped = Math.min(direction.skip, count)
    direction.skip -= skipped
    if (skipped === count) return
    const left = count - skipped
    const { needed, partialBytes, stream } = direction
    if (stream !== null) stream.gaps++
    if (partialBytes > 0 && needed >= partialBytes + left) {
      this.dropPartial(direction, HELD.neverCompleted)
      direction.skip -= left
    } else {
      this.dropPartial(direction, HELD.neverCompleted)
      direction.skip = 0
      if (direction.step === STEP.in) direction.step = STEP.lost
    }
  }

  /** Forgets the beginning of a message; where its length is known, the stream stays in step. */
  dropPartial(direction: TcpDirection, lostAs: Disposition): void {
    const { needed, partialBytes } = direction
    if (partialBytes === 0) return
    this.releasePartial(direction, lostAs)
    if (needed > 0) {
      direction.skip = needed - partialBytes
      direction.skipIsLost = true
    } else direction.step = STEP.lost
  }

  /** Hands over what the capture holds of a message that it cut. */
  handOverCut(direction: TcpDirection, reading: SegmentReading): void {
    const { partial, partialBytes, needed } = direction
    if (partial === null || partialBytes === 0 || needed === 0) return
    direction.remarks |= REMARKS.cutByCapture
    this.handOver(direction, partial, 0, partialBytes, reading)
    this.releasePartial(direction, null)
    direction.skip = needed - partialBytes
    direction.skipIsLost = true
  }

  /** Reads what begins at `start`, where nothing is pending. @returns how far it came. */
  private cut(direction: TcpDirection, bytes: Uint8Array, start: number, end: number, reading: SegmentReading): number {
    if (direction.content === CONTENT.unknown && this.identify(direction, bytes, start, end) === PLACE.more)
      return this.keep(direction, bytes, start, end, 0, reading)
    if (direction.content !== CONTENT.read) {
      reading.unread = direction.content === CONTENT.tls ? ENCRYPTED : UNREAD
      return end
    }
    const { frame } = this
    const place = this.look(direction, bytes, start, end, start)
    if (place === PLACE.no) return this.pass(direction, start, reading)
    if (place === PLACE.more) return this.keep(direction, bytes, start, end, 0, reading)
    if (frame.messageBytes > LIMITS.tcpMessageBytes) {
      direction.skip = frame.messageBytes
      direction.skipIsLost = true
      return start
    }
    const stop = start + frame.messageBytes
    if (stop > end) return this.keep(direction, bytes, start, end, frame.messageBytes, reading)
    this.found(direction, frame.bodyBytes)
    this.handOver(direction, bytes, start, stop, reading)
    return stop
  }

  /** Adds to the beginning of a message. @returns how far it came in `bytes`. */
  private complete(
    direction: TcpDirection,
    bytes: Uint8Array,
    start: number,
    end: number,
    reading: SegmentReading,
  ): number {
    const { frame } = this
    if (direction.needed > 0) {
      const stop = Math.min(end, start + direction.needed - direction.partialBytes)
      this.keep(direction, bytes, start, stop, direction.needed, reading)
      if (direction.partial === null || direction.partialBytes < direction.needed) return stop
      // measured again: the length of its body is not kept with the direction
      direction.framing?.measure(direction.partial, 0, direction.partialBytes, 0, frame)
      this.handOverPartial(direction, direction.needed, reading)
      return stop
    }
    this.keep(direction, bytes, start, end, 0, reading)
    const { partial, partialBytes } = direction
    if (partial === null || partialBytes === 0) return end
    let place: Place = PLACE.no
    if (direction.content === CONTENT.unknown) place = this.identify(direction, partial, 0, partialBytes)
    if (direction.content === CONTENT.read) place = this.look(direction, partial, 0, partialBytes, direction.looked)
    if (place === PLACE.no) return this.passPartial(direction, partial, partialBytes, end, reading)
    direction.looked = partialBytes
    if (place === PLACE.more) return end
    if (frame.messageBytes > partialBytes) {
      if (frame.messageBytes > LIMITS.tcpMessageBytes) this.dropTooLong(direction, frame.messageBytes)
      else direction.needed = frame.messageBytes
      return end
    }
    // before this segment the message was not whole, so what is left over lies in it
    const over = partialBytes - frame.messageBytes
    this.handOverPartial(direction, frame.messageBytes, reading)
    return end - over
  }

  private handOverPartial(direction: TcpDirection, lengthBytes: number, reading: SegmentReading): void {
    const { partial } = direction
    if (partial === null) return
    this.found(direction, this.frame.bodyBytes)
    this.releasePartial(direction, null)
    this.handOver(direction, partial, 0, lengthBytes, reading)
    if (partial.length === BUFFER_BYTES && this.spare.length < SPARE_BUFFERS) this.spare.push(partial)
  }

  private dropTooLong(direction: TcpDirection, messageBytes: number): void {
    direction.needed = messageBytes
    this.dropPartial(direction, HELD.limitReached)
  }

  /**
   * What was kept turned out to begin no message: it is searched for one from its second octet on. Only where it is short,
   * so that no octet is copied again and again.
   */
  private passPartial(
    direction: TcpDirection,
    partial: Uint8Array,
    partialBytes: number,
    end: number,
    reading: SegmentReading,
  ): number {
    const waiting = direction.contributors.splice(0)
    const before = reading.carried
    this.octets.release(direction, 0, waiting.length)
    this.releasePartial(direction, null)
    const from = direction.content === CONTENT.read ? this.pass(direction, 0, reading) : 0
    if (partialBytes <= SEARCHED_BYTES) this.take(direction, partial, from, partialBytes, reading)
    let lostAs: Disposition | null = null
    if (reading.carried === before) lostAs = reading.unread ?? SKIPPED
    for (const one of waiting) {
      // octets still kept may be of any of them; the packet being read is counted for them already
      if (direction.partialBytes === 0) one.settle(lostAs, this.ledger)
      else if (one === reading.held) one.settle(null, this.ledger)
      else {
        direction.contributors.push(one)
        this.octets.add(direction, 0, 1)
      }
    }
    return end
  }

  /** Finds out what an unknown stream is. @returns `no` when its content is known then, else `more`. */
  private identify(direction: TcpDirection, bytes: Uint8Array, start: number, end: number): Place {
    if (isTlsRecord(bytes, start, end)) {
      direction.content = CONTENT.tls
      return PLACE.no
    }
    let more = false
    for (const framing of this.framings) {
      const place = framing.begins(bytes, start, end)
      if (place === PLACE.yes) {
        this.read(direction, framing, STEP.in)
        return PLACE.no
      }
      more ||= place === PLACE.more
    }
    const framing = this.framingOfPorts(direction.srcPort, direction.dstPort) ?? direction.peer.framing
    if (framing !== null) this.read(direction, framing, direction.joined ? STEP.lost : STEP.in)
    else if (more) return PLACE.more
    else direction.content = CONTENT.other
    return PLACE.no
  }

  private read(direction: TcpDirection, framing: StreamFraming, step: (typeof STEP)[keyof typeof STEP]): void {
    direction.content = CONTENT.read
    direction.framing = framing
    direction.step = step
    direction.stream = { protocol: framing.protocol, gaps: direction.joined ? 1 : 0 }
  }

  /** Measures what begins at `start`, with more care after lost octets. */
  private look(direction: TcpDirection, bytes: Uint8Array, start: number, end: number, looked: number): Place {
    const { framing } = direction
    if (framing === null) return PLACE.no
    if (direction.step !== STEP.in) {
      const place = framing.resumes(bytes, start, end)
      if (place !== PLACE.yes) return place
    }
    return framing.measure(bytes, start, end, looked, this.frame)
  }

  /** No message begins at `start`: the next octet may begin one. */
  private pass(direction: TcpDirection, start: number, reading: SegmentReading): number {
    if (direction.step === STEP.in) direction.step = STEP.lost
    reading.unread = direction.step === STEP.body ? BODY : SKIPPED
    return start + 1
  }

  /** A message is whole; behind it stands its body. */
  private found(direction: TcpDirection, bodyBytes: number): void {
    direction.step = bodyBytes === UNTIL_NEXT ? STEP.body : STEP.in
    direction.skip = bodyBytes === UNTIL_NEXT ? 0 : bodyBytes
    direction.skipIsLost = false
  }

  /** Copies octets to the beginning of a message. @returns `end`. */
  private keep(
    direction: TcpDirection,
    bytes: Uint8Array,
    start: number,
    end: number,
    needed: number,
    reading: SegmentReading,
  ): number {
    const { contributors, partialBytes } = direction
    const size = partialBytes + end - start
    direction.needed = needed
    if (contributors.length >= LIMITS.tcpSegments || size > LIMITS.tcpMessageBytes) {
      this.dropPartial(direction, HELD.limitReached)
      direction.skip -= Math.min(direction.skip, end - start)
      reading.unread = HELD.limitReached
      return end
    }
    let { partial } = direction
    if (partial === null || partial.length < size) {
      const grown = this.bufferFor(size)
      if (partial !== null) grown.set(partial.subarray(0, partialBytes))
      partial = grown
      direction.partial = grown
    }
    partial.set(bytes.subarray(start, end), partialBytes)
    direction.partialBytes = size
    direction.remarks |= reading.remarks
    const isNew = reading.held === null || contributors[contributors.length - 1] !== reading.held
    if (isNew) contributors.push(reading.hold())
    this.octets.add(direction, end - start, isNew ? 1 : 0)
    return end
  }

  private bufferFor(size: number): Uint8Array {
    // no more than twice what came: a length from the wire never sizes the buffer
    return size > BUFFER_BYTES ? new Uint8Array(2 * size) : (this.spare.pop() ?? new Uint8Array(BUFFER_BYTES))
  }

  private releasePartial(direction: TcpDirection, lostAs: Disposition | null): void {
    this.octets.release(direction, direction.partialBytes, direction.contributors.length)
    direction.partial = null
    direction.partialBytes = 0
    direction.needed = 0
    direction.looked = 0
    for (const one of direction.contributors.splice(0)) one.settle(lostAs, this.ledger)
  }

  private handOver(
    direction: TcpDirection,
    bytes: Uint8Array,
    start: number,
    end: number,
    reading: SegmentReading,
  ): void {
    const remarks = reading.remarks | direction.remarks
    direction.remarks = 0
    reading.carried++
    reading.carriedRemarks |= remarks
    this.sink.payload({
      packet: reading.packet,
      transport: 'tcp',
      bytes,
      start,
      end,
      ppid: 0,
      srcIp: direction.srcIp,
      dstIp: direction.dstIp,
      srcPort: direction.srcPort,
      dstPort: direction.dstPort,
      association: direction.connection.number,
      stream: direction.stream,
      anomalies: anomaliesOf(remarks),
    })
  }
}

/** Steps over octets of a body, or of a message that was lost. @returns how far it came. */
function stepOver(direction: TcpDirection, start: number, end: number, reading: SegmentReading): number {
  const count = Math.min(direction.skip, end - start)
  direction.skip -= count
  reading.unread = direction.skipIsLost ? HELD.neverCompleted : BODY
  return start + count
}
