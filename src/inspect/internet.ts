import { at, u16At, u32At } from '../bytes/at.ts'
import { formatIpv4, formatIpv6 } from '../packet/address.ts'
import { FieldReader } from './field-reader.ts'
import type { Branch } from './tree.ts'
import { flagNames, hexNumber, hexValue, listed, type Names, named } from './values.ts'

/** Protocol numbers. Source: https://www.iana.org/assignments/protocol-numbers. */
export const IP_PROTOCOL_NAMES: Names = new Map([
  [0, 'hop-by-hop options'],
  [1, 'ICMP'],
  [2, 'IGMP'],
  [4, 'IPv4'],
  [6, 'TCP'],
  [17, 'UDP'],
  [41, 'IPv6'],
  [43, 'routing header'],
  [44, 'fragment header'],
  [46, 'RSVP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'authentication header'],
  [58, 'ICMPv6'],
  [59, 'no next header'],
  [60, 'destination options'],
  [88, 'EIGRP'],
  [89, 'OSPF'],
  [103, 'PIM'],
  [112, 'VRRP'],
  [132, 'SCTP'],
])
const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const DESTINATION_OPTIONS = 60
const EXTENSIONS: readonly number[] = [HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS]

/** Options of IPv4 by type. Source: https://www.iana.org/assignments/ip-parameters. */
const IPV4_OPTIONS: Names = new Map([
  [0, 'end of options'],
  [1, 'no operation'],
  [7, 'record route'],
  [68, 'time stamp'],
  [130, 'security'],
  [131, 'loose source route'],
  [136, 'stream identifier'],
  [137, 'strict source route'],
  [148, 'router alert'],
])
const ECN = ['not capable', 'capable (1)', 'capable (0)', 'congestion experienced']
const protocol = (value: number): string => named(IP_PROTOCOL_NAMES, value)
const trafficClass = (value: number): string => `DSCP ${value >> 2}, ECN ${listed(ECN, value & 3)}`

/** Adds the IPv4 header at `bytes[start, end)`, options included. Source: RFC 791 §3.1. */
export function addIpv4(trunk: Branch, bytes: Uint8Array, start: number, end: number): void {
  const headerBytes = Math.max(20, (at(bytes, start) & 15) * 4)
  const stop = Math.min(end, start + headerBytes)
  const layer = trunk.layer('IPv4', null, start, stop)
  const f = new FieldReader(layer, bytes, start, stop)
  f.u8('Version and header length', (value) => `${value >> 4}, ${(value & 15) * 4} octets`)
  f.u8('Differentiated services', trafficClass)
  f.u16('Total length')
  f.u16('Identification', (value) => hexNumber(value, 2))
  f.u16('Flags and fragment offset', (value) => {
    const flags = `${value & 0x8000 ? 'reserved, ' : ''}${value & 0x4000 ? "don't fragment, " : ''}${value & 0x2000 ? 'more fragments, ' : ''}`
    return `${flags}offset ${(value & 0x1fff) * 8}`
  })
  f.u8('Time to live')
  f.u8('Protocol', protocol)
  f.u16('Header checksum', (value) => `${hexNumber(value, 2)}, not verified`)
  const address = (p: number): string => formatIpv4(bytes, p)
  const source = f.octets('Source', 4, address)
  const destination = f.octets('Destination', 4, address)
  if (destination >= 0) layer.setValue(`${address(source)} → ${address(destination)}`)
  if (f.left > 0) addOptions(f)
}

/** Each round eats an octet or more. */
function addOptions(f: FieldReader): void {
  const { bytes, branch } = f
  const options = branch.field('Options', null, f.offset, f.end)
  for (let p = f.offset; p < f.end; ) {
    const type = at(bytes, p)
    const length = type <= 1 ? 1 : at(bytes, p + 1)
    if (length < 1 || (type > 1 && length < 2) || p + length > f.end) {
      options.failure('impossible option length', p, f.end)
      return
    }
    options.field(
      named(IPV4_OPTIONS, type),
      length > 2 ? hexValue(branch.tree, bytes, p + 2, p + length) : null,
      p,
      p + length,
    )
    if (type === 0) return
    p += length
  }
}

/** Adds the IPv6 header at `bytes[start, end)` and its extension headers. Source: RFC 8200 §3 and §4. */
export function addIpv6(trunk: Branch, bytes: Uint8Array, start: number, end: number): void {
  const stop = Math.min(end, start + 40)
  const layer = trunk.layer('IPv6', null, start, stop)
  const f = new FieldReader(layer, bytes, start, stop)
  f.octets('Version, traffic class, flow label', 4, (p) => {
    const word = u32At(bytes, p)
    return `${word >>> 28}, ${trafficClass((word >>> 20) & 0xff)}, flow ${hexNumber(word & 0xfffff, 3)}`
  })
  f.u16('Payload length')
  const next = f.u8('Next header', protocol)
  f.u8('Hop limit')
  const address = (p: number): string => formatIpv6(bytes, p)
  const source = f.octets('Source', 16, address)
  const destination = f.octets('Destination', 16, address)
  if (destination < 0) return
  layer.setValue(`${address(source)} → ${address(destination)}`)
  addExtensionHeaders(trunk, bytes, stop, end, next)
}

/** Adds extension headers from `start` on, as long as `next` is one. Source: RFC 8200 §4, RFC 4302 §2. */
export function addExtensionHeaders(trunk: Branch, bytes: Uint8Array, start: number, end: number, next: number): void {
  let p = start
  let type = next
  while (EXTENSIONS.includes(type)) {
    const unit = at(bytes, p + 1)
    const length = type === FRAGMENT ? 8 : type === AUTHENTICATION ? (unit + 2) * 4 : (unit + 1) * 8
    const stop = Math.min(end, p + length)
    const f = new FieldReader(trunk.layer(`IPv6 ${protocol(type)}`, null, p, stop), bytes, p, stop)
    const following = f.u8('Next header', protocol)
    f.u8(type === FRAGMENT ? 'Reserved' : 'Length', String)
    if (type === FRAGMENT) {
      const word = u16At(bytes, p + 2)
      f.octets('Fragment offset', 2, () => `${word & 0xfff8}${word & 1 ? ', more fragments' : ', last fragment'}`)
      f.u32('Identification', (value) => hexNumber(value, 4))
      // behind a part of a datagram stands data, not a header
      if ((word & 0xfff9) !== 0) return
    } else if (type === AUTHENTICATION) {
      f.u16('Reserved')
      f.u32('Security parameters index', (value) => hexNumber(value, 4))
      f.u32('Sequence number')
      if (f.left > 0) f.octets('Integrity check value', f.left, () => hexValue(trunk.tree, bytes, p + 12, stop))
    } else if (type === ROUTING) {
      f.u8('Routing type')
      f.u8('Segments left')
      if (f.left > 0) f.octets('Data', f.left, (q) => hexValue(trunk.tree, bytes, q, stop))
    } else if (f.left > 0) f.octets('Options', f.left, (q) => hexValue(trunk.tree, bytes, q, stop))
    if (f.failed || p + length > end) return
    p += length
    type = following
  }
}

const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'AE']
/** Options of TCP by kind. Source: https://www.iana.org/assignments/tcp-parameters. */
const TCP_OPTIONS: Names = new Map([
  [0, 'end of options'],
  [1, 'no operation'],
  [2, 'maximum segment size'],
  [3, 'window scale'],
  [4, 'selective acknowledgement permitted'],
  [5, 'selective acknowledgement'],
  [8, 'time stamps'],
  [19, 'MD5 signature'],
  [29, 'TCP-AO'],
  [30, 'multipath'],
])

