import { tgppAvp } from '../avp-writer.ts'
import type { DiameterHabits, Habits } from '../dialect.ts'
import { COMMANDS, IDR_FLAGS, userName } from '../diameter-commands.ts'
import { accepted, authenticateEps, insertEps, refusedRequest, request } from '../eps-procedures.ts'
import { nodeNumber } from '../fiction-ranges.ts'
import {
  type Attempt,
  CHANGES,
  CLUSTER,
  coordinate,
  DAY_US,
  END_US,
  FIRST_TARGET,
  type Generation,
  iso,
  MONTHS,
  monthName,
  monthStart,
  NETWORKS,
  POPULATION,
  planAttempts,
  RISING,
  START_US,
  shuffleTargets,
  truthTable,
} from '../founding-case.ts'
import { attack, byImsi } from '../labels.ts'
import { anyTimeInterrogationArg, provideSubscriberInfoArg } from '../map-location.ts'
import { OPERATIONS } from '../map-operations.ts'
import { mtForwardSmArg } from '../map-service.ts'
import { fetchVectors } from '../questions.ts'
import { roamingDay } from '../roaming-day.ts'
import type { Scenario } from '../scenario.ts'
import { COMMAND_HEADER, commandPacket, smsTpdu } from '../sms-writer.ts'
import type { Stage } from '../stage.ts'
import type { Framed } from '../traffic.ts'
import { type Node, type Operator, type Peer, SSN, type Subscriber, subscriber, worldOfRanges } from '../world.ts'
import { found } from './location.ts'

const MINUTE_US = 60_000_000

/** A source of a network: the titles and hosts that its tenant uses, and the stack it uses them with. */
interface Tenant {
  readonly operator: Operator
  readonly titles: readonly Node[]
  readonly hosts: readonly Peer[]
}

function tenantOf(stage: Stage, operator: Operator): Tenant {
  const { random } = stage
  const stack = stage.hired(operator, SSN.gsmScf)
  const peer = stage.hiredPeer(operator)
  const count = random.between(2, 4)
  return {
    operator,
    titles: Array.from({ length: count }, (_, i) => ({ ...stack, gt: nodeNumber(operator.range, 10 + i) })),
    hosts: Array.from({ length: 2 }, (_, i) => ({ ...peer, host: `node${41 + i}.${operator.realm}` })),
  }
}

function ask(stage: Stage, tenant: Tenant, who: Subscriber, generation: Generation, atUs: number): Framed[] {
  const { random, world } = stage
  const { home } = world
  const isAnswered = random.chance(30)
  if (generation === '4g') {
    return insertEps(
      stage,
      who,
      random.pick(tenant.hosts),
      home,
      atUs,
      { flags: IDR_FLAGS.location | IDR_FLAGS.userState },
      isAnswered ? null : refusedRequest(stage),
    )
  }
  const from = random.pick(tenant.titles)
  const answer = isAnswered ? found(stage, home) : stage.refusal()
  return random.chance(50)
    ? stage.ask({
        atUs,
        from,
        to: home.hlr,
        operation: OPERATIONS.anyTimeInterrogation,
        argument: anyTimeInterrogationArg({ imsi: who.imsi }, from.gt, true),
        answer,
      })
    : stage.ask({
        atUs,
        from: { ...from, ssn: SSN.hlr },
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(who.imsi, true),
        answer,
      })
}

/** Networks of the targeted campaign, as its identities rotate. */
const ROTATION = ['KH', 'SE', 'IT', 'UG'] as const
const TARGETED_MONTH = 22

/**
 * One phone, a day and a half: questions over SS7 and Diameter in the names of four countries, all from one stack, and a
 * command for its SIM.
 * @param subject whom each attempt is about: always the one phone, or anybody in the null variant.
 */
