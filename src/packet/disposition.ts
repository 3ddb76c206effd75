import { type Disposition, type Move, PACKET_ANOMALIES, type PacketAnomaly } from './payload.ts'

/** One shared object: dispositions are compared and counted by identity. */
function disposition(outcome: Disposition['outcome'], protocol: string, reason: string): Disposition {
  return Object.freeze({ outcome, protocol, reason })
}

/** Known to hold no signalling. */
export function ignored(protocol: string, reason: string): Disposition {
  return disposition('ignored', protocol, reason)
}

/** Of a packet over `protocol` that another capture holds as well. */
export function seenByAnotherTap(protocol: string): Disposition {
  return ignored(protocol, 'seen by another tap')
}

/** Could not be read. */
export function undecoded(protocol: string, reason: string): Disposition {
  return disposition('undecoded', protocol, reason)
}

/** The dispositions of a fragment's packet, from the day it is kept to the day its message is complete or given up. */
export interface HeldDispositions {
  readonly waiting: Disposition
  readonly completed: Disposition
  readonly neverCompleted: Disposition
  readonly limitReached: Disposition
  readonly restarted: Disposition
}

/** The dispositions of fragments of `protocol`. */
export function heldDispositions(protocol: string): HeldDispositions {
  return {
    waiting: disposition('held', protocol, 'fragment of a message not complete yet'),
    completed: disposition('held', protocol, 'fragment of a message put together later'),
    neverCompleted: undecoded(protocol, 'fragment of a message never completed'),
    limitReached: undecoded(protocol, 'fragment given up at a limit of reassembly'),
    restarted: undecoded(protocol, 'fragment of a message its association did not survive'),
  }
}

/** Remarks on a packet that carried payloads, as bits; the low bits are the anomalies in the registry's order. */
export const REMARKS = {
  ipFragmentOverlap: 1,
  sctpTsnReuse: 2,
  cutByCapture: 4,
  tcpOverlap: 8,
  unreadChunk: 16,
  lostFragment: 32,
  skippedOctets: 64,
}

const REMARK_WORDS = [
  'overlapping IP fragments',
  'TSN reused for other data',
  'cut by the capture',
  'overlapping TCP segments',
  'a chunk beside the data was not read',
  'a fragment beside the data was lost',
  'octets beside the data were skipped',
]
const ANOMALY_BITS = 15

/** The dispositions of a packet that carried payloads over `protocol`, indexed by its remark bits; 0 is without remark. */
export function carriedDispositions(protocol: string): readonly Disposition[] {
  return Array.from({ length: 1 << REMARK_WORDS.length }, (_, bits) =>
    disposition('carried', protocol, REMARK_WORDS.filter((_, bit) => bits & (1 << bit)).join(', ')),
  )
}

const ANOMALY_LISTS: readonly (readonly PacketAnomaly[])[] = Array.from({ length: ANOMALY_BITS + 1 }, (_, bits) =>
  Object.freeze(PACKET_ANOMALIES.filter((_, bit) => bits & (1 << bit)).map((row) => row.name)),
)

/** The anomalies among remark bits: shared lists, the empty one for 0. */
export function anomaliesOf(remarks: number): readonly PacketAnomaly[] {
  return ANOMALY_LISTS[remarks & ANOMALY_BITS] ?? []
}

/** Collects moves between dispositions until somebody takes them; there are only a handful of kinds. */
export class MoveLedger {
  private moves: { from: Disposition; to: Disposition; count: number }[] = []

  add(from: Disposition, to: Disposition, count: number): void {
    if (count === 0) return
    const known = this.moves.find((move) => move.from === from && move.to === to)
    if (known === undefined) this.moves.push({ from, to, count })
    else known.count += count
  }

  /** The moves since the last call. */
  take(): readonly Move[] {
    const taken = this.moves
    if (taken.length > 0) this.moves = []
    return taken
  }
}
