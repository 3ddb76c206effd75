import { at, u16At, u32At } from '../bytes/at.ts'
import { readTbcd } from '../bytes/tbcd.ts'
import { formatIpv4, formatIpv6 } from '../packet/address.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { decodeApn, ratName } from '../signalling/gtp/values.ts'
import { formatArea, formatCell, formatEutranCell, formatPlmn } from '../signalling/location/location.ts'
import { INTERFACE_TYPES, PDN_TYPES, SELECTION_MODES, V1_CAUSES, V2_CAUSES } from './gtp-names.ts'
import { type IdentityKind, identity, plainText } from './identities.ts'
import { type Branch, octets } from './tree.ts'
import { hexNumber, hexValue, listed, named, withName } from './values.ts'

/** Sets the value of `row` from an information element's content octets. */
type ElementReader = (row: Branch, bytes: Uint8Array, start: number, end: number) => void

const digitsOf =
  (kind: IdentityKind, skip = 0): ElementReader =>
  (row, bytes, start, end) => {
    if (skip > 0) row.field('Nature of address', hexNumber(at(bytes, start), 1), start, start + skip)
    row.setValue(identity(row.tree, kind, readTbcd(bytes, start + skip, end).text))
  }

const octet =
  (format: (value: number) => string, leastBytes = 1): ElementReader =>
  (row, bytes, start, end) =>
    row.setValue(end - start < leastBytes ? hexValue(row.tree, bytes, start, end) : format(at(bytes, start)))

const word =
  (format: (value: number) => string): ElementReader =>
  (row, bytes, start, end) =>
    row.setValue(end - start < 4 ? hexValue(row.tree, bytes, start, end) : format(u32At(bytes, start)))

/** Content that is secret or a user's own. */
const closed: ElementReader = (row, _bytes, start, end) => {
  row.tree.hide(row.buffer, start, end)
  row.setValue(`${octets(end - start)}, not shown`)
}

const apn: ElementReader = (row, bytes, start, end) => {
  const anomalies = new AnomalyList()
  row.setValue(plainText(row.tree, decodeApn(bytes, start, end, anomalies) ?? 'empty'))
  row.anomalies(anomalies, start, end)
}

const plmn: ElementReader = (row, bytes, start, end) =>
  row.setValue(end - start < 3 ? hexValue(row.tree, bytes, start, end) : formatPlmn(bytes, start, '-'))

const address: ElementReader = (row, bytes, start, end) => row.setValue(ipText(row, bytes, start, end))

function ipText(row: Branch, bytes: Uint8Array, start: number, end: number): string {
  if (end - start === 4) return formatIpv4(bytes, start)
  return end - start === 16 ? formatIpv6(bytes, start) : hexValue(row.tree, bytes, start, end)
}

const rat = octet((value) => withName(ratName(value), value))
const teid = word((value) => hexNumber(value, 4))
const selectionMode = octet((value) => listed(SELECTION_MODES, value & 3))
/** Quarters of an hour from UTC, sign in bit 4 of the swapped half. Source: 3GPP TS 29.274 §8.44, TS 23.040 §9.2.3.11. */
const timeZone: ElementReader = (row, bytes, start, end) => {
  if (end - start < 2) return row.setValue(hexValue(row.tree, bytes, start, end))
  const zone = at(bytes, start)
  const quarters = (zone & 7) * 10 + (zone >> 4)
  const minutes = quarters * 15
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  row.setValue(`UTC${(zone & 8) !== 0 ? '-' : '+'}${clock}, daylight saving ${at(bytes, start + 1) & 3} h`)
}

/** GTPv1: by type. Source: 3GPP TS 29.060 §7.7. */
export const V1_READERS: ReadonlyMap<number, ElementReader> = new Map<number, ElementReader>([
  [1, octet((value) => named(V1_CAUSES, value))],
  [2, digitsOf('imsi')],
  [
    3,
    (row, bytes, start, end) =>
      row.setValue(`${formatArea(bytes, start, end) ?? ''}, routeing area ${at(bytes, start + 5)}`),
  ],
  [4, teid],
  [5, teid],
  [8, octet((value) => ((value & 1) !== 0 ? 'yes' : 'no'))],
  [9, closed],
  [11, octet(String)],
  [13, octet((value) => ((value & 1) !== 0 ? 'yes' : 'no'))],
  [14, octet(String)],
  [15, selectionMode],
  [16, teid],
  [17, teid],
  [18, (row, bytes, start) => row.setValue(`NSAPI ${at(bytes, start) & 15}, ${hexNumber(u32At(bytes, start + 1), 4)}`)],
  [19, octet((value) => ((value & 1) !== 0 ? 'yes' : 'no'))],
  [20, octet((value) => String(value & 15))],
  [21, octet(String)],
  [127, word(String)],
  [128, endUserAddress],
  [129, closed],
  [131, apn],
  [133, address],
  [134, digitsOf('msisdn', 1)],
  [136, closed],
  [149, octet(String)],
  [151, rat],
  [152, userLocationV1],
  [153, timeZone],
  [154, digitsOf('imei')],
  [163, octet(String)],
  [164, plmn],
  [190, apn],
  [209, digitsOf('msisdn', 1)],
  [210, digitsOf('msisdn', 1)],
  [251, address],
])

