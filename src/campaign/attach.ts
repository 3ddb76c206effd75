import { sharedCells, type TouchTable } from './co-targeting.ts'
import type { CampaignOptions } from './options.ts'
import { hypergeometricTail, poissonBinomialTail, type TrialGroup } from './statistics.ts'

/** A unit must be seen on so much of what the group shares while it is active, unless most of its own subjects are there. */
const LEAST_COVER = 0.3
const LEAST_OWN = 0.5
const LEAST_CELLS = 3
/** A window counts as one in which a unit was active from this share of its busiest window on. */
const ACTIVE = 0.1
/** Subjects of others needed to compare with. */
const LEAST_CONTROLS = 15

/** What a unit touches of a group's shared cells, in the windows it is active in. */
interface Comparison {
  readonly active: ReadonlySet<number>
  readonly mine: ReadonlySet<number>
  readonly shared: number
  readonly sharedTouched: number
  readonly trials: readonly TrialGroup[]
}

/**
 * Units outside a group that go after the subscribers its members share, though the margins of a single window cannot tell:
 * a source that makes most of all suspicious requests touches whatever is popular. Two questions instead, both to be
 * answered with yes beyond chance: does it touch the shared subscribers more often than subscribers known from all the
 * time, and more often than those that other sources touched in the same windows? The second keeps out hubs and partners,
 * which see others' subscribers just as well.
 */
export function attachable(table: TouchTable, group: readonly number[], options: CampaignOptions): number[] {
  const cells = sharedCells(table, group)
  const members = new Set(group)
  const touched = new Map<number, number>()
  for (const cell of cells) {
    for (let u = table.starts[cell] ?? 0; u < (table.starts[cell + 1] ?? 0); u++) {
      const unit = table.units[u] ?? 0
      if (!members.has(unit)) touched.set(unit, (touched.get(unit) ?? 0) + 1)
    }
  }
  const candidates = [...touched].filter(([, count]) => count >= LEAST_CELLS).map(([unit]) => unit)
  const mostP = options.falseDiscoveryRate / Math.max(1, candidates.length) / 10
  const attached: number[] = []
  const isShared = new Set(cells)
  const edges = table.totals.reduce((sum, total) => sum + total, 0)
  for (const unit of candidates.sort((a, b) => a - b)) {
    const c = compare(table, unit, cells, edges)
    const own = c.sharedTouched / Math.max(1, table.totals[unit] ?? 0)
    if (c.sharedTouched < LEAST_CELLS || (own < LEAST_OWN && c.sharedTouched < LEAST_COVER * c.shared)) continue
    const expected = c.trials.reduce((sum, { trials, p }) => sum + trials * p, 0)
    if (c.sharedTouched < options.leastLift * expected) continue
    if (poissonBinomialTail(c.sharedTouched, c.trials) > mostP) continue
    const { others, othersTouched } = controls(table, unit, members, isShared, c)
    if (others >= LEAST_CONTROLS) {
      const marked = c.sharedTouched + othersTouched
      if (hypergeometricTail(c.sharedTouched, c.shared + others, marked, c.shared) > mostP) continue
    } else if (own < LEAST_OWN) continue
    attached.push(unit)
  }
  return attached
}

function compare(table: TouchTable, unit: number, cells: readonly number[], edges: number): Comparison {
  const degreeIn = (u: number, window: number): number => table.degrees.get(u * table.windows + window) ?? 0
  const own = table.windowsOf[unit] ?? []
  const busiest = own.reduce((most, window) => Math.max(most, degreeIn(unit, window)), 0)
  const active = new Set(own.filter((window) => degreeIn(unit, window) >= ACTIVE * busiest))
  const mine = new Set<number>()
  for (let i = table.byUnit.starts[unit] ?? 0; i < (table.byUnit.starts[unit + 1] ?? 0); i++)
    mine.add(table.byUnit.order[i] ?? 0)
  let shared = 0
  let sharedTouched = 0
  const trials: TrialGroup[] = []
  for (const cell of cells) {
    const window = table.cellWindow[cell] ?? 0
    if (!active.has(window)) continue
    shared++
    if (mine.has(cell)) sharedTouched++
    const weight = (table.popularity[table.cellSubject[cell] ?? 0] ?? 0) / edges
    trials.push({ trials: 1, p: Math.min(0.999, -Math.expm1(-degreeIn(unit, window) * weight)) })
  }
  return { active, mine, shared, sharedTouched, trials }
}

/** Cells of the active windows that units beside the group and this one touched. */
function controls(
  table: TouchTable,
  unit: number,
  members: ReadonlySet<number>,
  isShared: ReadonlySet<number>,
  { active, mine }: Comparison,
): { others: number; othersTouched: number } {
  let others = 0
  let othersTouched = 0
  for (const window of active) {
    others += table.models.get(window)?.subjects.find(({ degree }) => degree === 1)?.count ?? 0
    for (const u of [unit, ...members]) others -= table.degrees.get(u * table.windows + window) ?? 0
  }
  for (let cell = 0; cell < table.cellWindow.length; cell++) {
    if (!active.has(table.cellWindow[cell] ?? 0)) continue
    let alien = false
    for (let u = table.starts[cell] ?? 0; u < (table.starts[cell + 1] ?? 0); u++) {
      const other = table.units[u] ?? 0
      if (other === unit || members.has(other)) others++
      else alien = true
    }
    if (!alien || isShared.has(cell)) continue
    others++
    if (mine.has(cell)) othersTouched++
  }
  // single touches were subtracted with the degrees, and the several touches of the group and this unit given back above
  return { others: Math.max(0, others), othersTouched }
}
