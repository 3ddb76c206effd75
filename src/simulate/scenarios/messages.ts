import { attack, byImsi, byMsisdn, innocent } from '../labels.ts'
import { moForwardSmArg } from '../map-more.ts'
import { OPERATIONS } from '../map-operations.ts'
import { openInfo, sendRoutingInfoForSmRes, ussdText } from '../map-service.ts'
import { background, checkBalance, register, shortMessage } from '../procedures.ts'
import { deliver, inquire, plainText } from '../questions.ts'
import type { Scenario } from '../scenario.ts'
import { smsTpdu } from '../sms-writer.ts'
import type { Stage } from '../stage.ts'
import type { Framed, Message } from '../traffic.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const MINUTE_US = 60_000_000
const SECOND_US = 1_000_000

/** A short message from a phone, handed on by some node. */
export function submit(
  stage: Stage,
  from: Node,
  who: Subscriber,
  to: string,
  tpdu: Partial<{ header: Uint8Array; data: Uint8Array; dcs: number }>,
  atUs: number,
): Message[] {
  const { home } = who
  const octets = smsTpdu({
    to: 'centre',
    party: to,
    pid: 0,
    dcs: tpdu.dcs ?? 0,
    header: tpdu.header ?? null,
    data: tpdu.data ?? 'Call me',
    timeUs: atUs,
  })
  return stage.ask({
    atUs,
    from,
    to: home.smsc,
    operation: OPERATIONS.moForwardSm,
    argument: moForwardSmArg(who.msisdn, home.smsc.gt, octets),
    answer: { result: null },
  })
}

/** FRD-01. */
export const attackFrd01: Scenario = {
  name: 'attack-frd-01',
  about: 'USSD requests and short messages in the name of subscribers whom the sender does not serve.',
  durationUs: 3 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (let i = 0; i < 2; i++) {
      const visited = stage.partner()
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      register(stage, who, visited, atUs)
      const source = stage.stranger(SSN.vlr)
      const laterUs = atUs + 20 * MINUTE_US
      attack(
        stage,
        'FRD-01',
        {
          title: 'a USSD request from a network that does not serve the subscriber',
          source: source.gt,
          subject: byImsi(who),
        },
        stage.ask({
          atUs: laterUs,
          from: source,
          to: home.hlr,
          operation: OPERATIONS.processUnstructuredSs,
          argument: ussdText('*145*500#'),
          answer: { result: ussdText('Done.') },
          userInformation: openInfo({ imsi: who.imsi }, source.gt),
        }),
      )
      const sender = stage.newSubscriber(home)
      register(stage, sender, visited, atUs)
      const forger = stage.stranger(SSN.msc)
      attack(
        stage,
        'FRD-01',
        {
          title: 'a short message of a subscriber whom the sender does not serve',
          source: forger.gt,
          subject: byMsisdn(sender),
        },
        submit(stage, forger, sender, stage.newSubscriber(home).msisdn, {}, laterUs),
      )
    }
    const visited = stage.partner()
    const who = stage.newSubscriber(home)
    const atUs = stage.early()
    register(stage, who, visited, atUs)
    innocent(
      stage,
      'near-miss',
      { title: 'a USSD request from the serving network', source: visited.vlr.gt, subject: byImsi(who) },
      checkBalance(stage, who, visited, atUs + 15 * MINUTE_US),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'a short message of a roamer from the serving network', source: visited.msc.gt, subject: byMsisdn(who) },
      submit(stage, visited.msc, who, stage.newSubscriber(home).msisdn, {}, atUs + 17 * MINUTE_US),
    )
    background(stage, 30)
  },
}

/** A routing inquiry and the delivery of a message of any kind, as a service centre does it. */
export function deliverAs(
  stage: Stage,
  from: Node,
  who: Subscriber,
  serviceCentre: string,
  tpdu: Uint8Array,
  atUs: number,
): Framed[] {
  const routed = who.home === stage.world.home
  const identity = routed
    ? `${who.home.plmn}9${String(stage.random.between(0, 999_999_999)).padStart(9, '0')}`.slice(0, 15)
    : who.imsi
  const node = routed ? who.home.smsRouter : who.home.msc
  const answer = { result: sendRoutingInfoForSmRes(identity, node.gt) }
  return [
    ...inquire(stage, from, who, atUs, answer),
    ...deliver(stage, from, node, identity, serviceCentre, tpdu, atUs + 700_000),
  ]
}

