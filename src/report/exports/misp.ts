import type { Campaign } from '../../campaign/campaign.ts'
import { type Finding, type FindingSource, SEVERITIES, type Severity } from '../../finding/finding.ts'
import type { CaseReader } from '../case-reader.ts'
import { answerWord, name } from '../describe.ts'
import { formatDays } from '../words.ts'
import type { IntelligenceOptions } from './stix.ts'
import type { Observable } from './stix-addresses.ts'
import { uuidOf } from './stix-id.ts'
import { stixTime } from './stix-objects.ts'
import { type Survey, type SurveyedSource, surveyOf } from './stix-survey.ts'
import { campaignText, evidenceText, hideSubject, pseudonymsOf, sentence, text } from './stix-text.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'
import { techniqueOf } from './techniques.ts'

/** Templates of the objects written. Source: MISP/misp-objects, objects/NAME/definition.json. */
const TEMPLATES = {
  'ss7-attack': { uuid: 'f3493d8b-a7ab-48d0-a775-046c4d64d782', version: '5', category: 'network' },
  'diameter-attack': { uuid: 'a3fdce4c-8e21-4acc-ab8e-9976e9165a12', version: '2', category: 'network' },
  'gtp-attack': { uuid: '6b3c48d2-0ca6-4608-9c36-455105439145', version: '4', category: 'network' },
  annotation: { uuid: '5d8dc046-15a1-4ca3-a09f-ed4ede7c4487', version: '2', category: 'misc' },
} as const

type Template = keyof typeof TEMPLATES

/** MISP's threat levels: 1 high, 2 medium, 3 low, 4 undefined. */
const THREAT_LEVELS: Record<Severity, string> = { critical: '1', high: '1', medium: '2', low: '3', info: '4' }
/** Distribution: of the event to its own organisation only, until a person opens it; of its parts as of the event. */
const OWN_ORGANISATION = '0'
const AS_THE_EVENT = '5'
/** 1 is ongoing: nobody has looked at it yet. */
const ANALYSIS = '1'

/**
 * A case as one MISP event: each source address once as an attribute, each finding as an object of MISP's own templates
 * for signalling attacks, campaigns and their hypotheses as annotations. No attribute is for detection (`to_ids`): an
 * address of record serves innocent traffic too. The same case and options give the same text; memory has a bound.
 * Source: draft-dulaunoy-misp-core-format.
 */
export async function* renderMisp(reader: CaseReader, options: IntelligenceOptions = {}): AsyncGenerator<string> {
  const { facts } = reader
  const organization = options.organization ?? null
  const tlp = options.tlp ?? 'amber'
  const survey = await surveyOf(reader)
  const time = stixTime(facts.lastSeen)
  const caseKey = JSON.stringify([facts.program.version, facts.inputs.map((input) => [input.name, input.sha256])])
  const stamp = time === null ? '0' : String(Math.floor(Date.parse(time) / 1000))
  const head = {
    uuid: uuidOf('misp event', caseKey, organization ?? ''),
    info: I.caseName(formatDays(facts.firstSeen, facts.lastSeen)),
    date: (stixTime(facts.firstSeen) ?? '1970-01-01').slice(0, 10),
    timestamp: stamp,
    threat_level_id: await threatLevelOf(reader),
    analysis: ANALYSIS,
    distribution: OWN_ORGANISATION,
    published: false,
    Orgc: { name: name(organization ?? I.program), uuid: uuidOf('misp organisation', organization ?? '') },
    Tag: [`tlp:${tlp}`, ...techniqueTags(survey)].map((tag) => ({ name: tag })),
  }
  yield `{"Event":${JSON.stringify(head).slice(0, -1)},"Attribute":[\n`
  const maker = { event: head.uuid, stamp, minCount: options.minCount ?? 0 }
  const about = attribute(maker, 'text', 'Internal reference', text(I.caseText(facts, survey.unlisted)), 'case')
  yield JSON.stringify(about)
  for (const [key, source] of survey.sources) yield `,\n${JSON.stringify(sourceAttribute(maker, key, source))}`
  yield '\n],"Object":['
  let separator = '\n'
  for await (const finding of reader.findings()) {
    yield `${separator}${JSON.stringify(findingObject(maker, finding))}`
    separator = ',\n'
  }
  for (const detector of survey.detectors.values()) {
    if (detector.benign.size === 0) continue
    const lines = [I.benign(name(detector.id)), I.benignList([...detector.benign].map(sentence))]
    yield `${separator}${JSON.stringify(annotation(maker, ['benign', detector.id], lines.join('\n'), []))}`
    separator = ',\n'
  }
  for await (const campaign of reader.campaigns()) {
    for (const object of campaignObjects(maker, campaign)) {
      yield `${separator}${JSON.stringify(object)}`
      separator = ',\n'
    }
  }
  yield '\n]}}\n'
}

