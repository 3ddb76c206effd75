import { at } from '../bytes/at.ts'
import { BerReader, decodeInteger, decodeObjectIdentifier } from '../bytes/ber.ts'
import { decodeTbcd } from '../bytes/tbcd.ts'
import { maskMsisdn } from '../numbering/mask.ts'
import { AnomalyList } from '../signalling/anomaly.ts'
import { formatGeodeticPosition, formatPosition } from '../signalling/location/geographical-description.ts'
import {
  formatArea,
  formatCell,
  formatEutranCell,
  formatNrArea,
  formatNrCell,
} from '../signalling/location/location.ts'
import { CAP_APPLICATION_CONTEXTS } from '../signalling/ss7/cap/application-contexts.ts'
import { decodeApn, decodeBcdNumber } from '../signalling/ss7/cap/values.ts'
import { MAP_APPLICATION_CONTEXTS, parseMapContext } from '../signalling/ss7/map/application-contexts.ts'
import type { SchemaElement } from '../signalling/ss7/map/schema.ts'
import { decodeClientName, decodeImei, decodeImsi, decodeName, formatIp } from '../signalling/ss7/map/values.ts'
import { BCSM_EVENTS, ENUMERATIONS, SS_CODES, TELESERVICES } from './element-names.ts'
import { type IdentityKind, identity } from './identities.ts'
import { CALLING_CATEGORIES } from './isup-names.ts'
import { addIsupNumber } from './isup-number.ts'
import { addShortMessage, type MessageWay } from './short-message.ts'
import { type Branch, octets } from './tree.ts'
import { HARMLESS_BYTES, hexValue, isPrintable, latinText, listed, type Names, named } from './values.ts'

/** What the reading of values depends on. */
export interface ValueContext {
  /** How a short message in it travels. */
  readonly message: MessageWay
  /** Words of a user may stand in it, under whatever tag: octets that no schema names are not shown at all. */
  readonly holdsText: boolean
}

const BOOLEAN = 1
const INTEGER = 2
const BIT_STRING = 3
const NULL = 5
const OBJECT_IDENTIFIER = 6
const ENUMERATED = 10
const TEXTS: readonly number[] = [12, 18, 19, 22, 26]

const UNIVERSAL: Names = new Map([
  [BOOLEAN, 'BOOLEAN'],
  [INTEGER, 'INTEGER'],
  [BIT_STRING, 'BIT STRING'],
  [4, 'OCTET STRING'],
  [NULL, 'NULL'],
  [OBJECT_IDENTIFIER, 'OBJECT IDENTIFIER'],
  [8, 'EXTERNAL'],
  [ENUMERATED, 'ENUMERATED'],
  [12, 'UTF8String'],
  [16, 'SEQUENCE'],
  [17, 'SET'],
  [18, 'NumericString'],
  [19, 'PrintableString'],
  [22, 'IA5String'],
  [23, 'UTCTime'],
  [24, 'GeneralizedTime'],
  [26, 'VisibleString'],
])

/** Name of a universal type, or null. */
export function universalName(number: number): string | null {
  return UNIVERSAL.get(number) ?? null
}

/** The value of an element that no schema names, by its type where the tag tells that. */
export function primitiveValue(
  row: Branch,
  tag: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  { holdsText }: ValueContext,
): string {
  if (holdsText && end - start > HARMLESS_BYTES) {
    row.tree.hide(row.buffer, start, end)
    return `${octets(end - start)}, not shown`
  }
  if (tag === NULL) return start === end ? 'present' : hexValue(row.tree, bytes, start, end)
  if (tag === BOOLEAN && end - start === 1) return at(bytes, start) === 0 ? 'false' : 'true'
  if (tag === INTEGER || tag === ENUMERATED) return integerText(row, bytes, start, end)
  if (tag === OBJECT_IDENTIFIER) return objectIdentifierText(bytes, start, end)
  if (TEXTS.includes(tag) && isPrintable(bytes, start, end) && row.tree.reveal) return latinText(bytes, start, end)
  return hexValue(row.tree, bytes, start, end)
}

function integerText(row: Branch, bytes: Uint8Array, start: number, end: number): string {
  const value = decodeInteger(bytes, start, end)
  return value === null ? hexValue(row.tree, bytes, start, end) : String(value)
}

/** A dotted object identifier, with its name where it is an application context. */
export function objectIdentifierText(bytes: Uint8Array, start: number, end: number): string {
  const dotted = decodeObjectIdentifier(bytes, start, end)
  if (dotted === null) return 'unreadable'
  const name = applicationContextName(dotted)
  return name === null ? dotted : `${dotted} (${name})`
}

const OTHER_OBJECTS = new Map([
  ['0.0.17.773.1.1.1', 'dialogue-as-id'],
  ['0.0.17.773.1.2.1', 'uniDialogue-as-id'],
  ['0.4.0.0.1.1.1.1', 'map-DialogueAS'],
])

