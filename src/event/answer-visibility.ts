import { LIMITS } from '../limits.ts'

/**
 * Whether an answer to a request would have been captured: only where answers on the way back have been seen at all.
 * Bounded; when full, what is not known stays unknown.
 */
export class AnswerVisibility {
  private readonly addresses = new Set<string>()
  private readonly links = new Set<number>()

  /** Notes a message sent on within a transaction, to `calledAddress`. */
  note(calledAddress: string, opc: number | null, dpc: number | null): void {
    if (this.addresses.size < LIMITS.answeredAddresses) this.addresses.add(calledAddress)
    if (this.links.size < LIMITS.answeredAddresses) this.links.add(linkOf(opc, dpc))
  }

  /** Whether any message of a transaction under way was seen at all. */
  get seenAny(): boolean {
    return this.addresses.size > 0
  }

  /** Tells whether an answer to a request from `callingAddress`, sent from `opc` to `dpc`, would have been seen. */
  couldSee(callingAddress: string, opc: number | null, dpc: number | null): boolean {
    return this.addresses.has(callingAddress) || this.links.has(linkOf(dpc, opc))
  }
}

/** A direction of a link as one number: both point codes, 0 where there is none, have 24 bits at most in use. */
function linkOf(from: number | null, to: number | null): number {
  return (from ?? 0) * 0x1000000 + (to ?? 0)
}
