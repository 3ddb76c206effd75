import { tgppAvp } from '../avp-writer.ts'
import { inventHabits } from '../dialect.ts'
import { COMMANDS, IDR_FLAGS, subscriptionData, updateLocationAvps, userName } from '../diameter-commands.ts'
import { accepted, attachEps, cancelEps, insertEps, request } from '../eps-procedures.ts'
import { nodeNumber } from '../fiction-ranges.ts'
import { attack, byImsi, innocent, NOBODY } from '../labels.ts'
import { anyTimeInterrogationArg, provideSubscriberInfoArg } from '../map-location.ts'
import { OPERATIONS } from '../map-operations.ts'
import { background, locateFromHome, register } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'
import { SSN } from '../world.ts'
import { found } from './location.ts'
import { HOUR_US } from './location-more.ts'
import { claim } from './registration.ts'

const MINUTE_US = 60_000_000

/** SPF-02. */
export const attackSpf02: Scenario = {
  name: 'attack-spf-02',
  about: 'The address that SCCP names and the one that the MAP argument names are of different networks.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const claimed = random.pick(world.partners)
    for (let i = 0; i < 3; i++) {
      const source = stage.stranger(SSN.vlr)
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'any: SPF-02 INT-01',
        {
          title: 'updateLocation whose VLR is of another network than its sender',
          source: source.gt,
          subject: byImsi(who),
        },
        claim(stage, source, who, stage.early(), claimed.msc.gt, claimed.vlr.gt),
      )
    }
    const visited = stage.partner()
    const [one, two] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    innocent(
      stage,
      'near-miss',
      { title: 'updateLocation by an SGSN or MSC of the same network', source: visited.msc.gt, subject: byImsi(one) },
      claim(stage, { ...visited.msc, ssn: SSN.vlr }, one, stage.early(), visited.msc.gt, visited.vlr.gt),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'a registration like any other', source: visited.vlr.gt, subject: byImsi(two) },
      register(stage, two, visited, stage.early()),
    )
    background(stage, 20)
  },
}

/** SPF-03. */
export const attackSpf03: Scenario = {
  name: 'attack-spf-03',
  about: 'Diameter requests whose Origin-Host, Origin-Realm, Session-Id and Route-Record disagree.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const [claimed, other] = random.shuffle(world.partners)
    if (claimed === undefined || other === undefined) throw new RangeError('two partners are needed')
    const forgeries = [
      { title: 'Origin-Host is not of the Origin-Realm', forged: { originRealm: claimed.realm } },
      {
        title: 'Session-Id and Route-Record are of another network than the Origin-Host',
        forged: { sessionHost: other.mme.host, routeRecords: [other.mme.host, `dea01.${other.realm}`] },
      },
    ]
    for (const { title, forged } of forgeries) {
      const stranger = random.pick(world.strangers)
      const source = stage.hiredPeer(stranger)
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'SPF-03',
        { title, source: source.host, subject: byImsi(who) },
        request(stage, {
          atUs: stage.early(),
          from: source,
          to: home.hss,
          command: COMMANDS.updateLocation,
          avps: updateLocationAvps(who.imsi, stranger.plmn),
          answer: accepted(tgppAvp(1406, 1), subscriptionData(who.msisdn)),
          forged,
        }),
      )
    }
    const [relayed, plain] = [stage.newSubscriber(home), stage.newSubscriber(home)]
    innocent(
      stage,
      'look-alike',
      {
        title: "a request that went by the sender's edge agent and a hub",
        source: claimed.mme.host,
        subject: byImsi(relayed),
      },
      request(stage, {
        atUs: stage.early(),
        from: claimed.mme,
        to: home.hss,
        command: COMMANDS.updateLocation,
        avps: updateLocationAvps(relayed.imsi, claimed.plmn),
        answer: accepted(tgppAvp(1406, 1), subscriptionData(relayed.msisdn)),
        forged: { routeRecords: [claimed.mme.host, `dea01.${claimed.realm}`, 'relay1.hub.example.net'] },
      }),
    )
    innocent(
      stage,
      'near-miss',
      { title: 'an attach like any other', source: other.mme.host, subject: byImsi(plain) },
      attachEps(stage, plain, other, stage.early()),
    )
    background(stage, 16)
  },
}

/** SPF-04, and SPF-01 over Diameter. */
export const attackSpf04: Scenario = {
  name: 'attack-spf-04',
  about: 'Diameter requests from outside that claim our own realm.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    for (const host of [home.hss.host, `hss77.${home.realm}`]) {
      const source = { ...stage.strangePeer(), host, realm: home.realm, abroad: true, carrier: random.between(0, 3) }
      const who = stage.newSubscriber(home)
      attack(
        stage,
        'any: SPF-04 SPF-01',
        { title: 'a request from outside in our own realm', source: host, subject: byImsi(who), answered: null },
        request(stage, {
          atUs: stage.early(),
          from: source,
          to: home.mme,
          command: COMMANDS.insertSubscriberData,
          avps: [userName(who.imsi), tgppAvp(1400, []), tgppAvp(1490, IDR_FLAGS.location, false)],
          answer: 'silence',
        }),
      )
    }
    const own = stage.newSubscriber(home)
    innocent(
      stage,
      'look-alike',
      { title: 'our own HSS and MME, inside', source: home.hss.host, subject: byImsi(own) },
      cancelEps(stage, own, home.hss, home.mme, stage.early()),
    )
    const partner = stage.partner()
    const guest = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: "a partner's HSS, from outside, in its own realm", source: partner.hss.host, subject: byImsi(guest) },
      cancelEps(stage, guest, partner.hss, home.mme, stage.early()),
    )
    background(stage, 16)
  },
}

