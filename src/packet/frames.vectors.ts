/** Packets for the tests of this folder, built layer by layer; addresses from the documentation ranges (RFC 5737, 3849). */
import type { Packet } from '../capture/packet.ts'
import { PacketDecoder } from './packet-decoder.ts'
import type { Disposition, Move, Payload } from './payload.ts'
import type { StreamFraming } from './tcp-framing.ts'

export const HOST_A = [192, 0, 2, 1]
export const HOST_B = [192, 0, 2, 2]
export const HOST_A6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
export const HOST_B6 = [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]

export function u16(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff]
}

export function u32(value: number): number[] {
  return [...u16(value >>> 16), ...u16(value)]
}

/** `count` octets that depend on `seed`. */
export function octets(count: number, seed = 0): number[] {
  return Array.from({ length: count }, (_, i) => (seed * 37 + i * 11 + (i >> 8)) & 0xff)
}

export function ethernet(etherType: number, payload: readonly number[]): number[] {
  return [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, ...u16(etherType), ...payload]
}

export interface Ipv4Fields {
  src?: readonly number[]
  dst?: readonly number[]
  protocol?: number
  id?: number
  /** Octets, a multiple of 8. */
  offset?: number
  more?: boolean
  totalLength?: number
  options?: readonly number[]
}

export function ipv4(payload: readonly number[], fields: Ipv4Fields = {}): number[] {
  const { src = HOST_A, dst = HOST_B, protocol = 132, id = 0, offset = 0, more = false, options = [] } = fields
  const headerBytes = 20 + options.length
  const totalLength = fields.totalLength ?? headerBytes + payload.length
  const fragment = offset / 8 + (more ? 0x2000 : 0)
  const head = [0x40 + headerBytes / 4, 0, ...u16(totalLength), ...u16(id), ...u16(fragment), 64, protocol, 0, 0]
  return [...head, ...src, ...dst, ...options, ...payload]
}

export function ipv6(
  payload: readonly number[],
  nextHeader = 132,
  { src = HOST_A6, dst = HOST_B6, payloadLength = payload.length } = {},
): number[] {
  return [0x60, 0, 0, 0, ...u16(payloadLength), nextHeader, 64, ...src, ...dst, ...payload]
}

/** An IPv6 fragment header and its data. */
export function fragment6(
  nextHeader: number,
  id: number,
  offset: number,
  more: boolean,
  data: readonly number[],
): number[] {
  return [nextHeader, 0, ...u16(offset | (more ? 1 : 0)), ...u32(id), ...data]
}

export function udp(payload: readonly number[], srcPort = 2123, dstPort = 2123, length = payload.length + 8): number[] {
  return [...u16(srcPort), ...u16(dstPort), ...u16(length), 0, 0, ...payload]
}

export interface SctpFields {
  srcPort?: number
  dstPort?: number
  tag?: number
}

export function sctp(chunks: readonly (readonly number[])[], fields: SctpFields = {}): number[] {
  const { srcPort = 2905, dstPort = 2906, tag = 0x1234_5678 } = fields
  return [...u16(srcPort), ...u16(dstPort), ...u32(tag), 0, 0, 0, 0, ...chunks.flat()]
}

export function chunk(type: number, flags: number, value: readonly number[]): number[] {
  const padding = new Array<number>((4 - (value.length % 4)) % 4).fill(0)
  return [type, flags, ...u16(value.length + 4), ...value, ...padding]
}

/** B and E bits of a DATA chunk. */
export const WHOLE = 3
export const FIRST = 2
export const MIDDLE = 0
export const LAST = 1

export interface DataFields {
  flags?: number
  stream?: number
  ssn?: number
  ppid?: number
}

export function data(tsn: number, payload: readonly number[], fields: DataFields = {}): number[] {
  const { flags = WHOLE, stream = 0, ssn = 0, ppid = 3 } = fields
  return chunk(0, flags, [...u32(tsn), ...u16(stream), ...u16(ssn), ...u32(ppid), ...payload])
}

/** An I-DATA chunk (RFC 8260 §2.1); `field` is the PPID of a first fragment, the fragment sequence number of others. */
export function iData(
  tsn: number,
  payload: readonly number[],
  { flags = WHOLE, stream = 0, messageId = 0, field = 3 } = {},
): number[] {
  return chunk(64, flags, [...u32(tsn), ...u16(stream), 0, 0, ...u32(messageId), ...u32(field), ...payload])
}

/** INIT (type 1) or INIT ACK (type 2). */
export function init(type: 1 | 2, initiateTag: number, initialTsn = 1): number[] {
  return chunk(type, 0, [...u32(initiateTag), ...u32(65_536), ...u16(10), ...u16(10), ...u32(initialTsn)])
}

/** The captured packet with these octets. */
export function packetOf(frame: readonly number[], fields: Partial<Packet> = {}): Packet {
  const bytes = Uint8Array.from(frame)
  const all = { capture: 0, frame: 1, timeUs: 0, linkType: 1, bytes, start: 0, end: bytes.length }
  return { ...all, originalLength: bytes.length, ...fields }
}

/** Ethernet, IPv4, SCTP. */
export function sctpFrame(chunks: readonly (readonly number[])[], fields: SctpFields & Ipv4Fields = {}): number[] {
  return ethernet(0x0800, ipv4(sctp(chunks, fields), fields))
}

/** A payload with its octets copied. */
export type KeptPayload = Omit<Payload, 'bytes' | 'start' | 'end'> & { readonly data: number[] }

/** Runs packets through a decoder, keeps what comes out, and keeps the accounts as a user of the decoder would. */
export class Bench {
  readonly payloads: KeptPayload[] = []
  readonly counts = new Map<Disposition, number>()
  readonly decoder: PacketDecoder

  constructor(framings: readonly StreamFraming[] = [], captures = 1) {
    const payload = ({ bytes, start, end, ...rest }: Payload) => {
      this.payloads.push({ ...rest, data: [...bytes.subarray(start, end)] })
    }
    this.decoder = new PacketDecoder({ payload }, framings, captures)
  }

  /** @returns the disposition in words. */
  feed(frame: readonly number[], fields: Partial<Packet> = {}): string {
    return this.feedPacket(packetOf(frame, fields))
  }

  feedPacket(packet: Packet): string {
    const disposition = this.decoder.decode(packet)
    this.count(disposition, 1)
    this.apply(this.decoder.takeMoves())
    return words(disposition)
  }

  flush(): void {
    this.apply(this.decoder.flush())
  }

  /** Dispositions in words with their counts, without those of no packet. */
  get account(): Record<string, number> {
    const rows = [...this.counts].filter(([, count]) => count !== 0)
    return Object.fromEntries(rows.map(([disposition, count]) => [words(disposition), count]))
  }

  get total(): number {
    let sum = 0
    for (const count of this.counts.values()) sum += count
    return sum
  }

  private apply(moves: readonly Move[]): void {
    for (const { from, to, count } of moves) {
      this.count(from, -count)
      this.count(to, count)
    }
  }

  private count(disposition: Disposition, count: number): void {
    this.counts.set(disposition, (this.counts.get(disposition) ?? 0) + count)
  }
}

function words({ outcome, protocol, reason }: Disposition): string {
  return reason === '' ? `${outcome} ${protocol}` : `${outcome} ${protocol}: ${reason}`
}
