import { randomInt } from 'node:crypto'
import { hashText } from '../bytes/hash-text.ts'
import { SlotIndex } from '../bytes/slot-index.ts'
import { LIMITS } from '../limits.ts'

/** A request that an answer has been found for; the object is filled anew by the next search. */
export interface AnsweredRequest {
  seq: number
  imsi: string | null
  msisdn: string | null
  originHost: string | null
  /** The answer changed the End-to-End identifier, which no agent may (RFC 6733 §3). */
  endToEndChanged: boolean
}

/** What requests and answers are matched by. */
export interface DiameterIds {
  /** The transport connection it was seen on. */
  readonly association: number
  readonly srcPort: number
  readonly dstPort: number
  readonly commandCode: number
  readonly hopByHop: number
  readonly endToEnd: number
  readonly sessionId: string | null
}

const SLOTS = LIMITS.diameterRequests
const BUCKETS = 1 << 16
const NOBODY = -1

/**
 * Diameter requests that wait for their answer, found by connection and Hop-by-Hop identifier, and, where the answer took
 * another connection or came from another address of the peer, by End-to-End identifier and Session-Id (RFC 6733 §3, §6.2). Columns, as in `Transactions`: bounded
 * in number and capture time, and nothing for the garbage collector.
 */
export class DiameterRequests {
  /** Requests forgotten for want of room. */
  forgotten = 0
  private readonly seed = randomInt(1 << 30)
  private readonly byHop = new SlotIndex(SLOTS, BUCKETS)
  private readonly byEnd = new SlotIndex(SLOTS, BUCKETS)

  private readonly association = new Float64Array(SLOTS)
  private readonly ports = new Uint32Array(SLOTS)
  private readonly command = new Uint32Array(SLOTS)
  private readonly hopByHop = new Uint32Array(SLOTS)
  private readonly endToEnd = new Uint32Array(SLOTS)
  private readonly startedUs = new Float64Array(SLOTS)
  private readonly seq = new Float64Array(SLOTS)
  private readonly sessionIds: (string | null)[] = []
  private readonly imsis: (string | null)[] = []
  private readonly msisdns: (string | null)[] = []
  private readonly originHosts: (string | null)[] = []

  /** Neighbours in the order of arrival. */
  private readonly older = new Int32Array(SLOTS)
  private readonly newer = new Int32Array(SLOTS)
  private oldest = NOBODY
  private newest = NOBODY
  private readonly freed = new Int32Array(SLOTS)
  private freedCount = 0
  private used = 0
  private readonly answered: AnsweredRequest = {
    seq: 0,
    imsi: null,
    msisdn: null,
    originHost: null,
    endToEndChanged: false,
  }

  /** Notes a request; one of the same identifiers on the same connection, sent again, is answered in its stead. */
  add(
    ids: DiameterIds,
    timeUs: number,
    seq: number,
    imsi: string | null,
    msisdn: string | null,
    originHost: string | null,
  ): void {
    this.expire(timeUs)
    const ports = ids.srcPort * 0x10000 + ids.dstPort
    const hash = this.hashHop(ids)
    const known = this.searchHop(hash, ids, ports)
    if (known >= 0) this.close(known)
    const slot = this.takeSlot()
    this.association[slot] = ids.association
    this.ports[slot] = ports
    this.command[slot] = ids.commandCode
    this.hopByHop[slot] = ids.hopByHop
    this.endToEnd[slot] = ids.endToEnd
    this.startedUs[slot] = timeUs
    this.seq[slot] = seq
    this.sessionIds[slot] = ids.sessionId
    this.imsis[slot] = imsi
    this.msisdns[slot] = msisdn
    this.originHosts[slot] = originHost
    this.byHop.enter(slot, hash)
    this.byEnd.enter(slot, this.hashEnd(ids))
  }

