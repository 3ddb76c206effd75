import type { BerElement } from './ber-writer.ts'
import { call } from './call-procedures.ts'
import { converse, delayUs, type Step } from './dialogue.ts'
import { provideSubscriberInfoArg, subscriberInfoRes } from './map-location.ts'
import {
  cancelLocationArg,
  emptyRes,
  purgeMsArg,
  purgeMsRes,
  sendAuthenticationInfoArg,
  sendAuthenticationInfoRes,
  updateGprsLocationArg,
  updateLocationArg,
  updateLocationRes,
} from './map-mobility.ts'
import { OPERATIONS, type Operation } from './map-operations.ts'
import { insertSubscriberDataArg, insertSubscriberDataRes } from './map-profile.ts'
import {
  mtForwardSmArg,
  openInfo,
  provideRoamingNumberArg,
  provideRoamingNumberRes,
  sendRoutingInfoArg,
  sendRoutingInfoForSmArg,
  sendRoutingInfoForSmRes,
  sendRoutingInfoRes,
  ussdText,
} from './map-service.ts'
import { smsDeliver } from './sms-writer.ts'
import type { Stage } from './stage.ts'
import { invoke, returnResult } from './tcap-writer.ts'
import type { Framed, Message } from './traffic.ts'
import { CARRIERS } from './wiring.ts'
import { inventCell, type Node, type Operator, type Subscriber, subscriber } from './world.ts'

const TEXTS = [
  'Your parcel arrives tomorrow between 9 and 12.',
  'Welcome! Calls to home cost the same here.',
  'Running late, start without me.',
  'Your dentist appointment is on Tuesday at 10:30.',
] as const

/** How a request to a subscriber's HLR is addressed: E.214 made of the IMSI where the sender does so. */
function hlrAddress(from: Node, about: Subscriber): { digits: string; plan: number } | null {
  if (!from.habits.mobileGlobalTitle) return null
  return { digits: about.home.range.prefix + about.imsi.slice(about.home.plmn.length).slice(-6), plan: 7 }
}

/** The serving node asks the subscriber's home for authentication vectors, in version 3 or 2 of the operation. */
export function authenticate(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  const version = stage.random.chance(75) ? 3 : 2
  return stage.ask({
    atUs,
    from: visited.vlr,
    to: about.home.hlr,
    operation: { ...OPERATIONS.sendAuthenticationInfo, version },
    argument: sendAuthenticationInfoArg(about.imsi, visited.plmn, version),
    answer: { result: sendAuthenticationInfoRes(stage.random, version) },
    calledAs: hlrAddress(visited.vlr, about),
  })
}

/** A location update in which the home sends `profiles`, one insertSubscriberData each, before it accepts. */
function locate(
  stage: Stage,
  about: Subscriber,
  serving: Node,
  atUs: number,
  operation: Operation,
  argument: BerElement,
  profiles: readonly BerElement[],
): Message[] {
  const steps: Step[] = []
  const { insertSubscriberData } = OPERATIONS
  for (const [i, profile] of profiles.entries()) {
    const wait = { kind: 'continue', abort: null } as const
    const [down, up] = [invoke(insertSubscriberData, profile, 10 + i), insertSubscriberDataRes()]
    steps.push({ ...wait, by: 'responder', afterUs: delayUs(stage.random), components: [down] })
    const result = returnResult(insertSubscriberData, up, 10 + i)
    steps.push({ ...wait, by: 'originator', afterUs: delayUs(stage.random), components: [result] })
  }
  const accept = returnResult(operation, updateLocationRes(about.home.hlr.gt), 1)
  steps.push({ by: 'responder', afterUs: delayUs(stage.random), kind: 'end', components: [accept], abort: null })
  return converse(stage.traffic, stage.random, {
    atUs,
    originator: serving,
    responder: about.home.hlr,
    calledAs: hlrAddress(serving, about),
    request: { context: operation.context, version: operation.version, userInformation: null },
    opening: [invoke(operation, argument, 1)],
    steps,
  })
}

/** A phone registers in a network: vectors, location update with its profile from home, CAMEL service included. */
export function register(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  const { vlr, msc } = visited
  const first = insertSubscriberDataArg({ msisdn: about.msisdn, services: true })
  const second = insertSubscriberDataArg({ gsmScf: about.home.gsmScf.gt })
  const argument = updateLocationArg(about.imsi, msc.gt, vlr.gt)
  return [
    ...authenticate(stage, about, visited, atUs),
    ...locate(stage, about, vlr, atUs + 1_200_000, OPERATIONS.updateLocation, argument, [first, second]),
  ]
}

