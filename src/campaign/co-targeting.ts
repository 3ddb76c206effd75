import { LIMITS } from '../limits.ts'
import { entryOf } from './entry.ts'
import { addGroupTrials, addPairTrials, type DegreeClass, fitWindowNull, type WindowNull } from './null-model.ts'
import { type Grouping, groupBy, NONE, type ObservationLog } from './observation-log.ts'
import { hypergeometricTail, poissonBinomialTail, type TrialGroup } from './statistics.ts'

/** Two units that share more subscribers than chance gives. Units are numbers, a < b. */
export interface UnitPair {
  readonly a: number
  readonly b: number
  /** Different subscribers both went after within one window. */
  readonly shared: number
  readonly expected: number
  readonly pValue: number
}

/** The units of one level: `ofSource[source]`, NONE where a source has none. */
export interface Units {
  readonly names: readonly string[]
  readonly ofSource: Uint32Array
}

/**
 * Who touched whom, in windows of fixed length that begin at `phase`: a cell is one subscriber in one window. Cells touched
 * by one unit only are counted, not kept.
 */
export interface TouchTable {
  readonly models: ReadonlyMap<number, WindowNull>
  /** Window and subject of each cell that several units touched, and its units: `units[starts[c], starts[c + 1])`. */
  readonly cellWindow: Uint32Array
  readonly cellSubject: Uint32Array
  readonly starts: Uint32Array
  readonly units: Uint32Array
  /** Cells by unit. */
  readonly byUnit: Grouping
  /** Subscribers of a unit in a window, by `unit × windows + window`; absent is 0. */
  readonly degrees: ReadonlyMap<number, number>
  /** Windows of each unit. */
  readonly windowsOf: readonly (readonly number[])[]
  readonly windows: number
  /** Different subscribers of each unit over all windows. */
  readonly totals: Uint32Array
  /** Different units of each subscriber over all windows. */
  readonly popularity: Uint32Array
}

/** Builds the table; linear in the observations. `bySubject` groups them by subscriber, in time order. */
export function touchTable(
  log: ObservationLog,
  bySubject: Grouping,
  units: Units,
  windowUs: number,
  originUs: number,
  windows: number,
): TouchTable {
  const subjects = bySubject.starts.length - 1
  const cells = new Cells(units.names.length, subjects, windows)
  for (let s = 0; s < subjects; s++) {
    const end = bySubject.starts[s + 1] ?? 0
    for (let i = bySubject.starts[s] ?? 0; i < end; i++) {
      const item = bySubject.order[i] ?? 0
      const unit = units.ofSource[log.source[item] ?? 0] ?? NONE
      if (unit === NONE) continue
      const window = Math.floor(((log.timeUs[item] ?? 0) - originUs) / windowUs)
      cells.touch(s, Math.max(0, Math.min(windows - 1, window)), unit)
    }
  }
  return cells.close()
}

/** Collects cells one after another. */
class Cells {
  private readonly windows: number
  private readonly stamp: Uint32Array
  private readonly lastSubject: Uint32Array
  private readonly totals: Uint32Array
  private readonly popularity: Uint32Array
  private readonly degrees = new Map<number, number>()
  private readonly windowsOf: number[][]
  /** By window: subjects of each degree. */
  private readonly subjectDegrees = new Map<number, Map<number, number>>()
  private readonly cellWindow: number[] = []
  private readonly cellSubject: number[] = []
  private readonly starts: number[] = [0]
  private readonly units: number[] = []
  private readonly current: number[] = []
  private window = NONE
  private subject = NONE
  private number = 0

  constructor(units: number, subjects: number, windows: number) {
    this.windows = windows
    this.stamp = new Uint32Array(units)
    this.lastSubject = new Uint32Array(units).fill(NONE)
    this.totals = new Uint32Array(units)
    this.popularity = new Uint32Array(subjects)
    this.windowsOf = Array.from({ length: units }, () => [])
  }

  touch(subject: number, window: number, unit: number): void {
    if (subject !== this.subject || window !== this.window) {
      this.end()
      this.subject = subject
      this.window = window
      this.number++
    }
    if (this.stamp[unit] === this.number) return
    this.stamp[unit] = this.number
    this.current.push(unit)
    if (this.lastSubject[unit] !== subject) {
      this.lastSubject[unit] = subject
      this.totals[unit] = (this.totals[unit] ?? 0) + 1
      this.popularity[subject] = (this.popularity[subject] ?? 0) + 1
    }
  }

