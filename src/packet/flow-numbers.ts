import { LIMITS } from '../limits.ts'

/** Gives out the numbers that stand for both directions of a flow or an association, from 1 on. */
export class NumberSource {
  private last = 0

  next(): number {
    return ++this.last
  }
}

/**
 * Spreads 32 bits over a Map's places with a secret, one to one, so that no traffic can be made to crowd one place.
 * The secret never shows in any result.
 */
export class KeyMixer {
  private readonly secret = Math.floor(Math.random() * 0x1_0000_0000) | 0

  /** A 32-bit integer, different for different `word`s. */
  mix(word: number): number {
    let x = (word ^ this.secret) | 0
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
    return x ^ (x >>> 16)
  }
}

/**
 * Numbers flows by their addresses and ports; both directions have the same number. Remembers LIMITS.flows of them:
 * beyond, all are forgotten, and a flow that goes on gets a new number.
 */
export class FlowNumbers {
  private readonly numbers: NumberSource
  private readonly mixer = new KeyMixer()
  private readonly bySource = new Map<string, Map<string, Map<number, number>>>()
  private size = 0

  constructor(numbers: NumberSource) {
    this.numbers = numbers
  }

  numberOf(src: string, srcPort: number, dst: string, dstPort: number): number {
    const known = this.bySource
      .get(src)
      ?.get(dst)
      ?.get(this.mixer.mix((srcPort << 16) | dstPort))
    if (known !== undefined) return known
    if (this.size >= LIMITS.flows) {
      this.bySource.clear()
      this.size = 0
    }
    const number = this.numbers.next()
    this.learn(src, srcPort, dst, dstPort, number)
    this.learn(dst, dstPort, src, srcPort, number)
    this.size++
    return number
  }

  private learn(src: string, srcPort: number, dst: string, dstPort: number, number: number): void {
    let byDestination = this.bySource.get(src)
    if (byDestination === undefined) {
      byDestination = new Map()
      this.bySource.set(src, byDestination)
    }
    let byPorts = byDestination.get(dst)
    if (byPorts === undefined) {
      byPorts = new Map()
      byDestination.set(dst, byPorts)
    }
    byPorts.set(this.mixer.mix((srcPort << 16) | dstPort), number)
  }
}
