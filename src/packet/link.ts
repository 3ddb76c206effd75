import { at, u16At, u32At, u32leAt } from '../bytes/at.ts'
import { ignored, undecoded } from './disposition.ts'
import type { Disposition } from './payload.ts'

/** LINKTYPE_ numbers read here. Source: https://www.tcpdump.org/linktypes.html. */
export const LINK_TYPES = {
  null: 0,
  ethernet: 1,
  rawOfBsd: 12,
  rawOfOpenBsd: 14,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  mtp2WithPseudoHeader: 139,
  mtp2: 140,
  mtp3: 141,
  sccp: 142,
  ipv4: 228,
  ipv6: 229,
  sctp: 248,
  linuxCooked2: 276,
} as const

/** EtherTypes. Source: IEEE 802 numbers, https://www.iana.org/assignments/ieee-802-numbers. */
export const ETHER_TYPES = { ipv4: 0x0800, ipv6: 0x86dd } as const

const VLAN_TAGS = [0x8100, 0x88a8, 0x9100]
const MPLS = 0x8847
const PPPOE_SESSION = 0x8864
/** Smaller values are lengths of IEEE 802.3 frames (802.3 §3.2.6); cooked captures give them small numbers too. */
const SMALLEST_ETHER_TYPE = 0x0600

/** EtherTypes that never hold signalling. */
const OTHER_ETHER_TYPES: ReadonlyMap<number, Disposition> = new Map(
  (
    [
      [0x0806, 'arp'],
      [0x8035, 'rarp'],
      [0x8809, 'slow'],
      [0x8863, 'pppoe'],
      [0x888e, 'eapol'],
      [0x88cc, 'lldp'],
      [0x88f7, 'ptp'],
      [0x8902, 'cfm'],
      [0x9000, 'loopback'],
    ] as const
  ).map(([type, name]) => [type, ignored(name, 'no signalling')]),
)

const UNKNOWN_LINK_TYPE = undecoded('link', 'unknown link type')
const ETH_SHORT = undecoded('eth', 'truncated header')
const SLL_SHORT = undecoded('sll', 'truncated header')
const NULL_SHORT = undecoded('null', 'truncated header')
const RAW_SHORT = undecoded('raw', 'truncated header')
const VLAN_SHORT = undecoded('vlan', 'truncated header')
const MPLS_SHORT = undecoded('mpls', 'truncated header')
const PPPOE_SHORT = undecoded('pppoe', 'truncated header')
const LLC = ignored('llc', 'no signalling')
const PPP_CONTROL = ignored('ppp', 'no signalling')
const UNKNOWN_ETHER_TYPE = undecoded('eth', 'unknown EtherType')
const UNKNOWN_FAMILY = undecoded('null', 'unknown address family')
const NOT_IP = undecoded('raw', 'unknown IP version')
const MPLS_NOT_IP = undecoded('mpls', 'no IP below the labels')

/** Where the network layer begins and what it is; one object is filled again and again. */
export class NetworkStart {
  /** `ETHER_TYPES.ipv4` or `ETHER_TYPES.ipv6`. */
  etherType = 0
  offset = 0
}

/**
 * Finds the IP packet in the frame `bytes[start, end)`: Ethernet, Linux cooked, BSD loopback or raw IP, below any VLAN
 * tags, MPLS labels and PPPoE.
 * @returns null with `into` filled, or what to say of a frame that holds no IP packet. Never throws.
 */
