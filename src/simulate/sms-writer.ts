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

/** A short message of any kind, for `smsTpdu`. */
export interface ShortMessage {
  /** To the phone (SMS-DELIVER) or from it (SMS-SUBMIT). */
  readonly to: 'phone' | 'centre'
  /** The other party's number. */
  readonly party: string
  readonly pid: number
  readonly dcs: number
  /** User data header without its length, or null. */
  readonly header: Uint8Array | null
  /** User data behind the header: octets, or text of seven bits a letter where there is no header. */
  readonly data: Uint8Array | string
  readonly timeUs: number
}

/** Source: TS 23.040 §9.2.2.1 (SMS-DELIVER), §9.2.2.2 (SMS-SUBMIT), §9.2.3.24 (user data header). */
export function smsTpdu(message: ShortMessage): Uint8Array {
  const { to, party, pid, dcs, header, data, timeUs } = message
  const headed = header === null ? [] : [header.length, ...header]
  const octets = typeof data === 'string' ? packSeptets(data) : data
  const length = typeof data === 'string' ? data.length : headed.length + data.length
  const indicator = header === null ? 0 : 0x40
  const address = [party.length, 0x91, ...tbcd(party)]
  const first = to === 'phone' ? [0x04 | indicator, ...address] : [0x01 | indicator, 0x2a, ...address]
  const stamp = to === 'phone' ? timeStamp(timeUs) : []
  return Uint8Array.of(...first, pid, dcs, ...stamp, length, ...headed, ...octets)
}

/** What a command packet for the SIM says of itself; its body here is filler that no SIM acts upon. */
export interface CommandHeader {
  /** Two octets: 0 for no security at all. */
  readonly spi: number
  readonly kic: number
  readonly kid: number
  /** Toolkit application reference, three octets. */
  readonly tar: number
}

/** A command packet with a body of `filler`. Source: ETSI TS 102 225 §5.1.1, TS 31.115 §4. */
export function commandPacket(header: CommandHeader, filler: Uint8Array): Uint8Array {
  const { spi, kic, kid, tar } = header
  const secured = spi >> 8 !== 0
  const checksum = secured ? 8 : 0
  const head = [spi >> 8, spi & 0xff, kic, kid, tar >> 16, (tar >> 8) & 0xff, tar & 0xff, 0, 0, 0, 0, 1, 0]
  const length = 1 + head.length + checksum + filler.length
  return Uint8Array.of(
    length >> 8,
    length & 0xff,
    head.length + checksum,
    ...head,
    ...filler.slice(0, checksum),
    ...filler,
  )
}

/** User data header of a command packet (0x70) or of its response (0x71). Source: TS 31.115 §4.2. */
export const COMMAND_HEADER = Uint8Array.of(0x70, 0)
