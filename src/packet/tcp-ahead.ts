import { at } from '../bytes/at.ts'
import type { AheadSegment, TcpDirection } from './tcp-connections.ts'
import type { HeldOctets } from './tcp-cutter.ts'
import type { SegmentReading } from './tcp-held.ts'

/** What became of a segment that was laid beside those ahead. */
export interface Laid {
  /** Octets of it that were new, and are kept. */
  kept: number
  /** True when an octet differs from one kept before at the same place. */
  contradicts: boolean
}

/**
 * Keeps what is new of a segment that begins at `sequence`, beyond the octet expected next, without a copy of what
 * segments kept before hold: their data wins. Source: RFC 9293 §3.10.7.4.
 */
export function lay(
  direction: TcpDirection,
  sequence: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  reading: SegmentReading,
  octets: HeldOctets,
): Laid {
  const { ahead } = direction
  const laid = { kept: 0, contradicts: false }
  let index = firstEndingAfter(ahead, sequence)
  let place = start
  while (place < end) {
    const here = (sequence + place - start) | 0
    const next = ahead[index]
    const free = next === undefined ? end - place : Math.min(end - place, (next.sequence - here) | 0)
    if (free > 0) {
      const data = bytes.slice(place, place + free)
      ahead.splice(index++, 0, { sequence: here >>> 0, data, segment: reading.hold() })
      octets.add(direction, free, 1)
      laid.kept += free
      place += free
    } else if (next !== undefined) {
      const offset = (here - next.sequence) | 0
      const shared = Math.min(end - place, next.data.length - offset)
      if (!sameOctets(next.data, offset, bytes, place, shared)) laid.contradicts = true
      place += shared
      index++
    }
  }
  return laid
}

/** Whether `count` octets agree. */
export function sameOctets(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (at(a, aStart + i) !== at(b, bStart + i)) return false
  return true
}

/** Index of the first segment with an octet at or behind `sequence`; most segments come behind all others. */
function firstEndingAfter(ahead: readonly AheadSegment[], sequence: number): number {
  let low = 0
  let high = ahead.length
  while (low < high) {
    const middle = (low + high) >> 1
    const one = ahead[middle]
    if (one !== undefined && ((one.sequence + one.data.length - sequence) | 0) > 0) high = middle
    else low = middle + 1
  }
  return low
}
