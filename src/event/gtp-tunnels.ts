import { randomInt } from 'node:crypto'
import { hashText } from '../bytes/hash-text.ts'
import { SlotIndex } from '../bytes/slot-index.ts'
import { LIMITS } from '../limits.ts'

const SLOTS = LIMITS.gtpTunnels

/** Whom a tunnel belongs to. */
export interface TunnelSubscriber {
  readonly imsi: string | null
  readonly msisdn: string | null
}

interface Tunnel extends TunnelSubscriber {
  readonly teid: number
  readonly address: string
}

/**
 * Subscribers by the tunnel endpoint that messages about them are sent to: identifier and address of the control plane.
 * Slots are used in turn; the endpoint learnt first gives way and is counted.
 */
export class GtpTunnels {
  /** Endpoints forgotten for want of room. */
  forgotten = 0
  private readonly seed = randomInt(1 << 30)
  private readonly index = new SlotIndex(SLOTS, SLOTS)
  private readonly slots: Tunnel[] = []
  private turn = 0

  /** Learns whom an endpoint belongs to. @param overrule takes the place of what is known of it. */
  learn(teid: number, address: string, { imsi, msisdn }: TunnelSubscriber, overrule: boolean): void {
    const hash = this.hash(teid, address)
    const known = this.search(hash, teid, address)
    if (known >= 0) {
      if (overrule) this.slots[known] = { teid, address, imsi, msisdn }
      return
    }
    const own = this.turn
    this.turn = (own + 1) % SLOTS
    if (own < this.slots.length) {
      this.forgotten++
      this.index.leave(own)
    }
    this.slots[own] = { teid, address, imsi, msisdn }
    this.index.enter(own, hash)
  }

  /** The subscriber of the endpoint; null where it was not learnt. */
  subscriberOf(teid: number, address: string): TunnelSubscriber | null {
    return this.slots[this.search(this.hash(teid, address), teid, address)] ?? null
  }

  private search(hash: number, teid: number, address: string): number {
    let slot = this.index.first(hash)
    while (slot >= 0 && !isAt(this.slots[slot], teid, address)) slot = this.index.after(slot)
    return slot
  }

  private hash(teid: number, address: string): number {
    const hash = this.seed ^ Math.imul(teid, 0x9e3779b1)
    return hashText(hash ^ (hash >>> 15), address)
  }
}

function isAt(tunnel: Tunnel | undefined, teid: number, address: string): boolean {
  return tunnel !== undefined && tunnel.teid === teid && tunnel.address === address
}
