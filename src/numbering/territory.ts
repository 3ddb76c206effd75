import { parseTable } from './table.ts'
import { TERRITORIES } from './tables/territories.ts'

const countryOfTerritory = new Map<string, string>()
for (const [territory = '', country = ''] of parseTable(TERRITORIES, ' ')) countryOfTerritory.set(territory, country)

/**
 * Tells whether numbering keeps two countries (ISO 3166-1 alpha-2) well apart. False for a country and its territories
 * in the same numbering (GB and JE, US and PR): there, two different codes do not show two different networks.
 */
export function areNumberedApart(a: string, b: string): boolean {
  return (countryOfTerritory.get(a) ?? a) !== (countryOfTerritory.get(b) ?? b)
}
