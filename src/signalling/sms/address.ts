import { at } from '../../bytes/at.ts'
import type { Cursor } from '../../bytes/cursor.ts'
import { OctetCache } from '../../bytes/octet-cache.ts'
import { decodeTbcd } from '../../bytes/tbcd.ts'

/** Types of number of a TP address. Source: 3GPP TS 23.040 §9.1.2.5. */
export const TYPES_OF_NUMBER = [
  'unknown',
  'international',
  'national',
  'network',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'reserved',
] as const

export type TypeOfNumber = (typeof TYPES_OF_NUMBER)[number]

export interface TpAddress {
  /** Digits or a name; null when empty or cut. */
  readonly address: string | null
  readonly addressType: TypeOfNumber | null
  /** Numbering plan identification, 0 to 15 (1 is E.164); null when cut. */
  readonly addressPlan: number | null
  /** It has more than the 20 semi-octets that an address may have. */
  readonly tooLong: boolean
}

const NO_ADDRESS: TpAddress = { address: null, addressType: null, addressPlan: null, tooLong: false }
/** Semi-octets of the longest address value: 10 octets. */
const LONGEST_ADDRESS = 20

/**
 * Reads a TP address: length in semi-octets, type of address, digits or packed text.
 * Source: 3GPP TS 23.040 §9.1.2.5. A short read leaves `c.failed`.
 */
export function readTpAddress(c: Cursor): TpAddress {
  const semiOctets = c.u8()
  const type = c.u8()
  const from = c.offset
  c.skip((semiOctets + 1) >> 1)
  if (c.failed) return NO_ADDRESS
  const addressType = TYPES_OF_NUMBER[(type >> 4) & 7] ?? 'unknown'
  const text =
    addressType === 'alphanumeric'
      ? readName(c.bytes, from, c.offset, semiOctets)
      : decodeTbcd(c.bytes, from, c.offset).slice(0, semiOctets)
  return {
    address: text === '' ? null : text,
    addressType,
    addressPlan: type & 15,
    tooLong: semiOctets > LONGEST_ADDRESS,
  }
}

/** The GSM default alphabet without its extension table. Source: TS 23.038 §6.2.1. */
const ALPHABET =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

const names = new OctetCache<string>(1 << 10, 12)

function readName(bytes: Uint8Array, start: number, end: number, semiOctets: number): string {
  const known = names.find(bytes, start, end, semiOctets)
  if (known !== undefined) return known
  const characters = Math.floor((semiOctets * 4) / 7)
  let text = ''
  for (let i = 0; i < characters; i++) {
    const bit = i * 7
    const p = start + (bit >> 3)
    if (p >= end) break
    const pair = at(bytes, p) | (p + 1 < end ? at(bytes, p + 1) << 8 : 0)
    text += ALPHABET.charAt((pair >> (bit & 7)) & 0x7f)
  }
  names.keep(text)
  return text
}
