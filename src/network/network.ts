import { isIP } from 'node:net'
import { DigitTrie } from '../numbering/digit-trie.ts'
import { countryOfE164 } from '../numbering/e164.ts'
import {
  countryOfMcc,
  countryOfPlmn,
  isListedPlmn,
  mncLengthOfMcc,
  operatorOfPlmn,
  plmnOfImsi,
} from '../numbering/e212.ts'
import { plmnOfRealm } from '../numbering/realm.ts'
import type { AgreedException, NamedDetector } from './exception.ts'
import { type IdentifierKind, realmKey } from './identifier.ts'
import { ipBits } from './ip-range.ts'
import { memoise } from './memo.ts'
import { type Identifier, identifiersOf, type OperatorEntry } from './operator-entry.ts'
import { type Resolution, type ResolutionMethod, UNRESOLVED } from './resolution.ts'

/** A detector's named parameters, as the user set them. */
export type Thresholds = Readonly<Record<string, number | string | boolean>>

/** Where a message came from: the addresses that are known. */
export interface SourceAddresses {
  readonly gt: string | null
  readonly host: string | null
  readonly realm: string | null
  readonly ip: string | null
  readonly opc: number | null
}

/**
 * Who "we" are and whom we know. Every question takes null for an address that is not there. `home…` answers null when
 * it cannot be known: no address, or `home` lists none of that kind. `operator…` tells by home, then partners (the
 * longest range counts), then public numbering.
 */
export interface Network {
  /** The user's own operator; null without a network file. */
  readonly home: { readonly name: string; readonly country: string | null; readonly plmns: readonly string[] } | null
  /** Partners in use. */
  readonly partners: number
  /** Rows of a partner list that were left out, a line each. */
  readonly warnings: readonly string[]
  /** Detectors that exceptions and thresholds name, with the place in the file. */
  readonly namedDetectors: readonly NamedDetector[]
  homeOfGt(gt: string | null): boolean | null
  homeOfImsi(imsi: string | null): boolean | null
  /** A realm or host name; also by the MCC and MNC it carries. */
  homeOfRealm(realm: string | null): boolean | null
  homeOfPointCode(pointCode: number | null): boolean | null
  homeOfIp(ip: string | null): boolean | null
  operatorOfGt(gt: string | null): Resolution
  operatorOfImsi(imsi: string | null): Resolution
  /** A realm or host name. */
  operatorOfRealm(realm: string | null): Resolution
  operatorOfPointCode(pointCode: number | null): Resolution
  operatorOfIp(ip: string | null): Resolution
  /**
   * The agreed exception that covers a finding of `detectorId` about `source` at capture time `timeUs`; one that holds
   * goes before an expired one. Null when there is none.
   */
  exceptionFor(
    source: SourceAddresses,
    detectorId: string,
    timeUs: number,
  ): { readonly exception: AgreedException; readonly expired: boolean } | null
  /** Empty when the file sets none for that detector. */
  thresholds(detectorId: string): Thresholds
}

/** What a network file holds, checked. */
export interface NetworkData {
  readonly home: OperatorEntry | null
  readonly partners: readonly OperatorEntry[]
  readonly exceptions: readonly AgreedException[]
  readonly thresholds: ReadonlyMap<string, Thresholds>
  readonly detectors: readonly NamedDetector[]
  readonly warnings: readonly string[]
}

const PARTNER_METHODS: Readonly<Record<IdentifierKind, ResolutionMethod>> = {
  plmns: 'partner plmn',
  globalTitles: 'partner prefix',
  realms: 'partner realm',
  pointCodes: 'partner point code',
  ipRanges: 'partner ip range',
}

/** Longest domain name in text, a last dot included (RFC 1035 §2.3.4); longer ones are nobody's. */
const NAME_CHARACTERS = 254

const NO_THRESHOLDS: Thresholds = Object.freeze({})

