import { isIP } from 'node:net'
import type { Campaign } from '../../campaign/campaign.ts'
import type { ObservedSource } from '../../campaign/observation.ts'
import type { Case } from '../../finding/case.ts'
import type { Finding, Severity } from '../../finding/finding.ts'
import { LIMITS } from '../../limits.ts'
import { maskImsi, maskMsisdn } from '../../numbering/mask.ts'
import type { CaseReader } from '../case-reader.ts'
import { primaryAddress } from '../tally.ts'
import { countOrNull, type ExportOptions } from './options.ts'
import { hideSubject } from './stix-text.ts'
import { techniqueOf } from './techniques.ts'

/** Version of the schema whose fields are used. Source: Elastic Common Schema 8.17, field reference. */
const ECS_VERSION = '8.17.0'
/** `event.severity`, as Elastic's own detection rules number it. */
const SEVERITY: Readonly<Record<Severity, number>> = { info: 1, low: 21, medium: 47, high: 73, critical: 99 }
const CATEGORY = ['network', 'intrusion_detection']

/**
 * Findings, then campaigns, each as a line of JSON in the Elastic Common Schema; what the schema has no field for stands
 * under `telecom`. docs/exports.md has the mapping. Source: Elastic Common Schema 8.17.
 */
export async function* renderEcs(reader: CaseReader, options: ExportOptions): AsyncGenerator<string> {
  for await (const finding of reader.findings()) {
    yield `${JSON.stringify(findingDocument(finding, reader.facts, options))}\n`
  }
  for await (const campaign of reader.campaigns()) {
    yield `${JSON.stringify(campaignDocument(campaign, reader.facts, options))}\n`
  }
}

function findingDocument(finding: Finding, facts: Case, options: ExportOptions): object {
  const { source, subject } = finding
  const { imsi, msisdn } = subject
  return {
    '@timestamp': finding.lastSeen,
    ecs: { version: ECS_VERSION },
    message: options.reveal ? finding.why : hideSubject(finding.why, subject),
    event: {
      kind: 'alert',
      category: CATEGORY,
      type: ['info'],
      module: 'telltale',
      dataset: 'telltale.finding',
      id: finding.id,
      code: finding.detector,
      severity: SEVERITY[finding.severity],
      outcome: finding.answered === null ? 'unknown' : finding.answered ? 'success' : 'failure',
      start: finding.firstSeen,
      end: finding.lastSeen,
    },
    rule: {
      id: finding.detector,
      name: finding.title,
      version: String(finding.version),
      category: finding.class,
      ruleset: 'telltale',
    },
    ...threatOf(finding.techniques),
    ...observerOf(facts),
    ...sourceOf(source),
    tags: ['telltale', finding.class],
    telecom: {
      source,
      subject: options.reveal
        ? subject
        : { imsi: imsi === null ? null : maskImsi(imsi), msisdn: msisdn === null ? null : maskMsisdn(msisdn) },
      severity: finding.severity,
      confidence: finding.confidence,
      answered: finding.answered,
      count: countOrNull(finding.count, options),
      ...below(options),
      benign: finding.benign,
      evidence: finding.evidence,
      evidence_count: finding.evidenceCount,
    },
  }
}

function campaignDocument(campaign: Campaign, facts: Case, options: ExportOptions): object {
  const members = campaign.members.slice(0, LIMITS.exportedMembers)
  const addresses = members.map(({ source }) => sourceOf(source).related)
  const { coTargeting } = campaign
  return {
    '@timestamp': campaign.lastSeen,
    ecs: { version: ECS_VERSION },
    message: campaign.title,
    event: {
      kind: 'alert',
      category: CATEGORY,
      type: ['info'],
      module: 'telltale',
      dataset: 'telltale.campaign',
      id: campaign.id,
      outcome: 'unknown',
      start: campaign.firstSeen,
      end: campaign.lastSeen,
    },
    rule: { name: campaign.title, category: campaign.class, ruleset: 'telltale' },
    ...observerOf(facts),
    related: {
      ip: [...new Set(addresses.flatMap(({ ip }) => ip))],
      hosts: [...new Set(addresses.flatMap(({ hosts }) => hosts))],
    },
    tags: ['telltale', 'campaign', campaign.scale],
    telecom: {
      campaign: {
        scale: campaign.scale,
        protocols: campaign.protocols,
        subjects: countOrNull(campaign.subjects, options),
        attempts: countOrNull(campaign.attempts, options),
        ...below(options),
        member_count: campaign.members.length,
        members: members.map(({ source, attempts, subjects, answered, firstSeen, lastSeen }) => ({
          source,
          attempts: countOrNull(attempts, options),
          subjects: countOrNull(subjects, options),
          answered: countOrNull(answered, options),
          first_seen: firstSeen,
          last_seen: lastSeen,
        })),
        co_targeting:
          coTargeting === null
            ? null
            : {
                shared: countOrNull(coTargeting.shared, options),
                expected: coTargeting.expected,
                p_value: coTargeting.pValue,
              },
        fingerprints: campaign.fingerprints,
        changes: campaign.changes,
        hypotheses: campaign.hypotheses,
        confidence: campaign.confidence,
        finding_count: campaign.findings.length,
        findings: campaign.findings.slice(0, LIMITS.evidence),
      },
    },
  }
}

/** Says below what counts are left out, where they are. */
function below({ minCount }: ExportOptions): { readonly counts_below?: number } {
  return minCount > 0 ? { counts_below: minCount } : {}
}

/** Techniques with a dot are sub-techniques in all the catalogues. */
function threatOf(ids: readonly string[]): object {
  if (ids.length === 0) return {}
  const techniques = [...new Set(ids.map((id) => id.split('.')[0] ?? id))]
  const subs = ids.filter((id) => id.includes('.'))
  return {
    threat: {
      technique: {
        ...named(techniques),
        ...(subs.length === 0 ? {} : { subtechnique: named(subs) }),
      },
    },
  }
}

/** Names and references stand beside the ids, and only for what a catalogue names: an id alone is no name. */
function named(ids: readonly string[]): object {
  const known = ids.map((id) => techniqueOf(id))
  const names = known.flatMap((one) => (one === null || one.name === one.id ? [] : [one.name]))
  const references = [...new Set(known.flatMap((one) => (one === null || one.url === null ? [] : [one.url])))]
  return {
    id: ids,
    ...(names.length === 0 ? {} : { name: names }),
    ...(references.length === 0 ? {} : { reference: references }),
  }
}

function observerOf({ program }: Case): object {
  return { observer: { vendor: 'Telltale', product: program.name, type: 'ids', version: program.version } }
}

/** `source.ip` takes addresses alone: an index refuses the whole document for anything else. */
function sourceOf(source: ObservedSource): {
  readonly source: object
  readonly related: { readonly ip: readonly string[]; readonly hosts: readonly string[] }
} {
  const { ip, host, realm, country } = source
  const address = primaryAddress({ ...source, method: '' })
  const isAddress = ip !== null && isIP(ip) !== 0
  return {
    source: {
      ...(address === null ? {} : { address: address.value }),
      ...(isAddress ? { ip } : {}),
      ...(host === null && realm === null ? {} : { domain: host ?? realm }),
      ...(country === null ? {} : { geo: { country_iso_code: country } }),
    },
    related: { ip: isAddress ? [ip] : [], hosts: [host, realm].filter((name) => name !== null) },
  }
}
