import type { Answer } from '../dialogue.ts'
import { cancelLocationArg, emptyRes, resetArg } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import { deleteSubscriberDataArg } from '../map-profile.ts'
import { background, leave } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Message } from '../traffic.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { writeProfile, written } from './interception.ts'

function cancel(stage: Stage, from: Node, who: Subscriber, answer: Answer): Message[] {
  const version = stage.random.pick([2, 3])
  return stage.ask({
    atUs: stage.moment(),
    from,
    to: stage.world.home.vlr,
    operation: { ...OPERATIONS.cancelLocation, version },
    argument: cancelLocationArg(who.imsi, version),
    answer,
  })
}

/** DOS-01. */
export const attackDos01: Scenario = {
  name: 'attack-dos-01',
  about: 'Networks that are not the home of the subscriber tell our VLR to forget the subscriber.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const [first, second] = random.shuffle(world.partners)
    if (first === undefined || second === undefined) throw new RangeError('two partners are needed')
    const cases = [
      { who: stage.newSubscriber(world.home), source: stage.stranger(SSN.hlr), answered: true },
      { who: stage.newSubscriber(first), source: stage.hired(second, SSN.hlr), answered: true },
      { who: stage.newSubscriber(first), source: stage.stranger(SSN.hlr), answered: false },
    ]
    for (const { who, source, answered } of cases) {
      stage.label({
        kind: 'attack',
        title: "cancelLocation from a network that is not the subscriber's home",
        detectors: ['DOS-01'],
        source: source.gt,
        subject: { imsi: who.imsi, msisdn: null },
        answered,
        messages: cancel(stage, source, who, answered ? { result: emptyRes() } : stage.refusal()),
      })
    }
    const guest = stage.newSubscriber(first)
    stage.label({
      kind: 'near-miss',
      title: "cancelLocation from the subscriber's own home",
      detectors: [],
      source: first.hlr.gt,
      subject: { imsi: guest.imsi, msisdn: null },
      answered: true,
      messages: cancel(stage, first.hlr, guest, { result: emptyRes() }),
    })
    const traveller = stage.newSubscriber(world.home)
    stage.label({
      kind: 'look-alike',
      title: 'our HLR cancels our own roamer in a VLR abroad',
      detectors: [],
      source: world.home.hlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: leave(stage, traveller, second.vlr, stage.moment()),
    })
    background(stage, 12)
  },
}

/** A reset names no subscriber and gets no answer (TS 29.002 §12.1). */
function restart(stage: Stage, from: Node, hlr: string): Message[] {
  return stage.ask({
    atUs: stage.moment(),
    from,
    to: stage.world.home.vlr,
    operation: OPERATIONS.reset,
    argument: resetArg(hlr),
    answer: 'silence',
  })
}

function withdraw(stage: Stage, from: Node, who: Subscriber, answer: Answer): Message[] {
  return stage.ask({
    atUs: stage.moment(),
    from,
    to: stage.world.home.vlr,
    operation: OPERATIONS.deleteSubscriberData,
    argument: deleteSubscriberDataArg(who.imsi),
    answer,
  })
}

/** DOS-03. */
export const attackDos03: Scenario = {
  name: 'attack-dos-03',
  about: 'Networks that are not the home of the subscriber take services away, bar calls, or feign an HLR restart.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world } = stage
    const { home } = world
    const partner = stage.partner()
    const stripped = stage.newSubscriber(home)
    const deleter = stage.stranger(SSN.hlr)
    stage.label({
      kind: 'attack',
      title: "deleteSubscriberData from a network that is not the subscriber's home",
      detectors: ['DOS-03'],
      source: deleter.gt,
      subject: { imsi: stripped.imsi, msisdn: null },
      answered: true,
      messages: withdraw(stage, deleter, stripped, { result: emptyRes() }),
    })
    for (const who of [stage.newSubscriber(home), stage.newSubscriber(partner)]) {
      const source = stage.stranger(SSN.hlr)
      const answer = who.home === home ? written() : stage.refusal()
      stage.label({
        kind: 'attack',
        title: "insertSubscriberData that bars all outgoing calls, not from the subscriber's home",
        detectors: ['DOS-03'],
        source: source.gt,
        subject: { imsi: who.imsi, msisdn: null },
        answered: who.home === home,
        messages: writeProfile(stage, source, home.vlr, { imsi: who.imsi, barred: true }, answer, stage.moment()),
      })
    }
    const feigner = stage.stranger(SSN.hlr)
    stage.label({
      kind: 'attack',
      title: 'reset in the name of an HLR of another network',
      detectors: ['DOS-03'],
      source: feigner.gt,
      subject: { imsi: null, msisdn: null },
      answered: false,
      messages: restart(stage, feigner, partner.hlr.gt),
    })

    const [cancelled, indebted] = [stage.newSubscriber(partner), stage.newSubscriber(partner)]
    stage.label({
      kind: 'near-miss',
      title: "deleteSubscriberData from the subscriber's own home",
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: cancelled.imsi, msisdn: null },
      answered: true,
      messages: withdraw(stage, partner.hlr, cancelled, { result: emptyRes() }),
    })
    stage.label({
      kind: 'near-miss',
      title: "insertSubscriberData that bars calls, from the subscriber's own home",
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: indebted.imsi, msisdn: null },
      answered: true,
      messages: writeProfile(
        stage,
        partner.hlr,
        home.vlr,
        { imsi: indebted.imsi, barred: true },
        written(),
        stage.moment(),
      ),
    })
    stage.label({
      kind: 'look-alike',
      title: "reset of a partner's HLR in its own name",
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: null, msisdn: null },
      answered: false,
      messages: restart(stage, partner.hlr, partner.hlr.gt),
    })
    background(stage, 12)
  },
}
