import { at, u32At } from '../../bytes/at.ts'
import { OctetCache } from '../../bytes/octet-cache.ts'
import { makeTbcd } from '../../bytes/tbcd.ts'
import { LIMITS } from '../../limits.ts'
import { AddressTexts } from '../../packet/address.ts'
import type { AnomalyList } from '../anomaly.ts'
import { formatArea, formatCell, formatEutranCell, formatPlmn } from '../location/location.ts'
import type { GtpTunnelEndpoint } from './message.ts'

/** Readers of values that both versions of GTP have. Each takes content octets `bytes[start, end)`. */

const addresses = new AddressTexts()

/** IMSI. Source: 3GPP TS 29.060 §7.7.2, TS 29.274 §8.3, TS 23.003 §2.2. @returns null for no digits. */
export function decodeImsi(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = decodeIdentity(bytes, start, end, anomalies)
  if (digits !== null && (digits.length < 6 || digits.length > 15)) anomalies.add('identityLength')
  return digits
}

/** IMEI or IMEISV, 8 octets. Source: 3GPP TS 29.060 §7.7.53, TS 29.274 §8.10. @returns null for no digits. */
export function decodeImei(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = decodeIdentity(bytes, start, end, anomalies)
  if (digits !== null && end - start !== 8) anomalies.add('identityLength')
  return digits
}

/** MSISDN without a nature octet. Source: 3GPP TS 29.274 §8.11, ITU-T E.164 §6 (15 digits). @returns null for no digits. */
export function decodeMsisdn(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = decodeIdentity(bytes, start, end, anomalies)
  if (digits !== null && digits.length > 15) anomalies.add('identityLength')
  return digits
}

function decodeIdentity(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  const digits = makeTbcd(bytes, start, end)
  if (digits.afterFiller) anomalies.add('digitsAfterFiller')
  if (!digits.decimal) anomalies.add('nonDecimalDigits')
  return digits.text === '' ? null : digits.text
}

interface Apn {
  readonly text: string | null
  readonly isOdd: boolean
}

const apns = new OctetCache<Apn>(4_096, LIMITS.apnBytes)

/**
 * Access point name, its labels joined with dots. Octets that are no list of labels are read as text, as some stacks send
 * it. Source: 3GPP TS 23.003 §9.1, TS 29.060 §7.7.30, TS 29.274 §8.6. @returns null for none.
 */
export function decodeApn(bytes: Uint8Array, start: number, end: number, anomalies: AnomalyList): string | null {
  if (end - start > LIMITS.apnBytes) anomalies.add('parameterLength')
  const limit = Math.min(end, start + LIMITS.apnBytes)
  let apn = apns.find(bytes, start, limit, 0)
  if (apn === undefined) {
    const labels = readLabels(bytes, start, limit)
    apn = labels === null ? { text: readText(bytes, start, limit), isOdd: true } : { text: labels, isOdd: false }
    if (apn.text === '') apn = { text: null, isOdd: true }
    apns.keep(apn)
  }
  if (apn.isOdd) anomalies.add('apnEncoding')
  return apn.text
}

/** @returns null where the lengths of the labels do not lead to the end. */
function readLabels(bytes: Uint8Array, start: number, end: number): string | null {
  let text = ''
  let p = start
  while (p < end) {
    const next = p + 1 + at(bytes, p)
    if (next > end || next === p + 1) return null
    if (text !== '') text += '.'
    text += readText(bytes, p + 1, next)
    p = next
  }
  return text
}

function readText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(at(bytes, i))
  return text
}

/** MCC and MNC as one number, `00101`. Source: 3GPP TS 24.008 §10.5.1.3. @returns null under 3 octets. */
export function decodePlmn(bytes: Uint8Array, start: number, end: number): string | null {
  return end - start < 3 ? null : formatPlmn(bytes, start, '')
}

/** An IPv4 or IPv6 address by its length. Source: 3GPP TS 29.060 §7.7.32. @returns null for another length. */
export function decodeAddress(bytes: Uint8Array, start: number, end: number): string | null {
  if (end - start === 4) return addresses.ipv4(bytes, start)
  return end - start === 16 ? addresses.ipv6(bytes, start) : null
}

