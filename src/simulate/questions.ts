import type { Answer } from './dialogue.ts'
import { scrambledIdentity } from './eps-procedures.ts'
import { sendAuthenticationInfoArg, sendAuthenticationInfoRes } from './map-mobility.ts'
import { OPERATIONS } from './map-operations.ts'
import { mtForwardSmArg, sendRoutingInfoForSmArg, sendRoutingInfoForSmRes } from './map-service.ts'
import { smsDeliver } from './sms-writer.ts'
import type { Stage } from './stage.ts'
import type { Message } from './traffic.ts'
import type { Node, Subscriber } from './world.ts'

/** Somebody asks where a short message for a subscriber should go. */
export function inquire(stage: Stage, from: Node, who: Subscriber, atUs: number, answer?: Answer): Message[] {
  return stage.ask({
    atUs,
    from,
    to: who.home.hlr,
    operation: OPERATIONS.sendRoutingInfoForSm,
    argument: sendRoutingInfoForSmArg(who.msisdn, from.gt),
    answer: answer ?? { result: sendRoutingInfoForSmRes(scrambledIdentity(stage, who), who.home.smsRouter.gt) },
    calledAs: { digits: who.msisdn, plan: 1 },
  })
}

/** Vectors for a subscriber asked for by somebody, in version 3. */
export function fetchVectors(stage: Stage, from: Node, who: Subscriber, atUs: number, plmn: string): Message[] {
  return stage.ask({
    atUs,
    from,
    to: who.home.hlr,
    operation: OPERATIONS.sendAuthenticationInfo,
    argument: sendAuthenticationInfoArg(who.imsi, plmn, 3),
    answer: { result: sendAuthenticationInfoRes(stage.random, 3) },
  })
}

/** A delivery by itself. */
export function deliver(
  stage: Stage,
  from: Node,
  to: Node,
  identity: string,
  serviceCentre: string,
  tpdu: Uint8Array,
  atUs: number,
): Message[] {
  return stage.ask({
    atUs,
    from,
    to,
    operation: OPERATIONS.mtForwardSm,
    argument: mtForwardSmArg(identity, serviceCentre, tpdu),
    answer: { result: null },
  })
}

/** A plain text from a number. */
export function plainText(originator: string, atUs: number): Uint8Array {
  return smsDeliver(originator, 'Your code is 4711.', atUs)
}
