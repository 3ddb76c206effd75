import type { Campaign, Hypothesis } from '../../campaign/campaign.ts'
import type { Case } from '../../finding/case.ts'
import type { Finding } from '../../finding/finding.ts'
import { addressText, answerWord, name } from '../describe.ts'
import { formatCountry, formatDays, WORDS } from '../words.ts'
import { ADDRESS_KINDS, type Observable, observableOf } from './stix-addresses.ts'
import { objectId } from './stix-id.ts'
import type { Survey, SurveyedDetector, SurveyedSource } from './stix-survey.ts'
import { campaignText, evidenceText, hideSubject, pseudonymsOf, sentence, text } from './stix-text.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'
import { techniqueOf } from './techniques.ts'

/** A STIX object: plain JSON. */
export type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string }

/** Who publishes a bundle, and how it is marked. */
export interface Publisher {
  /** Id of the identity that the objects are by. */
  readonly author: string
  /** Id of the identity that saw the messages. */
  readonly observer: string
  readonly markings: readonly string[]
  /** Time of the case, for objects that it alone has: ISO 8601, ms. */
  readonly caseTime: string
  /** Counts of campaigns under it are not told. */
  readonly minCount: number
}

/** Objects that many cases name have one time of creation, so that the same id is always the same object. */
export const SHARED_CREATED = '1970-01-01T00:00:00.000Z'
/** To be raised when the words or tables behind those objects change. */
export const SHARED_MODIFIED = '2026-11-21T00:00:00.000Z'
/** Source: STIX 2.1 §4.14.1, §5.2.1. */
const LARGEST_COUNT = 999_999_999

export const GLOBAL_TITLE_EXTENSION = 'extension-definition--fc43bf9c-0424-556d-9109-b4f69af36db8'
export const POINT_CODE_EXTENSION = 'extension-definition--fdd71aac-9d07-5a0f-8dae-e0d8970a9884'

/** Id of an object of this publisher that `parts` name: two publishers never give one id to two objects. */
export function ownId({ author }: Publisher, type: string, ...parts: readonly string[]): string {
  return objectId(type, author, ...parts)
}

export function extensionDefinition(id: string, title: string, schema: string, author: string): StixObject {
  return {
    type: 'extension-definition',
    spec_version: '2.1',
    id,
    created_by_ref: author,
    created: SHARED_CREATED,
    modified: SHARED_MODIFIED,
    name: title,
    description: schema,
    schema,
    version: '1.0.0',
    extension_types: ['new-sco'],
  }
}

export function observableObject({ markings }: Publisher, { type, id, value }: Observable): StixObject {
  const extension = type === 'global-title' ? GLOBAL_TITLE_EXTENSION : POINT_CODE_EXTENSION
  const isOurs = type === 'global-title' || type === 'signalling-point-code'
  const object = { type, spec_version: '2.1', id, value, object_marking_refs: markings }
  return isOurs ? { ...object, extensions: { [extension]: { extension_type: 'new-sco' } } } : object
}

export function techniqueObject(publisher: Publisher, id: string): StixObject | null {
  const technique = techniqueOf(id)
  if (technique === null) return null
  const { framework, name: title, tactics, url } = technique
  return shared(publisher, 'attack-pattern', [framework, id], {
    name: title,
    ...(tactics.length === 0
      ? {}
      : {
          kill_chain_phases: tactics.map((phase) => ({
            kill_chain_name: framework === 'mitre-attack' ? 'mitre-mobile-attack' : framework,
            phase_name: phase,
          })),
        }),
    external_references: [{ source_name: framework, external_id: id, url }],
  })
}

/** Stands for a rule whose findings name no technique of a catalogue. */
export function detectorObject(publisher: Publisher, { id, title }: SurveyedDetector): StixObject {
  return shared(publisher, 'attack-pattern', ['telltale', id], {
    name: sentence(title),
    external_references: [{ source_name: 'telltale', external_id: name(id) }],
  })
}

export function operatorObject(publisher: Publisher, operator: string): StixObject {
  return shared(publisher, 'identity', ['operator', operator], {
    name: name(operator),
    description: I.operator,
    identity_class: 'organization',
    sectors: ['telecommunications'],
  })
}

export function countryObject(publisher: Publisher, country: string): StixObject {
  return shared(publisher, 'location', [country], { name: formatCountry(country), country })
}

export function sourceObject(publisher: Publisher, key: string, source: SurveyedSource): StixObject {
  const method = source.method === null ? '' : ` ${I.recordedBy(sentence(source.method))}`
  return sourceInfrastructure(publisher, [key], {
    name: I.source(WORDS.address[source.kind], name(source.value)),
    description: `${I.sourceAbout(source.findings)}${source.operator === null ? '' : method}`,
    firstSeen: source.firstSeen,
    lastSeen: source.lastSeen,
  })
}

