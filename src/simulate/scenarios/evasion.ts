import { type BerElement, constructed, nullElement, primitive, retag, withLength } from '../ber-writer.ts'
import { converse, delayUs } from '../dialogue.ts'
import { imsi } from '../digits.ts'
import { anyTimeInterrogationArg, provideSubscriberInfoArg } from '../map-location.ts'
import { OPERATIONS } from '../map-operations.ts'
import { insertSubscriberDataArg, insertSubscriberDataRes } from '../map-profile.ts'
import { sendRoutingInfoForSmArg } from '../map-service.ts'
import { background, register } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { invoke, returnResult } from '../tcap-writer.ts'
import type { Message } from '../traffic.ts'
import { type Operator, SSN } from '../world.ts'
import { found } from './location.ts'

/** EVA-01. */
export const attackEva01: Scenario = {
  name: 'attack-eva-01',
  about: 'Location requests whose operation code is tagged as a global one, which many filters do not read.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { home } = stage.world
    for (const answered of [true, false]) {
      const source = stage.stranger(SSN.gsmScf)
      const who = stage.newSubscriber(home)
      stage.label({
        kind: 'attack',
        title: 'anyTimeInterrogation under a global operation code',
        detectors: ['EVA-01', 'LOC-01'],
        source: source.gt,
        subject: { imsi: who.imsi, msisdn: null },
        answered,
        messages: stage.ask({
          atUs: stage.moment(),
          from: source,
          to: home.hlr,
          operation: OPERATIONS.anyTimeInterrogation,
          argument: anyTimeInterrogationArg({ imsi: who.imsi }, source.gt, true),
          answer: answered ? found(stage, home) : stage.refusal(),
          opcode: 'global',
        }),
      })
    }
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    stage.label({
      kind: 'near-miss',
      title: 'a legitimate request under a local operation code with a needless octet',
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: guest.imsi, msisdn: null },
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: partner.hlr,
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(guest.imsi, false),
        answer: found(stage, home),
        opcode: 'padded',
      }),
    })
    const traveller = stage.newSubscriber(home)
    const visited = stage.partner()
    stage.label({
      kind: 'look-alike',
      title: 'a dialogue of several operations, all under local codes',
      detectors: [],
      source: visited.vlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: register(stage, traveller, visited, stage.moment()),
    })
    background(stage, 12)
  },
}

/** A home that sends a long profile as two invokes of one message, as it may. */
function bundledProfile(stage: Stage, partner: Operator, imsiDigits: string): Message[] {
  const { insertSubscriberData } = OPERATIONS
  const profiles = [
    insertSubscriberDataArg({ imsi: imsiDigits, services: true }),
    insertSubscriberDataArg({ gsmScf: partner.gsmScf.gt }),
  ]
  return converse(stage.traffic, stage.random, {
    atUs: stage.moment(),
    originator: partner.hlr,
    responder: stage.world.home.vlr,
    calledAs: null,
    request: { context: insertSubscriberData.context, version: insertSubscriberData.version, userInformation: null },
    opening: profiles.map((profile, i) => invoke(insertSubscriberData, profile, i + 1)),
    steps: [
      {
        by: 'responder',
        afterUs: delayUs(stage.random),
        kind: 'end',
        components: profiles.map((_, i) => returnResult(insertSubscriberData, insertSubscriberDataRes(), i + 1)),
        abort: null,
      },
    ],
  })
}

