import { isIP } from 'node:net'
import { DigitTrie } from '../numbering/digit-trie.ts'
import { countryOfE164 } from '../numbering/e164.ts'
import {
  countryOfMcc,
  countryOfPlmn,
  isListedPlmn,
  kindOfPlmn,
  MOST_IMSI_DIGITS,
  mncLengthOfMcc,
  operatorOfPlmn,
  plmnOfImsi,
} from '../numbering/e212.ts'
import { kindOfRealm, plmnOfRealm } from '../numbering/realm.ts'
import { memoiseRecent } from '../numbering/recent.ts'
import { countryOfInternationalPointCode } from '../numbering/signalling-area.ts'
import type { AgreedException, NamedDetector } from './exception.ts'
import { findException, isCovered, type SourceAddresses } from './exception-match.ts'
import { type IdentifierKind, realmKey } from './identifier.ts'
import { ipBits } from './ip-range.ts'
import { memoise } from './memo.ts'
import { type Identifier, identifiersOf, type OperatorEntry } from './operator-entry.ts'
import { type Resolution, type ResolutionMethod, sameOperator, UNRESOLVED } from './resolution.ts'

/** A detector's named parameters, as the user set them. */
export type Thresholds = Readonly<Record<string, number>>

/** What stands under `policy` of the network file, as it is. */
export type Policy = Readonly<Record<string, unknown>>

/** A carrier between operators. */
export interface Hub {
  /** Null for one known only by the form of its name. */
  readonly name: string | null
}

/**
 * Who "we" are and whom we know. Every question takes null for an address that is not there. `home…` answers null when
 * it cannot be known: no address, or `home` lists none of that kind. `operator…` tells by home, partners and hubs (the
 * longest range counts), then public numbering; the address of a hub has no operator and the method `hub`. `hub…` answers
 * null for any other address.
 */
export interface Network {
  /** The user's own operator; null without a network file. */
  readonly home: { readonly name: string; readonly country: string | null; readonly plmns: readonly string[] } | null
  /** Partners in use. */
  readonly partners: number
  /** Rows of a partner list that were left out, a line each. */
  readonly warnings: readonly string[]
  /** All that were agreed, those that have run out too. */
  readonly exceptions: readonly AgreedException[]
  /** Detectors that exceptions name, and thresholds with their parameters, with the place in the file. */
  readonly namedDetectors: readonly NamedDetector[]
  homeOfGt(gt: string | null): boolean | null
  /** Null also for a country code never assigned: digits in place of an IMSI, in a capture made anonymous, are nobody's. */
  homeOfImsi(imsi: string | null): boolean | null
  /** A realm or host name; also by the MCC and MNC it carries. */
  homeOfRealm(realm: string | null): boolean | null
  homeOfPointCode(pointCode: number | null): boolean | null
  homeOfIp(ip: string | null): boolean | null
  /** An E.164 title, or an E.214 title whose beginning an operator lists. */
  operatorOfGt(gt: string | null): Resolution
  operatorOfImsi(imsi: string | null): Resolution
  /** MCC and MNC as one number, such as a visited network's. */
  operatorOfPlmn(plmn: string | null): Resolution
  /** A realm or host name. */
  operatorOfRealm(realm: string | null): Resolution
  /**
   * @param networkIndicator of the message (ITU-T Q.704 §14.2.1); only for an international code (0) does public numbering
   * tell the country.
   */
  operatorOfPointCode(pointCode: number | null, networkIndicator?: number | null): Resolution
  operatorOfIp(ip: string | null): Resolution
  /** Whether the network file lists IP ranges of an operator: an address outside them is then not known to be its. */
  listsIpRanges(operator: Resolution): boolean
  hubOfGt(gt: string | null): Hub | null
  /** A realm or host name: as the network file lists it, or by its form (`ipxuni.3gppnetwork.org`). */
  hubOfRealm(realm: string | null): Hub | null
  hubOfPointCode(pointCode: number | null): Hub | null
  hubOfIp(ip: string | null): Hub | null
  /**
   * The MCC and MNC that an E.214 title stands for: those of the operator that lists its beginning. Null for any other
   * title, and where that operator has several networks. Source: ITU-T E.214 §3.
   */
  plmnOfMobileGlobalTitle(gt: string | null): string | null
  /** As `sameOperator` of resolution.ts, with the third outcome by name. */
  sameOperator(a: Resolution, b: Resolution): boolean | 'unavailable'
  /**
   * The agreed exception that covers a finding of `detectorId` about `source` at capture time `timeUs`; one that holds
   * goes before an expired one. Null when there is none.
   */
  exceptionFor(
    source: SourceAddresses,
    detectorId: string,
    timeUs: number,
  ): { readonly exception: AgreedException; readonly expired: boolean } | null
  /** All agreed exceptions that cover a source, those that have run out too. */
  exceptionsOf(source: SourceAddresses): readonly AgreedException[]
  /** Empty when the file sets none for that detector. */
  thresholds(detectorId: string): Thresholds
  /** The operator's own rules, such as categories of operations; empty when the file has none. */
  readonly policy: Policy
}

