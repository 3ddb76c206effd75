import { type BerElement, constructed, nullElement, retag, withLength } from '../ber-writer.ts'
import type { Question } from '../dialogue.ts'
import { imsi } from '../digits.ts'
import { attack, byImsi, innocent } from '../labels.ts'
import { anyTimeInterrogationArg, provideSubscriberInfoArg } from '../map-location.ts'
import { cancelLocationArg, emptyRes } from '../map-mobility.ts'
import { OPERATIONS } from '../map-operations.ts'
import { insertSubscriberDataArg, insertSubscriberDataRes } from '../map-profile.ts'
import { sendRoutingInfoForSmArg } from '../map-service.ts'
import { background, locateFromHome, register, registerPacket } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { invoke } from '../tcap-writer.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { found } from './location.ts'

/** A sensitive operation that an evasion wraps, and the detector that sees it all the same. */
interface Sensitive {
  readonly detector: string
  readonly ssn: number
  readonly question: (
    stage: Stage,
    source: Node,
    who: Subscriber,
  ) => Pick<Question, 'to' | 'operation' | 'argument' | 'answer'>
}

const SENSITIVE: readonly Sensitive[] = [
  {
    detector: 'LOC-01',
    ssn: SSN.gsmScf,
    question: (stage, source, who) => ({
      to: stage.world.home.hlr,
      operation: OPERATIONS.anyTimeInterrogation,
      argument: anyTimeInterrogationArg({ imsi: who.imsi }, source.gt, true),
      answer: found(stage, stage.world.home),
    }),
  },
  {
    detector: 'LOC-02',
    ssn: SSN.hlr,
    question: (stage, _, who) => ({
      to: stage.world.home.vlr,
      operation: OPERATIONS.provideSubscriberInfo,
      argument: provideSubscriberInfoArg(who.imsi, true),
      answer: found(stage, stage.world.home),
    }),
  },
  {
    detector: 'DOS-01',
    ssn: SSN.hlr,
    question: (stage, _, who) => ({
      to: stage.world.home.vlr,
      operation: OPERATIONS.cancelLocation,
      argument: cancelLocationArg(who.imsi, 3),
      answer: { result: emptyRes() },
    }),
  },
  {
    detector: 'INT-04',
    ssn: SSN.hlr,
    question: (stage, source, who) => ({
      to: stage.world.home.vlr,
      operation: OPERATIONS.insertSubscriberData,
      argument: insertSubscriberDataArg({ imsi: who.imsi, gsmScf: source.gt }),
      answer: { result: insertSubscriberDataRes() },
    }),
  },
]

/** One of the eight evasions: what it changes in a question. */
interface Evasion {
  readonly id: string
  readonly name: string
  readonly wrap: (stage: Stage, question: Question) => Question
}

/** Source: the list of bypasses seen in networks that Enea published, and what X.690, Q.713 and Q.773 leave open. */
export const EVASIONS: readonly Evasion[] = [
  { id: 'EVA-01', name: 'global operation code', wrap: (_, question) => ({ ...question, opcode: 'global' }) },
  {
    id: 'EVA-02',
    name: 'second component',
    wrap: (stage, question) => {
      const { msisdn } = stage.newSubscriber(stage.world.home)
      const cover = invoke(OPERATIONS.sendRoutingInfoForSm, sendRoutingInfoForSmArg(msisdn, question.from.gt), 120)
      return { ...question, before: [cover] }
    },
  },
  {
    id: 'EVA-03',
    name: 'extended application context',
    wrap: (stage, question) => {
      const { context, version } = question.operation
      const odd = stage.random.chance(50)
        ? Uint8Array.of(4, 0, 0, 1, 0, context, version, stage.random.between(1, 9))
        : Uint8Array.of(4, 0, 0, 1, 0, 20, 3)
      return { ...question, contextName: odd }
    },
  },
  {
    id: 'EVA-04',
    name: 'long transaction id or padded encoding',
    wrap: (stage, question) => {
      const { from, argument } = question
      const long = { ...from, habits: { ...from.habits, transactionIdBytes: stage.random.between(5, 8) } }
      // where a stack pads all lengths, one more hides nothing
      if (argument === null || stage.random.chance(50) || from.habits.length === 'padded')
        return { ...question, from: long }
      return { ...question, argument: padded(argument) }
    },
  },
  {
    id: 'EVA-05',
    name: 'missing or invalid subsystem',
    wrap: (stage, question) => {
      const ssn = stage.random.pick([null, 0, 254])
      return { ...question, calledAs: { digits: question.to.gt, plan: 1, ssn } }
    },
  },
  { id: 'EVA-06', name: 'empty begin', wrap: (_, question) => ({ ...question, emptyBegin: true }) },
  {
    id: 'EVA-07',
    name: 'needless segmentation',
    wrap: (stage, question) => ({
      ...question,
      sccp: { type: 'xudt', segmentBytes: stage.random.between(16, 40), returnOnError: false },
    }),
  },
  {
    id: 'EVA-08',
    name: 'identity under an unusual tag',
    wrap: (_, question) =>
      question.argument === null ? question : { ...question, argument: hidden(question.argument) },
  },
]

