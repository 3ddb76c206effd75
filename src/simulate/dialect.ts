import type { LengthForm } from './ber-writer.ts'
import type { Random } from './random.ts'
import type { SccpStyle } from './sccp-writer.ts'

/**
 * Two families of stacks that write the same things in other ways. A network's own habits vary within its dialect;
 * nothing in a dialect is an attack.
 */
export type Dialect = 'first' | 'second'

/** How a network's stack writes SS7: it differs from vendor to vendor, and none of it is an attack. */
export interface Habits {
  readonly transactionIdBytes: number
  readonly length: LengthForm
  readonly sccp: SccpStyle
  /** Addresses requests to an HLR by E.214, which is made of the IMSI, rather than by the HLR's own number. */
  readonly mobileGlobalTitle: boolean
}

/** How a Diameter stack writes: order of the AVPs, shape of its Session-Ids, what it leaves out. */
export interface DiameterHabits {
  readonly session: 'counter' | 'time' | 'named'
  /** Where Vendor-Specific-Application-Id and Auth-Session-State stand. */
  readonly order: 'application-first' | 'application-last' | 'origin-last'
  /** Sends Vendor-Specific-Application-Id. */
  readonly vendorApplication: boolean
  /** Names its agents in Route-Record: none, the node, or the node and its edge agent. */
  readonly routeRecords: 0 | 1 | 2
  /** Hop-by-Hop and End-to-End identifiers count up, or are drawn. */
  readonly counts: boolean
  /** Names the HSS in Destination-Host where it knows it. */
  readonly destinationHost: boolean
}

/** What most stacks do. */
export const PLAIN_HABITS: Habits = {
  transactionIdBytes: 4,
  length: 'minimal',
  sccp: { type: 'udt', segmentBytes: 240, returnOnError: false },
  mobileGlobalTitle: false,
}

export const PLAIN_DIAMETER_HABITS: DiameterHabits = {
  session: 'counter',
  order: 'application-first',
  vendorApplication: true,
  routeRecords: 1,
  counts: true,
  destinationHost: true,
}

/** Habits drawn by chance, most of them plain. */
export function inventHabits(random: Random, dialect: Dialect = 'first'): Habits {
  const [ids, lengths, types] = SS7_CHOICES[dialect]
  return {
    transactionIdBytes: random.pick(ids),
    length: random.pick(lengths),
    sccp: {
      type: random.pick(types),
      segmentBytes: random.pick([240, 240, 240, 180]),
      returnOnError: random.chance(30),
    },
    mobileGlobalTitle: random.chance(50),
  }
}

const SS7_CHOICES: Readonly<
  Record<Dialect, readonly [readonly number[], readonly LengthForm[], readonly SccpStyle['type'][]]>
> = {
  first: [
    [4, 4, 4, 4, 3, 2, 1],
    ['minimal', 'minimal', 'minimal', 'minimal', 'padded', 'indefinite'],
    ['udt', 'udt', 'xudt'],
  ],
  second: [
    [4, 3, 2],
    ['minimal', 'minimal', 'padded', 'indefinite'],
    ['xudt', 'xudt', 'udt'],
  ],
}

/** Diameter habits drawn by chance. */
export function inventDiameterHabits(random: Random, dialect: Dialect): DiameterHabits {
  const first = dialect === 'first'
  return {
    session: random.pick<DiameterHabits['session']>(first ? ['counter', 'counter', 'time'] : ['named', 'time']),
    order: first ? 'application-first' : random.pick(['application-last', 'origin-last'] as const),
    vendorApplication: random.chance(first ? 90 : 50),
    routeRecords: random.pick([0, 1, 2] as const),
    counts: random.chance(first ? 80 : 30),
    destinationHost: random.chance(first ? 70 : 40),
  }
}
