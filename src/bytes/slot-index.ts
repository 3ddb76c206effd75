/** What is known of a slot, side by side: one place in memory to wait for. */
const NODE_WORDS = 3
/** Next slot of the same bucket, plus 1; 0 at the end. */
const NEXT = 0
/** Slot before it in the same bucket, plus 1; FRONT at the front, 0 while the slot is not entered. */
const PREVIOUS = 1
const HASH = 2
const FRONT = -1

/** Buckets, and slots with a row, to begin with. A power of two. */
const SMALLEST = 1024

/**
 * Finds slots by a hash: chains through one column, so that entering and leaving a slot allocates nothing, and costs the
 * same however long a chain somebody makes. A slot stands in it once at most. Memory grows with use, so that an index of
 * little use stays in the processor's caches.
 */
export class SlotIndex {
  private readonly slots: number
  private readonly buckets: number
  /** First slot of each bucket, plus 1; 0 for none. */
  private heads: Int32Array
  /** A row of NODE_WORDS for each slot. */
  private nodes: Int32Array
  private entered = 0

  /** @param slots and buckets: how many there may be at most; the latter a power of two. */
  constructor(slots: number, buckets: number) {
    this.slots = slots
    this.buckets = buckets
    this.heads = new Int32Array(Math.min(buckets, SMALLEST))
    this.nodes = new Int32Array(Math.min(slots, SMALLEST) * NODE_WORDS)
  }

  /** The slot entered last under `hash`, or -1 for none. */
  first(hash: number): number {
    const { heads } = this
    return this.same((heads[hash & (heads.length - 1)] ?? 0) - 1, hash | 0)
  }

  /** The slot that follows `slot` under the same hash; -1 for none. */
  after(slot: number): number {
    const { nodes } = this
    const node = slot * NODE_WORDS
    return this.same((nodes[node + NEXT] ?? 0) - 1, nodes[node + HASH] ?? 0)
  }

  enter(slot: number, hash: number): void {
    if (slot * NODE_WORDS >= this.nodes.length) this.addRows(slot)
    if (this.entered >= this.heads.length && this.heads.length < this.buckets) this.addBuckets()
    this.entered++
    this.nodes[slot * NODE_WORDS + HASH] = hash
    this.putInFront(slot, hash)
  }

  leave(slot: number): void {
    const { heads, nodes } = this
    const node = slot * NODE_WORDS
    const next = nodes[node + NEXT] ?? 0
    const previous = nodes[node + PREVIOUS] ?? 0
    if (previous === 0) return
    this.entered--
    nodes[node + PREVIOUS] = 0
    if (previous > 0) nodes[(previous - 1) * NODE_WORDS + NEXT] = next
    else heads[(nodes[node + HASH] ?? 0) & (heads.length - 1)] = next
    if (next > 0) nodes[(next - 1) * NODE_WORDS + PREVIOUS] = previous
  }

  /** `slot`, or the first behind it in its bucket whose hash is `hash`; -1 for none. */
  private same(slot: number, hash: number): number {
    const { nodes } = this
    let p = slot
    while (p >= 0 && nodes[p * NODE_WORDS + HASH] !== hash) p = (nodes[p * NODE_WORDS + NEXT] ?? 0) - 1
    return p
  }

  private putInFront(slot: number, hash: number): void {
    const { heads, nodes } = this
    const bucket = hash & (heads.length - 1)
    const head = heads[bucket] ?? 0
    const node = slot * NODE_WORDS
    nodes[node + NEXT] = head
    nodes[node + PREVIOUS] = FRONT
    if (head > 0) nodes[(head - 1) * NODE_WORDS + PREVIOUS] = slot + 1
    heads[bucket] = slot + 1
  }

  private addRows(slot: number): void {
    const old = this.nodes
    this.nodes = new Int32Array(Math.min(this.slots, 2 * (slot + 1)) * NODE_WORDS)
    this.nodes.set(old)
  }

  /** Doubles the buckets. Each chain is dealt out from its end, so that slots of one hash keep their order. */
  private addBuckets(): void {
    const { heads: old, nodes } = this
    this.heads = new Int32Array(old.length * 2)
    for (const head of old) {
      let next = head
      let slot = 0
      for (; next > 0; next = nodes[(next - 1) * NODE_WORDS + NEXT] ?? 0) slot = next
      while (slot > 0) {
        const node = (slot - 1) * NODE_WORDS
        const previous = nodes[node + PREVIOUS] ?? 0
        this.putInFront(slot - 1, nodes[node + HASH] ?? 0)
        slot = previous
      }
    }
  }
}
