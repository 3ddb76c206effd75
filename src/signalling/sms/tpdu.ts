import { at } from '../../bytes/at.ts'
import { Cursor } from '../../bytes/cursor.ts'
import { Fault } from '../../bytes/fault.ts'
import { decodeTbcd, formatHex } from '../../bytes/tbcd.ts'

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

/** The headers of a short message. Its text is never read. */
export interface SmsTpdu {
  readonly type: 'deliver' | 'submit' | 'statusReport'
  readonly pid: number
  readonly dcs: number
  /** User data header elements as hexadecimal, without the length octet; null when there is none. */
  readonly udh: string | null
  /** TP-OA of a DELIVER, TP-DA of a SUBMIT, TP-RA of a STATUS-REPORT. */
  readonly address: string | null
  readonly addressType: TypeOfNumber | null
}

/** Octets of TP-VP by the validity period format. Source: TS 23.040 §9.2.3.3. */
const VALIDITY_BYTES = [0, 7, 1, 7] as const

/**
 * Decodes the headers of a TPDU in `bytes[start, end)`.
 * Source: 3GPP TS 23.040 §9.2.2. @param toMobile the message goes to the phone (DELIVER, STATUS-REPORT), else SUBMIT.
 * @returns a Fault when cut within the headers, or for a type that carries none. Never throws.
 */
export function decodeTpdu(bytes: Uint8Array, start: number, end: number, toMobile: boolean): SmsTpdu | Fault {
  const c = new Cursor(bytes, start, end)
  const first = c.u8()
  const indicator = first & 3
  const hasHeader = (first & 0x40) !== 0
  if (toMobile && indicator === 2) {
    c.skip(1)
    const recipient = readAddress(c)
    if (c.failed) return new Fault('sms', 'truncated', c.failedAt)
    return { type: 'statusReport', pid: 0, dcs: 0, udh: null, ...recipient }
  }
  if (toMobile ? indicator !== 0 : indicator !== 1) return new Fault('sms', 'unknown message type', start)
  if (!toMobile) c.skip(1)
  const address = readAddress(c)
  const pid = c.u8()
  const dcs = c.u8()
  c.skip(toMobile ? 7 : (VALIDITY_BYTES[(first >> 3) & 3] ?? 0))
  const length = c.u8()
  if (c.failed) return new Fault('sms', 'truncated', c.failedAt)
  let udh: string | null = null
  if (hasHeader && length > 0) {
    const octets = c.u8()
    const from = c.offset
    c.skip(octets)
    if (c.failed) return new Fault('sms', 'user data header out of range', from)
    udh = formatHex(bytes, from, from + octets)
  }
  return { type: toMobile ? 'deliver' : 'submit', pid, dcs, udh, ...address }
}

/** Reads a TP address: length in semi-octets, type of address, digits or packed text. Source: TS 23.040 §9.1.2.5. */
function readAddress(c: Cursor): { address: string | null; addressType: TypeOfNumber | null } {
  const digits = c.u8()
  const type = c.u8()
  const from = c.offset
  c.skip((digits + 1) >> 1)
  if (c.failed) return { address: null, addressType: null }
  const addressType = TYPES_OF_NUMBER[(type >> 4) & 7] ?? 'unknown'
  const text =
    addressType === 'alphanumeric'
      ? decodePackedText(c.bytes, from, c.offset, Math.floor((digits * 4) / 7))
      : decodeTbcd(c.bytes, from, c.offset).slice(0, digits)
  return { address: text === '' ? null : text, addressType }
}

/** The GSM default alphabet without its extension table. Source: TS 23.038 §6.2.1. */
const ALPHABET =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

function decodePackedText(bytes: Uint8Array, start: number, end: number, characters: number): string {
  let text = ''
  for (let i = 0; i < characters; i++) {
    const bit = i * 7
    const p = start + (bit >> 3)
    if (p >= end) break
    const pair = at(bytes, p) | (p + 1 < end ? at(bytes, p + 1) << 8 : 0)
    text += ALPHABET.charAt((pair >> (bit & 7)) & 0x7f)
  }
  return text
}
