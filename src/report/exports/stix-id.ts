import { createHash } from 'node:crypto'

/** Namespace of ids of cyber-observable objects. Source: STIX 2.1 §2.9. */
const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'
/** Ours, for all other objects: §2.9 keeps the one above for observables. UUIDv5 of `urn:telltale:stix:namespace`. */
const OBJECT_NAMESPACE = '4a4378d0-a5b9-5cc9-84c8-23970472ba67'

/** UUID of `name` in a namespace, version 5. Source: RFC 9562 §5.5. */
export function uuidV5(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = digest.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Our UUID of something that `parts` name; a separator keeps `a`, `bc` and `ab`, `c` apart. */
export function uuidOf(...parts: readonly string[]): string {
  return uuidV5(OBJECT_NAMESPACE, JSON.stringify(parts))
}

/** Id of a STIX object that is no observable: the same parts give the same id in every bundle. */
export function objectId(type: string, ...parts: readonly string[]): string {
  return `${type}--${uuidOf(type, ...parts)}`
}

/**
 * Id of an observable whose one id-contributing property is `value`. Source: STIX 2.1 §2.9; the canonical JSON of
 * RFC 8785 of one member is what JSON.stringify writes.
 */
export function observableId(type: string, value: string | number): string {
  return `${type}--${uuidV5(OBSERVABLE_NAMESPACE, JSON.stringify({ value }))}`
}

/** The same for a stretch of addresses, whose id-contributing properties are `first` and `last`. */
export function rangeId(type: string, first: string | number, last: string | number): string {
  return `${type}--${uuidV5(OBSERVABLE_NAMESPACE, JSON.stringify({ first, last }))}`
}