/** What a network file holds, checked. */
export interface NetworkData {
  readonly home: OperatorEntry | null
  readonly partners: readonly OperatorEntry[]
  readonly hubs?: readonly OperatorEntry[]
  /** Hubs that partners name in their IR.21 files; a partner's own claim to the same address goes before theirs. */
  readonly carriers?: readonly OperatorEntry[]
  readonly policy?: Policy
  readonly exceptions: readonly AgreedException[]
  readonly thresholds: ReadonlyMap<string, Thresholds>
  readonly detectors: readonly NamedDetector[]
  readonly warnings: readonly string[]
}

const PARTNER_METHODS: Readonly<Record<IdentifierKind, ResolutionMethod>> = {
  plmns: 'partner plmn',
  globalTitles: 'partner prefix',
  mobileGlobalTitles: 'partner mobile global title',
  realms: 'partner realm',
  hosts: 'partner host',
  pointCodes: 'partner point code',
  ipRanges: 'partner ip range',
}

/** Longest domain name in text, a last dot included (RFC 1035 §2.3.4); longer ones are nobody's. */
const NAME_CHARACTERS = 254

/** A hub known by the form of its name alone. */
const HUB_BY_NAME: Resolution = { operator: null, country: null, plmns: [], method: 'hub' }
/** Network indicator of international point codes (ITU-T Q.704 §14.2.1). */
const INTERNATIONAL = 0

const NO_THRESHOLDS: Thresholds = Object.freeze({})

/** The listed addresses of everybody, by kind. Hosts stand among the realms: both are ends of names. */
interface Listed {
  readonly globalTitles: DigitTrie<Resolution>
  readonly mobileGlobalTitles: DigitTrie<Resolution>
  readonly plmns: DigitTrie<Resolution>
  readonly realms: Map<string, Resolution>
  readonly ipRanges: Map<string, Resolution>
  readonly pointCodes: Map<number, Resolution>
  /** Names of hubs by what their addresses resolve to. */
  readonly hubs: Map<Resolution, Hub>
}

