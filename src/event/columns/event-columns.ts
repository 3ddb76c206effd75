import { LIMITS } from '../../limits.ts'
import { blankEvent, type SignallingEvent } from '../signalling-event.ts'
import type { VisibilityNews } from '../visibility.ts'
import { type Extras, ExtrasReader, ExtrasWriter } from './extras.ts'
import { DiameterColumns, FAMILIES, type Family, familyOf, GtpColumns, Ss7Columns } from './families.ts'
import type { FamilyBatch, FamilyColumns } from './family-columns.ts'
import { BATCH_ROWS, Labels, type NewLabels } from './labels.ts'

/**
 * Events as columns, in buffers that threads share: handing one over costs nothing. Whoever has a batch has its buffers to
 * himself, until he gives them on or back.
 */
export interface EventBatch {
  readonly rows: number
  /** Index in FAMILIES of each event's family, in the order of the events. */
  readonly order: Uint8Array
  /** As FAMILIES. */
  readonly families: readonly FamilyBatch[]
  readonly labels: NewLabels
  readonly extras: Extras
  /** What these events show of answers being captured; null where nobody asked. */
  readonly visibility: VisibilityNews | null
}

/** The buffers of a batch, as FAMILIES, to be given back for use again. */
export function buffersOf(batch: EventBatch): SharedArrayBuffer[] {
  return batch.families.map(({ buffer }) => buffer)
}

/** Columns of each family, in the order of FAMILIES. */
export function familyColumns(labels: Labels = new Labels(LIMITS.labels)): readonly FamilyColumns[] {
  return [new Ss7Columns(labels), new DiameterColumns(labels), new GtpColumns(labels)]
}

/** Where the columns of each family stand in its buffer. */
export function familyPlaces(): readonly { readonly family: Family; readonly places: FamilyColumns['places'] }[] {
  const columns = familyColumns()
  return FAMILIES.map((family, i) => ({ family, places: columns[i]?.places ?? [] }))
}

/** Events → batches. */
export class EventColumns {
  /** Events gathered; BATCH_ROWS at most. */
  rows = 0
  private readonly labels = new Labels(LIMITS.labels)
  private readonly families = familyColumns(this.labels)
  private readonly extras = new ExtrasWriter()
  private order = new Uint8Array(BATCH_ROWS)

  /** Takes an event, while `isFull` is false. */
  add(event: SignallingEvent): void {
    const family = familyOf(event.protocol)
    this.families[family]?.add(event)
    this.extras.add(this.rows, event)
    this.order[this.rows++] = family
  }

  /** Whether no further event is to be added: of long texts fewer events go together. */
  get isFull(): boolean {
    return this.rows === BATCH_ROWS || this.labels.newCharacters + this.extras.characters >= LIMITS.batchCharacters
  }

  /** The events gathered since the last call; their buffers are given away. */
  take(visibility: VisibilityNews | null = null): EventBatch {
    const { rows, order } = this
    this.rows = 0
    this.order = new Uint8Array(BATCH_ROWS)
    return {
      rows,
      order,
      families: this.families.map((family) => family.take()),
      labels: this.labels.take(),
      extras: this.extras.take(),
      visibility,
    }
  }

  /** Gets the buffers of a batch back for use again. */
  giveBack(buffers: readonly SharedArrayBuffer[]): void {
    this.families.forEach((family, i) => {
      const buffer = buffers[i]
      if (buffer !== undefined) family.giveBack(buffer)
    })
  }
}

/** Batches → events, as they were. */
export class EventRows {
  private readonly labels = new Labels(LIMITS.labels)
  private readonly families = familyColumns(this.labels)
  private readonly extras = new ExtrasReader()
  private order: Uint8Array = new Uint8Array(0)
  private rows = 0
  private next = 0

  /** Takes a batch to read; batches come in the order of their making, each is read to its end. */
  learn(batch: EventBatch): void {
    this.labels.learn(batch.labels)
    this.families.forEach((family, i) => {
      const own = batch.families[i]
      if (own !== undefined) family.learn(own)
    })
    this.extras.learn(batch.extras)
    this.order = batch.order
    this.rows = batch.rows
    this.next = 0
  }

  /** The next event, or null at the end of the batch. */
  read(): SignallingEvent | null {
    if (this.next === this.rows) return null
    const index = this.next++
    const event = blankEvent()
    this.families[this.order[index] ?? 0]?.read(event)
    this.extras.read(index, event)
    return event
  }
}
