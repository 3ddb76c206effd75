import { LIMITS } from '../limits.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** Places for addresses and for links noted lately, found without the sets. Powers of two. */
const RECENT_ADDRESSES = 2048
const RECENT_LINKS = 256

/** Addresses that messages went to within transactions, and the links they took (`linkOf`). */
export interface AnswerNews {
  readonly addresses: readonly string[]
  readonly links: readonly number[]
}

/**
 * Whether an answer to a request would have been captured: only where answers on the way back have been seen at all.
 * Bounded; when full, what is not known stays unknown.
 */
export class AnswerVisibility {
  private news: { addresses: string[]; links: number[] } = { addresses: [], links: [] }
  private readonly addresses = new Set<string>()
  private readonly links = new Set<number>()
  private readonly recentAddresses: string[] = new Array(RECENT_ADDRESSES).fill('')
  private readonly recentLinks = new Float64Array(RECENT_LINKS).fill(-1)

  /** Notes a message sent on within a transaction, to `calledAddress`. */
  note(calledAddress: string, opc: number | null, dpc: number | null): void {
    const { recentAddresses, recentLinks } = this
    const last = calledAddress.length - 1
    const lastDigits =
      calledAddress.charCodeAt(last) +
      10 * calledAddress.charCodeAt(last - 1) +
      100 * calledAddress.charCodeAt(last - 2) +
      1000 * calledAddress.charCodeAt(last - 3)
    const addressPlace = lastDigits & (RECENT_ADDRESSES - 1)
    if (recentAddresses[addressPlace] !== calledAddress) {
      recentAddresses[addressPlace] = calledAddress
      if (this.addresses.size < LIMITS.answeredAddresses && !this.addresses.has(calledAddress)) {
        this.addresses.add(calledAddress)
        this.news.addresses.push(calledAddress)
      }
    }
    const link = linkOf(opc, dpc)
    // the way back, which comes as often, has another place
    const linkPlace = ((opc ?? 0) ^ (5 * (dpc ?? 0))) & (RECENT_LINKS - 1)
    if (recentLinks[linkPlace] !== link) {
      recentLinks[linkPlace] = link
      if (this.links.size < LIMITS.answeredAddresses && !this.links.has(link)) {
        this.links.add(link)
        this.news.links.push(link)
      }
    }
  }

  /** What became known since the last call. */
  takeNews(): AnswerNews {
    const { news } = this
    this.news = { addresses: [], links: [] }
    return news
  }

  /** Learns what another one came to know. */
  learn({ addresses, links }: AnswerNews): void {
    for (const address of addresses) this.addresses.add(address)
    for (const link of links) this.links.add(link)
  }

  /** Whether any message of a transaction under way was seen at all. */
  get seenAny(): boolean {
    return this.addresses.size > 0
  }

  /** Whether an answer to this request would have been captured. */
  couldSeeAnswer({ callingGt, opc, dpc }: SignallingEvent): boolean {
    return this.addresses.has(callingGt ?? `pc ${opc}`) || this.links.has(linkOf(dpc, opc))
  }
}

/** A direction of a link as one number: of both point codes, 0 where there is none, the 24 bits that can be in use. */
function linkOf(from: number | null, to: number | null): number {
  return ((from ?? 0) & 0xffffff) * 0x1000000 + ((to ?? 0) & 0xffffff)
}
