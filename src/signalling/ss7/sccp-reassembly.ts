import type { Slice } from '../../bytes/slice.ts'
import { LIMITS } from '../../limits.ts'
import type { AnomalyList } from '../anomaly.ts'
import type { SccpUnitdata } from './sccp.ts'

/**
 * User data that any stack would have sent as one UDT: 272 octets of signalling information less routing label, header
 * and two addresses with global titles (Q.713 §4.10, Q.704 §2.3.8), with room to spare.
 */
const UNSEGMENTED_BYTES = 200

interface Partial {
  readonly segments: Uint8Array[]
  bytes: number
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

  /**
   * Takes the segment in `message`.
   * @param timeUs capture time, for expiry.
   * @returns the whole user data when this was the last segment, else null.
   */
  add(message: SccpUnitdata, opc: number | null, timeUs: number, anomalies: AnomalyList): Slice | null {
    const segmentation = message.segmentation
    if (segmentation === null) return message
    if (segmentation.first && segmentation.remaining === 0) return message
    this.expire(timeUs)
    const { calling } = message
    const key = `${calling.gt ?? ''}|${calling.ssn}|${calling.pointCode ?? opc}|${segmentation.reference}`
    const known = this.partials.get(key)
    const data = message.bytes.slice(message.start, message.end)
    if (segmentation.first) {
      if (known !== undefined) {
        anomalies.add(known.remaining === segmentation.remaining ? 'duplicateSegment' : 'overlappingSegments')
        this.drop(key, known)
      } else if (this.partials.size >= LIMITS.sccpReassemblies) this.dropOldest()
      this.partials.set(key, { segments: [data], bytes: data.length, remaining: segmentation.remaining, timeUs })
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
    known.segments.push(data)
    known.bytes += data.length
    known.remaining = segmentation.remaining
    if (known.remaining > 0) return null
    this.partials.delete(key)
    if (known.bytes <= UNSEGMENTED_BYTES) anomalies.add('needlessSegmentation')
    const whole = new Uint8Array(known.bytes)
    let offset = 0
    for (const segment of known.segments) {
      whole.set(segment, offset)
      offset += segment.length
    }
    return { bytes: whole, start: 0, end: whole.length }
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
    this.dropped += partial.segments.length
    this.partials.delete(key)
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
