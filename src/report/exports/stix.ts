import type { Case } from '../../finding/case.ts'
import type { CaseReader } from '../case-reader.ts'
import { name } from '../describe.ts'
import {
  type Block,
  blockId,
  blockObjects,
  blocksOf,
  POINT_CODE_RANGE_EXTENSION,
  TITLE_RANGE_EXTENSION,
} from './stix-blocks.ts'
import { objectId, uuidOf } from './stix-id.ts'
import { type TlpLevel, tlpMarking } from './stix-marking.ts'
import {
  benignNote,
  campaignGrouping,
  campaignObject,
  countryObject,
  detectorObject,
  extensionDefinition,
  GLOBAL_TITLE_EXTENSION,
  hypothesisNote,
  observableObject,
  observedData,
  operatorObject,
  ownId,
  POINT_CODE_EXTENSION,
  type Publisher,
  relation,
  reportObject,
  SHARED_CREATED,
  SHARED_MODIFIED,
  type StixObject,
  sightingObject,
  sourceObject,
  sourceRelations,
  stixTime,
  techniqueObject,
  toMilliseconds,
} from './stix-objects.ts'
import { type Survey, surveyKey, surveyOf } from './stix-survey.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'

export interface IntelligenceOptions {
  /** How far the export may travel; `amber` unless told. */
  readonly tlp?: TlpLevel
  /** Who publishes it, and whose network was captured; unnamed unless told. */
  readonly organization?: string | null
  /** Counts of campaigns under it, but above 0, are not told; 0 unless told. */
  readonly minCount?: number
}

/**
 * A case as a STIX 2.1 bundle, one object a line. Identities of subscribers are left out, but for pseudonyms of a
 * pseudonymised case. The same case and options give the same text; memory has a bound, whatever the number of findings.
 * Source: OASIS STIX 2.1.
 */
export async function* renderStix(reader: CaseReader, options: IntelligenceOptions = {}): AsyncGenerator<string> {
  const { facts } = reader
  const organization = options.organization ?? null
  const tlp = options.tlp ?? 'amber'
  const caseKey = keyOf(facts)
  const survey = await surveyOf(reader)
  const blocks = blocksOf(survey)
  const { publisher, fixed } = publisherOf(facts, organization, tlp, options.minCount ?? 0, caseKey)
  yield `{"type":"bundle","id":"bundle--${uuidOf('bundle', caseKey, tlp, organization ?? '')}","objects":[\n`
  let separator = ''
  const line = (object: StixObject): string => {
    const written = `${separator}${JSON.stringify(object)}`
    separator = ',\n'
    return written
  }
  for (const object of fixed) yield line(object)
  for (const object of surveyObjects(publisher, survey, blocks)) yield line(object)
  for await (const object of caseObjects(publisher, survey, blocks, reader)) yield line(object)
  // written by hand: it names all that went before, which no variable holds
  const report = JSON.stringify(reportObject(publisher, facts, survey, caseKey))
  yield `${separator}${report.slice(0, -1)},"object_refs":["${publisher.observer}"`
  for (const { id } of surveyObjects(publisher, survey, blocks)) yield `,"${id}"`
  for await (const { id } of caseObjects(publisher, survey, blocks, reader)) yield `,"${id}"`
  yield ']}\n]}\n'
}