/** A phone registers for packet data; its profile is long enough that SCCP cuts it into segments. */
export function registerPacket(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  const argument = updateGprsLocationArg(about.imsi, visited.sgsn.gt, [198, 51, 100, stage.random.between(1, 250)])
  const profile = insertSubscriberDataArg({ msisdn: about.msisdn, packetContexts: 10 })
  return locate(stage, about, visited.sgsn, atUs, OPERATIONS.updateGprsLocation, argument, [profile])
}

/** The home tells the VLR where the phone was before to forget it. */
export function leave(stage: Stage, about: Subscriber, old: Node, atUs: number): Message[] {
  const version = stage.random.chance(75) ? 3 : 2
  return stage.ask({
    atUs,
    from: about.home.hlr,
    to: old,
    operation: { ...OPERATIONS.cancelLocation, version },
    argument: cancelLocationArg(about.imsi, version),
    answer: { result: version < 3 ? null : emptyRes() },
  })
}

/** The serving VLR tells the home that the phone was silent for long. */
export function purge(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  return stage.ask({
    atUs,
    from: visited.vlr,
    to: about.home.hlr,
    operation: OPERATIONS.purgeMs,
    argument: purgeMsArg(about.imsi, visited.vlr.gt),
    answer: { result: purgeMsRes() },
    calledAs: hlrAddress(visited.vlr, about),
  })
}

/** The home asks the serving VLR where its own subscriber is, as it may. */
export function locateFromHome(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  return stage.ask({
    atUs,
    from: about.home.hlr,
    to: visited.vlr,
    operation: OPERATIONS.provideSubscriberInfo,
    argument: provideSubscriberInfoArg(about.imsi, stage.random.chance(50)),
    answer: {
      result: subscriberInfoRes(visited.vlr.gt, inventCell(visited, stage.random), stage.random.between(0, 90)),
    },
  })
}

/**
 * A call for a roamer: the gateway MSC asks the HLR for a route, and the HLR asks the serving network for a number to
 * send the call to. The first question stays within the subscriber's home, so it is seen only where that is ours.
 */
