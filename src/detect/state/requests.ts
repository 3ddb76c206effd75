import type { SignallingEvent } from '../../event/signalling-event.ts'
import { LIMITS } from '../../limits.ts'

/** How often overdue requests are looked for, µs of capture time. */
const EXPIRY_EVERY_US = 5_000_000
/** Places of the ring: most requests are answered soon, and leave a gap. A power of two. */
const PLACES = 4 * LIMITS.requests
/** Numbers of events that are told apart at once. A power of two. */
const NUMBERS = 1 << 20

/**
 * Requests that await their answer, so that the two can be judged together. Bounded in number and capture time; they stand
 * in a ring in the order of their arrival, and the oldest gives way.
 */
export class Requests {
  /** Requests that gave way to others. */
  evicted = 0
  private readonly ring: (SignallingEvent | null)[] = new Array(PLACES).fill(null)
  /** Place of each request by the end of its number; the request itself tells whether it is the one. */
  private readonly places = new Int32Array(NUMBERS)
  private head = 0
  private tail = 0
  private count = 0
  private expireUs = Number.NEGATIVE_INFINITY

  add(request: SignallingEvent): void {
    if (request.timeUs >= this.expireUs) this.expire(request.timeUs)
    if (this.count >= LIMITS.requests || this.tail - this.head >= PLACES) this.dropOldest()
    const place = this.tail++ & (PLACES - 1)
    this.ring[place] = request
    this.places[request.seq & (NUMBERS - 1)] = place
    this.count++
  }

  /** The request that an event answers; null when it was not kept. */
  of({ answers }: SignallingEvent): SignallingEvent | null {
    if (answers === 0) return null
    const request = this.ring[this.places[answers & (NUMBERS - 1)] ?? 0] ?? null
    return request?.seq === answers ? request : null
  }

  /** Forgets the request that was answered for good. */
  settle(answer: SignallingEvent): void {
    if (this.of(answer) === null) return
    this.ring[this.places[answer.answers & (NUMBERS - 1)] ?? 0] = null
    this.count--
  }

  private expire(timeUs: number): void {
    this.expireUs = timeUs + EXPIRY_EVERY_US
    for (; this.head < this.tail; this.head++) {
      const request = this.ring[this.head & (PLACES - 1)] ?? null
      if (request === null) continue
      if (timeUs - request.timeUs <= LIMITS.transactionUs) return
      this.ring[this.head & (PLACES - 1)] = null
      this.count--
    }
  }

  private dropOldest(): void {
    for (; this.head < this.tail; this.head++) {
      if (this.ring[this.head & (PLACES - 1)] === null) continue
      this.ring[this.head++ & (PLACES - 1)] = null
      this.count--
      this.evicted++
      return
    }
  }
}
