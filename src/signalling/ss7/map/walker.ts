import { at } from '../../../bytes/at.ts'
import { BerReader } from '../../../bytes/ber.ts'
import { Fault } from '../../../bytes/fault.ts'
import type { Slice } from '../../../bytes/slice.ts'
import { LIMITS } from '../../../limits.ts'
import { type AnomalyList, noteBerOddities } from '../../anomaly.ts'
import { type MapDetail, NO_TEXTS } from './detail.ts'
import { beginValues, endValues, takePresence, takeValue } from './roles.ts'
import { context, type Schema, type SchemaElement } from './schema.ts'

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
  gsmScfAddresses: readonly string[] = NO_TEXTS
  forwardedTo: string | null = null
  /** Access point name. */
  apn: string | null = null
  /** SubscriberStatus: operator determined barring. */
  barred = false
  /** Location was asked for. */
  locationWanted = false
  /** Authentication vectors handed over. */
  vectors = 0
  /** Short message TPDU. */
  tpdu: Slice | null = null
  /** What only some operations carry; null where nothing of it stood. */
  detail: MapDetail | null = null
  /** Where the argument could not be read to its end. */
  fault: Fault | null = null

  get roamingNumber(): string | null {
    return this.detail?.roamingNumber ?? null
  }
}

/** Readers by depth: one for each level of nesting, made once. */
const readers = Array.from({ length: LIMITS.berDepth }, () => new BerReader())
const outermost = new BerReader()

/**
 * Walks the element `bytes[start, end)` along `schema`: the one reader of every argument, result and error parameter.
 * Elements are matched by tag, in order; what the schema does not name is stepped over, so extensions do no harm.
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
  if (!outermost.read(bytes, start, end)) {
    fields.fault = new Fault('map', 'unreadable argument', outermost.failedAt)
    return fields
  }
  const element = alternative(schema, anomalies)
  if (element === null) return fields
  beginValues()
  visit(bytes, outermost, element, 0, fields, anomalies)
  endValues(fields, anomalies)
  return fields
}

/** The alternative that `outermost` is; seen through a wrong class, or a wrong number of something with elements inside. */
function alternative(schema: Schema, anomalies: AnomalyList): SchemaElement | null {
  const { tag, constructed } = outermost
  for (let i = 0; i < schema.length; i++) {
    const element = schema[i]
    if (element !== undefined && element.tag === tag) return element
  }
  if (schema.length === 0) return null
  const sameNumber = schema.find((element) => numberOf(element.tag) === numberOf(tag))
  if (sameNumber !== undefined) {
    anomalies.add('wrongTagClass')
    return sameNumber
  }
  anomalies.add('wrongParameterType')
  return constructed ? (schema.find((element) => element.children !== null) ?? null) : null
}

/** Takes the element `reader` stands at, which is `element` of the schema. @param depth of what is inside it. */
function visit(
  bytes: Uint8Array,
  reader: BerReader,
  element: SchemaElement,
  depth: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
  const { role } = element
  if (element.children !== null) {
    if (!reader.constructed) {
      // CAP writes the chosen value alone in later releases
      if (role === 'cellOrArea') {
        takeValue(role, element, bytes, reader.start, reader.end, fields, anomalies)
        return
      }
      anomalies.add('primitiveConstructed')
    }
    if (role !== null) takePresence(element)
    walk(bytes, reader.start, reader.end, element, element.children, depth, fields, anomalies)
    return
  }
  if (element.integer && reader.end - reader.start > 1 && isPadded(bytes, reader.start)) anomalies.add('paddedInteger')
  if (role === null) return
  if (reader.constructed) {
    anomalies.add('constructedString')
    const whole = joinPieces(bytes, reader.start, reader.end)
    if (whole !== null) takeValue(role, element, whole, 0, whole.length, fields, anomalies)
  } else takeValue(role, element, bytes, reader.start, reader.end, fields, anomalies)
}

