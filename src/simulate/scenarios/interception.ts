import type { Answer } from '../dialogue.ts'
import { emptyRes } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import {
  anyTimeModificationArg,
  insertSubscriberDataArg,
  insertSubscriberDataRes,
  type Profile,
} from '../map-profile.ts'
import { background, register } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Message } from '../traffic.ts'
import { type Node, SSN } from '../world.ts'
import { naming } from './location.ts'

/** A profile write outside a location update. */
export function writeProfile(
  stage: Stage,
  from: Node,
  to: Node,
  profile: Partial<Profile>,
  answer: Answer,
  atUs: number,
): Message[] {
  return stage.ask({
    atUs,
    from,
    to,
    operation: OPERATIONS.insertSubscriberData,
    argument: insertSubscriberDataArg(profile),
    answer,
  })
}

/** The answer to an accepted profile write. */
export function written(): Answer {
  return { result: insertSubscriberDataRes() }
}

/** INT-04. */
export const attackInt04: Scenario = {
  name: 'attack-int-04',
  about: 'Foreign addresses rewrite CAMEL subscriptions so that each call is first announced to a platform of theirs.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const guestHome = stage.partner()
    const cases = [
      { who: stage.newSubscriber(home), answer: written() },
      { who: stage.newSubscriber(guestHome), answer: written() },
      { who: stage.newSubscriber(home), answer: stage.refusal() },
    ]
    for (const { who, answer } of cases) {
      const source = stage.stranger(SSN.hlr)
      const gsmScf = random.chance(50) ? source.gt : stage.stranger(SSN.gsmScf).gt
      stage.label({
        kind: 'attack',
        title: 'insertSubscriberData that sets the gsmSCF of an O-CSI to a foreign address',
        detectors: ['INT-04'],
        source: source.gt,
        subject: { imsi: who.imsi, msisdn: null },
        answered: answer !== 'silence' && 'result' in answer,
        messages: writeProfile(stage, source, home.vlr, { imsi: who.imsi, gsmScf }, answer, stage.moment()),
      })
    }

    const camelGuest = stage.newSubscriber(guestHome)
    stage.label({
      kind: 'near-miss',
      title: "insertSubscriberData from the home, with the home's own gsmSCF",
      detectors: [],
      source: guestHome.hlr.gt,
      subject: { imsi: camelGuest.imsi, msisdn: null },
      answered: true,
      messages: writeProfile(
        stage,
        guestHome.hlr,
        home.vlr,
        { imsi: camelGuest.imsi, gsmScf: guestHome.gsmScf.gt },
        written(),
        stage.moment(),
      ),
    })
    const traveller = stage.newSubscriber(home)
    const visited = stage.partner()
    stage.label({
      kind: 'look-alike',
      title: 'our HLR sends our gsmSCF to a VLR abroad at registration',
      detectors: [],
      source: visited.vlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: register(stage, traveller, visited, stage.moment()),
    })
    background(stage, 12)
  },
}

/** INT-07. */
export const attackInt07: Scenario = {
  name: 'attack-int-07',
  about: 'Foreign addresses have our HLR forward the calls of our subscribers.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (const answered of [true, false]) {
      const source = answered ? stage.stranger(SSN.gsmScf) : stage.hired(stage.partner(), SSN.gsmScf)
      const { subject, named } = naming(stage.newSubscriber(home), random.pick(['imsi', 'msisdn'] as const))
      stage.label({
        kind: 'attack',
        title: "anyTimeModification from abroad that forwards a home subscriber's calls",
        detectors: ['INT-07'],
        source: source.gt,
        subject: named,
        answered,
        messages: stage.ask({
          atUs: stage.moment(),
          from: source,
          to: home.hlr,
          operation: OPERATIONS.anyTimeModification,
          argument: anyTimeModificationArg(subject, source.gt, stage.stranger(SSN.msc).gt),
          answer: answered ? { result: emptyRes() } : stage.refusal(),
        }),
      })
    }

    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    stage.label({
      kind: 'near-miss',
      title: "a profile write from the subscriber's own home",
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: guest.imsi, msisdn: null },
      answered: true,
      messages: writeProfile(
        stage,
        partner.hlr,
        home.vlr,
        { imsi: guest.imsi, services: true },
        written(),
        stage.moment(),
      ),
    })
    const own = stage.newSubscriber(home)
    stage.label({
      kind: 'look-alike',
      title: 'anyTimeModification from our own service platform',
      detectors: [],
      source: home.gsmScf.gt,
      subject: { imsi: own.imsi, msisdn: null },
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: home.gsmScf,
        to: home.hlr,
        operation: OPERATIONS.anyTimeModification,
        argument: anyTimeModificationArg({ imsi: own.imsi }, home.gsmScf.gt, stage.newSubscriber(home).msisdn),
        answer: { result: emptyRes() },
      }),
    })
    background(stage, 12)
  },
}
