import {
  type Dialect,
  type DiameterHabits,
  type Habits,
  inventDiameterHabits,
  inventHabits,
  PLAIN_DIAMETER_HABITS,
  PLAIN_HABITS,
} from './dialect.ts'
import type { Cell } from './digits.ts'
import { FICTION_RANGES, type FictionRange, nodeNumber, subscriberNumber } from './fiction-ranges.ts'
import type { Random } from './random.ts'
import { CARRIERS } from './wiring.ts'

/** Subsystem numbers. Source: TS 23.003 §8. */
export const SSN = { hlr: 6, vlr: 7, msc: 8, gmlc: 145, gsmScf: 147, sgsn: 149 } as const

/** A node as SCCP sees it. `abroad` is where it sends from, whatever its global title claims. */
export interface Node {
  readonly gt: string
  readonly ssn: number
  readonly abroad: boolean
  /** Index of the carrier that connects it, where abroad. */
  readonly carrier: number
  readonly habits: Habits
}

/** A node as Diameter sees it. */
export interface Peer {
  readonly host: string
  readonly realm: string
  readonly abroad: boolean
  /** Index of the carrier that connects it, where abroad. */
  readonly carrier: number
  readonly habits: DiameterHabits
}

/** A node as GTP sees it: four octets of an IPv4 address. */
export interface Gateway {
  readonly ip: readonly number[]
  readonly abroad: boolean
  readonly carrier: number
}

/** A mobile network. Its name is invented, and so is its use of a test network's PLMN. */
export interface Operator {
  readonly name: string
  readonly country: string
  readonly plmn: string
  /** PLMN of a virtual operator that this network's registers serve; null where there is none. */
  readonly virtualPlmn: string | null
  readonly range: FictionRange
  readonly abroad: boolean
  readonly hlr: Node
  readonly vlr: Node
  readonly secondVlr: Node
  readonly msc: Node
  readonly sgsn: Node
  readonly smsc: Node
  /** Answers for the whole network when a short message asks for a route. */
  readonly smsRouter: Node
  readonly gsmScf: Node
  readonly gmlc: Node
  readonly realm: string
  readonly hss: Peer
  readonly mme: Peer
  readonly secondMme: Peer
  readonly gmlcPeer: Peer
  readonly smscPeer: Peer
  /** First octets of the addresses of its gateways. */
  readonly ipNetwork: readonly [number, number, number]
  readonly sgw: Gateway
  readonly pgw: Gateway
  readonly sgsnGateway: Gateway
  readonly ggsn: Gateway
  /** First subscriber of this run: keeps the numbers of two seeds apart. */
  readonly firstSubscriber: number
}

/** A phone that nobody has. */
export interface Subscriber {
  readonly imsi: string
  readonly msisdn: string
  readonly home: Operator
}

/** The networks of one run: who we are, whom we know, and who is neither. */
export interface World {
  readonly home: Operator
  readonly partners: readonly Operator[]
  /** Networks that network.yaml does not name. */
  readonly strangers: readonly Operator[]
  readonly dialect: Dialect
}

/** Test networks. Source: ITU-T E.212 (MCC 001 for tests, MCC 999 for internal use); three-digit MNCs in the second. */
const PLMNS = ['00101', '00102', '00103', '00145', '00199', '999010', '999123', '999321', '999700', '999888'] as const

const NAMES = [
  'Northmere Mobile', 'Alderbay Telecom', 'Quillon Mobile', 'Saltmarsh Wireless', 'Fernhollow Cellular',
  'Brackwater Mobile', 'Tarnfield Telecom', 'Osterpoint Wireless', 'Wexcombe Mobile', 'Lindhurst Telecom',
] as const // biome-ignore format: one table

function inventOperator(
  index: number,
  range: FictionRange,
  plmn: string,
  abroad: boolean,
  random: Random,
  plain: boolean,
  dialect: Dialect,
): Operator {
  const habits = plain ? PLAIN_HABITS : inventHabits(random, dialect)
  const carrier = index % CARRIERS
  const node = (number: number, ssn: number): Node => ({ gt: nodeNumber(range, number), ssn, abroad, carrier, habits })
  const diameter = plain ? PLAIN_DIAMETER_HABITS : inventDiameterHabits(random, dialect)
  const realm = realmOf(plmn)
  const peer = (name: string): Peer => ({ host: `${name}.${realm}`, realm, abroad, carrier, habits: diameter })
  const ipNetwork = ipNetworkOf(index)
  const gateway = (last: number): Gateway => ({ ip: [...ipNetwork, last], abroad, carrier })
  const style =
    dialect === 'first' ? ['hss01', 'mme01', 'mme02'] : ['hss-a', 'mmec1.mmegi8001.mme', 'mmec2.mmegi8001.mme']
  const [hss = '', mme = '', secondMme = ''] = style
  return {
    name: NAMES[index] ?? `Network ${index}`,
    country: range.country,
    plmn,
    virtualPlmn: plain ? null : virtualPlmnOf(plmn),
    range,
    abroad,
    hlr: node(0, SSN.hlr),
    vlr: node(1, SSN.vlr),
    secondVlr: node(2, SSN.vlr),
    msc: node(3, SSN.msc),
    sgsn: node(4, SSN.sgsn),
    smsc: node(5, SSN.msc),
    smsRouter: node(plain ? 3 : 8, SSN.msc),
    gsmScf: node(6, SSN.gsmScf),
    gmlc: node(7, SSN.gmlc),
    realm,
    hss: peer(hss),
    mme: peer(mme),
    secondMme: peer(secondMme),
    gmlcPeer: peer('gmlc'),
    smscPeer: peer('smsc'),
    ipNetwork,
    sgw: gateway(33),
    pgw: gateway(34),
    sgsnGateway: gateway(35),
    ggsn: gateway(36),
    firstSubscriber: plain ? 0 : random.between(0, 60),
  }
}

