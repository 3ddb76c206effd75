import type { Network } from '../network/network.ts'
import type { Resolution } from '../network/resolution.ts'
import { countryOfE164, kindOfE164 } from '../numbering/e164.ts'
import { countriesOfPlmn, kindOfPlmn } from '../numbering/e212.ts'
import { minimumDistanceKm } from '../numbering/geography.ts'
import { parseTable } from '../numbering/table.ts'
import { TERRITORIES } from '../numbering/tables/territories.ts'
import type { Threshold } from './detector.ts'
import type { Place } from './state/subscribers.ts'

/** What a phone can travel. */
export interface Pace {
  readonly speedKmh: number
  /** Distance that costs no time: radio reaches over borders and straits, and the distances are rounded. */
  readonly slackKm: number
}

/** The way between two places, at its shortest. */
export interface Journey {
  readonly km: number
  /** ISO 3166-1 alpha-2 of the two ends that lie closest. */
  readonly from: string
  readonly to: string
}

export const PACE_THRESHOLDS: readonly Threshold[] = [
  {
    name: 'speedKmh',
    default: 1000,
    unit: 'km/h',
    meaning: 'The fastest a phone is held to travel; airliners fly some 900. A larger value finds less.',
  },
  {
    name: 'slackKm',
    default: 150,
    unit: 'km',
    meaning:
      'Distance that is taken off before the speed is reckoned: radio over straits and borders, ferries, coasts. A larger value finds less.',
  },
]

const HOUR_US = 3_600_000_000

/** Countries that numbering does not tell from one another, each with the others. */
const families = new Map<string, string[]>()
for (const [territory = '', country = ''] of parseTable(TERRITORIES, ' ')) {
  const family = families.get(country) ?? [country]
  family.push(territory)
  families.set(country, family)
  families.set(territory, family)
}

const NOWHERE: readonly string[] = []

/**
 * The countries a place may lie in: of the VLR or SGSN by its number; of the MME by the network it says is visited, else
 * by its realm. Territories that share numbering stand together. Empty where nothing tells, and for ships, aircraft,
 * satellites and networks of no country.
 */
export function countriesOfPlace(place: Place, network: Network): readonly string[] {
  if (isOfNoCountry(place, network)) return NOWHERE
  if (place.protocol === 'map') {
    const own = countriesOfTitle(place.address, network)
    return own.length > 0 || place.via === null ? own : countriesOfTitle(place.via, network)
  }
  if (place.plmn !== null) {
    const listed = countriesOfPlmn(place.plmn)
    if (listed.length > 0) return listed.length === 1 ? familyOf(listed[0] ?? '') : listed
    const { country } = operatorOfPlmn(place.plmn, network)
    if (country !== null) return familyOf(country)
  }
  const { country } = network.operatorOfRealm(place.via ?? place.address)
  return country === null ? NOWHERE : familyOf(country)
}

/**
 * Whether a place may be anywhere: a network at sea, in the air, by satellite, or of several countries (MCC 901, +870,
 * +88x). Its nodes ashore may have numbers of a country; then the network file tells, which lists its network code.
 */
export function isOfNoCountry(place: Place, network: Network): boolean {
  if (place.protocol === 'diameter') return place.plmn !== null && isPlmnOfNoCountry(place.plmn)
  const { plmns } = network.operatorOfGt(place.address)
  if (plmns.length > 0 && plmns.every(isPlmnOfNoCountry)) return true
  const kind = kindOfE164(place.address)
  return kind === 'satellite' || kind === 'network' || kind === 'service'
}

function isPlmnOfNoCountry(plmn: string): boolean {
  const kind = kindOfPlmn(plmn)
  return kind !== null && kind !== 'national' && kind !== 'test' && kind !== 'internal'
}

/** Whose a network code is, by the file or the public list. */
export function operatorOfPlmn(plmn: string, network: Network): Resolution {
  return network.operatorOfImsi(plmn.padEnd(6, '0'))
}

/** The shortest way between two places; null where one lies in no known country. */
export function journeyBetween(from: Place, to: Place, network: Network): Journey | null {
  return shortestJourney(countriesOfPlace(from, network), countriesOfPlace(to, network))
}

/** As `journeyBetween`, between any of one and any of the other countries. */
export function shortestJourney(from: readonly string[], to: readonly string[]): Journey | null {
  let best: Journey | null = null
  for (const a of from) {
    for (const b of to) {
      const km = minimumDistanceKm(a, b)
      if (km !== null && (best === null || km < best.km)) best = { km, from: a, to: b }
    }
  }
  return best
}

/** Whether nobody travels `km` kilometres in `elapsedUs`. */
export function isTooFast(km: number, elapsedUs: number, { speedKmh, slackKm }: Pace): boolean {
  return km > slackKm && (km - slackKm) * HOUR_US > speedKmh * Math.max(0, elapsedUs)
}

/** `12 minutes`, `3.5 hours`, `20 seconds`. */
export function durationWords(us: number): string {
  const seconds = Math.round(us / 1_000_000)
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`
  return `${Math.round(seconds / 360) / 10} hours`
}

function countriesOfTitle(title: string, network: Network): readonly string[] {
  // numbering goes before the file, whose operators may be groups over several countries
  const country = countryOfE164(title) ?? network.operatorOfGt(title).country
  return country === null ? NOWHERE : familyOf(country)
}

const alone = new Map<string, readonly string[]>()

function familyOf(country: string): readonly string[] {
  const family = families.get(country) ?? alone.get(country)
  if (family !== undefined) return family
  const made = [country]
  if (alone.size < 1024) alone.set(country, made)
  return made
}
