import { at, u16At, u32At } from '../../bytes/at.ts'
import { decodeTbcd } from '../../bytes/tbcd.ts'

/** Places in the text form that all protocols share, so that a cell is the same text wherever it was named. */

/** PLMNs made texts lately: the octets of each and its separator, and the text. A power of two. */
const PLMNS = 1 << 10
const plmnKeys = new Int32Array(PLMNS).fill(-1)
const plmnTexts: string[] = new Array(PLMNS).fill('')

/** MCC and MNC of three octets, MNC of two digits or three, with `separator` between. Source: TS 24.008 §10.5.1.3. */
export function formatPlmn(bytes: Uint8Array, start: number, separator: '' | '-'): string {
  const key = (at(bytes, start) << 16) | u16At(bytes, start + 1) | (separator === '' ? 0 : 1 << 24)
  const place = Math.imul(key, 0x9e3779b1) >>> 22
  if (plmnKeys[place] !== key) {
    plmnKeys[place] = key
    plmnTexts[place] = makePlmn(bytes, start, separator)
  }
  return plmnTexts[place] ?? ''
}

function makePlmn(bytes: Uint8Array, start: number, separator: '' | '-'): string {
  const mcc = decodeTbcd(bytes, start, start + 2).slice(0, 3)
  const third = at(bytes, start + 1) >> 4
  const mnc = decodeTbcd(bytes, start + 2, start + 3)
  return `${mcc}${separator}${mnc}${third === 15 ? '' : third}`
}

/** Cell global identity or service area identity, 7 octets: `mcc-mnc-lac-ci`, decimal. Source: TS 29.002 §17.7.8. */
export function formatCell(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 7) return null
  return `${formatPlmn(bytes, start, '-')}-${u16At(bytes, start + 3)}-${u16At(bytes, start + 5)}`
}

/** E-UTRAN cell global identity, 7 octets: `mcc-mnc-eci`, decimal. Source: TS 29.118 §9.4.3a. */
export function formatEutranCell(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 7) return null
  return `${formatPlmn(bytes, start, '-')}-${(u16At(bytes, start + 3) & 0xfff) * 65536 + u16At(bytes, start + 5)}`
}

/** NR cell global identity, 8 octets, four bits unused behind the 36 of the cell: `mcc-mnc-nci`, decimal. Source: TS 38.413
 * §9.3.1.7. */
export function formatNrCell(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 8) return null
  const cell = u32At(bytes, start + 3) * 16 + (at(bytes, start + 7) >> 4)
  return `${formatPlmn(bytes, start, '-')}-${cell}`
}

/** Tracking area of 5GS, 6 octets: `mcc-mnc-area`, decimal. Source: TS 38.413 §9.3.3.11. */
export function formatNrArea(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 6) return null
  return `${formatPlmn(bytes, start, '-')}-${u16At(bytes, start + 3) * 256 + at(bytes, start + 5)}`
}

/** Location, routing or tracking area, 5 octets or more: `mcc-mnc-area`, decimal. Source: TS 24.008 §10.5.1.3. */
export function formatArea(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start < 5) return null
  return `${formatPlmn(bytes, start, '-')}-${u16At(bytes, start + 3)}`
}
