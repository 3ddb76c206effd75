import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Table } from './memory.ts'

/** Digits at the end of a number that are compared: without prefixes, which change from link to link. */
const COMPARED_DIGITS = 8
const SHORTEST = 6

/** When a call towards a number was last set up, by ISUP or BICC. */
export class Calls {
  /** Calls noted in this run. */
  seen = 0
  private readonly table: Table<number>

  /** @param table times by the last digits of the called number. */
  constructor(table: Table<number>) {
    this.table = table
  }

  /** Notes an Initial Address message; any other event is none of its business. */
  note({ protocol, operation, detail, timeUs }: SignallingEvent): void {
    if (protocol !== 'isup' || operation !== 'Initial Address') return
    this.seen++
    const key = keyOf(detail.calledNumber)
    if (key !== null) this.table.set(key, timeUs)
  }

  /** Whether a call towards `number` began at `sinceUs` or later. */
  towards(number: string | null, sinceUs: number): boolean {
    const key = keyOf(number)
    const timeUs = key === null ? undefined : this.table.get(key)
    return timeUs !== undefined && timeUs >= sinceUs
  }
}

/** The last digits, without the end-of-number signal. */
function keyOf(number: string | null): string | null {
  const digits = number?.replaceAll(/\D/g, '') ?? ''
  return digits.length < SHORTEST ? null : digits.slice(-COMPARED_DIGITS)
}
