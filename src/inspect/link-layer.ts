import { at, u16At, u32At, u32leAt } from '../bytes/at.ts'
import { formatHex } from '../bytes/tbcd.ts'
import { LINK_TYPES } from '../packet/link.ts'
import { FieldReader } from './field-reader.ts'
import type { Branch } from './tree.ts'
import { hexNumber, listed, type Names, named } from './values.ts'

/** EtherTypes by number. Source: IEEE 802 numbers (IANA). */
const ETHER_TYPES: Names = new Map([
  [0x0800, 'IPv4'],
  [0x0806, 'ARP'],
  [0x8035, 'RARP'],
  [0x8100, 'VLAN'],
  [0x86dd, 'IPv6'],
  [0x8809, 'slow protocols'],
  [0x8847, 'MPLS'],
  [0x8863, 'PPPoE discovery'],
  [0x8864, 'PPPoE session'],
  [0x888e, 'EAPOL'],
  [0x88a8, 'provider VLAN'],
  [0x88cc, 'LLDP'],
  [0x88f7, 'PTP'],
  [0x9100, 'QinQ VLAN'],
])
const VLAN = 0x8100
const VLAN_TYPES: readonly number[] = [VLAN, 0x88a8, 0x9100]
const MPLS = 0x8847
const PPPOE = 0x8864

/** Link types by number. Source: https://www.tcpdump.org/linktypes.html. */
const LINK_TYPE_NAMES: Names = new Map([
  [LINK_TYPES.null, 'BSD loopback'],
  [LINK_TYPES.ethernet, 'Ethernet'],
  [LINK_TYPES.rawOfBsd, 'raw IP'],
  [LINK_TYPES.rawOfOpenBsd, 'raw IP'],
  [LINK_TYPES.raw, 'raw IP'],
  [LINK_TYPES.loop, 'OpenBSD loopback'],
  [LINK_TYPES.linuxCooked, 'Linux cooked capture v1'],
  [LINK_TYPES.mtp2WithPseudoHeader, 'MTP2 with pseudo-header'],
  [LINK_TYPES.mtp2, 'MTP2'],
  [LINK_TYPES.mtp3, 'MTP3'],
  [LINK_TYPES.sccp, 'SCCP'],
  [LINK_TYPES.ipv4, 'IPv4'],
  [LINK_TYPES.ipv6, 'IPv6'],
  [LINK_TYPES.sctp, 'SCTP'],
  [LINK_TYPES.linuxCooked2, 'Linux cooked capture v2'],
])

/** Source: LINKTYPE_LINUX_SLL, packet types. */
const COOKED_TYPES = ['to us', 'broadcast', 'multicast', 'to somebody else', 'sent by us']
const PPP_PROTOCOLS: Names = new Map([
  [0x0021, 'IPv4'],
  [0x0057, 'IPv6'],
  [0xc021, 'LCP'],
  [0x8021, 'IPCP'],
])

const etherType = (value: number): string => {
  const name = ETHER_TYPES.get(value)
  return name === undefined ? hexNumber(value, 2) : `${name} (${hexNumber(value, 2)})`
}

/** A link type by name. */
export function linkTypeName(linkType: number): string {
  return named(LINK_TYPE_NAMES, linkType)
}

/**
 * Adds the link layer of the frame `bytes[start, end)`, with VLAN tags, MPLS labels and PPPoE below it. Where the network
 * layer begins `decodeLink` says, which reads the same octets.
 */
