import { at } from '../../../bytes/at.ts'
import { BerReader } from '../../../bytes/ber.ts'
import { Fault } from '../../../bytes/fault.ts'
import type { Slice } from '../../../bytes/slice.ts'
import { LIMITS } from '../../../limits.ts'
import { AnomalyList, noteBerOddities } from '../../anomaly.ts'
import { type MapDetail, NO_TEXTS } from './detail.ts'
import { endValues, takePresence, takeValue } from './roles.ts'
import { context, type Schema, type SchemaElement } from './schema.ts'
import { decodeImsi } from './values.ts'

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

/** Reads what is not in the usual form; what it found is taken from it at once. */
const reader = new BerReader()

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
  if (!reader.read(bytes, start, end)) {
    fields.fault = new Fault('map', 'unreadable argument', reader.failedAt)
    return fields
  }
  if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
  const element = alternative(schema, anomalies)
  if (element === null) return fields
  visit(bytes, reader.start, reader.end, reader.constructed, element, 0, fields, anomalies)
  endValues(fields, anomalies)
  return fields
}

/** The alternative that `reader` stands at; seen through a wrong class, or a wrong number of something with elements inside. */
function alternative(schema: Schema, anomalies: AnomalyList): SchemaElement | null {
  const { tag, constructed } = reader
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

/** Takes `element` of the schema with the content octets `bytes[start, end)`. @param depth of what is inside it. */
function visit(
  bytes: Uint8Array,
  start: number,
  end: number,
  constructed: boolean,
  element: SchemaElement,
  depth: number,
  fields: MapFields,
  anomalies: AnomalyList,
): void {
  const { role, children } = element
  if (children !== null) {
    if (!constructed) {
      // a CHOICE that later versions write as the octets of its alternatives
      if (role === 'cellOrArea') {
        takeValue(role, element, bytes, start, end, fields, anomalies)
        return
      }
      anomalies.add('primitiveConstructed')
    }
    if (element.plain) skim(bytes, start, end, fields, anomalies)
    else walk(bytes, start, end, element, children, depth, fields, anomalies)
    return
  }
  if (element.integer && end - start > 1 && isPadded(bytes, start)) anomalies.add('paddedInteger')
  if (role === null) return
  if (constructed) {
    anomalies.add('constructedString')
    const whole = joinPieces(bytes, start, end)
    if (whole !== null) takeValue(role, element, whole, 0, whole.length, fields, anomalies)
  } else takeValue(role, element, bytes, start, end, fields, anomalies)
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
  if (depth === LIMITS.berDepth) {
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
    let tag: number
    let constructed: boolean
    let from = p + 2
    let to: number
    const identifier = at(bytes, p)
    const length = from <= end ? at(bytes, p + 1) : 0x80
    // the usual form, low tag number and short length, as BerReader reads it, without keeping it in a reader
    if (length < 0x80 && (identifier & 0x1f) !== 0x1f && from + length <= end) {
      tag = ((identifier & 0xc0) << 16) | (identifier & 0x1f)
      constructed = (identifier & 0x20) !== 0
      p = to = from + length
    } else {
      if (!reader.read(bytes, p, end)) {
        fields.fault ??= new Fault('map', 'unreadable element', reader.failedAt)
        break
      }
      if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
      tag = reader.tag
      constructed = reader.constructed
      from = reader.start
      to = reader.end
      p = reader.next
    }
    let index = position
    while (index < count && tags[index] !== tag) index++
    if (index === count) {
      index = tags.indexOf(tag)
      if (index < 0) {
        index = wrongClass(tag, to - from, constructed, children, position, fields)
        if (index < 0) {
          sawUnknown = true
          continue
        }
        anomalies.add('wrongTagClass')
      } else {
        // universal tags say nothing of which parameter it is
        if (tag < context(0)) continue
        if (((index < 32 ? met : metBeyond) & (1 << (index & 31))) !== 0) {
          anomalies.add('duplicateParameter')
          if (children[index]?.role === 'imsi' && !constructed && isOther(bytes, from, to, fields.imsi))
            anomalies.add('severalSubscribers')
          continue
        }
        if (children[index]?.added === false) anomalies.add('parameterOrder')
      }
    }
    const child = children[index]
    if (child === undefined) continue
    if (!repeated) {
      if (index >= position) position = index + 1
      if (index < 32) met |= 1 << index
      else metBeyond |= 1 << (index - 32)
    }
    if (sawUnknown && !child.added && (child.role === 'imsi' || child.role === 'msisdn'))
      anomalies.add('unknownParameter')
    // the usual case without a call
    if (child.children !== null || constructed || child.integer) {
      visit(bytes, from, to, constructed, child, depth + 1, fields, anomalies)
    } else if (child.role !== null) takeValue(child.role, child, bytes, from, to, fields, anomalies)
  }
  if (parent.names !== null) takePresence(parent, met, metBeyond)
}

/** Steps over what is inside an element in which nothing is looked for. */
function skim(bytes: Uint8Array, start: number, end: number, fields: MapFields, anomalies: AnomalyList): void {
  let p = start
  while (p < end) {
    const length = p + 2 <= end ? at(bytes, p + 1) : 0x80
    if (length < 0x80 && (at(bytes, p) & 0x1f) !== 0x1f && p + 2 + length <= end) {
      p += 2 + length
      continue
    }
    if (!reader.read(bytes, p, end)) {
      fields.fault ??= new Fault('map', 'unreadable element', reader.failedAt)
      return
    }
    if (reader.oddities !== 0) noteBerOddities(reader.oddities, anomalies)
    p = reader.next
  }
}

const LONGEST_IDENTITY_BYTES = 9

/**
 * Finds the child that an element is under another class of tag, when a network that masks the class would read it: an
 * identity that is still to come, or something with one in it. @returns -1 for none.
 */
function wrongClass(
  tag: number,
  length: number,
  constructed: boolean,
  children: readonly SchemaElement[],
  position: number,
  fields: MapFields,
): number {
  if (fields.imsi !== null || fields.msisdn !== null) return -1
  const number = numberOf(tag)
  for (let i = position; i < children.length; i++) {
    const child = children[i]
    if (child === undefined || child.added) return -1
    if (numberOf(child.tag) !== number) continue
    if (child.children !== null) return constructed && child.children.some(isIdentity) ? i : -1
    return isIdentity(child) && length <= LONGEST_IDENTITY_BYTES ? i : -1
  }
  return -1
}

/** Whether the digits are of another subscriber than the one who was named first. */
function isOther(bytes: Uint8Array, start: number, end: number, imsi: string | null): boolean {
  return imsi !== null && decodeImsi(bytes, start, end, new AnomalyList()) !== imsi
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
export function joinPieces(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
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