/** Name of an application context or abstract syntax, with the version of MAP's; null for one that is not defined. */
export function applicationContextName(dotted: string): string | null {
  const map = parseMapContext(dotted)
  if (map?.known) {
    const name = MAP_APPLICATION_CONTEXTS.find((row) => row.code === map.code)?.name
    return `${name} v${map.version}`
  }
  return CAP_APPLICATION_CONTEXTS.find((row) => row.oid === dotted)?.name ?? OTHER_OBJECTS.get(dotted) ?? null
}

/** Octets of a string encoded in pieces, or null when they cannot be read. Source: ITU-T X.690 §8.7.3. */
export function joined(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const joint: number[] = []
  const reader = new BerReader()
  for (let p = start; p < end; p = reader.next) {
    if (!reader.read(bytes, p, end) || reader.constructed) return null
    for (let i = reader.start; i < reader.end; i++) joint.push(at(bytes, i))
  }
  return Uint8Array.from(joint)
}

/** Sets the value of `row` from the content octets `bytes[start, end)` by what `schema` says stands there. */
export function valueText(
  row: Branch,
  schema: SchemaElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  values: ValueContext,
): void {
  const oddities = new AnomalyList()
  const text = roleText(row, schema, bytes, start, end, values, oddities)
  if (text !== null) row.setValue(text)
  row.anomalies(oddities, start, end)
}

/** Elements whose octets are a user's own words. Source: 3GPP TS 29.002 §17.7.4 and §17.7.5. */
const USER_TEXTS: readonly string[] = ['ussd-String', 'ss-UserData', 'sm-RP-UI', 'signalInfo', 'protectedPayload']
/** Keys and passwords: whoever has them acts as the subscriber. */
const SECRETS: readonly string[] = [
  'kc',
  'ki',
  'sres',
  'groupKey',
  'decipheringKeys',
  'password',
  'currentPassword',
  'newPassword',
]

