import type { Context } from '../detector.ts'

/** How often what is overdue is looked for, µs of capture time. */
const EVERY_US = 1_000_000
/** Places in the queue at first; they double as it fills. */
const FIRST_PLACES = 1 << 8

/** The place of each key in a ring, from 1; 0, or the place of another key, where it has none. */
interface Places {
  get(key: string | number): number
  set(key: string | number, place: number): void
}

class MappedPlaces implements Places {
  private readonly map = new Map<string | number, number>()

  get(key: string | number): number {
    return this.map.get(key) ?? 0
  }

  set(key: string | number, place: number): void {
    if (place === 0) this.map.delete(key)
    else this.map.set(key, place)
  }
}

/** Numbers of events that are told apart at once: a minute of 8,000 a second. A power of two. */
const NUMBERS = 1 << 19

/** As `Awaiting`, by the numbers of events, which grow: a column instead of a table. */
export function awaitingByNumber<T>(
  context: Pick<Context, 'later' | 'ended' | 'nowUs'>,
  waitUs: number,
  most: number,
  overdue: (value: T, waitedUs: number) => void,
): Awaiting<T> {
  const column = new Float64Array(NUMBERS)
  const places: Places = {
    get: (number) => (typeof number === 'number' ? (column[number & (NUMBERS - 1)] ?? 0) : 0),
    set: (number, place) => {
      if (typeof number === 'number') column[number & (NUMBERS - 1)] = place
    },
  }
  return new Awaiting<T>(context, waitUs, most, overdue, null, places)
}

/** As `Awaiting`, by the slots of subjects: where each stands in the ring is a number of its row. */
export function awaitingBySubject<T>(
  context: Pick<Context, 'later' | 'ended' | 'nowUs' | 'memory'>,
  waitUs: number,
  most: number,
  overdue: (value: T, waitedUs: number) => void,
  givenUp: ((value: T) => void) | null = null,
): Awaiting<T> {
  const { subjects } = context.memory
  const numbers = subjects.numbers()
  const places: Places = {
    get: (slot) => (typeof slot === 'number' && slot >= 0 ? numbers.get(slot) : 0),
    set: (slot, place) => {
      if (typeof slot === 'number') numbers.set(slot, place)
    },
  }
  const awaiting = new Awaiting<T>(context, waitUs, most, overdue, givenUp, places)
  subjects.onGone((slot) => awaiting.giveUp(slot))
  return awaiting
}

/**
 * What waits for something that should follow it within a fixed capture time, in the order of arrival. Bounded; what is
 * overdue is handed to `overdue`, also at the end of the input, with the capture time it has waited. One timer serves all.
 * It is a ring: as all wait the same time, the first that came is the first due.
 */
export class Awaiting<T> {
  /** Entries given up for want of room. */
  dropped = 0
  private count = 0
  private readonly places: Places
  private keys: (string | number)[] = []
  private values: (T | undefined)[] = []
  private starts = new Float64Array(0)
  private head = 0
  private tail = 0
  private isSet = false
  private readonly context: Pick<Context, 'later' | 'ended' | 'nowUs'>
  private readonly waitUs: number
  private readonly most: number
  private readonly overdue: (value: T, waitedUs: number) => void
  private readonly givenUp: ((value: T) => void) | null

  /**
   * @param givenUp told what is given up for want of room.
   * @param places where each key stands.
   */
  constructor(
    context: Pick<Context, 'later' | 'ended' | 'nowUs'>,
    waitUs: number,
    most: number,
    overdue: (value: T, waitedUs: number) => void,
    givenUp: ((value: T) => void) | null = null,
    places: Places = new MappedPlaces(),
  ) {
    this.context = context
    this.waitUs = waitUs
    this.most = most
    this.overdue = overdue
    this.givenUp = givenUp
    this.places = places
    this.arrange(FIRST_PLACES)
  }

  get size(): number {
    return this.count
  }

  /** Begins to wait; under a key that waits already, anew. */
  add(key: string | number, timeUs: number, value: T): void {
    this.take(key)
    if (this.count >= this.most) this.dropOldest()
    const { length } = this.starts
    if (this.tail - this.head === length) this.arrange(this.count * 2 > length ? length * 2 : length)
    const place = this.tail++
    const i = place & (this.starts.length - 1)
    this.places.set(key, place + 1)
    this.count++
    this.keys[i] = key
    this.values[i] = value
    this.starts[i] = timeUs
    this.set(timeUs + this.waitUs)
  }

  get(key: string | number): T | undefined {
    const place = this.places.get(key)
    const i = (place - 1) & (this.starts.length - 1)
    return place === 0 || this.keys[i] !== key ? undefined : this.values[i]
  }

  /** Ends the waiting of `key`. @returns what waited. */
  take(key: string | number): T | undefined {
    const place = this.places.get(key)
    const i = (place - 1) & (this.starts.length - 1)
    const value = place === 0 || this.keys[i] !== key ? undefined : this.values[i]
    if (value !== undefined) this.vacate(i)
    return value
  }

  /** Ends the waiting of `key`, if it waits, for want of room. */
  giveUp(key: string | number): void {
    const value = this.take(key)
    if (value === undefined) return
    this.dropped++
    this.givenUp?.(value)
  }

  private set(dueUs: number): void {
    if (this.isSet) return
    this.isSet = true
    this.context.later(dueUs, () => this.expire(dueUs))
  }

  private expire(tickUs: number): void {
    this.isSet = false
    const { ended } = this.context
    while (this.head < this.tail) {
      const i = this.head & (this.starts.length - 1)
      const startUs = this.starts[i] ?? 0
      const dueUs = startUs + this.waitUs
      const value = this.values[i]
      if (value !== undefined && !ended && dueUs > tickUs) {
        this.set(Math.max(dueUs, tickUs + EVERY_US))
        return
      }
      this.head++
      if (value === undefined) continue
      this.vacate(i)
      this.overdue(value, ended ? Math.max(0, this.context.nowUs - startUs) : this.waitUs)
    }
  }

  private dropOldest(): void {
    for (; this.head < this.tail; this.head++) {
      const i = this.head & (this.starts.length - 1)
      const value = this.values[i]
      if (value === undefined) continue
      this.vacate(i)
      this.dropped++
      this.givenUp?.(value)
      return
    }
  }

  private vacate(i: number): void {
    const key = this.keys[i] ?? 0
    if (((this.places.get(key) - 1) & (this.starts.length - 1)) === i) this.places.set(key, 0)
    this.values[i] = undefined
    this.count--
  }

  /** Lays the ring out anew, what waits in front. @param length places, a power of two. */
  private arrange(length: number): void {
    const { keys, values, starts, head, tail } = this
    this.keys = new Array(length)
    this.values = new Array(length)
    this.starts = new Float64Array(length)
    let place = 0
    for (let old = head; old < tail; old++) {
      const i = old & (starts.length - 1)
      const key = keys[i]
      const value = values[i]
      if (key === undefined || value === undefined) continue
      this.keys[place] = key
      this.values[place] = value
      this.starts[place] = starts[i] ?? 0
      this.places.set(key, ++place)
    }
    this.head = 0
    this.tail = place
  }
}
