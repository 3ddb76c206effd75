/**
 * Finds slots by a hash: chains through columns, so that entering and leaving a slot allocates nothing, and costs the same
 * however long a chain somebody makes. Memory of zeros is the empty index. A slot stands in it once at most.
 */
export class SlotIndex {
  /** First slot of each bucket, plus 1; 0 for none. */
  private readonly heads: Int32Array
  /** Next slot of the same bucket, plus 1; 0 at the end. */
  private readonly chain: Int32Array
  /** Slot before it in the same bucket, plus 1; 0 at the front. */
  private readonly previous: Int32Array
  /** Bucket of each slot, plus 1; 0 while it is not entered. */
  private readonly bucket: Int32Array

  /** @param buckets a power of two. */
  constructor(slots: number, buckets: number) {
    this.heads = new Int32Array(buckets)
    this.chain = new Int32Array(slots)
    this.previous = new Int32Array(slots)
    this.bucket = new Int32Array(slots)
  }

  /** The slot entered last under `hash`, or one of another hash; -1 for none. */
  first(hash: number): number {
    return (this.heads[hash & (this.heads.length - 1)] ?? 0) - 1
  }

  /** The slot that follows `slot` under the same hash; -1 for none. */
  after(slot: number): number {
    return (this.chain[slot] ?? 0) - 1
  }

  enter(slot: number, hash: number): void {
    const bucket = hash & (this.heads.length - 1)
    const head = this.heads[bucket] ?? 0
    this.bucket[slot] = bucket + 1
    this.chain[slot] = head
    this.previous[slot] = 0
    if (head > 0) this.previous[head - 1] = slot + 1
    this.heads[bucket] = slot + 1
  }

  leave(slot: number): void {
    const bucket = (this.bucket[slot] ?? 0) - 1
    if (bucket < 0) return
    this.bucket[slot] = 0
    const next = this.chain[slot] ?? 0
    const before = this.previous[slot] ?? 0
    if (before > 0) this.chain[before - 1] = next
    else this.heads[bucket] = next
    if (next > 0) this.previous[next - 1] = before
  }
}