/** An infrastructure of sources, last modified when it was last seen. */
export function sourceInfrastructure(
  publisher: Publisher,
  parts: readonly string[],
  about: {
    readonly name: string
    readonly description: string
    readonly firstSeen: string
    readonly lastSeen: string
  },
): StixObject {
  const first = stixTime(about.firstSeen)
  const last = stixTime(about.lastSeen)
  return own(publisher, 'infrastructure', parts, SHARED_CREATED, last ?? SHARED_CREATED, {
    name: about.name,
    description: about.description,
    infrastructure_types: ['unknown'],
    ...(first === null ? {} : { first_seen: first }),
    ...(last === null ? {} : { last_seen: last }),
  })
}

/** What a source is made of, where its address is and whose it is by record, and what findings about it name. */
export function* sourceRelations(publisher: Publisher, key: string, source: SurveyedSource): Generator<StixObject> {
  const id = ownId(publisher, 'infrastructure', key)
  const method = sentence(source.method ?? I.unnamedMethod)
  if (source.observable !== null) yield relation(publisher, 'consists-of', id, source.observable.id, null)
  if (source.country !== null) {
    yield relation(publisher, 'located-at', id, ownId(publisher, 'location', source.country), I.countryBy(method))
  }
  if (source.operator !== null) {
    const operator = ownId(publisher, 'identity', 'operator', source.operator)
    yield relation(publisher, 'related-to', id, operator, I.recordedBy(method))
  }
  for (const technique of source.techniques) {
    const pattern = techniqueId(publisher, technique)
    if (pattern !== null) yield relation(publisher, 'related-to', id, pattern, I.namedWith)
  }
}

export function relation(publisher: Publisher, type: string, from: string, to: string, why: string | null): StixObject {
  return shared(publisher, 'relationship', [type, from, to], {
    relationship_type: type,
    ...(why === null ? {} : { description: why }),
    source_ref: from,
    target_ref: to,
  })
}

/** The note of what else may explain the findings of a rule; null where the rule names nothing. */
export function benignNote(publisher: Publisher, detector: SurveyedDetector): StixObject | null {
  if (detector.benign.size === 0) return null
  const title = I.benign(name(detector.id))
  return own(publisher, 'note', ['benign', publisher.caseTime, detector.id], publisher.caseTime, publisher.caseTime, {
    abstract: title,
    content: I.benignList([...detector.benign].map(sentence)),
    object_refs: patternsOf(publisher, detector),
  })
}

/** Attack patterns of a rule: the techniques its findings name, or else the rule itself. */
export function patternsOf(publisher: Publisher, detector: SurveyedDetector): string[] {
  const named = [...detector.techniques].flatMap((id) => techniqueId(publisher, id) ?? [])
  return named.length === 0 ? [ownId(publisher, 'attack-pattern', 'telltale', detector.id)] : named
}

/** What a finding saw: its addresses, as far as the survey lists them; null where it lists none. */
export function observedData(publisher: Publisher, survey: Survey, finding: Finding): StixObject | null {
  const refs = ADDRESS_KINDS.flatMap((kind) => {
    const observable = observableOf(finding.source, kind)
    return observable !== null && survey.observables.has(observable.id) ? [observable.id] : []
  })
  if (refs.length === 0) return null
  const { first, last } = rangeOf(publisher, finding.firstSeen, finding.lastSeen)
  return own(publisher, 'observed-data', [finding.id], toMilliseconds(first), toMilliseconds(last), {
    first_observed: first,
    last_observed: last,
    number_observed: Math.min(Math.max(finding.count, 1), LARGEST_COUNT),
    object_refs: [...new Set(refs)],
  })
}

/** A finding: its first technique, seen in the observer's network, with `observedData`; null where the survey had no room for its rule. */
export function sightingObject(
  publisher: Publisher,
  survey: Survey,
  finding: Finding,
  observed: StixObject | null,
): StixObject | null {
  const pattern = patternOf(publisher, survey, finding)
  if (pattern === null) return null
  const { first, last } = rangeOf(publisher, finding.firstSeen, finding.lastSeen)
  const pseudonyms = pseudonymsOf(finding.subject)
  const isListed = observed !== null
  return own(publisher, 'sighting', [finding.id], toMilliseconds(first), toMilliseconds(last), {
    description: [
      sentence(hideSubject(I.why(finding.why, finding.title), finding.subject)),
      ...(isListed ? [] : [I.sourceLeftOut(addressText(finding.source))]),
      ...(pseudonyms.length === 0 ? [] : [I.subject(pseudonyms)]),
    ].join(' '),
    first_seen: first,
    last_seen: last,
    count: Math.min(Math.max(finding.count, 0), LARGEST_COUNT),
    sighting_of_ref: pattern,
    ...(isListed ? { observed_data_refs: [observed.id] } : {}),
    where_sighted_refs: [publisher.observer],
    confidence: percent(finding.confidence),
    labels: [
      name(finding.detector),
      finding.class,
      I.severity(finding.severity),
      I.answered(answerWord(finding.answered)),
    ],
    external_references: [
      { source_name: 'telltale', external_id: name(finding.id), description: evidenceText(finding) },
    ],
  })
}

