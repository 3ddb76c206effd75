import { SlotIndex } from '../../bytes/slot-index.ts'
import { textHash } from './text-hash.ts'

/** Hexadecimal digits that a double holds exactly with a 1 in front; TCAP has at most 8 (ITU-T Q.773 §4.2.1). */
const MOST_DIGITS = 12

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

/** The digits with a 1 in front, so that leading zeros count; below 0, the hash of what is too long or not hexadecimal. */
function packId(id: string): number {
  if (id.length > MOST_DIGITS) return -textHash(id)
  let packed = 1
  for (let i = 0; i < id.length; i++) {
    const character = id.charCodeAt(i)
    const digit = character < 58 ? character - 48 : character - 87
    if (digit < 0 || digit > 15) return -textHash(id)
    packed = packed * 16 + digit
  }
  return packed
}

function hashOf(id: number, address: string | number | null): number {
  let hash = Math.imul(id | 0, 0x01000193) ^ (id / 0x100000000)
  if (typeof address === 'number') hash = Math.imul(hash ^ address, 0x85ebca6b)
  else if (address !== null) {
    for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
