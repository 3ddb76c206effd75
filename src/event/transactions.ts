import { randomInt } from 'node:crypto'
import { at, u32At } from '../bytes/at.ts'
import { hashText } from '../bytes/hash-text.ts'
import { SlotIndex } from '../bytes/slot-index.ts'
import { LIMITS } from '../limits.ts'
import type { TcapUser } from '../signalling/ss7/tcap-user.ts'

/** An invoke that a message answers; the object is filled anew by the next search. */
export interface PendingInvoke {
  readonly code: number | null
  readonly seq: number
  readonly imsi: string | null
  readonly msisdn: string | null
}

/** An invoke that awaits its answer beside another one, or about another subscriber than its transaction. */
interface FurtherInvoke extends PendingInvoke {
  readonly fromOriginator: boolean
  readonly invokeId: number | null
}

const SLOTS = LIMITS.transactions
const BUCKETS = 1 << 16
const NOBODY = -1
/** Stands for null where a place holds a number. */
const NONE = -0x80000000

/** A row for each slot, 64 octets, so that a transaction costs one wait for memory: four doubles, then eight integers. */
const ROW_BYTES = 64
const ROW_DOUBLES = ROW_BYTES / 8
const ROW_INTEGERS = ROW_BYTES / 4
/** Places of doubles in a row. */
const ORIGINATOR_ID = 0
const RESPONDER_ID = 1
const STARTED_US = 2
/** The usual case, one invoke about the transaction's subscriber; further ones stand in `more`. 0 for none. */
const PENDING_SEQ = 3
/** Places of integers in a row. */
const OPC = 8
const DPC = 9
const PENDING_INVOKE_ID = 10
const PENDING_CODE = 11
const PENDING_FROM_ORIGINATOR = 12
/** One of STATE. */
const OPEN = 13
/** Neighbours of an open slot in the order of opening. */
const OLDER = 14
const NEWER = 15

const STATE = { closed: 0, open: 1, openWithMore: 2 } as const

/** Places of texts in their row. */
const ROW_TEXTS = 6
const ORIGINATOR_ADDRESS = 0
const RESPONDER_ADDRESS = 1
const USER = 2
const CONTEXT = 3
const IMSI = 4
const MSISDN = 5

/** No transaction. */
export const NO_TRANSACTION = -1

