import type { FictionRange } from './fiction-ranges.ts'
import type { Random } from './random.ts'

/**
 * The plan of `far-from-home`: the shape of a published case, as its report and the press tell it, with invented networks
 * under true country codes. It shows whether the method finds what was put in; it says nothing on whether a claim is true.
 */

export type Generation = '3g' | '4g'
type Year = 2018 | 2019 | 2020

export const DAY_US = 24 * 3_600_000_000
export const START_US = Date.UTC(2018, 0, 1) * 1000
export const END_US = Date.UTC(2020, 6, 1) * 1000
export const MONTHS = 30

/** Titles lie in ranges kept for fiction, or such that no national number can begin with. */
const range = (country: string, prefix: string, width: number, plmn: string): FictionRange => ({
  country,
  prefix,
  width,
  plmn,
  source: 'invented for this scenario',
})

export const NETWORKS = [
  { name: 'Example Mobile', range: range('US', '1212555', 4, '310999') },
  { name: 'Example Telecom China', range: range('CN', '86000', 5, '46098') },
  { name: 'Example Wireless Barbados', range: range('BB', '124655501', 2, '342999') },
  { name: 'Example Bahamas', range: range('BS', '124255501', 2, '36498') },
  { name: 'Example Antigua', range: range('AG', '126855501', 2, '344998') },
  { name: 'Example Guyana', range: range('GY', '592000', 3, '73898') },
  { name: 'Example Virgin Islands', range: range('VG', '128455501', 2, '348998') },
  { name: 'Example France', range: range('FR', '3363998', 4, '20879') },
  { name: 'Example Britain', range: range('GB', '447700900', 3, '23495') },
  { name: 'Example Sweden', range: range('SE', '467017406', 2, '24095') },
  { name: 'Example Italy', range: range('IT', '39000', 5, '22296') },
  { name: 'Example Uganda', range: range('UG', '256000', 5, '64198') },
  { name: 'Example Cambodia', range: range('KH', '855000', 5, '45698') },
] as const

/** Attempts of a year and generation, and the shares of the networks in percent. They add up to 100. */
interface Volume {
  readonly year: Year
  readonly generation: Generation
  readonly attempts: number
  readonly shares: Readonly<Record<string, number>>
}

const VOLUMES: readonly Volume[] = [
  {
    year: 2018,
    generation: '3g',
    attempts: 9_000,
    shares: { CN: 86, BB: 3, BS: 2.5, FR: 2.5, GB: 2, AG: 2, GY: 1, VG: 1 },
  },
  {
    year: 2018,
    generation: '4g',
    attempts: 1_500,
    shares: { CN: 40, FR: 19, GB: 16, BB: 8, BS: 6, AG: 5, GY: 3, VG: 3 },
  },
  {
    year: 2019,
    generation: '3g',
    attempts: 4_500,
    shares: { BB: 28, AG: 19, GY: 14, VG: 13, BS: 10, GB: 8, FR: 6, CN: 2 },
  },
  {
    year: 2019,
    generation: '4g',
    attempts: 5_000,
    shares: { BB: 27, AG: 17, GY: 13, VG: 12, BS: 10, FR: 10, GB: 9, CN: 2 },
  },
  {
    year: 2020,
    generation: '3g',
    attempts: 600,
    shares: { BB: 24, AG: 18, GY: 16, VG: 14, BS: 10, GB: 9, FR: 7, CN: 2 },
  },
  {
    year: 2020,
    generation: '4g',
    attempts: 2_400,
    shares: { BB: 26, AG: 18, GY: 14, VG: 13, BS: 9, FR: 10, GB: 8, CN: 2 },
  },
]

/** Networks that go after the same phones within weeks. */
export const CLUSTER = ['CN', 'BB', 'BS'] as const
/** Months, from 0 for January 2018, in which the shape changes. */
export const CHANGES = { fade: 9, rise: 10, shift: 15 } as const
export const RISING = ['BB', 'AG', 'GY', 'VG'] as const
/** Phones that the mass campaign may ask about. */
export const POPULATION = 20_000
export const FIRST_TARGET = 30_000

/** Relative weight of a month for a network and generation: fading, rising, and the move to 4G. */
function weight(month: number, country: string, generation: Generation): number {
  const shift = month < CHANGES.shift
  const moved = generation === '3g' ? (shift ? 6 : 1) : month < 12 ? 3 : shift ? 1 : 4.5
  const fading = country === 'CN' && month >= CHANGES.fade ? (month < 12 ? 0.3 : 1) : 1
  const rising = month < 12 && RISING.some((one) => one === country) && month >= CHANGES.rise ? 6 : 1
  return moved * fading * rising
}

