import type { Table } from './memory.ts'

/** Two sums that fade: what was added a half-life ago counts half. */
export interface Faded {
  readonly first: number
  readonly second: number
}

const NOTHING: Faded = { first: 0, second: 0 }
const HOURS = 24
const HOUR_US = 3_600_000_000

/** Two fading sums by key, such as requests that were followed up and requests that were not. Saved with its table. */
export class FadingPairs {
  private readonly table: Table<number[]>
  private readonly halfLifeUs: number

  /** @param table rows of time, first and second. */
  constructor(table: Table<number[]>, halfLifeUs: number) {
    this.table = table
    this.halfLifeUs = halfLifeUs
  }

  add(key: string, timeUs: number, first: number, second: number): Faded {
    const row = this.table.get(key)
    if (row === undefined) {
      this.table.set(key, [timeUs, first, second])
      return { first, second }
    }
    const left = fadeOf(timeUs - (row[0] ?? timeUs), this.halfLifeUs)
    const sums = { first: (row[1] ?? 0) * left + first, second: (row[2] ?? 0) * left + second }
    row[0] = timeUs
    row[1] = sums.first
    row[2] = sums.second
    return sums
  }

  read(key: string, timeUs: number): Faded {
    const row = this.table.get(key)
    if (row === undefined) return NOTHING
    const [thenUs = timeUs, first = 0, second = 0] = row
    const left = fadeOf(timeUs - thenUs, this.halfLifeUs)
    return { first: first * left, second: second * left }
  }
}

/**
 * What is normal by key and hour of the day, so that a daily rhythm is no deviation: for each of the 24 hours a fading mean
 * (half-life in days). Saved with its table; 50 numbers a key.
 */
export class HourlyNormal {
  private readonly table: Table<number[]>
  private readonly halfLifeUs: number

  constructor(table: Table<number[]>, halfLifeUs: number) {
    this.table = table
    this.halfLifeUs = halfLifeUs
  }

  /** Adds `amount` seen in `weight` cases. */
  add(key: string, timeUs: number, amount: number, weight: number): void {
    const known = this.table.get(key)
    const row = known ?? Array.from({ length: 1 + 2 * HOURS }, () => 0)
    const thenUs = known?.[0] ?? timeUs
    const left = fadeOf(timeUs - thenUs, this.halfLifeUs)
    for (let i = 1; i < row.length; i++) row[i] = (row[i] ?? 0) * left
    const slot = 1 + 2 * hourOf(timeUs)
    row[0] = Math.max(timeUs, thenUs)
    row[slot] = (row[slot] ?? 0) + amount
    row[slot + 1] = (row[slot + 1] ?? 0) + weight
    if (known === undefined) this.table.set(key, row)
  }

  /** The mean about this hour of the day, its neighbours included, and the cases it rests on. */
  at(key: string, timeUs: number): { readonly mean: number; readonly cases: number } {
    const row = this.table.get(key)
    if (row === undefined) return { mean: 0, cases: 0 }
    const hour = hourOf(timeUs)
    let amount = 0
    let cases = 0
    for (const near of [hour + HOURS - 1, hour, hour + 1]) {
      const slot = 1 + 2 * (near % HOURS)
      amount += row[slot] ?? 0
      cases += row[slot + 1] ?? 0
    }
    return { mean: cases === 0 ? 0 : amount / cases, cases }
  }
}

/** What is left after `elapsedUs`; captures may step back a little in time. */
function fadeOf(elapsedUs: number, halfLifeUs: number): number {
  return elapsedUs <= 0 ? 1 : 2 ** (-elapsedUs / halfLifeUs)
}

function hourOf(timeUs: number): number {
  return Math.floor(timeUs / HOUR_US) % HOURS
}
