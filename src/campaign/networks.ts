import { entryOf } from './entry.ts'
import { LEVELS } from './levels.ts'
import { addressKey, type ObservedSource } from './observation.ts'

const [, { key: rangeOf }] = LEVELS

/** The name a source's network is counted under: operator, else country, else the address itself. */
export function networkName(source: ObservedSource): string {
  return source.operator ?? source.country ?? addressKey(source)
}

/** How many networks addresses are of. */
export interface NetworkCount {
  readonly count: number
  /** Addresses of unknown operators are among them, which may be of more. */
  readonly isLeast: boolean
}

/**
 * The least number of networks these addresses can be of. A title may tell no more than its country, where a host names its
 * operator: unless another country's, an address of an unknown operator may be of one already counted.
 */
export function countNetworks(sources: Iterable<ObservedSource>): NetworkCount {
  const operators = new Set<string>()
  const countries = new Set<string>()
  const unknown: ObservedSource[] = []
  for (const source of sources) {
    if (source.operator === null) unknown.push(source)
    else {
      operators.add(source.operator)
      if (source.country !== null) countries.add(source.country)
    }
  }
  const others = new Set<string>()
  for (const source of unknown) {
    if (source.country === null) others.add(rangeOf(source) ?? addressKey(source))
    else if (!countries.has(source.country)) others.add(source.country)
  }
  return { count: operators.size + others.size, isLeast: unknown.length > 0 }
}

/**
 * The name each source's requests are counted under when networks are followed over time. A title that tells no more than its
 * country, and a host that names the only operator of that country, may well be of one network: both count as the country,
 * so that a move from one to the other passes for no change of networks.
 */
export function namesOverTime(sources: readonly ObservedSource[]): (source: ObservedSource) => string {
  const operators = new Map<string, Set<string>>()
  const partly = new Set<string>()
  for (const { operator, country } of sources) {
    if (country === null) continue
    if (operator === null) partly.add(country)
    else entryOf(operators, country, () => new Set<string>()).add(operator)
  }
  return (source) => {
    const { country } = source
    const isCountry = country !== null && partly.has(country) && operators.get(country)?.size === 1
    return isCountry ? country : networkName(source)
  }
}
