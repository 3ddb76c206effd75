import { berTag, TAG_CLASS } from '../../../bytes/ber.ts'

/**
 * What a value means to the event. The walker knows how to read each; a schema only says where it stands.
 * `node` is an address that the application layer claims for itself; the first in a message counts.
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
  | 'forwardedTo'
  | 'roamingNumber'
  | 'barred'
  | 'locationWanted'
  | 'vector'
  | 'tpdu'

/** One element of an argument or result: its tag and name in the specification, and what stands in it. */
export interface SchemaElement {
  readonly name: string
  readonly tag: number
  readonly role: Role | null
  /** Elements inside, in the order of the specification; null for a value. */
  readonly children: readonly SchemaElement[] | null
  /** SEQUENCE OF: `children` holds the one item, any number of times. */
  readonly repeated: boolean
}

const universal = (number: number): number => berTag(TAG_CLASS.universal, number)
export const OCTET_STRING = universal(4)
export const BOOLEAN = universal(1)
export const INTEGER = universal(2)
export const BIT_STRING = universal(3)
export const NULL = universal(5)
export const ENUMERATED = universal(10)
export const SEQUENCE = universal(16)
/** Tag `[number]` of context class. */
export const context = (number: number): number => berTag(TAG_CLASS.context, number)

/** A value. */
export function value(name: string, tag: number, role: Role | null = null): SchemaElement {
  return { name, tag, role, children: null, repeated: false }
}

/** A SEQUENCE, or a tagged CHOICE: its alternatives as children. */
export function group(name: string, tag: number, children: readonly SchemaElement[]): SchemaElement {
  return { name, tag, role: null, children, repeated: false }
}

/** A SEQUENCE OF `item`. */
export function list(name: string, tag: number, item: SchemaElement): SchemaElement {
  return { name, tag, role: null, children: [item], repeated: true }
}

/** Argument or result of an operation: alternatives by outermost tag, as versions differ. */
export type Schema = readonly SchemaElement[]
