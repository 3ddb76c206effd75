import { tgppAvp } from '../avp-writer.ts'
import { COMMANDS } from '../diameter-commands.ts'
import { tbcd } from '../digits.ts'
import { accepted, authenticateEps, failedAttachEps, request, updateEps } from '../eps-procedures.ts'
import { attack, byImsi, byMsisdn, innocent, NOBODY } from '../labels.ts'
import { anyTimeInterrogationArg } from '../map-location.ts'
import { updateLocationArg } from '../map-mobility.ts'
import { restoreDataArg, restoreDataRes } from '../map-more.ts'
import { ERRORS, OPERATIONS } from '../map-operations.ts'
import { sendImsiArg, sendRoutingInfoForSmArg } from '../map-service.ts'
import { authenticate, background, register, shortMessage } from '../procedures.ts'
import { fetchVectors, inquire } from '../questions.ts'
import type { Scenario } from '../scenario.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const SECOND_US = 1_000_000
const MINUTE_US = 60 * SECOND_US

/** IDN-02. */
export const attackIdn02: Scenario = {
  name: 'attack-idn-02',
  about: 'An address asks for many message routes, and delivers nothing; others ask as much, and deliver.',
  durationUs: 3 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const prober = stage.stranger(SSN.msc)
    const fromUs = stage.early()
    for (let i = 0; i < 12; i++) {
      const who = stage.newSubscriber(home)
      const messages = inquire(stage, prober, who, fromUs + i * stage.random.between(20, 60) * SECOND_US)
      attack(
        stage,
        'IDN-02',
        { title: 'sendRoutingInfoForSM with no message after it', source: prober.gt, subject: byMsisdn(who) },
        messages,
      )
    }
    // a company that sends messages looks each number up a while before
    const company = stage.partner()
    const lookups = Array.from({ length: 12 }, (_, i) => {
      const who = stage.newSubscriber(home)
      const atUs = fromUs + i * 30 * SECOND_US
      return [
        ...inquire(stage, company.smsc, who, atUs),
        ...shortMessage(stage, who, company, atUs + stage.random.between(5, 50) * SECOND_US),
      ]
    })
    innocent(
      stage,
      'look-alike',
      { title: 'look-ups of a sender of messages, which it then delivers', source: company.smsc.gt, subject: NOBODY },
      lookups.flat(),
    )
    const absent = stage.newSubscriber(home)
    const other = stage.partner()
    innocent(
      stage,
      'near-miss',
      {
        title: 'sendRoutingInfoForSM for a phone that is off',
        source: other.smsc.gt,
        subject: byMsisdn(absent),
        answered: false,
      },
      inquire(stage, other.smsc, absent, stage.early(), { error: ERRORS.absentSubscriber }),
    )
    background(stage, 30)
  },
}

