import { LIMITS } from '../limits.ts'
import type { SignallingEvent } from './signalling-event.ts'

/** Hosts whose requests were answered, and the ways that answers took: from, to. */
export interface DiameterNews {
  readonly hosts: readonly string[]
  readonly ways: readonly (readonly [string, string])[]
}

/**
 * Whether an answer to a Diameter request would have been captured: only where answers on the way back have been seen at
 * all. Bounded; when full, what is not known stays unknown.
 */
export class DiameterVisibility {
  private readonly hosts = new Set<string>()
  /** Addresses that answers were sent to, by the address they came from. */
  private readonly ways = new Map<string, Set<string>>()
  private wayCount = 0
  private news: { hosts: string[]; ways: (readonly [string, string])[] } = { hosts: [], ways: [] }

  /** Notes an answer sent from `srcIp` to `dstIp`, to a request of `originHost` where that is known. */
  note(originHost: string | null, srcIp: string | null, dstIp: string | null): void {
    if (originHost !== null && this.hosts.size < LIMITS.answeredAddresses && !this.hosts.has(originHost)) {
      this.hosts.add(originHost)
      this.news.hosts.push(originHost)
    }
    if (srcIp === null || dstIp === null) return
    if (this.wayCount === LIMITS.answeredAddresses || this.ways.get(srcIp)?.has(dstIp) === true) return
    this.addWay(srcIp, dstIp)
    this.news.ways.push([srcIp, dstIp])
  }

  /** What became known since the last call. */
  takeNews(): DiameterNews {
    const { news } = this
    this.news = { hosts: [], ways: [] }
    return news
  }

  /** Learns what another one came to know. */
  learn({ hosts, ways }: DiameterNews): void {
    for (const host of hosts) this.hosts.add(host)
    for (const [srcIp, dstIp] of ways) this.addWay(srcIp, dstIp)
  }

  /** Whether any answer was seen at all. */
  get seenAny(): boolean {
    return this.hosts.size > 0 || this.wayCount > 0
  }

  /** Whether an answer to this request would have been captured. */
  couldSeeAnswer({ originHost, srcIp, dstIp }: SignallingEvent): boolean {
    if (originHost !== null && this.hosts.has(originHost)) return true
    return srcIp !== null && dstIp !== null && this.ways.get(dstIp)?.has(srcIp) === true
  }

  private addWay(srcIp: string, dstIp: string): void {
    this.wayCount++
    const known = this.ways.get(srcIp)
    if (known === undefined) this.ways.set(srcIp, new Set([dstIp]))
    else known.add(dstIp)
  }
}