/** SMS-01. */
export const attackSms01: Scenario = {
  name: 'attack-sms-01',
  about: 'Deliveries whose service centre is of another network than the address they come from.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    for (let i = 0; i < 3; i++) {
      const source = stage.stranger(SSN.msc)
      const claimed = random.pick(world.partners)
      const who = stage.newSubscriber(world.home)
      const atUs = stage.early()
      const tpdu = plainText(claimed.smsc.gt, atUs)
      attack(
        stage,
        'any: SMS-01 SPF-02',
        { title: 'a message whose service centre is of another network', source: source.gt, subject: byMsisdn(who) },
        deliverAs(stage, source, who, claimed.smsc.gt, tpdu, atUs),
      )
    }
    const [hub, client] = random.shuffle(world.partners)
    if (hub === undefined || client === undefined) throw new RangeError('two partners are needed')
    stage.agreed.push({ gt: hub.msc.gt, detectors: ['SMS-01', 'SPF-02'], reason: 'SMS hub' })
    const addressee = stage.newSubscriber(world.home)
    const atUs = stage.early()
    innocent(
      stage,
      'look-alike',
      { title: 'a message through a hub under an agreed exception', source: hub.msc.gt, subject: byMsisdn(addressee) },
      deliverAs(stage, hub.msc, addressee, client.smsc.gt, plainText(client.smsc.gt, atUs), atUs),
    )
    const other = stage.newSubscriber(world.home)
    innocent(
      stage,
      'near-miss',
      {
        title: 'a message of another service centre of the same network',
        source: client.smsc.gt,
        subject: byMsisdn(other),
      },
      deliverAs(stage, client.smsc, other, client.msc.gt, plainText(client.smsc.gt, atUs), stage.early()),
    )
    background(stage, 20)
  },
}

/** SMS-02. */
export const attackSms02: Scenario = {
  name: 'attack-sms-02',
  about: 'Routing inquiries that our network answers with the true identity and node instead of its SMS router.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (let i = 0; i < 3; i++) {
      const source = stage.stranger(SSN.msc)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      const answer = { result: sendRoutingInfoForSmRes(who.imsi, home.vlr.gt) }
      attack(
        stage,
        'any: SMS-02 IDN-02',
        {
          title: 'an inquiry answered with the true IMSI and the serving node',
          source: source.gt,
          subject: byMsisdn(who),
        },
        [...inquire(stage, source, who, atUs, answer), ...inquire(stage, source, who, atUs + 90 * SECOND_US, answer)],
      )
    }
    for (let i = 0; i < 6; i++) {
      const partner = stage.partner()
      const who = stage.newSubscriber(home)
      innocent(
        stage,
        i % 2 === 0 ? 'near-miss' : 'look-alike',
        { title: 'a message by way of the SMS router', source: partner.smsc.gt, subject: byMsisdn(who) },
        shortMessage(stage, who, partner, stage.early()),
      )
    }
    background(stage, 20)
  },
}

/** SMS-03. */
export const attackSms03: Scenario = {
  name: 'attack-sms-03',
  about: 'Short messages of type 0, which phones acknowledge and do not show.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const silent = (from: Node, who: Subscriber, pid: number, atUs: number) =>
      deliverAs(
        stage,
        from,
        who,
        from.gt,
        smsTpdu({ to: 'phone', party: from.gt, pid, dcs: 0, header: null, data: ' ', timeUs: atUs }),
        atUs,
      )
    for (let i = 0; i < 3; i++) {
      const source = stage.stranger(SSN.msc)
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'SMS-03',
        { title: 'a silent message from abroad', source: source.gt, subject: byMsisdn(who) },
        silent(source, who, 0x40, stage.early()),
      )
    }
    const partner = stage.partner()
    const [replaced, plain] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    innocent(
      stage,
      'near-miss',
      { title: 'a message that replaces one before it', source: partner.smsc.gt, subject: byMsisdn(replaced) },
      silent(partner.smsc, replaced, 0x41, stage.early()),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'a plain message', source: partner.smsc.gt, subject: byMsisdn(plain) },
      shortMessage(stage, plain, partner, stage.early()),
    )
    background(stage, 20)
  },
}