/** IDN-03. */
export const attackIdn03: Scenario = {
  name: 'attack-idn-03',
  about: 'Vectors are fetched for phones that then never register, over SS7 and over Diameter.',
  durationUs: 6 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (let i = 0; i < 3; i++) {
      const source = stage.stranger(SSN.vlr)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      const messages = [0, 1, 2].flatMap((k) =>
        fetchVectors(stage, source, who, atUs + k * 5 * MINUTE_US, random.pick(world.strangers).plmn),
      )
      attack(
        stage,
        'IDN-03',
        { title: 'sendAuthenticationInfo with no registration after it', source: source.gt, subject: byImsi(who) },
        messages,
      )
    }
    for (let i = 0; i < 2; i++) {
      const operator = random.pick(world.strangers)
      const source = stage.hiredPeer(operator)
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      const messages = [0, 1, 2].flatMap((k) =>
        authenticateEps(stage, who, operator, atUs + k * 5 * MINUTE_US, undefined, source),
      )
      attack(
        stage,
        'IDN-03',
        {
          title: 'Authentication-Information with no registration after it',
          source: source.host,
          subject: byImsi(who),
        },
        messages,
      )
    }
    const visited = stage.partner()
    const barred = stage.newSubscriber(home)
    const atUs = stage.early()
    innocent(
      stage,
      'look-alike',
      { title: 'an attach that the home refuses', source: visited.vlr.gt, subject: byImsi(barred) },
      [
        ...authenticate(stage, barred, visited, atUs),
        ...stage.ask({
          atUs: atUs + 1_500_000,
          from: visited.vlr,
          to: home.hlr,
          operation: OPERATIONS.updateLocation,
          argument: updateLocationArg(barred.imsi, visited.msc.gt, visited.vlr.gt),
          answer: { error: 8 },
        }),
      ],
    )
    const refused = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      { title: 'a 4G attach that the home refuses', source: visited.mme.host, subject: byImsi(refused) },
      failedAttachEps(stage, refused, visited, stage.early()),
    )
    const served = stage.newSubscriber(home)
    const laterUs = stage.early()
    register(stage, served, visited, laterUs)
    innocent(
      stage,
      'near-miss',
      { title: 'vectors for a phone that is registered there', source: visited.vlr.gt, subject: byImsi(served) },
      authenticate(stage, served, visited, laterUs + 40 * MINUTE_US),
    )
    const slow = stage.newSubscriber(home)
    const slowUs = stage.early()
    innocent(
      stage,
      'near-miss',
      { title: 'vectors, and the registration some minutes later', source: visited.mme.host, subject: byImsi(slow) },
      [...authenticateEps(stage, slow, visited, slowUs), ...updateEps(stage, slow, visited, slowUs + 4 * MINUTE_US)],
    )
    background(stage, 40)
  },
}

/** IDN-04. */
export const attackIdn04: Scenario = {
  name: 'attack-idn-04',
  about: 'Numbers are tried one after the other.',
  durationUs: 2 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const source = stage.stranger(SSN.msc)
    const fromUs = stage.early()
    const messages = Array.from({ length: 80 }, (_, i) => {
      const who = stage.newSubscriber(home)
      return stage.ask({
        atUs: fromUs + i * stage.random.between(1, 3) * SECOND_US,
        from: source,
        to: home.hlr,
        operation: OPERATIONS.sendImsi,
        argument: sendImsiArg(who.msisdn),
        answer: stage.random.chance(50) ? { error: ERRORS.unknownSubscriber } : stage.refusal(),
        calledAs: { digits: who.msisdn, plan: 1 },
      })
    })
    attack(
      stage,
      'IDN-04',
      { title: 'sendIMSI for one number after the other', source: source.gt, subject: NOBODY, answered: false },
      messages.flat(),
    )
    const bulk = stage.partner()
    const sent = Array.from({ length: 60 }, (_, i) =>
      shortMessage(stage, stage.newSubscriber(home), bulk, fromUs + i * 4 * SECOND_US),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'messages to many numbers, all delivered', source: bulk.smsc.gt, subject: NOBODY },
      sent.flat(),
    )
    const few = stage.partner()
    innocent(
      stage,
      'near-miss',
      { title: 'three messages one after the other', source: few.smsc.gt, subject: NOBODY },
      [0, 1, 2].flatMap((i) => shortMessage(stage, stage.newSubscriber(home), few, fromUs + i * 5 * SECOND_US)),
    )
    background(stage, 30)
  },
}

