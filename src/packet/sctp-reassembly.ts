import { LIMITS } from '../limits.ts'
import { carriedDispositions, heldDispositions, type MoveLedger, REMARKS } from './disposition.ts'
import type { Disposition } from './payload.ts'
import type { SctpDirection } from './sctp-association.ts'

/** What became of packets with fragments of user messages. */
export const HELD = heldDispositions('sctp')
/** What became of packets that carried user messages, by remark bits. */
export const CARRIED = carriedDispositions('sctp')

/** Octets a held fragment costs beyond its data. */
const OVERHEAD = 256

/** A packet with fragments: what it was said to be, and how many of its fragments still wait. */
export class HeldPacket {
  /** What the packet was said to be; null while it is being read. */
  disposition: Disposition | null = null
  /** Its remark bits when it was carried for the sake of other chunks, else -1. */
  carriedRemarks = -1
  waiting = 0
  /** Why one of its fragments was given up; null while none was. */
  lostAs: Disposition | null = null

  /** A fragment's message is complete (`lostAs` null) or was given up. The last one settles the packet. */
  settle(lostAs: Disposition | null, ledger: MoveLedger): void {
    this.waiting--
    this.lostAs ??= lostAs
    if (this.waiting > 0 || this.disposition === null) return
    if (this.carriedRemarks < 0) ledger.add(this.disposition, this.lostAs ?? HELD.completed, 1)
    else if (this.lostAs !== null)
      ledger.add(this.disposition, CARRIED[this.carriedRemarks | REMARKS.lostFragment] ?? this.disposition, 1)
  }
}

/** One fragment of a user message. */
export interface SctpFragment {
  /** TSN of a DATA chunk, fragment sequence number of an I-DATA chunk. */
  readonly position: number
  /** The bits B and E. */
  readonly begins: boolean
  readonly ends: boolean
  /** Stream, U bit and stream sequence number in one: fragments of one message agree on it. */
  readonly stream: number
  readonly ppid: number
  readonly remarks: number
  /** A copy of the octets. */
  readonly data: Uint8Array
  readonly packet: HeldPacket
  /** The fragment behind it in its run. */
  next: SctpFragment | null
}

/** Consecutive fragments of one message, from `head` to `tail`. */
export class FragmentRun {
  readonly direction: SctpDirection
  readonly spaceKey: string
  head: SctpFragment
  tail: SctpFragment
  count = 1
  lengthBytes: number

  constructor(direction: SctpDirection, spaceKey: string, fragment: SctpFragment) {
    this.direction = direction
    this.spaceKey = spaceKey
    this.head = fragment
    this.tail = fragment
    this.lengthBytes = fragment.data.length
  }
}

/** The runs of one sequence of positions, by their first and by their last position. */
export interface FragmentSpace {
  readonly byFirst: Map<number, FragmentRun>
  readonly byLast: Map<number, FragmentRun>
}

/** A user message put together. */
export interface SctpMessage {
  readonly bytes: Uint8Array
  readonly ppid: number
  /** Remark bits of all its fragments. */
  readonly remarks: number
}

/**
 * Puts fragmented SCTP user messages together, whatever the order of arrival: consecutive positions from a fragment with
 * the B bit to one with the E bit. For DATA chunks the positions are TSNs (RFC 9260 §6.9), and one space holds them all;
 * for I-DATA they are fragment sequence numbers (RFC 8260 §2.1), and each message has its own space.
 * Bounded by LIMITS.sctpFragments for each direction, sctpMessageBytes for each message, and sctpReassemblyBytes over
 * all, where the oldest goes first; what is given up is written to the ledger.
 */
export class SctpReassembly {
  private readonly ledger: MoveLedger
  /** All runs, the oldest first. */
  private readonly runs = new Set<FragmentRun>()
  private heldBytes = 0

  constructor(ledger: MoveLedger) {
    this.ledger = ledger
  }

