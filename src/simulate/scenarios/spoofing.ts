import { inventHabits } from '../dialect.ts'
import { provideSubscriberInfoArg } from '../map-location.ts'
import { cancelLocationArg } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import { background, locateFromHome } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import { CARRIERS } from '../wiring.ts'
import { found } from './location.ts'

/** SPF-01. */
export const attackSpf01: Scenario = {
  name: 'attack-spf-01',
  about: 'Requests that claim an address of our own network arrive from an international carrier.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    // The forger sends from abroad; the answer goes to the real node and is not seen on the carrier's link.
    const forger = { ...home.hlr, abroad: true, carrier: random.between(0, CARRIERS - 1), habits: inventHabits(random) }
    const [asked, dropped] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    const base = { from: forger, to: home.vlr, answer: 'silence' } as const
    stage.label({
      kind: 'attack',
      title: 'provideSubscriberInfo in the name of our own HLR, from outside',
      detectors: ['SPF-01'],
      source: forger.gt,
      subject: { imsi: asked.imsi, msisdn: null },
      answered: null,
      messages: stage.ask({
        ...base,
        atUs: stage.moment(),
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(asked.imsi, true),
      }),
    })
    stage.label({
      kind: 'attack',
      title: 'cancelLocation in the name of our own HLR, from outside',
      detectors: ['SPF-01'],
      source: forger.gt,
      subject: { imsi: dropped.imsi, msisdn: null },
      answered: null,
      messages: stage.ask({
        ...base,
        atUs: stage.moment(),
        operation: OPERATIONS.cancelLocation,
        argument: cancelLocationArg(dropped.imsi, 3),
      }),
    })

    const atHome = stage.newSubscriber(home)
    stage.label({
      kind: 'near-miss',
      title: 'our own HLR asks our own VLR, inside the network',
      detectors: [],
      source: home.hlr.gt,
      subject: { imsi: atHome.imsi, msisdn: null },
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: home.hlr,
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(atHome.imsi, false),
        answer: found(stage, home),
      }),
    })
    const traveller = stage.newSubscriber(home)
    stage.label({
      kind: 'look-alike',
      title: 'our own HLR asks a VLR abroad, from inside to outside',
      detectors: [],
      source: home.hlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: locateFromHome(stage, traveller, stage.partner(), stage.moment()),
    })
    background(stage, 12)
  },
}
