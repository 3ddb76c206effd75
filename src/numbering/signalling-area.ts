import { parseTable } from './table.ts'
import { SIGNALLING_AREAS } from './tables/signalling-areas.ts'

/** Bits of the signalling point inside an international point code (ITU-T Q.708 §3). */
const POINT_BITS = 3
const LARGEST = 0x3fff

/** Countries by the zone and area as one number of eleven bits; undefined where not assigned or not of one country. */
let countries: (string | undefined)[] | null = null

/**
 * The signalling area/network code of an international point code of 14 bits, as the ITU writes it: `2-068`.
 * Source: ITU-T Q.708 §3.
 * @returns null for a number of more bits.
 */
export function signallingAreaOf(pointCode: number): string | null {
  if (!isInternational(pointCode)) return null
  const area = pointCode >> POINT_BITS
  return `${area >> 8}-${String(area & 0xff).padStart(3, '0')}`
}

/**
 * The country to whose signalling network an international point code belongs, ISO 3166-1 alpha-2. It tells where the
 * neighbouring transfer point is registered, not where a message began. Meaningless for a code of a national network
 * (network indicator 2 or 3), which any country gives out anew.
 * Source: ITU list of signalling area/network codes (tables/signalling-areas.ts).
 * @returns null for a code of more than 14 bits, of no assigned area, or of an area that several territories share.
 */
export function countryOfInternationalPointCode(pointCode: number): string | null {
  if (!isInternational(pointCode)) return null
  countries ??= load()
  return countries[pointCode >> POINT_BITS] ?? null
}

function isInternational(pointCode: number): boolean {
  return Number.isInteger(pointCode) && pointCode >= 0 && pointCode <= LARGEST
}

function load(): (string | undefined)[] {
  const loaded = new Array<string | undefined>((LARGEST >> POINT_BITS) + 1).fill(undefined)
  for (const [zone, first, last, country] of parseTable(SIGNALLING_AREAS, ' ')) {
    const start = Number(zone) << 8
    if (country !== '*') loaded.fill(country, start + Number(first), start + Number(last) + 1)
  }
  return loaded
}
