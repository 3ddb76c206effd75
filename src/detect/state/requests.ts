import type { SignallingEvent } from '../../event/signalling-event.ts'
import { LIMITS } from '../../limits.ts'

/** How often overdue requests are looked for, µs of capture time. */
const EXPIRY_EVERY_US = 5_000_000

/**
 * Requests that await their answer, so that the two can be judged together. Bounded in number and capture time; they stand
 * in the order of their arrival, and the oldest gives way.
 */
export class Requests {
  /** Requests that gave way to others. */
  evicted = 0
  private readonly bySeq = new Map<number, SignallingEvent>()
  private expireUs = Number.NEGATIVE_INFINITY

  add(request: SignallingEvent): void {
    if (request.timeUs >= this.expireUs) this.expire(request.timeUs)
    if (this.bySeq.size >= LIMITS.requests) this.makeRoom()
    this.bySeq.set(request.seq, request)
  }

  /** The request that an event answers; null when it was not kept. */
  of(answer: SignallingEvent): SignallingEvent | null {
    return answer.answers === 0 ? null : (this.bySeq.get(answer.answers) ?? null)
  }

  /** Forgets the request that was answered for good. */
  settle(answer: SignallingEvent): void {
    this.bySeq.delete(answer.answers)
  }

  private expire(timeUs: number): void {
    this.expireUs = timeUs + EXPIRY_EVERY_US
    for (const [seq, request] of this.bySeq) {
      if (timeUs - request.timeUs <= LIMITS.transactionUs) return
      this.bySeq.delete(seq)
    }
  }

  /** Many at once: to find the first of a map steps over all that was deleted in front of it. */
  private makeRoom(): void {
    let left = LIMITS.requests >> 4
    for (const seq of this.bySeq.keys()) {
      if (left-- === 0) return
      this.bySeq.delete(seq)
      this.evicted++
    }
  }
}
