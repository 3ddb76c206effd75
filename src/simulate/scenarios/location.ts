import type { Answer } from '../dialogue.ts'
import {
  anyTimeInterrogationArg,
  provideSubscriberInfoArg,
  provideSubscriberLocationArg,
  provideSubscriberLocationRes,
  type Subject,
  sendRoutingInfoForLcsArg,
  sendRoutingInfoForLcsRes,
  subscriberInfoRes,
} from '../map-location.ts'
import { ERRORS, OPERATIONS } from '../map-operations.ts'
import { anyTimeSubscriptionInterrogationArg, anyTimeSubscriptionInterrogationRes } from '../map-profile.ts'
import { background, locateFromHome } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import { attempt, type Stage } from '../stage.ts'
import { inventCell, type Node, type Operator, SSN, type Subscriber } from '../world.ts'

const TEN_MINUTES_US = 600_000_000

/** A cell of `operator` as an answer to PSI or ATI. */
export function found(stage: Stage, operator: Operator): Answer {
  return { result: subscriberInfoRes(operator.vlr.gt, inventCell(operator, stage.random), stage.random.between(0, 30)) }
}

/** Whom a request names: `subject` in its argument, `named` in the label. */
export function naming(
  who: Subscriber,
  by: 'imsi' | 'msisdn',
): { subject: Subject; named: { imsi: string | null; msisdn: string | null } } {
  return by === 'imsi'
    ? { subject: { imsi: who.imsi }, named: { imsi: who.imsi, msisdn: null } }
    : { subject: { msisdn: who.msisdn }, named: { imsi: null, msisdn: who.msisdn } }
}

/** Somebody abroad asks our HLR for the location of one of our subscribers. */
export function interrogateFromAbroad(
  stage: Stage,
  source: Node,
  who: Subscriber,
  by: 'imsi' | 'msisdn',
  answers: readonly Answer[],
  atUs: number,
): void {
  const { subject, named } = naming(who, by)
  const question = {
    from: source,
    to: stage.world.home.hlr,
    operation: OPERATIONS.anyTimeInterrogation,
    argument: anyTimeInterrogationArg(subject, source.gt, stage.random.chance(60)),
    calledAs: by === 'msisdn' ? { digits: who.msisdn, plan: 1 } : null,
  }
  const outcome = attempt(stage, question, { atUs, everyUs: 45_000_000, answers })
  stage.label({
    kind: 'attack',
    title: 'anyTimeInterrogation from abroad about a home subscriber',
    detectors: ['LOC-01'],
    source: source.gt,
    subject: named,
    ...outcome,
  })
}

/** A network that is not the subscriber's home asks the serving VLR where the subscriber is. */
export function locateFromStranger(
  stage: Stage,
  source: Node,
  who: Subscriber,
  answers: readonly Answer[],
  atUs: number,
): void {
  const question = {
    from: source,
    to: stage.world.home.vlr,
    operation: OPERATIONS.provideSubscriberInfo,
    argument: provideSubscriberInfoArg(who.imsi, true),
  }
  const outcome = attempt(stage, question, { atUs, everyUs: 60_000_000, answers })
  stage.label({
    kind: 'attack',
    title: "provideSubscriberInfo from a network that is not the subscriber's home",
    detectors: ['LOC-02'],
    source: source.gt,
    subject: { imsi: who.imsi, msisdn: null },
    ...outcome,
  })
}

/** The home of a roamer asks for its own subscriber's location: legitimate. */
function locateOwnRoamer(stage: Stage, kind: 'near-miss' | 'look-alike', who: Subscriber, visited: Operator): void {
  stage.label({
    kind,
    title: "provideSubscriberInfo from the subscriber's own home",
    detectors: [],
    source: who.home.hlr.gt,
    subject: { imsi: who.imsi, msisdn: null },
    answered: true,
    messages: locateFromHome(stage, who, visited, stage.moment()),
  })
}

/** LOC-01. */
export const attackLoc01: Scenario = {
  name: 'attack-loc-01',
  about: 'Foreign addresses ask our HLR for the location and the profile of our subscribers.',
  durationUs: TEN_MINUTES_US,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (const by of ['msisdn', 'imsi'] as const) {
      const who = stage.newSubscriber(home)
      interrogateFromAbroad(stage, stage.stranger(SSN.gsmScf), who, by, [found(stage, home)], stage.moment())
    }
    const refused = stage.newSubscriber(home)
    const leased = stage.hired(stage.partner(), random.pick([SSN.gsmScf, SSN.hlr, SSN.msc]))
    const answers: Answer[] = [{ error: ERRORS.atiNotAllowed }, stage.refusal()]
    interrogateFromAbroad(stage, leased, refused, 'msisdn', answers, stage.moment())

    const profiled = stage.newSubscriber(home)
    const reader = stage.stranger(SSN.gsmScf)
    const { subject, named } = naming(profiled, 'imsi')
    stage.label({
      kind: 'attack',
      title: 'anyTimeSubscriptionInterrogation from abroad about a home subscriber',
      detectors: ['LOC-01'],
      source: reader.gt,
      subject: named,
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: reader,
        to: home.hlr,
        operation: OPERATIONS.anyTimeSubscriptionInterrogation,
        argument: anyTimeSubscriptionInterrogationArg(subject, reader.gt),
        answer: { result: anyTimeSubscriptionInterrogationRes() },
      }),
    })

    const partner = stage.partner()
    locateOwnRoamer(stage, 'near-miss', stage.newSubscriber(partner), home)
    const own = stage.newSubscriber(home)
    stage.label({
      kind: 'look-alike',
      title: 'anyTimeInterrogation from our own service platform',
      detectors: [],
      source: home.gsmScf.gt,
      subject: { imsi: own.imsi, msisdn: null },
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: home.gsmScf,
        to: home.hlr,
        operation: OPERATIONS.anyTimeInterrogation,
        argument: anyTimeInterrogationArg({ imsi: own.imsi }, home.gsmScf.gt, false),
        answer: found(stage, home),
      }),
    })
    background(stage, 12)
  },
}

