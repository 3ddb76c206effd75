import { sendIdentificationArg, sendIdentificationRes } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import { sendImsiArg, sendImsiRes } from '../map-service.ts'
import { background, shortMessage } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { type Node, SSN } from '../world.ts'

/** A VLR asks another for the identity behind a temporary one. */
function identify(stage: Stage, from: Node, to: Node, answered: boolean) {
  const who = stage.newSubscriber(stage.world.home)
  return stage.ask({
    atUs: stage.moment(),
    from,
    to,
    operation: OPERATIONS.sendIdentification,
    argument: sendIdentificationArg(stage.random.octets(4)),
    answer: answered ? { result: sendIdentificationRes(who.imsi, stage.random) } : stage.refusal(),
  })
}

/** IDN-01. */
export const attackIdn01: Scenario = {
  name: 'attack-idn-01',
  about:
    'Foreign addresses ask for the IMSI behind a number, and for the identity and keys behind a temporary identity.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { home } = stage.world
    for (const answered of [true, false]) {
      const who = stage.newSubscriber(home)
      const source = answered ? stage.stranger(SSN.vlr) : stage.hired(stage.partner(), SSN.vlr)
      stage.label({
        kind: 'attack',
        title: 'sendIMSI from abroad about a home subscriber',
        detectors: ['IDN-01'],
        source: source.gt,
        subject: { imsi: null, msisdn: who.msisdn },
        answered,
        messages: stage.ask({
          atUs: stage.moment(),
          from: source,
          to: home.hlr,
          operation: OPERATIONS.sendImsi,
          argument: sendImsiArg(who.msisdn),
          answer: answered ? { result: sendImsiRes(who.imsi) } : stage.refusal(),
        }),
      })
    }
    const thief = stage.stranger(SSN.vlr)
    stage.label({
      kind: 'attack',
      title: 'sendIdentification from abroad, by temporary identity',
      detectors: ['IDN-01'],
      source: thief.gt,
      subject: { imsi: null, msisdn: null },
      answered: true,
      messages: identify(stage, thief, home.vlr, true),
    })

    const addressee = stage.newSubscriber(home)
    const partner = stage.partner()
    stage.label({
      kind: 'near-miss',
      title: 'sendRoutingInfoForSM, followed by the delivery it was for',
      detectors: [],
      source: partner.smsc.gt,
      subject: { imsi: null, msisdn: addressee.msisdn },
      answered: true,
      messages: shortMessage(stage, addressee, partner, stage.moment()),
    })
    stage.label({
      kind: 'look-alike',
      title: 'sendIdentification between two of our own VLRs',
      detectors: [],
      source: home.secondVlr.gt,
      subject: { imsi: null, msisdn: null },
      answered: true,
      messages: identify(stage, home.secondVlr, home.vlr, true),
    })
    background(stage, 12)
  },
}
