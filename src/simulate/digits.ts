import { type BerElement, primitive } from './ber-writer.ts'

/** Digits two to an octet, low half first, a lone last half filled with 1111. Source: TS 29.002 §17.7.8 TBCD-STRING. */
export function tbcd(digits: string): Uint8Array {
  const out = new Uint8Array(Math.ceil(digits.length / 2))
  for (let i = 0; i < out.length; i++) {
    const low = digitAt(digits, 2 * i)
    const high = 2 * i + 1 < digits.length ? digitAt(digits, 2 * i + 1) : 0xf
    out[i] = low | (high << 4)
  }
  return out
}

/** Digits as in an SCCP global title: as TBCD, but a lone last half is filled with 0000. Source: Q.713 §3.4.2.3.1. */
export function globalTitleDigits(digits: string): Uint8Array {
  const out = tbcd(digits)
  if (digits.length % 2 === 1) out[out.length - 1] = (out[out.length - 1] ?? 0) & 0x0f
  return out
}

/** Hexadecimal, so that a test can write digits no number has. */
function digitAt(digits: string, index: number): number {
  const code = digits.charCodeAt(index)
  return code <= 0x39 ? code - 0x30 : (code & 0xdf) - 0x37
}

/** IMSI under `tag`. Source: TS 29.002 §17.7.8. */
export function imsi(tag: number, digits: string): BerElement {
  return primitive(tag, tbcd(digits), { kind: 'imsi', digits })
}

/** International E.164 number as ISDN-AddressString under `tag`. Source: TS 29.002 §17.7.8. */
export function address(tag: number, digits: string): BerElement {
  const number = tbcd(digits)
  const octets = new Uint8Array(number.length + 1)
  octets[0] = 0x91
  octets.set(number, 1)
  return primitive(tag, octets, { kind: 'address', digits })
}

/** Three octets of MCC and MNC; a two-digit MNC leaves 1111. Source: TS 29.002 §17.7.8 PLMN-Id. */
export function plmnOctets(plmn: string): Uint8Array {
  const mcc = [0, 1, 2].map((i) => digitAt(plmn, i))
  const mnc = [3, 4].map((i) => digitAt(plmn, i))
  const third = plmn.length > 5 ? digitAt(plmn, 5) : 0xf
  return Uint8Array.of(
    (mcc[0] ?? 0) | ((mcc[1] ?? 0) << 4),
    (mcc[2] ?? 0) | (third << 4),
    (mnc[0] ?? 0) | ((mnc[1] ?? 0) << 4),
  )
}

/** An invented cell. */
export interface Cell {
  readonly plmn: string
  readonly lac: number
  readonly cellId: number
}

/** Seven octets: PLMN, location area, cell. Source: TS 29.002 §17.7.8 CellGlobalIdOrServiceAreaIdFixedLength. */
export function cellOctets(cell: Cell): Uint8Array {
  const out = new Uint8Array(7)
  out.set(plmnOctets(cell.plmn))
  out.set([cell.lac >> 8, cell.lac & 0xff, cell.cellId >> 8, cell.cellId & 0xff], 3)
  return out
}

/** A point in degrees, positive to north and east. */
export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** Eight octets: ellipsoid point with uncertainty circle of about 300 m. Source: TS 23.032 §7.3.2. */
export function pointOctets(point: Point): Uint8Array {
  const latitude = Math.min(Math.floor((Math.abs(point.latitude) * 2 ** 23) / 90), 0x7fffff)
  const north = latitude | (point.latitude < 0 ? 0x800000 : 0)
  const east = Math.floor((point.longitude * 2 ** 24) / 360) & 0xffffff
  return Uint8Array.of(0x10, north >> 16, north >> 8, north, east >> 16, east >> 8, east, 36)
}