/** Prepares the look-ups of a network. */
export function createNetwork(data: NetworkData): Network {
  const { home, partners } = data
  const globalTitles = new DigitTrie<Resolution>()
  const plmns = new DigitTrie<Resolution>()
  const realms = new Map<string, Resolution>()
  const ipRanges = new Map<string, Resolution>()
  const pointCodes = new Map<number, Resolution>()
  for (const entry of home === null ? partners : [home, ...partners]) {
    const listed = identifiersOf(entry, 'plmns')
    for (const identifier of entry.identifiers) {
      const resolution = resolutionOf(entry, identifier, listed)
      const { kind, key } = identifier
      if (kind === 'globalTitles') globalTitles.set(key, resolution)
      else if (kind === 'plmns') plmns.set(key, resolution)
      else if (kind === 'realms') realms.set(key, resolution)
      else if (kind === 'ipRanges') ipRanges.set(key, resolution)
      else pointCodes.set(Number.parseInt(key, 10), resolution)
    }
  }

  const numbered = memoise((plmn) => publicResolution(plmn))
  const inCountry = memoise<Resolution>((country) => ({
    operator: null,
    country,
    plmns: [],
    method: 'public numbering',
  }))
  /** By the first six digits, which hold any MCC and MNC. */
  const ofImsi = memoise((firstDigits) => {
    const own = plmns.longest(firstDigits)
    if (own !== null) return own
    const { plmn = null, country = null } = plmnOfImsi(firstDigits) ?? {}
    if (plmn !== null) return numbered(plmn)
    return country === null ? UNRESOLVED : inCountry(country)
  })
  const ofRealm = memoise((realm) => longestPart(realms, realmKey(realm), '.') ?? byCarriedPlmn(realm))
  const ofIp = memoise((ip) => longestPart(ipRanges, ipBits(ip) ?? '', null) ?? UNRESOLVED)

  function byCarriedPlmn(realm: string): Resolution {
    const carried = plmnOfRealm(realm)
    if (carried === null) return UNRESOLVED
    const candidates = carried.mncs.map((mnc) => carried.mcc + mnc)
    for (const plmn of candidates) {
      const own = plmns.longest(plmn)
      if (own?.plmns.includes(plmn)) return own
    }
    const length = mncLengthOfMcc(carried.mcc)
    const fitting = candidates.filter((plmn) => (length === null ? isListedPlmn(plmn) : plmn.length === 3 + length))
    const [only] = fitting
    if (only !== undefined && fitting.length === 1) return numbered(only)
    const country = countryOfMcc(carried.mcc)
    return country === null ? UNRESOLVED : inCountry(country)
  }

  const operators = {
    operatorOfGt(gt: string | null): Resolution {
      if (gt === null) return UNRESOLVED
      const own = globalTitles.longest(gt)
      if (own !== null) return own
      const country = countryOfE164(gt)
      return country === null ? UNRESOLVED : inCountry(country)
    },
    operatorOfImsi: (imsi: string | null) => (isImsi(imsi) ? ofImsi(imsi.slice(0, 6)) : UNRESOLVED),
    operatorOfRealm: (realm: string | null) => (isName(realm) ? ofRealm(realm) : UNRESOLVED),
    operatorOfPointCode: (pointCode: number | null) =>
      (pointCode === null ? null : pointCodes.get(pointCode)) ?? UNRESOLVED,
    operatorOfIp: (ip: string | null) => (ip !== null && isIP(ip) > 0 ? ofIp(ip) : UNRESOLVED),
  }

  const lists = new Set(home?.identifiers.map((identifier) => identifier.kind))
  const isHome = (resolution: Resolution): boolean => resolution.method === 'home'
  return {
    home: home && { name: home.name, country: home.country, plmns: identifiersOf(home, 'plmns') },
    partners: partners.length,
    warnings: data.warnings,
    namedDetectors: data.detectors,
    ...operators,
    homeOfGt: (gt) => (gt && lists.has('globalTitles') ? isHome(operators.operatorOfGt(gt)) : null),
    homeOfImsi: (imsi) => (isImsi(imsi) && lists.has('plmns') ? isHome(operators.operatorOfImsi(imsi)) : null),
    homeOfPointCode: (pointCode) =>
      pointCode !== null && lists.has('pointCodes') ? isHome(operators.operatorOfPointCode(pointCode)) : null,
    homeOfIp: (ip) => (ip !== null && isIP(ip) > 0 && lists.has('ipRanges') ? isHome(ofIp(ip)) : null),
    homeOfRealm(realm) {
      if (!isName(realm)) return null
      if (isHome(ofRealm(realm))) return true
      return lists.has('realms') || (lists.has('plmns') && plmnOfRealm(realm) !== null) ? false : null
    },
    exceptionFor: (source, detectorId, timeUs) => findException(data.exceptions, source, detectorId, timeUs),
    thresholds: (detectorId) => data.thresholds.get(detectorId) ?? NO_THRESHOLDS,
  }
}

