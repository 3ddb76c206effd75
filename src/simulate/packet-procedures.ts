import { tbcd } from './digits.ts'
import {
  apnV1,
  bearerContext,
  bearerId,
  element,
  fixed,
  fTeid,
  GTPV1,
  GTPV2,
  gtpApn,
  gtpCause,
  gtpImsi,
  gtpMsisdn,
  gtpRat,
  gtpv1,
  gtpv2,
  imsiV1,
  routeingArea,
  servingNetwork,
  userLocation,
  variable,
  word,
} from './gtp-writer.ts'
import type { Stage } from './stage.ts'
import type { Datagram } from './traffic.ts'
import type { Gateway, Operator, Subscriber } from './world.ts'

/** Adds a GTP request and, unless it is lost, its answer. */
export function tunnelMessage(
  stage: Stage,
  from: Gateway,
  to: Gateway,
  atUs: number,
  request: Uint8Array,
  answer: Uint8Array | null,
): Datagram[] {
  const messages: Datagram[] = [{ timeUs: atUs, octets: request, over: { protocol: 'gtp', from, to }, frames: [] }]
  if (answer !== null) {
    const timeUs = atUs + stage.random.between(15_000, 200_000)
    messages.push({ timeUs, octets: answer, over: { protocol: 'gtp', from: to, to: from }, frames: [] })
  }
  for (const message of messages) stage.traffic.carry(message)
  return messages
}

/** Who asks for a session and what it claims. */
export interface Session {
  readonly about: Subscriber
  readonly from: Gateway
  readonly to: Gateway
  readonly servingPlmn: string
  readonly atUs: number
  /** Cause of the answer; 16 accepts. Null: no answer. */
  readonly cause: number | null
}

/** Create Session Request of S8 and its answer. Source: TS 29.274 §7.2.1, §7.2.2. */
export function createSession(stage: Stage, session: Session): { messages: Datagram[]; teids: [number, number] } {
  const { about, from, to, servingPlmn, atUs, cause } = session
  const { random, world } = stage
  const sequence = random.u32() & 0xff_ffff
  const teids: [number, number] = [random.u32(), random.u32()]
  const elements = [
    gtpImsi(about.imsi),
    gtpMsisdn(about.msisdn),
    userLocation(servingPlmn, random.u32()),
    servingNetwork(servingPlmn),
    gtpRat(),
    fTeid(6, teids[0], from.ip),
    gtpApn('internet'),
    element(128, [0]),
    element(99, [1]),
    element(79, [1, 0, 0, 0, 0]),
    element(93, [...bearerId(), ...fTeid(4, random.u32(), from.ip, 2), ...element(80, new Uint8Array(22))]),
  ]
  if (world.dialect === 'second') elements.push(element(3, [random.between(1, 200)]))
  const answer =
    cause === null
      ? null
      : gtpv2(GTPV2.createSession + 1, teids[0], sequence, [
          gtpCause(cause),
          ...(cause === 16
            ? [
                fTeid(7, teids[1], to.ip, 1),
                element(79, [1, 10, 0, 0, 7]),
                element(93, [...bearerId(), ...gtpCause(16)]),
              ]
            : []),
        ])
  return {
    messages: tunnelMessage(stage, from, to, atUs, gtpv2(GTPV2.createSession, 0, sequence, elements), answer),
    teids,
  }
}