  /**
   * Takes one fragment and keeps it.
   * @returns the message when it is complete, false when the position is taken already, else null.
   */
  add(direction: SctpDirection, spaceKey: string, fragment: SctpFragment): SctpMessage | null | false {
    if (direction.fragments >= LIMITS.sctpFragments) this.drop(direction, HELD.limitReached)
    const space = spaceOf(direction, spaceKey)
    const { position } = fragment
    if (space.byFirst.has(position) || space.byLast.has(position)) return false
    let run = new FragmentRun(direction, spaceKey, fragment)
    fragment.packet.waiting++
    direction.fragments++
    this.heldBytes += fragment.data.length + OVERHEAD
    const before = fragment.begins ? undefined : space.byLast.get((position - 1) >>> 0)
    if (before !== undefined && !before.tail.ends && before.tail.stream === fragment.stream)
      run = join(space, before, run)
    const after = fragment.ends ? undefined : space.byFirst.get((position + 1) >>> 0)
    if (after !== undefined && !after.head.begins && after.head.stream === fragment.stream) {
      this.runs.delete(after)
      run = join(space, run, after)
    }
    space.byFirst.set(run.head.position, run)
    space.byLast.set(run.tail.position, run)
    this.runs.add(run)
    if (run.lengthBytes > LIMITS.sctpMessageBytes) this.release(run, HELD.limitReached)
    else if (run.head.begins && run.tail.ends) {
      const message = assemble(run)
      this.release(run, null)
      return message
    } else if (this.heldBytes > LIMITS.sctpReassemblyBytes) {
      for (const oldest of this.runs) {
        this.release(oldest, HELD.limitReached)
        if (this.heldBytes <= LIMITS.sctpReassemblyBytes) break
      }
    }
    return null
  }

  /** Gives up every fragment of a direction. */
  drop(direction: SctpDirection, lostAs: Disposition): void {
    if (direction.spaces === null) return
    for (const space of direction.spaces.values()) {
      for (const run of space.byFirst.values()) this.release(run, lostAs)
    }
  }

  /** Gives up every fragment there is. */
  flush(): void {
    for (const run of this.runs) this.release(run, HELD.neverCompleted)
  }

  /** Forgets a run and settles the packets of its fragments. */
  private release(run: FragmentRun, lostAs: Disposition | null): void {
    const { direction, spaceKey } = run
    const space = direction.spaces?.get(spaceKey)
    space?.byFirst.delete(run.head.position)
    space?.byLast.delete(run.tail.position)
    if (space?.byFirst.size === 0) direction.spaces?.delete(spaceKey)
    if (direction.spaces?.size === 0) direction.spaces = null
    this.runs.delete(run)
    direction.fragments -= run.count
    this.heldBytes -= run.lengthBytes + run.count * OVERHEAD
    for (let one: SctpFragment | null = run.head; one !== null; one = one.next) one.packet.settle(lostAs, this.ledger)
  }
}

function spaceOf(direction: SctpDirection, key: string): FragmentSpace {
  direction.spaces ??= new Map()
  let space = direction.spaces.get(key)
  if (space === undefined) {
    space = { byFirst: new Map(), byLast: new Map() }
    direction.spaces.set(key, space)
  }
  return space
}

/** Appends `behind` to `front`; both maps of the space are brought up to date by the caller for the outer positions. */
function join(space: FragmentSpace, front: FragmentRun, behind: FragmentRun): FragmentRun {
  space.byLast.delete(front.tail.position)
  space.byFirst.delete(behind.head.position)
  front.tail.next = behind.head
  front.tail = behind.tail
  front.count += behind.count
  front.lengthBytes += behind.lengthBytes
  return front
}

function assemble(run: FragmentRun): SctpMessage {
  const bytes = new Uint8Array(run.lengthBytes)
  let at = 0
  let remarks = 0
  for (let one: SctpFragment | null = run.head; one !== null; one = one.next) {
    bytes.set(one.data, at)
    at += one.data.length
    remarks |= one.remarks
  }
  return { bytes, ppid: run.head.ppid, remarks }
}