/** IDN-05. */
export const attackIdn05: Scenario = {
  name: 'attack-idn-05',
  about: 'Profiles are read by networks that do not serve the subscriber.',
  durationUs: 2 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const restore = (from: Node, who: Subscriber, atUs: number) =>
      stage.ask({
        atUs,
        from,
        to: home.hlr,
        operation: OPERATIONS.restoreData,
        argument: restoreDataArg(who.imsi),
        answer: { result: restoreDataRes(home.hlr.gt) },
      })
    for (let i = 0; i < 2; i++) {
      const visited = stage.partner()
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      register(stage, who, visited, atUs)
      const source = stage.stranger(SSN.vlr)
      attack(
        stage,
        'IDN-05',
        {
          title: 'restoreData from a network that does not serve the subscriber',
          source: source.gt,
          subject: byImsi(who),
        },
        restore(source, who, atUs + 20 * MINUTE_US),
      )
    }
    const reader = stage.strangePeer()
    const read = stage.newSubscriber(home)
    attack(
      stage,
      'any: IDN-05 LOC-07',
      { title: 'User-Data for a profile, from abroad', source: reader.host, subject: byMsisdn(read) },
      request(stage, {
        atUs: stage.early(),
        from: reader,
        to: home.hss,
        command: COMMANDS.userData,
        avps: [tgppAvp(700, [tgppAvp(701, tbcd(read.msisdn))]), tgppAvp(703, 17)],
        answer: accepted(tgppAvp(702, '<Sh-Data/>')),
      }),
    )
    const visited = stage.partner()
    const guests = Array.from({ length: 4 }, () => stage.newSubscriber(home))
    const atUs = stage.early()
    for (const who of guests) register(stage, who, visited, atUs)
    innocent(
      stage,
      'look-alike',
      { title: 'a VLR restores after a restart what it serves', source: visited.vlr.gt, subject: NOBODY },
      guests.flatMap((who, i) => restore(visited.vlr, who, atUs + 30 * MINUTE_US + i * SECOND_US)),
    )
    const one = stage.newSubscriber(home)
    register(stage, one, visited, atUs + MINUTE_US)
    innocent(
      stage,
      'near-miss',
      { title: 'restoreData from the VLR that serves', source: visited.vlr.gt, subject: byImsi(one) },
      restore(visited.vlr, one, atUs + 9 * MINUTE_US),
    )
    background(stage, 20)
  },
}

/** IDN-06. */
export const attackIdn06: Scenario = {
  name: 'attack-idn-06',
  about: 'An address tries which of our nodes there are, over SS7 and over Diameter.',
  durationUs: 2 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const source = stage.stranger(SSN.gsmScf)
    const fromUs = stage.early()
    const target = stage.newSubscriber(home)
    const messages = Array.from({ length: 70 }, (_, i) => {
      const number = String(i * 7 + 3)
        .padStart(home.range.width, '0')
        .slice(-home.range.width)
      return stage.ask({
        atUs: fromUs + i * stage.random.between(1, 4) * SECOND_US,
        from: source,
        to: home.hlr,
        operation: OPERATIONS.anyTimeInterrogation,
        argument: anyTimeInterrogationArg({ imsi: target.imsi }, source.gt, false),
        answer: stage.random.chance(60) ? 'silence' : { abort: 4 },
        calledAs: { digits: home.range.prefix + number, plan: 1 },
      })
    })
    attack(
      stage,
      'IDN-06',
      { title: 'requests to one address after the other', source: source.gt, subject: byImsi(target), answered: false },
      messages.flat(),
    )
    const stranger = stage.strangePeer()
    const peer = { ...stranger, habits: { ...stranger.habits, destinationHost: true } }
    const tried = Array.from({ length: 60 }, (_, i) => {
      const host = `${stage.random.pick(['hss', 'mme', 'dra'])}${i}.${home.realm}`
      const to = { ...home.hss, host }
      const command = COMMANDS.reset
      const answer = { error: 3002 }
      return request(stage, { atUs: fromUs + i * 3 * SECOND_US, from: peer, to, command, avps: [], answer })
    })
    attack(
      stage,
      'IDN-06',
      { title: 'requests to one host after the other', source: peer.host, subject: NOBODY, answered: false },
      tried.flat(),
    )
    const partner = stage.partner()
    const fault = Array.from({ length: 6 }, (_, i) =>
      stage.ask({
        atUs: fromUs + i * 20 * SECOND_US,
        from: partner.smsc,
        to: home.hlr,
        operation: OPERATIONS.sendRoutingInfoForSm,
        argument: sendRoutingInfoForSmArg(stage.newSubscriber(home).msisdn, partner.smsc.gt),
        answer: { abort: 4 },
      }),
    )
    innocent(
      stage,
      'look-alike',
      {
        title: 'a routing fault: the same address fails again and again',
        source: partner.smsc.gt,
        subject: NOBODY,
        answered: false,
      },
      fault.flat(),
    )
    const served = stage.newSubscriber(home)
    innocent(
      stage,
      'near-miss',
      { title: 'requests to two of our nodes', source: partner.vlr.gt, subject: byImsi(served) },
      register(stage, served, partner, stage.early()),
    )
    background(stage, 20)
  },
}