/** Whole numbers in proportion to `weights` that add up to `total`: largest remainders. */
function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((part) => (total * part) / sum)
  const counts = exact.map(Math.floor)
  const order = exact.map((value, i) => ({ i, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest)
  const left = total - counts.reduce((a, b) => a + b, 0)
  for (const { i } of order.slice(0, left)) counts[i] = (counts[i] ?? 0) + 1
  return counts
}

/** One question about one phone. */
export interface Attempt {
  atUs: number
  country: string
  generation: Generation
  /** Index of the phone. */
  target: number
}

export function monthStart(month: number): number {
  return Date.UTC(2018, month, 1) * 1000
}

/** All attempts of the mass campaigns, in order of time. */
export function planAttempts(random: Random): Attempt[] {
  const attempts: Attempt[] = []
  for (const { year, generation, attempts: total, shares } of VOLUMES) {
    const countries = Object.keys(shares)
    const totals = apportion(total, Object.values(shares))
    const months = Array.from({ length: year === 2020 ? 6 : 12 }, (_, i) => (year - 2018) * 12 + i)
    for (const [i, country] of countries.entries()) {
      const counts = apportion(
        totals[i] ?? 0,
        months.map((month) => weight(month, country, generation)),
      )
      for (const [k, month] of months.entries()) {
        const [fromUs, untilUs] = [monthStart(month), monthStart(month + 1)]
        for (let n = 0; n < (counts[k] ?? 0); n++) {
          const atUs = fromUs + random.between(0, Math.floor((untilUs - fromUs) / 1000) - 600_000) * 1000
          attempts.push({ atUs, country, generation, target: random.between(0, POPULATION - 1) })
        }
      }
    }
  }
  attempts.sort((a, b) => a.atUs - b.atUs)
  return attempts
}

/** Phones that all three members of the cluster go after, and phones that the two smaller ones share. */
const SHARED = { byAll: 70, byTwo: 50 } as const

/**
 * Has the cluster ask about the same phones: for each of some dozens, one attempt of each member within four to eight
 * weeks. Returns how often.
 */
export function coordinate(random: Random, attempts: readonly Attempt[]): number {
  const [large = [], second = [], third = []] = CLUSTER.map((country) =>
    attempts.filter((attempt) => attempt.country === country),
  )
  const taken = new Set<Attempt>()
  let [byAll, byTwo] = [0, 0]
  for (const anchor of random.shuffle(third)) {
    const halfUs = (random.between(28, 56) * DAY_US) / 2
    const near = (other: Attempt): boolean => !taken.has(other) && Math.abs(other.atUs - anchor.atUs) < halfUs
    const [a, b] = [second.filter(near), large.filter(near)]
    if (a.length === 0) continue
    const isAll = b.length > 0 && byAll < SHARED.byAll
    if (!isAll && byTwo >= SHARED.byTwo) continue
    const members = [anchor, random.pick(a), ...(isAll ? [random.pick(b)] : [])]
    const target = random.between(0, POPULATION - 1)
    for (const member of members) {
      member.target = target
      taken.add(member)
    }
    if (isAll) byAll++
    else byTwo++
  }
  return byAll + byTwo
}

/** Exchanges the targets of all attempts, so that each source and each phone keeps its number of attempts. */
export function shuffleTargets(random: Random, attempts: readonly Attempt[]): void {
  const targets = random.shuffle(attempts.map(({ target }) => target))
  for (const [i, attempt] of attempts.entries()) attempt.target = targets[i] ?? attempt.target
}

export const iso = (us: number): string => new Date(us / 1000).toISOString()
export const monthName = (month: number): string => iso(monthStart(month)).slice(0, 7)

/** Attempts by year, generation and network, with each network's share in percent of its year and generation. */
export function truthTable(attempts: readonly Attempt[], names: ReadonlyMap<string, string>) {
  const counts = new Map<string, number>()
  const totals = new Map<string, number>()
  for (const { atUs, generation, country } of attempts) {
    const cell = `${iso(atUs).slice(0, 4)} ${generation}`
    totals.set(cell, (totals.get(cell) ?? 0) + 1)
    counts.set(`${cell} ${country}`, (counts.get(`${cell} ${country}`) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, count]) => {
      const [year = '', generation = '', country = ''] = key.split(' ')
      const share = (100 * count) / (totals.get(`${year} ${generation}`) ?? 1)
      return {
        year: Number(year),
        generation,
        country,
        network: names.get(country) ?? '',
        attempts: count,
        share: Math.round(share * 100) / 100,
      }
    })
}
