import { fixed, GTPV1, GTPV2, gtpv1, imsiV1, routeingArea, word } from '../gtp-writer.ts'
import { attack, byImsi, innocent, NOBODY } from '../labels.ts'
import {
  createPdp,
  createSession,
  deleteBearer,
  misplaced,
  packetSession,
  tunnelMessage,
} from '../packet-procedures.ts'
import { background } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Gateway } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const SECOND_US = 1_000_000
const text = (gateway: Gateway): string => gateway.ip.join('.')

/** GTP-01. */
export const attackGtp01: Scenario = {
  name: 'attack-gtp-01',
  about: 'GTP messages that belong inside one network come from another.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (const type of [GTPV2.identification, GTPV2.contextRequest]) {
      const source = stage.strangeGateway()
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'GTP-01',
        { title: 'a GTPv2 request that no other network may send', source: text(source), subject: byImsi(who) },
        misplaced(stage, who, source, home.sgw, stage.early(), type, true),
      )
    }
    const source = stage.strangeGateway()
    const sequence = 77
    const request = gtpv1(GTPV1.sgsnContext, 0, sequence, [
      imsiV1(stage.newSubscriber(home).imsi),
      routeingArea(home.plmn),
      fixed(17, word(9)),
    ])
    attack(
      stage,
      'GTP-01',
      { title: 'an SGSN Context Request from another network', source: text(source), subject: NOBODY },
      tunnelMessage(
        stage,
        source,
        home.sgsnGateway,
        stage.early(),
        request,
        gtpv1(GTPV1.sgsnContext + 1, 9, sequence, [fixed(1, [193])]),
      ),
    )
    const partner = stage.partner()
    const [one, two] = [stage.newSubscriber(partner), stage.newSubscriber(home)]
    innocent(
      stage,
      'near-miss',
      { title: 'a session of our roamer', source: text(partner.sgw), subject: byImsi(two) },
      packetSession(stage, two, partner, stage.early()),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'a session of a guest', source: text(home.sgw), subject: byImsi(one) },
      packetSession(stage, one, home, stage.early()),
    )
    background(stage, 12)
  },
}

/** GTP-02. */
export const attackGtp02: Scenario = {
  name: 'attack-gtp-02',
  about: 'Sessions and bearers are created and deleted from addresses that are not of the networks they claim.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (const partner of stage.world.partners)
      for (let i = 0; i < 3; i++) packetSession(stage, stage.newSubscriber(home), partner, stage.early())
    for (let i = 0; i < 2; i++) {
      const claimed = stage.partner()
      const [first, second] = [stage.strangeGateway(), stage.strangeGateway()]
      const [one, two] = [stage.newSubscriber(home), stage.newSubscriber(home)]
      attack(
        stage,
        'GTP-02',
        {
          title: 'Create Session whose sender is not of the serving network',
          source: text(first),
          subject: byImsi(one),
        },
        createSession(stage, {
          about: one,
          from: first,
          to: home.pgw,
          servingPlmn: claimed.plmn,
          atUs: stage.early(),
          cause: 16,
        }).messages,
      )
      attack(
        stage,
        'GTP-02',
        {
          title: 'Create PDP Context whose sender is not of the serving network',
          source: text(second),
          subject: byImsi(two),
        },
        createPdp(stage, {
          about: two,
          from: second,
          to: home.ggsn,
          servingPlmn: claimed.plmn,
          atUs: stage.early(),
          cause: 128,
        }),
      )
    }
    const [one, two] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    const partner = stage.partner()
    innocent(
      stage,
      'near-miss',
      { title: 'Create PDP Context of the serving network', source: text(partner.sgsnGateway), subject: byImsi(one) },
      createPdp(stage, {
        about: one,
        from: partner.sgsnGateway,
        to: home.ggsn,
        servingPlmn: partner.plmn,
        atUs: stage.early(),
        cause: 128,
      }),
    )
    const sponsor = { ...stage.strangeGateway(), ip: [198, 19, 251, 9] }
    stage.agreed.push({ gt: '198.19.251.0/24', by: 'ip', detectors: ['GTP-02'], reason: 'sponsored roaming' })
    innocent(
      stage,
      'look-alike',
      { title: 'sponsored roaming under an agreed exception', source: text(sponsor), subject: byImsi(two) },
      createSession(stage, {
        about: two,
        from: sponsor,
        to: home.pgw,
        servingPlmn: partner.plmn,
        atUs: stage.early(),
        cause: 16,
      }).messages,
    )
    const bearer = stage.partner()
    innocent(
      stage,
      'near-miss',
      { title: 'Delete Bearer from the home of a guest', source: text(bearer.pgw), subject: NOBODY },
      deleteBearer(stage, bearer.pgw, home.sgw, stage.early(), true),
    )
    background(stage, 12)
  },
}

/** GTP-03. */
export const attackGtp03: Scenario = {
  name: 'attack-gtp-03',
  about: 'IMSIs and tunnel endpoints are tried one after the other.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const [source, other] = [stage.strangeGateway(), stage.strangeGateway()]
    const stranger = stage.random.pick(stage.world.strangers)
    const atUs = stage.early()
    const tried = Array.from(
      { length: 70 },
      (_, i) =>
        createSession(stage, {
          about: stage.newSubscriber(home),
          from: source,
          to: home.pgw,
          servingPlmn: stranger.plmn,
          atUs: atUs + i * 2 * SECOND_US,
          cause: 96,
        }).messages,
    )
    attack(
      stage,
      'GTP-03',
      { title: 'Create Session for one IMSI after the other', source: text(source), subject: NOBODY, answered: false },
      tried.flat(),
    )
    const endings = Array.from({ length: 70 }, (_, i) =>
      deleteBearer(stage, other, home.sgw, atUs + i * SECOND_US, true),
    )
    attack(
      stage,
      'any: GTP-03 GTP-02',
      {
        title: 'Delete Bearer for one tunnel endpoint after the other',
        source: text(other),
        subject: NOBODY,
        answered: false,
      },
      endings.flat(),
    )
    const partner = stage.partner()
    const many = Array.from({ length: 30 }, (_, i) =>
      packetSession(stage, stage.newSubscriber(home), partner, atUs + i * 6 * SECOND_US),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'a partner opens many sessions that work', source: text(partner.sgw), subject: NOBODY },
      many.flat(),
    )
    const denied = stage.newSubscriber(home)
    innocent(
      stage,
      'near-miss',
      { title: 'a session that is refused', source: text(partner.sgw), subject: byImsi(denied), answered: false },
      createSession(stage, {
        about: denied,
        from: partner.sgw,
        to: home.pgw,
        servingPlmn: partner.plmn,
        atUs,
        cause: 93,
      }).messages,
    )
    background(stage, 12)
  },
}
