import { tgppAvp } from '../avp-writer.ts'
import { barredData, COMMANDS, userName } from '../diameter-commands.ts'
import { accepted, attachEps, cancelEps, purgeEps, refusedRequest, request, resetEps } from '../eps-procedures.ts'
import { attack, byImsi, innocent, NOBODY } from '../labels.ts'
import { purgeMsArg, purgeMsRes, resetArg } from '../map-mobility.ts'
import { restoreDataArg, restoreDataRes } from '../map-more.ts'
import { OPERATIONS } from '../map-operations.ts'
import { background, purge, register } from '../procedures.ts'
import { fetchVectors } from '../questions.ts'
import type { Scenario } from '../scenario.ts'
import { SSN } from '../world.ts'
import { HOUR_US } from './location-more.ts'

const MINUTE_US = 60_000_000

/** DOS-01 over Diameter. */
export const attackDos01Diameter: Scenario = {
  name: 'attack-dos-01-diameter',
  about: 'Diameter nodes that are not of the home tell our MME to forget the subscriber.',
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
    for (const { who, source, answered } of cases) {
      attack(
        stage,
        'DOS-01',
        {
          title: 'Cancel-Location from a realm that is not the home',
          source: source.host,
          subject: byImsi(who),
          answered,
        },
        cancelEps(stage, who, source, home.mme, stage.moment(), answered ? accepted() : refusedRequest(stage)),
      )
    }
    const guest = stage.newSubscriber(first)
    innocent(
      stage,
      'near-miss',
      { title: 'Cancel-Location of the home', source: first.hss.host, subject: byImsi(guest) },
      cancelEps(stage, guest, first.hss, home.mme, stage.moment()),
    )
    const traveller = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      { title: 'our HSS cancels our own roamer abroad', source: home.hss.host, subject: byImsi(traveller) },
      cancelEps(stage, traveller, home.hss, second.mme, stage.moment()),
    )
    background(stage, 12)
  },
}

/** DOS-02. */
export const attackDos02: Scenario = {
  name: 'attack-dos-02',
  about: 'Networks that do not serve a subscriber tell our HLR and HSS that the phone is gone.',
  durationUs: 4 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    for (let i = 0; i < 2; i++) {
      const visited = stage.partner()
      const [who, other] = [stage.newSubscriber(home), stage.newSubscriber(home)]
      const atUs = stage.early()
      register(stage, who, visited, atUs)
      attachEps(stage, other, visited, atUs)
      const [source, peer] = [stage.stranger(SSN.vlr), stage.strangePeer()]
      attack(
        stage,
        'DOS-02',
        { title: 'purgeMS from a network that does not serve the subscriber', source: source.gt, subject: byImsi(who) },
        stage.ask({
          atUs: atUs + 20 * MINUTE_US,
          from: source,
          to: home.hlr,
          operation: OPERATIONS.purgeMs,
          argument: purgeMsArg(who.imsi, source.gt),
          answer: { result: purgeMsRes() },
        }),
      )
      attack(
        stage,
        'DOS-02',
        {
          title: 'Purge-UE from a network that does not serve the subscriber',
          source: peer.host,
          subject: byImsi(other),
        },
        purgeEps(stage, other, peer, atUs + 25 * MINUTE_US),
      )
    }
    const visited = stage.partner()
    const [gone, pooled] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    const atUs = stage.early()
    register(stage, gone, visited, atUs)
    attachEps(stage, pooled, visited, atUs)
    innocent(
      stage,
      'near-miss',
      { title: 'purgeMS from the serving network', source: visited.vlr.gt, subject: byImsi(gone) },
      purge(stage, gone, visited, atUs + 90 * MINUTE_US),
    )
    innocent(
      stage,
      'look-alike',
      {
        title: 'Purge-UE from another MME of the serving pool',
        source: visited.secondMme.host,
        subject: byImsi(pooled),
      },
      purgeEps(stage, pooled, visited.secondMme, atUs + 80 * MINUTE_US),
    )
    background(stage, 30)
  },
}

