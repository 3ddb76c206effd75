import { type Avp, tgppAvp } from './avp-writer.ts'
import {
  authenticationAvps,
  authenticationInfo,
  COMMANDS,
  DIAMETER_ERRORS,
  epsLocation,
  IDR_FLAGS,
  ratType,
  routingForSm,
  scAddress,
  subscriptionData,
  updateLocationAvps,
  userIdentifier,
  userName,
} from './diameter-commands.ts'
import { type DiameterAnswer, exchange, type Request } from './diameter-dialogue.ts'
import { smsDeliver } from './sms-writer.ts'
import type { Stage } from './stage.ts'
import type { Datagram } from './traffic.ts'
import type { Operator, Peer, Subscriber } from './world.ts'

/** Plays one Diameter request and its answer. */
export function request(stage: Stage, what: Request): Datagram[] {
  return exchange(stage.traffic, stage.random, what)
}

/** An accepted request: what the answer holds beside its result. */
export const accepted = (...avps: readonly Avp[]): DiameterAnswer => ({ avps })

/** One of the ways in which a Diameter node turns a request down. */
export function refusedRequest(stage: Stage): DiameterAnswer {
  const { unableToComply, userUnknown, notSupported } = DIAMETER_ERRORS
  return stage.random.pick<DiameterAnswer>([
    { error: unableToComply },
    { error: userUnknown },
    { error: notSupported },
    'silence',
  ])
}

/** An MME asks the subscriber's home for a vector. */
export function authenticateEps(
  stage: Stage,
  about: Subscriber,
  visited: Operator,
  atUs: number,
  answer: DiameterAnswer = accepted(authenticationInfo(stage.random)),
  from: Peer = visited.mme,
): Datagram[] {
  return request(stage, {
    atUs,
    from,
    to: about.home.hss,
    command: COMMANDS.authenticationInformation,
    avps: authenticationAvps(about.imsi, visited.plmn),
    answer,
  })
}

/** The registration itself. */
export function updateEps(
  stage: Stage,
  about: Subscriber,
  visited: Operator,
  atUs: number,
  answer: DiameterAnswer = accepted(tgppAvp(1406, 1), subscriptionData(about.msisdn)),
  from: Peer = visited.mme,
): Datagram[] {
  return request(stage, {
    atUs,
    from,
    to: about.home.hss,
    command: COMMANDS.updateLocation,
    avps: updateLocationAvps(about.imsi, visited.plmn),
    answer,
  })
}

/** A phone attaches to a 4G network: vector, location update with its profile. */
export function attachEps(
  stage: Stage,
  about: Subscriber,
  visited: Operator,
  atUs: number,
  from = visited.mme,
): Datagram[] {
  return [
    ...authenticateEps(stage, about, visited, atUs, undefined, from),
    ...updateEps(stage, about, visited, atUs + 900_000, undefined, from),
  ]
}

/** The home tells an MME where the phone was before to forget it. */
export function cancelEps(
  stage: Stage,
  about: Subscriber,
  from: Peer,
  to: Peer,
  atUs: number,
  answer: DiameterAnswer = accepted(),
): Datagram[] {
  const avps = [userName(about.imsi), tgppAvp(1420, 0)]
  return request(stage, { atUs, from, to, command: COMMANDS.cancelLocation, avps, answer })
}

/** An MME tells the home that the phone was silent for long. */
export function purgeEps(
  stage: Stage,
  about: Subscriber,
  from: Peer,
  atUs: number,
  answer: DiameterAnswer = accepted(tgppAvp(1442, 1)),
): Datagram[] {
  return request(stage, {
    atUs,
    from,
    to: about.home.hss,
    command: COMMANDS.purgeUe,
    avps: [userName(about.imsi)],
    answer,
  })
}

/** What an insertSubscriberData asks for or writes. */
export function insertEps(
  stage: Stage,
  about: Subscriber,
  from: Peer,
  to: Operator,
  atUs: number,
  what: { readonly flags: number; readonly data?: readonly Avp[] },
  answered: DiameterAnswer | null = null,
): Datagram[] {
  const located = (what.flags & (IDR_FLAGS.location | IDR_FLAGS.currentLocation)) !== 0
  const answer = answered ?? accepted(...(located ? [epsLocation(to.plmn, stage.random)] : []))
  // the profile is a mandatory part, empty when nothing is written (TS 29.272 §7.2.9)
  const avps = [userName(about.imsi), tgppAvp(1400, what.data ?? []), tgppAvp(1490, what.flags, false)]
  return request(stage, { atUs, from, to: to.mme, command: COMMANDS.insertSubscriberData, avps, answer })
}

/** The home asks whether voice over LTE would reach the phone (T-ADS). Source: TS 29.272 §5.2.2.1. */
export function askVoice(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Datagram[] {
  const answer = accepted(tgppAvp(1492, 1, false), ratType())
  return insertEps(stage, about, about.home.hss, visited, atUs, { flags: IDR_FLAGS.tAds }, answer)
}

/**
 * A short message over Diameter: S6c, then SGd. What comes from outside for our subscribers is led to our SMS router, under
 * an identity good for one delivery (TS 23.040 home routing).
 */
export function shortMessageEps(stage: Stage, about: Subscriber, from: Operator, atUs: number): Datagram[] {
  const { home } = about
  const isRouted = home === stage.world.home && from !== home
  const host = isRouted ? `smsrouter.${home.realm}` : home.mme.host
  const imsi = isRouted ? scrambledIdentity(stage, about) : about.imsi
  const answer = accepted(...routingForSm(imsi, host, home.realm))
  const inquiry = inquireEps(stage, about, from.smscPeer, from.smsc.gt, atUs, answer)
  const tpdu = smsDeliver(from.smsc.gt, 'Your code is 4711.', atUs)
  const delivery = request(stage, {
    atUs: atUs + 800_000,
    from: from.smscPeer,
    to: { ...home.mme, host },
    command: COMMANDS.mtForwardShortMessage,
    avps: [userName(imsi), scAddress(from.smsc.gt), tgppAvp(3301, tpdu)],
    answer: accepted(),
  })
  return [...inquiry, ...delivery]
}

/** The identity that the home's router gives out for one delivery: its PLMN and a number that means nothing. */
export function scrambledIdentity(stage: Stage, { home }: Subscriber): string {
  return `${home.plmn}9${String(stage.random.between(0, 999_999_999)).padStart(9, '0')}`.slice(0, 15)
}

/** The question before a short message over Diameter. */
export function inquireEps(
  stage: Stage,
  about: Subscriber,
  from: Peer,
  serviceCentre: string,
  atUs: number,
  answer: DiameterAnswer,
): Datagram[] {
  const avps = [userIdentifier({ msisdn: about.msisdn }), scAddress(serviceCentre), tgppAvp(3310, 1)]
  return request(stage, { atUs, from, to: about.home.hss, command: COMMANDS.sendRoutingInfoForSm, avps, answer })
}

/** An HSS restarts and says so. Source: TS 29.272 §7.2.15. */
export function resetEps(stage: Stage, from: Peer, to: Peer, atUs: number): Datagram[] {
  return request(stage, { atUs, from, to, command: COMMANDS.reset, avps: [], answer: accepted() })
}

/** An attach that the home turns down: a vector, then a refusal. */
export function failedAttachEps(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Datagram[] {
  return [
    ...authenticateEps(stage, about, visited, atUs),
    ...updateEps(stage, about, visited, atUs + 900_000, { error: DIAMETER_ERRORS.roamingNotAllowed }),
  ]
}