/** Prepares the look-ups of a network. */
export function createNetwork(data: NetworkData): Network {
  const { home, partners } = data
  const { globalTitles, mobileGlobalTitles, plmns, realms, ipRanges, pointCodes, hubs } = listEntries(data)

  const numbered = memoise((plmn) => publicResolution(plmn))
  const inCountry = memoise<Resolution>((country) => ({
    operator: null,
    country,
    plmns: [],
    method: 'public numbering',
  }))
  /** By the first six digits, which hold any MCC and MNC. */
  const ofImsi = memoise((sixDigits: number) => {
    const firstDigits = String(sixDigits).padStart(6, '0')
    const own = plmns.longest(firstDigits)
    if (own !== null) return own
    const { plmn = null, country = null } = plmnOfImsi(firstDigits) ?? {}
    if (plmn !== null) return numbered(plmn)
    return country === null ? UNRESOLVED : inCountry(country)
  })
  /** By the five digits that a pseudonym leaves alone: a network that is listed so, or a country where no MNC has three. */
  const ofPseudonym = memoise((fiveDigits) => {
    const own = plmns.longest(fiveDigits)
    if (own?.plmns.includes(fiveDigits)) return own
    return mncLengthOfMcc(fiveDigits.slice(0, 3)) === 2 ? ofImsi(Number(fiveDigits) * 10) : UNRESOLVED
  })
  const ofPlmn = memoise((plmn) => {
    const own = plmns.longest(plmn)
    if (own?.plmns.includes(plmn)) return own
    return numbered(plmn)
  })
  const ofRealm = memoise((realm) => longestPart(realms, realmKey(realm), '.') ?? byCarriedPlmn(realm))
  /** Null for what is no address. */
  const ofIp = memoise((ip) => (isIP(ip) > 0 ? (longestPart(ipRanges, ipBits(ip) ?? '', null) ?? UNRESOLVED) : null))
  const ofGt = memoiseRecent((gt) => {
    const own = globalTitles.longest(gt) ?? mobileGlobalTitles.longest(gt)
    if (own !== null) return own
    const country = countryOfE164(gt)
    return country === null ? UNRESOLVED : inCountry(country)
  })

  function byCarriedPlmn(realm: string): Resolution {
    const carried = plmnOfRealm(realm)
    if (carried === null) return kindOfRealm(realm) === 'hub' ? HUB_BY_NAME : UNRESOLVED
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
    operatorOfGt: (gt: string | null) => (gt === null ? UNRESOLVED : ofGt(gt)),
    operatorOfImsi(imsi: string | null): Resolution {
      const digits = firstSixDigits(imsi)
      if (digits >= 0) return ofImsi(digits)
      return imsi !== null && imsi.length <= 15 && /^\d{5}\D/.test(imsi) ? ofPseudonym(imsi.slice(0, 5)) : UNRESOLVED
    },
    operatorOfRealm: (realm: string | null) => (isName(realm) ? ofRealm(realm) : UNRESOLVED),
    operatorOfPointCode(pointCode: number | null, networkIndicator: number | null = null): Resolution {
      if (pointCode === null) return UNRESOLVED
      const own = pointCodes.get(pointCode)
      if (own !== undefined) return own
      const country = networkIndicator === INTERNATIONAL ? countryOfInternationalPointCode(pointCode) : null
      return country === null ? UNRESOLVED : inCountry(country)
    },
    operatorOfPlmn: (plmn: string | null) => (plmn !== null && /^\d{5,6}$/.test(plmn) ? ofPlmn(plmn) : UNRESOLVED),
    operatorOfIp: (ip: string | null) => (ip === null ? UNRESOLVED : (ofIp(ip) ?? UNRESOLVED)),
  }

  const ipListers = new Set(
    [home, ...partners].flatMap((entry) =>
      entry?.identifiers.some(({ kind }) => kind === 'ipRanges') === true ? [entry.name] : [],
    ),
  )
  const lists = (kind: IdentifierKind): boolean =>
    home?.identifiers.some((identifier) => identifier.kind === kind) === true
  const [listsTitles, listsPlmns, listsRealms] = [lists('globalTitles'), lists('plmns'), lists('realms')]
  const [listsPointCodes, listsIps] = [lists('pointCodes'), lists('ipRanges')]
  const isHome = (resolution: Resolution): boolean => resolution.method === 'home'
  const homeOfName = memoise((realm): boolean | null => {
    if (isHome(ofRealm(realm))) return true
    return listsRealms || (listsPlmns && plmnOfRealm(realm) !== null) ? false : null
  })
  const hubOf = (resolution: Resolution): Hub | null => {
    return resolution.method === 'hub' ? (hubs.get(resolution) ?? { name: null }) : null
  }
  return {
    home: home && { name: home.name, country: home.country, plmns: identifiersOf(home, 'plmns') },
    partners: partners.length,
    warnings: data.warnings,
    exceptions: data.exceptions,
    namedDetectors: data.detectors,
    ...operators,
    homeOfGt: (gt) => (gt && listsTitles ? isHome(operators.operatorOfGt(gt)) : null),
    homeOfImsi(imsi) {
      if (imsi === null || !listsPlmns) return null
      const owner = operators.operatorOfImsi(imsi)
      if (owner.method !== 'unknown') return isHome(owner)
      return firstSixDigits(imsi) < 0 || kindOfPlmn(imsi.slice(0, 5)) === null ? null : false
    },
    homeOfPointCode: (pointCode) =>
      pointCode !== null && listsPointCodes ? isHome(operators.operatorOfPointCode(pointCode)) : null,
    homeOfIp(ip) {
      const owner = ip === null || !listsIps ? null : ofIp(ip)
      return owner === null ? null : isHome(owner)
    },
    homeOfRealm: (realm) => (isName(realm) ? homeOfName(realm) : null),
    listsIpRanges: ({ operator, method }) =>
      operator !== null && method !== 'public numbering' && ipListers.has(operator),
    hubOfGt: (gt) => hubOf(operators.operatorOfGt(gt)),
    hubOfRealm: (realm) => hubOf(operators.operatorOfRealm(realm)),
    hubOfPointCode: (pointCode) => hubOf(operators.operatorOfPointCode(pointCode)),
    hubOfIp: (ip) => hubOf(operators.operatorOfIp(ip)),
    plmnOfMobileGlobalTitle(gt) {
      const owner = gt === null ? null : mobileGlobalTitles.longest(gt)
      return owner?.plmns.length === 1 ? (owner.plmns[0] ?? null) : null
    },
    sameOperator: (a, b) => sameOperator(a, b) ?? 'unavailable',
    exceptionsOf: (source) => data.exceptions.filter((exception) => isCovered(exception, source)),
    exceptionFor: (source, detectorId, timeUs) => findException(data.exceptions, source, detectorId, timeUs),
    thresholds: (detectorId) => data.thresholds.get(detectorId) ?? NO_THRESHOLDS,
    policy: data.policy ?? {},
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

/** The digits an IMSI begins with, as a number; -1 for what is no IMSI. */
function firstSixDigits(imsi: string | null): number {
  if (imsi === null || imsi.length < 6 || imsi.length > MOST_IMSI_DIGITS) return -1
  let digits = 0
  for (let i = 0; i < 6; i++) {
    const digit = imsi.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    digits = digits * 10 + digit
  }
  return digits
}

/** Of two that list the same address the one who knows better comes later and stays: carriers, partners, hubs, home. */
function listEntries({ home, partners, hubs = [], carriers = [] }: NetworkData): Listed {
  const listed: Listed = {
    globalTitles: new DigitTrie(),
    mobileGlobalTitles: new DigitTrie(),
    plmns: new DigitTrie(),
    realms: new Map(),
    ipRanges: new Map(),
    pointCodes: new Map(),
    hubs: new Map(),
  }
  for (const entries of [carriers, partners, hubs, home === null ? [] : [home]]) {
    for (const entry of entries) listEntry(listed, entry)
  }
  return listed
}

function listEntry(listed: Listed, entry: OperatorEntry): void {
  const plmns = identifiersOf(entry, 'plmns')
  for (const identifier of entry.identifiers) {
    const resolution = resolutionOf(entry, identifier, plmns)
    const { kind, key } = identifier
    if (entry.role === 'hub') listed.hubs.set(resolution, { name: entry.name })
    if (kind === 'globalTitles') listed.globalTitles.set(key, resolution)
    else if (kind === 'mobileGlobalTitles') listed.mobileGlobalTitles.set(key, resolution)
    else if (kind === 'plmns') listed.plmns.set(key, resolution)
    else if (kind === 'ipRanges') listed.ipRanges.set(key, resolution)
    else if (kind === 'pointCodes') listed.pointCodes.set(Number.parseInt(key, 10), resolution)
    else listed.realms.set(key, resolution)
  }
}

/** What an identifier of an entry resolves to; the country by its own numbering where the file gives none. */
function resolutionOf(entry: OperatorEntry, identifier: Identifier, plmns: readonly string[]): Resolution {
  const country = entry.country ?? countryOfIdentifier(identifier) ?? countryOfPlmn(plmns[0] ?? '')
  if (entry.role === 'hub') return { operator: null, country, plmns: [], method: 'hub' }
  const method = entry.role === 'home' ? 'home' : PARTNER_METHODS[identifier.kind]
  return { operator: entry.name, country, plmns, method }
}

function countryOfIdentifier({ kind, key }: Identifier): string | null {
  if (kind === 'globalTitles' || kind === 'mobileGlobalTitles') return countryOfE164(key)
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