  close(): TouchTable {
    this.end()
    const units = Uint32Array.from(this.units)
    const cellOf = new Uint32Array(units.length)
    for (let c = 0; c + 1 < this.starts.length; c++) cellOf.fill(c, this.starts[c], this.starts[c + 1])
    const places = Uint32Array.from({ length: units.length }, (_, i) => i)
    const grouped = groupBy(places, this.totals.length, (place) => units[place] ?? NONE)
    return {
      models: this.fit(),
      cellWindow: Uint32Array.from(this.cellWindow),
      cellSubject: Uint32Array.from(this.cellSubject),
      starts: Uint32Array.from(this.starts),
      units,
      byUnit: { order: grouped.order.map((place) => cellOf[place] ?? 0), starts: grouped.starts },
      degrees: this.degrees,
      windowsOf: this.windowsOf,
      windows: this.windows,
      totals: this.totals,
      popularity: this.popularity,
    }
  }

  private end(): void {
    const { current, window } = this
    if (current.length === 0) return
    const degrees = entryOf(this.subjectDegrees, window, () => new Map<number, number>())
    degrees.set(current.length, (degrees.get(current.length) ?? 0) + 1)
    for (const unit of current) {
      const key = unit * this.windows + window
      const known = this.degrees.get(key)
      if (known === undefined) this.windowsOf[unit]?.push(window)
      this.degrees.set(key, (known ?? 0) + 1)
    }
    if (current.length > 1 && current.length <= LIMITS.campaignSubjectSources) {
      for (const unit of current) this.units.push(unit)
      this.starts.push(this.units.length)
      this.cellWindow.push(window)
      this.cellSubject.push(this.subject)
    }
    current.length = 0
  }

  private fit(): Map<number, WindowNull> {
    const sources = new Map<number, Map<number, number>>()
    for (const [key, degree] of this.degrees) {
      const window = key % this.windows
      const counts = entryOf(sources, window, () => new Map<number, number>())
      counts.set(degree, (counts.get(degree) ?? 0) + 1)
    }
    const models = new Map<number, WindowNull>()
    for (const [window, counts] of sources)
      models.set(window, fitWindowNull(classes(counts), classes(this.subjectDegrees.get(window) ?? new Map())))
    return models
  }
}

function classes(counts: ReadonlyMap<number, number>): DegreeClass[] {
  return [...counts].map(([degree, count]) => ({ degree, count })).sort((a, b) => a.degree - b.degree)
}

/** Others' subscribers under suspicion that are too few to tell what chance gives: then the whole traffic has to say it … */
const FEW_OTHERS = 10
/** … if it has so many times more subscribers. */
const FAR_MORE = 10

/**
 * Every pair of units that shares at least `leastShared` subscribers, with its chance under the null model; pairs above
 * `mostP`, or under `leastLift` times what chance gives, are left out. Pairs come from shared subscribers only, never
 * from all pairs of units.
 */
export function testPairs(
  table: TouchTable,
  leastShared: number,
  leastLift: number,
  mostP: number,
  subjectsInAll: number,
): UnitPair[] {
  const pairs: UnitPair[] = []
  const known = table.popularity.reduce((sum, units) => sum + Number(units > 0), 0)
  const isSmall = subjectsInAll >= FAR_MORE * known
  const count = new Uint32Array(table.totals.length)
  const lastSubject = new Uint32Array(table.totals.length).fill(NONE)
  for (let a = 0; a < table.totals.length; a++) {
    const touched: number[] = []
    const end = table.byUnit.starts[a + 1] ?? 0
    for (let i = table.byUnit.starts[a] ?? 0; i < end; i++) {
      const cell = table.byUnit.order[i] ?? 0
      const subject = table.cellSubject[cell] ?? 0
      const last = table.starts[cell + 1] ?? 0
      for (let u = table.starts[cell] ?? 0; u < last; u++) {
        const b = table.units[u] ?? 0
        if (b <= a || lastSubject[b] === subject) continue
        if (count[b] === 0) touched.push(b)
        lastSubject[b] = subject
        count[b] = (count[b] ?? 0) + 1
      }
    }
    for (const b of touched) {
      const shared = count[b] ?? 0
      count[b] = 0
      lastSubject[b] = NONE
      if (shared < leastShared) continue
      const [da, db] = [table.totals[a] ?? 0, table.totals[b] ?? 0]
      const others = known - (da + db - shared)
      const isClosed = isSmall && others < FEW_OTHERS
      const expected = isClosed ? (da * db) / subjectsInAll : pairMean(table, a, b)
      // most pairs end here: what is near the expectation needs no tail
      if (shared < leastLift * expected) continue
      const trials = isClosed ? [] : pairTrials(table, a, b)
      if (!isClosed && isNear(shared, expected, trials)) continue
      const pValue = isClosed ? hypergeometricTail(shared, subjectsInAll, da, db) : poissonBinomialTail(shared, trials)
      if (pValue <= mostP && pairs.length < LIMITS.campaignPairs) pairs.push({ a, b, shared, expected, pValue })
    }
  }
  return pairs
}

