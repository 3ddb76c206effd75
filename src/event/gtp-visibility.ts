import { LIMITS } from '../limits.ts'
import type { SignallingEvent } from './signalling-event.ts'

/**
 * Whether an answer to a GTP request would have been captured: only where answers on the way to its sender have been seen.
 * Bounded; when full, what is not known stays unknown.
 */
export class GtpVisibility {
  private readonly addresses = new Set<string>()
  private news: string[] = []

  /** Notes an answer sent to `dstIp`. */
  note(dstIp: string): void {
    if (this.addresses.size >= LIMITS.answeredAddresses || this.addresses.has(dstIp)) return
    this.addresses.add(dstIp)
    this.news.push(dstIp)
  }

  /** Addresses that became known since the last call. */
  takeNews(): readonly string[] {
    const { news } = this
    this.news = []
    return news
  }

  /** Learns what another one came to know. */
  learn(addresses: readonly string[]): void {
    for (const address of addresses) this.addresses.add(address)
  }

  /** Whether any answer was seen at all. */
  get seenAny(): boolean {
    return this.addresses.size > 0
  }

  /** Whether an answer to this request would have been captured. */
  couldSeeAnswer({ srcIp }: SignallingEvent): boolean {
    return srcIp !== null && this.addresses.has(srcIp)
  }
}
