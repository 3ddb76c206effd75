import { berTag, TAG_CLASS } from '../../../bytes/ber.ts'

/**
 * What a value means to the event. The walker knows how to read each; a schema only says where it stands.
 * `node` is an address that the application layer claims for itself; the first in a message counts, further ones are
 * `otherAddresses`, where those of role `otherNode` go at once. `requested`, `locationWanted` and `profilePart` keep the
 * element's name, or the names of its `values`; the first and the last may stand on an element with children. So may
 * `cellOrArea`, for a CHOICE that later versions write as its bare octets.
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
  | 'nrCell'
  | 'nrArea'
  | 'area'
  | 'geographical'
  | 'geodetic'
  | 'forwardedTo'
  | 'roamingNumber'
  | 'barred'
  | 'operatorBarring'
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
  /** What the names of children that are present mean; null where no child says anything by its presence. */
  readonly names: 'requested' | 'profilePart' | null
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

/** What differs between elements; the rest follows from it. */
type Traits = Partial<Pick<SchemaElement, 'role' | 'children' | 'repeated' | 'added' | 'integer' | 'values'>>

/** Makes every element, so that all have one shape. */
function element(name: string, tag: number, traits: Traits): SchemaElement {
  const children = traits.children ?? null
  return {
    name,
    tag,
    role: traits.role ?? null,
    children,
    tags: children === null ? NONE : children.map((child) => child.tag),
    plain: children === null || children.every((child) => child.role === null && child.plain),
    names: traits.repeated === true ? null : namesOf(children),
    repeated: traits.repeated ?? false,
    added: traits.added ?? false,
    integer: traits.integer ?? false,
    values: traits.values ?? null,
  }
}

/** Tells whether the presence of an element says something, whatever its value. */
export function isNaming({ role, values }: SchemaElement, names: 'requested' | 'profilePart'): boolean {
  if (values !== null) return false
  return role === names || role === (names === 'requested' ? 'locationWanted' : 'barred')
}

function namesOf(children: readonly SchemaElement[] | null): SchemaElement['names'] {
  if (children === null) return null
  if (children.some((child) => isNaming(child, 'profilePart'))) return 'profilePart'
  return children.some((child) => isNaming(child, 'requested')) ? 'requested' : null
}

/** A value. */
export function value(name: string, tag: number, role: Role | null = null): SchemaElement {
  return element(name, tag, { role, integer: tag === INTEGER || tag === ENUMERATED })
}

/** An INTEGER or ENUMERATED under a tag of its own. */
export function integer(name: string, tag: number, role: Role | null = null): SchemaElement {
  return element(name, tag, { role, integer: true })
}

/** An ENUMERATED or INTEGER whose numbers have names. */
export function enumerated(name: string, tag: number, role: Role, values: readonly string[]): SchemaElement {
  return element(name, tag, { role, integer: true, values })
}

/** A BIT STRING whose bits have names. */
export function bits(name: string, tag: number, role: Role, values: readonly string[]): SchemaElement {
  return element(name, tag, { role, values })
}

/** A SEQUENCE, or a tagged CHOICE: its alternatives as children. An untagged CHOICE stands among its siblings. */
export function group(
  name: string,
  tag: number,
  children: readonly SchemaElement[],
  role: Role | null = null,
): SchemaElement {
  return element(name, tag, { role, children: inOrder(children) })
}

/** A SEQUENCE or CHOICE of which nothing inside is named. */
export function opaque(name: string, tag: number, role: Role | null = null): SchemaElement {
  return element(name, tag, { role, children: NONE })
}

/** A SEQUENCE OF `items`, one or, for a CHOICE, its alternatives. */
export function list(
  name: string,
  tag: number,
  items: SchemaElement | readonly SchemaElement[],
  role: Role | null = null,
): SchemaElement {
  return element(name, tag, { role, children: 'tag' in items ? [items] : items, repeated: true })
}

/** The extension marker `...`: what follows was added by later versions. */
export const MORE: SchemaElement = element('...', -1, {})

/** Children without the marker, those behind it marked. */
function inOrder(children: readonly SchemaElement[]): readonly SchemaElement[] {
  const marker = children.indexOf(MORE)
  if (marker < 0) return children
  const later = children.slice(marker + 1).map((child) => element(child.name, child.tag, { ...child, added: true }))
  return [...children.slice(0, marker), ...later]
}

/** Argument or result of an operation: alternatives by outermost tag, as versions differ. */
export type Schema = readonly SchemaElement[]
