import { type Avp, baseAvp, encodeDiameter } from './avp-writer.ts'
import { delayUs } from './dialogue.ts'
import type { Command } from './diameter-commands.ts'
import type { Random } from './random.ts'
import type { Datagram, MessageSink } from './traffic.ts'
import type { Peer } from './world.ts'

/** How a request ends. */
export type DiameterAnswer = { readonly avps: readonly Avp[] } | { readonly error: number } | 'silence'

/** One request and its answer. */
export interface Request {
  readonly atUs: number
  readonly from: Peer
  readonly to: Peer
  readonly command: Command
  readonly avps: readonly Avp[]
  readonly answer: DiameterAnswer
  /** Where the identifiers of the message disagree with its sender; absent: they agree. */
  readonly forged?: {
    readonly originRealm?: string
    readonly destinationRealm?: string
    readonly sessionHost?: string
    readonly routeRecords?: readonly string[]
  }
}

/** What a node counts: one for each run and host. */
interface Counters {
  session: number
  hopByHop: number
  endToEnd: number
  readonly high: number
}

const counters = new WeakMap<Random, Map<string, Counters>>()

/** Adds a Diameter request and its answer to `traffic` and returns them. Source: RFC 6733 §3, §8.8 (Session-Id). */
export function exchange(traffic: MessageSink, random: Random, request: Request): Datagram[] {
  const { from, to, command, forged = {}, answer, atUs } = request
  const own = countersOf(random, from.host)
  const { habits } = from
  own.hopByHop = habits.counts ? (own.hopByHop + 1) >>> 0 : random.u32()
  own.endToEnd = habits.counts ? (own.endToEnd + 1) >>> 0 : random.u32()
  const ids = { hopByHop: own.hopByHop, endToEnd: own.endToEnd }
  const session = sessionId(forged.sessionHost ?? from.host, habits.session, own, atUs)
  const header = { command: command.code, application: command.application, error: false, ...ids }
  const avps = ordered(request, session)
  const messages = [datagram(atUs, from, to, encodeDiameter({ ...header, request: true }, avps))]
  if (answer !== 'silence') {
    const result = 'avps' in answer ? [baseAvp(268, 2001)] : errorOf(answer.error, command)
    const body = [
      baseAvp(263, session),
      ...result,
      baseAvp(264, to.host),
      baseAvp(296, to.realm),
      baseAvp(277, 1),
      ...('avps' in answer ? answer.avps : []),
    ]
    const error = 'error' in answer && answer.error >= 3000 && answer.error < 4000
    messages.push(
      datagram(atUs + delayUs(random), to, from, encodeDiameter({ ...header, error, request: false }, body)),
    )
  }
  for (const message of messages) traffic.carry(message)
  return messages
}

function datagram(timeUs: number, from: Peer, to: Peer, octets: Uint8Array): Datagram {
  return { timeUs, octets, over: { protocol: 'diameter', from, to }, frames: [] }
}

/** Errors from 5001 to 5999 that an application defines stand in Experimental-Result. Source: TS 29.272 §7.4. */
function errorOf(code: number, command: Command): readonly Avp[] {
  const own = code !== 5012 && code >= 5000 && command.application > 1000
  return own ? [baseAvp(297, [baseAvp(266, 10415), baseAvp(298, code)])] : [baseAvp(268, code)]
}

function ordered({ from, to, command, avps, forged = {} }: Request, session: string): readonly Avp[] {
  const { habits } = from
  const application = [
    ...(habits.vendorApplication ? [baseAvp(260, [baseAvp(266, 10415), baseAvp(258, command.application)])] : []),
    baseAvp(277, 1),
  ]
  const origin = [baseAvp(264, from.host), baseAvp(296, forged.originRealm ?? from.realm)]
  const destination = [
    ...(habits.destinationHost || to.abroad ? [baseAvp(293, to.host)] : []),
    baseAvp(283, forged.destinationRealm ?? to.realm),
  ]
  const edge = from.realm === to.realm ? [] : [from.host, `dea01.${from.realm}`].slice(0, habits.routeRecords)
  const records = (forged.routeRecords ?? edge).map((host) => baseAvp(282, host))
  const id = baseAvp(263, session)
  switch (habits.order) {
    case 'application-first':
      return [id, ...application, ...origin, ...destination, ...avps, ...records]
    case 'application-last':
      return [id, ...origin, ...destination, ...avps, ...application, ...records]
    case 'origin-last':
      return [id, ...application, ...destination, ...avps, ...origin, ...records]
  }
}

function sessionId(host: string, shape: Peer['habits']['session'], own: Counters, atUs: number): string {
  own.session++
  switch (shape) {
    case 'counter':
      return `${host};${own.high};${own.session}`
    case 'time':
      return `${host};${Math.floor(atUs / 1e6)};${own.session};${own.high % 9973}`
    case 'named':
      return `${host};${own.high};${own.session};s6a-${own.session % 8}`
  }
}

function countersOf(random: Random, host: string): Counters {
  const byHost = counters.get(random) ?? new Map<string, Counters>()
  counters.set(random, byHost)
  const known = byHost.get(host)
  if (known !== undefined) return known
  const made = {
    session: random.between(1, 9_000_000),
    hopByHop: random.u32(),
    endToEnd: random.u32(),
    high: random.u32(),
  }
  byHost.set(host, made)
  return made
}