export function callRoaming(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Framed[] {
  const { random } = stage
  const roamingNumber = visited.msc.gt + random.between(10, 99)
  const inquiry = stage.ask({
    atUs: atUs + 30_000,
    from: about.home.hlr,
    to: visited.vlr,
    operation: OPERATIONS.provideRoamingNumber,
    argument: provideRoamingNumberArg(about, visited.msc.gt),
    answer: { result: provideRoamingNumberRes(roamingNumber) },
  })
  if (!stage.calls)
    return about.home.abroad ? inquiry : [...interrogation(stage, about, roamingNumber, atUs), ...inquiry]
  const [gateway, serving] = [about.home.msc, visited.msc]
  const numbers = { called: roamingNumber, calling: `${gateway.gt}5` }
  const setUp = call(stage, gateway, serving, numbers, atUs + 1_200_000, random.chance(15) ? 19 : null)
  return [...(about.home.abroad ? [] : interrogation(stage, about, roamingNumber, atUs)), ...inquiry, ...setUp]
}

/** The gateway MSC's question to the HLR. */
function interrogation(stage: Stage, about: Subscriber, roamingNumber: string, atUs: number): Message[] {
  const { sendRoutingInfo } = OPERATIONS
  const route = returnResult(sendRoutingInfo, sendRoutingInfoRes(about.imsi, roamingNumber), 1)
  return converse(stage.traffic, stage.random, {
    atUs,
    originator: about.home.msc,
    responder: about.home.hlr,
    calledAs: { digits: about.msisdn, plan: 1 },
    request: { context: sendRoutingInfo.context, version: sendRoutingInfo.version, userInformation: null },
    opening: [invoke(sendRoutingInfo, sendRoutingInfoArg(about.msisdn, about.home.msc.gt), 1)],
    steps: [{ by: 'responder', afterUs: 500_000, kind: 'end', components: [route], abort: null }],
  })
}

/** A roamer asks for the balance. */
export function checkBalance(stage: Stage, about: Subscriber, visited: Operator, atUs: number): Message[] {
  return stage.ask({
    atUs,
    from: visited.vlr,
    to: about.home.hlr,
    operation: OPERATIONS.processUnstructuredSs,
    argument: ussdText('*100#'),
    answer: { result: ussdText('Your balance is 12.50.') },
    userInformation: openInfo({ imsi: about.imsi }, visited.vlr.gt),
    calledAs: hlrAddress(visited.vlr, about),
  })
}

/**
 * A short message: routing information, then delivery. Subscribers of the simulated home are reached through its SMS
 * router, which gives out its own address and an identity good for one delivery (TS 23.040 home routing).
 */
export function shortMessage(stage: Stage, about: Subscriber, from: Operator, atUs: number): Message[] {
  const { random, world } = stage
  const routed = about.home === world.home
  const node = routed ? about.home.smsRouter : about.home.vlr
  const correlation = `${about.home.plmn}9${String(random.between(0, 999_999_999)).padStart(9, '0')}`.slice(0, 15)
  const identity = routed ? correlation : about.imsi
  const inquiry = stage.ask({
    atUs,
    from: from.smsc,
    to: about.home.hlr,
    operation: OPERATIONS.sendRoutingInfoForSm,
    argument: sendRoutingInfoForSmArg(about.msisdn, from.smsc.gt),
    answer: { result: sendRoutingInfoForSmRes(identity, node.gt) },
    calledAs: { digits: about.msisdn, plan: 1 },
  })
  const deliverUs = atUs + 700_000
  const sender = `${from.range.prefix}${'9'.repeat(from.range.width)}`
  const delivery = stage.ask({
    atUs: deliverUs,
    from: from.smsc,
    to: node,
    operation: OPERATIONS.mtForwardSm,
    argument: mtForwardSmArg(identity, from.smsc.gt, smsDeliver(sender, random.pick(TEXTS), deliverUs)),
    answer: { result: random.chance(50) ? emptyRes() : null },
  })
  return [...inquiry, ...delivery]
}

/** A phone abroad, and where: it stays there, and what happens to it happens there. */
export interface Roamer {
  readonly who: Subscriber
  readonly visited: Operator
  registered: boolean
}

/** Legitimate SS7 of a roamer, or a short message from where it is; registers it first where it must be registered. */
export function anyProcedure(stage: Stage, roamer: Roamer, atUs: number): Framed[] {
  const { random, world } = stage
  const { who, visited } = roamer
  const partner = who.home.abroad ? who.home : visited
  const choice = random.between(1, 100)
  if (choice <= 20 && who.home === world.home) return shortMessage(stage, who, partner, atUs)
  if (choice <= 25) return shortMessage(stage, subscriberNear(stage, partner), world.home, atUs)
  if (choice <= 45 || !roamer.registered) {
    roamer.registered = true
    const first = register(stage, who, visited, atUs)
    return random.chance(30) ? [...first, ...leave(stage, who, visited.secondVlr, atUs + 4_000_000)] : first
  }
  if (choice <= 55) return registerPacket(stage, who, visited, atUs)
  if (choice <= 65) return authenticate(stage, who, visited, atUs)
  if (choice <= 74) return locateFromHome(stage, who, visited, atUs)
  if (choice <= 84) return callRoaming(stage, who, visited, atUs)
  if (choice <= 96) return checkBalance(stage, who, visited, atUs)
  roamer.registered = false
  return purge(stage, who, visited, atUs)
}

/** A subscriber of a network for a message that goes there. */
function subscriberNear(stage: Stage, partner: Operator): Subscriber {
  return subscriber(partner, stage.random.between(40, 60))
}

/** Registrations with strangers, and `count` legitimate procedures spread over the capture; some start within 4 ms of another and may share its packet. */
export function background(stage: Stage, count: number): void {
  const { random, world } = stage
  if (stage.isMixed) return
  const ours = Array.from({ length: 8 }, () => stage.newSubscriber(world.home))
  const roamers = world.partners.flatMap((partner, i): Roamer[] => [
    ...ours
      .filter((_, j) => j % world.partners.length === i)
      .map((who) => ({ who, visited: partner, registered: false })),
    ...Array.from({ length: 4 }, () => ({ who: stage.newSubscriber(partner), visited: world.home, registered: false })),
  ])
  // our subscribers also roam in networks that network.yaml does not name; so every carrier's link shows answers
  for (const stranger of world.strangers.slice(0, CARRIERS))
    register(stage, stage.newSubscriber(world.home), stranger, stage.moment())
  const last = new Map<Roamer, number>()
  let atUs = stage.moment()
  const moments: number[] = []
  for (let i = 0; i < count; i++) {
    moments.push(atUs)
    atUs = random.chance(30) ? atUs + random.between(0, 4_000) : stage.moment()
  }
  moments.sort((a, b) => a - b)
  for (const moment of moments) {
    // one after the other for each phone: a procedure takes seconds
    const free = roamers.filter((roamer) => (last.get(roamer) ?? 0) + 10_000_000 < moment)
    if (free.length === 0) continue
    const roamer = random.pick(free)
    last.set(roamer, moment)
    anyProcedure(stage, roamer, moment)
  }
}