/** The network when there is no network file: nothing is home, operators and countries by public numbering alone. */
export const EMPTY_NETWORK: Network = createNetwork({
  home: null,
  partners: [],
  exceptions: [],
  thresholds: new Map(),
  detectors: [],
  warnings: [],
})

function isName(name: string | null): name is string {
  return name !== null && name !== '' && name.length <= NAME_CHARACTERS
}

function isImsi(imsi: string | null): imsi is string {
  return imsi !== null && imsi.length <= 15 && /^\d{6}/.test(imsi)
}

/** What an identifier of an entry resolves to; the country by its own numbering where the file gives none. */
function resolutionOf(entry: OperatorEntry, identifier: Identifier, plmns: readonly string[]): Resolution {
  const method = entry.role === 'home' ? 'home' : PARTNER_METHODS[identifier.kind]
  const country = entry.country ?? countryOfIdentifier(identifier) ?? countryOfPlmn(plmns[0] ?? '')
  return { operator: entry.name, country, plmns, method }
}

function countryOfIdentifier({ kind, key }: Identifier): string | null {
  if (kind === 'globalTitles') return countryOfE164(key)
  return kind === 'plmns' ? countryOfPlmn(key) : null
}

function publicResolution(plmn: string): Resolution {
  const country = countryOfPlmn(plmn)
  const operator = operatorOfPlmn(plmn)
  const method = country === null && operator === null ? 'unknown' : 'public numbering'
  return { operator, country, plmns: [plmn], method }
}

/** The value of the longest beginning of `key` in the map, cut after each `separator` or at any character. */
function longestPart(map: ReadonlyMap<string, Resolution>, key: string, separator: string | null): Resolution | null {
  if (map.size === 0) return null
  for (let end = key.length; end > 0; ) {
    const value = map.get(key.slice(0, end))
    if (value !== undefined) return value
    end--
    // lastIndexOf takes a start below 0 for 0, so an empty first label needs the check of its own.
    if (separator !== null) end = end === 0 ? 0 : key.lastIndexOf(separator, end - 1) + 1
  }
  return null
}

function findException(
  exceptions: readonly AgreedException[],
  source: SourceAddresses,
  detectorId: string,
  timeUs: number,
): { exception: AgreedException; expired: boolean } | null {
  let expired: AgreedException | null = null
  for (const exception of exceptions) {
    if (!exception.detectors.includes(detectorId) || !isCovered(exception, source)) continue
    if (timeUs < exception.endUs) return { exception, expired: false }
    expired ??= exception
  }
  return expired && { exception: expired, expired: true }
}

/** Tells whether every address the exception names covers the source's. */
function isCovered({ keys }: AgreedException, source: SourceAddresses): boolean {
  return (
    (keys.gt === null || source.gt?.startsWith(keys.gt) === true) &&
    (keys.host === null || (source.host !== null && realmKey(source.host).startsWith(keys.host))) &&
    (keys.realm === null || (source.realm !== null && realmKey(source.realm).startsWith(keys.realm))) &&
    (keys.ip === null || (source.ip !== null && ipBits(source.ip)?.startsWith(keys.ip) === true)) &&
    (keys.opc === null || `${source.opc}.` === keys.opc)
  )
}
