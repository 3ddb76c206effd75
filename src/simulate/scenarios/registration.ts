import { attachEps, authenticateEps, cancelEps, updateEps } from '../eps-procedures.ts'
import { attack, byImsi, innocent } from '../labels.ts'
import { updateLocationArg, updateLocationRes } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import { sendRoutingInfoForSmArg, sendRoutingInfoForSmRes } from '../map-service.ts'
import { background, leave, register, registerPacket } from '../procedures.ts'
import { deliver, fetchVectors, plainText } from '../questions.ts'
import { farApart, neighbours } from '../regions.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Framed, Message } from '../traffic.ts'
import { type Node, type Operator, SSN, type Subscriber } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const MINUTE_US = 60_000_000

/** A registration from a node that is whoever sends it; the home believes it. */
export function claim(
  stage: Stage,
  from: Node,
  who: Subscriber,
  atUs: number,
  msc = from.gt,
  vlr = from.gt,
): Message[] {
  return stage.ask({
    atUs,
    from,
    to: who.home.hlr,
    operation: OPERATIONS.updateLocation,
    argument: updateLocationArg(who.imsi, msc, vlr),
    answer: { result: updateLocationRes(who.home.hlr.gt) },
  })
}

/** INT-01. */
export const attackInt01: Scenario = {
  name: 'attack-int-01',
  about: 'Phones register where they cannot be, minutes after they were somewhere else.',
  durationUs: 30 * HOUR_US,
  plain: false,
  countries: true,
  partners: 5,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (let i = 0; i < 3; i++) {
      const [near, far] = farApart(stage)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      register(stage, who, near, atUs)
      const source = stage.hired(far, SSN.vlr)
      const laterUs = atUs + random.between(8, 30) * MINUTE_US
      const messages = random.chance(50) ? [...fetchVectors(stage, source, who, laterUs - 2_000_000, far.plmn)] : []
      attack(
        stage,
        'INT-01',
        { title: 'updateLocation that no journey explains', source: source.gt, subject: byImsi(who) },
        [...messages, ...claim(stage, source, who, laterUs)],
      )
    }
    const border = neighbours(stage)
    if (border !== null) {
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      const moves = [0, 1, 2, 3, 4].flatMap((i) =>
        register(stage, who, border[i % 2] ?? border[0], atUs + i * 25 * MINUTE_US),
      )
      innocent(
        stage,
        'look-alike',
        {
          title: 'a phone at a border goes from one network to the other and back',
          source: border[0].vlr.gt,
          subject: byImsi(who),
        },
        moves,
      )
    }
    const [near, far] = farApart(stage)
    const flier = stage.newSubscriber(home)
    register(stage, flier, near, stage.startUs + MINUTE_US)
    innocent(stage, 'near-miss', { title: 'a flight of most of a day', source: far.vlr.gt, subject: byImsi(flier) }, [
      ...register(stage, flier, far, stage.startUs + 26 * HOUR_US),
      ...leave(stage, flier, near.vlr, stage.startUs + 26 * HOUR_US + 4_000_000),
    ])
    const phone = stage.newSubscriber(home)
    const visited = stage.partner()
    const atUs = stage.early()
    innocent(
      stage,
      'look-alike',
      { title: 'a combined attach: 2G and 4G of one network at once', source: visited.vlr.gt, subject: byImsi(phone) },
      combined(stage, phone, visited, atUs),
    )
    background(stage, 40)
  },
}

/** One phone in the circuit-switched and the packet-switched domain of a network. */
export function combined(stage: Stage, who: Subscriber, visited: Operator, atUs: number): Framed[] {
  return [
    ...attachEps(stage, who, visited, atUs),
    ...register(stage, who, visited, atUs + 3_000_000),
    ...registerPacket(stage, who, visited, atUs + 20 * MINUTE_US),
    ...attachEps(stage, who, visited, atUs + 45 * MINUTE_US),
  ]
}

