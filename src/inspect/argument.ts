import { BerReader, TAG_CLASS } from '../bytes/ber.ts'
import { LIMITS } from '../limits.ts'
import { AnomalyList, noteBerOddities } from '../signalling/anomaly.ts'
import { context, type Schema, type SchemaElement } from '../signalling/ss7/map/schema.ts'
import { joined, primitiveValue, universalName, type ValueContext, valueText } from './argument-values.ts'
import type { Branch } from './tree.ts'

const CLASS_NAMES = ['universal', 'application', 'context', 'private']

/** What came of one element of BER. */
interface Element {
  readonly tag: number
  readonly constructed: boolean
  /** Its tag's first octet. */
  readonly at: number
  readonly start: number
  readonly end: number
  readonly next: number
  readonly oddities: number
}

/**
 * Adds the BER element in `bytes[start, end)` along `schema`, the declarative one that the walker of the signalling stage
 * reads by: elements by name, values by what they mean, and what no schema names as plain BER.
 * @param name of a parameter that is not a group. @param values how values are read.
 */
export function addArgument(
  branch: Branch,
  name: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  schema: Schema,
  values: ValueContext,
): void {
  const element = readElement(branch, bytes, start, end)
  if (element === null) return
  const known = schema.find((candidate) => candidate.tag === element.tag) ?? sameNumber(branch, schema, element)
  if (known === null) addUnnamed(branch, bytes, element, 0, values, name)
  else if (known.name === 'parameter' && known.children !== null) {
    noteOddities(branch, element)
    addMembers(branch, bytes, element.start, element.end, known, 0, values)
  } else addNamed(branch, bytes, element, known, 0, values)
  if (element.next < end) addMembers(branch, bytes, element.next, end, NO_MEMBERS, 0, values)
}

/** Under the number of an element in another class of tag, as a network that masks the class reads it. */
function sameNumber(branch: Branch, schema: Schema, element: Element): SchemaElement | null {
  const number = numberOf(element.tag)
  const found = schema.find((candidate) => numberOf(candidate.tag) === number)
  if (found === undefined) {
    if (schema.length > 0) branch.anomaly('wrongParameterType', element.at, element.next)
    return null
  }
  branch.anomaly('wrongTagClass', element.at, element.start)
  return found
}

/** A group of which nothing is known. */
const NO_MEMBERS: Pick<SchemaElement, 'children' | 'tags' | 'repeated'> = { children: [], tags: [], repeated: false }

function addMembers(
  branch: Branch,
  bytes: Uint8Array,
  start: number,
  end: number,
  parent: Pick<SchemaElement, 'children' | 'tags' | 'repeated'>,
  depth: number,
  values: ValueContext,
): void {
  if (depth >= LIMITS.berDepth) {
    branch.failure('nested too deep', start, end)
    return
  }
  const children = parent.children ?? []
  // what stands beside the challenge of an authentication vector are keys
  const isVector = children.some((child) => child.role === 'vector')
  let position = 0
  for (let p = start; p < end; ) {
    const element = readElement(branch, bytes, p, end)
    if (element === null) return
    p = element.next
    let index = parent.tags.indexOf(element.tag, parent.repeated ? 0 : position)
    // universal tags say nothing of which parameter it is; the others may stand out of their order
    if (index < 0 && element.tag >= context(0)) index = parent.tags.indexOf(element.tag)
    const child = children[index]
    if (child === undefined) {
      if (isVector) branch.content(tagName(element.tag), element.at, element.next)
      else addUnnamed(branch, bytes, element, depth + 1, values, null)
      continue
    }
    if (!parent.repeated && index >= position) position = index + 1
    addNamed(branch, bytes, element, child, depth + 1, values)
  }
}

function addNamed(
  branch: Branch,
  bytes: Uint8Array,
  element: Element,
  schema: SchemaElement,
  depth: number,
  values: ValueContext,
): void {
  const { at, start, end, next, constructed } = element
  if (schema.children !== null) {
    const row = branch.field(schema.name, null, at, next)
    noteOddities(row, element)
    if (!constructed) row.anomaly('primitiveConstructed', at, start)
    addMembers(row, bytes, start, end, schema, depth, values)
    return
  }
  if (!constructed) {
    const row = branch.field(schema.name, null, at, next)
    noteOddities(row, element)
    valueText(row, schema, bytes, start, end, values)
    return
  }
  // a string in pieces: what they make up is read, where they stand is shown
  const whole = joined(bytes, start, end)
  const row = branch.field(schema.name, null, at, next)
  noteOddities(row, element)
  if (whole === null || schema.role === null) addMembers(row, bytes, start, end, NO_MEMBERS, depth, values)
  else {
    row.anomaly('constructedString', at, next)
    row.tree.hide(row.buffer, start, end)
    valueText(row.within(row.tree.nextBuffer()), schema, whole, 0, whole.length, values)
  }
}

/** An element that no schema names: class, number, and its octets or what stands in it. */
function addUnnamed(
  branch: Branch,
  bytes: Uint8Array,
  element: Element,
  depth: number,
  values: ValueContext,
  name: string | null,
): void {
  const { at, start, end, next, constructed, tag } = element
  const label = name ?? tagName(tag)
  const row = branch.field(label, null, at, next)
  noteOddities(row, element)
  if (constructed) addMembers(row, bytes, start, end, NO_MEMBERS, depth, values)
  else row.setValue(primitiveValue(row, tag, bytes, start, end, values))
}

/** `context 3`, or the name of a universal type. */
function tagName(tag: number): string {
  const tagClass = tag >> 22
  const number = numberOf(tag)
  const known = tagClass === TAG_CLASS.universal ? universalName(number) : null
  return known ?? `${CLASS_NAMES[tagClass]} ${number}`
}

function numberOf(tag: number): number {
  return tag & 0x3fffff
}

function readElement(branch: Branch, bytes: Uint8Array, start: number, end: number): Element | null {
  const reader = new BerReader()
  if (!reader.read(bytes, start, end)) {
    branch.failure('unreadable element', start, end)
    return null
  }
  const { tag, constructed, start: from, end: to, next, oddities } = reader
  return { tag, constructed, at: start, start: from, end: to, next, oddities }
}

function noteOddities(branch: Branch, { oddities, at, start }: Element): void {
  if (oddities === 0) return
  const list = new AnomalyList()
  noteBerOddities(oddities, list)
  branch.anomalies(list, at, start)
}