export function addLinkLayer(trunk: Branch, linkType: number, bytes: Uint8Array, start: number, end: number): void {
  const reader = (name: string, headerBytes: number): FieldReader => {
    const stop = Math.min(end, start + headerBytes)
    return new FieldReader(trunk.layer(name, null, start, stop), bytes, start, stop)
  }
  const mac = (p: number): string => formatHex(bytes, p, p + 6).replace(/(..)(?=.)/g, '$1:')
  switch (linkType) {
    case LINK_TYPES.ethernet: {
      const f = reader('Ethernet', 14)
      f.octets('Destination', 6, mac)
      f.octets('Source', 6, mac)
      const type = f.u16('Type', etherType)
      if (!f.failed) addTags(trunk, bytes, f.offset, end, type)
      return
    }
    case LINK_TYPES.linuxCooked: {
      const f = reader('Linux cooked capture v1', 16)
      f.u16('Packet type', (value) => listed(COOKED_TYPES, value))
      f.u16('Link-layer address type')
      addCookedAddress(f)
      const type = f.u16('Protocol', etherType)
      if (!f.failed) addTags(trunk, bytes, f.offset, end, type)
      return
    }
    case LINK_TYPES.linuxCooked2: {
      const f = reader('Linux cooked capture v2', 20)
      const type = f.u16('Protocol', etherType)
      f.take(2)
      f.u32('Interface index')
      f.u16('Link-layer address type')
      f.u8('Packet type', (value) => listed(COOKED_TYPES, value))
      const length = f.u8('Address length')
      f.octets('Address', 8, (p) => formatHex(bytes, p, p + Math.min(8, length)) || 'none')
      if (!f.failed) addTags(trunk, bytes, f.offset, end, type)
      return
    }
    case LINK_TYPES.null:
    case LINK_TYPES.loop: {
      const f = reader('Loopback', 4)
      f.octets('Address family', 4, (p) => {
        const value = u32At(bytes, p)
        return String(value > 0xffff ? u32leAt(bytes, p) : value)
      })
    }
  }
}

function addCookedAddress(f: FieldReader): void {
  const { bytes } = f
  const length = f.u16('Address length')
  f.octets('Address', 8, (p) => formatHex(bytes, p, p + Math.min(8, length)) || 'none')
}

/** What lies between the frame's header and IP. Each round eats octets, so the frame bounds the loop. */
function addTags(trunk: Branch, bytes: Uint8Array, offset: number, end: number, type: number): void {
  let p = offset
  let next = type
  while (VLAN_TYPES.includes(next)) {
    const f = new FieldReader(trunk.layer('VLAN', null, p, Math.min(end, p + 4)), bytes, p, Math.min(end, p + 4))
    const tag = u16At(bytes, p)
    f.octets(
      'Tag control',
      2,
      () => `priority ${tag >> 13}, ${(tag >> 12) & 1 ? 'drop eligible, ' : ''}VLAN ${tag & 0xfff}`,
    )
    next = f.u16('Type', etherType)
    if (f.failed) return
    f.branch.setValue(`VLAN ${tag & 0xfff}`)
    p += 4
  }
  if (next === MPLS) {
    for (let last = false; !last && p + 4 <= end; p += 4) {
      const word = u32At(bytes, p)
      last = (at(bytes, p + 2) & 1) === 1
      const label = trunk.layer('MPLS', `label ${word >>> 12}`, p, p + 4)
      label.field('Label', word >>> 12, p, p + 3)
      label.field('Traffic class', (word >>> 9) & 7, p + 2, p + 3)
      label.field('Bottom of stack', last ? 'yes' : 'no', p + 2, p + 3)
      label.field('Time to live', word & 0xff, p + 3, p + 4)
    }
  } else if (next === PPPOE) {
    const stop = Math.min(end, p + 8)
    const f = new FieldReader(trunk.layer('PPPoE', null, p, stop), bytes, p, stop)
    f.u8('Version and type', (value) => `${value >> 4}, ${value & 15}`)
    f.u8('Code')
    f.u16('Session identifier', (value) => hexNumber(value, 2))
    f.u16('Length')
    f.u16('Protocol', (value) => named(PPP_PROTOCOLS, value))
  }
}

/** Adds the pseudo-header of MTP2. Source: LINKTYPE_MTP2_WITH_PHDR. */
export function addMtp2PseudoHeader(trunk: Branch, bytes: Uint8Array, start: number, end: number): void {
  const stop = Math.min(end, start + 4)
  const f = new FieldReader(trunk.layer('MTP2 pseudo-header', null, start, stop), bytes, start, stop)
  f.u8('Direction', (value) => listed(['received', 'sent'], value))
  f.u8('Extended sequence numbers', (value) => listed(['no', 'yes', 'unknown'], value))
  f.u16('Link number')
}
