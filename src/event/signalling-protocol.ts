import type { Payload } from '../packet/payload.ts'

/** What a payload is, as far as its transport tells. */
export type SignallingProtocol =
  | 'm3ua'
  | 'm2ua'
  | 'm2pa'
  | 'sua'
  | 'mtp2'
  | 'mtp3'
  | 'sccp'
  | 'iua'
  | 'v5ua'
  | 'h248'
  | 's1ap'
  | 'x2ap'
  | 'ngap'
  | 'diameter'
  | 'gtp'
  | 'http1'
  | 'http2'

/** SCTP payload protocol identifiers. Source: IANA, SCTP Payload Protocol Identifiers. */
const PPIDS: readonly { readonly ppid: number; readonly name: SignallingProtocol }[] = [
  { ppid: 1, name: 'iua' },
  { ppid: 2, name: 'm2ua' },
  { ppid: 3, name: 'm3ua' },
  { ppid: 4, name: 'sua' },
  { ppid: 5, name: 'm2pa' },
  { ppid: 6, name: 'v5ua' },
  { ppid: 7, name: 'h248' },
  { ppid: 18, name: 's1ap' },
  { ppid: 27, name: 'x2ap' },
  { ppid: 46, name: 'diameter' },
  { ppid: 47, name: 'diameter' },
  { ppid: 60, name: 'ngap' },
]

/** SCTP ports, asked when the payload protocol identifier is 0. Source: IANA, Service Name and Port Number Registry. */
const SCTP_PORTS: readonly { readonly port: number; readonly name: SignallingProtocol }[] = [
  { port: 2904, name: 'm2ua' },
  { port: 2905, name: 'm3ua' },
  { port: 3565, name: 'm2pa' },
  { port: 3868, name: 'diameter' },
  { port: 9900, name: 'iua' },
  { port: 14001, name: 'sua' },
  { port: 2944, name: 'h248' },
  { port: 2945, name: 'h248' },
  { port: 36412, name: 's1ap' },
  { port: 36422, name: 'x2ap' },
  { port: 38412, name: 'ngap' },
]

const UDP_PORTS: readonly { readonly port: number; readonly name: SignallingProtocol }[] = [
  { port: 2123, name: 'gtp' },
  { port: 2152, name: 'gtp' },
  { port: 3386, name: 'gtp' },
]

/** A protocol, and whether its identifier came with its octets the wrong way round, as some stacks send it. */
export interface Recognised {
  readonly name: SignallingProtocol
  readonly swapped: boolean
}

const plain = (name: SignallingProtocol): Recognised => ({ name, swapped: false })

/** By the identifier, under 64. */
const BY_PPID: readonly (Recognised | undefined)[] = Array.from(
  { length: 64 },
  (_, ppid) => PPIDS.filter((row) => row.ppid === ppid).map((row) => plain(row.name))[0],
)
const BY_SWAPPED_PPID = new Map(
  PPIDS.map(({ ppid, name }): [number, Recognised] => [ppid << 24, { name, swapped: true }]),
)
const BY_SCTP_PORT = new Map(SCTP_PORTS.map((row) => [row.port, plain(row.name)]))
const BY_UDP_PORT = new Map(UDP_PORTS.map((row) => [row.port, plain(row.name)]))
const BY_STREAM = { diameter: plain('diameter'), http1: plain('http1'), http2: plain('http2') }
const BY_LINK_TYPE = { mtp2: plain('mtp2'), mtp3: plain('mtp3'), sccp: plain('sccp') }

/** Tells what a payload is: by identifier, by port where that is 0, by the link type. @returns null when nothing says. */
export function signallingProtocol(payload: Payload): Recognised | null {
  const { transport, ppid, srcPort, dstPort } = payload
  switch (transport) {
    case 'sctp':
      if (ppid === 0) return BY_SCTP_PORT.get(dstPort) ?? BY_SCTP_PORT.get(srcPort) ?? null
      return BY_PPID[ppid] ?? BY_SWAPPED_PPID.get(ppid) ?? null
    case 'udp':
      return BY_UDP_PORT.get(dstPort) ?? BY_UDP_PORT.get(srcPort) ?? null
    case 'tcp':
      return payload.stream === null ? null : BY_STREAM[payload.stream.protocol]
    default:
      return BY_LINK_TYPE[transport]
  }
}
