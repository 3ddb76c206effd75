import type { CoverageRow } from '../finding/case.ts'
import type { FindingClass, Severity } from '../finding/finding.ts'
import type { AddressKind } from './tally.ts'

/**
 * Every sentence a reader of the summary or the report sees, in English. Another language is another file of this
 * shape. Wording is evidence, not accusation: a message has a source address, never a culprit.
 */

const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region' })
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A whole number, grouped: `12,345`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Octets in the largest fitting decimal unit, one place: `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return unit === 0 ? counted(bytes, 'byte', 'bytes') : `${value.toFixed(1)} ${units[unit]}`
}

/** Share of a total in per cent, one place; never rounded to 0 or 100 unless it is; `–` for a total of 0. */
export function formatShare(part: number, total: number): string {
  if (total === 0) return '–'
  const percent = (part / total) * 100
  if (part > 0 && percent < 0.1) return '< 0.1 %'
  if (part < total && percent > 99.9) return '> 99.9 %'
  return `${percent.toFixed(1)} %`
}

/** ISO 8601 UTC as `2026-03-03 08:00:12`; the text as it is when it is no such time. */
export function formatTime(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(iso) ? iso.slice(0, 19).replace('T', ' ') : iso
}

/** A stretch of time for a table: `2026-03-03 08:00:12 to 17:40:00`. */
export function formatRange(firstSeen: string | null, lastSeen: string | null): string {
  if (firstSeen === null || lastSeen === null) return WORDS.noTime
  const first = formatTime(firstSeen)
  const last = formatTime(lastSeen)
  if (first === last) return first
  return `${first} to ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last}`
}

/** Days for a title: `3 March 2026`, `3 to 5 March 2026`, `28 February to 3 March 2026`. */
export function formatDays(firstSeen: string | null, lastSeen: string | null): string {
  if (firstSeen === null || lastSeen === null) return WORDS.noTime
  const first = formatDay(firstSeen)
  const last = formatDay(lastSeen)
  if (first === last) return first
  let start = first.split(' ')
  const end = last.split(' ')
  // What both share is said once: the year, then the month.
  while (start.length > 1 && start.at(-1) === end.pop()) start = start.slice(0, -1)
  return `${start.join(' ')} to ${last}`
}

/** A moment in a sentence: `08:00 on 3 March 2026`. */
export function formatMoment(iso: string): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(11, 16)} on ${formatDay(iso)}` : iso
}

/** Country name and code: `Barbados (BB)`; the words for an unknown one when null. */
export function formatCountry(code: string | null): string {
  if (code === null) return WORDS.countryUnknown
  const name = /^[A-Z]{2}$/.test(code) ? COUNTRY_NAMES.of(code) : undefined
  return name === undefined || name === code ? code : `${name} (${code})`
}

