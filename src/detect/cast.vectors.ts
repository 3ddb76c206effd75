import assert from 'node:assert/strict'
import type { SignallingEvent } from '../event/signalling-event.ts'
import type { AgreedException } from '../network/exception.ts'
import { type IdentifierKind, readIdentifier } from '../network/identifier.ts'
import { createNetwork, type Network, type NetworkData } from '../network/network.ts'
import type { OperatorEntry } from '../network/operator-entry.ts'
import { countryOfE164 } from '../numbering/e164.ts'
import type { MessageDetector, Verdict } from './detector.ts'

/** An operator of a story: its nodes, and a subscriber of it. Numbers are kept for fiction, networks for tests. */
export interface Party {
  readonly name: string
  readonly plmn: string
  /** What global titles of the operator begin with. */
  readonly prefix: string
  readonly hlr: string
  readonly vlr: string
  readonly scf: string
  readonly imsi: string
  readonly msisdn: string
}

/** Who takes part: we, two partners, and one whom the network file does not name. */
export interface Cast {
  readonly home: Party
  readonly partner: Party
  readonly other: Party
  readonly stranger: Party
  /** The network file that names home and partners. */
  readonly network: Network
}

const PLACE = { file: 'network.yaml', line: 1, column: 1 }
/** Point codes and addresses of home in every cast; those of the plain event are foreign. */
export const HOME_LINK = { pointCode: 4114, otherPointCode: 4120, ip: '192.0.2.10', otherIp: '192.0.2.20' }

function party(name: string, plmn: string, prefix: string, width: number): Party {
  const number = (serial: number): string => prefix + String(serial).padStart(width, '0')
  const imsi = plmn + '21'.padStart(15 - plmn.length, '0')
  return { name, plmn, prefix, hlr: number(10), vlr: number(11), scf: number(16), imsi, msisdn: number(47) }
}

function entry(
  role: 'home' | 'partner',
  { name, prefix }: Party,
  lists: Partial<Record<IdentifierKind, readonly string[]>>,
): OperatorEntry {
  const identifiers = (Object.entries(lists) as [IdentifierKind, readonly string[]][]).flatMap(([kind, texts]) =>
    texts.map((text) => {
      const reading = readIdentifier(kind, text)
      assert.ok('key' in reading, text)
      return { kind, value: reading.text, key: reading.key, place: PLACE }
    }),
  )
  return { role, name, country: countryOfE164(prefix), identifiers, place: PLACE }
}

function cast([home, partner, other, stranger]: readonly [Party, Party, Party, Party]): Cast {
  return { home, partner, other, stranger, network: networkOf({ home, partner, other }) }
}

/** A network file that names these, with exceptions. @param links whether it lists our point codes and addresses. */
export function networkOf(
  { home, partner, other }: Pick<Cast, 'home' | 'partner' | 'other'>,
  exceptions: readonly AgreedException[] = [],
  links = true,
): Network {
  const named = (who: Party) => ({ plmns: [who.plmn], globalTitles: [who.prefix] })
  const own = links
    ? { pointCodes: [String(HOME_LINK.pointCode), String(HOME_LINK.otherPointCode)], ipRanges: ['192.0.2.0/24'] }
    : {}
  const data: NetworkData = {
    home: entry('home', home, { ...named(home), ...own }),
    partners: [entry('partner', partner, named(partner)), entry('partner', other, named(other))],
    exceptions,
    thresholds: new Map(),
    detectors: [],
    warnings: [],
  }
  return createNetwork(data)
}

/** An exception for one global title. @param until the last day, and `endUs` the capture time it ends. */
export function agreed(gt: string, detectors: readonly string[], until: string): AgreedException {
  const source = { gt, host: null, realm: null, ip: null, opc: null }
  const endUs = (Date.parse(`${until}T00:00:00Z`) + 86_400_000) * 1000
  return {
    source,
    keys: source,
    detectors,
    reason: 'agreed',
    owner: 'security@example.net',
    until,
    endUs,
    place: PLACE,
  }
}

/** Casts on several continents; in the last, the stranger is of our own country. */
export const CASTS: readonly Cast[] = [
  cast([
    party('Northmere Mobile', '00101', '447700900', 3),
    party('Alderbay Telecom', '00102', '3363998', 4),
    party('Quillon Mobile', '999700', '3532091', 5),
    party('Nobody in Sweden', '00145', '467017406', 2),
  ]),
  cast([
    party('Saltmarsh Wireless', '999321', '124655501', 2),
    party('Fernhollow Cellular', '00103', '187655501', 2),
    party('Tarnfield Telecom', '999010', '121255501', 2),
    party('Nobody in Germany', '00199', '49176040690', 2),
  ]),
  cast([
    party('Osterpoint Wireless', '00199', '121255501', 2),
    party('Wexcombe Mobile', '999888', '161355501', 2),
    party('Lindhurst Telecom', '00101', '6125550', 4),
    party('Nobody in the same country', '00102', '131055501', 2),
  ]),
]

/** The verdict in a word. */
export function outcomeOf(verdict: Verdict): 'none' | 'pass' | 'fail' | 'unavailable' {
  return verdict === null ? 'none' : typeof verdict === 'string' ? verdict : verdict.outcome
}

/** Holds that a verdict is a suspicion that says `words`, surely enough, and gives no subscriber away. */
export function assertFires(verdict: Verdict, words: RegExp, cast: Cast): void {
  assert.ok(verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'fail', JSON.stringify(verdict))
  assert.match(verdict.why, words)
  assert.ok(verdict.confidence.value >= 0.5 && verdict.confidence.value <= 1)
  for (const who of [cast.home, cast.partner, cast.other, cast.stranger]) {
    assert.ok(!verdict.why.includes(who.imsi) && !verdict.why.includes(who.msisdn), verdict.why)
  }
}

/** Holds that a detector does not concern itself with answers to what it judges. */
export function assertJudgesRequestsOnly(detector: MessageDetector, request: SignallingEvent, n: Network): void {
  assert.equal(outcomeOf(detector.detect(request, n)), 'fail')
  for (const kind of ['result', 'error', 'reject', 'abort'] as const) {
    assert.equal(outcomeOf(detector.detect({ ...request, kind }, n)), 'none')
  }
}
