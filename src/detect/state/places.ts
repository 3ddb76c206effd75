import { LIMITS } from '../../limits.ts'
import type { Place } from './subscribers.ts'

/** Places told apart under one address; they differ by the title or realm of the sender. */
const MOST_OF_ADDRESS = 64

/** Places as numbers from 1, so that a column holds them. LIMITS.servingNodes at most; 0 stands for all further ones. */
export class Places {
  private readonly list: Place[] = []
  private readonly byAddress = new Map<string, number[]>()

  numberOf({ protocol, address, via, plmn }: Place): number {
    const numbers = this.byAddress.get(address)
    if (numbers !== undefined) {
      for (const number of numbers) {
        const known = this.list[number - 1]
        if (known?.via === via && known.plmn === plmn && known.protocol === protocol) return number
      }
    }
    if (this.list.length >= LIMITS.servingNodes || (numbers?.length ?? 0) >= MOST_OF_ADDRESS) return 0
    const number = this.list.push({ protocol, address, via, plmn })
    if (numbers === undefined) this.byAddress.set(address, [number])
    else numbers.push(number)
    return number
  }

  /** The place of a number; null for 0. */
  at(number: number): Place | null {
    return this.list[number - 1] ?? null
  }
}
