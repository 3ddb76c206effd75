import { hashText } from '../../bytes/hash-text.ts'
import { SlotIndex } from '../../bytes/slot-index.ts'
import { packHex } from '../../numbering/packed-digits.ts'
import { textHash } from './text-hash.ts'

/**
 * Open transactions by identifier and address: a number for each. Holds the latest `most`; the oldest gives way. No text
 * is put together for a key, and none is kept but the addresses, of which there are few.
 */
export class Transactions {
  private readonly index: SlotIndex
  /** Identifier and value of each slot, side by side: one place in memory to wait for. */
  private readonly rows: Float64Array
  private readonly addresses: (string | number | null)[]
  private next = 0

  /** @param most transactions at most, a power of two. */
  constructor(most: number) {
    this.index = new SlotIndex(most, most)
    this.rows = new Float64Array(2 * most)
    this.addresses = new Array(most).fill(null)
  }

  /** Opens a transaction, or gives an open one another value, which is not 0. */
  set(id: string, address: string | number | null, value: number): void {
    const packed = packId(id)
    const hash = hashOf(packed, address)
    let slot = this.find(hash, packed, address)
    if (slot < 0) {
      slot = this.next++ & (this.addresses.length - 1)
      if (this.rows[2 * slot + 1] !== 0) this.index.leave(slot)
      this.rows[2 * slot] = packed
      this.addresses[slot] = address
      this.index.enter(slot, hash)
    }
    this.rows[2 * slot + 1] = value
  }

  /** Closes a transaction. @returns its value, 0 when it is not open. */
  take(id: string, address: string | number | null): number {
    const packed = packId(id)
    const slot = this.find(hashOf(packed, address), packed, address)
    if (slot < 0) return 0
    const value = this.rows[2 * slot + 1] ?? 0
    this.index.leave(slot)
    this.rows[2 * slot + 1] = 0
    return value
  }

  private find(hash: number, id: number, address: string | number | null): number {
    let slot = this.index.first(hash)
    while (slot >= 0 && (this.rows[2 * slot] !== id || this.addresses[slot] !== address)) slot = this.index.after(slot)
    return slot
  }
}

/** The digits as a number; below 0, the hash of what is too long or not hexadecimal. */
function packId(id: string): number {
  return packHex(id) || -textHash(id)
}

function hashOf(id: number, address: string | number | null): number {
  const hash = Math.imul(id | 0, 0x01000193) ^ (id / 0x100000000)
  return hashText(typeof address === 'number' ? hash ^ address : hash, typeof address === 'string' ? address : '')
}
