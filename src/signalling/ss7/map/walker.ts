import { at } from '../../../bytes/at.ts'
import { BerReader } from '../../../bytes/ber.ts'
import { Fault } from '../../../bytes/fault.ts'
import type { Slice } from '../../../bytes/slice.ts'
import { LIMITS } from '../../../limits.ts'
import { type AnomalyList, noteBerOddities } from '../../anomaly.ts'
import { context, type Role, type Schema, type SchemaElement } from './schema.ts'
import {
  decodeAddressString,
  decodeImei,
  decodeImsi,
  formatArea,
  formatCell,
  formatEutranCell,
  formatPosition,
} from './values.ts'

/** What the walk found, by role; null where nothing of that role stood. */
export class MapFields {
  imsi: string | null = null
  msisdn: string | null = null
  imei: string | null = null
  /** First address the application layer claims. */
  nodeAddress: string | null = null
  /** Cell as `formatCell`, or the area where no cell stood. */
  cellId: string | null = null
  /** `latitude,longitude`. */
  position: string | null = null
  /** gsmSCF addresses, in order, each once, up to LIMITS.gsmScfAddresses. */
  gsmScfAddresses: readonly string[] = NO_ADDRESSES
  forwardedTo: string | null = null
  roamingNumber: string | null = null
  /** SubscriberStatus: operator determined barring. */
  barred = false
  /** Location was asked for. */
  locationWanted = false
  /** Authentication vectors handed over. */
  vectors = 0
  /** Short message TPDU. */
  tpdu: Slice | null = null
  /** Where the argument could not be read to its end. */
  fault: Fault | null = null
}

export const NO_ADDRESSES: readonly string[] = Object.freeze([])

/** Readers by depth: one for each level of nesting, made once. */
const readers = Array.from({ length: LIMITS.berDepth }, () => new BerReader())

/**
 * Walks the element `bytes[start, end)` along `schema`: the one reader of every MAP argument and result. Elements are
 * matched by tag, in order; what the schema does not name is stepped over, so extensions do no harm.
 * @param start first octet of the argument's own tag. @returns what was found; a break leaves `fault`. Never throws.
 */
export function walkParameter(
  bytes: Uint8Array,
  start: number,
  end: number,
  schema: Schema,
  anomalies: AnomalyList,
): MapFields {
  const fields = new MapFields()
  if (start >= end) return fields
  const reader = readers[0] ?? new BerReader()
  if (!reader.read(bytes, start, end)) {
    fields.fault = new Fault('map', 'unreadable argument', reader.failedAt)
    return fields
  }
  const alternative = schema[indexOfTag(schema, reader.tag, 0)]
  if (alternative === undefined) {
    if (schema.length > 0) anomalies.add('wrongParameterType')
    return fields
  }
  visit(bytes, reader, alternative, 1, fields, anomalies)
  return fields
}

/** Takes the element `reader` stands at, which is `element` of the schema. */
function visit(
  bytes: Uint8Array,
  reader: BerReader,
  element: SchemaElement,
  depth: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
  if (element.children !== null) {
    if (!reader.constructed) anomalies.add('primitiveConstructed')
    walk(bytes, reader.start, reader.end, element.children, element.repeated, depth, fields, anomalies)
  } else if (element.role !== null) {
    if (reader.constructed) {
      anomalies.add('constructedString')
      const whole = joinPieces(bytes, reader.start, reader.end)
      if (whole !== null) take(element.role, whole, 0, whole.length, fields, anomalies)
    } else take(element.role, bytes, reader.start, reader.end, fields, anomalies)
  }
}

