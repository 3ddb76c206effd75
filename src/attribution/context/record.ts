import { LIMITS } from '../../limits.ts'

/** Reading values of unknown shape: what is not as expected becomes nothing. */

/** Making one takes longer than reading a row with it. */
export const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type JsonRecord = Readonly<Record<string, unknown>>

/** The value of JSON text in `bytes[start, end)`; undefined where it is none, not UTF-8, or too large. */
export function parseRange(bytes: Uint8Array, start: number, end: number): unknown {
  if (end - start > LIMITS.contextObjectBytes) return undefined
  try {
    return JSON.parse(UTF8.decode(bytes.subarray(start, end)))
  } catch {
    return undefined
  }
}

export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : null
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The first of a list that is a text, or ''. */
export function firstText(values: readonly unknown[]): string {
  return textOf(values.find((value) => textOf(value) !== ''))
}
