import type { SignallingEvent } from '../event/signalling-event.ts'
import { type Context, type Threshold, unavailable, type Verdict } from './detector.ts'
import type { Table } from './state/memory.ts'
import { subjectKey } from './subject.ts'

export const RELAY_THRESHOLDS = [
  {
    name: 'relayOperators',
    default: 3,
    unit: 'operators',
    meaning:
      'Operators that a source speaks for before it is taken for a hub; one less where it never speaks for itself. A larger value finds more.',
  },
  {
    name: 'relayMinutes',
    default: 120,
    unit: 'minutes',
    meaning:
      'How long a disagreement waits for its source to show itself a hub; small hubs take their time. A larger value tells later.',
  },
  {
    name: 'usualSubscribers',
    default: 12,
    unit: 'subscribers',
    meaning:
      'Subscribers for whom a source gives the same other operator, from which that is its custom, as with a leased range; 32 at most. A larger value finds more.',
  },
] as const satisfies readonly Threshold[]

/** Disagreements that wait, some 1 KB each. */
const MOST_OPEN = 16_384
const MOST_SPOKEN_FOR = 8
const OWN = 'own'
const TOO_MANY = unavailable('more disagreements wait than are kept')

/**
 * Whom a source speaks for. One that speaks for several operators is a hub; one that speaks for the same other operator
 * about many subscribers has a range of it, or serves it.
 */
export class RelayWatch {
  private readonly context: Context
  /** By source: each operator it spoke for, and a bit for each subscriber's hash. */
  private readonly table: Table<readonly (string | number)[]>
  private open = 0

  /** @param tableName begins with the detector's id. */
  constructor(context: Context, tableName: string) {
    this.context = context
    this.table = context.memory.table(tableName)
  }

  /** Notes a request in which a source spoke for itself. */
  noteOwn(source: string): void {
    this.note(source, OWN, 0)
  }

  /** Notes one in which it spoke for `other`, for what comes later. */
  noteOther(event: SignallingEvent, source: string, other: string): void {
    this.note(source, other, 1 << (hashOf(subjectKey(event, null) ?? '') & 31))
  }

  /**
   * Judges one in which it spoke for `other`: at once where it is known to, else when it had time to show what it is.
   * @param verdict says what to conclude then.
   * @param least subscribers of an operator, from which the source speaks for it: more than one where the operator has
   * listed who does.
   */
  judge(event: SignallingEvent, source: string, other: string, verdict: () => Verdict, least = 1): Verdict {
    this.noteOther(event, source, other)
    if (this.isCustom(source, other, least)) return 'pass'
    if (this.open >= MOST_OPEN) return TOO_MANY
    this.open++
    this.context.later(event.timeUs + this.context.threshold('relayMinutes') * 60_000_000, () => {
      this.open--
      this.context.conclude(event, this.isCustom(source, other, least) ? 'pass' : verdict())
    })
    return null
  }

  private note(source: string, name: string, bit: number): void {
    const row = this.table.get(source) ?? []
    const i = row.indexOf(name)
    const bits = i < 0 ? 0 : Number(row[i + 1])
    if (i >= 0 && (bits | bit) === bits) return
    if (i < 0 && row.length >= 2 * MOST_SPOKEN_FOR) return
    this.table.set(source, i < 0 ? [...row, name, bit] : row.with(i + 1, bits | bit))
  }

  private isCustom(source: string, other: string, least: number): boolean {
    const row = this.table.get(source) ?? []
    const speaksForItself = row.includes(OWN)
    let others = 0
    for (let i = 0; i < row.length; i += 2) if (row[i] !== OWN && ones(Number(row[i + 1])) >= least) others++
    if (others >= this.context.threshold('relayOperators') - (speaksForItself ? 0 : 1)) return true
    const bits = Number(row[row.indexOf(other) + 1] ?? 0)
    return ones(bits) >= Math.min(32, this.context.threshold('usualSubscribers'))
  }
}

function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}

function ones(bits: number): number {
  let left = bits >>> 0
  let count = 0
  for (; left !== 0; left &= left - 1) count++
  return count
}
