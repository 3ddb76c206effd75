import { parseTable } from './table.ts'
import { E164_PREFIXES } from './tables/e164.ts'
import { MOBILE_COUNTRY_CODES } from './tables/mccs.ts'
import { NANP_AREA_CODES } from './tables/nanp.ts'
import { TERRITORIES } from './tables/territories.ts'

let countries: Set<string> | null = null

/** Every country and territory that the numbering tables know, ISO 3166-1 alpha-2 (XK: the user-assigned Kosovo). */
export function countriesInNumbering(): ReadonlySet<string> {
  if (countries === null) {
    countries = new Set()
    for (const table of [E164_PREFIXES, NANP_AREA_CODES, MOBILE_COUNTRY_CODES, TERRITORIES]) {
      for (const row of parseTable(table, ' ')) {
        for (const code of row.slice(0, 2).join(',').split(',')) if (/^[A-Z]{2}$/.test(code)) countries.add(code)
      }
    }
  }
  return countries
}
