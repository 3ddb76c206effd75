import type { SignallingEvent } from '../event/signalling-event.ts'
import { LIMITS } from '../limits.ts'
import type { Context, Suspicion, Threshold, Verdict } from './detector.ts'
import { unavailable } from './detector.ts'
import { senderAddress } from './short-message.ts'
import { isBounded, standingOf } from './standing.ts'

/** Thresholds of every detector that knows the habits of sources. */
export const HABIT_THRESHOLDS = [
  {
    name: 'habitRequests',
    default: 20,
    unit: 'requests',
    meaning: 'Requests of a source before its habits are known; a larger value judges later and more surely.',
  },
  {
    name: 'habitShare',
    default: 40,
    unit: 'percent',
    meaning: 'Share of a source’s requests from which an oddity is its habit; a larger value excuses fewer sources.',
  },
  {
    name: 'settleMinutes',
    default: 30,
    unit: 'minutes',
    meaning: 'How long an oddity new to a source is watched, as it may be a stack newly put in place.',
  },
] as const satisfies readonly Threshold[]

/** Said by every detector that uses this. */
export const HABIT_UNAVAILABLE =
  'The habits of the source: too few of its requests are known, and the request alone is not out of place.'

const UNKNOWN_HABIT = unavailable('too little is known of the habits of the source')
/** Share of requests, percent, up to which an oddity is not a source's habit. */
const RARE_SHARE = 5
/** Counts are halved here, so that a habit may change. */
const MOST_COUNTED = 400
/** A new habit shows in this many odd requests, and in this share of all that follow. */
const NEW_HABIT = { requests: 3, share: 20 }

/** Requests and odd ones among them, as counted for the habit; then both since ever. */
type Counts = number[]

interface Source {
  readonly own: Counts
  /** Of its operator's network; null where that is not known. */
  readonly network: Counts | null
}

/**
 * Judges an oddity that is innocent where a stack always has it: by the habit of the source, by that of its network, and
 * by whether the request is out of place anyhow. Requests out of place do not make a habit.
 */
export class OddityJudge {
  private readonly context: Context
  private readonly sources = new Map<string, Source>()
  private readonly tableName: string

  /** @param tableName begins with the detector's id. */
  constructor(context: Context, tableName: string) {
    this.context = context
    this.tableName = tableName
  }

  /** Counts a request that has none of it. */
  notePlain(event: SignallingEvent): void {
    note(this.sourceOf(event), false)
  }

  /** Counts one that has it, and is judged elsewhere. */
  noteOdd(event: SignallingEvent): void {
    note(this.sourceOf(event), true)
  }

  /**
   * Judges one that has it, and counts it.
   * @param suspicion says what to report, of confidence by how it was told.
   * @param tells whether the oddity tells something where little is known of the source: false for what its whole stack
   * may write so.
   */
  judge(event: SignallingEvent, suspicion: (pattern: number) => Suspicion, tells = true): Verdict {
    const source = this.sourceOf(event)
    const standing = standingOf(event, this.context.network)
    const habit = this.habitOf(source)
    if (standing !== 'out of place') note(source, true)
    if (standing === 'in place' || habit === 'usual' || !isBounded(event, this.context.network)) return 'pass'
    if (standing === 'out of place') {
      if (habit === 'unusual') return suspicion(0.9)
      return tells || this.isRareIn(source.network) ? suspicion(0.75) : UNKNOWN_HABIT
    }
    return habit === 'unusual' ? this.watch(event, source, suspicion(0.7)) : UNKNOWN_HABIT
  }

  private habitOf({ own, network }: Source): 'usual' | 'unusual' | 'unknown' {
    const enough = this.context.threshold('habitRequests')
    const share = this.context.threshold('habitShare')
    const [requests = 0, odd = 0] = own
    if (requests >= enough) {
      if (odd * 100 >= share * requests) return 'usual'
      return odd * 100 <= RARE_SHARE * requests ? 'unusual' : 'unknown'
    }
    const [all = 0, allOdd = 0] = network ?? []
    return all >= enough && allOdd * 100 >= share * all ? 'usual' : 'unknown'
  }

  /** Whether a network that is known well enough hardly ever has it. */
  private isRareIn(network: Counts | null): boolean {
    const [requests = 0, odd = 0] = network ?? []
    return requests >= this.context.threshold('habitRequests') && odd * 100 <= RARE_SHARE * requests
  }

  /** Waits whether the oddity stays: a stack that was replaced has it from then on. */
  private watch(event: SignallingEvent, { own }: Source, suspicion: Suspicion): null {
    const [, , requests = 0, odd = 0] = own
    const { context } = this
    context.later(event.timeUs + context.threshold('settleMinutes') * 60_000_000, () => {
      const [, , laterRequests = 0, laterOdd = 0] = own
      const more = laterOdd - odd
      const isNewHabit =
        more >= NEW_HABIT.requests && more * 100 >= NEW_HABIT.share * Math.max(1, laterRequests - requests)
      context.conclude(event, isNewHabit ? 'pass' : suspicion)
    })
    return null
  }

  private sourceOf(event: SignallingEvent): Source {
    const address = senderAddress(event)
    const known = this.sources.get(address)
    if (known !== undefined) return known
    if (this.sources.size >= LIMITS.tableEntries) this.sources.clear()
    const { memory, network } = this.context
    const { operator } = network.operatorOfGt(event.callingGt)
    const source = {
      own: countsIn(memory.table<Counts>(`${this.tableName} sources`), address),
      network: operator === null ? null : countsIn(memory.table<Counts>(`${this.tableName} networks`), operator),
    }
    this.sources.set(address, source)
    return source
  }
}

function countsIn(table: { get(key: string): Counts | undefined; set(key: string, value: Counts): void }, key: string) {
  const known = table.get(key)
  if (known !== undefined) return known
  const made: Counts = [0, 0, 0, 0]
  table.set(key, made)
  return made
}

function note({ own, network }: Source, isOdd: boolean): void {
  count(own, isOdd)
  if (network !== null) count(network, isOdd)
}

function count(counts: Counts, isOdd: boolean): void {
  const requests = counts[0] ?? 0
  const odd = counts[1] ?? 0
  const halve = requests >= MOST_COUNTED
  counts[0] = (halve ? requests >> 1 : requests) + 1
  counts[1] = (halve ? odd >> 1 : odd) + (isOdd ? 1 : 0)
  counts[2] = (counts[2] ?? 0) + 1
  counts[3] = (counts[3] ?? 0) + (isOdd ? 1 : 0)
}