/** A session of a roamer from first to last: created, modified, deleted. */
export function packetSession(
  stage: Stage,
  about: Subscriber,
  visited: Operator,
  atUs: number,
  longestS = 1_800,
): Datagram[] {
  const { random } = stage
  const from = visited.sgw
  const to = about.home.pgw
  const { messages, teids } = createSession(stage, { about, from, to, servingPlmn: visited.plmn, atUs, cause: 16 })
  const sequence = random.u32() & 0xff_fff0
  const accepted = (type: number, number: number): Uint8Array => gtpv2(type, teids[0], number, [gtpCause(16)])
  const modify = gtpv2(GTPV2.modifyBearer, teids[1], sequence, [
    gtpRat(),
    element(93, [...bearerId(), ...fTeid(4, random.u32(), from.ip, 1)]),
  ])
  const ending = gtpv2(GTPV2.deleteSession, teids[1], sequence + 1, [bearerId()])
  return [
    ...messages,
    ...tunnelMessage(stage, from, to, atUs + 2_000_000, modify, accepted(GTPV2.modifyBearer + 1, sequence)),
    ...tunnelMessage(
      stage,
      from,
      to,
      atUs + random.between(4, longestS) * 1_000_000,
      ending,
      accepted(GTPV2.deleteSession + 1, sequence + 1),
    ),
  ]
}

/** Create PDP Context of Gp and its answer. Source: TS 29.060 §7.3.1, §7.3.2. @param cause 128 accepts. */
export function createPdp(stage: Stage, session: Session): Datagram[] {
  const { about, from, to, servingPlmn, atUs, cause } = session
  const { random } = stage
  const sequence = random.u32() & 0xffff
  const [control, data] = [random.u32(), random.u32()]
  const request = gtpv1(GTPV1.createPdp, 0, sequence, [
    imsiV1(about.imsi),
    routeingArea(servingPlmn),
    fixed(15, [0xff]),
    fixed(16, word(data)),
    fixed(17, word(control)),
    fixed(20, [5]),
    variable(128, [0xf1, 0x21]),
    apnV1('internet'),
    variable(133, from.ip),
    variable(133, from.ip),
    variable(134, [0x91, ...tbcd(about.msisdn)]),
    variable(135, [2, 0x23, 0x62, 0x1f]),
    fixedRat(),
  ])
  const answer =
    cause === null
      ? null
      : gtpv1(GTPV1.createPdp + 1, control, sequence, [
          fixed(1, [cause]),
          ...(cause === 128
            ? [
                fixed(8, [0xfe]),
                fixed(16, word(random.u32())),
                fixed(17, word(random.u32())),
                fixed(127, word(random.u32())),
                variable(128, [0xf1, 0x21, 10, 0, 0, 9]),
                variable(133, to.ip),
                variable(133, to.ip),
                variable(135, [2, 0x23, 0x62, 0x1f]),
              ]
            : []),
        ])
  return tunnelMessage(stage, from, to, atUs, request, answer)
}

/** RAT type UTRAN. Source: TS 29.060 §7.7.50. */
function fixedRat(): Uint8Array {
  return variable(151, [1])
}

/** Delete Bearer Request, which a home sends. Source: TS 29.274 §7.2.9.2. */
export function deleteBearer(stage: Stage, from: Gateway, to: Gateway, atUs: number, answered: boolean): Datagram[] {
  const sequence = stage.random.u32() & 0xff_ffff
  const teid = stage.random.u32()
  const request = gtpv2(GTPV2.deleteBearer, teid, sequence, [bearerId()])
  const answer = answered ? gtpv2(GTPV2.deleteBearer + 1, stage.random.u32(), sequence, [gtpCause(64)]) : null
  return tunnelMessage(stage, from, to, atUs, request, answer)
}

/** A message of GTPv2 between networks that only belongs inside one: a context or an identification request. */
export function misplaced(
  stage: Stage,
  about: Subscriber,
  from: Gateway,
  to: Gateway,
  atUs: number,
  type: number,
  answered: boolean,
): Datagram[] {
  const sequence = stage.random.u32() & 0xff_ffff
  const elements = [gtpImsi(about.imsi), servingNetwork(about.home.plmn), bearerContext()]
  const answer = answered ? gtpv2(type + 1, 0, sequence, [gtpCause(64)]) : null
  return tunnelMessage(stage, from, to, atUs, gtpv2(type, 0, sequence, elements), answer)
}
