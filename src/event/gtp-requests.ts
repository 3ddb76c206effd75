import { randomInt } from 'node:crypto'
import { at, u32At } from '../bytes/at.ts'
import { hashText } from '../bytes/hash-text.ts'
import { SlotIndex } from '../bytes/slot-index.ts'
import { LIMITS } from '../limits.ts'
import type { GtpTunnelEndpoint } from '../signalling/gtp/message.ts'
import { ANY_REQUEST } from '../signalling/gtp/message-row.ts'

/** A request that awaits its answer. */
export interface GtpRequest {
  readonly version: number
  readonly type: number
  readonly sequence: number
  readonly requester: string
  readonly requesterPort: number
  readonly responder: string
  /** `hashOctets` of the message. */
  readonly octets: number
  readonly timeUs: number
  /** Number of the event. */
  readonly seq: number
  readonly imsi: string | null
  readonly msisdn: string | null
  /** Tunnel endpoints that it announces. */
  readonly endpoints: readonly GtpTunnelEndpoint[]
}

/** What an answer says of the request it belongs to. */
export interface GtpAnswerKey {
  readonly version: number
  /** The message it answers, or ANY_REQUEST. */
  readonly answers: number
  readonly sequence: number
  readonly requester: string
  readonly requesterPort: number
  readonly responder: string
  readonly timeUs: number
}

const SLOTS = LIMITS.gtpRequests
/** Where an answer may go besides the port that the request came from: some stacks send it to the registered one. */
const GTP_C_PORT = 2123

/**
 * GTP requests under way, found by their addresses and sequence number: an answer comes from the address the request went
 * to, with its sequence number, to the port it came from (TS 29.060 §10.1, TS 29.274 §4.2 and §7.6). Slots are used in turn;
 * the oldest request gives way, and is counted if it still waited.
 */
export class GtpRequests {
  /** Requests forgotten for want of room. */
  forgotten = 0
  private readonly seed = randomInt(1 << 30)
  private readonly index = new SlotIndex(SLOTS, SLOTS)
  private readonly slots: (GtpRequest | null)[] = []
  private readonly repeats = new Uint8Array(SLOTS)
  private turn = 0

  /** Notes a request. One of the same octets is a retransmission, which has an answer of its own or none. */
  add(request: GtpRequest): void {
    const { version, type, sequence, requester, requesterPort, responder, octets, timeUs } = request
    const hash = this.hash(requester, responder, sequence)
    let isRepeat = false
    let slot = this.index.first(hash)
    for (let i = 0; slot >= 0 && i < LIMITS.gtpSameRequests; i++, slot = this.index.after(slot)) {
      const known = this.slots[slot]
      isRepeat ||=
        known !== undefined &&
        known !== null &&
        known.octets === octets &&
        known.type === type &&
        known.version === version &&
        known.requesterPort === requesterPort &&
        isSame(known, requester, responder, sequence, timeUs)
    }
    const own = this.turn
    this.turn = (own + 1) % SLOTS
    const evicted = this.slots[own]
    if (evicted !== undefined && evicted !== null) {
      if (!isExpired(evicted, timeUs)) this.forgotten++
      this.index.leave(own)
    }
    this.slots[own] = request
    this.repeats[own] = isRepeat ? 1 : 0
    this.index.enter(own, hash)
  }

  /**
   * The request that an answer belongs to, which is then answered: of several the first, retransmissions last, one from the
   * answer's very port before all. @returns null for none.
   */
  answer(key: GtpAnswerKey): GtpRequest | null {
    let best = -1
    let bestRank = 0
    let slot = this.index.first(this.hash(key.requester, key.responder, key.sequence))
    for (let i = 0; slot >= 0 && i < LIMITS.gtpSameRequests; i++, slot = this.index.after(slot)) {
      const rank = this.rank(slot, key)
      // the chain runs from the newest to the oldest
      if (rank > 0 && rank >= bestRank) {
        best = slot
        bestRank = rank
      }
    }
    if (best < 0) return null
    const found = this.slots[best] ?? null
    this.slots[best] = null
    this.index.leave(best)
    return found
  }

  private rank(slot: number, key: GtpAnswerKey): number {
    const known = this.slots[slot]
    if (known === undefined || known === null) return 0
    if (key.answers !== ANY_REQUEST && (known.type !== key.answers || known.version !== key.version)) return 0
    if (!isSame(known, key.requester, key.responder, key.sequence, key.timeUs)) return 0
    const isOwnPort = known.requesterPort === key.requesterPort
    if (!isOwnPort && key.requesterPort !== GTP_C_PORT) return 0
    return (isOwnPort ? 3 : 1) + (this.repeats[slot] === 1 ? 0 : 1)
  }

  private hash(requester: string, responder: string, sequence: number): number {
    return hashText(hashText(this.seed ^ Math.imul(sequence, 0x9e3779b1), requester), responder)
  }
}

function isSame(known: GtpRequest, requester: string, responder: string, sequence: number, timeUs: number): boolean {
  return (
    known.sequence === sequence &&
    known.requester === requester &&
    known.responder === responder &&
    !isExpired(known, timeUs)
  )
}

function isExpired(known: GtpRequest, timeUs: number): boolean {
  return Math.abs(timeUs - known.timeUs) > LIMITS.gtpRequestUs
}

/** A hash of the octets `bytes[start, end)`. */
export function hashOctets(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  let p = start
  for (; p + 4 <= end; p += 4) {
    hash = Math.imul(hash ^ u32At(bytes, p), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  for (; p < end; p++) hash = Math.imul(hash ^ at(bytes, p), 0x01000193)
  return hash ^ (hash >>> 13)
}
