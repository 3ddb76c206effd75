import { endOfDayUs, type Reading, readHost, readIdentifier } from './identifier.ts'
import type { Place } from './problem.ts'
import { quote } from './problem.ts'
import type { Entry, Value, YamlFile } from './yaml-file.ts'

/** Readers of the addresses an exception may name. */
const SOURCE_READERS: Readonly<Record<string, (text: string) => Reading>> = {
  gt: (text) => readIdentifier('globalTitles', text),
  host: readHost,
  realm: (text) => readIdentifier('realms', text),
  ip: (text) => readIdentifier('ipRanges', text),
  opc: (text) => readIdentifier('pointCodes', text),
}
export const SOURCE_KEYS = ['gt', 'host', 'realm', 'ip', 'opc'] as const
const EXCEPTION_KEYS = ['source', 'detectors', 'reason', 'owner', 'until'] as const
/** As the detector catalogue numbers them: `LOC-01`. */
const DETECTOR_ID = /^[A-Z]{2,5}-\d{2,3}$/

/** The addresses an exception names, as written; all that are given must match. */
export type ExceptionSource = Readonly<Record<(typeof SOURCE_KEYS)[number], string | null>>

/** Agreed traffic: findings of these detectors about this source are expected until the end of a day. */
export interface AgreedException {
  readonly source: ExceptionSource
  /** `source` in the form that `Reading.key` describes. */
  readonly keys: ExceptionSource
  readonly detectors: readonly string[]
  readonly reason: string
  readonly owner: string | null
  /** Last day it holds, UTC: `2027-06-30`. */
  readonly until: string
  /** Capture time from which it no longer holds, µs since 1970 UTC. */
  readonly endUs: number
  readonly place: Place
}

/** A detector that the file names, so that the program can say when there is none of that id or parameter. */
export interface NamedDetector {
  readonly id: string
  /** The parameter that is set for it, or null. */
  readonly threshold: string | null
  readonly place: Place
}

/** Reads an item of `exceptions`. @returns null when something is wrong; every fault is in `file.problems`. */
export function readException(file: YamlFile, value: Value, named: NamedDetector[]): AgreedException | null {
  const entries = file.entries(value, EXCEPTION_KEYS)
  if (entries === null) return null
  const source = required(file, value, entries, 'source', 'a mapping such as { gt: "33689004000" }')
  const detectors = required(file, value, entries, 'detectors', 'a list of detector ids such as ["LOC-03"]')
  const reason = required(file, value, entries, 'reason', 'why the traffic is agreed')
  const until = required(file, value, entries, 'until', 'the last day it holds, such as 2027-06-30')
  const owner = entries.get('owner')
  const read = source && readSource(file, source)
  const ids = detectors && readDetectors(file, detectors, named)
  const reasonText = reason && file.text(reason)
  const ownerText = owner && file.text(owner.value)
  const untilText = until && file.text(until)
  const endUs = untilText && endOfDayUs(untilText.value)
  if (untilText && endUs === null) {
    const wrong = `${quote(untilText.value)} is not a date; write year, month and day such as 2027-06-30.`
    file.fail(untilText.place, `${value.path}.until: ${wrong}`)
  }
  if (!read || !ids || !reasonText || !untilText || endUs === null) return null
  return {
    ...read,
    detectors: ids,
    reason: reasonText.value,
    owner: ownerText?.value ?? null,
    until: untilText.value,
    endUs,
    place: value.place,
  }
}

/** Reads a detector's id; a text of another form is a problem. */
export function readDetectorId(file: YamlFile, id: string, place: Place, path: string): string | null {
  if (DETECTOR_ID.test(id)) return id
  return file.fail(
    place,
    `${path}: ${quote(id)} is not a detector's id; write it as in the catalogue, such as "LOC-03".`,
  )
}

function readDetectors(file: YamlFile, value: Value, named: NamedDetector[]): readonly string[] | null {
  const items = file.items(value)
  if (items.length === 0) return file.fail(value.place, `${value.path} is empty; list the detectors it is agreed for.`)
  const ids = items.flatMap((item) => {
    const text = file.text(item)
    const id = text && readDetectorId(file, text.value, text.place, item.path)
    if (id !== null) named.push({ id, threshold: null, place: item.place })
    return id === null ? [] : [id]
  })
  return ids.length === items.length ? ids : null
}

function readSource(file: YamlFile, value: Value): { source: ExceptionSource; keys: ExceptionSource } | null {
  const problemsBefore = file.problems.count
  const entries = file.entries(value, SOURCE_KEYS)
  if (entries === null || file.problems.count > problemsBefore) return null
  if (entries.size === 0) {
    return file.fail(value.place, `${value.path} names no address; give at least one of ${SOURCE_KEYS.join(', ')}.`)
  }
  const source = { gt: null, host: null, realm: null, ip: null, opc: null } as Record<string, string | null>
  const keys = { ...source }
  let complete = true
  for (const { key, value: address } of entries.values()) {
    const text = file.text(address)
    const reading = text && SOURCE_READERS[key]?.(text.value)
    if (text && reading && 'wrong' in reading) file.fail(text.place, `${address.path}: ${reading.wrong}`)
    if (!reading || 'wrong' in reading) complete = false
    else {
      source[key] = reading.text
      keys[key] = reading.key
    }
  }
  return complete ? { source: source as ExceptionSource, keys: keys as ExceptionSource } : null
}

function required(
  file: YamlFile,
  value: Value,
  entries: ReadonlyMap<string, Entry>,
  key: string,
  what: string,
): Value | null {
  const entry = entries.get(key)
  return entry?.value ?? file.fail(value.place, `${value.path} has no ${key}; add "${key}:" with ${what}.`)
}
