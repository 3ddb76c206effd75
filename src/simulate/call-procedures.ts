import { CAP_OPERATIONS, connectArg, initialDpArg } from './camel.ts'
import { converse, delayUs } from './dialogue.ts'
import { addressComplete, answer, initialAddress, release, releaseComplete } from './isup-writer.ts'
import type { Stage } from './stage.ts'
import { invoke } from './tcap-writer.ts'
import type { Datagram, Message } from './traffic.ts'
import type { Node, Subscriber } from './world.ts'

/** A call over ISUP, answered and released, or released at once with a cause. */
export function call(
  stage: Stage,
  from: Node,
  to: Node,
  numbers: { readonly called: string; readonly calling: string },
  atUs: number,
  cause: number | null = null,
): Datagram[] {
  const circuit = stage.random.between(1, 4_000)
  const talkUs = stage.random.between(10, 300) * 1_000_000
  const forward = (timeUs: number, octets: Uint8Array): Datagram => ({
    timeUs,
    octets,
    over: { protocol: 'isup', from, to },
    frames: [],
  })
  const back = (timeUs: number, octets: Uint8Array): Datagram => ({
    timeUs,
    octets,
    over: { protocol: 'isup', from: to, to: from },
    frames: [],
  })
  const messages = [forward(atUs, initialAddress(circuit, numbers.called, numbers.calling))]
  if (cause !== null) {
    messages.push(back(atUs + 900_000, release(circuit, cause)), forward(atUs + 1_000_000, releaseComplete(circuit)))
  } else {
    const endUs = atUs + 6_000_000 + talkUs
    messages.push(
      back(atUs + 1_500_000, addressComplete(circuit)),
      back(atUs + 6_000_000, answer(circuit)),
      forward(endUs, release(circuit)),
      back(endUs + 200_000, releaseComplete(circuit)),
    )
  }
  for (const message of messages) stage.traffic.carry(message)
  return messages
}

/** A roamer dials: the visited MSC asks a service control point, which lets the call go on or sends it elsewhere. */
export function askServiceControl(
  stage: Stage,
  about: Subscriber,
  msc: Node,
  scf: Node,
  atUs: number,
  redirect: string | null,
): Message[] {
  const { initialDp, connect, continueCall } = CAP_OPERATIONS
  const called = stage.newSubscriber(about.home).msisdn
  const reply = redirect === null ? invoke(continueCall, null, 1) : invoke(connect, connectArg(redirect), 1)
  return converse(stage.traffic, stage.random, {
    atUs,
    originator: { ...msc, ssn: 146 },
    responder: { ...scf, ssn: 146 },
    calledAs: null,
    request: { context: initialDp.context, version: initialDp.version, userInformation: null },
    opening: [invoke(initialDp, initialDpArg(about, called, msc.gt), 0)],
    steps: [{ by: 'responder', afterUs: delayUs(stage.random), kind: 'end', components: [reply], abort: null }],
  })
}