/** SPF-05. */
export const attackSpf05: Scenario = {
  name: 'attack-spf-05',
  about: "Requests in the name of a partner's node, written by another stack than its own.",
  durationUs: 8 * HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const partner = stage.partner()
    const guests = Array.from({ length: 30 }, () => stage.newSubscriber(partner))
    for (const who of guests) register(stage, who, home, stage.startUs + random.between(1, 20) * MINUTE_US)
    for (const [i, who] of random.shuffle([...guests, ...guests]).entries())
      locateFromHome(stage, who, home, stage.startUs + (25 + i * 4) * MINUTE_US)
    // the forger's stack differs from the partner's in many ways at once
    let habits = inventHabits(random, world.dialect)
    const { transactionIdBytes, sccp, length } = partner.hlr.habits
    habits = {
      ...habits,
      transactionIdBytes: transactionIdBytes === 4 ? 3 : 4,
      length: length === 'minimal' ? 'padded' : 'minimal',
      sccp: { ...habits.sccp, type: sccp.type === 'udt' ? 'xudt' : 'udt', returnOnError: !sccp.returnOnError },
    }
    const forger = { ...partner.hlr, habits }
    const who = random.pick(guests)
    const messages = [0, 1, 2, 3].flatMap((i) =>
      stage.ask({
        atUs: stage.startUs + (300 + i * 9) * MINUTE_US,
        from: forger,
        to: home.vlr,
        operation: OPERATIONS.provideSubscriberInfo,
        argument: provideSubscriberInfoArg(who.imsi, true),
        answer: found(stage, home),
      }),
    )
    attack(
      stage,
      'SPF-05',
      { title: "requests in a partner's name with foreign habits", source: forger.gt, subject: byImsi(who) },
      messages,
    )
    const steady = stage.newSubscriber(partner)
    innocent(
      stage,
      'near-miss',
      { title: 'a request of the node itself', source: partner.hlr.gt, subject: byImsi(steady) },
      locateFromHome(stage, steady, home, stage.startUs + 280 * MINUTE_US),
    )
    innocent(
      stage,
      'look-alike',
      { title: 'another operation of the same node', source: partner.hlr.gt, subject: NOBODY },
      register(stage, stage.newSubscriber(partner), home, stage.startUs + 285 * MINUTE_US),
    )
    background(stage, 40)
  },
}

/** EGR-01. */
export const attackEgr01: Scenario = {
  name: 'attack-egr-01',
  about: 'Somebody uses addresses of our own range against the subscribers of other networks.',
  durationUs: HOUR_US,
  plain: false,
  countries: true,
  play(stage) {
    const { world, random } = stage
    const { home } = world
    const lessee = {
      ...home.hlr,
      gt: nodeNumber(home.range, random.between(12, 19)),
      ssn: SSN.gsmScf,
      habits: inventHabits(random, world.dialect),
    }
    for (const partner of random.shuffle(world.partners).slice(0, 2)) {
      const [asked, fetched] = [stage.newSubscriber(partner), stage.newSubscriber(partner)]
      attack(
        stage,
        'EGR-01',
        {
          title: "anyTimeInterrogation from our range about a partner's subscriber",
          source: lessee.gt,
          subject: byImsi(asked),
        },
        stage.ask({
          atUs: stage.early(),
          from: lessee,
          to: partner.hlr,
          operation: OPERATIONS.anyTimeInterrogation,
          argument: anyTimeInterrogationArg({ imsi: asked.imsi }, lessee.gt, true),
          answer: found(stage, partner),
        }),
      )
      attack(
        stage,
        'EGR-01',
        {
          title: "provideSubscriberInfo from our range about a partner's subscriber at home",
          source: lessee.gt,
          subject: byImsi(fetched),
        },
        stage.ask({
          atUs: stage.early(),
          from: { ...lessee, ssn: SSN.hlr },
          to: partner.vlr,
          operation: OPERATIONS.provideSubscriberInfo,
          argument: provideSubscriberInfoArg(fetched.imsi, true),
          answer: found(stage, partner),
        }),
      )
    }
    const partner = stage.partner()
    const host = { ...home.gmlcPeer, host: `gw9.${home.realm}` }
    const who = stage.newSubscriber(partner)
    attack(
      stage,
      'EGR-01',
      {
        title: "insertSubscriberData from our realm that asks where a partner's subscriber is",
        source: host.host,
        subject: byImsi(who),
      },
      insertEps(stage, who, host, partner, stage.early(), { flags: IDR_FLAGS.location }),
    )
    const own = stage.newSubscriber(home)
    innocent(
      stage,
      'near-miss',
      { title: 'our HLR asks about our own roamer', source: home.hlr.gt, subject: byImsi(own) },
      locateFromHome(stage, own, partner, stage.early()),
    )
    const guest = stage.newSubscriber(partner)
    innocent(
      stage,
      'look-alike',
      {
        title: "our VLR and MME ask a partner's home for vectors, and register",
        source: home.vlr.gt,
        subject: byImsi(guest),
      },
      [...register(stage, guest, home, stage.early()), ...attachEps(stage, guest, home, stage.early() + MINUTE_US)],
    )
    background(stage, 16)
  },
}