function pursue(
  stage: Stage,
  operators: ReadonlyMap<string, Operator>,
  who: Subscriber,
  subject: () => Subscriber,
): { members: string[]; attempts: Attempt[]; fromUs: number; untilUs: number } {
  const { random, world } = stage
  const { home } = world
  const habits: Habits = {
    transactionIdBytes: 3,
    length: 'minimal',
    sccp: { type: 'xudt', segmentBytes: 240, returnOnError: true },
    mobileGlobalTitle: false,
  }
  const diameter: DiameterHabits = {
    session: 'time',
    order: 'origin-last',
    vendorApplication: false,
    routeRecords: 0,
    counts: false,
    destinationHost: true,
  }
  const fromUs = monthStart(TARGETED_MONTH) + 12 * DAY_US
  const attempts: Attempt[] = []
  const members: string[] = []
  let atUs = fromUs
  for (let round = 0; round < 40; round++) {
    const country = ROTATION[Math.floor(round / 2) % ROTATION.length] ?? 'KH'
    const operator = operators.get(country)
    if (operator === undefined) continue
    const asked = subject()
    const node: Node = { ...operator.hlr, gt: nodeNumber(operator.range, 12 + (round % 3)), ssn: SSN.gsmScf, habits }
    const peer: Peer = { ...operator.hss, host: `epc${round % 3}.${operator.realm}`, habits: diameter }
    const kind = round === 37 ? 'sim' : (['ati', 'psi', 'vectors', 'idr', 'air', 'plr'] as const)[round % 6]
    const is4g = kind === 'idr' || kind === 'air' || kind === 'plr'
    const source = is4g ? peer.host : node.gt
    if (!members.includes(source)) members.push(source)
    const answer = random.chance(40) ? found(stage, home) : stage.refusal()
    let messages: Framed[]
    let detectors = 'LOC-01'
    if (kind === 'ati')
      messages = stage.ask({
        atUs,
        from: node,
        to: home.hlr,
        operation: OPERATIONS.anyTimeInterrogation,
        argument: anyTimeInterrogationArg({ imsi: asked.imsi }, node.gt, true),
        answer,
      })
    else if (kind === 'psi') {
      detectors = 'LOC-02'
      messages = stage.ask({
        atUs,
        from: { ...node, ssn: SSN.hlr },
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(asked.imsi, true),
        answer,
      })
    } else if (kind === 'vectors') {
      detectors = 'IDN-03'
      messages = fetchVectors(stage, { ...node, ssn: SSN.vlr }, asked, atUs, operator.plmn)
    } else if (kind === 'idr') {
      detectors = 'LOC-05'
      messages = insertEps(stage, asked, peer, home, atUs, { flags: IDR_FLAGS.location | IDR_FLAGS.currentLocation })
    } else if (kind === 'air') {
      detectors = 'IDN-03'
      messages = authenticateEps(stage, asked, operator, atUs, undefined, peer)
    } else if (kind === 'plr') {
      detectors = 'LOC-06'
      messages = request(stage, {
        atUs,
        from: peer,
        to: home.mme,
        command: COMMANDS.provideLocation,
        avps: [tgppAvp(2500, 0), userName(asked.imsi), tgppAvp(1241, [tgppAvp(1238, 'service')])],
        answer: accepted(),
      })
    } else {
      detectors = 'SIM-01 SIM-02'
      const filler = random.octets(40).map((octet) => 0xe0 | (octet & 0x1f))
      const data = commandPacket({ spi: 0, kic: 0, kid: 0, tar: 0x505348 }, filler)
      const tpdu = smsTpdu({
        to: 'phone',
        party: node.gt,
        pid: 0x7f,
        dcs: 0xf6,
        header: COMMAND_HEADER,
        data,
        timeUs: atUs,
      })
      messages = stage.ask({
        atUs,
        from: { ...node, ssn: SSN.msc },
        to: home.msc,
        operation: OPERATIONS.mtForwardSm,
        argument: mtForwardSmArg(asked.imsi, node.gt, tpdu),
        answer: { result: null },
      })
    }
    attack(
      stage,
      detectors,
      { title: `targeted campaign: ${detectors}`, source, subject: byImsi(asked), answered: null },
      messages,
    )
    attempts.push({ atUs, country, generation: is4g ? '4g' : '3g', target: asked === who ? -1 : -2 })
    atUs += random.between(8, 80) * MINUTE_US
  }
  return { members, attempts, fromUs, untilUs: atUs }
}

/** @param shuffled the null variant: subjects exchanged among the sources. @param monthly legitimate procedures a month. */
export function farFromHome(shuffled: boolean, monthly = 900): Scenario {
  return {
    name: 'far-from-home',
    about:
      'Two and a half years in the shape of a published case, scaled down: mass and targeted campaigns in roaming.',
    durationUs: END_US - START_US,
    startUs: START_US,
    plain: false,
    calls: true,
    world: (random, dialect) => worldOfRanges(random, NETWORKS, dialect),
    play(stage) {
      const { random, world } = stage
      const operators = new Map(world.partners.map((operator) => [operator.country, operator]))
      const tenants = new Map(world.partners.map((operator) => [operator.country, tenantOf(stage, operator)]))
      for (let month = 0; month < MONTHS; month++) {
        const [startUs, untilUs] = [monthStart(month), monthStart(month + 1)]
        roamingDay(stage, monthly, { startUs, durationUs: untilUs - startUs })
      }
      const attempts = planAttempts(random)
      const groups = coordinate(random, attempts)
      if (shuffled) shuffleTargets(random, attempts)
      for (const { atUs, country, generation, target } of attempts) {
        const tenant = tenants.get(country)
        if (tenant === undefined) throw new RangeError(`no network in ${country}`)
        stage.unlabelled += ask(stage, tenant, subscriber(world.home, FIRST_TARGET + target), generation, atUs).length
      }
      const victim = stage.newSubscriber(world.home)
      const anybody = (): Subscriber => subscriber(world.home, FIRST_TARGET + random.between(0, POPULATION - 1))
      const targeted = pursue(stage, operators, victim, shuffled ? anybody : () => victim)
      const names = new Map(NETWORKS.map(({ name, range: { country } }) => [country as string, name as string]))
      const nameOf = (country: string): string => names.get(country) ?? country
      const all = [...attempts, ...targeted.attempts]
      stage.truth = {
        shuffled,
        shares: truthTable(all, names),
        cluster: shuffled ? null : { members: CLUSTER.map(nameOf), countries: CLUSTER, groups },
        changes: [
          { kind: 'fade', network: nameOf('CN'), month: monthName(CHANGES.fade) },
          ...RISING.map((country) => ({ kind: 'rise', network: nameOf(country), month: monthName(CHANGES.rise) })),
          { kind: 'protocol-shift', network: null, month: monthName(CHANGES.shift), from: '3g', to: '4g' },
        ],
        mass: { attempts: attempts.length, subjects: new Set(attempts.map(({ target }) => target)).size },
        targeted: shuffled
          ? null
          : {
              subject: victim.imsi,
              networks: ROTATION.map(nameOf),
              sources: targeted.members,
              attempts: targeted.attempts.length,
              from: iso(targeted.fromUs),
              until: iso(targeted.untilUs),
            },
        attempts: attempts.map(({ atUs, country, generation, target }) => [
          Math.floor(atUs / 1e6),
          country,
          generation,
          subscriber(world.home, FIRST_TARGET + target).imsi,
        ]),
      }
    },
  }
}