/** EVA-02. */
export const attackEva02: Scenario = {
  name: 'attack-eva-02',
  about: 'An innocent operation stands in front of a location request in the same message, for filters that read one.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { home } = stage.world
    for (const answered of [true, false]) {
      const source = stage.stranger(SSN.gsmScf)
      const who = stage.newSubscriber(home)
      // the cover is about somebody else, so that what is found must not mix the two up
      const { msisdn } = stage.newSubscriber(home)
      const cover = invoke(OPERATIONS.sendRoutingInfoForSm, sendRoutingInfoForSmArg(msisdn, source.gt), 120)
      stage.label({
        kind: 'attack',
        title: 'anyTimeInterrogation behind a sendRoutingInfoForSM in one message',
        detectors: ['EVA-02', 'LOC-01'],
        source: source.gt,
        subject: { imsi: who.imsi, msisdn: null },
        answered,
        messages: stage.ask({
          atUs: stage.moment(),
          from: source,
          to: home.hlr,
          operation: OPERATIONS.anyTimeInterrogation,
          argument: anyTimeInterrogationArg({ imsi: who.imsi }, source.gt, true),
          answer: answered ? found(stage, home) : stage.refusal(),
          before: [cover],
        }),
      })
    }
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    stage.label({
      kind: 'near-miss',
      title: 'two insertSubscriberData of one profile in one message, from the home',
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: guest.imsi, msisdn: null },
      answered: true,
      messages: bundledProfile(stage, partner, guest.imsi),
    })
    const traveller = stage.newSubscriber(home)
    const visited = stage.partner()
    stage.label({
      kind: 'look-alike',
      title: 'different operations in different messages of one dialogue',
      detectors: [],
      source: visited.vlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: register(stage, traveller, visited, stage.moment()),
    })
    background(stage, 12)
  },
}

/** A way to write the IMSI of a request that keeps others from reading it. */
interface HiddenIdentity {
  readonly title: string
  readonly write: (digits: string) => readonly BerElement[]
  /** A tolerant reader still finds the IMSI, and then sees whose subscriber it is. */
  readonly readable: boolean
}

const HIDDEN_IDENTITIES: readonly HiddenIdentity[] = [
  // X.690 §8.1.2.2 wants tag numbers below 31 in one octet.
  { title: 'under a high-tag-number form', write: (digits) => [retag(imsi(0x80, digits), 0x9f00)], readable: true },
  // X.690 §8.7.1 allows a string in pieces; hardly any reader expects it.
  { title: 'in pieces', write: (digits) => [constructed(0xa0, [imsi(0x04, digits)])], readable: true },
  { title: 'without digits', write: () => [primitive(0x80, new Uint8Array(0))], readable: false },
  { title: 'of filler only', write: () => [primitive(0x80, new Uint8Array(8).fill(0xff))], readable: false },
  { title: 'missing', write: () => [], readable: false },
]

function requestWith(identity: readonly BerElement[], current: boolean): BerElement {
  const wanted = [nullElement(0x80), ...(current ? [nullElement(0x83)] : [])]
  return constructed(0x30, [...identity, constructed(0xa2, wanted)])
}

/** EVA-08. */
export const attackEva08: Scenario = {
  name: 'attack-eva-08',
  about: 'Location requests whose IMSI is hidden or missing, so that nobody can check whose subscriber it is.',
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (const { title, write, readable } of random.shuffle(HIDDEN_IDENTITIES)) {
      const source = stage.stranger(SSN.hlr)
      const who = stage.newSubscriber(home)
      const answered = random.chance(70)
      stage.label({
        kind: 'attack',
        title: `provideSubscriberInfo, its IMSI ${title}`,
        ...(readable ? { detectors: ['EVA-08', 'LOC-02'], match: 'any' } : { detectors: ['EVA-08'] }),
        source: source.gt,
        subject: { imsi: readable ? who.imsi : null, msisdn: null },
        answered,
        messages: stage.ask({
          atUs: stage.moment(),
          from: source,
          to: home.vlr,
          operation: OPERATIONS.provideSubscriberInfo,
          argument: requestWith(write(who.imsi), random.chance(50)),
          answer: answered ? found(stage, home) : stage.refusal(),
        }),
      })
    }
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    stage.label({
      kind: 'near-miss',
      title: 'an IMSI behind a needlessly long length, readable and from the home',
      detectors: [],
      source: partner.hlr.gt,
      subject: { imsi: guest.imsi, msisdn: null },
      answered: true,
      messages: stage.ask({
        atUs: stage.moment(),
        from: partner.hlr,
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: requestWith([withLength(imsi(0x80, guest.imsi), 'padded')], false),
        answer: found(stage, home),
      }),
    })
    const traveller = stage.newSubscriber(home)
    const visited = stage.partner()
    stage.label({
      kind: 'look-alike',
      title: 'insertSubscriberData without IMSI inside a location update, where the subscriber is known',
      detectors: [],
      source: visited.vlr.gt,
      subject: { imsi: traveller.imsi, msisdn: null },
      answered: true,
      messages: register(stage, traveller, visited, stage.moment()),
    })
    background(stage, 12)
  },
}