interface Maker {
  readonly event: string
  readonly stamp: string
  readonly minCount: number
}

interface MispAttribute {
  readonly uuid: string
  readonly type: string
  readonly category: string
  readonly value: string
  readonly to_ids: false
  readonly distribution: string
  readonly timestamp: string
  readonly comment: string
  readonly object_relation?: string
  readonly first_seen?: string
  readonly last_seen?: string
}

interface MispObject {
  readonly uuid: string
  readonly name: Template
  readonly 'meta-category': string
  readonly template_uuid: string
  readonly template_version: string
  readonly distribution: string
  readonly timestamp: string
  readonly comment: string
  readonly first_seen?: string
  readonly last_seen?: string
  readonly Attribute: readonly MispAttribute[]
  readonly ObjectReference: readonly {
    readonly uuid: string
    readonly object_uuid: string
    readonly referenced_uuid: string
    readonly relationship_type: string
  }[]
}

async function threatLevelOf(reader: CaseReader): Promise<string> {
  let worst: Severity = 'info'
  for await (const { severity } of reader.findings()) {
    if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(worst)) worst = severity
  }
  return THREAT_LEVELS[worst]
}

/** Tags of the galaxies that MISP ships; FiGHT's ids as plain tags. Source: MISP/misp-galaxy, gsma-motif and mitre-attack-pattern. */
function techniqueTags({ techniques }: Survey): string[] {
  return [...techniques.keys()].flatMap((id) => {
    const technique = techniqueOf(id)
    if (technique === null) return []
    if (technique.framework === 'gsma-motif') return [`misp-galaxy:gsma-motif="${technique.name}"`]
    if (technique.framework === 'mitre-attack') return [`misp-galaxy:mitre-attack-pattern="${technique.name} - ${id}"`]
    return [`mitre-fight:technique="${id}"`]
  })
}

function attribute(maker: Maker, type: string, category: string, value: string, ...parts: string[]): MispAttribute {
  return {
    uuid: uuidOf('misp attribute', maker.event, ...parts),
    type,
    category,
    value,
    to_ids: false,
    distribution: AS_THE_EVENT,
    timestamp: maker.stamp,
    comment: '',
  }
}

function sourceAttribute(maker: Maker, key: string, source: SurveyedSource): MispAttribute {
  const { operator, country, method, observable } = source
  const value = observable === null ? name(source.value) : String(observable.value)
  const [type, category] = typeOf(observable)
  const owner = [operator === null ? '' : name(operator), country ?? '', method === null ? '' : sentence(method)]
  return {
    ...attribute(maker, type, category, value, 'source', key),
    comment: [I.sourceAbout(source.findings), ...owner.filter((part) => part !== '')].join(' · '),
    ...seen(source.firstSeen, source.lastSeen),
  }
}

/** Type and category of MISP. What does not have the form that MISP asks of a type is text. */
function typeOf(observable: Observable | null): readonly [string, string] {
  const value = String(observable?.value)
  switch (observable?.type) {
    case 'global-title':
      return /^\d+$/.test(value) ? ['phone-number', 'Other'] : ['text', 'Other']
    case 'domain-name':
      return /\.[a-z0-9-]{2,30}$/.test(value) ? ['hostname', 'Network activity'] : ['text', 'Other']
    case 'ipv4-addr':
    case 'ipv6-addr':
      return ['ip-src', 'Network activity']
    default:
      return ['text', 'Other']
  }
}

