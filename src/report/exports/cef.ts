import { isIPv4, isIPv6 } from 'node:net'
import type { Campaign } from '../../campaign/campaign.ts'
import type { Case } from '../../finding/case.ts'
import type { Finding, Severity } from '../../finding/finding.ts'
import { LIMITS } from '../../limits.ts'
import type { CaseReader } from '../case-reader.ts'
import { addressText, subjectText } from '../describe.ts'
import { clipText, visibleText } from '../visible-text.ts'
import { countText, type ExportOptions } from './options.ts'
import { hideSubject } from './stix-text.ts'
import { formatSyslog } from './syslog.ts'

/** Severity of CEF, 0 to 10, and of syslog, for each of ours. */
const LEVELS: Readonly<Record<Severity, { readonly cef: number; readonly syslog: 2 | 3 | 4 | 5 | 6 }>> = {
  info: { cef: 1, syslog: 6 },
  low: { cef: 3, syslog: 5 },
  medium: { cef: 5, syslog: 4 },
  high: { cef: 8, syslog: 3 },
  critical: { cef: 10, syslog: 2 },
}
/** Longest value of the keys used, characters. Source: ArcSight CEF Implementation Standard, extension dictionary. */
const LONGEST = 1_023

type Extension = readonly (readonly [key: string, value: string | number | null])[]

/**
 * Findings, then campaigns, each as one line of syslog with a CEF message. docs/exports.md has the mapping.
 * Source: ArcSight Common Event Format, version 0 (Implementation Standard 26); RFC 5424.
 */
export async function* renderCef(reader: CaseReader, options: ExportOptions): AsyncGenerator<string> {
  const { facts } = reader
  const { version } = facts.program
  let sequence = 0
  for await (const finding of reader.findings()) {
    const level = LEVELS[finding.severity]
    const message = cefMessage(facts, finding.detector, finding.title, level.cef, findingExtension(finding, options))
    yield `${formatSyslog({ severity: level.syslog, time: finding.lastSeen, messageId: 'finding', version, sequence: ++sequence, message })}\n`
  }
  for await (const campaign of reader.campaigns()) {
    const level = LEVELS.high
    const message = cefMessage(facts, 'campaign', campaign.title, level.cef, campaignExtension(campaign, options))
    yield `${formatSyslog({ severity: level.syslog, time: campaign.lastSeen, messageId: 'campaign', version, sequence: ++sequence, message })}\n`
  }
}

function findingExtension(finding: Finding, options: ExportOptions): Extension {
  const { source } = finding
  const { ip } = source
  const evidence = finding.evidence.slice(0, 10).map(({ capture, frame }) => `${capture}:${frame}`)
  return [
    ['externalId', finding.id],
    ['rt', millisecondsOf(finding.lastSeen)],
    ['start', millisecondsOf(finding.firstSeen)],
    ['end', millisecondsOf(finding.lastSeen)],
    ['cat', finding.class],
    ['outcome', finding.answered === null ? 'unknown' : finding.answered ? 'success' : 'failure'],
    ['cnt', finding.count > 0 && finding.count < options.minCount ? null : finding.count],
    ['src', ip !== null && isIPv4(ip) ? ip : null],
    ...labelled('c6a2', 'Source IPv6 Address', ip !== null && isIPv6(ip) ? ip : null),
    ['shost', source.host],
    ['sntdom', source.realm],
    ...labelled('cs1', 'sourceGlobalTitle', source.gt),
    ...labelled('cs2', 'sourceOperator', source.operator),
    ...labelled('cs3', 'sourceCountry', source.country),
    ...labelled('cs4', 'techniques', finding.techniques.join(' ') || null),
    ...labelled('cs5', 'subscriber', subjectText(finding.subject, options.reveal)),
    ...labelled('cs6', 'evidence', evidence.join(' ') || null),
    ...labelled('cn1', 'sourcePointCode', source.opc),
    ...labelled('cn2', 'evidenceCount', finding.evidenceCount),
    ...labelled('cfp1', 'confidence', finding.confidence),
    ['msg', options.reveal ? finding.why : hideSubject(finding.why, finding.subject)],
  ]
}

function campaignExtension(campaign: Campaign, options: ExportOptions): Extension {
  const members = campaign.members
    .slice(0, LIMITS.exportedMembers)
    .map(({ source }) => addressText({ ...source, method: '' }))
  return [
    ['externalId', campaign.id],
    ['rt', millisecondsOf(campaign.lastSeen)],
    ['start', millisecondsOf(campaign.firstSeen)],
    ['end', millisecondsOf(campaign.lastSeen)],
    ['cat', campaign.class],
    ['cnt', campaign.attempts > 0 && campaign.attempts < options.minCount ? null : campaign.attempts],
    ...labelled('cs1', 'scale', campaign.scale),
    ...labelled('cs2', 'protocols', campaign.protocols.join(' ')),
    ...labelled('cs3', 'members', members.join('; ')),
    ...labelled('cs4', 'subscribers', countText(campaign.subjects, options)),
    ...labelled(
      'cs5',
      'hypotheses',
      campaign.hypotheses.map(({ statement, weight }) => `${statement} (${weight.toFixed(2)})`).join('; ') || null,
    ),
    ...labelled('cs6', 'fingerprints', campaign.fingerprints.slice(0, 10).join(' ') || null),
    ...labelled('cn1', 'members', campaign.members.length),
    ...labelled('cn2', 'findings', campaign.findings.length),
    ...labelled('cfp1', 'confidence', campaign.confidence),
    ['msg', campaign.title],
  ]
}

/** Milliseconds since 1970; null for what is no time. */
function millisecondsOf(time: string): number | null {
  const value = Date.parse(time)
  return Number.isNaN(value) ? null : value
}

function labelled(key: string, label: string, value: string | number | null): Extension {
  return value === null
    ? []
    : [
        [key, value],
        [`${key}Label`, label],
      ]
}

function cefMessage(facts: Case, id: string, name: string, severity: number, extension: Extension): string {
  const head = ['Telltale', facts.program.name, facts.program.version, id, name].map(headerText).join('|')
  const pairs = extension.flatMap(([key, value]) =>
    value === null || value === '' ? [] : [`${key}=${extensionText(String(value))}`],
  )
  return `CEF:0|${head}|${severity}|${pairs.join(' ')}`
}

/** Text of a header field: what ends a field or a line can not stand in it. */
function headerText(text: string): string {
  return shown(text, 512).replace(/[\\|]/g, (char) => `\\${char}`)
}

function extensionText(text: string): string {
  return shown(text, LONGEST).replace(/[\\=]/g, (char) => `\\${char}`)
}

/** Control characters as their codes: no line feed is left to be escaped. Our own quotation marks need no Unicode. */
function shown(text: string, columns: number): string {
  return clipText(visibleText(text), columns)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u2026/g, '...')
}
