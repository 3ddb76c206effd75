import { attachEps } from './eps-procedures.ts'
import { innocent, NOBODY } from './labels.ts'
import { locateFromHome, register, registerPacket } from './procedures.ts'
import type { Stage } from './stage.ts'
import { inventGlobalOperator, type Subscriber } from './world.ts'

const MINUTE_US = 60_000_000

/** Ordinary things that look odd: a virtual operator, a phone with two identities, ships, devices of no country. */
export function oddButOrdinary(stage: Stage): void {
  virtualOperator(stage)
  twoIdentities(stage)
  atSea(stage)
  devicesOfNoCountry(stage)
}

/** Guests of a virtual operator, whom its host's register asks after. */
function virtualOperator(stage: Stage): void {
  const { home, partners } = stage.world
  const partner = partners.find(({ virtualPlmn }) => virtualPlmn !== null)
  if (partner?.virtualPlmn == null) return
  const own = stage.newSubscriber(partner)
  const who: Subscriber = { ...own, imsi: partner.virtualPlmn + own.imsi.slice(partner.plmn.length) }
  const atUs = stage.early()
  const title = "the host of a virtual operator asks about the operator's guest"
  innocent(stage, 'look-alike', { title, source: partner.hlr.gt, subject: { imsi: who.imsi, msisdn: null } }, [
    ...register(stage, who, home, atUs),
    ...locateFromHome(stage, who, home, atUs + 20 * MINUTE_US),
  ])
}

/** One phone, one number, an identity for each of two countries. */
function twoIdentities(stage: Stage): void {
  const { random, world } = stage
  const [one, other] = random.shuffle(world.partners)
  if (one === undefined || other === undefined) return
  const ours = stage.newSubscriber(world.home)
  const theirs: Subscriber = { ...stage.newSubscriber(one), msisdn: ours.msisdn }
  const atUs = stage.early()
  const title = 'a phone with two identities registers with the one and then with the other'
  innocent(stage, 'look-alike', { title, source: other.vlr.gt, subject: NOBODY }, [
    ...register(stage, theirs, world.home, atUs),
    ...register(stage, ours, other, atUs + 12 * MINUTE_US),
  ])
}

/** A phone leaves a port by ship, and comes to another. */
function atSea(stage: Stage): void {
  const { random, world } = stage
  const ship = inventGlobalOperator(random, world.dialect)
  const port = stage.partner()
  const who = stage.newSubscriber(world.home)
  const atUs = stage.early()
  innocent(stage, 'look-alike', { title: 'a phone goes on board', source: ship.vlr.gt, subject: NOBODY }, [
    ...register(stage, who, port, atUs),
    ...register(stage, who, ship, atUs + 25 * MINUTE_US),
    ...register(stage, who, port, atUs + 80 * MINUTE_US),
  ])
}

/** Meters and trackers of a network of no country, with us. */
function devicesOfNoCountry(stage: Stage): void {
  const { random, world } = stage
  const owner = inventGlobalOperator(random, world.dialect)
  const messages = Array.from({ length: 4 }, () => {
    const who = stage.newSubscriber(owner)
    const atUs = stage.early()
    return [
      ...register(stage, who, world.home, atUs),
      ...registerPacket(stage, who, world.home, atUs + 6_000_000),
      ...attachEps(stage, who, world.home, atUs + 30 * MINUTE_US),
    ]
  })
  innocent(
    stage,
    'look-alike',
    { title: 'devices of a network of no country register with us', source: world.home.vlr.gt, subject: NOBODY },
    messages.flat(),
  )
}
