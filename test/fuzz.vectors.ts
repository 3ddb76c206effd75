import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { generateTraffic } from '../src/simulate/generate.ts'
import type { Mill } from './packets.vectors.ts'

/** One change of a message: where, and what. Places are shares of its length, so that they fit any message. */
export type Change =
  | { readonly kind: 'length'; readonly place: number; readonly by: number }
  | { readonly kind: 'set'; readonly place: number; readonly octet: number }
  | { readonly kind: 'flip'; readonly place: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly place: number }
  | { readonly kind: 'repeat'; readonly place: number; readonly octets: number; readonly times: number }
  | { readonly kind: 'remove'; readonly place: number; readonly octets: number }
  | { readonly kind: 'splice'; readonly place: number; readonly from: number; readonly octets: number }

const share = fc.integer({ min: 0, max: 0xffff })
const ODD_OCTETS = [0x00, 0x01, 0x1f, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xfe, 0xff]

/** Changes of a message, lengths above all. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('length' as const),
        place: share,
        by: fc.integer({ min: -4, max: 255 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('set' as const),
        place: share,
        octet: fc.oneof(fc.constantFrom(...ODD_OCTETS), fc.integer({ min: 0, max: 255 })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('flip' as const), place: share, bit: fc.integer({ min: 0, max: 7 }) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), place: share }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('repeat' as const),
        place: share,
        octets: fc.integer({ min: 1, max: 64 }),
        times: fc.integer({ min: 1, max: 40 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('remove' as const),
        place: share,
        octets: fc.integer({ min: 1, max: 16 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('splice' as const),
        place: share,
        from: fc.nat(),
        octets: fc.integer({ min: 1, max: 200 }),
      }),
    },
  ),
  { minLength: 1, maxLength: 4 },
)

/** A case: which message, how it is changed, and the layer below which nothing is. */
export interface FuzzCase {
  readonly message: number
  readonly below: number
  readonly changes: readonly Change[]
}

export const fuzzCases: fc.Arbitrary<FuzzCase> = fc.record({
  message: fc.nat(),
  below: fc.integer({ min: 0, max: 3 }),
  changes,
})

/** Sound packets of every protocol that is decoded: Ethernet frames, each kind of octets about once. */
export function soundPackets(): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const packets = new Map<string, Uint8Array>()
  try {
    for (const seed of [1, 2, 3]) {
      const file = join(folder, `${seed}.pcap`)
      generateTraffic(file, { messages: 2_000, seed, shape: 'mixed' })
      const capture = new Uint8Array(readFileSync(file))
      const view = new DataView(capture.buffer, capture.byteOffset, capture.length)
      for (let at = 24; at + 16 <= capture.length; ) {
        const length = view.getUint32(at + 8, true)
        const octets = capture.slice(at + 16, at + 16 + length)
        // one of each protocol, length and beginning of the payload
        packets.set(
          `${length} ${Buffer.from(octets.subarray(23, 24)).toString('hex')} ${Buffer.from(octets.subarray(62, 90)).toString('hex')}`,
          octets,
        )
        at += 16 + length
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return [...packets.values()]
}

/** Where a change may begin: the whole frame, behind Ethernet, behind IP, behind the transport. */
const LAYERS = [0, 14, 34, 62]

const SCTP = 132
const FIRST_TSN_AT = 50

/**
 * The packet with the changes made, in order.
 * @param serial a number of its own for its first DATA chunk, so that it does not pass for a retransmission.
 */
export function changed(
  packets: readonly Uint8Array[],
  { message, below, changes: list }: FuzzCase,
  serial: number,
): Uint8Array {
  let octets: Uint8Array = (packets[message % packets.length] ?? new Uint8Array(0)).slice()
  if (octets[23] === SCTP && octets.length > FIRST_TSN_AT + 4)
    new DataView(octets.buffer, octets.byteOffset).setUint32(FIRST_TSN_AT, serial)
  const from = Math.min(LAYERS[below] ?? 0, Math.max(0, octets.length - 1))
  for (const change of list) {
    if (octets.length === 0) return octets
    const at = Math.min(octets.length - 1, from + Math.floor(((octets.length - from) * change.place) / 0x10000))
    octets = apply(octets, at, change, packets)
  }
  return octets
}

function apply(octets: Uint8Array, at: number, change: Change, packets: readonly Uint8Array[]): Uint8Array {
  const value = octets[at] ?? 0
  switch (change.kind) {
    case 'length':
      octets[at] = (value + change.by) & 0xff
      return octets
    case 'set':
      octets[at] = change.octet
      return octets
    case 'flip':
      octets[at] = value ^ (1 << change.bit)
      return octets
    case 'cut':
      return octets.subarray(0, at)
    case 'repeat': {
      const piece = octets.slice(at, at + change.octets)
      const pieces = Array.from({ length: change.times }, () => piece)
      return Buffer.concat([octets.subarray(0, at), ...pieces, octets.subarray(at)])
    }
    case 'remove':
      return Buffer.concat([octets.subarray(0, at), octets.subarray(at + change.octets)])
    default: {
      const other = packets[change.from % packets.length] ?? octets
      const start = change.from % Math.max(1, other.length)
      return Buffer.concat([octets.subarray(0, at), other.subarray(start, start + change.octets), octets.subarray(at)])
    }
  }
}

/** Holds that packets in are packets accounted for, and messages too. */
export function assertAllAccounted(mill: Mill, taken: number): void {
  const { decoder } = mill
  decoder.flush()
  const sum = (rows: readonly { readonly count: number }[]): number =>
    rows.reduce((total, { count }) => total + count, 0)
  if (decoder.packetCount !== taken) throw new Error(`${decoder.packetCount} of ${taken} packets were read`)
  if (sum(decoder.packetRows()) !== taken) throw new Error('the rows of packets do not add up')
  if (sum(decoder.messageRows()) !== decoder.messageCount) throw new Error('the rows of messages do not add up')
}
