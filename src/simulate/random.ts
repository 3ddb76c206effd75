/**
 * A small seeded generator: the same seed gives the same traffic on every machine.
 * Source: xorshift32, G. Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (2003). Not for secrets.
 */
export class Random {
  private state: number

  /** @param seed any integer; only its low 32 bits count. */
  constructor(seed: number) {
    // One multiplicative step spreads neighbouring seeds; the generator must not start at 0.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0 || 1
    for (let round = 0; round < 8; round++) this.u32()
  }

  /** 32 random bits, unsigned. */
  u32(): number {
    let x = this.state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.state = x >>> 0
    return this.state
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor((this.u32() / 0x1_0000_0000) * (high - low + 1))
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent
  }

  /** One of `choices`, which must not be empty. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.between(0, choices.length - 1)] as T
  }

  /** The same values in another order. */
  shuffle<T>(values: readonly T[]): T[] {
    const keyed = values.map((value) => ({ value, key: this.u32() }))
    keyed.sort((a, b) => a.key - b.key)
    return keyed.map((entry) => entry.value)
  }

  /** `count` random octets. */
  octets(count: number): Uint8Array {
    const out = new Uint8Array(count)
    for (let i = 0; i < count; i++) out[i] = this.u32() >>> 24
    return out
  }
}
