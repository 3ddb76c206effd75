import { call } from '../call-procedures.ts'
import { attack, byImsi, byMsisdn, innocent } from '../labels.ts'
import { provideSubscriberInfoArg } from '../map-location.ts'
import { OPERATIONS } from '../map-operations.ts'
import {
  provideRoamingNumberArg,
  provideRoamingNumberRes,
  sendRoutingInfoArg,
  sendRoutingInfoRes,
} from '../map-service.ts'
import { background, callRoaming, register } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Message } from '../traffic.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { found } from './location.ts'

export const HOUR_US = 3_600_000_000
const SECOND_US = 1_000_000

/** Somebody asks our HLR for a route to one of our subscribers. */
function askRoute(stage: Stage, from: Node, who: Subscriber, atUs: number, roamingNumber: string | null): Message[] {
  return stage.ask({
    atUs,
    from,
    to: stage.world.home.hlr,
    operation: OPERATIONS.sendRoutingInfo,
    argument: sendRoutingInfoArg(who.msisdn, from.gt),
    answer: roamingNumber === null ? stage.refusal() : { result: sendRoutingInfoRes(who.imsi, roamingNumber) },
    calledAs: { digits: who.msisdn, plan: 1 },
  })
}

/** LOC-04. */
export const attackLoc04: Scenario = {
  name: 'attack-loc-04',
  about: 'Foreign addresses ask our HLR for routes to our subscribers, and no call follows.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  calls: true,
  play(stage) {
    const { home } = stage.world
    for (const answered of [true, true, false]) {
      const source = stage.stranger(SSN.msc)
      const who = stage.newSubscriber(home)
      const messages = askRoute(stage, source, who, stage.early(), answered ? `${home.msc.gt}42` : null)
      attack(
        stage,
        'LOC-04',
        {
          title: 'sendRoutingInfo from abroad with no call after it',
          source: source.gt,
          subject: byMsisdn(who),
          answered,
        },
        messages,
      )
    }
    const partner = stage.partner()
    const called = stage.newSubscriber(home)
    const atUs = stage.early()
    const roamingNumber = `${home.msc.gt}77`
    innocent(
      stage,
      'near-miss',
      {
        title: 'sendRoutingInfo for optimal routing, followed by the call',
        source: partner.msc.gt,
        subject: byMsisdn(called),
      },
      [
        ...askRoute(stage, partner.msc, called, atUs, roamingNumber),
        ...call(
          stage,
          partner.msc,
          home.msc,
          { called: roamingNumber, calling: `${partner.msc.gt}8` },
          atUs + 1_500_000,
        ),
      ],
    )
    const porting = stage.partner()
    stage.agreed.push({ gt: porting.smsc.gt, detectors: ['LOC-04'], reason: 'number portability look-ups' })
    const ported = stage.newSubscriber(home)
    const lookup = { ...porting.smsc, ssn: SSN.msc }
    innocent(
      stage,
      'look-alike',
      { title: 'a number portability look-up under an agreed exception', source: lookup.gt, subject: byMsisdn(ported) },
      askRoute(stage, lookup, ported, stage.early(), `${home.msc.gt}78`),
    )
    background(stage, 20)
  },
}

/** LOC-08. */
export const attackLoc08: Scenario = {
  name: 'attack-loc-08',
  about: 'The legitimate home of some guests asks where they are several times an hour; others do so twice a day.',
  durationUs: 26 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const partner = stage.partner()
    const poll = (who: Subscriber, atUs: number, everyUs: number, times: number) =>
      Array.from({ length: times }, (_, i) =>
        stage.ask({
          atUs: atUs + i * everyUs + random.between(0, Math.floor(everyUs / 5)),
          from: partner.hlr,
          to: home.vlr,
          operation: OPERATIONS.provideSubscriberInfo,
          argument: provideSubscriberInfoArg(who.imsi, true),
          answer: found(stage, home),
        }),
      ).flat()
    for (const perHour of [3, 6, 12]) {
      const who = stage.newSubscriber(partner)
      const atUs = stage.early()
      register(stage, who, home, atUs)
      const hours = random.between(6, 10)
      attack(
        stage,
        'LOC-08',
        {
          title: `the home asks ${perHour} times an hour where its subscriber is`,
          source: partner.hlr.gt,
          subject: byImsi(who),
        },
        poll(who, atUs + 60 * SECOND_US, HOUR_US / perHour, hours * perHour),
      )
    }
    const seldom = stage.newSubscriber(partner)
    register(stage, seldom, home, stage.startUs + SECOND_US)
    innocent(
      stage,
      'near-miss',
      { title: 'the home asks twice a day where its subscriber is', source: partner.hlr.gt, subject: byImsi(seldom) },
      poll(seldom, stage.startUs + HOUR_US, 11 * HOUR_US, 2),
    )
    const caller = stage.newSubscriber(partner)
    const atUs = stage.early()
    register(stage, caller, home, atUs)
    innocent(
      stage,
      'look-alike',
      {
        title: 'the home asks a few times within its calls for a subscriber',
        source: partner.hlr.gt,
        subject: byImsi(caller),
      },
      [1, 2, 3].flatMap((i) => callRoaming(stage, caller, home, atUs + i * 2 * HOUR_US)),
    )
    background(stage, 40)
  },
}

/** LOC-09. */
export const attackLoc09: Scenario = {
  name: 'attack-loc-09',
  about: 'Roaming numbers are asked for, and no call comes.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  calls: true,
  play(stage) {
    const { home } = stage.world
    const partner = stage.partner()
    for (const who of [stage.newSubscriber(home), stage.newSubscriber(partner), stage.newSubscriber(home)]) {
      const source = stage.stranger(SSN.hlr)
      const messages = stage.ask({
        atUs: stage.early(),
        from: source,
        to: home.vlr,
        operation: OPERATIONS.provideRoamingNumber,
        argument: provideRoamingNumberArg(who, home.msc.gt),
        answer: { result: provideRoamingNumberRes(`${home.msc.gt}${stage.random.between(10, 99)}`) },
      })
      attack(
        stage,
        'LOC-09',
        {
          title: 'provideRoamingNumber with no call after it',
          source: source.gt,
          subject: { imsi: who.imsi, msisdn: who.msisdn },
        },
        messages,
      )
    }
    const called = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      {
        title: 'provideRoamingNumber of the home, and the call',
        source: partner.hlr.gt,
        subject: { imsi: called.imsi, msisdn: called.msisdn },
      },
      callRoaming(stage, called, home, stage.early()),
    )
    const busy = stage.newSubscriber(partner)
    const atUs = stage.early()
    const roamingNumber = `${home.msc.gt}33`
    innocent(
      stage,
      'look-alike',
      {
        title: 'provideRoamingNumber of the home, and a call that fails',
        source: partner.hlr.gt,
        subject: { imsi: busy.imsi, msisdn: busy.msisdn },
      },
      [
        ...stage.ask({
          atUs,
          from: partner.hlr,
          to: home.vlr,
          operation: OPERATIONS.provideRoamingNumber,
          argument: provideRoamingNumberArg(busy, home.msc.gt),
          answer: { result: provideRoamingNumberRes(roamingNumber) },
        }),
        ...call(
          stage,
          partner.msc,
          home.msc,
          { called: roamingNumber, calling: `${partner.msc.gt}4` },
          atUs + 2_000_000,
          17,
        ),
      ],
    )
    background(stage, 20)
  },
}