/** Adds the UDP header in `bytes[start, end)`. Source: RFC 768. @returns where the data begin, or -1. */
export function addUdp(trunk: Branch, bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + 8)
  const f = new FieldReader(trunk.layer('UDP', null, start, stop), bytes, start, stop)
  const source = f.u16('Source port')
  const destination = f.u16('Destination port')
  f.u16('Length')
  f.u16('Checksum', (value) => `${hexNumber(value, 2)}, not verified`)
  if (f.failed) return -1
  f.branch.setValue(`${source} → ${destination}`)
  return stop
}

/** Adds the TCP header in `bytes[start, end)`, options included. Source: RFC 9293 §3.1. @returns where the data begin, or -1. */
export function addTcp(trunk: Branch, bytes: Uint8Array, start: number, end: number): number {
  const headerBytes = (at(bytes, start + 12) >> 4) * 4
  const stop = Math.min(end, start + Math.max(20, headerBytes))
  const f = new FieldReader(trunk.layer('TCP', null, start, stop), bytes, start, stop)
  const source = f.u16('Source port')
  const destination = f.u16('Destination port')
  f.u32('Sequence number')
  f.u32('Acknowledgement number')
  let flags = ''
  f.u16('Header length and flags', (value) => {
    flags = flagNames(value & 0x1ff, TCP_FLAGS)
    return `${(value >> 12) * 4} octets, ${flags}`
  })
  f.u16('Window')
  f.u16('Checksum', (value) => `${hexNumber(value, 2)}, not verified`)
  f.u16('Urgent pointer')
  if (f.failed) return -1
  f.branch.setValue(`${source} → ${destination}, ${flags}`)
  if (headerBytes < 20) {
    f.branch.failure('impossible header length', start + 12, start + 13)
    return -1
  }
  if (f.left > 0) addTcpOptions(f)
  return start + headerBytes > end ? -1 : stop
}

function addTcpOptions(f: FieldReader): void {
  const { bytes, branch } = f
  const options = branch.field('Options', null, f.offset, f.end)
  for (let p = f.offset; p < f.end; ) {
    const kind = at(bytes, p)
    const length = kind <= 1 ? 1 : at(bytes, p + 1)
    if ((kind > 1 && length < 2) || p + length > f.end) {
      options.failure('impossible option length', p, f.end)
      return
    }
    let value: string | null = null
    if (kind === 2 && length === 4) value = String(u16At(bytes, p + 2))
    else if (kind === 3 && length === 3) value = String(at(bytes, p + 2))
    else if (kind === 8 && length === 10) value = `${u32At(bytes, p + 2)}, echo ${u32At(bytes, p + 6)}`
    else if (length > 2) value = hexValue(branch.tree, bytes, p + 2, p + length)
    options.field(named(TCP_OPTIONS, kind), value, p, p + length)
    if (kind === 0) return
    p += length
  }
}
