import { at } from '../bytes/at.ts'
import { LIMITS } from '../limits.ts'

/** How often each capture held the same octets, within LIMITS.tapCopyUs. */
interface Seen {
  readonly timeUs: number
  readonly captures: number[]
  readonly times: number[]
}

/**
 * Tells what another tap captured as well, where no number of the transport does: datagrams of UDP and signal units. The
 * same octets in another capture within LIMITS.tapCopyUs are the same packet, unless this capture has held them more often
 * than any other: that is a repetition which each tap sees.
 */
export class TapCopies {
  private readonly seed = Math.floor(Math.random() * 0x1_0000_0000) | 0
  /** By hash, the longest known first. */
  private readonly seen = new Map<number, Seen>()

  /** @param about what else tells the packet from others, as a number. */
  isCopy(capture: number, timeUs: number, bytes: Uint8Array, start: number, end: number, about: number): boolean {
    this.forget(timeUs)
    const key = this.keyOf(bytes, start, end, about)
    let known = this.seen.get(key)
    // one that lies in wait behind a packet of a later clock is not forgotten yet
    if (known === undefined || timeUs - known.timeUs > LIMITS.tapCopyUs) {
      known = { timeUs, captures: [], times: [] }
      this.seen.set(key, known)
    }
    const { captures, times } = known
    let i = captures.indexOf(capture)
    if (i < 0) {
      i = captures.push(capture) - 1
      times.push(0)
    }
    const others = times.reduce((most, count, j) => (j === i ? most : Math.max(most, count)), 0)
    const own = (times[i] ?? 0) + 1
    times[i] = own
    return own <= others
  }

  private forget(nowUs: number): void {
    for (const [key, { timeUs }] of this.seen) {
      if (nowUs - timeUs <= LIMITS.tapCopyUs && this.seen.size < LIMITS.tapCopies) return
      this.seen.delete(key)
    }
  }

  /** 53 bits with a seed of this run, so that nobody can write octets that are taken for others. */
  private keyOf(bytes: Uint8Array, start: number, end: number, about: number): number {
    let low = this.seed ^ about ^ (end - start)
    let high = ~low
    for (let i = start; i < end; i++) {
      low = Math.imul(low ^ at(bytes, i), 0x9e3779b1)
      low ^= low >>> 15
      high = Math.imul(high ^ at(bytes, i), 0x85ebca6b)
      high ^= high >>> 13
    }
    return (low >>> 0) * 0x20_0000 + (high >>> 11)
  }
}
