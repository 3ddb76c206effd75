/** What is known of a slot, side by side: one place in memory to wait for. */
const NODE_WORDS = 3
/** Next slot of the same bucket, plus 1; 0 at the end. */
const NEXT = 0
/** Slot before it in the same bucket, plus 1; FRONT at the front, 0 while the slot is not entered. */
const PREVIOUS = 1
const HASH = 2
const FRONT = -1
/** Buckets of an index with little in it: they stay in the processor's nearest cache. */
const FIRST_BUCKETS = 1 << 10

/**
 * Finds slots by a hash: chains through one column, so that entering and leaving a slot allocates nothing, and costs the
 * same however long a chain somebody makes. Memory of zeros is the empty index. A slot stands in it once at most.
 */
export class SlotIndex {
  /** First slot of each bucket, plus 1; 0 for none. As many as slots are entered at once, or were. */
  private heads: Int32Array
  private readonly mostBuckets: number
  /** Slots entered. */
  private count = 0
  /** A row of NODE_WORDS for each slot. */
  private readonly nodes: Int32Array

  /** @param buckets at most, a power of two. */
  constructor(slots: number, buckets: number) {
    this.heads = new Int32Array(Math.min(buckets, FIRST_BUCKETS))
    this.mostBuckets = buckets
    this.nodes = new Int32Array(slots * NODE_WORDS)
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
    if (this.count === this.heads.length && this.count < this.mostBuckets) this.grow()
    this.count++
    this.link(slot, hash)
  }

  leave(slot: number): void {
    const { heads, nodes } = this
    const node = slot * NODE_WORDS
    const next = nodes[node + NEXT] ?? 0
    const previous = nodes[node + PREVIOUS] ?? 0
    if (previous === 0) return
    this.count--
    nodes[node + PREVIOUS] = 0
    if (previous > 0) nodes[(previous - 1) * NODE_WORDS + NEXT] = next
    else heads[(nodes[node + HASH] ?? 0) & (heads.length - 1)] = next
    if (next > 0) nodes[(next - 1) * NODE_WORDS + PREVIOUS] = previous
  }

  /** Puts a slot at the front of its bucket. */
  private link(slot: number, hash: number): void {
    const { heads, nodes } = this
    const bucket = hash & (heads.length - 1)
    const head = heads[bucket] ?? 0
    const node = slot * NODE_WORDS
    nodes[node + NEXT] = head
    nodes[node + PREVIOUS] = FRONT
    nodes[node + HASH] = hash
    if (head > 0) nodes[(head - 1) * NODE_WORDS + PREVIOUS] = slot + 1
    heads[bucket] = slot + 1
  }

  /** Doubles the buckets; each chain from its end, so that the order in it stays. */
  private grow(): void {
    const { heads, nodes } = this
    this.heads = new Int32Array(2 * heads.length)
    for (let bucket = 0; bucket < heads.length; bucket++) {
      let last = FRONT
      for (let p = heads[bucket] ?? 0; p > 0; p = nodes[(p - 1) * NODE_WORDS + NEXT] ?? 0) last = p
      while (last > 0) {
        const node = (last - 1) * NODE_WORDS
        const previous = nodes[node + PREVIOUS] ?? 0
        this.link(last - 1, nodes[node + HASH] ?? 0)
        last = previous
      }
    }
  }

  /** `slot`, or the first behind it in its bucket whose hash is `hash`; -1 for none. */
  private same(slot: number, hash: number): number {
    const { nodes } = this
    let p = slot
    while (p >= 0 && nodes[p * NODE_WORDS + HASH] !== hash) p = (nodes[p * NODE_WORDS + NEXT] ?? 0) - 1
    return p
  }
}
