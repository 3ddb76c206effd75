import type { Packet } from '../capture/packet.ts'
import { carriedDispositions, heldDispositions, ignored, type MoveLedger, REMARKS, undecoded } from './disposition.ts'
import type { Disposition } from './payload.ts'

/** What became of packets with parts of messages. */
export const HELD = heldDispositions('tcp')
/** What became of packets that carried messages, by remark bits. */
export const CARRIED = carriedDispositions('tcp')
export const UNREAD = undecoded('tcp', 'TCP stream not read')
export const ENCRYPTED = undecoded('tls', 'encrypted')
export const SKIPPED = undecoded('tcp', 'octets skipped in search of a message')
export const BODY = undecoded('http', 'body of a message is not read')
export const CUT = undecoded('tcp', 'cut by the capture')
export const CONTRADICTION = undecoded('tcp', 'octets that contradict those sent before')
export const RETRANSMISSION = ignored('tcp', 'retransmission')

const NO_BYTES = new Uint8Array(0)

/**
 * A segment on its way through a direction: what was found in it, and for one that is kept, what its packet was said to
 * be and how many of its parts still wait.
 */
export class HeldSegment {
  readonly packet: Packet
  /** Remark bits met below TCP. */
  readonly remarks: number
  /** What the packet was said to be; null while it is being read. */
  disposition: Disposition | null = null
  /** Its remark bits when it was carried for the sake of other octets, else -1. */
  carriedRemarks = -1
  waiting = 0
  /** Why one of its parts was given up; null while none was. */
  lostAs: Disposition | null = null

  constructor(packet: Packet, remarks: number) {
    this.packet = packet
    this.remarks = remarks
  }

  /** A part became a message (`lostAs` null) or was given up. The last one settles the packet. */
  settle(lostAs: Disposition | null, ledger: MoveLedger): void {
    this.waiting--
    this.lostAs ??= lostAs
    if (this.waiting > 0 || this.disposition === null) return
    if (this.carriedRemarks < 0) ledger.add(this.disposition, this.lostAs ?? HELD.completed, 1)
    else if (this.lostAs !== null)
      ledger.add(this.disposition, CARRIED[this.carriedRemarks | REMARKS.lostFragment] ?? this.disposition, 1)
  }
}

/** The segment being read: what its octets came to. One object is filled again and again. */
export class SegmentReading {
  packet: Packet
  remarks = 0
  /** Messages that it completed, and their remark bits. */
  carried = 0
  carriedRemarks = 0
  /** Why octets of it were not read; null while all were. */
  unread: Disposition | null = null
  /** Set once some of it is kept. */
  held: HeldSegment | null = null

  constructor(packet: Packet) {
    this.packet = packet
  }

  begin(packet: Packet, remarks: number, held: HeldSegment | null): void {
    this.packet = packet
    this.remarks = remarks
    this.carried = 0
    this.carriedRemarks = 0
    this.unread = null
    this.held = held
  }

  /** The record of the packet once some of it has to be kept. */
  hold(): HeldSegment {
    this.held ??= new HeldSegment(withoutOctets(this.packet), this.remarks)
    this.held.waiting++
    return this.held
  }

  /** What is said of the packet: the best that any of its octets came to. */
  conclude(): Disposition {
    const { held, unread } = this
    const waiting = held !== null && held.waiting > 0
    const lostAs = held?.lostAs ?? unread
    let remarks = -1
    let disposition: Disposition = RETRANSMISSION
    if (this.carried > 0) {
      remarks = this.carriedRemarks
      if (unread === SKIPPED) remarks |= REMARKS.skippedOctets
      else if (unread === CUT) remarks |= REMARKS.cutByCapture
      if (unread === HELD.neverCompleted || (held !== null && held.lostAs !== null)) remarks |= REMARKS.lostFragment
      disposition = CARRIED[remarks] ?? RETRANSMISSION
    } else if (waiting) disposition = HELD.waiting
    else if (lostAs !== null) disposition = lostAs
    else if (held !== null) disposition = HELD.completed
    if (waiting) {
      held.disposition = disposition
      held.carriedRemarks = remarks
    }
    return disposition
  }
}

/** The packet without its octets, for what is kept beyond its batch. */
export function withoutOctets({ capture, frame, timeUs, linkType, originalLength }: Packet): Packet {
  return { capture, frame, timeUs, linkType, bytes: NO_BYTES, start: 0, end: 0, originalLength }
}
