import { viewOf } from '../bytes/view.ts'
import { LIMITS } from '../limits.ts'

/** A TSN as the window knows it. */
export const TSN = { new: 0, retransmission: 1, reused: 2 } as const
export type TsnVerdict = (typeof TSN)[keyof typeof TSN]

const SMALLEST = 16

/** Places that all windows together may still take; shared by all associations. */
export class TsnWindowBudget {
  slots: number = LIMITS.sctpTsnSlots
}

/**
 * The TSNs seen lately in one direction of an association, each with a fingerprint of its chunk: a table in which TSN n
 * has place n modulo the size, so that wraparound (RFC 9260 §1.6) needs no care. It begins small and grows with use up to
 * LIMITS.sctpTsnWindow, as long as the budget allows.
 */
export class TsnWindow {
  /** TSN and fingerprint in turn; a fingerprint of 0 marks a free place. */
  private slots = new Uint32Array(SMALLEST * 2)
  private used = 0
  private readonly budget: TsnWindowBudget

  constructor(budget: TsnWindowBudget) {
    this.budget = budget
    budget.slots -= SMALLEST
  }

  /** Says whether `tsn` was seen before, and with the same fingerprint; remembers it. */
  see(tsn: number, fingerprint: number): TsnVerdict {
    let place = this.placeOf(tsn)
    if (this.slots[place + 1] !== 0 && this.slots[place] !== tsn && this.grow()) place = this.placeOf(tsn)
    const slots = this.slots
    const before = slots[place + 1]
    const known = before !== 0 && slots[place] === tsn
    if (known && before === fingerprint) return TSN.retransmission
    slots[place] = tsn
    slots[place + 1] = fingerprint
    if (before === 0) this.used++
    return known ? TSN.reused : TSN.new
  }

  /** Forgets all TSNs. */
  clear(): void {
    this.slots.fill(0)
    this.used = 0
  }

  /** Gives the places back to the budget; the window is of no use afterwards. */
  release(): void {
    this.budget.slots += this.slots.length / 2
  }

  private placeOf(tsn: number): number {
    return (tsn & ((this.slots.length >> 1) - 1)) << 1
  }

  /** Doubles the table once half of it is in use, so that the cost stays in proportion to the chunks seen. */
  private grow(): boolean {
    const old = this.slots
    const size = old.length / 2
    if (this.used < size / 2 || size >= LIMITS.sctpTsnWindow || this.budget.slots < size) return false
    this.budget.slots -= size
    this.slots = new Uint32Array(old.length * 2)
    for (let i = 0; i < old.length; i += 2) {
      const place = this.placeOf(old[i] ?? 0)
      this.slots[place] = old[i] ?? 0
      this.slots[place + 1] = old[i + 1] ?? 0
    }
    return true
  }
}

/**
 * Fingerprint of the octets `bytes[start, end)`: 32 bits, never 0, that tell the octets of one chunk from those of another.
 * Not proof against forgery, and need not be: a receiver drops a chunk whose TSN it has, whatever is in it. The caller has
 * checked the bounds.
 */
export function fingerprintOf(bytes: Uint8Array, start: number, end: number): number {
  const view = viewOf(bytes)
  let a = end - start
  let b = 0x2545f491
  let i = start
  for (; i + 8 <= end; i += 8) {
    a = Math.imul(a ^ view.getInt32(i), 0x9e3779b1)
    b = Math.imul(b ^ view.getInt32(i + 4), 0x85ebca6b)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  for (; i < end; i++) a = Math.imul(a ^ view.getUint8(i), 0x01000193)
  return (a ^ Math.imul(b, 0xc2b2ae35)) >>> 0 || 1
}
