import { LIMITS } from '../limits.ts'

/**
 * Whether an answer to a Diameter request would have been captured: only where answers on the way back have been seen at
 * all. Bounded; when full, what is not known stays unknown.
 */
export class DiameterVisibility {
  private readonly hosts = new Set<string>()
  /** Addresses that answers were sent to, by the address they came from. */
  private readonly ways = new Map<string, Set<string>>()
  private wayCount = 0

  /** Notes an answer sent from `srcIp` to `dstIp`, to a request of `originHost` where that is known. */
  note(originHost: string | null, srcIp: string | null, dstIp: string | null): void {
    if (originHost !== null && this.hosts.size < LIMITS.answeredAddresses) this.hosts.add(originHost)
    if (srcIp === null || dstIp === null) return
    const known = this.ways.get(srcIp)
    if (known?.has(dstIp) === true || this.wayCount === LIMITS.answeredAddresses) return
    this.wayCount++
    if (known === undefined) this.ways.set(srcIp, new Set([dstIp]))
    else known.add(dstIp)
  }

  /** Whether any answer was seen at all. */
  get seenAny(): boolean {
    return this.hosts.size > 0 || this.wayCount > 0
  }

  /** Tells whether an answer to a request of `originHost`, sent from `srcIp` to `dstIp`, would have been seen. */
  couldSee(originHost: string | null, srcIp: string | null, dstIp: string | null): boolean {
    if (originHost !== null && this.hosts.has(originHost)) return true
    return srcIp !== null && dstIp !== null && this.ways.get(dstIp)?.has(srcIp) === true
  }
}