/** INT-02. */
export const attackInt02: Scenario = {
  name: 'attack-int-02',
  about: 'Phones register over Diameter where they cannot be, or from a realm other than the network they name.',
  durationUs: 20 * HOUR_US,
  plain: false,
  countries: true,
  partners: 5,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (let i = 0; i < 2; i++) {
      const [near, far] = farApart(stage)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      attachEps(stage, who, near, atUs)
      const source = stage.hiredPeer(far)
      attack(
        stage,
        'INT-02',
        { title: 'Update-Location that no journey explains', source: source.host, subject: byImsi(who) },
        updateEps(stage, who, far, atUs + random.between(8, 30) * MINUTE_US, undefined, source),
      )
    }
    const [claimed] = random.shuffle(world.partners)
    if (claimed === undefined) throw new RangeError('a partner is needed')
    const who = stage.newSubscriber(home)
    const source = stage.strangePeer()
    attack(
      stage,
      'any: INT-02 SPF-03',
      {
        title: 'Update-Location whose Visited-PLMN-Id is not of its Origin-Realm',
        source: source.host,
        subject: byImsi(who),
      },
      updateEps(stage, who, claimed, stage.early(), undefined, source),
    )

    const border = neighbours(stage)
    if (border !== null) {
      const walker = stage.newSubscriber(home)
      const atUs = stage.early()
      innocent(
        stage,
        'look-alike',
        {
          title: 'a phone on a ferry changes networks within the hour',
          source: border[1].mme.host,
          subject: byImsi(walker),
        },
        [
          ...attachEps(stage, walker, border[0], atUs),
          ...attachEps(stage, walker, border[1], atUs + 50 * MINUTE_US),
          ...cancelEps(stage, walker, home.hss, border[0].mme, atUs + 50 * MINUTE_US + 3_000_000),
        ],
      )
    }
    const pooled = stage.newSubscriber(home)
    const visited = stage.partner()
    const atUs = stage.early()
    innocent(
      stage,
      'near-miss',
      {
        title: 'a phone goes to another MME of the same network',
        source: visited.secondMme.host,
        subject: byImsi(pooled),
      },
      [
        ...attachEps(stage, pooled, visited, atUs),
        ...attachEps(stage, pooled, visited, atUs + 5 * MINUTE_US, visited.secondMme),
      ],
    )
    const dual = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      { title: 'registered over SS7 and Diameter in one network', source: visited.mme.host, subject: byImsi(dual) },
      combined(stage, dual, visited, stage.early()),
    )
    const authOnly = stage.newSubscriber(home)
    authenticateEps(stage, authOnly, visited, atUs)
    updateEps(stage, authOnly, visited, atUs + 2_000_000)
    background(stage, 30)
  },
}

/** INT-03. */
export const attackInt03: Scenario = {
  name: 'attack-int-03',
  about: 'A hostile registration, a short message that goes there, and the registration of the true network again.',
  durationUs: 12 * HOUR_US,
  plain: false,
  countries: true,
  partners: 5,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (let i = 0; i < 2; i++) {
      const [near, far] = farApart(stage)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      register(stage, who, near, atUs)
      const source = stage.hired(far, SSN.vlr)
      const [first, second, third] = [10, 11, 15].map((minutes) => atUs + minutes * MINUTE_US)
      const { msisdn } = who
      const bank = home.smsc
      const messages: Framed[] = [
        ...claim(stage, source, who, first ?? 0),
        // our own service centre sends it, and the HLR now names the node of the attacker
        ...stage.ask({
          atUs: second ?? 0,
          from: bank,
          to: home.hlr,
          operation: OPERATIONS.sendRoutingInfoForSm,
          argument: sendRoutingInfoForSmArg(msisdn, bank.gt),
          answer: { result: sendRoutingInfoForSmRes(who.imsi, source.gt) },
        }),
        ...deliver(
          stage,
          bank,
          { ...source, ssn: SSN.msc },
          who.imsi,
          bank.gt,
          plainText(bank.gt, atUs),
          (second ?? 0) + 800_000,
        ),
        ...claim(stage, near.vlr, who, third ?? 0, near.msc.gt, near.vlr.gt),
      ]
      attack(
        stage,
        'INT-03',
        {
          title: 'updateLocation, a message delivered there, and updateLocation back',
          source: source.gt,
          subject: byImsi(who),
        },
        messages,
      )
    }
    const border = neighbours(stage)
    if (border !== null) {
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      innocent(
        stage,
        'look-alike',
        { title: 'a short stay across a border, with a message there', source: border[1].vlr.gt, subject: byImsi(who) },
        [
          ...register(stage, who, border[0], atUs),
          ...register(stage, who, border[1], atUs + 20 * MINUTE_US),
          ...deliver(
            stage,
            home.smsc,
            { ...border[1].msc },
            who.imsi,
            home.smsc.gt,
            plainText(home.smsc.gt, atUs),
            atUs + 25 * MINUTE_US,
          ),
          ...register(stage, who, border[0], atUs + 70 * MINUTE_US),
        ],
      )
    }
    const settled = stage.newSubscriber(home)
    const visited = random.pick(world.partners)
    const atUs = stage.early()
    innocent(
      stage,
      'near-miss',
      { title: 'a message to a roamer that stays', source: visited.vlr.gt, subject: byImsi(settled) },
      [
        ...register(stage, settled, visited, atUs),
        ...deliver(
          stage,
          home.smsc,
          visited.msc,
          settled.imsi,
          home.smsc.gt,
          plainText(home.smsc.gt, atUs),
          atUs + 12 * MINUTE_US,
        ),
      ],
    )
    background(stage, 30)
  },
}