/** Chance that `shared` subscribers or more are each touched by at least `quorum` of these units within one window. */
export function testGroup(
  table: TouchTable,
  units: readonly number[],
  shared: number,
  quorum: number,
): { readonly expected: number; readonly pValue: number } {
  const byWindow = new Map<number, number[]>()
  for (const unit of units) {
    for (const window of table.windowsOf[unit] ?? []) {
      const degree = table.degrees.get(unit * table.windows + window) ?? 0
      const others = byWindow.get(window)
      if (others === undefined) byWindow.set(window, [degree])
      else others.push(degree)
    }
  }
  const trials: TrialGroup[] = []
  const cap = Math.min(LIMITS.campaignSubjectSources, 3 * units.length)
  for (const [window, degrees] of byWindow) {
    const model = table.models.get(window)
    if (model === undefined || degrees.length < quorum) continue
    addGroupTrials(trials, model, degrees, quorum, cap)
  }
  return { expected: meanOf(trials), pValue: poissonBinomialTail(shared, trials) }
}

/** How many subscribers two units share by chance. */
function pairMean(table: TouchTable, a: number, b: number): number {
  let mean = 0
  for (const window of table.windowsOf[a] ?? []) {
    const other = table.degrees.get(b * table.windows + window)
    const own = table.degrees.get(a * table.windows + window) ?? 0
    if (other !== undefined)
      mean += table.models.get(window)?.pairMeanOf(own, other, LIMITS.campaignSubjectSources) ?? 0
  }
  return mean
}

/** The trials of two units, over the windows both were active in. */
function pairTrials(table: TouchTable, a: number, b: number): TrialGroup[] {
  const trials: TrialGroup[] = []
  for (const window of table.windowsOf[a] ?? []) {
    const other = table.degrees.get(b * table.windows + window)
    const model = table.models.get(window)
    if (other === undefined || model === undefined) continue
    const own = table.degrees.get(a * table.windows + window) ?? 0
    addPairTrials(trials, model, own, other, LIMITS.campaignSubjectSources)
  }
  return trials
}

/** Within two standard deviations, a chance of some per cent: of many pairs that is none to speak of. */
function isNear(shared: number, expected: number, trials: readonly TrialGroup[]): boolean {
  let variance = 0
  for (const { trials: n, p } of trials) variance += n * p * (1 - p)
  return (shared - expected) ** 2 < 4 * variance
}

function meanOf(trials: readonly TrialGroup[]): number {
  let mean = 0
  for (const { trials: n, p } of trials) mean += n * p
  return mean
}

/**
 * Cells that at least `quorum` of these units touched, by number. Popular subscribers, of whose sources they are less than a
 * third, are left out.
 */
export function sharedCells(table: TouchTable, units: readonly number[], quorum = 2): number[] {
  const seen = new Map<number, number>()
  for (const unit of units) {
    const end = table.byUnit.starts[unit + 1] ?? 0
    for (let i = table.byUnit.starts[unit] ?? 0; i < end; i++) {
      const cell = table.byUnit.order[i] ?? 0
      seen.set(cell, (seen.get(cell) ?? 0) + 1)
    }
  }
  const cells: number[] = []
  for (const [cell, count] of seen) {
    const all = (table.starts[cell + 1] ?? 0) - (table.starts[cell] ?? 0)
    if (count >= quorum && 3 * count >= all) cells.push(cell)
  }
  return cells.sort((a, b) => a - b)
}
