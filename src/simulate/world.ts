import type { LengthForm } from './ber-writer.ts'
import type { Cell } from './digits.ts'
import { FICTION_RANGES, type FictionRange, nodeNumber, subscriberNumber } from './fiction-ranges.ts'
import type { Random } from './random.ts'
import type { SccpStyle } from './sccp-writer.ts'
import { CARRIERS } from './wiring.ts'

/** How a network's stack writes what it sends: it differs from vendor to vendor, and none of it is an attack. */
export interface Habits {
  readonly transactionIdBytes: number
  readonly length: LengthForm
  readonly sccp: SccpStyle
  /** Addresses requests to an HLR by E.214, which is made of the IMSI, rather than by the HLR's own number. */
  readonly mobileGlobalTitle: boolean
}

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

/** A mobile network. Its name is invented, and so is its use of a test network's PLMN. */
export interface Operator {
  readonly name: string
  readonly country: string
  readonly plmn: string
  readonly range: FictionRange
  readonly abroad: boolean
  readonly hlr: Node
  readonly vlr: Node
  readonly secondVlr: Node
  readonly msc: Node
  readonly sgsn: Node
  readonly smsc: Node
  readonly gsmScf: Node
  readonly gmlc: Node
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
}

/** Test networks. Source: ITU-T E.212 (MCC 001 for tests, MCC 999 for internal use); three-digit MNCs in the second. */
const PLMNS = ['00101', '00102', '00103', '00145', '00199', '999010', '999123', '999321', '999700', '999888'] as const

const NAMES = [
  'Northmere Mobile', 'Alderbay Telecom', 'Quillon Mobile', 'Saltmarsh Wireless', 'Fernhollow Cellular',
  'Brackwater Mobile', 'Tarnfield Telecom', 'Osterpoint Wireless', 'Wexcombe Mobile', 'Lindhurst Telecom',
] as const // biome-ignore format: one table

/** What most stacks do. */
export const PLAIN_HABITS: Habits = {
  transactionIdBytes: 4,
  length: 'minimal',
  sccp: { type: 'udt', segmentBytes: 240, returnOnError: false },
  mobileGlobalTitle: false,
}

/** Habits drawn by chance, most of them plain. */
export function inventHabits(random: Random): Habits {
  return {
    transactionIdBytes: random.pick([4, 4, 4, 4, 3, 2, 1]),
    length: random.pick<LengthForm>(['minimal', 'minimal', 'minimal', 'minimal', 'padded', 'indefinite']),
    sccp: {
      type: random.pick<SccpStyle['type']>(['udt', 'udt', 'xudt']),
      segmentBytes: random.pick([240, 240, 240, 180]),
      returnOnError: random.chance(30),
    },
    mobileGlobalTitle: random.chance(50),
  }
}

function inventOperator(
  index: number,
  range: FictionRange,
  plmn: string,
  abroad: boolean,
  random: Random,
  plain: boolean,
): Operator {
  const habits = plain ? PLAIN_HABITS : inventHabits(random)
  const carrier = index % CARRIERS
  const node = (number: number, ssn: number): Node => ({ gt: nodeNumber(range, number), ssn, abroad, carrier, habits })
  return {
    name: NAMES[index] ?? `Network ${index}`,
    country: range.country,
    plmn,
    range,
    abroad,
    hlr: node(0, SSN.hlr),
    vlr: node(1, SSN.vlr),
    secondVlr: node(2, SSN.vlr),
    msc: node(3, SSN.msc),
    sgsn: node(4, SSN.sgsn),
    smsc: node(5, SSN.msc),
    gsmScf: node(6, SSN.gsmScf),
    gmlc: node(7, SSN.gmlc),
    firstSubscriber: plain ? 0 : random.between(0, 60),
  }
}

/** A world drawn by chance: other countries, numbers, PLMNs and habits for each seed. */
export function inventWorld(random: Random, partners = 3): World {
  const homes = FICTION_RANGES.filter((range) => range.width > 2)
  const homeRange = random.pick<FictionRange>(homes)
  const ranges = [homeRange, ...random.shuffle<FictionRange>(FICTION_RANGES.filter((range) => range !== homeRange))]
  return assemble(random, ranges, random.shuffle(PLMNS), partners, false)
}

/** A world with every network in its place in the tables and plain habits: for examples that people read. */
export function plainWorld(random: Random, partners = 4): World {
  return assemble(random, FICTION_RANGES, PLMNS, partners, true)
}

function assemble(
  random: Random,
  ranges: readonly FictionRange[],
  plmns: readonly string[],
  partners: number,
  plain: boolean,
): World {
  const operators = ranges.map((range, i) => inventOperator(i, range, plmns[i] ?? '00101', i > 0, random, plain))
  const [home, ...others] = operators
  if (home === undefined) throw new RangeError('a world without a home network')
  return { home, partners: others.slice(0, partners), strangers: others.slice(partners) }
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