/** Names of RAT Type by value; 0 is reserved. Source: 3GPP TS 29.274 §8.17, the first seven also TS 29.060 §7.7.50. */
const RAT_TYPES = [
  null,
  'UTRAN',
  'GERAN',
  'WLAN',
  'GAN',
  'HSPA Evolution',
  'EUTRAN',
  'Virtual',
  'EUTRAN-NB-IoT',
  'LTE-M',
  'NR',
] as const

/** The name of a radio access type; null for a value that is not defined. */
export function ratName(ratType: number): string | null {
  return RAT_TYPES[ratType] ?? null
}

/** Interface types of control planes. Source: 3GPP TS 29.274 §8.22. */
const CONTROL_INTERFACES = new Set([6, 7, 10, 11, 12, 13, 14, 17, 18, 24, 25, 26, 27, 30, 32, 35, 36, 40])
const INTERFACE_NAMES = Array.from({ length: 64 }, (_, type) => String(type))

/**
 * Reads an F-TEID into `endpoints`, once for each address. Source: 3GPP TS 29.274 §8.22.
 * @returns false for a length that does not fit its flags.
 */
export function readFTeid(bytes: Uint8Array, start: number, end: number, endpoints: GtpTunnelEndpoint[]): boolean {
  if (end - start < 5) return false
  const flags = at(bytes, start)
  const type = flags & 0x3f
  const interfaceType = INTERFACE_NAMES[type] ?? ''
  const isControl = CONTROL_INTERFACES.has(type)
  const teid = u32At(bytes, start + 1)
  const v4 = start + 5
  const v6 = (flags & 0x80) === 0 ? v4 : v4 + 4
  const behind = (flags & 0x40) === 0 ? v6 : v6 + 16
  if (behind > end) return false
  if (v6 > v4) endpoints.push({ interfaceType, isControl, teid, address: addresses.ipv4(bytes, v4) })
  if (behind > v6) endpoints.push({ interfaceType, isControl, teid, address: addresses.ipv6(bytes, v6) })
  if (behind === v4) endpoints.push({ interfaceType, isControl, teid, address: null })
  return behind === end
}

/** Parts of a User Location Information by the bit of their flag: octets. Source: 3GPP TS 29.274 §8.21. */
const LOCATION_BYTES = [7, 7, 7, 5, 7, 5, 6, 6] as const
const CGI = 0
const SAI = 1
const RAI = 2
const TAI = 3
const ECGI = 4
const LAI = 5
const MACRO_ENODEB = 6
const EXTENDED_ENODEB = 7
/** The parts, the most exact first. */
const LOCATION_ORDER = [ECGI, CGI, SAI, TAI, RAI, LAI, MACRO_ENODEB, EXTENDED_ENODEB] as const

/**
 * User Location Information of GTPv2 as text: the cell (ECGI, CGI, SAI in this order), else the area (TAI, RAI, LAI), else
 * the eNodeB as `mcc-mnc-id`. Source: 3GPP TS 29.274 §8.21.
 * @returns null where the octets are fewer than the flags say, or name no place.
 */
export function decodeLocation(bytes: Uint8Array, start: number, end: number): string | null {
  if (end <= start) return null
  const flags = at(bytes, start)
  if (locationPart(flags, LOCATION_BYTES.length, start) > end) return null
  for (const part of LOCATION_ORDER) {
    if ((flags & (1 << part)) === 0) continue
    const p = locationPart(flags, part, start)
    if (part === ECGI) return formatEutranCell(bytes, p, p + 7)
    if (part === CGI || part === SAI) return formatCell(bytes, p, p + 7)
    if (part === MACRO_ENODEB) return formatNodeB(bytes, p, 0xfffff)
    if (part === EXTENDED_ENODEB) return formatNodeB(bytes, p, 0x1fffff)
    return formatArea(bytes, p, p + 5)
  }
  return null
}

/** Where a part of a User Location Information at `start` stands: behind its flags and the parts in front. */
function locationPart(flags: number, part: number, start: number): number {
  let p = start + 1
  for (let i = 0; i < part; i++) if ((flags & (1 << i)) !== 0) p += LOCATION_BYTES[i] ?? 0
  return p
}

/** `mcc-mnc-id` of an eNodeB in 6 octets. */
function formatNodeB(bytes: Uint8Array, start: number, mask: number): string {
  return `${formatPlmn(bytes, start, '-')}-${u32At(bytes, start + 2) & mask}`
}