function roleText(
  row: Branch,
  schema: SchemaElement,
  bytes: Uint8Array,
  start: number,
  end: number,
  values: ValueContext,
  oddities: AnomalyList,
): string | null {
  const { role } = schema
  const { tree } = row
  switch (role) {
    case 'imsi':
      return identity(tree, 'imsi', decodeImsi(bytes, start, end, oddities))
    case 'imei':
      return identity(tree, 'imei', decodeImei(bytes, start, end, oddities))
    case 'msisdn':
    case 'forwardedTo':
    case 'roamingNumber':
      return addressText(row, bytes, start, end, 'msisdn')
    case 'callingAddress':
    case 'calledAddress':
      if (decodeBcdNumber(bytes, start, end, oddities) === null && end - start > 1)
        return identityOctets(row, bytes, start, end)
      return addressText(row, bytes, start, end, 'msisdn')
    case 'node':
    case 'otherNode':
    case 'gsmScf':
    case 'redirect':
    case 'lcsClient':
      return addressText(row, bytes, start, end, null)
    case 'callingNumber':
    case 'calledNumber':
    case 'redirectingNumber':
    case 'originalCalledNumber':
      addIsupNumber(row, bytes, start, end)
      return null
    case 'calledGenericNumber':
      row.field('Qualifier', at(bytes, start), start, Math.min(end, start + 1))
      addIsupNumber(row, bytes, start + 1, end)
      return null
    case 'otherNodeIp':
    case 'redirectIp':
      return formatIp(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'otherNodeName':
    case 'redirectName':
      return decodeName(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'lcsClientName':
      return decodeClientName(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'cell':
      return formatCell(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'eutranCell':
      return formatEutranCell(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'nrCell':
      return formatNrCell(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'nrArea':
      return formatNrArea(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'area':
      return formatArea(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'cellOrArea':
      return formatCell(bytes, start, end) ?? formatArea(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'geographical':
      return degrees(formatPosition(bytes, start, end)) ?? hexValue(tree, bytes, start, end)
    case 'geodetic':
      return degrees(formatGeodeticPosition(bytes, start, end)) ?? hexValue(tree, bytes, start, end)
    case 'apn':
      return decodeApn(bytes, start, end) ?? hexValue(tree, bytes, start, end)
    case 'tpdu':
      row.setValue(octets(end - start))
      addShortMessage(row, bytes, start, end, values.message)
      return null
    case 'vector':
      // a vector lets whoever has it act as the subscriber's network
      row.tree.hide(row.buffer, start, end)
      return `${octets(end - start)}, not shown`
    case 'ssCode':
      return end - start === 1 ? named(SS_CODES, at(bytes, start)) : hexValue(tree, bytes, start, end)
    default:
      return plainValue(row, schema, bytes, start, end)
  }
}

/** A value whose octets mean nothing to the analysis: by its type. */
function plainValue(row: Branch, schema: SchemaElement, bytes: Uint8Array, start: number, end: number): string | null {
  const { tree } = row
  const { tag, values, integer, name } = schema
  if (USER_TEXTS.includes(name)) {
    tree.hide(row.buffer, start, end)
    return `${octets(end - start)}, text not shown`
  }
  if (SECRETS.includes(name)) {
    tree.hide(row.buffer, start, end)
    return `${octets(end - start)}, not shown`
  }
  if (values !== null && !integer) return bitNames(values, bytes, start, end)
  if (integer) {
    const value = decodeInteger(bytes, start, end)
    if (value === null) return hexValue(tree, bytes, start, end)
    if (name === 'eventTypeBCSM' || name.endsWith('TriggerDetectionPoint')) return named(BCSM_EVENTS, value)
    return listed(values ?? ENUMERATIONS[name] ?? NO_NAMES, value)
  }
  if (start === end) return tag === NULL || schema.role !== null ? 'present' : 'empty'
  if (name === 'ss-Code' && end - start === 1) return named(SS_CODES, at(bytes, start))
  if (name === 'teleservice' || name === 'ext-Teleservice') return named(TELESERVICES, at(bytes, start))
  if (name === 'callingPartysCategory') return named(CALLING_CATEGORIES, at(bytes, start))
  if (/^timeAndTime[zZ]one$/.test(name) && end - start === TIME_BYTES) return timeText(bytes, start)
  if (tag === BOOLEAN) return at(bytes, start) === 0 ? 'false' : 'true'
  if (tag === OBJECT_IDENTIFIER) return objectIdentifierText(bytes, start, end)
  return hexValue(tree, bytes, start, end)
}

const NO_NAMES: readonly string[] = []
const TIME_BYTES = 8

/** Local time in swapped digits, then the zone in quarters of an hour. Source: 3GPP TS 29.078 §5.1 TimeAndTimezone. */
function timeText(bytes: Uint8Array, start: number): string {
  const digits = decodeTbcd(bytes, start, start + TIME_BYTES - 1)
  const text = digits.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6')
  const zone = at(bytes, start + TIME_BYTES - 1)
  const quarters = (zone & 7) * 10 + (zone >> 4)
  return `${text}, UTC${(zone & 8) !== 0 ? '-' : '+'}${quarters / 4} h`
}

/** BIT STRING: an octet that counts unused bits, then the bits, the highest first. Source: ITU-T X.690 §8.6. */
function bitNames(values: readonly string[], bytes: Uint8Array, start: number, end: number): string {
  const set: string[] = []
  const bits = Math.min(64, Math.max(0, (end - start - 1) * 8))
  for (let bit = 0; bit < bits; bit++) {
    if ((at(bytes, start + 1 + (bit >> 3)) & (0x80 >> (bit & 7))) !== 0) set.push(values[bit] || `bit ${bit}`)
  }
  return set.length === 0 ? 'none' : set.join(', ')
}

function degrees(position: string | null): string | null {
  return position === null ? null : `${position.replace(',', '°, ')}° (latitude, longitude)`
}

function identityOctets(row: Branch, bytes: Uint8Array, start: number, end: number): string {
  if (row.tree.reveal) return hexValue(row.tree, bytes, start, end)
  row.tree.masked = true
  return `${octets(end - start)}, masked`
}

/** Source: 3GPP TS 29.002 §17.7.8 AddressString. */
const NATURES = [
  'unknown',
  'international number',
  'national significant number',
  'network specific number',
  'subscriber number',
  'reserved',
  'abbreviated number',
  'reserved for extension',
]
const PLANS: Names = new Map([
  [0, 'unknown'],
  [1, 'ISDN, E.164'],
  [3, 'data, X.121'],
  [4, 'telex, F.69'],
  [6, 'land mobile, E.212'],
  [8, 'national'],
  [9, 'private'],
])
const LAND_MOBILE = 6

/**
 * Adds nature, plan and digits of an AddressString to `row`. @param kind what the digits are; null for a node's address.
 * @returns the digits for the row itself, or null where they stand as a title.
 */
function addressText(
  row: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  kind: IdentityKind | null,
): string | null {
  if (end - start < 2) return hexValue(row.tree, bytes, start, end)
  const first = at(bytes, start)
  const plan = first & 15
  const digits = decodeTbcd(bytes, start + 1, end)
  row.field('Nature of address', listed(NATURES, (first >> 4) & 7), start, start + 1)
  row.field('Numbering plan', named(PLANS, plan), start, start + 1)
  if (plan === LAND_MOBILE) return identity(row.tree, 'imsi', digits)
  if (kind !== null) return identity(row.tree, kind, digits)
  row.tree.noteTitle(row.node, digits, identityMask(row, digits))
  return digits === '' ? 'empty' : digits
}

/** What a title becomes should it be a subscriber's; asking must not mark the frame as masked. */
function identityMask(row: Branch, digits: string): string {
  return digits === '' || row.tree.reveal ? digits : maskMsisdn(digits)
}
