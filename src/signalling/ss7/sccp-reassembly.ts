import { hashText } from '../../bytes/hash-text.ts'
import type { Slice } from '../../bytes/slice.ts'
import { SlotIndex } from '../../bytes/slot-index.ts'
import { LIMITS } from '../../limits.ts'
import { AnomalyList } from '../anomaly.ts'
import type { SccpUnitdata } from './sccp.ts'
import type { SccpAddress } from './sccp-address.ts'

/**
 * User data that any stack would have sent as one UDT: 272 octets of signalling information less routing label, header
 * and two addresses with global titles (Q.713 §4.10, Q.704 §2.3.8), with room to spare.
 */
const UNSEGMENTED_BYTES = 200

/** Buffers kept for use again, and how large one may be for that. */
const SPARE_BUFFERS = 64
const SPARE_BYTES = 4096

/** A message under reassembly: known by its sender and its reference. */
interface Partial {
  readonly calling: SccpAddress
  readonly pointCode: number | null
  readonly reference: number
  octets: Uint8Array
  bytes: number
  segments: number
  remaining: number
  readonly timeUs: number
  /** Of its segments, for the message they make; null when they came as they should. */
  oddities: AnomalyList | null
}

/**
 * Puts segmented XUDT and LUDT messages together (ITU-T Q.714 §4.1.1.2), within LIMITS. Segments must come in order, as
 * class 1 delivers them; one that contradicts what went before ends its message, which is counted in `dropped`. What was
 * odd about the segments is noted with each of them and with the message they make.
 */
export class SccpReassembly {
  /** By slot, in the order of arrival. */
  private readonly partials = new Map<number, Partial>()
  private readonly index = new SlotIndex(LIMITS.sccpReassemblies, LIMITS.sccpReassemblies)
  private readonly seed = (Math.random() * 0x1_0000_0000) | 0
  private readonly freed: number[] = []
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
    const { reference, remaining } = segmentation
    const pointCode = calling.pointCode ?? opc
    const hash = this.hashOf(calling, pointCode, reference)
    const slot = this.search(hash, calling, pointCode, reference)
    const known = this.partials.get(slot)
    const isNext = !segmentation.first && remaining === (known?.remaining ?? 0) - 1
    if (known !== undefined && !isNext) {
      const isRepeated = remaining === known.remaining && endsWith(known, message)
      known.oddities ??= new AnomalyList()
      known.oddities.add(isRepeated ? 'duplicateSegment' : 'overlappingSegments')
      anomalies.addAll(known.oddities)
    }
    if (segmentation.first) {
      if (known !== undefined) this.drop(slot, known)
      else if (this.partials.size >= LIMITS.sccpReassemblies) this.dropOldest()
      const octets = this.spare.pop() ?? new Uint8Array(SPARE_BYTES)
      const oddities = known?.oddities ?? null
      const partial = { calling, pointCode, reference, octets, bytes: 0, segments: 0, remaining, timeUs, oddities }
      append(partial, message)
      this.enter(hash, partial)
      return null
    }
    if (known === undefined) {
      this.dropped++
      return null
    }
    if (!isNext) {
      if (remaining !== known.remaining) this.drop(slot, known)
      this.dropped++
      return null
    }
    append(known, message)
    known.remaining = remaining
    if (known.remaining > 0) return null
    this.release(slot, known)
    if (known.oddities !== null) anomalies.addAll(known.oddities)
    if (known.bytes <= UNSEGMENTED_BYTES) anomalies.add('needlessSegmentation')
    return { bytes: known.octets, start: 0, end: known.bytes }
  }

  /** Gives up all that is unfinished, at the end of the input. */
  flush(): void {
    for (const [slot, partial] of this.partials) this.drop(slot, partial)
  }

  /** Segments given up since the last call: their messages were never completed. */
  takeDropped(): number {
    const { dropped } = this
    this.dropped = 0
    return dropped
  }

  private hashOf(calling: SccpAddress, pointCode: number | null, reference: number): number {
    const numbers = Math.imul(reference ^ ((calling.ssn ?? -1) << 24), 0x01000193) ^ (pointCode ?? -1)
    return hashText(this.seed ^ numbers, calling.gt ?? '')
  }

  /** The slot of the message that a segment belongs to; -1 for none. */
  private search(hash: number, { gt, ssn }: SccpAddress, pointCode: number | null, reference: number): number {
    for (let slot = this.index.first(hash); slot >= 0; slot = this.index.after(slot)) {
      const partial = this.partials.get(slot)
      if (partial?.reference !== reference || partial.pointCode !== pointCode) continue
      if (partial.calling.gt === gt && partial.calling.ssn === ssn) return slot
    }
    return -1
  }

  private enter(hash: number, partial: Partial): void {
    const slot = this.freed.pop() ?? this.partials.size
    this.partials.set(slot, partial)
    this.index.enter(slot, hash)
  }

  private drop(slot: number, partial: Partial): void {
    this.dropped += partial.segments
    this.release(slot, partial)
  }

  private release(slot: number, { octets }: Partial): void {
    this.partials.delete(slot)
    this.index.leave(slot)
    this.freed.push(slot)
    if (octets.length === SPARE_BYTES && this.spare.length < SPARE_BUFFERS) this.spare.push(octets)
  }

  private dropOldest(): void {
    const oldest = this.partials.entries().next()
    if (!oldest.done) this.drop(oldest.value[0], oldest.value[1])
  }

  /** Partials stand in order of arrival, so that only the expired ones are looked at. */
  private expire(timeUs: number): void {
    for (const [slot, partial] of this.partials) {
      if (timeUs - partial.timeUs <= LIMITS.sccpReassemblyUs) return
      this.drop(slot, partial)
    }
  }
}

/** Whether the octets there end with those of the segment. */
function endsWith({ octets, bytes }: Partial, segment: Slice): boolean {
  const from = bytes - (segment.end - segment.start)
  if (from < 0) return false
  for (let i = segment.start, k = from; i < segment.end; i++, k++) if (octets[k] !== segment.bytes[i]) return false
  return true
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