/**
 * TCAP transactions under way, found by the identifier and address a message is sent to (ITU-T Q.774 §3.3.1). Each is a
 * slot, a number, in rows: hundreds of thousands cost the garbage collector nothing. The slot freed last is used
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

  private readonly doubles: Float64Array
  private readonly integers: Int32Array
  private readonly texts: (string | null)[] = []
  /** Further invokes, by slot. */
  private readonly more: (FurtherInvoke[] | null)[] = []

  private oldest = NOBODY
  private newest = NOBODY
  private readonly freed = new Int32Array(SLOTS)
  private freedCount = 0
  /** Slots used so far. */
  private used = 0
  private readonly found = { slot: NO_TRANSACTION, fromOriginator: false }
  private readonly pending: { -readonly [K in keyof PendingInvoke]: PendingInvoke[K] } = {
    code: null,
    seq: 0,
    imsi: null,
    msisdn: null,
  }

  constructor() {
    const memory = new ArrayBuffer(SLOTS * ROW_BYTES)
    this.doubles = new Float64Array(memory)
    this.integers = new Int32Array(memory)
  }

  /** Opens the transaction that a begin starts; one of the same identifier and address ends. @returns its slot. */
  begin(id: number, address: string, opc: number | null, dpc: number | null, timeUs: number): number {
    this.expire(timeUs)
    const hash = this.hashAddress(id, address)
    const known = this.searchOriginator(hash, id, address)
    if (known >= 0) this.close(known)
    const slot = this.takeSlot()
    const { doubles, integers, texts } = this
    const row = slot * ROW_DOUBLES
    doubles[row + ORIGINATOR_ID] = id
    doubles[row + RESPONDER_ID] = -1
    doubles[row + STARTED_US] = timeUs
    doubles[row + PENDING_SEQ] = 0
    const integerRow = slot * ROW_INTEGERS
    integers[integerRow + OPC] = opc ?? NONE
    integers[integerRow + DPC] = dpc ?? NONE
    integers[integerRow + OPEN] = STATE.open
    const textRow = slot * ROW_TEXTS
    texts[textRow + ORIGINATOR_ADDRESS] = address
    texts[textRow + RESPONDER_ADDRESS] = null
    texts[textRow + USER] = null
    texts[textRow + CONTEXT] = null
    texts[textRow + IMSI] = null
    texts[textRow + MSISDN] = null
    // a place for every slot in use, in order: an array without holes
    if (slot === this.more.length) this.more.push(null)
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
    const { doubles } = this
    if (doubles[slot * ROW_DOUBLES + RESPONDER_ID] === id) return
    this.byResponder.leave(slot)
    doubles[slot * ROW_DOUBLES + RESPONDER_ID] = id
    this.texts[slot * ROW_TEXTS + RESPONDER_ADDRESS] = address
    this.byResponder.enter(slot, this.hashAddress(id, address))
  }

  /** Ends a transaction. */
  close(slot: number): void {
    const { integers } = this
    const row = slot * ROW_INTEGERS
    const state = integers[row + OPEN]
    if (state === STATE.closed) return
    if (state === STATE.openWithMore) this.more[slot] = null
    integers[row + OPEN] = STATE.closed
    this.byOriginator.leave(slot)
    this.byResponder.leave(slot)
    this.byRoute.leave(slot)
    const older = integers[row + OLDER] ?? NOBODY
    const newer = integers[row + NEWER] ?? NOBODY
    if (older >= 0) integers[older * ROW_INTEGERS + NEWER] = newer
    else this.oldest = newer
    if (newer >= 0) integers[newer * ROW_INTEGERS + OLDER] = older
    else this.newest = older
    this.freed[this.freedCount++] = slot
  }

  userOf(slot: number): TcapUser | null {
    // nothing else is ever put there
    return (this.texts[slot * ROW_TEXTS + USER] ?? null) as TcapUser | null
  }

  contextOf(slot: number): string | null {
    return this.texts[slot * ROW_TEXTS + CONTEXT] ?? null
  }

  imsiOf(slot: number): string | null {
    return this.texts[slot * ROW_TEXTS + IMSI] ?? null
  }

  msisdnOf(slot: number): string | null {
    return this.texts[slot * ROW_TEXTS + MSISDN] ?? null
  }

  /** Notes the user, and the application context where a message names one. */
  setUser(slot: number, user: TcapUser, applicationContext: string | null): void {
    const { texts } = this
    const row = slot * ROW_TEXTS
    if (texts[row + USER] !== user) texts[row + USER] = user
    if (applicationContext !== null) texts[row + CONTEXT] = applicationContext
  }

  /** Notes the subscriber of the dialogue's opening; the first named stands. */
  setSubject(slot: number, imsi: string | null, msisdn: string | null): void {
    const { texts } = this
    const row = slot * ROW_TEXTS
    if (texts[row + IMSI] !== null || texts[row + MSISDN] !== null) return
    texts[row + IMSI] = imsi
    texts[row + MSISDN] = msisdn
  }

  /** Notes an invoke that awaits its answer; beyond LIMITS.invokesPerTransaction none is kept. */
  addPending(
    slot: number,
    fromOriginator: boolean,
    invokeId: number | null,
    code: number | null,
    seq: number,
    imsi: string | null,
    msisdn: string | null,
  ): void {
    const { doubles, integers } = this
    const row = slot * ROW_INTEGERS
    if (
      doubles[slot * ROW_DOUBLES + PENDING_SEQ] === 0 &&
      imsi === this.imsiOf(slot) &&
      msisdn === this.msisdnOf(slot)
    ) {
      doubles[slot * ROW_DOUBLES + PENDING_SEQ] = seq
      integers[row + PENDING_INVOKE_ID] = invokeId ?? NONE
      integers[row + PENDING_CODE] = code ?? NONE
      integers[row + PENDING_FROM_ORIGINATOR] = fromOriginator ? 1 : 0
      return
    }
    const invoke = { fromOriginator, invokeId, code, seq, imsi, msisdn }
    const list = this.more[slot] ?? null
    if (list === null) this.more[slot] = [invoke]
    else if (list.length < LIMITS.invokesPerTransaction) list.push(invoke)
    integers[row + OPEN] = STATE.openWithMore
  }

  /**
   * The invoke of the other side that a message answers.
   * @param invokeId null for any: the first. @param forget takes it out, as its last answer does.
   */
  pendingOf(slot: number, fromOriginator: boolean, invokeId: number | null, forget: boolean): PendingInvoke | null {
    const { doubles, integers, pending } = this
    const seq = doubles[slot * ROW_DOUBLES + PENDING_SEQ] ?? 0
    const row = slot * ROW_INTEGERS
    const ownId = integers[row + PENDING_INVOKE_ID] ?? NONE
    if (
      seq !== 0 &&
      (integers[row + PENDING_FROM_ORIGINATOR] === 1) !== fromOriginator &&
      (invokeId === null || ownId === invokeId)
    ) {
      if (forget) doubles[slot * ROW_DOUBLES + PENDING_SEQ] = 0
      const code = integers[row + PENDING_CODE] ?? NONE
      pending.code = code === NONE ? null : code
      pending.seq = seq
      pending.imsi = this.imsiOf(slot)
      pending.msisdn = this.msisdnOf(slot)
      return pending
    }
    return integers[row + OPEN] === STATE.openWithMore ? this.furtherOf(slot, fromOriginator, invokeId, forget) : null
  }

  private furtherOf(
    slot: number,
    fromOriginator: boolean,
    invokeId: number | null,
    forget: boolean,
  ): PendingInvoke | null {
    const list = this.more[slot] ?? null
    if (list === null) return null
    for (let i = 0; i < list.length; i++) {
      const invoke = list[i]
      if (invoke === undefined || invoke.fromOriginator === fromOriginator) continue
      if (invokeId !== null && invoke.invokeId !== invokeId) continue
      if (forget && i === list.length - 1) list.pop()
      else if (forget) list.splice(i, 1)
      return invoke
    }
    return null
  }

  private searchOriginator(hash: number, id: number, address: string): number {
    let slot = this.byOriginator.first(hash)
    while (slot >= 0 && !this.isSide(slot, ORIGINATOR_ID, id, ORIGINATOR_ADDRESS, address)) {
      slot = this.byOriginator.after(slot)
    }
    return slot
  }

  private searchResponder(hash: number, id: number, address: string): number {
    let slot = this.byResponder.first(hash)
    while (slot >= 0 && !this.isSide(slot, RESPONDER_ID, id, RESPONDER_ADDRESS, address)) {
      slot = this.byResponder.after(slot)
    }
    return slot
  }

  private isSide(slot: number, idPlace: number, id: number, addressPlace: number, address: string): boolean {
    return this.doubles[slot * ROW_DOUBLES + idPlace] === id && this.texts[slot * ROW_TEXTS + addressPlace] === address
  }

  private searchRoute(id: number, opc: number | null, dpc: number | null): number {
    let slot = this.byRoute.first(this.hashRoute(id, opc, dpc))
    while (slot >= 0 && !this.isRoute(slot, id, opc ?? NONE, dpc ?? NONE)) slot = this.byRoute.after(slot)
    return slot
  }

  private isRoute(slot: number, id: number, opc: number, dpc: number): boolean {
    const { doubles, integers } = this
    const row = slot * ROW_INTEGERS
    return (
      doubles[slot * ROW_DOUBLES + ORIGINATOR_ID] === id && integers[row + OPC] === opc && integers[row + DPC] === dpc
    )
  }

  private hashAddress(id: number, address: string): number {
    return hashText(this.seed ^ (id | 0) ^ Math.imul((id / 0x100000000) | 0, 0x85ebca6b), address)
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
    const { integers } = this
    integers[slot * ROW_INTEGERS + OLDER] = this.newest
    integers[slot * ROW_INTEGERS + NEWER] = NOBODY
    if (this.newest >= 0) integers[this.newest * ROW_INTEGERS + NEWER] = slot
    else this.oldest = slot
    this.newest = slot
    return slot
  }

  private expire(timeUs: number): void {
    while (
      this.oldest >= 0 &&
      timeUs - (this.doubles[this.oldest * ROW_DOUBLES + STARTED_US] ?? 0) > LIMITS.transactionUs
    ) {
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
