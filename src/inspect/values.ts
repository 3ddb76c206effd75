import { at } from '../bytes/at.ts'
import { formatHex } from '../bytes/tbcd.ts'
import { LIMITS } from '../limits.ts'
import { octets, type Tree } from './tree.ts'

/** Names by number. */
export type Names = ReadonlyMap<number, string>

/** A number with its name in front, where it has one. */
export function named(names: Names, value: number): string {
  const name = names.get(value)
  return name === undefined ? String(value) : `${name} (${value})`
}

/** As `named`, from a table whose index is the number; '' for none. */
export function listed(names: readonly string[], value: number): string {
  const name = names[value] ?? ''
  return name === '' ? String(value) : `${name} (${value})`
}

/** `name (value)`, or the value alone. */
export function withName(name: string | null | undefined, value: number): string {
  return name === null || name === undefined || name === '' ? String(value) : `${name} (${value})`
}

/** Names of the bits that are set, by bit from 0; `none` for none. */
export function flagNames(value: number, names: readonly string[]): string {
  const set: string[] = []
  for (let bit = 0; bit < 32; bit++) if (((value >>> bit) & 1) === 1) set.push(names[bit] || `bit ${bit}`)
  return set.length === 0 ? 'none' : set.join(', ')
}

/** `0x` and two digits an octet. */
export function hexNumber(value: number, octetCount: number): string {
  return `0x${value.toString(16).padStart(octetCount * 2, '0')}`
}

/** Octets of a value that may always be shown: too few to hold an identity. */
export const HARMLESS_BYTES = 4

/**
 * Octets as hexadecimal. What is long enough to hold an identity is shown only when the user asked for identities;
 * the end of what is very long is left out.
 */
export function hexValue(tree: Tree, bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length <= 0) return 'empty'
  if (length > HARMLESS_BYTES && !tree.reveal) {
    tree.masked = true
    return `${octets(length)}, masked`
  }
  const shown = Math.min(end, start + LIMITS.inspectHexBytes)
  return shown < end ? `${formatHex(bytes, start, shown)}… (${octets(length)})` : formatHex(bytes, start, end)
}

/** One character an octet, cut at LIMITS.inspectTextCharacters. */
export function latinText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  const stop = Math.min(end, start + LIMITS.inspectTextCharacters)
  for (let i = start; i < stop; i++) text += String.fromCharCode(at(bytes, i))
  return stop < end ? `${text}…` : text
}

export function isPrintable(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (at(bytes, i) < 0x20 || at(bytes, i) > 0x7e) return false
  return end > start
}
