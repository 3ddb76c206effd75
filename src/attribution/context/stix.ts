import { LIMITS } from '../../limits.ts'
import type { ContextAccount } from './account.ts'
import { visitMembers } from './json-members.ts'
import { type ContextLabel, type PublicContext, shortened } from './public-context.ts'
import { asList, asRecord, firstText, type JsonRecord, parseRange, textOf } from './record.ts'
import { type PatternReading, readPattern } from './stix-pattern.ts'

/** Something that indicators point at, or an organisation. */
interface Named {
  readonly name: string | null
  readonly description: string | null
  readonly reference: string | null
  readonly by: string
}

/** What stands around indicators, gathered first: it may follow them in the bundle. */
interface Surroundings {
  readonly named: Map<string, Named>
  /** From an indicator to what it indicates. */
  readonly indicates: Map<string, string>
  readonly markings: Map<string, string>
}

/** The standard's own markings. Sources: STIX 2.1 §7.2.1.4; OASIS cti-stix-common-objects, TLP 2.0. */
const TLP: readonly (readonly [id: string, name: string])[] = [
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'TLP:WHITE'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'TLP:GREEN'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'TLP:AMBER'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'TLP:RED'],
  ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'TLP:CLEAR'],
  ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'TLP:GREEN'],
  ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'TLP:AMBER'],
  ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003', 'TLP:AMBER+STRICT'],
  ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'TLP:RED'],
]
/** Objects that only serve indicators: nothing of them is left out. */
const SERVING: ReadonlySet<string> = new Set([
  'relationship', 'identity', 'marking-definition', 'extension-definition', 'malware', 'tool', 'campaign', 'infrastructure',
  'intrusion-set', 'threat-actor', 'attack-pattern', 'report',
]) // biome-ignore format: one table
/** Things that an indicator may point at, and who may have made it. Beyond, they have no name. */
const MOST_NAMED = 65_536
const NAMES = LIMITS.contextNameCharacters
const NOTHING: PatternReading = { values: [], others: [], problem: null }

/**
 * Takes the indicators of a STIX bundle, each with what it indicates, who made it, and a reference.
 * Source: STIX 2.1 §4.7 (indicator), §5.1 (relationship), §8 (bundle).
 */
export function readBundle(bytes: Uint8Array, account: ContextAccount, context: PublicContext): void {
  const around: Surroundings = { named: new Map(), indicates: new Map(), markings: new Map(TLP) }
  visitObjects(bytes, (object) => gather(object, around))
  visitObjects(bytes, (object, place) => {
    if (object === null) account.refuse(place, 'it is not a JSON object in UTF-8 of at most 1 MiB')
    else if (textOf(object.type) === '') account.refuse(place, 'it has no type')
    else if (object.type === 'indicator') readIndicator(object, place, around, account, context)
    else if (!SERVING.has(textOf(object.type))) account.pass('objects other than indicators', wordOf(object.type))
  })
}

function visitObjects(bytes: Uint8Array, take: (object: JsonRecord | null, place: string) => void): void {
  visitMembers(bytes, (key, position, start, end) => {
    if (key === 'objects' && position > 0) take(asRecord(parseRange(bytes, start, end)), `object ${position}`)
  })
}

function gather(object: JsonRecord | null, { named, indicates, markings }: Surroundings): void {
  if (object === null || object.type === 'indicator') return
  if (object.type === 'relationship') {
    if (object.relationship_type !== 'indicates' || indicates.size >= LIMITS.contextStatements) return
    indicates.set(textOf(object.source_ref), textOf(object.target_ref))
    return
  }
  const id = textOf(object.id)
  if (object.type === 'marking-definition') {
    const tlp = textOf(asRecord(object.definition)?.tlp)
    const text = shortened(tlp === '' ? textOf(object.name) : `TLP:${tlp.toUpperCase()}`, NAMES)
    if (text !== null && markings.size < MOST_NAMED && !markings.has(id)) markings.set(id, text)
    return
  }
  if (named.size >= MOST_NAMED || !SERVING.has(textOf(object.type))) return
  named.set(id, {
    name: shortened(textOf(object.name), NAMES),
    description: shortened(textOf(object.description), LIMITS.contextSaidCharacters),
    reference: referenceOf(object),
    by: textOf(object.created_by_ref),
  })
}

function readIndicator(
  object: JsonRecord,
  place: string,
  around: Surroundings,
  account: ContextAccount,
  context: PublicContext,
): void {
  const type = textOf(object.pattern_type) || 'stix'
  const isReadable = object.revoked !== true && type === 'stix'
  const { values, others, problem } = isReadable ? readPattern(textOf(object.pattern)) : NOTHING
  if (object.revoked === true) account.pass('indicators', 'revoked by those who made them')
  else if (type !== 'stix') account.pass('indicators', `of type ${wordOf(type)}`)
  else if (problem !== null) account.refuse(place, problem)
  else if (values.length === 0) account.pass('indicators', `of ${pathOf(others[0] ?? '')}`)
  const label = labelOf(object, around, account.file)
  for (const { kind, value } of values)
    if (!context.add(kind, value, label, place)) account.refuse(place, `its value is no ${WORDS[kind]}`)
}

const WORDS = {
  domain: 'domain',
  host: 'web address with a host',
  ip: 'IP address or range',
  title: 'global title of 4 to 15 digits',
  'point-code': 'point code',
  name: 'name',
} as const

function labelOf(object: JsonRecord, { named, indicates, markings }: Surroundings, file: string): ContextLabel {
  const target = named.get(indicates.get(textOf(object.id)) ?? '')
  const maker = named.get(textOf(object.created_by_ref) || (target?.by ?? ''))
  const own = shortened(textOf(object.description), LIMITS.contextSaidCharacters)
  const marking = asList(object.object_marking_refs)
    .map((id) => markings.get(textOf(id)))
    .find((name) => name !== undefined)
  const [since, until] = [dayOf(object.valid_from), dayOf(object.valid_until)]
  return {
    form: 'indicator',
    said: own ?? target?.description ?? null,
    name: target?.name ?? shortened(textOf(object.name), NAMES),
    by: maker?.name ?? null,
    reference: referenceOf(object) ?? target?.reference ?? null,
    date: until === null ? since : `${since ?? ''} to ${until}`.trim(),
    marking: marking ?? null,
    file,
  }
}

function referenceOf(object: JsonRecord): string | null {
  return shortened(firstText(asList(object.external_references).map((row) => asRecord(row)?.url)), NAMES)
}

/** The day of a time; the hours of an indicator say nothing, and the same day makes the same label. */
function dayOf(value: unknown): string | null {
  const text = textOf(value)
  return shortened(/^\d{4}-\d\d-\d\dT/.test(text) ? text.slice(0, 10) : text, 40)
}

/** A type as it may be repeated in a sentence. */
function wordOf(value: unknown): string {
  const text = textOf(value)
  return /^[a-z0-9-]{1,40}$/.test(text) ? text : 'of an odd type'
}

function pathOf(path: string): string {
  return /^[a-z0-9-]{1,40}:[\w.]{1,40}/.exec(path)?.[0] ?? 'something odd'
}