function patternOf(publisher: Publisher, survey: Survey, finding: Finding): string | null {
  const known = finding.techniques.find((id) => survey.techniques.has(id))
  if (known !== undefined) return techniqueId(publisher, known)
  const isListed = survey.detectors.get(finding.detector)?.hasUnnamed === true
  return isListed ? ownId(publisher, 'attack-pattern', 'telltale', finding.detector) : null
}

export function campaignObject(publisher: Publisher, campaign: Campaign): StixObject {
  const { first, last } = rangeOf(publisher, campaign.firstSeen, campaign.lastSeen)
  return own(publisher, 'campaign', [campaign.id], toMilliseconds(first), toMilliseconds(last), {
    name: sentence(campaign.title),
    description: campaignText(campaign, publisher.minCount),
    first_seen: first,
    last_seen: last,
    confidence: percent(campaign.confidence),
    labels: [campaign.class, campaign.scale],
    external_references: [{ source_name: 'telltale', external_id: name(campaign.id) }],
  })
}

/** A campaign with its source addresses and the sightings of its findings. */
export function campaignGrouping(publisher: Publisher, campaign: Campaign, sources: readonly string[]): StixObject {
  const { first, last } = rangeOf(publisher, campaign.firstSeen, campaign.lastSeen)
  return own(publisher, 'grouping', [campaign.id], toMilliseconds(first), toMilliseconds(last), {
    name: sentence(I.campaignMembers(campaign.title)),
    context: 'suspicious-activity',
    object_refs: [
      ...new Set([
        ownId(publisher, 'campaign', campaign.id),
        ...sources,
        ...campaign.findings.map((id) => ownId(publisher, 'sighting', id)),
      ]),
    ],
  })
}

export function hypothesisNote(publisher: Publisher, campaign: Campaign, hypothesis: Hypothesis): StixObject {
  const { first, last } = rangeOf(publisher, campaign.firstSeen, campaign.lastSeen)
  const parts = ['hypothesis', campaign.id, hypothesis.statement]
  return own(publisher, 'note', parts, toMilliseconds(first), toMilliseconds(last), {
    abstract: sentence(I.hypothesis(hypothesis.statement)),
    content: text(I.hypothesisText(hypothesis)),
    object_refs: [ownId(publisher, 'campaign', campaign.id)],
    confidence: percent(hypothesis.weight),
    labels: ['hypothesis'],
  })
}

/** The report of a case but for its `object_refs`, which are written as they come. */
export function reportObject(publisher: Publisher, facts: Case, survey: Survey, caseKey: string): StixObject {
  return own(publisher, 'report', [caseKey], publisher.caseTime, publisher.caseTime, {
    name: I.caseName(formatDays(facts.firstSeen, facts.lastSeen)),
    description: text(I.caseText(facts, survey.unlisted)),
    report_types: ['observed-data'],
    published: publisher.caseTime,
    external_references: [
      { source_name: 'telltale', external_id: `${facts.program.name} ${name(facts.program.version)}` },
      ...facts.inputs.map(({ name: file, packets, sha256 }) => ({
        source_name: 'capture',
        external_id: name(file),
        description: I.captureHash(packets),
        ...(sha256 !== null && /^[0-9a-f]{64}$/.test(sha256) ? { hashes: { 'SHA-256': sha256 } } : {}),
      })),
    ],
  })
}

/** A time of the case as STIX writes it; null for text that is none. */
export function stixTime(iso: string | null): string | null {
  return iso !== null && /^\d{4}-(0[1-9]|1[0-2])-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/.test(iso)
    ? iso
    : null
}

/** The same with milliseconds, as `created` and `modified` must be; cut, never rounded up. */
export function toMilliseconds(time: string): string {
  return `${time.slice(0, 19)}.${time.slice(20, -1).slice(0, 3).padEnd(3, '0')}Z`
}

function rangeOf(publisher: Publisher, firstSeen: string, lastSeen: string): { first: string; last: string } {
  const first = stixTime(firstSeen) ?? stixTime(lastSeen) ?? publisher.caseTime
  const last = stixTime(lastSeen) ?? first
  return first <= last ? { first, last } : { first: last, last: first }
}

function techniqueId(publisher: Publisher, id: string): string | null {
  const technique = techniqueOf(id)
  return technique === null ? null : ownId(publisher, 'attack-pattern', technique.framework, id)
}

function percent(share: number): number {
  return Math.round(Math.min(Math.max(share, 0), 1) * 100)
}

type Rest = Readonly<Record<string, unknown>>

function shared(publisher: Publisher, type: string, parts: readonly string[], rest: Rest): StixObject {
  return own(publisher, type, parts, SHARED_CREATED, SHARED_MODIFIED, rest)
}

function own(
  publisher: Publisher,
  type: string,
  parts: readonly string[],
  created: string,
  modified: string,
  rest: Rest,
): StixObject {
  const id = ownId(publisher, type, ...parts)
  const head = {
    type,
    spec_version: '2.1',
    id,
    created_by_ref: publisher.author,
    created,
    modified: toMilliseconds(modified),
  }
  return { ...head, ...rest, object_marking_refs: publisher.markings }
}
