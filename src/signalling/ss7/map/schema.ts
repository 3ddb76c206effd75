import { berTag, TAG_CLASS } from '../../../bytes/ber.ts'

/**
 * What a value means to the event. The walker knows how to read each; a schema only says where it stands.
 * `node` is an address that the application layer claims for itself; the first in a message counts, further ones are
 * `otherAddresses`, where those of role `otherNode` go at once. `requested`, `locationWanted` and `profilePart` keep the
 * element's name, or the names of its `values`; the first and the last may stand on an element with children.
 * Call parties named `…Number` are numbers of ISUP (Q.763), `…Address` ones AddressStrings.
 */
export type Role =
  | 'imsi'
  | 'msisdn'
  | 'imei'
  | 'node'
  | 'gsmScf'
  | 'cell'
  | 'eutranCell'
  | 'area'
  | 'geographical'
  | 'geodetic'
  | 'forwardedTo'
  | 'roamingNumber'
  | 'barred'
  | 'locationWanted'
  | 'vector'
  | 'tpdu'
  | 'otherNode'
  | 'otherNodeIp'
  | 'otherNodeName'
  | 'redirect'
  | 'redirectIp'
  | 'redirectName'
  | 'requested'
  | 'profilePart'
  | 'cancellationType'
  | 'serviceKey'
  | 'ssCode'
  | 'lcsClient'
  | 'lcsClientName'
  | 'locationAge'
  | 'callingNumber'
  | 'calledNumber'
  | 'redirectingNumber'
  | 'originalCalledNumber'
  | 'callingAddress'
  | 'calledAddress'
  | 'calledGenericNumber'
  | 'cellOrArea'
  | 'apn'

/** One element of an argument or result: its tag and name in the specification, and what stands in it. */
export interface SchemaElement {
  readonly name: string
  readonly tag: number
  readonly role: Role | null
  /** Elements inside, in the order of the specification; null for a value. */
  readonly children: readonly SchemaElement[] | null
  /** Tags of `children`. */
  readonly tags: readonly number[]
  /** Nothing inside has a role. */
  readonly plain: boolean
  /** SEQUENCE OF: `children` holds the item or, for a CHOICE, its alternatives, any number of times. */
  readonly repeated: boolean
  /** Stands behind the extension marker: what is unknown in front of it, or its place among others, is no oddity. */
  readonly added: boolean
  /** INTEGER or ENUMERATED. */
  readonly integer: boolean
  /** Names of what is said: by number or, in a BIT STRING, by bit; '' where none is defined. */
  readonly values: readonly string[] | null
}

const universal = (number: number): number => berTag(TAG_CLASS.universal, number)
export const OCTET_STRING = universal(4)
export const BOOLEAN = universal(1)
export const INTEGER = universal(2)
export const BIT_STRING = universal(3)
export const NULL = universal(5)
export const ENUMERATED = universal(10)
export const SEQUENCE = universal(16)
export const NUMERIC_STRING = universal(18)
export const IA5_STRING = universal(22)
/** Tag `[number]` of context class. */
export const context = (number: number): number => berTag(TAG_CLASS.context, number)
/** Tag `[PRIVATE number]`, which vendors use. */
export const privateTag = (number: number): number => berTag(TAG_CLASS.private, number)

const NONE: readonly never[] = []

function element(name: string, tag: number, role: Role | null, integer: boolean): SchemaElement {
  return { name, tag, role, children: null, tags: NONE, plain: true, repeated: false, added: false, integer, values: null }
}

/** A value. */
export function value(name: string, tag: number, role: Role | null = null): SchemaElement {
  return element(name, tag, role, tag === INTEGER || tag === ENUMERATED)
}

/** An INTEGER or ENUMERATED under a tag of its own. */
export function integer(name: string, tag: number, role: Role | null = null): SchemaElement {
  return element(name, tag, role, true)
}

/** An ENUMERATED or INTEGER whose numbers have names. */
export function enumerated(name: string, tag: number, role: Role, values: readonly string[]): SchemaElement {
  return { ...element(name, tag, role, true), values }
}

/** A BIT STRING whose bits have names. */
export function bits(name: string, tag: number, role: Role, values: readonly string[]): SchemaElement {
  return { ...element(name, tag, role, false), values }
}

/** A SEQUENCE, or a tagged CHOICE: its alternatives as children. An untagged CHOICE stands among its siblings. */
export function group(
  name: string,
  tag: number,
  children: readonly SchemaElement[],
  role: Role | null = null,
): SchemaElement {
  return { ...element(name, tag, role, false), ...inOrder(children) }
}

/** A SEQUENCE or CHOICE of which nothing inside is named. */
export function opaque(name: string, tag: number, role: Role | null = null): SchemaElement {
  return group(name, tag, NONE, role)
}

/** A SEQUENCE OF `items`, one or, for a CHOICE, its alternatives. */
export function list(
  name: string,
  tag: number,
  items: SchemaElement | readonly SchemaElement[],
  role: Role | null = null,
): SchemaElement {
  const children = 'tag' in items ? [items] : items
  return { ...element(name, tag, role, false), ...inOrder(children), repeated: true }
}

/** The extension marker `...`: what follows was added by later versions. */
export const MORE: SchemaElement = element('...', -1, null, false)

function inOrder(children: readonly SchemaElement[]): Pick<SchemaElement, 'children' | 'tags' | 'plain'> {
  const marker = children.indexOf(MORE)
  const own =
    marker < 0
      ? children
      : [...children.slice(0, marker), ...children.slice(marker + 1).map((child) => ({ ...child, added: true }))]
  const plain = own.every((child) => child.role === null && child.plain)
  return { children: own, tags: own.map((child) => child.tag), plain }
}

/** Argument or result of an operation: alternatives by outermost tag, as versions differ. */
export type Schema = readonly SchemaElement[]