/** A four-octet length where one would do, on the first element that names the subscriber. */
function padded(argument: BerElement): BerElement {
  if (argument.content instanceof Uint8Array) return withLength(argument, 'padded')
  return { ...argument, content: argument.content.map((child, i) => (i === 0 ? padded(child) : child)) }
}

/** The IMSI under the same number in a high-tag-number form. */
function hidden(argument: BerElement): BerElement {
  if (argument.digits?.kind === 'imsi' && argument.tag < 0x100) {
    return argument.tag >= 0x80 ? retag(argument, 0x9f00 | (argument.tag & 0x1f)) : { ...argument, tag: 0x1f04 }
  }
  if (argument.content instanceof Uint8Array) return argument
  return { ...argument, content: argument.content.map(hidden) }
}

/** Every sensitive operation inside one evasion. */
function wrapAll(stage: Stage, evasion: Evasion): void {
  for (const { detector, ssn, question } of SENSITIVE) {
    const source = stage.stranger(ssn)
    const who = stage.newSubscriber(stage.world.home)
    const bare: Question = { atUs: stage.moment(), from: source, ...question(stage, source, who) }
    const messages = stage.ask(evasion.wrap(stage, bare))
    attack(
      stage,
      // a reader that finds the identity all the same has nothing to report beside the attack
      evasion.id === 'EVA-08' ? `any: ${detector} EVA-08` : `${detector} ${evasion.id}`,
      { title: `${bare.operation.name} behind an evasion: ${evasion.name}`, source: source.gt, subject: byImsi(who) },
      messages,
      evasion.name,
    )
  }
}

/** The eight evasions around sensitive operations. */
export const evasions: Scenario = {
  name: 'evasions',
  about: 'Each of eight evasions around location requests, cancellations and profile writes.',
  durationUs: 1_800_000_000,
  plain: false,
  play(stage) {
    for (const evasion of EVASIONS) wrapAll(stage, evasion)
    plainBeside(stage)
    background(stage, 30)
  },
}

/** Legitimate traffic with encodings that come near an evasion. */
function plainBeside(stage: Stage): void {
  const partner = stage.partner()
  const guest = stage.newSubscriber(partner)
  const { home } = stage.world
  innocent(
    stage,
    'look-alike',
    { title: 'what the home may ask, with nothing to spare', source: partner.hlr.gt, subject: byImsi(guest) },
    stage.ask({
      atUs: stage.moment(),
      from: partner.hlr,
      to: home.vlr,
      operation: OPERATIONS.provideSubscriberInfo,
      argument: constructed(0x30, [imsi(0x80, guest.imsi), constructed(0xa2, [nullElement(0x80)])]),
      answer: found(stage, home),
    }),
  )
  const traveller = stage.newSubscriber(home)
  const visited = stage.partner()
  innocent(
    stage,
    'near-miss',
    { title: 'a long profile that SCCP must cut', source: visited.sgsn.gt, subject: byImsi(traveller) },
    registerPacket(stage, traveller, visited, stage.moment()),
  )
}

/** EVA-03 to EVA-07, each by itself. */
export const EVASION_SCENARIOS: readonly Scenario[] = EVASIONS.filter(({ id }) =>
  ['EVA-03', 'EVA-04', 'EVA-05', 'EVA-06', 'EVA-07'].includes(id),
).map((evasion) => ({
  name: `attack-${evasion.id.toLowerCase()}`,
  about: `Sensitive operations behind an evasion: ${evasion.name}.`,
  durationUs: 600_000_000,
  plain: false,
  play(stage) {
    wrapAll(stage, evasion)
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: 'the same operation, plain, from the home', source: partner.hlr.gt, subject: byImsi(guest) },
      locateFromHome(stage, guest, stage.world.home, stage.moment()),
    )
    const traveller = stage.newSubscriber(stage.world.home)
    const visited = stage.partner()
    innocent(
      stage,
      'look-alike',
      { title: 'a registration in the habits of its stack', source: visited.vlr.gt, subject: byImsi(traveller) },
      [
        ...register(stage, traveller, visited, stage.moment()),
        ...registerPacket(stage, traveller, visited, stage.moment()),
      ],
    )
    background(stage, 16)
  },
}))
