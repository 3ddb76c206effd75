import { ignored, undecoded } from './disposition.ts'
import type { Disposition } from './payload.ts'

/** Protocol numbers read here. Source: https://www.iana.org/assignments/protocol-numbers. */
export const IP_PROTOCOLS = { tcp: 6, udp: 17, sctp: 132 } as const

/** What becomes of the protocols above IP that are not read. */
const OTHER_PROTOCOLS: ReadonlyMap<number, Disposition> = new Map([
  [1, ignored('icmp', 'no signalling')],
  [2, ignored('igmp', 'no signalling')],
  [4, undecoded('ipv4', 'IP inside IP not read')],
  [41, undecoded('ipv6', 'IP inside IP not read')],
  [46, ignored('rsvp', 'no signalling')],
  [47, undecoded('gre', 'tunnel not read')],
  [50, undecoded('esp', 'encrypted')],
  [58, ignored('icmpv6', 'no signalling')],
  [59, ignored('ipv6', 'no user data')],
  [88, ignored('eigrp', 'no signalling')],
  [89, ignored('ospf', 'no signalling')],
  [103, ignored('pim', 'no signalling')],
  [112, ignored('vrrp', 'no signalling')],
])
const UNKNOWN_PROTOCOL = undecoded('ip', 'unknown IP protocol')

/** What is said of a packet of an IP protocol other than TCP, UDP and SCTP. */
export function otherProtocol(protocol: number): Disposition {
  return OTHER_PROTOCOLS.get(protocol) ?? UNKNOWN_PROTOCOL
}

/** What the IP headers of one packet say; one object is filled again and again. Offsets count in the packet's buffer. */
export class IpHeader {
  version: 4 | 6 = 4
  /** Offset of the source address; the destination follows it, 4 or 16 octets further. */
  addressOffset = 0
  /** Protocol number of the payload. */
  protocol = 0
  /** Payload, `[payloadStart, payloadEnd)`: without link-layer padding, cut to what was captured. */
  payloadStart = 0
  payloadEnd = 0
  /** True when the header announces more octets than were captured. */
  cut = false
  /** True when the payload is a part of a larger datagram; the three below then say which. */
  fragment = false
  fragmentOffset = 0
  moreFragments = false
  identification = 0
}