function findingObject(maker: Maker, finding: Finding): MispObject {
  const { source, subject } = finding
  const template = templateOf(finding)
  const [imsi, msisdn] = [subject.imsi, subject.msisdn].map((identity) =>
    pseudonymsOf({ imsi: identity, msisdn: null }).at(0),
  )
  const why = sentence(hideSubject(I.why(finding.why, finding.title), subject))
  const rows: (readonly [relation: string, type: string, value: string | null | undefined])[] = [
    ...addressRows(template, source),
    ...(template === 'ss7-attack'
      ? ([
          ['MapImsi', 'text', imsi],
          ['MapMsisdn', 'text', msisdn],
        ] as const)
      : []),
    ...(template === 'diameter-attack' ? ([['Username', 'text', imsi]] as const) : []),
    ...(template === 'gtp-attack'
      ? ([
          ['GtpImsi', 'text', imsi],
          ['GtpMsisdn', 'text', msisdn],
        ] as const)
      : []),
    ...(template === 'annotation' ? [] : ([['first-seen', 'datetime', stixTime(finding.firstSeen)]] as const)),
    ['text', 'text', `${name(finding.detector)}: ${why}`],
  ]
  return {
    ...objectOf(maker, template, ['finding', finding.id], rows),
    comment: [
      name(finding.id),
      I.severity(finding.severity),
      I.answered(answerWord(finding.answered)),
      `${finding.count}×`,
      finding.techniques.map(name).join(' '),
      evidenceText(finding),
    ].join(' · '),
    ...seen(finding.firstSeen, finding.lastSeen),
  }
}

function templateOf({ source, class: findingClass }: Finding): Template {
  if (source.gt !== null) return 'ss7-attack'
  if (source.host !== null || source.realm !== null) return 'diameter-attack'
  if (findingClass === 'gtp' || source.ip !== null) return 'gtp-attack'
  return source.opc === null ? 'annotation' : 'ss7-attack'
}

function addressRows(template: Template, source: FindingSource): (readonly [string, string, string | null])[] {
  const { gt, host, realm, ip, opc, operator, country } = source
  if (template === 'ss7-attack') {
    return [
      ['SccpCgGT', 'text', shown(gt)],
      ['SccpCgGT-CountryISO2', 'text', gt === null ? null : shown(country)],
      ['SccpCgGT-OperatorName', 'text', gt === null ? null : shown(operator)],
      ['SccpCgPC', 'text', opc === null ? null : String(opc)],
    ]
  }
  if (template === 'diameter-attack')
    return [
      ['Origin-Host', 'text', shown(host)],
      ['Origin-Realm', 'text', shown(realm)],
    ]
  return template === 'gtp-attack' ? [['ipSrc', 'ip-src', shown(ip)]] : []
}

function campaignObjects(maker: Maker, campaign: Campaign): MispObject[] {
  const parts = ['campaign', campaign.id]
  const lines = [sentence(campaign.title), campaignText(campaign, maker.minCount)].join('\n')
  const findings = campaign.findings.map((id) => objectUuid(maker, ['finding', id]))
  return [
    { ...annotation(maker, parts, lines, findings), ...seen(campaign.firstSeen, campaign.lastSeen) },
    ...campaign.hypotheses.map((hypothesis) =>
      annotation(maker, [...parts, hypothesis.statement], text(I.hypothesisText(hypothesis)), [
        objectUuid(maker, parts),
      ]),
    ),
  ]
}

function annotation(maker: Maker, parts: readonly string[], words: string, about: readonly string[]): MispObject {
  const uuid = objectUuid(maker, parts)
  return {
    ...objectOf(maker, 'annotation', parts, [
      ['text', 'text', words],
      ['type', 'text', 'Annotation'],
    ]),
    ObjectReference: about.map((referenced) => ({
      uuid: uuidOf('misp reference', uuid, referenced),
      object_uuid: uuid,
      referenced_uuid: referenced,
      relationship_type: 'annotates',
    })),
  }
}

function objectOf(
  maker: Maker,
  template: Template,
  parts: readonly string[],
  rows: readonly (readonly [string, string, string | null | undefined])[],
): MispObject {
  const { uuid, version, category } = TEMPLATES[template]
  return {
    uuid: objectUuid(maker, parts),
    name: template,
    'meta-category': category,
    template_uuid: uuid,
    template_version: version,
    distribution: AS_THE_EVENT,
    timestamp: maker.stamp,
    comment: '',
    Attribute: rows.flatMap(([relation, type, value]) => {
      if (value === null || value === undefined) return []
      const group = type === 'ip-src' ? 'Network activity' : 'Other'
      return [{ ...attribute(maker, type, group, value, ...parts, relation), object_relation: relation }]
    }),
    ObjectReference: [],
  }
}

function objectUuid(maker: Maker, parts: readonly string[]): string {
  return uuidOf('misp object', maker.event, ...parts)
}

function shown(value: string | null): string | null {
  return value === null ? null : name(value)
}

function seen(firstSeen: string, lastSeen: string): { readonly first_seen?: string; readonly last_seen?: string } {
  const [first, last] = [stixTime(firstSeen), stixTime(lastSeen)]
  if (first === null || last === null) return {}
  return { first_seen: first <= last ? first : last, last_seen: first <= last ? last : first }
}
