import { randomInt } from 'node:crypto'
import { at, u32At } from '../bytes/at.ts'
import { SlotIndex } from '../bytes/slot-index.ts'
import { LIMITS } from '../limits.ts'
import type { TcapUser } from '../signalling/ss7/tcap-user.ts'

/** An invoke that awaits its answer. */
export interface PendingInvoke {
  readonly fromOriginator: boolean
  readonly invokeId: number | null
  readonly code: number | null
  readonly seq: number
  readonly imsi: string | null
  readonly msisdn: string | null
}

const SLOTS = LIMITS.transactions
const BUCKETS = 1 << 16
const NOBODY = -1
/** Stands for null where a column holds numbers. */
const NONE = -0x80000000

/** No transaction. */
export const NO_TRANSACTION = -1

/**
 * TCAP transactions under way, found by the identifier and address a message is sent to (ITU-T Q.774 §3.3.1). Each is a
 * slot, a number, in columns: hundreds of thousands cost the garbage collector nothing. The slot freed last is used
 * first, so that what is in use stays in the processor's caches. Bounded in number and capture time; what is forgotten
 * for want of room is counted.
 */
export class Transactions {
  /** Transactions forgotten for want of room. */
  forgotten = 0
  private readonly seed = randomInt(1 << 30)
  private readonly byOriginator = new SlotIndex(SLOTS, BUCKETS)
  private readonly byResponder = new SlotIndex(SLOTS, BUCKETS)
  private readonly byRoute = new SlotIndex(SLOTS, BUCKETS)

  private readonly open = new Uint8Array(SLOTS)
  private readonly originatorId = new Float64Array(SLOTS)
  private readonly responderId = new Float64Array(SLOTS)
  private readonly opc = new Int32Array(SLOTS)
  private readonly dpc = new Int32Array(SLOTS)
  private readonly startedUs = new Float64Array(SLOTS)
  private readonly originatorAddress: string[] = []
  private readonly responderAddress: string[] = []
  private readonly users: (TcapUser | null)[] = []
  private readonly contexts: (string | null)[] = []
  private readonly imsis: (string | null)[] = []
  private readonly msisdns: (string | null)[] = []
  /** The usual case, one invoke about the transaction's subscriber; further ones stand in `more`. */
  private readonly pendingSeq = new Float64Array(SLOTS)
  private readonly pendingInvokeId = new Int32Array(SLOTS)
  private readonly pendingCode = new Int32Array(SLOTS)
  private readonly pendingFromOriginator = new Uint8Array(SLOTS)
  private readonly more = new Map<number, PendingInvoke[]>()

  /** Neighbours of an open slot in the order of opening. */
  private readonly older = new Int32Array(SLOTS)
  private readonly newer = new Int32Array(SLOTS)
  private oldest = NOBODY
  private newest = NOBODY
  private readonly freed = new Int32Array(SLOTS)
  private freedCount = 0
  /** Slots used so far. */
  private used = 0
  private readonly found = { slot: NO_TRANSACTION, fromOriginator: false }

  /** Opens the transaction that a begin starts; one of the same identifier and address ends. @returns its slot. */
  begin(id: number, address: string, opc: number | null, dpc: number | null, timeUs: number): number {
    this.expire(timeUs)
    const hash = this.hashAddress(id, address)
    const known = this.searchOriginator(hash, id, address)
    if (known >= 0) this.close(known)
    const slot = this.takeSlot()
    this.open[slot] = 1
    this.originatorId[slot] = id
    this.responderId[slot] = -1
    this.opc[slot] = opc ?? NONE
    this.dpc[slot] = dpc ?? NONE
    this.startedUs[slot] = timeUs
    this.originatorAddress[slot] = address
    this.responderAddress[slot] = ''
    this.users[slot] = null
    this.contexts[slot] = null
    this.imsis[slot] = null
    this.msisdns[slot] = null
    this.pendingSeq[slot] = 0
    this.byOriginator.enter(slot, hash)
    this.byRoute.enter(slot, this.hashRoute(id, opc, dpc))
    return slot
  }

  /**
   * The transaction of a message sent to `id` at `address`, and which side sent it. A title translated on the way
   * leaves the mirrored route of the begin. @returns slot NO_TRANSACTION when its opening was not seen; the object is
   * filled anew by the next call.
   */
  find(
    id: number,
    address: string,
    opc: number | null,
    dpc: number | null,
  ): { readonly slot: number; readonly fromOriginator: boolean } {
    const { found } = this
    const hash = this.hashAddress(id, address)
    found.fromOriginator = false
    found.slot = this.searchOriginator(hash, id, address)
    if (found.slot >= 0) return found
    found.slot = this.searchResponder(hash, id, address)
    found.fromOriginator = found.slot >= 0
    if (found.slot >= 0) return found
    found.slot = this.searchRoute(id, dpc, opc)
    return found
  }

  /** Learns the responder's identifier and address from its first continue. */
  learnResponder(slot: number, id: number, address: string): void {
    if (this.responderId[slot] === id) return
    this.byResponder.leave(slot)
    this.responderId[slot] = id
    this.responderAddress[slot] = address
    this.byResponder.enter(slot, this.hashAddress(id, address))
  }

  /** Ends a transaction. */
  close(slot: number): void {
    if (this.open[slot] === 0) return
    this.open[slot] = 0
    this.byOriginator.leave(slot)
    this.byResponder.leave(slot)
    this.byRoute.leave(slot)
    if (this.more.size > 0) this.more.delete(slot)
    const older = this.older[slot] ?? NOBODY
    const newer = this.newer[slot] ?? NOBODY
    if (older >= 0) this.newer[older] = newer
    else this.oldest = newer
    if (newer >= 0) this.older[newer] = older
    else this.newest = older
    this.freed[this.freedCount++] = slot
  }

