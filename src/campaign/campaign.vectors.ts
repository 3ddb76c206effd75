import type { FindingClass } from '../finding/finding.ts'
import { Random } from '../simulate/random.ts'
import type { Background, CampaignProtocol, Observation, ObservedSource } from './observation.ts'
import { addressKey } from './observation.ts'
import { DAY_US, HOUR_US } from './options.ts'

/* Synthetic observations: invented operators, numbers of the drama ranges and subscribers of MCC 001. */

export const START_US = Date.UTC(2030, 0, 1) * 1000
const COUNTRIES = ['AA', 'BB', 'CC', 'DD', 'EE', 'FF', 'GG', 'HH', 'JJ', 'KK', 'LL', 'MM']

export function titleSource(number: number, country: string, operator: string | null = null): ObservedSource {
  const gt = `4477009${String(number).padStart(5, '0')}`
  return { gt, host: null, realm: null, ip: null, opc: null, operator: operator ?? `Operator ${number}`, country }
}

export function hostSource(number: number, country: string): ObservedSource {
  const realm = `epc.mnc${String(number).padStart(3, '0')}.mcc001.3gppnetwork.org`
  return { gt: null, host: `node.${realm}`, realm, ip: null, opc: null, operator: `Operator ${number}`, country }
}

export function observe(
  source: ObservedSource,
  subject: number | null,
  timeUs: number,
  more: Partial<Observation> = {},
): Observation {
  return {
    findingId: `F-${String(Math.floor(timeUs / 1e6)).padStart(16, '0')}`,
    detector: 'LOC-02',
    class: 'location' as FindingClass,
    protocol: (source.gt === null ? 'diameter' : 'ss7') as CampaignProtocol,
    operation: source.gt === null ? 'Insert-Subscriber-Data' : 'provideSubscriberInfo',
    timeUs,
    source,
    subjectKey: subject === null ? null : `00101${String(subject).padStart(10, '0')}`,
    answered: false,
    encoding: null,
    ...more,
  }
}

/** Members of a planted campaign, by `addressKey`. */
export interface Planted {
  readonly observations: Observation[]
  readonly campaigns: readonly ReadonlySet<string>[]
  readonly background: Background
}

/**
 * A world of random sources: decoys (partners that see many roamers, popular subscribers, a hub, an aggregator) and two
 * planted campaigns: a cluster that goes after the same subscribers within weeks, and identities that rotate on one.
 */
export function plantedWorld(seed: number): Planted {
  const random = new Random(seed)
  const days = random.between(150, 500)
  const subjects = random.between(600, 3000)
  const anyTime = (): number => START_US + random.between(0, days * 24 * 60) * 60_000_000
  const anySubject = (): number => random.between(100, subjects)
  const observations: Observation[] = []
  const put = (source: ObservedSource, subject: number, timeUs: number, more: Partial<Observation> = {}): void => {
    observations.push(observe(source, subject, timeUs, more))
    for (let again = random.between(0, 2); again > 0; again--)
      observations.push(observe(source, subject, timeUs + random.between(1, 900) * 1_000_000, more))
  }
  let number = 1
  const country = (): string => random.pick(COUNTRIES)
  const decoys: ObservedSource[] = []
  for (let partner = random.between(8, 20); partner > 0; partner--) {
    const [name, where] = [`Partner ${partner}`, country()]
    for (let node = random.between(1, 3); node > 0; node--) {
      const source = random.chance(30) ? hostSource(number++, where) : titleSource(number++ * 7, where, name)
      decoys.push(source)
      for (let visit = random.between(10, 150); visit > 0; visit--) put(source, anySubject(), anyTime())
    }
  }
  const hub = titleSource(90_001, country(), 'Hub')
  for (let visit = Math.floor(subjects * 0.8); visit > 0; visit--) put(hub, anySubject(), anyTime())
  const aggregator = titleSource(90_002, country(), 'Aggregator')
  for (let visit = Math.floor(subjects * 0.3); visit > 0; visit--) put(aggregator, anySubject(), anyTime())
  for (let popular = 0; popular < 8; popular++)
    for (const source of [...decoys, hub, aggregator])
      for (let visit = random.between(0, 3); visit > 0; visit--) put(source, popular, anyTime())

  const members = Array.from({ length: random.between(3, 6) }, () =>
    random.chance(30) ? hostSource(number++, country()) : titleSource(number++ * 7, country()),
  )
  const clusterStart = random.between(0, days - 90)
  const targets = Array.from({ length: random.between(20, 60) }, anySubject)
  for (const target of targets) {
    const around = START_US + (clusterStart + random.between(0, 60)) * DAY_US
    for (const member of random.shuffle(members).slice(0, Math.max(2, Math.ceil(members.length * 0.7))))
      put(member, target, around + random.between(0, 20 * 24) * HOUR_US)
  }
  for (const member of members)
    for (let visit = random.between(0, 12); visit > 0; visit--) put(member, anySubject(), anyTime())
  for (const member of members) put(member, random.between(0, 7), anyTime())

  const victim = anySubject()
  const identities = Array.from({ length: random.between(5, 9) }, () =>
    random.chance(40) ? hostSource(number++, country()) : titleSource(number++ * 7, country()),
  )
  for (let burst = random.between(2, 4); burst > 0; burst--) {
    const at = anyTime()
    for (const identity of random.shuffle(identities).slice(0, Math.max(4, identities.length - 1)))
      put(identity, victim, at + random.between(0, 150) * 60_000_000)
  }
  observations.sort((a, b) => a.timeUs - b.timeUs)
  const used = new Set(observations.map(({ source }) => addressKey(source)))
  const keys = (list: readonly ObservedSource[]): Set<string> =>
    new Set(list.map(addressKey).filter((key) => used.has(key)))
  return {
    observations,
    campaigns: [keys(members), keys(identities)],
    background: { requests: 50 * observations.length, subjects: 4 * subjects, sources: [], encodings: [] },
  }
}

/** The same requests with their subscribers dealt out anew. */
export function shuffled(observations: readonly Observation[], seed: number): Observation[] {
  const random = new Random(seed)
  const keys = random.shuffle(observations.map(({ subjectKey }) => subjectKey))
  return observations.map((one, i) => ({ ...one, subjectKey: keys[i] ?? null }))
}

/** Pairs of addresses that stand in one set. */
export function pairsOf(sets: readonly ReadonlySet<string>[]): Set<string> {
  const pairs = new Set<string>()
  for (const set of sets) {
    const list = [...set].sort()
    for (const [i, a] of list.entries()) for (const b of list.slice(i + 1)) pairs.add(`${a} ${b}`)
  }
  return pairs
}