/** Identities of the program and the observer, markings and extension definitions. */
function publisherOf(
  facts: Case,
  organization: string | null,
  tlp: TlpLevel,
  minCount: number,
  caseKey: string,
): { readonly publisher: Publisher; readonly fixed: readonly StixObject[] } {
  const program = objectId('identity', 'telltale')
  const observer =
    organization === null
      ? objectId('identity', 'unnamed observer', caseKey)
      : objectId('identity', 'organization', organization)
  const author = organization === null ? program : observer
  const marking = tlpMarking(tlp)
  const statementId = objectId('marking-definition', 'statement')
  const time = stixTime(facts.lastSeen) ?? SHARED_CREATED
  const markings = [marking.id, statementId]
  const publisher = { author, observer, markings, caseTime: toMilliseconds(time), minCount }
  const head = { spec_version: '2.1', created: SHARED_CREATED, modified: SHARED_MODIFIED }
  return {
    publisher,
    fixed: [
      { ...marking },
      {
        type: 'marking-definition',
        spec_version: '2.1',
        id: statementId,
        created_by_ref: program,
        created: SHARED_CREATED,
        definition_type: 'statement',
        definition: { statement: I.statement },
      },
      {
        type: 'identity',
        id: program,
        ...head,
        name: I.program,
        description: I.programAbout,
        identity_class: 'system',
      },
      {
        type: 'identity',
        id: observer,
        ...head,
        name: organization === null ? I.unnamedNetwork : name(organization),
        description: I.observer,
        identity_class: 'organization',
        sectors: ['telecommunications'],
      },
      extensionDefinition(GLOBAL_TITLE_EXTENSION, 'global-title', I.globalTitle, program),
      extensionDefinition(POINT_CODE_EXTENSION, 'signalling-point-code', I.pointCode, program),
      extensionDefinition(TITLE_RANGE_EXTENSION, 'global-title-range', I.titleRangeText, program),
      extensionDefinition(POINT_CODE_RANGE_EXTENSION, 'signalling-point-code-range', I.pointCodeRangeText, program),
    ],
  }
}

/** What findings and campaigns share, each once. */
function* surveyObjects(publisher: Publisher, survey: Survey, blocks: readonly Block[]): Generator<StixObject> {
  const written = new Set<string>()
  for (const id of survey.techniques.keys()) {
    const object = techniqueObject(publisher, id)
    if (object !== null) yield object
  }
  for (const detector of survey.detectors.values()) {
    if (detector.hasUnnamed) yield detectorObject(publisher, detector)
    const note = benignNote(publisher, detector)
    if (note !== null) yield note
  }
  for (const observable of survey.observables.values()) yield observableObject(publisher, observable)
  for (const [key, source] of survey.sources) {
    const { operator, country } = source
    if (operator !== null && !written.has(`operator ${operator}`)) {
      written.add(`operator ${operator}`)
      yield operatorObject(publisher, operator)
    }
    if (country !== null && !written.has(country)) {
      written.add(country)
      yield countryObject(publisher, country)
    }
    yield sourceObject(publisher, key, source)
    yield* sourceRelations(publisher, key, source)
  }
  for (const block of blocks) yield* blockObjects(publisher, survey, block)
}

/** Findings and campaigns as they come. */
async function* caseObjects(
  publisher: Publisher,
  survey: Survey,
  blocks: readonly Block[],
  reader: CaseReader,
): AsyncGenerator<StixObject> {
  for await (const finding of reader.findings()) {
    const observed = observedData(publisher, survey, finding)
    if (observed !== null) yield observed
    const sighting = sightingObject(publisher, survey, finding, observed)
    if (sighting !== null) yield sighting
  }
  for await (const campaign of reader.campaigns()) {
    yield campaignObject(publisher, campaign)
    const keys = new Set(campaign.members.map(({ source }) => surveyKey(source)))
    const sources = [...keys].flatMap((key) =>
      key !== null && survey.sources.has(key) ? [ownId(publisher, 'infrastructure', key)] : [],
    )
    const id = ownId(publisher, 'campaign', campaign.id)
    for (const source of sources) yield relation(publisher, 'uses', id, source, null)
    for (const block of blocks) {
      const members = block.sources.filter((key) => keys.has(key)).length
      if (members > 1) yield relation(publisher, 'uses', id, blockId(publisher, block), I.blockUse(members))
    }
    yield campaignGrouping(publisher, campaign, sources)
    for (const hypothesis of campaign.hypotheses) yield hypothesisNote(publisher, campaign, hypothesis)
  }
}

/** What tells one case from another: the captures by their hashes, and who read them. */
function keyOf({ program, inputs, firstSeen, lastSeen }: Case): string {
  return JSON.stringify([program.version, inputs.map((input) => [input.name, input.sha256]), firstSeen, lastSeen])
}
