import { tgppAvp } from '../avp-writer.ts'
import { askServiceControl } from '../call-procedures.ts'
import { tbcd } from '../digits.ts'
import { accepted, attachEps, insertEps } from '../eps-procedures.ts'
import { attack, byImsi, innocent, NOBODY } from '../labels.ts'
import { forwardingInfo, registerSsArg } from '../map-more.ts'
import { OPERATIONS } from '../map-operations.ts'
import { openInfo } from '../map-service.ts'
import { background, register } from '../procedures.ts'
import { areFar } from '../regions.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Message } from '../traffic.ts'
import { type Node, SSN, type Subscriber } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const MINUTE_US = 60_000_000

/** A forwarding of all calls set by somebody. */
function forward(stage: Stage, from: Node, who: Subscriber, to: string, atUs: number): Message[] {
  return stage.ask({
    atUs,
    from,
    to: who.home.hlr,
    operation: OPERATIONS.registerSs,
    argument: registerSsArg(to),
    answer: { result: forwardingInfo(to) },
    userInformation: openInfo({ imsi: who.imsi }, from.gt),
  })
}

/** INT-05. */
export const attackInt05: Scenario = {
  name: 'attack-int-05',
  about: 'Calls are forwarded to a third country by networks that do not serve the subscriber.',
  durationUs: 4 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (let i = 0; i < 2; i++) {
      const visited = stage.partner()
      const who = stage.newSubscriber(home)
      const atUs = stage.early()
      register(stage, who, visited, atUs)
      const third = random.pick(world.strangers.filter((operator) => areFar(operator, visited) || operator !== visited))
      const source = stage.stranger(SSN.vlr)
      const messages = forward(stage, source, who, stage.newSubscriber(third).msisdn, atUs + 20 * MINUTE_US)
      attack(
        stage,
        'INT-05',
        {
          title: 'registerSS that forwards calls to a third country, not from the serving network',
          source: source.gt,
          subject: byImsi(who),
        },
        messages,
      )
    }
    const visited = stage.partner()
    const atUs = stage.early()
    const [mailed, moved] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    for (const who of [mailed, moved]) register(stage, who, visited, atUs)
    innocent(
      stage,
      'look-alike',
      {
        title: 'registerSS to the home mailbox from the serving network',
        source: visited.vlr.gt,
        subject: byImsi(mailed),
      },
      forward(stage, visited.vlr, mailed, `${home.msc.gt}`, atUs + 10 * MINUTE_US),
    )
    innocent(
      stage,
      'near-miss',
      {
        title: 'registerSS to a number of the visited country from the serving network',
        source: visited.vlr.gt,
        subject: byImsi(moved),
      },
      forward(stage, visited.vlr, moved, stage.newSubscriber(visited).msisdn, atUs + 12 * MINUTE_US),
    )
    background(stage, 20)
  },
}

/** INT-06. */
export const attackInt06: Scenario = {
  name: 'attack-int-06',
  about: 'Our switch asks a service platform that the home never named, and it sends the call elsewhere.',
  durationUs: 4 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world } = stage
    const { home } = world
    for (const redirected of [true, false]) {
      const partner = stage.partner()
      const who = stage.newSubscriber(partner)
      const atUs = stage.early()
      register(stage, who, home, atUs)
      const scf = stage.stranger(SSN.gsmScf)
      const third = redirected ? stage.newSubscriber(stage.random.pick(world.strangers)).msisdn : null
      attack(
        stage,
        'INT-06',
        { title: 'initialDP to a service platform that the home did not name', source: scf.gt, subject: byImsi(who) },
        askServiceControl(stage, who, home.msc, scf, atUs + 15 * MINUTE_US, third),
      )
    }
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    const atUs = stage.early()
    register(stage, guest, home, atUs)
    innocent(
      stage,
      'near-miss',
      { title: 'initialDP to the platform that the home named', source: partner.gsmScf.gt, subject: byImsi(guest) },
      askServiceControl(stage, guest, home.msc, partner.gsmScf, atUs + 9 * MINUTE_US, null),
    )
    const traveller = stage.newSubscriber(home)
    register(stage, traveller, partner, atUs)
    innocent(
      stage,
      'look-alike',
      { title: 'a prepaid call of our subscriber abroad', source: partner.msc.gt, subject: byImsi(traveller) },
      askServiceControl(stage, traveller, partner.msc, home.gsmScf, atUs + 9 * MINUTE_US, null),
    )
    background(stage, 20)
  },
}

/** INT-04 over Diameter. */
export const attackInt04Diameter: Scenario = {
  name: 'attack-int-04-diameter',
  about: 'Diameter nodes that are not of the home write profiles that send calls or location to addresses of theirs.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (let i = 0; i < 2; i++) {
      const who = stage.newSubscriber(home)
      const source = stage.strangePeer()
      const [stranger] = stage.world.strangers
      // GMLC-Number: who may be told of the subscriber's place (TS 29.272 §7.3.102)
      const data = [tgppAvp(1474, tbcd(stranger?.gmlc.gt ?? ''))]
      attack(
        stage,
        'any: INT-04 DOS-03 LOC-05',
        { title: 'a profile written by a realm that is not the home', source: source.host, subject: byImsi(who) },
        insertEps(stage, who, source, home, stage.early(), { flags: 0, data }, accepted()),
      )
    }
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: 'a profile written by the home', source: partner.hss.host, subject: byImsi(guest) },
      insertEps(stage, guest, partner.hss, home, stage.early(), { flags: 0, data: [tgppAvp(1424, 0)] }, accepted()),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'an attach, whose answer holds a profile', source: home.mme.host, subject: NOBODY },
      attachEps(stage, stage.newSubscriber(partner), home, stage.early()),
    )
    background(stage, 12)
  },
}