/** GTPv2: by type. Source: 3GPP TS 29.274 §8. */
export const V2_READERS: ReadonlyMap<number, ElementReader> = new Map<number, ElementReader>([
  [1, digitsOf('imsi')],
  [2, causeV2],
  [3, octet(String)],
  [12, digitsOf('imsi')],
  [51, digitsOf('msisdn', 1)],
  [59, teid],
  [71, apn],
  [72, aggregateRate],
  [73, octet((value) => String(value & 15))],
  [74, address],
  [75, digitsOf('imei')],
  [76, digitsOf('msisdn')],
  [79, addressAllocation],
  [80, bearerQos],
  [82, rat],
  [83, plmn],
  [86, userLocationV2],
  [87, fTeid],
  [88, closed],
  [92, octet((value) => `${value * 50} ms`)],
  [94, word(String)],
  [99, octet((value) => listed(PDN_TYPES, value & 7))],
  [100, octet(String)],
  [103, closed],
  [104, closed],
  [105, closed],
  [106, closed],
  [107, closed],
  [108, closed],
  [113, octet(String)],
  [114, timeZone],
  [116, closed],
  [117, closed],
  [118, closed],
  [120, plmn],
  [126, (row, bytes, start, end) => row.setValue(end - start < 2 ? 'truncated' : String(u16At(bytes, start)))],
  [127, octet(String)],
  [128, selectionMode],
  [135, octet((value) => listed(['MME', 'SGSN'], value))],
  [136, apn],
  [150, octet((value) => listed(['', 'PS detach', 'combined PS/CS detach'], value))],
  [192, closed],
])

/** Source: 3GPP TS 29.060 §7.7.27. */
function endUserAddress(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  const organisation = at(bytes, start) & 15
  const type = at(bytes, start + 1)
  const kind =
    organisation === 1 ? (type === 0x21 ? 'IPv4' : type === 0x57 ? 'IPv6' : type === 0x8d ? 'IPv4v6' : '') : 'PPP'
  const text = end - start > 2 ? ipText(row, bytes, start + 2, end) : 'dynamic'
  row.setValue(`${kind === '' ? `type ${hexNumber(type, 1)}` : kind}, ${text}`)
}

/** Source: 3GPP TS 29.060 §7.7.51. */
function userLocationV1(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  const kind = at(bytes, start)
  const text =
    kind <= 1
      ? `${kind === 0 ? 'CGI' : 'SAI'} ${formatCell(bytes, start + 1, end)}`
      : kind === 2
        ? `RAI ${formatArea(bytes, start + 1, end)}`
        : hexValue(row.tree, bytes, start, end)
  row.setValue(end - start < 8 ? hexValue(row.tree, bytes, start, end) : text)
}

/** Source: 3GPP TS 29.274 §8.4. */
function causeV2(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  if (end <= start) {
    row.setValue('empty')
    return
  }
  row.setValue(named(V2_CAUSES, at(bytes, start)))
  if (end - start < 2) return
  const flags = at(bytes, start + 1)
  const origin = (flags & 1) !== 0 ? 'remote node' : 'node that sent it'
  const words = [`from the ${origin}`, flags & 2 ? 'bearer context error' : '', flags & 4 ? 'PDN connection error' : '']
  row.field('Flags', words.filter(Boolean).join(', '), start + 1, start + 2)
  if (end - start >= 6) row.field('Offending element type', at(bytes, start + 2), start + 2, start + 3)
}

/** Source: 3GPP TS 29.274 §8.7. */
function aggregateRate(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 8) {
    row.setValue(hexValue(row.tree, bytes, start, end))
    return
  }
  row.setValue(`uplink ${u32At(bytes, start)} kbit/s, downlink ${u32At(bytes, start + 4)} kbit/s`)
}

