import { SlotIndex } from '../../bytes/slot-index.ts'

/**
 * Open transactions by identifier and address: a number for each. Holds the latest `most`; the oldest gives way. No text
 * is put together for a key.
 */
export class Transactions {
  private readonly index: SlotIndex
  private readonly ids: string[]
  private readonly addresses: (string | number | null)[]
  private readonly values: Float64Array
  private next = 0

  /** @param most transactions at most, a power of two. */
  constructor(most: number) {
    this.index = new SlotIndex(most, most)
    this.ids = new Array(most).fill('')
    this.addresses = new Array(most).fill(null)
    this.values = new Float64Array(most)
  }

  /** Opens a transaction, or gives an open one another value, which is not 0. */
  set(id: string, address: string | number | null, value: number): void {
    const hash = hashOf(id, address)
    let slot = this.find(hash, id, address)
    if (slot < 0) {
      slot = this.next++ & (this.values.length - 1)
      if (this.values[slot] !== 0) this.index.leave(slot)
      this.ids[slot] = id
      this.addresses[slot] = address
      this.index.enter(slot, hash)
    }
    this.values[slot] = value
  }

  /** Closes a transaction. @returns its value, 0 when it is not open. */
  take(id: string, address: string | number | null): number {
    const slot = this.find(hashOf(id, address), id, address)
    if (slot < 0) return 0
    const value = this.values[slot] ?? 0
    this.index.leave(slot)
    this.values[slot] = 0
    return value
  }

  private find(hash: number, id: string, address: string | number | null): number {
    let slot = this.index.first(hash)
    while (slot >= 0 && (this.ids[slot] !== id || this.addresses[slot] !== address)) slot = this.index.after(slot)
    return slot
  }
}

function hashOf(id: string, address: string | number | null): number {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  if (typeof address === 'number') hash = Math.imul(hash ^ address, 0x85ebca6b)
  else if (address !== null) {
    for (let i = 0; i < address.length; i++) hash = Math.imul(hash ^ address.charCodeAt(i), 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}
