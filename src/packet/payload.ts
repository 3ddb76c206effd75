import type { Packet } from '../capture/packet.ts'

/** What was odd on the way up to the user message; observations, not verdicts. The order is the registry's. */
export const PACKET_ANOMALIES = [
  { name: 'ipFragmentOverlap', meaning: 'IP fragments that overlap with different data; the first data won' },
  { name: 'sctpTsnReuse', meaning: 'an SCTP TSN used again for different data' },
  { name: 'cutByCapture', meaning: 'fewer octets captured than the headers announce' },
  { name: 'tcpOverlap', meaning: 'TCP segments that overlap with different data; the first data won' },
] as const

export type PacketAnomaly = (typeof PACKET_ANOMALIES)[number]['name']

/** The protocols whose messages are cut out of TCP streams. */
export type StreamProtocol = 'diameter' | 'http1' | 'http2'

/** One direction of a TCP connection whose messages are handed over: the same object for all of them. */
export interface ByteStream {
  readonly protocol: StreamProtocol
  /** Places up to the message at hand where octets were missing; a capture that began inside the connection counts one. */
  readonly gaps: number
}

/**
 * What one packet, or several put together, carried for the signalling layers: a user message of SCTP, a UDP datagram,
 * a message of a TCP stream, or the payload of an SS7 link type. `bytes[start, end)` is valid only during the call.
 */
export interface Payload {
  /** The packet that completed the message. */
  readonly packet: Packet
  /** How it travelled. The link types carry no addresses. */
  readonly transport: 'sctp' | 'udp' | 'tcp' | 'mtp2' | 'mtp3' | 'sccp'
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** SCTP payload protocol identifier (RFC 9260 §3.3.1), 0 when unspecified or not SCTP. */
  readonly ppid: number
  /** Textual addresses, or null for link types without IP. Kept and shared: seldom more than one string an address. */
  readonly srcIp: string | null
  readonly dstIp: string | null
  /** Port numbers, or 0. */
  readonly srcPort: number
  readonly dstPort: number
  /** A number that is the same for both directions of one association, connection or flow; 0 for link types. */
  readonly association: number
  /** The direction of a TCP connection that it was cut out of, else null. */
  readonly stream: ByteStream | null
  /** A shared, empty list in the normal case. */
  readonly anomalies: readonly PacketAnomaly[]
}

/** Where the packet stage hands over what it found. */
export interface PayloadSink {
  payload(payload: Payload): void
}

/**
 * What became of one packet. Every packet read gets exactly one: the figures of all dispositions add up to the packets
 * read. A packet that carried payloads is `carried`; its payloads decide later what the coverage says of it.
 */
export interface Disposition {
  /** `carried`: handed at least one payload over; `held`: a fragment kept for reassembly; `ignored`: known to hold no
   * signalling (ARP, SCTP heartbeat, …); `undecoded`: could not be read. */
  readonly outcome: 'carried' | 'held' | 'ignored' | 'undecoded'
  /** Innermost protocol reached: `eth` `ipv4` `sctp` `arp` … */
  readonly protocol: string
  /** Short, fixed words (`truncated header`, `no user data`, `fragment`): never wire text. '' for carried without remark. */
  readonly reason: string
}

/** `count` packets that were reported as `from` turned out to be `to`: the sum over all dispositions stays the same. */
export interface Move {
  readonly from: Disposition
  readonly to: Disposition
  readonly count: number
}
