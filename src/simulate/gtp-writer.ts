import { plmnOctets, tbcd } from './digits.ts'

/** Types of GTPv2 messages used here. Source: TS 29.274 §6.1. */
export const GTPV2 = {
  createSession: 32,
  modifyBearer: 34,
  deleteSession: 36,
  deleteBearer: 99,
  identification: 128,
  contextRequest: 130,
  createForwarding: 160,
} as const

/** Types of GTPv1 messages used here. Source: TS 29.060 §7.1. */
export const GTPV1 = { createPdp: 16, updatePdp: 18, deletePdp: 20, sgsnContext: 50, identification: 48 } as const

/** A GTPv2 information element. Source: TS 29.274 §8.2. */
export function element(type: number, octets: ArrayLike<number>, instance = 0): Uint8Array {
  return Uint8Array.of(type, octets.length >> 8, octets.length & 0xff, instance, ...Array.from(octets))
}

export const gtpImsi = (digits: string): Uint8Array => element(1, tbcd(digits))
export const gtpMsisdn = (digits: string): Uint8Array => element(76, tbcd(digits))
export const servingNetwork = (plmn: string): Uint8Array => element(83, plmnOctets(plmn))
/** E-UTRAN. Source: TS 29.274 §8.17. */
export const gtpRat = (): Uint8Array => element(82, [6])
export const gtpApn = (name: string): Uint8Array =>
  element(
    71,
    name.split('.').flatMap((label) => [label.length, ...Array.from(label, (c) => c.charCodeAt(0))]),
  )

/** Fully qualified TEID with an IPv4 address. Source: TS 29.274 §8.22; interface types: 6 S5/S8 SGW, 7 S5/S8 PGW. */
export function fTeid(interfaceType: number, teid: number, ip: readonly number[], instance = 0): Uint8Array {
  return element(87, [0x80 | interfaceType, ...word(teid), ...ip], instance)
}

/** Cause. Source: TS 29.274 §8.4: 16 accepted, 64 context not found, 93 APN access denied, 96 user authentication failed. */
export const gtpCause = (value: number): Uint8Array => element(2, [value, 0])
export const bearerId = (): Uint8Array => element(73, [5])
export const bearerContext = (): Uint8Array => element(93, bearerId())

/** User Location Information with ECGI. Source: TS 29.274 §8.21. */
export function userLocation(plmn: string, cell: number): Uint8Array {
  return element(86, [0x10, ...plmnOctets(plmn), ...word(cell & 0x0fff_ffff)])
}

/** A GTPv2 message. @param teid null: the header carries none. Source: TS 29.274 §5.1. */
export function gtpv2(
  type: number,
  teid: number | null,
  sequence: number,
  elements: readonly Uint8Array[],
): Uint8Array {
  const body = elements.reduce((sum, octets) => sum + octets.length, 0)
  const length = body + 4 + (teid === null ? 0 : 4)
  const head = [teid === null ? 0x40 : 0x48, type, length >> 8, length & 0xff]
  if (teid !== null) head.push(...word(teid))
  head.push((sequence >> 16) & 0xff, (sequence >> 8) & 0xff, sequence & 0xff, 0)
  return joined(head, elements)
}

/** A GTPv1 message with a sequence number. Source: TS 29.060 §6. */
export function gtpv1(type: number, teid: number, sequence: number, elements: readonly Uint8Array[]): Uint8Array {
  const body = elements.reduce((sum, octets) => sum + octets.length, 0)
  const length = body + 4
  const head = [0x32, type, length >> 8, length & 0xff, ...word(teid), (sequence >> 8) & 0xff, sequence & 0xff, 0, 0]
  return joined(head, elements)
}

/** A GTPv1 information element of fixed length. Source: TS 29.060 §7.7. */
export const fixed = (type: number, octets: ArrayLike<number>): Uint8Array => Uint8Array.of(type, ...Array.from(octets))

/** A GTPv1 information element with a length of its own. */
export const variable = (type: number, octets: ArrayLike<number>): Uint8Array =>
  Uint8Array.of(type, octets.length >> 8, octets.length & 0xff, ...Array.from(octets))

/** IMSI of GTPv1: eight octets. Source: TS 29.060 §7.7.2. */
export function imsiV1(digits: string): Uint8Array {
  const octets = new Uint8Array(8).fill(0xff)
  octets.set(tbcd(digits))
  return fixed(2, octets)
}

/** Routeing area identity. Source: TS 29.060 §7.7.3. */
export const routeingArea = (plmn: string): Uint8Array => fixed(3, [...plmnOctets(plmn), 0, 1, 1])

export const apnV1 = (name: string): Uint8Array =>
  variable(
    131,
    name.split('.').flatMap((label) => [label.length, ...Array.from(label, (c) => c.charCodeAt(0))]),
  )

/** The four octets of a number. */
export function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}

function joined(head: readonly number[], elements: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(head.length + elements.reduce((sum, octets) => sum + octets.length, 0))
  out.set(head)
  let at = head.length
  for (const octets of elements) {
    out.set(octets, at)
    at += octets.length
  }
  return out
}
