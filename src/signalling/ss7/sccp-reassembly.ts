import type { Slice } from '../../bytes/slice.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import type { SccpUnitdata } from './sccp.ts'

/**
 * User data that any stack would have sent as one UDT: 272 octets of signalling information less routing label, header
 * and two addresses with global titles (Q.713 §4.10, Q.704 §2.3.8), with room to spare.
 */
const UNSEGMENTED_BYTES = 200

/** Buffers kept for use again, and how large one may be for that. */
const SPARE_BUFFERS = 64
const SPARE_BYTES = 4096

interface Partial {
  octets: Uint8Array
  bytes: number
  segments: number
  remaining: number
  readonly timeUs: number
}

/**
 * Puts segmented XUDT and LUDT messages together (ITU-T Q.714 §4.1.1.2), within LIMITS. Segments must come in order, as
 * class 1 delivers them; one that contradicts what went before ends its message, which is counted in `dropped`.
 */
export class SccpReassembly {
  private readonly partials = new Map<string, Partial>()
  /** Segments given up since the last call of `takeDropped`. */
  private dropped = 0
  private readonly spare: Uint8Array[] = []

  /**
   * Takes the segment in `message`.
   * @param timeUs capture time, for expiry.
   * @returns the whole user data when this was the last segment, else null; valid until the next call.
   */
  add(message: SccpUnitdata, opc: number | null, timeUs: number, anomalies: AnomalyList): Slice | null {
    const segmentation = message.segmentation
    if (segmentation === null) return message
    if (segmentation.first && segmentation.remaining === 0) return message
    this.expire(timeUs)
    const { calling } = message
    const key = `${calling.gt ?? ''}|${calling.ssn}|${calling.pointCode ?? opc}|${segmentation.reference}`
    const known = this.partials.get(key)
    if (segmentation.first) {
      if (known !== undefined) {
        anomalies.add(known.remaining === segmentation.remaining ? 'duplicateSegment' : 'overlappingSegments')
        this.drop(key, known)
      } else if (this.partials.size >= LIMITS.sccpReassemblies) this.dropOldest()
      const octets = this.spare.pop() ?? new Uint8Array(SPARE_BYTES)
      const partial = { octets, bytes: 0, segments: 0, remaining: segmentation.remaining, timeUs }
      append(partial, message)
      this.partials.set(key, partial)
      return null
    }
    if (known === undefined) {
      this.dropped++
      return null
    }
    if (segmentation.remaining === known.remaining) {
      anomalies.add('duplicateSegment')
      this.dropped++
      return null
    }
    if (segmentation.remaining !== known.remaining - 1) {
      anomalies.add('overlappingSegments')
      this.drop(key, known)
      this.dropped++
      return null
    }
    append(known, message)
    known.remaining = segmentation.remaining
    if (known.remaining > 0) return null
    this.partials.delete(key)
    this.release(known)
    if (known.bytes <= UNSEGMENTED_BYTES) anomalies.add('needlessSegmentation')
    return { bytes: known.octets, start: 0, end: known.bytes }
  }

  /** Gives up all that is unfinished, at the end of the input. */
  flush(): void {
    for (const [key, partial] of this.partials) this.drop(key, partial)
  }

  /** Segments given up since the last call: their messages were never completed. */
  takeDropped(): number {
    const { dropped } = this
    this.dropped = 0
    return dropped
  }

  private drop(key: string, partial: Partial): void {
    this.dropped += partial.segments
    this.partials.delete(key)
    this.release(partial)
  }

  private release({ octets }: Partial): void {
    if (octets.length === SPARE_BYTES && this.spare.length < SPARE_BUFFERS) this.spare.push(octets)
  }

  private dropOldest(): void {
    const oldest = this.partials.entries().next()
    if (!oldest.done) this.drop(oldest.value[0], oldest.value[1])
  }

  /** Partials stand in order of arrival, so that only the expired ones are looked at. */
  private expire(timeUs: number): void {
    for (const [key, partial] of this.partials) {
      if (timeUs - partial.timeUs <= LIMITS.sccpReassemblyUs) return
      this.drop(key, partial)
    }
  }
}

/** Puts the segment behind what is there. */
function append(partial: Partial, { bytes, start, end }: Slice): void {
  const length = end - start
  const needed = partial.bytes + length
  if (needed > partial.octets.length) {
    const larger = new Uint8Array(Math.max(needed, partial.octets.length * 2))
    larger.set(partial.octets.subarray(0, partial.bytes))
    partial.octets = larger
  }
  // a loop: most segments are short, and a view of each costs more than copying it
  const { octets } = partial
  for (let i = start, to = partial.bytes; i < end; i++, to++) octets[to] = bytes[i] ?? 0
  partial.bytes = needed
  partial.segments++
}