/** LOC-02. */
export const attackLoc02: Scenario = {
  name: 'attack-loc-02',
  about: 'Networks that are not the home of the subscriber ask our VLR where the subscriber is.',
  durationUs: TEN_MINUTES_US,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const ours = stage.newSubscriber(home)
    locateFromStranger(
      stage,
      stage.stranger(random.pick([SSN.hlr, SSN.gsmScf])),
      ours,
      [stage.refusal(), found(stage, home)],
      stage.moment(),
    )
    const [first, second] = random.shuffle(world.partners)
    if (first === undefined || second === undefined) throw new RangeError('two partners are needed')
    const guest = stage.newSubscriber(first)
    locateFromStranger(stage, stage.hired(second, SSN.hlr), guest, [found(stage, home)], stage.moment())
    locateFromStranger(
      stage,
      stage.stranger(SSN.hlr),
      stage.newSubscriber(second),
      [stage.refusal(), stage.refusal()],
      stage.moment(),
    )

    locateOwnRoamer(stage, 'near-miss', stage.newSubscriber(first), home)
    locateOwnRoamer(stage, 'look-alike', stage.newSubscriber(home), second)
    background(stage, 12)
  },
}

function locatePrecisely(stage: Stage, from: Node, to: Operator, who: Subscriber, answer: Answer) {
  return stage.ask({
    atUs: stage.moment(),
    from,
    to: to.msc,
    operation: OPERATIONS.provideSubscriberLocation,
    argument: provideSubscriberLocationArg(who, from.gt),
    answer,
  })
}

/** A point in the Gulf of Guinea, where there is no network. */
function fix(stage: Stage, operator: Operator): Answer {
  const point = { latitude: stage.random.between(-90, 90) / 100, longitude: stage.random.between(-90, 90) / 100 }
  return { result: provideSubscriberLocationRes(point, inventCell(operator, stage.random)) }
}

/** LOC-03. */
export const attackLoc03: Scenario = {
  name: 'attack-loc-03',
  about: 'A foreign location centre asks for the serving node and then for the position of our subscribers.',
  durationUs: TEN_MINUTES_US,
  plain: false,
  play(stage) {
    const { world } = stage
    const { home } = world
    const source = stage.stranger(SSN.gmlc)
    const found = stage.newSubscriber(home)
    stage.label({
      kind: 'attack',
      title: 'provideSubscriberLocation from abroad',
      detectors: ['LOC-03'],
      source: source.gt,
      subject: { imsi: found.imsi, msisdn: found.msisdn },
      answered: true,
      messages: locatePrecisely(stage, source, home, found, fix(stage, home)),
    })
    const hidden = stage.newSubscriber(home)
    const second = stage.hired(stage.partner(), SSN.gmlc)
    stage.label({
      kind: 'attack',
      title: 'provideSubscriberLocation from abroad',
      detectors: ['LOC-03'],
      source: second.gt,
      subject: { imsi: hidden.imsi, msisdn: hidden.msisdn },
      answered: false,
      messages: locatePrecisely(stage, second, home, hidden, stage.refusal()),
    })
    const routed = stage.newSubscriber(home)
    const { subject, named } = naming(routed, stage.random.pick(['imsi', 'msisdn'] as const))
    stage.label({
      kind: 'attack',
      title: 'sendRoutingInfoForLCS from abroad',
      detectors: ['LOC-03'],
      source: source.gt,
      subject: named,
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: source,
        to: home.hlr,
        operation: OPERATIONS.sendRoutingInfoForLcs,
        argument: sendRoutingInfoForLcsArg(subject, source.gt),
        answer: { result: sendRoutingInfoForLcsRes(routed.imsi, home.msc.gt) },
      }),
    })

    const partner = stage.partner()
    const agreed = stage.newSubscriber(partner)
    stage.agreed.push({ gt: partner.gmlc.gt, detectors: ['LOC-03'], reason: 'LCS roaming agreement' })
    stage.label({
      kind: 'near-miss',
      title: 'provideSubscriberLocation under an agreed exception',
      detectors: [],
      source: partner.gmlc.gt,
      subject: { imsi: agreed.imsi, msisdn: agreed.msisdn },
      answered: true,
      messages: locatePrecisely(stage, partner.gmlc, home, agreed, fix(stage, home)),
    })
    const own = stage.newSubscriber(home)
    stage.label({
      kind: 'look-alike',
      title: 'provideSubscriberLocation from our own location centre',
      detectors: [],
      source: home.gmlc.gt,
      subject: { imsi: own.imsi, msisdn: own.msisdn },
      answered: true,
      messages: locatePrecisely(stage, home.gmlc, home, own, fix(stage, home)),
    })
    background(stage, 12)
  },
}