/** Source: 3GPP TS 29.274 §8.14. */
function addressAllocation(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  const type = at(bytes, start) & 7
  const name = PDN_TYPES[type] ?? ''
  const parts: string[] = [name === '' ? `type ${type}` : name]
  if (type === 1 && end - start === 5) parts.push(formatIpv4(bytes, start + 1))
  else if ((type === 2 || type === 3) && end - start >= 18) {
    parts.push(`${formatIpv6(bytes, start + 2)}/${at(bytes, start + 1)}`)
    if (type === 3 && end - start >= 22) parts.push(formatIpv4(bytes, start + 18))
  } else if (end - start > 1) parts.push(hexValue(row.tree, bytes, start + 1, end))
  row.setValue(parts.join(', '))
}

/** Source: 3GPP TS 29.274 §8.15. */
function bearerQos(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 22) {
    row.setValue(hexValue(row.tree, bytes, start, end))
    return
  }
  const first = at(bytes, start)
  row.setValue(`QCI ${at(bytes, start + 1)}`)
  const words = `priority ${(first >> 2) & 15}, ${first & 0x40 ? 'may not' : 'may'} pre-empt, ${first & 1 ? 'not ' : ''}vulnerable`
  row.field('Allocation and retention', words, start, start + 1)
  row.field('QCI', at(bytes, start + 1), start + 1, start + 2)
  const names = ['Maximum uplink', 'Maximum downlink', 'Guaranteed uplink', 'Guaranteed downlink']
  for (const [i, name] of names.entries()) {
    const p = start + 2 + i * 5
    row.field(name, `${at(bytes, p) * 0x1_0000_0000 + u32At(bytes, p + 1)} kbit/s`, p, p + 5)
  }
}

/** Source: 3GPP TS 29.274 §8.22. */
function fTeid(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 5) {
    row.setValue(hexValue(row.tree, bytes, start, end))
    return
  }
  const flags = at(bytes, start)
  const id = u32At(bytes, start + 1)
  row.field('Interface type', listed(INTERFACE_TYPES, flags & 0x3f), start, start + 1)
  row.field('TEID or GRE key', hexNumber(id, 4), start + 1, start + 5)
  const texts: string[] = []
  let p = start + 5
  if ((flags & 0x80) !== 0 && p + 4 <= end) {
    texts.push(formatIpv4(bytes, p))
    row.field('IPv4 address', formatIpv4(bytes, p), p, p + 4)
    p += 4
  }
  if ((flags & 0x40) !== 0 && p + 16 <= end) {
    texts.push(formatIpv6(bytes, p))
    row.field('IPv6 address', formatIpv6(bytes, p), p, p + 16)
    p += 16
  }
  row.setValue([listed(INTERFACE_TYPES, flags & 0x3f), hexNumber(id, 4), ...texts].join(', '))
  if (p !== end) row.anomaly('parameterLength', start, end)
}

/** Parts of User Location Information, in their order. Source: 3GPP TS 29.274 §8.21. */
const LOCATION_PARTS = [
  { flag: 0x01, name: 'CGI', lengthBytes: 7, format: formatCell },
  { flag: 0x02, name: 'SAI', lengthBytes: 7, format: formatCell },
  { flag: 0x04, name: 'RAI', lengthBytes: 7, format: formatArea },
  { flag: 0x08, name: 'TAI', lengthBytes: 5, format: formatArea },
  { flag: 0x10, name: 'ECGI', lengthBytes: 7, format: formatEutranCell },
  { flag: 0x20, name: 'LAI', lengthBytes: 5, format: formatArea },
  { flag: 0x40, name: 'Macro eNodeB ID', lengthBytes: 6, format: formatNodeB },
  { flag: 0x80, name: 'Extended macro eNodeB ID', lengthBytes: 6, format: formatNodeB },
] as const

function formatNodeB(bytes: Uint8Array, start: number): string {
  return `${formatPlmn(bytes, start, '-')}-${u32At(bytes, start + 2) & 0x1fffff}`
}

function userLocationV2(row: Branch, bytes: Uint8Array, start: number, end: number): void {
  if (end <= start) {
    row.setValue('empty')
    return
  }
  const flags = at(bytes, start)
  const parts = LOCATION_PARTS.filter((part) => (flags & part.flag) !== 0)
  row.setValue(parts.length === 0 ? 'none' : parts.map((part) => part.name).join(', '))
  let p = start + 1
  for (const { name, lengthBytes, format } of parts) {
    if (p + lengthBytes > end) {
      row.failure('truncated', p, end)
      return
    }
    row.field(name, format(bytes, p, p + lengthBytes), p, p + lengthBytes)
    p += lengthBytes
  }
}
