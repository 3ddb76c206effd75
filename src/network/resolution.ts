import { brandOfPlmn, countriesOfPlmn, operatorOfPlmn } from '../numbering/e212.ts'
import { areNumberedApart } from '../numbering/territory.ts'

/** How an operator and country were found. */
export type ResolutionMethod =
  | 'home'
  | 'partner plmn'
  | 'partner prefix'
  | 'partner mobile global title'
  | 'partner realm'
  | 'partner host'
  | 'partner point code'
  | 'partner ip range'
  | 'public numbering'
  /** The address of a carrier between operators, which speaks for many: never an operator. */
  | 'hub'
  | 'unknown'

/** Whose an identifier is, as far as the network file and public numbering say. Never guessed. */
export interface Resolution {
  readonly operator: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  /** Networks of the operator, MCC and MNC as one number; those the file lists, or the one the identifier carries. */
  readonly plmns: readonly string[]
  readonly method: ResolutionMethod
}

/** Nothing is known. */
export const UNRESOLVED: Resolution = { operator: null, country: null, plmns: [], method: 'unknown' }

/** Words of company names that say nothing of the company. */
const COMPANY_FORMS =
  /\b(?:ag|as|asa|bv|co|company|corp|corporation|gmbh|inc|incorporated|jsc|limited|llc|llp|ltd|nv|oao|ojsc|ooo|oy|oyj|plc|proprietary|pte|pty|pvt|sa|sae|sal|sarl|sas|sau|sdn bhd|spa|sro|srl|zao)\b/g

/**
 * Tells whether two identifiers are of one operator. True when a network code or a name is in common: the name in the
 * file, or, inside one country, the public list's name or brand of any of its network codes. False when both operators
 * are known and differ, or when their countries are known and numbering keeps them apart. Null when it cannot be told,
 * as with an unknown operator in the same country or the address of a hub. Territories that share numbering with a
 * country (Jersey and the United Kingdom) are not held to be apart.
 */
export function sameOperator(a: Resolution, b: Resolution): boolean | null {
  if (a.method === 'hub' || b.method === 'hub') return null
  if (a === b && !isNameless(a)) return true
  if (a.plmns.some((plmn) => b.plmns.includes(plmn))) return true
  if (areNamedAlike(a, b)) return true
  if (a.operator !== null && b.operator !== null) return false
  // networks of no country (tests, satellites, ships) are told apart by their codes alone
  if (a.plmns.length > 0 && b.plmns.length > 0 && (a.country === null || b.country === null)) return false
  return areCountriesApart(a, b) ? false : null
}

function areNamedAlike(a: Resolution, b: Resolution): boolean {
  if (isNameless(a) || isNameless(b)) return false
  if (isFromFile(a) && isFromFile(b)) return plainName(a.operator ?? '') === plainName(b.operator ?? '')
  if (areCountriesApart(a, b)) return false
  return !namesOf(a).isDisjointFrom(namesOf(b))
}

function areCountriesApart(a: Resolution, b: Resolution): boolean {
  if (a.country === null || b.country === null || !areNumberedApart(a.country, b.country)) return false
  return !serves(a.plmns, b.country) && !serves(b.plmns, a.country)
}

function serves(plmns: readonly string[], country: string): boolean {
  return plmns.some((plmn) => countriesOfPlmn(plmn).includes(country))
}

function isFromFile({ method }: Resolution): boolean {
  return method !== 'public numbering' && method !== 'unknown'
}

function isNameless({ operator, plmns }: Resolution): boolean {
  return operator === null && plmns.length === 0
}

/** Made once for each resolution: there are as many as operators. */
const knownNames = new WeakMap<Resolution, ReadonlySet<string>>()

function namesOf(resolution: Resolution): ReadonlySet<string> {
  const known = knownNames.get(resolution)
  if (known !== undefined) return known
  const { operator, plmns } = resolution
  const names = new Set<string>()
  for (const name of [operator, ...plmns.flatMap((plmn) => [operatorOfPlmn(plmn), brandOfPlmn(plmn)])]) {
    if (name !== null) names.add(plainName(name))
  }
  names.delete('')
  knownNames.set(resolution, names)
  return names
}

/** A name without case, accents, punctuation and company form. */
function plainName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
  return letters.replace(COMPANY_FORMS, '').replace(/ +/g, ' ').trim() || letters.trim()
}
