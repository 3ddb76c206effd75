import { readFileSync } from 'node:fs'
import { memoiseRecent } from './recent.ts'
import { parseTable } from './table.ts'
import { MOBILE_COUNTRY_CODES } from './tables/mccs.ts'

/** What the first digits of an IMSI tell. */
export interface ImsiPlmn {
  readonly mcc: string
  /** Null when `ambiguous`. */
  readonly mnc: string | null
  /** MCC and MNC; null when `ambiguous`. */
  readonly plmn: string | null
  /** ISO 3166-1 alpha-2; null for test and international networks and unassigned codes. */
  readonly country: string | null
  /** As in the public list, never guessed; null when the list does not name one. */
  readonly operator: string | null
  /** The digits do not tell whether the MNC has two or three digits. */
  readonly ambiguous: boolean
}

interface MccRow {
  readonly countries: readonly string[]
  /** Null where both lengths are in use. */
  readonly mncLength: 2 | 3 | null
}

/**
 * Whom a network serves: `national` one country; `test`, `internal` nobody outside one; `satellite`, `maritime`,
 * `aeronautical`, `iot` subscribers of no country, as the public list remarks; `international` others of no country.
 */
export type PlmnKind =
  | 'national'
  | 'test'
  | 'internal'
  | 'satellite'
  | 'maritime'
  | 'aeronautical'
  | 'iot'
  | 'international'

interface PlmnRow {
  readonly countries: readonly string[]
  readonly operator: string | null
  readonly brand: string | null
  /** Empty but for networks of no country. */
  readonly kind: string
}

/**
 * Digits in the eight octets of an IMSI. It has 15; where a sender writes a digit for the filler, the network is told all
 * the same. Source: 3GPP TS 29.002 §17.7.8.
 */
export const MOST_IMSI_DIGITS = 16
const IMSI = new RegExp(`^\\d{6,${MOST_IMSI_DIGITS}}$`)

let mccs: Map<string, MccRow> | null = null
let plmns: Map<string, string> | null = null

/**
 * Splits an IMSI (decimal digits) into MCC, MNC and the rest, by the MNC length of its country and the list of networks.
 * Source: ITU-T E.212 §6, 3GPP TS 23.003 §2.2.
 * @returns null for anything but 6 to MOST_IMSI_DIGITS decimal digits; `ambiguous` where neither length or both would fit.
 */
export function plmnOfImsi(imsi: string): ImsiPlmn | null {
  if (!IMSI.test(imsi)) return null
  const mcc = imsi.slice(0, 3)
  const row = mccRow(mcc)
  const length = row === null ? null : (row.mncLength ?? listedMncLength(imsi))
  if (length === null) {
    return { mcc, mnc: null, plmn: null, country: countryOfMcc(mcc), operator: null, ambiguous: true }
  }
  const plmn = imsi.slice(0, 3 + length)
  const mnc = plmn.slice(3)
  return { mcc, mnc, plmn, country: countryOfPlmn(plmn), operator: operatorOfPlmn(plmn), ambiguous: false }
}

/** The country that a mobile country code is assigned to; null for codes of no country and unassigned ones. */
export function countryOfMcc(mcc: string): string | null {
  return mccRow(mcc)?.countries[0] ?? null
}

/** MNC digits under a mobile country code; null where both lengths are in use or the code is not assigned. */
export function mncLengthOfMcc(mcc: string): 2 | 3 | null {
  return mccRow(mcc)?.mncLength ?? null
}

/** The holder of an MCC and MNC written as one number (`00101`), as the public list names it; null when it does not. */
export function operatorOfPlmn(plmn: string): string | null {
  return plmnRow(plmn)?.operator ?? null
}

/** The brand of a network where the public list gives one beside the operator's name; null otherwise. */
export function brandOfPlmn(plmn: string): string | null {
  return plmnRow(plmn)?.brand ?? null
}

/** The country of a network: the list's where it tells a territory, else its MCC's; null as in `countryOfMcc`. */
export function countryOfPlmn(plmn: string): string | null {
  return countriesOfPlmn(plmn)[0] ?? null
}

/** Every country or territory that the list says a network serves, the chief one first; empty where there is none. */
export const countriesOfPlmn = memoiseRecent(
  (plmn): readonly string[] => plmnRow(plmn)?.countries ?? mccRow(plmn.slice(0, 3))?.countries.slice(0, 1) ?? [],
)

/**
 * Whom a network serves, from its MCC and MNC written as one number. Null for an MCC that is not assigned.
 * Source: ITU-T E.212 §A, and the public list for networks of MCC 901.
 */
export const kindOfPlmn = memoiseRecent((plmn): PlmnKind | null => {
  const row = mccRow(plmn.slice(0, 3))
  if (row === null) return null
  if (row.countries.length > 0) return 'national'
  if (plmn.startsWith('001')) return 'test'
  if (plmn.startsWith('999')) return 'internal'
  const kind = plmnRow(plmn)?.kind
  return kind === undefined || kind === '' ? 'international' : (kind as PlmnKind)
})

/** Tells whether the public list has a network of this number. */
export function isListedPlmn(plmn: string): boolean {
  plmns ??= loadPlmns()
  return plmns.has(plmn)
}

function listedMncLength(imsi: string): 2 | 3 | null {
  const two = isListedPlmn(imsi.slice(0, 5))
  const three = isListedPlmn(imsi.slice(0, 6))
  if (two === three) return null
  return two ? 2 : 3
}

function mccRow(mcc: string): MccRow | null {
  mccs ??= loadMccs()
  return mccs.get(mcc) ?? null
}

function plmnRow(plmn: string): PlmnRow | null {
  plmns ??= loadPlmns()
  const line = plmns.get(plmn)
  if (line === undefined) return null
  const [, countries = '', operator = '', brand = '', kind = ''] = line.split('\t')
  return {
    countries: countries === '' ? (mccRow(plmn.slice(0, 3))?.countries.slice(0, 1) ?? []) : countries.split(','),
    operator: operator === '' ? null : operator,
    brand: brand === '' ? null : brand,
    kind,
  }
}

function loadMccs(): Map<string, MccRow> {
  const rows = new Map<string, MccRow>()
  for (const [mcc = '', countries = '-', mncLength = '*'] of parseTable(MOBILE_COUNTRY_CODES, ' ')) {
    rows.set(mcc, {
      countries: countries === '-' ? [] : countries.split(','),
      mncLength: mncLength === '2' ? 2 : mncLength === '3' ? 3 : null,
    })
  }
  return rows
}

/** The lines of the list by network. It is the one large table: read when first asked for, a line taken apart when needed. */
function loadPlmns(): Map<string, string> {
  const lines = new Map<string, string>()
  const text = readFileSync(new URL('./tables/plmns.tsv', import.meta.url), 'utf8')
  for (const line of text.split('\n')) {
    if (line !== '' && !line.startsWith('#')) lines.set(line.slice(0, line.charAt(5) === '\t' ? 5 : 6), line)
  }
  return lines
}