export function decodeLink(
  linkType: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  into: NetworkStart,
): Disposition | null {
  switch (linkType) {
    case LINK_TYPES.ethernet:
      if (end - start < 14) return ETH_SHORT
      into.offset = start + 14
      return decodeEtherType(u16At(bytes, start + 12), bytes, end, into)
    case LINK_TYPES.linuxCooked: // https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html
      if (end - start < 16) return SLL_SHORT
      into.offset = start + 16
      return decodeEtherType(u16At(bytes, start + 14), bytes, end, into)
    case LINK_TYPES.linuxCooked2: // https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html
      if (end - start < 20) return SLL_SHORT
      into.offset = start + 20
      return decodeEtherType(u16At(bytes, start), bytes, end, into)
    case LINK_TYPES.null:
    case LINK_TYPES.loop:
      if (end - start < 4) return NULL_SHORT
      into.offset = start + 4
      return decodeAddressFamily(bytes, start, into)
    case LINK_TYPES.raw:
    case LINK_TYPES.rawOfBsd:
    case LINK_TYPES.rawOfOpenBsd:
    case LINK_TYPES.ipv4:
    case LINK_TYPES.ipv6:
      if (start >= end) return RAW_SHORT
      into.offset = start
      return decodeIpVersion(bytes, into) ? null : NOT_IP
    default:
      return UNKNOWN_LINK_TYPE
  }
}

/** Steps over what lies between the frame's header and IP. Each round eats octets, so the frame bounds the loop. */
function decodeEtherType(type: number, bytes: Uint8Array, end: number, into: NetworkStart): Disposition | null {
  let etherType = type
  while (VLAN_TAGS.includes(etherType)) {
    if (into.offset + 4 > end) return VLAN_SHORT
    etherType = u16At(bytes, into.offset + 2)
    into.offset += 4
  }
  if (etherType === PPPOE_SESSION) return decodePppoe(bytes, end, into)
  if (etherType === MPLS) return decodeMpls(bytes, end, into)
  into.etherType = etherType
  if (etherType === ETHER_TYPES.ipv4 || etherType === ETHER_TYPES.ipv6) return null
  if (etherType < SMALLEST_ETHER_TYPE) return LLC
  return OTHER_ETHER_TYPES.get(etherType) ?? UNKNOWN_ETHER_TYPE
}

/** Labels of four octets, the last with the bottom-of-stack bit; IP below tells its own version. Source: RFC 3032 §2.1. */
function decodeMpls(bytes: Uint8Array, end: number, into: NetworkStart): Disposition | null {
  for (let last = false; !last; into.offset += 4) {
    if (into.offset + 4 >= end) return MPLS_SHORT
    last = (at(bytes, into.offset + 2) & 1) === 1
  }
  return decodeIpVersion(bytes, into) ? null : MPLS_NOT_IP
}

/** Session header of six octets, then the PPP protocol. Source: RFC 2516 §4, RFC 1332 §3, RFC 5072 §2. */
function decodePppoe(bytes: Uint8Array, end: number, into: NetworkStart): Disposition | null {
  if (into.offset + 8 > end) return PPPOE_SHORT
  const protocol = u16At(bytes, into.offset + 6)
  into.offset += 8
  if (protocol === 0x0021) into.etherType = ETHER_TYPES.ipv4
  else if (protocol === 0x0057) into.etherType = ETHER_TYPES.ipv6
  else return PPP_CONTROL
  return null
}

/**
 * The address family of the capturing machine, in its byte order: AF_INET is 2 everywhere, AF_INET6 differs.
 * Source: https://www.tcpdump.org/linktypes.html, LINKTYPE_NULL and LINKTYPE_LOOP.
 */
function decodeAddressFamily(bytes: Uint8Array, start: number, into: NetworkStart): Disposition | null {
  const bigEndian = u32At(bytes, start)
  const family = bigEndian > 0xffff ? u32leAt(bytes, start) : bigEndian
  if (family === 2) into.etherType = ETHER_TYPES.ipv4
  else if (family === 10 || family === 23 || family === 24 || family === 28 || family === 30)
    into.etherType = ETHER_TYPES.ipv6 // Linux, Windows, NetBSD and OpenBSD, FreeBSD, Darwin
  else return UNKNOWN_FAMILY
  return null
}

function decodeIpVersion(bytes: Uint8Array, into: NetworkStart): boolean {
  const version = at(bytes, into.offset) >> 4
  into.etherType = version === 4 ? ETHER_TYPES.ipv4 : ETHER_TYPES.ipv6
  return version === 4 || version === 6
}