/** MNCs that no network holds, beside those of `FICTION_RANGES`. */
const VIRTUAL_PLMNS = [
  '20875', '23497', '24097', '26297', '27297', '302993', '310998', '338998', '342998', '50597',
] as const // biome-ignore format: one table

/** The PLMN of a virtual operator in the country of `plmn`: of a test network's, one of the same MCC. */
function virtualPlmnOf(plmn: string): string | null {
  const [mcc, mnc] = [plmn.slice(0, 3), plmn.slice(3)]
  if (mcc === '001' || mcc === '999') return `${mcc}${mnc.slice(0, -2)}7${mnc.at(-1)}`
  return VIRTUAL_PLMNS.find((virtual) => virtual.startsWith(mcc)) ?? null
}

/** A network of no country: its phones and devices are on ships or anywhere. Its PLMN and its numbers are invented. */
export function inventGlobalOperator(random: Random, dialect: Dialect): Operator {
  const range: FictionRange = {
    country: '',
    prefix: '8829900',
    width: 4,
    plmn: '90198',
    source: 'invented, under the country code of global networks (ITU-T E.164.1)',
  }
  return { ...inventOperator(30, range, range.plmn, true, random, false, dialect), name: 'Example Maritime' }
}

/** Realm of a network. Source: TS 23.003 §19.2. */
export function realmOf(plmn: string): string {
  return `epc.mnc${plmn.slice(3).padStart(3, '0')}.mcc${plmn.slice(0, 3)}.3gppnetwork.org`
}

/** Ours are of TEST-NET-1 (RFC 5737 §3), the others' of the range for benchmarks (RFC 2544 appendix C.2.2). */
function ipNetworkOf(index: number): readonly [number, number, number] {
  return index === 0 ? [192, 0, 2] : [198, 18, index]
}

/** A world drawn by chance: other countries, numbers, PLMNs and habits for each seed. */
export function inventWorld(random: Random, partners = 3, dialect: Dialect = 'first'): World {
  const homes = FICTION_RANGES.filter((range) => range.width > 2)
  const homeRange = random.pick<FictionRange>(homes)
  const ranges = [homeRange, ...random.shuffle<FictionRange>(FICTION_RANGES.filter((range) => range !== homeRange))]
  return assemble(random, ranges, random.shuffle(PLMNS), partners, false, dialect)
}

/**
 * A world whose PLMNs carry the MCC of their country, with an MNC that nobody holds: for rules about countries. Operators
 * are invented all the same.
 */
export function worldOf(random: Random, partners = 5, dialect: Dialect = 'first'): World {
  const homes = FICTION_RANGES.filter((range) => range.width > 2)
  const homeRange = random.pick<FictionRange>(homes)
  const ranges = [homeRange, ...random.shuffle<FictionRange>(FICTION_RANGES.filter((range) => range !== homeRange))]
  return assemble(
    random,
    ranges,
    ranges.map((range) => range.plmn),
    partners,
    false,
    dialect,
  )
}

/** A world with every network in its place in the tables and plain habits: for examples that people read. */
export function plainWorld(random: Random, partners = 4): World {
  return assemble(random, FICTION_RANGES, PLMNS, partners, true, 'first')
}

/** A world of given ranges and names, all of them partners of the first. */
export function worldOfRanges(
  random: Random,
  networks: readonly { readonly name: string; readonly range: FictionRange }[],
  dialect: Dialect,
): World {
  const ranges = networks.map(({ range }) => range)
  const plmns = ranges.map(({ plmn }) => plmn)
  const names = networks.map(({ name }) => name)
  return assemble(random, ranges, plmns, networks.length - 1, false, dialect, names)
}

function assemble(
  random: Random,
  ranges: readonly FictionRange[],
  plmns: readonly string[],
  partners: number,
  plain: boolean,
  dialect: Dialect,
  names: readonly string[] = NAMES,
): World {
  const operators = ranges.map((range, i) => {
    const operator = inventOperator(i, range, plmns[i] ?? '00101', i > 0, random, plain, dialect)
    return { ...operator, name: names[i] ?? operator.name }
  })
  const [home, ...others] = operators
  if (home === undefined) throw new RangeError('a world without a home network')
  return { home, partners: others.slice(0, partners), strangers: others.slice(partners), dialect }
}

/** One of an operator's subscribers. The IMSI starts with the PLMN and ends in the index: plainly invented. */
export function subscriber(home: Operator, index: number): Subscriber {
  const serial = home.firstSubscriber + index
  const msin = String(serial + 1).padStart(15 - home.plmn.length, '0')
  return { imsi: home.plmn + msin, msisdn: subscriberNumber(home.range, serial), home }
}

/** An invented cell of an operator. */
export function inventCell(operator: Operator, random: Random): Cell {
  return { plmn: operator.plmn, lac: random.between(100, 900), cellId: random.between(1_000, 60_000) }
}
