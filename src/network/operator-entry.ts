import { IDENTIFIER_KINDS, type IdentifierKind, readCountry, readIdentifiers } from './identifier.ts'
import type { Located, Place } from './problem.ts'
import type { Entry, Value, YamlFile } from './yaml-file.ts'

/** One identifier of an operator; see `Reading` for `key`. `value` is how reports show it. */
export interface Identifier extends Located<string> {
  readonly kind: IdentifierKind
  readonly key: string
}

/** An operator as a network file or partner list describes it. */
export interface OperatorEntry {
  /** A hub carries the messages of many operators; its addresses are nobody's. */
  readonly role: 'home' | 'partner' | 'hub'
  readonly name: string
  /** ISO 3166-1 alpha-2; null where the file does not say. */
  readonly country: string | null
  readonly identifiers: readonly Identifier[]
  readonly place: Place
}

export const OPERATOR_KEYS = ['name', 'country', ...IDENTIFIER_KINDS] as const
/** A hub has no subscribers of its own. */
const HUB_KINDS = ['globalTitles', 'realms', 'hosts', 'pointCodes', 'ipRanges'] as const

/** The identifiers of one kind, as text. */
export function identifiersOf(entry: OperatorEntry, kind: IdentifierKind): readonly string[] {
  return entry.identifiers.filter((identifier) => identifier.kind === kind).map((identifier) => identifier.value)
}

/** Reads `home`, a partner or a hub. @returns null when it is not even a mapping with a name; every fault is in `file.problems`. */
export function readOperator(file: YamlFile, value: Value, role: OperatorEntry['role']): OperatorEntry | null {
  const kinds = role === 'hub' ? HUB_KINDS : IDENTIFIER_KINDS
  const entries = file.entries(value, ['name', 'country', ...kinds])
  if (entries === null) return null
  const identifiers = kinds.flatMap((kind) => readListed(file, entries.get(kind), kind))
  const country = readCountryOf(file, entries.get('country'))
  const name = entries.get('name')
  if (name === undefined) {
    return file.fail(value.place, `${value.path} has no name; add "name:" with the operator's name.`)
  }
  const text = file.text(name.value)
  return text && { role, name: text.value, country, identifiers, place: value.place }
}

function readListed(file: YamlFile, entry: Entry | undefined, kind: IdentifierKind): Identifier[] {
  if (entry === undefined) return []
  return file.items(entry.value).flatMap((item) => {
    const text = file.text(item)
    if (text === null) return []
    return readIdentifiers(kind, text.value).flatMap((reading) => {
      if ('wrong' in reading) {
        file.fail(text.place, `${item.path}: ${reading.wrong}`)
        return []
      }
      return [{ kind, value: reading.text, key: reading.key, place: text.place }]
    })
  })
}

function readCountryOf(file: YamlFile, entry: Entry | undefined): string | null {
  const text = entry && file.text(entry.value)
  if (!text) return null
  const reading = readCountry(text.value)
  return 'wrong' in reading ? file.fail(text.place, `${entry.value.path}: ${reading.wrong}`) : reading.text
}
