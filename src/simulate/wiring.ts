import type { Host, TcpSender } from './ip-writer.ts'
import { Random } from './random.ts'
import type { SctpSender } from './sctp-writer.ts'
import type { Gateway, Node, Peer } from './world.ts'

/** An SCTP association that carries M3UA between our gateway and a neighbour. */
export interface Link {
  /** Our gateway, then the neighbour. */
  readonly ends: readonly [LinkEnd, LinkEnd]
  readonly networkIndicator: number
  readonly networkAppearance: number | null
  readonly routingContext: number | null
}

/** One end: its host, its point code, and its sending half of the association. */
export interface LinkEnd {
  readonly host: Host
  readonly pointCode: number
  readonly sender: SctpSender
}

/** A Diameter connection between our edge agent and a neighbour: an SCTP association or a TCP connection. */
export interface Connection {
  readonly ends: readonly [ConnectionEnd, ConnectionEnd]
  readonly transport: 'sctp' | 'tcp'
}

export interface ConnectionEnd {
  readonly host: Host
  readonly sctp: SctpSender
  readonly tcp: TcpSender
}

/** The links that the capture sees: one to each international carrier, and one inside the home network. */
export interface Wiring {
  readonly carriers: readonly Link[]
  readonly internal: Link
  /** Diameter connections to the carriers, and one inside the home network. */
  readonly diameter: readonly Connection[]
  readonly internalDiameter: Connection
  /** ITU point codes of our own nodes. */
  readonly homePointCodes: readonly number[]
}

/** Where the addresses of our own nodes lie. Source: RFC 5737 §3, TEST-NET-1; the carriers use TEST-NET-2 and 3. */
export const INTERNAL_IP_RANGE = '192.0.2.0/24'

/** Network part of each carrier's address, one link a carrier. */
const CARRIER_NETWORKS = [
  [198, 51, 100],
  [203, 0, 113],
  [198, 51, 100],
  [203, 0, 113],
] as const

/** How many carriers connect us. */
export const CARRIERS = CARRIER_NETWORKS.length

/** A point code as 3-8-3. Source: Q.708 §2. */
export function pointCodeText(code: number): string {
  return `${code >> 11}-${(code >> 3) & 0xff}-${code & 7}`
}

/**
 * Links with ports, tags, optional parameters and point codes drawn by chance; the codes are of the zones 2 to 7, which
 * stand for the world's regions (Q.708 §4).
 */
export function inventWiring(random: Random): Wiring {
  const codes = random.shuffle([2, 3, 4, 5, 6, 7].map((zone) => (zone << 11) | (random.between(1, 254) << 3)))
  const code = (index: number): number => (codes[index] ?? 0) | random.between(0, 7)
  const gatewayCode = code(0)
  const coreCode = code(1)
  const gateway = (mac: number): Host => ({ ip: [192, 0, 2, 10], mac })
  const link = (peer: Host, peerCode: number, networkIndicator: number): Link => {
    const [here, there] = [random.pick([2905, 2906, 3905]), random.pick([2905, 2905, 14001, 40200])]
    const end = (host: Host, pointCode: number, sourcePort: number, destinationPort: number): LinkEnd => ({
      host,
      pointCode,
      sender: { sourcePort, destinationPort, verificationTag: random.u32(), tsn: random.u32(), streamSequence: [] },
    })
    return {
      ends: [end(gateway(1), gatewayCode, here, there), end(peer, peerCode, there, here)],
      networkIndicator,
      networkAppearance: random.chance(40) ? random.between(1, 9) : null,
      routingContext: random.chance(60) ? random.between(1, 500) : null,
    }
  }
  // a generator of its own: what Diameter draws leaves the rest of a capture as it is
  const fork = new Random((gatewayCode << 14) | coreCode)
  const connection = (peer: Host): Connection => {
    const port = fork.between(40_000, 60_000)
    const end = (host: Host, sourcePort: number, destinationPort: number): ConnectionEnd => ({
      host,
      sctp: { sourcePort, destinationPort, verificationTag: fork.u32(), tsn: fork.u32(), streamSequence: [] },
      tcp: { sourcePort, destinationPort, sequence: fork.u32() },
    })
    const transport = fork.chance(60) ? 'sctp' : 'tcp'
    return { transport, ends: [end({ ip: [192, 0, 2, 11], mac: 3 }, 3868, port), end(peer, port, 3868)] }
  }
  return {
    diameter: CARRIER_NETWORKS.map((net, i) => connection({ ip: [...net, 20 * (i + 1) + 1], mac: 30 + i })),
    internalDiameter: connection({ ip: [192, 0, 2, 12], mac: 4 }),
    carriers: CARRIER_NETWORKS.map((net, i) =>
      link({ ip: [...net, 60 * (i + 1) + random.between(0, 9)], mac: 10 + i }, code(2 + i), 0),
    ),
    internal: link({ ip: [192, 0, 2, random.between(20, 250)], mac: 2 }, coreCode, 2),
    homePointCodes: [gatewayCode, coreCode],
  }
}

/** Which link a message takes and from which of its ends. */
export function route(wiring: Wiring, from: Node, to: Node): { link: Link; sendingEnd: 0 | 1 } {
  const foreign = from.abroad ? from : to
  if (!foreign.abroad) return { link: wiring.internal, sendingEnd: from.gt < to.gt ? 1 : 0 }
  const link = wiring.carriers[foreign.carrier]
  if (link === undefined) throw new RangeError(`no carrier ${foreign.carrier}`)
  return { link, sendingEnd: from.abroad ? 1 : 0 }
}

/** Which connection a Diameter message takes and from which of its ends. */
export function diameterRoute(wiring: Wiring, from: Peer, to: Peer): { connection: Connection; sendingEnd: 0 | 1 } {
  const foreign = from.abroad ? from : to
  if (!foreign.abroad) return { connection: wiring.internalDiameter, sendingEnd: from.host < to.host ? 1 : 0 }
  const connection = wiring.diameter[foreign.carrier]
  if (connection === undefined) throw new RangeError(`no carrier ${foreign.carrier}`)
  return { connection, sendingEnd: from.abroad ? 1 : 0 }
}

/** A gateway as a host on the wire. */
export function hostOf(gateway: Gateway): Host {
  return { ip: gateway.ip, mac: gateway.abroad ? 40 + gateway.carrier : 5 }
}
