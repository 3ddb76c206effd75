import type { Context } from '../detector.ts'

interface Entry<T> {
  readonly dueUs: number
  readonly startUs: number
  readonly value: T
}

/** How often what is overdue is looked for, µs of capture time. */
const EVERY_US = 1_000_000

/**
 * What waits for something that should follow it within a fixed capture time, in the order of arrival. Bounded; what is
 * overdue is handed to `overdue`, also at the end of the input, with the capture time it has waited. One timer serves all.
 */
export class Awaiting<T> {
  /** Entries given up for want of room, unjudged. */
  dropped = 0
  private readonly entries = new Map<string | number, Entry<T>>()
  private isSet = false
  private readonly context: Pick<Context, 'later' | 'ended' | 'nowUs'>
  private readonly waitUs: number
  private readonly most: number
  private readonly overdue: (value: T, waitedUs: number) => void

  constructor(
    context: Pick<Context, 'later' | 'ended' | 'nowUs'>,
    waitUs: number,
    most: number,
    overdue: (value: T, waitedUs: number) => void,
  ) {
    this.context = context
    this.waitUs = waitUs
    this.most = most
    this.overdue = overdue
  }

  get size(): number {
    return this.entries.size
  }

  add(key: string | number, timeUs: number, value: T): void {
    if (!this.entries.delete(key) && this.entries.size >= this.most) this.makeRoom()
    const dueUs = timeUs + this.waitUs
    this.entries.set(key, { dueUs, startUs: timeUs, value })
    this.set(dueUs)
  }

  get(key: string | number): T | undefined {
    return this.entries.get(key)?.value
  }

  /** Ends the waiting of `key`. @returns what waited. */
  take(key: string | number): T | undefined {
    const entry = this.entries.get(key)
    if (entry !== undefined) this.entries.delete(key)
    return entry?.value
  }

  private set(dueUs: number): void {
    if (this.isSet) return
    this.isSet = true
    this.context.later(dueUs, () => this.expire(dueUs))
  }

  private expire(tickUs: number): void {
    this.isSet = false
    const { ended } = this.context
    for (const [key, { dueUs, startUs, value }] of this.entries) {
      if (!ended && dueUs > tickUs) {
        this.set(Math.max(dueUs, tickUs + EVERY_US))
        return
      }
      this.entries.delete(key)
      this.overdue(value, ended ? Math.max(0, this.context.nowUs - startUs) : this.waitUs)
    }
  }

  /** A sixteenth at once: to find the first of a map steps over all that was deleted in front of it. */
  private makeRoom(): void {
    let left = Math.max(1, this.most >> 4)
    for (const key of this.entries.keys()) {
      if (left-- === 0) return
      this.entries.delete(key)
      this.dropped++
    }
  }
}