  /**
   * The request that an answer with `ids` belongs to: forgotten when found on its own connection; one found on another is
   * kept, as its answer may still come there. @returns null for none.
   */
  answer(ids: DiameterIds, timeUs: number): AnsweredRequest | null {
    this.expire(timeUs)
    const ports = ids.dstPort * 0x10000 + ids.srcPort
    const slot = this.searchHop(this.hashHop(ids), ids, ports)
    if (slot >= 0) {
      const found = this.fill(slot)
      found.endToEndChanged = this.endToEnd[slot] !== ids.endToEnd
      this.close(slot)
      return found
    }
    const elsewhere = this.searchEnd(ids, ports)
    return elsewhere >= 0 ? this.fill(elsewhere) : null
  }

  private fill(slot: number): AnsweredRequest {
    const { answered } = this
    answered.seq = this.seq[slot] ?? 0
    answered.imsi = this.imsis[slot] ?? null
    answered.msisdn = this.msisdns[slot] ?? null
    answered.originHost = this.originHosts[slot] ?? null
    answered.endToEndChanged = false
    return answered
  }

  /** Either side of a connection counts Hop-by-Hop identifiers of its own: where the ports differ, they tell the sides. */
  private searchHop(hash: number, ids: DiameterIds, ports: number): number {
    let slot = this.byHop.first(hash)
    while (
      slot >= 0 &&
      (this.hopByHop[slot] !== ids.hopByHop ||
        this.association[slot] !== ids.association ||
        this.command[slot] !== ids.commandCode ||
        this.ports[slot] !== ports)
    ) {
      slot = this.byHop.after(slot)
    }
    return slot
  }

  /** Without a session, as between peers, the other identifier and the ports must agree: addresses of one peer may differ. */
  private searchEnd(ids: DiameterIds, ports: number): number {
    const { sessionId } = ids
    let slot = this.byEnd.first(this.hashEnd(ids))
    while (
      slot >= 0 &&
      (this.endToEnd[slot] !== ids.endToEnd ||
        this.command[slot] !== ids.commandCode ||
        this.sessionIds[slot] !== sessionId ||
        (sessionId === null && (this.hopByHop[slot] !== ids.hopByHop || this.ports[slot] !== ports)))
    ) {
      slot = this.byEnd.after(slot)
    }
    return slot
  }

  private hashHop(ids: DiameterIds): number {
    let hash = this.seed ^ Math.imul(ids.hopByHop, 0x9e3779b1)
    hash = Math.imul(hash ^ ids.association, 0x85ebca6b)
    hash = Math.imul(hash ^ ids.commandCode, 0x01000193)
    return hash ^ (hash >>> 15)
  }

  private hashEnd(ids: DiameterIds): number {
    return hashText(this.seed ^ Math.imul(ids.endToEnd, 0x9e3779b1) ^ ids.commandCode, ids.sessionId ?? '')
  }

  private close(slot: number): void {
    this.byHop.leave(slot)
    this.byEnd.leave(slot)
    const older = this.older[slot] ?? NOBODY
    const newer = this.newer[slot] ?? NOBODY
    if (older >= 0) this.newer[older] = newer
    else this.oldest = newer
    if (newer >= 0) this.older[newer] = older
    else this.newest = older
    this.sessionIds[slot] = null
    this.freed[this.freedCount++] = slot
  }

  /** A free slot, made the newest; the oldest request is forgotten when there is none. */
  private takeSlot(): number {
    if (this.freedCount === 0 && this.used === SLOTS) {
      this.forgotten++
      this.close(this.oldest)
    }
    const slot = this.freedCount > 0 ? (this.freed[--this.freedCount] ?? 0) : this.used++
    this.older[slot] = this.newest
    this.newer[slot] = NOBODY
    if (this.newest >= 0) this.newer[this.newest] = slot
    else this.oldest = slot
    this.newest = slot
    return slot
  }

  private expire(timeUs: number): void {
    while (this.oldest >= 0 && timeUs - (this.startedUs[this.oldest] ?? 0) > LIMITS.transactionUs) {
      this.close(this.oldest)
    }
  }
}