/** 0 to 1 as words and number: `high (0.92)`. */
export function formatConfidence(confidence: number): string {
  if (confidence >= 0.8) return `high (${confidence.toFixed(2)})`
  return `${confidence >= 0.5 ? 'medium' : 'low'} (${confidence.toFixed(2)})`
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

function formatDay(iso: string): string {
  const month = MONTHS[Number(iso.slice(5, 7)) - 1]
  return month === undefined ? iso : `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}`
}

const findings = (count: number) => counted(count, 'finding', 'findings')
const messages = (count: number) => counted(count, 'message', 'messages')
const packets = (count: number) => counted(count, 'packet', 'packets')
const sources = (count: number) => counted(count, 'source address', 'source addresses')
const subscribers = (count: number) => counted(count, 'subscriber', 'subscribers')
const checks = (count: number) => counted(count, 'check', 'checks')

export const WORDS = {
  language: 'en',
  findings,
  messages,
  packets,
  sources,
  subscribers,
  operatorUnknown: 'operator unknown',
  countryUnknown: 'country unknown',
  addressUnknown: 'no source address in the message',
  subjectUnknown: 'no subscriber identity in the message',
  noTime: 'no capture time',
  unknown: 'unknown',
  none: 'none',
  total: 'Total',
  firstSeen: 'First seen (UTC)',
  address: {
    gt: 'global title',
    host: 'host',
    realm: 'realm',
    ip: 'IP address',
    opc: 'point code',
  } satisfies Record<AddressKind, string>,
  severity: {
    critical: 'critical',
    high: 'high',
    medium: 'medium',
    low: 'low',
    info: 'info',
  } satisfies Record<Severity, string>,
  answer: { answered: 'answered', notAnswered: 'not answered', notVisible: 'not visible' },
  state: {
    decoded: 'decoded',
    partly: 'decoded in part',
    not: 'not decoded',
  } satisfies Record<CoverageRow['state'], string>,
  classes: {
    location: ['Location', 'Messages that ask where a subscriber’s phone is.'],
    identity: ['Identity', 'Messages that ask for a subscriber’s permanent identity, keys or profile.'],
    interception: [
      'Interception',
      'Messages that can redirect a subscriber’s calls and text messages, or change the profile that controls them.',
    ],
    disruption: ['Disruption', 'Messages that can cut a subscriber off from the network.'],
    fraud: ['Fraud', 'Messages that can cause cost, or act in a subscriber’s name.'],
    sms: ['Text messages', 'Text messages that are hidden, or that do not come from where they claim.'],
    sim: ['SIM card', 'Text messages addressed to the SIM card itself, which can make it report or act.'],
    evasion: ['Evasion', 'Messages encoded in an unusual way that a filter may fail to read.'],
    spoofing: ['Spoofed addresses', 'Messages whose own addresses contradict each other or cannot be right.'],
    gtp: ['Data roaming', 'Messages about data connections that are not expected from where they came.'],
    campaign: ['Campaigns', 'Patterns over many messages that are consistent with one coordinated effort.'],
    egress: ['Leaving the network', 'Messages that leave the home network and that others would report as suspicious.'],
  } satisfies Record<FindingClass, readonly [name: string, sentence: string]>,

  imsi: (digits: string) => `IMSI ${digits}`,
  msisdn: (digits: string) => `MSISDN ${digits}`,
  more: (more: number) => `and ${formatCount(more)} more`,
  moreFindings: (more: number) => `and ${formatCount(more)} more in findings.ndjson`,
  moreRows: (more: number) => `and ${formatCount(more)} more in case.json`,
  moreGroups: (more: number) => `and ${formatCount(more)} more, in findings.ndjson`,
  partOfFindings: (given: number, total: number) =>
    `This covers ${formatCount(given)} of the ${findings(total)} of the run; findings.ndjson holds them all.`,
  stoppedEarly: 'The run did not read everything it was given.',
  addsUp: (total: string, what: string) => `The rows add up to ${total}: every ${what} read is in one of them.`,
  addsNotUp: (sum: number, total: number, what: string) =>
    `The rows add up to ${formatCount(sum)}, but ${formatCount(total)} ${what}s were read: ` +
    `${formatCount(Math.abs(total - sum))} are not accounted for.`,
  answersOf: (answered: number, notAnswered: number, notVisible: number) =>
    [
      answered > 0 ? `${formatCount(answered)} answered` : '',
      notAnswered > 0 ? `${formatCount(notAnswered)} not answered` : '',
      notVisible > 0 ? `${formatCount(notVisible)} not visible` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  noFinding: (checksRun: number) =>
    checksRun === 0
      ? 'No finding, because no check ran.'
      : `No finding by the ${checks(checksRun)} that ran. That is not the same as no surveillance: it covers only what was decoded and judged.`,
  judged: (checksRun: number, judged: number, unavailable: number) =>
    `${checks(checksRun)} looked at ${counted(judged, 'event', 'events')}` +
    (unavailable === 0
      ? '; each time the facts needed were there.'
      : `; ${counted(unavailable, 'time', 'times')} the facts needed were missing.`),
  limitations: (count: number) =>
    count === 0
      ? ''
      : `${counted(count, 'limitation', 'limitations')} of this run ${count === 1 ? 'is' : 'are'} listed below.`,

  summary: {
    title: (count: number, inputs: number) =>
      `${findings(count)} in ${counted(inputs, 'capture file', 'capture files')}`,
    examined: 'Examined',
    span: (range: string) => `Time (UTC)  ${range}`,
    counts: (packetCount: number, messageCount: number, operations: number) =>
      `Read        ${packets(packetCount)}, ${messages(messageCount)}, ${counted(operations, 'operation', 'operations')}`,
    inputColumns: ['File', 'Packets', 'First packet', 'Last packet'],
    operations: 'Operations',
    operationColumns: ['Protocol', 'Operation', 'Invokes', 'Results', 'Errors'],
    findings: 'Findings',
    findingColumns: ['Severity', 'Check', 'Count', 'First seen (UTC)', 'Answered', 'Subscriber'],
    answer: (answered: boolean | null) => (answered === null ? 'not visible' : answered ? 'yes' : 'no'),
    topFindings: (shown: number, total: number) => `Top findings (${formatCount(shown)} of ${formatCount(total)})`,
    topSources: (shown: number, total: number) => `Top sources (${formatCount(shown)} of ${formatCount(total)})`,
    sourceColumns: ['Source address', 'Country', 'Operator', 'Events', 'Findings'],
    coverage: 'Coverage',
    coverageColumns: ['Protocol', 'State', 'Count', 'Share', 'Reason'],
    packets: 'Packets',
    messages: 'Messages',
    notChecked: 'Could not be checked',
    allChecked: 'Every check that ran could be made on every event it looks at.',
    unavailable: (detector: string, reason: string, count: number) =>
      `${detector}: ${counted(count, 'time', 'times')}, ${reason}`,
    caseFolder: (folder: string) => `Case folder: ${folder}`,
  },

  report: {
    kind: 'Signalling surveillance report',
    utc: 'All times are capture times, UTC.',
    contents: 'Contents',

    summary: 'Summary',
    lede: (
      from: string,
      to: string,
      sum: { messages: number; sources: number; subjects: number; findings: number; read: number },
    ) =>
      `Between ${from} and ${to} (UTC), ${counted(sum.read, 'signalling message was', 'signalling messages were')} read. ` +
      `${capital(findings(sum.findings))} ${sum.findings === 1 ? 'reports' : 'report'} ${messages(sum.messages)} from ${sources(sum.sources)}` +
      (sum.subjects === 0 ? '.' : `, about ${subscribers(sum.subjects)}.`),
    ledeAnswers: (answered: number, notAnswered: number, notVisible: number) =>
      [
        answered === 0
          ? 'None of the findings shows an answer.'
          : `${capital(findings(answered))} ${answered === 1 ? 'was' : 'were'} answered: the network sent a result back.`,
        notAnswered === 0
          ? ''
          : `${findings(notAnswered)} ${notAnswered === 1 ? 'was' : 'were'} not answered, or got an error.`,
        notVisible === 0 ? '' : `For ${findings(notVisible)} an answer would not be visible in this capture.`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    ledeNothing: (from: string, to: string, read: number) =>
      `Between ${from} and ${to} (UTC), ${counted(read, 'signalling message was', 'signalling messages were')} read, and no finding was made.`,
    ledeNoTime: 'The inputs hold no packet with a capture time, so there was nothing to judge.',
    undecoded: (count: number, share: string) =>
      count === 0
        ? 'Every signalling message was decoded.'
        : `${capital(messages(count))} (${share}) could not be decoded, or only in part.`,
    caution:
      'A finding is evidence about messages, not proof of intent. A source address can be leased to others, passed on by a carrier, or forged, and the operator it is registered to may not know. Rule out the innocent explanations listed with each finding first.',
    figures: {
      findings: ['finding', 'findings'],
      sources: ['source address', 'source addresses'],
      subjects: ['subscriber', 'subscribers'],
      answered: ['finding answered', 'findings answered'],
      messages: ['message read', 'messages read'],
      undecoded: ['message not fully decoded', 'messages not fully decoded'],
    },
    keyFindings: 'Key findings',
    keyFinding: (sum: { findings: number; messages: number; sources: number; subjects: number }, answers: string) =>
      `${findings(sum.findings)} (${messages(sum.messages)}) from ${sources(sum.sources)}` +
      (sum.subjects === 0 ? '' : ` about ${subscribers(sum.subjects)}`) +
      `: ${answers}.`,
    highestSeverity: 'Highest severity',
    confidence: 'Confidence',
    confidenceRange: (low: number, high: number) =>
      low === high ? formatConfidence(high) : `${formatConfidence(low)} to ${formatConfidence(high)}`,
    countries: 'Countries of the source addresses',

    timeline: 'Timeline',
    timelineCaption: 'Findings of each source address over the time of the capture',
    timelineHelp:
      'Each mark stands at the first message of a finding; the taller, the more severe. Marks that would overlap are drawn as the most severe of them. The line runs from the first to the last message. The table that follows has the same facts in words.',
    timelineCut: (shown: number, total: number) =>
      `The ${formatCount(shown)} most severe of ${sources(total)} are drawn.`,
    laneTitle: (source: string) => `Findings from ${source}`,
    laneDescription: (count: number, worst: string, range: string) =>
      `${findings(count)}, the most severe ${worst}, ${range}.`,

    sources: 'Source addresses',
    sourcesCaption: 'Sources of the findings, most severe first',
    sourceColumns: {
      address: 'Source address',
      country: 'Country',
      operator: 'Operator, and how resolved',
      severity: 'Severity',
      attempts: 'Attempts',
      subjects: 'Subscribers',
      answers: 'Findings by answer',
      detectors: 'Detectors',
      seen: 'First and last (UTC)',
    },

    findings: 'Findings by detector',
    noFindings: 'No finding was made.',
    detectorFacts: (id: string, className: string, count: number) => `${id} · ${className} · ${findings(count)}`,
    benign: 'Innocent explanations to rule out',
    field: {
      source: 'Source address',
      also: 'Other addresses',
      operator: 'Operator',
      method: 'How resolved',
      subject: 'Subscriber',
      answered: 'Answer',
      messages: 'Messages',
      seen: 'First and last (UTC)',
      evidence: 'Evidence (capture:frame)',
      techniques: 'Techniques',
      confidence: 'Confidence',
      id: 'Finding',
    },

    examined: 'What was examined',
    inputsCaption: 'Inputs',
    inputColumns: ['File', 'Format', 'Size', 'Packets', 'Capture time (UTC)', 'SHA-256'],
    noHash: 'not taken',
    damage: (sentence: string) => `Damaged: ${sentence}`,
    operationsCaption: 'Operations seen',
    operationColumns: ['Protocol', 'Operation', 'Invokes', 'Results', 'Errors'],
    trafficCaption: 'Busiest source addresses, with or without findings',
    trafficColumns: ['Source address', 'Country', 'Operator', 'Events', 'Findings'],

    coverage: 'Coverage',
    coverageIntro: 'Every packet and every signalling message stands in exactly one row.',
    packetCaption: 'Packets',
    messageCaption: 'Signalling messages',
    coverageCaption: (what: string) => `${capital(what)}s by protocol and state`,
    coverageColumns: ['Protocol', 'State', 'Reason', 'Count', 'Share'],
    barTitle: (what: string) => `Share of ${what} by state`,
    packetWord: 'packet',
    messageWord: 'message',

    notChecked: 'What could not be checked',
    limitations: 'Checks this run could not do',
    noLimitation: 'No check was left out of this run.',
    checksCaption: 'Judgements by detector',
    checkColumns: ['Detector', 'Judged', 'Passed', 'Failed', 'Not available', 'Agreed exception'],
    reasonsCaption: 'Why a judgement was not available',
    reasonColumns: ['Detector', 'Reason', 'Count'],

    method: 'Method and limits',
    methodText: [
      'Telltale reads captures and sends nothing. It decodes the signalling messages, pairs requests with their answers, and compares each with public descriptions of which network may send it. Network operators hold fuller rules that are not public.',
      'Severity says how much harm a message can do if it is hostile. Confidence says how sure the check is that the facts are as described. Neither says who was behind it.',
      '“Answered” means that a result came back. “Not answered” means that none came, or an error. “Not visible” means that this capture would not show the answer, so it may have been given.',
      'Country comes from public numbering. Operator comes from the user’s own network file or a public table, and is left unknown where neither names it. Both describe the address in the message, which can be leased or forged.',
      'Numbers of messages add up the findings: a message that two checks report counts twice, and a subscriber known by IMSI in one message and by number in another counts as two.',
      'A message outside the capture, on another link, or not decoded is not judged. No finding does not mean no surveillance.',
    ],
    masked: 'Subscriber identities are masked: country, operator and the last two digits remain.',
    revealed: 'Subscriber identities are shown as the caller gave them. Handle this file as personal data.',

    versions: 'Versions and settings',
    programCaption: 'Program and reference tables',
    programColumns: ['Name', 'Version', 'Source'],
    node: 'Node.js',
    detectorsCaption: 'Detectors',
    detectorColumns: ['Detector', 'Title', 'Version'],
    settingsCaption: 'Settings',
    settingColumns: ['Setting', 'Value'],
  },
} as const

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
