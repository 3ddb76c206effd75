import { LIMITS } from '../limits.ts'
import { KeyMixer, type NumberSource } from './flow-numbers.ts'
import type { ByteStream, StreamProtocol } from './payload.ts'
import type { StreamFraming } from './tcp-framing.ts'
import type { HeldSegment } from './tcp-held.ts'

/** What is known of a direction's content: nothing yet, its messages are cut out, it is left alone, it is encrypted. */
export const CONTENT = { unknown: 0, read: 1, other: 2, tls: 3 } as const
export type Content = (typeof CONTENT)[keyof typeof CONTENT]

/** Whether a direction stands at a message: in step, in a body whose end only the next message tells, or lost. */
export const STEP = { in: 0, body: 1, lost: 2 } as const
export type Step = (typeof STEP)[keyof typeof STEP]

/** A segment that lies ahead of missing octets, without what an earlier one covers. */
export interface AheadSegment {
  readonly sequence: number
  /** A copy of the octets. */
  readonly data: Uint8Array
  readonly segment: HeldSegment
}

/** Segments whose octets and place are remembered for comparison. */
export const REMEMBERED_SEGMENTS = 16

/** One direction of a connection. */
export class TcpDirection {
  readonly connection: TcpConnection
  readonly srcIp: string
  readonly dstIp: string
  readonly srcPort: number
  readonly dstPort: number
  content: Content = CONTENT.unknown
  framing: StreamFraming | null = null
  /** What its payloads name; null until it is read. */
  stream: MutableByteStream | null = null
  /** Sequence number expected next; meaningless until `started`. */
  next = 0
  started = false
  /** Sequence number of its SYN, or -1. */
  synSequence = -1
  /** Octets were missing before the first one seen. */
  joined = false
  step: Step = STEP.in
  /** Octets to step over in front of the next message, and whether that message was lost. */
  skip = 0
  skipIsLost = false
  /** The beginning of a message that is not complete; `needed` octets make it, 0 while that is not known. */
  partial: Uint8Array | null = null
  partialBytes = 0
  needed = 0
  looked = 0
  /** Packets with octets of the partial message. */
  readonly contributors: HeldSegment[] = []
  /** Remark bits for the next message. */
  remarks = 0
  /** Segments beyond missing octets, by sequence number; none overlaps another. */
  ahead: AheadSegment[] = []
  /** Capture time since which octets are missing, µs. */
  missingSinceUs = 0
  /** Octets held, partial and ahead. */
  heldBytes = 0
  /** Sequence number, length and fingerprint in turn of the last segments read. */
  remembered: Uint32Array | null = null
  rememberedNext = 0

  constructor(connection: TcpConnection, srcIp: string, srcPort: number, dstIp: string, dstPort: number) {
    this.connection = connection
    this.srcIp = srcIp
    this.srcPort = srcPort
    this.dstIp = dstIp
    this.dstPort = dstPort
  }

  get peer(): TcpDirection {
    const { forth, back } = this.connection
    return this === forth ? back : forth
  }
}

/** A ByteStream while its direction is read. */
export interface MutableByteStream extends ByteStream {
  readonly protocol: StreamProtocol
  gaps: number
}

export class TcpConnection {
  number: number
  readonly forth: TcpDirection
  readonly back: TcpDirection
  newer: TcpConnection | null = null
  older: TcpConnection | null = null

  constructor(number: number, src: string, srcPort: number, dst: string, dstPort: number) {
    this.number = number
    this.forth = new TcpDirection(this, src, srcPort, dst, dstPort)
    this.back = new TcpDirection(this, dst, dstPort, src, srcPort)
  }
}

/** The connections of a run, by addresses and ports. Bounded by LIMITS.tcpConnections: the longest unused goes first. */
export class TcpConnections {
  private readonly bySource = new Map<string, Map<string, Map<number, TcpDirection>>>()
  private readonly mixer = new KeyMixer()
  private readonly numbers: NumberSource
  private readonly forgotten: (connection: TcpConnection) => void
  private newest: TcpConnection | null = null
  private oldest: TcpConnection | null = null
  private size = 0

  /** @param forgotten is called with each connection that is given up, while what it holds is still there. */
  constructor(numbers: NumberSource, forgotten: (connection: TcpConnection) => void) {
    this.numbers = numbers
    this.forgotten = forgotten
  }

  /** The direction from `src` to `dst`, or undefined when the connection is not known. */
  find(src: string, srcPort: number, dst: string, dstPort: number): TcpDirection | undefined {
    const direction = this.bySource
      .get(src)
      ?.get(dst)
      ?.get(this.mixer.mix((srcPort << 16) | dstPort))
    if (direction !== undefined) this.touch(direction.connection)
    return direction
  }

  /** Begins a connection that is not known. @returns its direction from `src` to `dst`. */
  open(src: string, srcPort: number, dst: string, dstPort: number): TcpDirection {
    if (this.size >= LIMITS.tcpConnections && this.oldest !== null) this.forget(this.oldest)
    const connection = new TcpConnection(this.numbers.next(), src, srcPort, dst, dstPort)
    // an end that talks to itself has one direction only
    this.keep(connection.back)
    this.keep(connection.forth)
    this.size++
    this.touch(connection)
    return connection.forth
  }

  /** A new life of the same ends has a number of its own. */
  renumber(connection: TcpConnection): void {
    connection.number = this.numbers.next()
  }

  private keep(direction: TcpDirection): void {
    const { srcIp, dstIp, srcPort, dstPort } = direction
    let byDestination = this.bySource.get(srcIp)
    if (byDestination === undefined) {
      byDestination = new Map()
      this.bySource.set(srcIp, byDestination)
    }
    let byPorts = byDestination.get(dstIp)
    if (byPorts === undefined) {
      byPorts = new Map()
      byDestination.set(dstIp, byPorts)
    }
    byPorts.set(this.mixer.mix((srcPort << 16) | dstPort), direction)
  }

  private forget(connection: TcpConnection): void {
    this.forgotten(connection)
    for (const { srcIp, dstIp, srcPort, dstPort } of [connection.forth, connection.back]) {
      const byDestination = this.bySource.get(srcIp)
      const byPorts = byDestination?.get(dstIp)
      byPorts?.delete(this.mixer.mix((srcPort << 16) | dstPort))
      if (byPorts?.size === 0) byDestination?.delete(dstIp)
      if (byDestination?.size === 0) this.bySource.delete(srcIp)
    }
    this.unlink(connection)
    this.size--
  }

  private touch(connection: TcpConnection): void {
    if (this.newest === connection) return
    this.unlink(connection)
    connection.older = this.newest
    if (this.newest !== null) this.newest.newer = connection
    this.newest = connection
    this.oldest ??= connection
  }

  private unlink(connection: TcpConnection): void {
    const { newer, older } = connection
    if (newer !== null) newer.older = older
    else if (this.newest === connection) this.newest = older
    if (older !== null) older.newer = newer
    else if (this.oldest === connection) this.oldest = newer
    connection.newer = null
    connection.older = null
  }
}