/** DOS-03 over Diameter. */
export const attackDos03Diameter: Scenario = {
  name: 'attack-dos-03-diameter',
  about: 'Diameter nodes that are not of the home take services away, bar subscribers, or feign a restart.',
  durationUs: 4 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home } = stage.world
    const [deleter, barrer, feigner] = [stage.strangePeer(), stage.strangePeer(), stage.strangePeer()]
    const [stripped, barred] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    attack(
      stage,
      'DOS-03',
      {
        title: 'Delete-Subscriber-Data from a realm that is not the home',
        source: deleter.host,
        subject: byImsi(stripped),
      },
      request(stage, {
        atUs: stage.early(),
        from: deleter,
        to: home.mme,
        command: COMMANDS.deleteSubscriberData,
        avps: [userName(stripped.imsi), tgppAvp(1421, 2)],
        answer: accepted(),
      }),
    )
    attack(
      stage,
      'DOS-03',
      {
        title: 'a profile that bars the subscriber, from a realm that is not the home',
        source: barrer.host,
        subject: byImsi(barred),
      },
      request(stage, {
        atUs: stage.early(),
        from: barrer,
        to: home.mme,
        command: COMMANDS.insertSubscriberData,
        avps: [userName(barred.imsi), barredData()],
        answer: accepted(),
      }),
    )
    const partner = stage.partner()
    attack(
      stage,
      'any: DOS-03 SPF-03',
      { title: "reset of a partner's HSS in a strange host's name", source: feigner.host, subject: NOBODY },
      request(stage, {
        atUs: stage.early(),
        from: feigner,
        to: home.mme,
        command: COMMANDS.reset,
        avps: [],
        answer: accepted(),
        forged: { originRealm: partner.realm },
      }),
    )
    const restarting = stage.partner()
    const atUs = stage.early()
    const guests = Array.from({ length: 3 }, () => stage.newSubscriber(restarting))
    for (const who of guests) attachEps(stage, who, home, atUs - 3 * MINUTE_US)
    innocent(
      stage,
      'look-alike',
      { title: 'an HSS restarts, and its roamers register anew', source: restarting.hss.host, subject: NOBODY },
      [
        ...resetEps(stage, restarting.hss, home.mme, atUs),
        ...guests.flatMap((who, i) => attachEps(stage, who, home, atUs + (i + 1) * MINUTE_US)),
      ],
    )
    const debtor = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: 'a profile that bars the subscriber, from the home', source: partner.hss.host, subject: byImsi(debtor) },
      request(stage, {
        atUs: stage.early(),
        from: partner.hss,
        to: home.mme,
        command: COMMANDS.insertSubscriberData,
        avps: [userName(debtor.imsi), barredData()],
        answer: accepted(),
      }),
    )
    const old = stage.partner()
    const restored = stage.newSubscriber(old)
    innocent(
      stage,
      'look-alike',
      { title: 'an HLR restarts, and the VLR restores what it serves', source: old.hlr.gt, subject: NOBODY },
      [
        ...stage.ask({
          atUs,
          from: old.hlr,
          to: home.vlr,
          operation: OPERATIONS.reset,
          argument: resetArg(old.hlr.gt),
          answer: 'silence',
        }),
        ...register(stage, restored, home, atUs + 2 * MINUTE_US),
        ...stage.ask({
          atUs: atUs + 5 * MINUTE_US,
          from: home.vlr,
          to: old.hlr,
          operation: OPERATIONS.restoreData,
          argument: restoreDataArg(restored.imsi),
          answer: { result: restoreDataRes(old.hlr.gt) },
        }),
      ],
    )
    background(stage, 20)
  },
}

/** DOS-04. */
export const attackDos04: Scenario = {
  name: 'attack-dos-04',
  about: 'A source sends one operation hundreds of times within minutes; a network recovers from an outage beside it.',
  durationUs: 3 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { home, strangers } = stage.world
    const source = stage.stranger(SSN.vlr)
    const victims = Array.from({ length: 10 }, () => stage.newSubscriber(home))
    const atUs = stage.early()
    const [stranger] = strangers
    const messages = Array.from({ length: 600 }, (_, i) =>
      fetchVectors(
        stage,
        source,
        victims[i % 10] ?? stage.newSubscriber(home),
        atUs + i * 150_000,
        stranger?.plmn ?? home.plmn,
      ),
    )
    attack(
      stage,
      'DOS-04',
      { title: 'hundreds of sendAuthenticationInfo within two minutes', source: source.gt, subject: NOBODY },
      messages.flat(),
    )
    const partner = stage.partner()
    const waiting = Array.from({ length: 60 }, () => stage.newSubscriber(home))
    const backUs = stage.early()
    innocent(
      stage,
      'look-alike',
      { title: 'phones register anew after an outage', source: partner.vlr.gt, subject: NOBODY },
      waiting.flatMap((who, i) => register(stage, who, partner, backUs + i * 1_500_000)),
    )
    const repeated = stage.newSubscriber(home)
    const other = stage.partner()
    innocent(
      stage,
      'near-miss',
      { title: 'a few registrations in a row', source: other.vlr.gt, subject: byImsi(repeated) },
      [0, 1, 2].flatMap((i) => register(stage, repeated, other, backUs + i * 4 * MINUTE_US)),
    )
    background(stage, 40)
  },
}