  userOf(slot: number): TcapUser | null {
    return this.users[slot] ?? null
  }

  contextOf(slot: number): string | null {
    return this.contexts[slot] ?? null
  }

  imsiOf(slot: number): string | null {
    return this.imsis[slot] ?? null
  }

  msisdnOf(slot: number): string | null {
    return this.msisdns[slot] ?? null
  }

  /** Notes the user, and the application context where a message names one. */
  setUser(slot: number, user: TcapUser, applicationContext: string | null): void {
    this.users[slot] = user
    if (applicationContext !== null) this.contexts[slot] = applicationContext
  }

  /** Notes the subscriber of the dialogue's opening; the first named stands. */
  setSubject(slot: number, imsi: string | null, msisdn: string | null): void {
    if (this.imsiOf(slot) !== null || this.msisdnOf(slot) !== null) return
    this.imsis[slot] = imsi
    this.msisdns[slot] = msisdn
  }

  /** Notes an invoke that awaits its answer; beyond LIMITS.invokesPerTransaction none is kept. */
  addPending(slot: number, invoke: PendingInvoke): void {
    const isUsual = invoke.imsi === this.imsiOf(slot) && invoke.msisdn === this.msisdnOf(slot)
    if (isUsual && this.pendingSeq[slot] === 0) {
      this.pendingSeq[slot] = invoke.seq
      this.pendingInvokeId[slot] = invoke.invokeId ?? NONE
      this.pendingCode[slot] = invoke.code ?? NONE
      this.pendingFromOriginator[slot] = invoke.fromOriginator ? 1 : 0
      return
    }
    const list = this.more.get(slot)
    if (list === undefined) this.more.set(slot, [invoke])
    else if (list.length < LIMITS.invokesPerTransaction) list.push(invoke)
  }

  /**
   * The invoke of the other side that a message answers.
   * @param invokeId null for any: the first. @param forget takes it out, as its last answer does.
   */
  pendingOf(slot: number, fromOriginator: boolean, invokeId: number | null, forget: boolean): PendingInvoke | null {
    const seq = this.pendingSeq[slot] ?? 0
    const ownId = this.pendingInvokeId[slot] ?? NONE
    if (
      seq !== 0 &&
      (this.pendingFromOriginator[slot] === 1) !== fromOriginator &&
      (invokeId === null || ownId === invokeId)
    ) {
      if (forget) this.pendingSeq[slot] = 0
      const code = this.pendingCode[slot] ?? NONE
      return {
        fromOriginator: !fromOriginator,
        invokeId: ownId === NONE ? null : ownId,
        code: code === NONE ? null : code,
        seq,
        imsi: this.imsiOf(slot),
        msisdn: this.msisdnOf(slot),
      }
    }
    const list = this.more.get(slot)
    if (list === undefined) return null
    const index = list.findIndex(
      (i) => i.fromOriginator !== fromOriginator && (invokeId === null || i.invokeId === invokeId),
    )
    const invoke = list[index]
    if (invoke === undefined) return null
    if (forget) list.splice(index, 1)
    return invoke
  }

  private searchOriginator(hash: number, id: number, address: string): number {
    let slot = this.byOriginator.first(hash)
    while (slot >= 0 && (this.originatorId[slot] !== id || this.originatorAddress[slot] !== address)) {
      slot = this.byOriginator.after(slot)
    }
    return slot
  }

  private searchResponder(hash: number, id: number, address: string): number {
    let slot = this.byResponder.first(hash)
    while (slot >= 0 && (this.responderId[slot] !== id || this.responderAddress[slot] !== address)) {
      slot = this.byResponder.after(slot)
    }
    return slot
  }

  private searchRoute(id: number, opc: number | null, dpc: number | null): number {
    let slot = this.byRoute.first(this.hashRoute(id, opc, dpc))
    while (
      slot >= 0 &&
      (this.originatorId[slot] !== id || this.opc[slot] !== (opc ?? NONE) || this.dpc[slot] !== (dpc ?? NONE))
    ) {
      slot = this.byRoute.after(slot)
    }
    return slot
  }

  private hashAddress(id: number, address: string): number {
    let hash = this.seed ^ (id | 0) ^ Math.imul((id / 0x100000000) | 0, 0x85ebca6b)
    for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193)
    return hash ^ (hash >>> 15)
  }

  private hashRoute(id: number, opc: number | null, dpc: number | null): number {
    let hash = this.seed ^ Math.imul(id | 0, 0x9e3779b1) ^ Math.imul((id / 0x100000000) | 0, 0x85ebca6b)
    hash = Math.imul(hash ^ (opc ?? NONE), 0x01000193)
    hash = Math.imul(hash ^ (dpc ?? NONE), 0x01000193)
    return hash ^ (hash >>> 15)
  }

  /** A free slot, made the newest; the oldest transaction is forgotten when there is none. */
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

/** A transaction identifier as a number: exact up to six octets, a hash beyond, with its length mixed in. */
export function transactionKey(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length === 4) return 4 * 0x1_0000_0000 + u32At(bytes, start)
  let key = length
  if (length > 5) {
    for (let i = start; i < end; i++) key = (key * 256 + at(bytes, i)) % 9007199254740
    return key
  }
  for (let i = start; i < end; i++) key = key * 256 + at(bytes, i)
  return key
}
