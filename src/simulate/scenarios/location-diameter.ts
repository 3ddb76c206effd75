import { tgppAvp } from '../avp-writer.ts'
import { COMMANDS, IDR_FLAGS, routingForSm, userName } from '../diameter-commands.ts'
import { pointOctets, tbcd } from '../digits.ts'
import {
  accepted,
  askVoice,
  attachEps,
  inquireEps,
  insertEps,
  refusedRequest,
  request,
  shortMessageEps,
} from '../eps-procedures.ts'
import { attack, byImsi, byMsisdn, innocent } from '../labels.ts'
import { background } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import type { Subscriber } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const SECOND_US = 1_000_000

/** LOC-05. */
export const attackLoc05: Scenario = {
  name: 'attack-loc-05',
  about: 'Diameter nodes that are not of the home ask our MME where subscribers are.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const [first, second] = random.shuffle(world.partners)
    if (first === undefined || second === undefined) throw new RangeError('two partners are needed')
    const cases = [
      { who: stage.newSubscriber(home), source: stage.strangePeer(), answered: true },
      { who: stage.newSubscriber(first), source: stage.hiredPeer(second), answered: true },
      { who: stage.newSubscriber(first), source: stage.strangePeer(), answered: false },
    ]
    const { location, currentLocation, userState } = IDR_FLAGS
    for (const { who, source, answered } of cases) {
      const flags = random.pick([location, location | currentLocation, location | userState])
      attack(
        stage,
        'LOC-05',
        {
          title: 'insertSubscriberData that asks for the location, from a realm that is not the home',
          source: source.host,
          subject: byImsi(who),
          answered,
        },
        insertEps(stage, who, source, home, stage.moment(), { flags }, answered ? null : refusedRequest(stage)),
      )
    }
    const guest = stage.newSubscriber(first)
    const atUs = stage.early()
    attachEps(stage, guest, home, atUs)
    innocent(
      stage,
      'near-miss',
      { title: 'the home asks where its own subscriber is', source: first.hss.host, subject: byImsi(guest) },
      insertEps(stage, guest, first.hss, home, atUs + 60 * SECOND_US, { flags: location }),
    )
    const called = stage.newSubscriber(second)
    attachEps(stage, called, home, atUs)
    innocent(
      stage,
      'look-alike',
      {
        title: 'the home asks whether voice over LTE reaches its subscriber',
        source: second.hss.host,
        subject: byImsi(called),
      },
      askVoice(stage, called, home, atUs + 90 * SECOND_US),
    )
    background(stage, 12)
  },
}

/** LOC-06. */
export const attackLoc06: Scenario = {
  name: 'attack-loc-06',
  about: 'Foreign location centres ask over Diameter for the position of our subscribers.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const ask = (source: ReturnType<Stage['strangePeer']>, who: Subscriber, answered: boolean) =>
      request(stage, {
        atUs: stage.moment(),
        from: source,
        to: home.mme,
        command: COMMANDS.provideLocation,
        avps: [tgppAvp(2500, 0), userName(who.imsi), tgppAvp(1241, [tgppAvp(1238, 'service')])],
        answer: answered
          ? accepted(
              tgppAvp(1242, pointOctets({ latitude: random.between(-80, 80), longitude: random.between(-170, 170) })),
            )
          : refusedRequest(stage),
      })
    for (const answered of [true, false]) {
      const source = stage.strangePeer()
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'LOC-06',
        { title: 'Provide-Location from abroad', source: source.host, subject: byImsi(who), answered },
        ask(source, who, answered),
      )
    }
    const router = stage.strangePeer()
    const routed = stage.newSubscriber(home)
    attack(
      stage,
      'LOC-06',
      { title: 'LCS-Routing-Info from abroad', source: router.host, subject: byMsisdn(routed) },
      request(stage, {
        atUs: stage.moment(),
        from: router,
        to: home.hss,
        command: COMMANDS.lcsRoutingInfo,
        avps: [tgppAvp(701, tbcd(routed.msisdn))],
        answer: accepted(
          userName(routed.imsi),
          tgppAvp(2401, [tgppAvp(2402, home.mme.host), tgppAvp(2408, home.realm)]),
        ),
      }),
    )
    const partner = stage.partner()
    stage.agreed.push({ gt: partner.gmlcPeer.host, by: 'host', detectors: ['LOC-06'], reason: 'LCS roaming agreement' })
    const agreed = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: 'Provide-Location under an agreed exception', source: partner.gmlcPeer.host, subject: byImsi(agreed) },
      ask(partner.gmlcPeer, agreed, true),
    )
    const own = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      { title: 'Provide-Location from our own location centre', source: home.gmlcPeer.host, subject: byImsi(own) },
      ask(home.gmlcPeer, own, true),
    )
    background(stage, 12)
  },
}

/** LOC-07. */
export const attackLoc07: Scenario = {
  name: 'attack-loc-07',
  about: 'Foreign nodes read subscriber data over Sh, and ask for message routes over S6c that no message follows.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world } = stage
    const { home } = world
    for (const answered of [true, false]) {
      const source = stage.strangePeer()
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'any: LOC-07 IDN-05',
        {
          title: 'User-Data that asks for the location, from abroad',
          source: source.host,
          subject: byMsisdn(who),
          answered,
        },
        request(stage, {
          atUs: stage.early(),
          from: source,
          to: home.hss,
          command: COMMANDS.userData,
          avps: [tgppAvp(700, [tgppAvp(701, tbcd(who.msisdn))]), tgppAvp(703, 14), tgppAvp(706, 1)],
          answer: answered ? accepted(tgppAvp(702, '<Sh-Data/>')) : refusedRequest(stage),
        }),
      )
    }
    const prober = stage.strangePeer()
    const probed = stage.newSubscriber(home)
    attack(
      stage,
      'any: LOC-07 IDN-02',
      {
        title: 'Send-Routing-Info-for-SM from abroad with no message after it',
        source: prober.host,
        subject: byMsisdn(probed),
      },
      inquireEps(
        stage,
        probed,
        prober,
        home.smsc.gt,
        stage.early(),
        accepted(...routingForSm(probed.imsi, home.mme.host, home.realm)),
      ),
    )
    const partner = stage.partner()
    const addressee = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      {
        title: 'Send-Routing-Info-for-SM of a partner, and the message',
        source: partner.smscPeer.host,
        subject: byMsisdn(addressee),
      },
      shortMessageEps(stage, addressee, partner, stage.early()),
    )
    const own = stage.newSubscriber(home)
    innocent(
      stage,
      'near-miss',
      {
        title: 'Send-Routing-Info-for-SM inside our network, and the message',
        source: home.smscPeer.host,
        subject: byMsisdn(own),
      },
      shortMessageEps(stage, own, home, stage.early()),
    )
    background(stage, 12)
  },
}
