import { formatTime } from '../event/time.ts'
import type { CampaignChange } from './campaign.ts'
import { findShareStep, findSteps, type Step } from './change-point.ts'
import { entryOf } from './entry.ts'
import { namesOverTime } from './networks.ts'
import { NOBODY } from './observation.ts'
import { NONE, type ObservationLog } from './observation-log.ts'
import { DAY_US } from './options.ts'

/** A rate that changes by less than this factor is no fading and no rise. */
const FACTOR = 3
/** Share of requests that must move from one protocol to the other. */
const SHARE = 0.4
/** A rise that comes this long before or after a fading belongs to it. */
const SUCCESSION_DAYS = 90
/** Visits a network needs before its changes are dated. */
const LEAST_VISITS = 20
const MOST_NETWORKS = 32
const MOST_CHANGES = 64

/** A dated step of one network. */
interface Dated {
  readonly name: string
  readonly day: number
  readonly uncertaintyDays: number
}

/**
 * How a campaign changes over the capture: networks that fade or rise, one that takes over from another, and the move from
 * SS7 to Diameter. Counted in visits, a subscriber asked about by a network on a day, so that repeats do not weigh.
 * @param items observations of the campaign, in time order.
 * @param nameOf the name a source is counted under: as `namesOverTime` has it when left out.
 */
export function findChanges(
  log: ObservationLog,
  items: Iterable<number>,
  firstUs: number,
  lastUs: number,
  nameOf: (source: number) => string = namesOf(log, items),
): CampaignChange[] {
  const days = Math.floor((lastUs - firstUs) / DAY_US) + 1
  const visits = countVisits(log, items, nameOf, firstUs)
  const fades: Dated[] = []
  const rises: Dated[] = []
  for (const [name, list] of visits.byNetwork) {
    for (const step of findSteps(daily(list, days))) {
      const dated = { name, day: step.day, uncertaintyDays: uncertaintyOf(step) }
      if (step.after * FACTOR <= step.before) fades.push(dated)
      else if (step.after >= step.before * FACTOR) rises.push(dated)
    }
  }
  const at = (day: number): string => formatTime(firstUs + day * DAY_US)
  const changes: CampaignChange[] = [
    ...fades.map(({ name, day, uncertaintyDays }) => change('fade', at(day), uncertaintyDays, name, null)),
    ...rises.map(({ name, day, uncertaintyDays }) => change('rise', at(day), uncertaintyDays, null, name)),
  ]
  for (const rise of rises) {
    // a network that fades in steps gives way once: at the step next to the rise
    for (const name of new Set(fades.map((fade) => fade.name))) {
      const own = fades.filter((fade) => fade.name === name)
      const fade = own.reduce((a, b) => (Math.abs(b.day - rise.day) < Math.abs(a.day - rise.day) ? b : a))
      const apart = Math.abs(fade.day - rise.day)
      if (name === rise.name || apart > SUCCESSION_DAYS + fade.uncertaintyDays + rise.uncertaintyDays) continue
      const uncertaintyDays = Math.ceil(apart / 2) + Math.max(fade.uncertaintyDays, rise.uncertaintyDays)
      const middle = Math.round((fade.day + rise.day) / 2)
      changes.push(change('succession', at(middle), uncertaintyDays, name, rise.name))
    }
  }
  const shift = findShareStep(daily(visits.diameter, days), daily(visits.both, days))
  if (shift !== null && Math.abs(shift.after - shift.before) >= SHARE) {
    const [from, to] = shift.after > shift.before ? ['ss7', 'diameter'] : ['diameter', 'ss7']
    changes.push(change('protocol-shift', at(shift.day), uncertaintyOf(shift), from ?? null, to ?? null))
  }
  return changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(0, MOST_CHANGES)
}

function namesOf(log: ObservationLog, items: Iterable<number>): (source: number) => string {
  const sources = new Set<number>()
  for (const item of items) sources.add(log.source[item] ?? 0)
  const nameOf = namesOverTime([...sources].flatMap((source) => log.sources[source] ?? []))
  const names = new Map([...sources].map((source) => [source, nameOf(log.sources[source] ?? NOBODY)]))
  return (source) => names.get(source) ?? 'unknown'
}

function change(
  kind: CampaignChange['kind'],
  at: string,
  uncertaintyDays: number,
  from: string | null,
  to: string | null,
): CampaignChange {
  return { kind, at, uncertaintyDays, from, to }
}

function uncertaintyOf({ day, low, high }: Pick<Step, 'day' | 'low' | 'high'>): number {
  return Math.max(1, day - low, high - day)
}

/** Days of visits, by network and for the two protocols that replace one another. */
interface Visits {
  readonly byNetwork: readonly (readonly [string, readonly number[]])[]
  readonly diameter: readonly number[]
  readonly both: readonly number[]
}

function countVisits(
  log: ObservationLog,
  items: Iterable<number>,
  nameOf: (source: number) => string,
  firstUs: number,
): Visits {
  const byNetwork = new Map<string, number[]>()
  const numbers = new Map<string, number>()
  const lastDay = new Map<number, number>()
  const diameter: number[] = []
  const both: number[] = []
  for (const item of items) {
    const name = nameOf(log.source[item] ?? 0)
    const list = entryOf(byNetwork, name, () => [])
    const number = entryOf(numbers, name, () => numbers.size)
    const protocol = log.kinds[log.kind[item] ?? 0]?.protocol
    const day = Math.floor(((log.timeUs[item] ?? 0) - firstUs) / DAY_US)
    const subject = log.subject[item] ?? NONE
    const key = (number * (log.subjects.length + 1) + Math.min(subject, log.subjects.length)) * 2
    const own = key + Number(protocol === 'diameter')
    if (lastDay.get(own) === day) continue
    lastDay.set(own, day)
    list.push(day)
    if (protocol !== 'diameter' && protocol !== 'ss7') continue
    both.push(day)
    if (protocol === 'diameter') diameter.push(day)
  }
  const largest = [...byNetwork]
    .filter(([, list]) => list.length >= LEAST_VISITS)
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .slice(0, MOST_NETWORKS)
  return { byNetwork: largest, diameter, both }
}

function daily(list: readonly number[], days: number): Float64Array {
  const counts = new Float64Array(days)
  for (const day of list) counts[day] = (counts[day] ?? 0) + 1
  return counts
}
