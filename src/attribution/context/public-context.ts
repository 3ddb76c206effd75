import { LIMITS } from '../../limits.ts'
import type { Vote, VoteKind } from '../source-facts.ts'
import { type ContextKind, keysOf, keysOfDomain, keysOfIp, keysOfTitle } from './values.ts'

/** What kind of a thing a statement is: an indicator of STIX, an entry of a MISP cluster or list, a row of a table. */
export type ContextForm = 'indicator' | 'cluster' | 'list' | 'row'

/** What was said and by whom; texts as they stand in the file, shortened. */
export interface ContextLabel {
  readonly form: ContextForm
  /** The words used; null where there are none. */
  readonly said: string | null
  /** What the file's object is called: a malware, an entry, a list. */
  readonly name: string | null
  /** Who said it, where the file tells. */
  readonly by: string | null
  /** Where it was said, where the file tells. */
  readonly reference: string | null
  /** When, as written there. */
  readonly date: string | null
  /** How far it may be passed on, as written there: `TLP:AMBER`. */
  readonly marking: string | null
  /** Name of the file, without its folder. */
  readonly file: string
}

/** Somebody said so of an identifier of a source. Shown with its source; no weight, no confidence is made of it. */
export interface Statement extends ContextLabel {
  /** Which identifier of the source; `operator` is the name of a network that its addresses are of record for. */
  readonly about: VoteKind | 'operator'
  readonly identifier: string
  /** What was spoken of: the identifier itself, its beginning, a range or a domain above it. */
  readonly value: string
  /** Where it stands in the file: `line 3`, `objects 17`. */
  readonly place: string
}

/** Statements of one source: the first, and how many there are. */
export interface Statements {
  readonly statements: readonly Statement[]
  readonly statementCount: number
}

/** Labels remembered to find that the next statement has the same. */
const RECENT_LABELS = 1_024
const ABOUT: Readonly<Record<VoteKind, 'title' | 'domain' | 'ip' | 'point-code' | null>> = {
  'sccp-title': 'title',
  'claimed-address': 'title',
  'point-code': 'point-code',
  link: null,
  'origin-host': 'domain',
  'origin-realm': 'domain',
  'route-record': 'domain',
  ip: 'ip',
}

/** What others said, by what they said it of. A million statements of the usual kind take some 250 MB. */
export class PublicContext {
  /** First row of a key; further ones follow in `following`. */
  private readonly rows = new Map<string, number>()
  private readonly following: number[] = []
  /** Statements of a key, where there are several; beyond LIMITS.contextMatches they are only counted. */
  private readonly repeats = new Map<string, number>()
  private readonly labels: ContextLabel[] = []
  private readonly values: string[] = []
  private readonly places: string[] = []
  private readonly ipLengths = new Set<number>()
  private recent = new Map<string, ContextLabel>()
  private longestTitle = 0
  private characters = 0
  /** Statements held, and those beyond LIMITS.contextStatements or LIMITS.contextCharacters. */
  size = 0
  dropped = 0

  /** Takes a statement. @returns false where the value is none of its kind; then it is not kept. */
  add(kind: ContextKind, value: string, label: ContextLabel, place: string): boolean {
    const keys = keysOf(kind, value)
    if (keys === null) return false
    const shown = clip(value.trim(), LIMITS.contextNameCharacters)
    const known = this.labelOf(label)
    this.characters += shown.length + place.length + (known === label ? charactersOf(label) : 0)
    for (const key of keys) {
      this.characters += key.length
      if (this.labels.length >= LIMITS.contextStatements || this.characters > LIMITS.contextCharacters) {
        this.dropped++
        return true
      }
      const before = this.rows.get(key)
      if (before !== undefined) {
        const count = (this.repeats.get(key) ?? 1) + 1
        this.repeats.set(key, count)
        if (count > LIMITS.contextMatches) continue
      }
      this.rows.set(key, this.labels.push(known) - 1)
      this.values.push(shown)
      this.places.push(place)
      this.following.push(before ?? -1)
      if (kind === 'title') this.longestTitle = Math.max(this.longestTitle, key.length - 'title:'.length)
      if (kind === 'ip') this.ipLengths.add(key.length - 'ip:'.length)
    }
    this.size++
    return true
  }

  /** What was said of the identifiers of one source, in the order of its votes and then of the files; each once. */
  match(votes: readonly Pick<Vote, 'kind' | 'identifier' | 'operator'>[]): Statements {
    const seen = new Set<string>()
    const statements: Statement[] = []
    let statementCount = 0
    const take = (about: Statement['about'], identifier: string, keys: readonly string[]): void => {
      for (const key of keys) statementCount += Math.max(0, (this.repeats.get(key) ?? 0) - LIMITS.contextMatches)
      for (const row of this.rowsOf(keys)) {
        const label = this.labels[row]
        const value = this.values[row] ?? ''
        if (label === undefined) continue
        const same = `${value}\n${label.file}\n${label.name}\n${label.said}\n${label.by}\n${label.date}`
        if (seen.has(same)) continue
        seen.add(same)
        statementCount++
        if (statements.length < LIMITS.contextMatches)
          statements.push({ about, identifier, value, ...label, place: this.places[row] ?? '' })
      }
    }
    if (this.size === 0) return { statements, statementCount }
    for (const { kind, identifier } of votes) take(kind, identifier, this.keysOf(kind, identifier))
    for (const operator of new Set(votes.map((vote) => vote.operator)))
      if (operator !== null) take('operator', operator, keysOf('name', operator) ?? [])
    return { statements, statementCount }
  }

  private keysOf(kind: VoteKind, identifier: string): readonly string[] {
    const about = ABOUT[kind]
    if (about === 'title') return keysOfTitle(identifier, this.longestTitle)
    if (about === 'domain') return keysOfDomain(identifier)
    if (about === 'ip') return keysOfIp(identifier, this.ipLengths)
    return about === null ? [] : [`${about}:${identifier}`]
  }

  /** Rows of keys in the order in which they were added. */
  private rowsOf(keys: readonly string[]): number[] {
    const found: number[] = []
    for (const key of keys)
      for (let row = this.rows.get(key) ?? -1; row >= 0; row = this.following[row] ?? -1) found.push(row)
    return found.sort((a, b) => a - b)
  }

  /** The label itself, or an equal one that is held already: most statements of a file differ in their value only. */
  private labelOf(label: ContextLabel): ContextLabel {
    const key = JSON.stringify(label)
    const known = this.recent.get(key)
    if (known !== undefined) return known
    if (this.recent.size >= RECENT_LABELS) this.recent = new Map()
    this.recent.set(key, label)
    return label
  }
}

/** `text` cut to a number of characters, the last of them `…` when something was cut; null for none. */
export function shortened(text: string, characters: number): string | null {
  const one = text.replace(/\s+/g, ' ').trim()
  return one === '' ? null : clip(one, characters)
}

function clip(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).toWellFormed()}…`
}

function charactersOf({ said, name, by, reference, date, marking, file }: ContextLabel): number {
  return [said, name, by, reference, date, marking, file].reduce((sum, text) => sum + (text?.length ?? 0), 0)
}
