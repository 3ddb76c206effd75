const ZERO = 48

/** Values by prefixes of decimal digits. A look-up takes one step a digit, however many prefixes there are. */
export class DigitTrie<T> {
  /** Ten children a node; 0 is none, as the root is nobody's child. */
  private readonly children: number[] = new Array(10).fill(0)
  private readonly values: (T | undefined)[] = [undefined]

  /** Sets the value of a prefix, which holds decimal digits only; a prefix set before is replaced. */
  set(prefix: string, value: T): void {
    let node = 0
    for (let i = 0; i < prefix.length; i++) {
      const slot = node * 10 + prefix.charCodeAt(i) - ZERO
      let next = this.children[slot] ?? 0
      if (next === 0) {
        next = this.values.length
        this.children[slot] = next
        for (let digit = 0; digit < 10; digit++) this.children.push(0)
        this.values.push(undefined)
      }
      node = next
    }
    this.values[node] = value
  }

  /** The value of the longest prefix of `digits`, or null. Any other character ends the digits. */
  longest(digits: string): T | null {
    let node = 0
    let found = this.values[0]
    for (let i = 0; i < digits.length; i++) {
      const digit = digits.charCodeAt(i) - ZERO
      if (digit < 0 || digit > 9) break
      node = this.children[node * 10 + digit] ?? 0
      if (node === 0) break
      found = this.values[node] ?? found
    }
    return found ?? null
  }
}
