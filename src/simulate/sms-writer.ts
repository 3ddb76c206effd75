import { tbcd } from './digits.ts'

/**
 * Packs text of the letters, digits and signs that ASCII and the GSM default alphabet share, seven bits each.
 * Source: TS 23.038 §6.1.2.1.
 */
export function packSeptets(text: string): Uint8Array {
  const out = new Uint8Array(Math.ceil((text.length * 7) / 8))
  for (let i = 0; i < text.length; i++) {
    const bits = (text.charCodeAt(i) & 0x7f) << ((i * 7) % 8)
    const index = Math.floor((i * 7) / 8)
    out[index] = (out[index] ?? 0) | (bits & 0xff)
    if (bits > 0xff) out[index + 1] = bits >> 8
  }
  return out
}

/**
 * An SMS-DELIVER with no user data header.
 * Source: TS 23.040 §9.2.2.1; service-centre time stamp: §9.2.3.11.
 * @param timeUs since 1970, written in UTC.
 */
export function smsDeliver(originator: string, text: string, timeUs: number): Uint8Array {
  const septets = packSeptets(text)
  const header = [0x04, originator.length, 0x91, ...tbcd(originator), 0x00, 0x00]
  return Uint8Array.of(...header, ...timeStamp(timeUs), text.length, ...septets)
}

function timeStamp(timeUs: number): number[] {
  const iso = new Date(timeUs / 1000).toISOString()
  const fields = [
    iso.slice(2, 4),
    iso.slice(5, 7),
    iso.slice(8, 10),
    iso.slice(11, 13),
    iso.slice(14, 16),
    iso.slice(17, 19),
  ]
  return [...fields.flatMap((field) => [...tbcd(field)]), 0x00]
}
