import { countriesInNumbering } from '../numbering/countries.ts'
import { parsePointCode } from '../numbering/point-code.ts'
import { ipBits, parseIpRange } from './ip-range.ts'
import { prefixesOfRange } from './number-range.ts'
import { quote } from './problem.ts'

/** The kinds of identifiers an operator's entry lists, by their key. */
export const IDENTIFIER_KINDS = [
  'plmns',
  'globalTitles',
  'mobileGlobalTitles',
  'realms',
  'hosts',
  'pointCodes',
  'ipRanges',
] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** An identifier as read, or why it cannot be one. */
export type Reading =
  | {
      /** As reports show it. */
      readonly text: string
      /** In a form in which an identifier covers exactly those whose key begins with its own. */
      readonly key: string
    }
  | { readonly wrong: string }

const TITLE = /^\d{1,15}$/

const READERS: Readonly<Record<IdentifierKind, (text: string) => Reading>> = {
  plmns: readPlmn,
  globalTitles: readGlobalTitle,
  mobileGlobalTitles: readGlobalTitle,
  realms: readRealm,
  hosts: readHost,
  pointCodes: readPointCode,
  ipRanges: readIpRange,
}

/** Reads one identifier of a kind, as written in a network file. */
export function readIdentifier(kind: IdentifierKind, text: string): Reading {
  return READERS[kind](text)
}

/**
 * Reads what stands for one or more identifiers of a kind: one identifier, or for titles and addresses a range whose first
 * and last member have a hyphen between them (`33689000-33689499`, `192.0.2.16-192.0.2.31`), read as the fewest that cover it.
 */
export function readIdentifiers(kind: IdentifierKind, text: string): readonly Reading[] {
  const [first = '', last] = text.split('-')
  if (last === undefined || !(kind in RANGE_READERS)) return [readIdentifier(kind, text)]
  const keys = text.split('-').length === 2 ? RANGE_READERS[kind]?.(first, last) : null
  if (keys) return keys.map((key) => ({ text, key }))
  return [{ wrong: `${quote(text)} is not a range; write two of the same length, the lower one first.` }]
}

/** The keys that cover a range; null where the two are not its first and last member. */
const RANGE_READERS: Partial<Record<IdentifierKind, (first: string, last: string) => string[] | null>> = {
  globalTitles: readTitleRange,
  mobileGlobalTitles: readTitleRange,
  ipRanges(first, last) {
    const [low, high] = [ipBits(first), ipBits(last)]
    if (low === null || high === null || low.charAt(0) !== high.charAt(0)) return null
    return prefixesOfRange(low.slice(1), high.slice(1), '1')?.map((bits) => low.charAt(0) + bits) ?? null
  },
}

function readTitleRange(first: string, last: string): string[] | null {
  // A whole number space is nobody's: the key of such a range would be empty.
  if (!TITLE.test(first) || !TITLE.test(last) || first.charAt(0) !== last.charAt(0)) return null
  return prefixesOfRange(first, last, '9')
}

/** Reads a host name, or the end of one. */
export function readHost(text: string): Reading {
  return readDomainName(text, 'host name', 1)
}

/** Reads a country. @returns the text, or what is wrong. */
export function readCountry(text: string): Reading {
  if (countriesInNumbering().has(text)) return { text, key: text }
  const upper = text.toUpperCase()
  const hint = countriesInNumbering().has(upper) ? `"${upper}"` : 'two capital letters such as "GB" or "US"'
  return { wrong: `${quote(text)} is not a country code; write the ISO 3166-1 code, ${hint}.` }
}

/** Reads a calendar date `2027-06-30`. @returns the start of the next day, µs since 1970 UTC, or null. */
export function endOfDayUs(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const date = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) return null
  return (date.getTime() + 86_400_000) * 1000
}

/** The labels of a domain name from the right, each with a dot: `org.3gppnetwork.`; lower case, a last dot dropped. */
export function realmKey(realm: string): string {
  const labels = realm.toLowerCase().split('.')
  if (labels.at(-1) === '') labels.pop()
  return labels.reverse().concat('').join('.')
}

function readPlmn(text: string): Reading {
  if (/^\d{5,6}$/.test(text)) return { text, key: text }
  return {
    wrong: `${quote(text)} is not a network code; write MCC and MNC together, five or six digits such as "310410".`,
  }
}

function readGlobalTitle(text: string): Reading {
  if (TITLE.test(text)) return { text, key: text }
  return {
    wrong: `${quote(text)} is not a global title prefix; write 1 to 15 digits from the country code on, without "+" or spaces, such as "14047".`,
  }
}

function readRealm(text: string): Reading {
  return readDomainName(text, 'realm', 2)
}

function readDomainName(text: string, what: string, leastLabels: number): Reading {
  const name = text.toLowerCase().replace(/\.$/, '')
  const labels = name.split('.')
  const isName = labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))
  if (isName && labels.length >= leastLabels && name.length <= 253) return { text: name, key: realmKey(name) }
  return {
    wrong: `${quote(text)} is not a ${what}; write a domain name such as "epc.mnc410.mcc310.3gppnetwork.org".`,
  }
}

function readPointCode(text: string): Reading {
  const value = parsePointCode(text)
  if (value !== null) return { text: String(value), key: `${value}.` }
  return {
    wrong: `${quote(text)} is not a point code; write the ITU form 3-8-3 such as "2-100-1" (0-7, 0-255, 0-7), or any other kind as one number up to 16777215.`,
  }
}

function readIpRange(text: string): Reading {
  const range = parseIpRange(text)
  if (range === null) {
    return {
      wrong: `${quote(text)} is not an address range; write an address and a prefix length such as "192.0.2.0/24".`,
    }
  }
  if (!range.aligned) {
    return {
      wrong: `${quote(text)} does not begin at the first address of its range; clear the bits after the prefix.`,
    }
  }
  return { text, key: range.bits }
}
