import { DigitTrie } from './digit-trie.ts'
import { memoiseRecent } from './recent.ts'
import { parseTable } from './table.ts'
import { E164_PREFIXES } from './tables/e164.ts'
import { NANP_AREA_CODES } from './tables/nanp.ts'

/**
 * What an E.164 prefix stands for: `country` a country's or territory's numbers; `shared` a code shared by several, the
 * digits not telling which; `satellite` global mobile satellite systems (870, 881, Thuraya in 882); `network`
 * international networks (882, 883); `service` numbers of no place (freephone, personal, premium, humanitarian).
 */
export type E164Kind = 'country' | 'shared' | 'satellite' | 'network' | 'service'

interface E164Row {
  readonly country: string | null
  readonly kind: E164Kind
  /** Country code alone, without area code. */
  readonly countryCode: string
}

let trie: DigitTrie<E164Row> | null = null

/**
 * The country or territory of an international number (digits without prefix or plus sign), ISO 3166-1 alpha-2.
 * Source: ITU-T E.164 list of assigned country codes; North American and other shared codes told apart (tables/).
 * @returns null for a number of no single country (see `kindOfE164`), an unassigned code, or text without digits.
 */
export function countryOfE164(digits: string): string | null {
  return find(digits)?.country ?? null
}

/** What kind of number it is; null for an unassigned code. Source: as `countryOfE164`. */
export function kindOfE164(digits: string): E164Kind | null {
  return find(digits)?.kind ?? null
}

/** The country code a number begins with, one to three digits; null for an unassigned code. Source: ITU-T E.164. */
export function countryCodeOfE164(digits: string): string | null {
  return find(digits)?.countryCode ?? null
}

const find = memoiseRecent((digits): E164Row | null => {
  trie ??= load()
  return trie.longest(digits)
})

function load(): DigitTrie<E164Row> {
  const loaded = new DigitTrie<E164Row>()
  let countryCode = ''
  for (const [prefix = '', country = '-', kind = 'country'] of parseTable(E164_PREFIXES, ' ')) {
    // In code order a range follows the code it is part of; 7 and 76 are one code, as no code begins another.
    if (countryCode === '' || !prefix.startsWith(countryCode)) countryCode = prefix
    loaded.set(prefix, { country: country === '-' ? null : country, kind: kind as E164Kind, countryCode })
  }
  for (const [area = '', country = '-', kind = 'country'] of parseTable(NANP_AREA_CODES, ' ')) {
    loaded.set(`1${area}`, { country: country === '-' ? null : country, kind: kind as E164Kind, countryCode: '1' })
  }
  return loaded
}