function walk(
  bytes: Uint8Array,
  start: number,
  end: number,
  parent: SchemaElement,
  children: readonly SchemaElement[],
  depth: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  const reader = readers[depth]
  if (reader === undefined) {
    fields.fault ??= new Fault('map', 'nested too deep', start)
    return
  }
  const { tags, repeated } = parent
  const count = tags.length
  let p = start
  let position = 0
  let sawUnknown = false
  // which children were met, by bits
  let met = 0
  let metBeyond = 0
  while (p < end) {
    if (!reader.read(bytes, p, end)) {
      fields.fault ??= new Fault('map', 'unreadable element', reader.failedAt)
      return
    }
    p = reader.next
    const { tag } = reader
    let index = position
    while (index < count && tags[index] !== tag) index++
    const child = children[index]
    if (child !== undefined) {
      if (!repeated) {
        position = index + 1
        if (index < 32) met |= 1 << index
        else metBeyond |= 1 << (index - 32)
      }
      if (sawUnknown && !child.added && (child.role === 'imsi' || child.role === 'msisdn')) {
        anomalies.add('unknownParameter')
      }
      visit(bytes, reader, child, depth + 1, fields, anomalies)
      continue
    }
    if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
    const before = tags.indexOf(tag)
    const earlier = children[before]
    if (earlier !== undefined) {
      // universal tags say nothing of which parameter it is
      if (tag < context(0)) continue
      const bit = 1 << (before & 31)
      if (((before < 32 ? met : metBeyond) & bit) === 0) {
        if (before < 32) met |= bit
        else metBeyond |= bit
        if (!earlier.added) anomalies.add('parameterOrder')
        visit(bytes, reader, earlier, depth + 1, fields, anomalies)
      } else anomalies.add('duplicateParameter')
      continue
    }
    const meant = wrongClass(reader, children, position, fields)
    if (meant < 0) {
      sawUnknown = true
      continue
    }
    anomalies.add('wrongTagClass')
    position = meant + 1
    const seen = children[meant]
    if (seen !== undefined) visit(bytes, reader, seen, depth + 1, fields, anomalies)
  }
}

/** Steps over what is inside an element in which nothing is looked for. `reader` is left anywhere. */
function skim(bytes: Uint8Array, reader: BerReader, fields: MapFields, anomalies: AnomalyList): void {
  const { end } = reader
  for (let p = reader.start; p < end; p = reader.next) {
    if (!reader.read(bytes, p, end)) {
      fields.fault ??= new Fault('map', 'unreadable element', reader.failedAt)
      return
    }
    if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
  }
}

const LONGEST_IDENTITY_BYTES = 9

/**
 * Finds the child that the element `reader` stands at is under another class of tag, when a network that masks the class
 * would read it: an identity that is still to come, or something with one in it. @returns -1 for none.
 */
function wrongClass(
  reader: BerReader,
  children: readonly SchemaElement[],
  position: number,
  fields: MapFields,
): number {
  const number = numberOf(reader.tag)
  for (let i = position; i < children.length; i++) {
    const child = children[i]
    if (child === undefined || numberOf(child.tag) !== number || child.added) continue
    if (child.children !== null) return reader.constructed && child.children.some(isIdentity) ? i : -1
    if (reader.end - reader.start > LONGEST_IDENTITY_BYTES) return -1
    if (child.role === 'imsi') return fields.imsi === null ? i : -1
    return child.role === 'msisdn' && fields.msisdn === null ? i : -1
  }
  return -1
}

function isIdentity({ role }: SchemaElement): boolean {
  return role === 'imsi' || role === 'msisdn'
}

/** The number of a tag without its class. */
function numberOf(tag: number): number {
  return tag & (context(0) / 2 - 1)
}

/** Tells whether the first octet of an INTEGER of two or more repeats the sign of the second (X.690 §8.3.2 forbids it). */
function isPadded(bytes: Uint8Array, start: number): boolean {
  const first = at(bytes, start)
  const negative = at(bytes, start + 1) >= 0x80
  return (first === 0 && !negative) || (first === 0xff && negative)
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