function walk(
  bytes: Uint8Array,
  start: number,
  end: number,
  children: readonly SchemaElement[],
  repeated: boolean,
  depth: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  const reader = readers[depth]
  if (reader === undefined) {
    fields.fault ??= new Fault('map', 'nested too deep', start)
    return
  }
  let p = start
  let position = 0
  let sawUnknown = false
  while (p < end) {
    if (!reader.read(bytes, p, end)) {
      fields.fault ??= new Fault('map', 'unreadable element', reader.failedAt)
      return
    }
    p = reader.next
    const index = indexOfTag(children, reader.tag, repeated ? 0 : position)
    if (index >= 0) {
      const child = children[index]
      position = index + 1
      if (child === undefined) continue
      if (sawUnknown && (child.role === 'imsi' || child.role === 'msisdn')) anomalies.add('unknownParameter')
      visit(bytes, reader, child, depth + 1, fields, anomalies)
      continue
    }
    if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
    const before = indexOfTag(children, reader.tag, 0)
    const earlier = before >= 0 ? children[before] : undefined
    if (earlier === undefined || before >= position) {
      sawUnknown = true
    } else if (isContextTag(reader.tag) && isEmptyOf(earlier.role, fields)) {
      anomalies.add('parameterOrder')
      visit(bytes, reader, earlier, depth + 1, fields, anomalies)
    } else if (isContextTag(reader.tag)) anomalies.add('duplicateParameter')
  }
}

function indexOfTag(children: readonly SchemaElement[], tag: number, from: number): number {
  for (let i = from; i < children.length; i++) if (children[i]?.tag === tag) return i
  return -1
}

/** Universal tags say nothing of which parameter it is: the schema may name only the first of several. */
function isContextTag(tag: number): boolean {
  return tag >= context(0)
}

/** Tells whether a value of this role has still to come: a second one is a duplicate, not one out of order. */
function isEmptyOf(role: Role | null, fields: MapFields): boolean {
  if (role === 'imsi') return fields.imsi === null
  if (role === 'msisdn') return fields.msisdn === null
  if (role === 'imei') return fields.imei === null
  if (role === 'node') return fields.nodeAddress === null
  return role === null
}

/** Octets of a string encoded in pieces (X.690 §8.7.3), or null when they cannot be read. */
function joinPieces(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  const piece = new BerReader()
  const octets: number[] = []
  let p = start
  while (p < end) {
    if (!piece.read(bytes, p, end)) return null
    // pieces in pieces: go on inside; the end-of-contents octets of an indefinite one add nothing
    if (piece.constructed) {
      p = piece.start
      continue
    }
    for (let i = piece.start; i < piece.end; i++) octets.push(at(bytes, i))
    p = piece.next
  }
  return Uint8Array.from(octets)
}

/** Keeps a value by its role. The first of a role stands; lists collect. */
function take(
  role: Role,
  bytes: Uint8Array,
  start: number,
  end: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  switch (role) {
    case 'imsi':
      fields.imsi ??= decodeImsi(bytes, start, end, anomalies)
      return
    case 'msisdn':
      fields.msisdn ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'imei':
      fields.imei ??= decodeImei(bytes, start, end, anomalies)
      return
    case 'node':
      fields.nodeAddress ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'gsmScf': {
      const address = decodeAddressString(bytes, start, end, anomalies)
      if (address === null || fields.gsmScfAddresses.includes(address)) return
      if (fields.gsmScfAddresses.length === LIMITS.gsmScfAddresses) anomalies.add('tooManyAddresses')
      else fields.gsmScfAddresses = [...fields.gsmScfAddresses, address]
      return
    }
    case 'cell':
      fields.cellId = formatCell(bytes, start, end) ?? fields.cellId
      return
    case 'eutranCell':
      fields.cellId ??= formatEutranCell(bytes, start, end)
      return
    case 'area':
      fields.cellId ??= formatArea(bytes, start, end)
      return
    case 'geographical':
      fields.position ??= formatPosition(bytes, start, end)
      return
    case 'forwardedTo':
      fields.forwardedTo ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'roamingNumber':
      fields.roamingNumber ??= decodeAddressString(bytes, start, end, anomalies)
      return
    case 'barred':
      fields.barred = at(bytes, start) === 1
      return
    case 'locationWanted':
      fields.locationWanted = true
      return
    case 'vector':
      fields.vectors++
      return
    case 'tpdu':
      fields.tpdu = { bytes, start, end }
      return
  }
}
