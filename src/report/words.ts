import type { ContextForm } from '../attribution/context/public-context.ts'
import type { VoteKind } from '../attribution/source-facts.ts'
import type { CoverageRow } from '../finding/case.ts'
import type { FindingClass, Severity } from '../finding/finding.ts'
import type { Generation, Period } from './report-facts.ts'
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

/** A stretch of a chart's time in words: `April 2019`, `3 March 2026`, `3 March 2026, 08:00`. */
function formatPeriod(from: string, period: Period): string {
  const day = formatDay(from)
  if (period === 'month') return day.slice(day.indexOf(' ') + 1)
  return period === 'day' ? day : `${day}, ${from.slice(11, 16)}`
}

/** The same for an axis: the short name, and what it is part of. */
function axisPeriod(from: string, period: Period): readonly [minor: string, major: string] {
  const month = MONTHS[Number(from.slice(5, 7)) - 1] ?? ''
  const year = from.slice(0, 4)
  const day = String(Number(from.slice(8, 10)))
  if (period === 'month') return [month.slice(0, 3), year]
  return period === 'day' ? [day, `${month} ${year}`] : [from.slice(11, 16), `${day} ${month} ${year}`]
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

  formatPeriod,
  axisPeriod,
  formatMinute: (iso: string) => formatTime(iso).slice(0, 16),
  generation: {
    '3g': '3G signalling',
    '4g': '4G signalling',
    sms: 'Text messages',
    gtp: 'Data tunnels',
    other: 'Other',
  } satisfies Record<Generation, string>,
  generationShort: { '3g': '3G', '4g': '4G', sms: 'SMS', gtp: 'GTP', other: 'other' } satisfies Record<
    Generation,
    string
  >,
  generationLong: {
    '3g': '3G signalling (SS7: MAP, CAP, ISUP)',
    '4g': '4G signalling (Diameter)',
    sms: 'Text messages (SMS)',
    gtp: 'Data tunnels (GTP)',
    other: 'Other protocols',
  } satisfies Record<Generation, string>,
  protocols: {
    ss7: '3G signalling (SS7)',
    diameter: '4G signalling (Diameter)',
    sms: 'text messages',
    gtp: 'data tunnels (GTP)',
  },
  fewer: (least: number) => `fewer than ${formatCount(least)}`,
  networkUnknown: 'network unknown',
  others: 'others',

  imsi: (digits: string) => `IMSI ${digits}`,
  msisdn: (digits: string) => `MSISDN ${digits}`,
  more: (more: number) => `and ${formatCount(more)} more`,
  moreFindings: (more: number) => `and ${formatCount(more)} more in findings.ndjson`,
  moreRows: (more: number) => `and ${formatCount(more)} more in case.json`,
  moreGroups: (more: number) => `and ${formatCount(more)} more, in findings.ndjson`,
  moreInStore: (more: number) => `and ${formatCount(more)} more in telltale.duckdb`,
  moreInDossiers: (more: number) => `and ${formatCount(more)} more in dossiers.ndjson`,
  moreInCampaigns: (more: number) => `and ${formatCount(more)} more in campaigns.ndjson`,
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
      subscriberWords: string,
    ) =>
      `Between ${from} and ${to} (UTC), ${counted(sum.read, 'signalling message was', 'signalling messages were')} read. ` +
      `${capital(findings(sum.findings))} ${sum.findings === 1 ? 'reports' : 'report'} ${messages(sum.messages)} from ${sources(sum.sources)}` +
      (sum.subjects === 0 ? '.' : `, about ${subscriberWords}.`),
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
      packets: ['packet read', 'packets read'],
      checks: ['check ran', 'checks ran'],
      judged: ['judgement made', 'judgements made'],
      unavailable: ['judgement lacked facts', 'judgements lacked facts'],
    },
    keyFindings: 'Key findings',
    keyFinding: (
      sum: { findings: number; messages: number; sources: number; subjects: number },
      subscriberWords: string,
      answers: string,
    ) =>
      `${findings(sum.findings)} (${messages(sum.messages)}) from ${sources(sum.sources)}` +
      (sum.subjects === 0 ? '' : ` about ${subscriberWords}`) +
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
    noLimitation: 'No check had to be left out.',
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

    skip: 'Skip to the report',
    plain:
      'Mobile networks talk to each other so that phones work abroad. The same messages can be used to ask where a phone is, who its owner is, or to redirect calls and texts. This report lists messages that came from networks with no visible reason to send them.',
    totals: {
      attempts: ['attempt', 'attempts'],
      answered: ['attempt answered', 'attempts answered'],
      networks: ['source network', 'source networks'],
      countries: ['source country', 'source countries'],
      subjects: ['subscriber', 'subscribers'],
      campaigns: ['campaign', 'campaigns'],
    },
    ledeFacts: (
      from: string,
      to: string,
      sum: { read: number; attempts: number; networks: number; countries: number; subjects: string; addresses: number },
    ) =>
      `Between ${from} and ${to} (UTC), ${counted(sum.read, 'signalling message was', 'signalling messages were')} read. ` +
      `${counted(sum.attempts, 'message', 'messages')} from ${sources(sum.addresses)} ${sum.attempts === 1 ? 'is' : 'are'} under suspicion: ` +
      `${counted(sum.networks, 'network', 'networks')} of ${counted(sum.countries, 'country', 'countries')}, about ${sum.subjects}.`,
    subscribersText: (text: string, one: boolean) => `${text} ${one ? 'subscriber' : 'subscribers'}`,
    answeredShare: (share: string) =>
      `Answered: ${share} of these attempts belong to findings in which the network sent a result back. A question without an answer is still an attempt.`,
    answeredConfidence:
      'Confidence: high where the capture holds both directions; an answer on another link is not seen.',
    leadersKey: (generation: string, list: string) =>
      `Over ${generation}, most attempts came from addresses of ${list}.`,
    leader: (country: string, share: string, year: number) => `${country} in ${year} (${share})`,
    leadersConfidence:
      'Confidence: high that these addresses stood in the messages; medium that their operators of record sent them, as an address can be leased or forged.',
    shiftKey: (share: string, year: number, later: string, lastYear: number) =>
      `4G carried ${share} of the 3G and 4G attempts in ${year} and ${later} in ${lastYear}.`,
    shiftConfidence: 'Confidence: high; it is a count of messages by protocol.',
    campaignShared: (addresses: number, countries: string, shared: string, days: string) =>
      `${capital(sources(addresses))} of networks in ${countries} went after the same subscribers: ${shared} in common, ${days}.`,
    campaignOther: (addresses: number, countries: string, subscriberWords: string, protocols: string, days: string) =>
      `${capital(sources(addresses))} in ${countries} went after ${subscriberWords}, over ${protocols}, ${days}.`,
    campaignChance: (expected: string, p: string) => `Chance alone would give ${expected} (${p}).`,
    and: (names: readonly string[]) =>
      names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`,
    campaignsKeyMore: (count: number) =>
      `${counted(count, 'further pattern is', 'further patterns are')} described below.`,
    confidenceIs: (confidence: number) => `Confidence: ${formatConfidence(confidence)}.`,
    answeredOf: (answered: number, all: number) =>
      `${formatCount(answered)} of the messages belong to findings that were answered (${formatShare(answered, all)})`,
    byType: 'Findings by type',

    rankings: 'Source networks and countries',
    rankingsIntro:
      'Attempts by the country and network that the source address belongs to, for each protocol generation and year. A message that two checks report is one attempt. Shares are of all attempts of that generation and year.',
    rankingChart: (generation: string) => `${generation}: share of attempts by source country and year`,
    rankingSentence: (country: string, share: string, year: number) => `${year}: ${country} leads with ${share}.`,
    countriesCaption: (generation: string) => `${generation}: source countries`,
    networksCaption: (generation: string) => `${generation}: source networks`,
    countryColumns: ['Year', 'Country', 'Attempts', 'Share', 'Subscribers', 'Addresses', 'Answered'],
    networkColumns: ['Year', 'Network', 'Country', 'Attempts', 'Share', 'Subscribers', 'Addresses', 'Answered'],
    othersRow: (count: number) => (count > 0 ? `${formatCount(count)} others` : 'others'),
    rankingsNote:
      '“Answered” counts attempts of findings in which at least one request got a result. The same rows, all of them, stand in table yearly_shares of telltale.duckdb.',

    types: 'Attack types',
    typesIntro:
      'What the messages can do, by protocol generation. A message that checks of two types report counts in both.',
    typesChart: 'Attempts by type and protocol generation',
    typesColumns: ['Type', 'Generation', 'Findings', 'Attempts', 'Subscribers', 'Addresses', 'Answered'],
    typesMeaning: 'What the types mean',

    overTime: 'Over time',
    overTimeIntro: {
      month: 'Attempts by month of their first message.',
      day: 'Attempts by day of their first message.',
      hour: 'Attempts by hour of their first message.',
      minute: 'Attempts by minute of their first message.',
    },
    overTimeChart: {
      month: 'Attempts by month and protocol generation',
      day: 'Attempts by day and protocol generation',
      hour: 'Attempts by hour and protocol generation',
      minute: 'Attempts by minute and protocol generation',
    },
    stripsChart: 'The same by source country, each to its own scale',
    stripsNote:
      'Each strip is scaled to its own peak, so that the rise and fall of small sources shows; compare heights within a strip only.',
    overTimeTable: 'Attempts by time and generation',
    overTimeColumn: { month: 'Month', day: 'Day', hour: 'Hour', minute: 'Minute' },
    stripsTable: 'Attempts by time and source country',
    periodTitle: (period: string, count: number) => `${period}: ${counted(count, 'attempt', 'attempts')}`,
    attemptsShort: (count: number) => counted(count, 'attempt', 'attempts'),
    peak: (count: number) => `peak ${formatCount(count)}`,
    shiftMark: (month: string, days: number) => `Move from 3G to 4G: ${month}, ± ${counted(days, 'day', 'days')}`,
    timeSentence: (period: string, count: number) => `Most attempts: ${formatCount(count)}, ${period}.`,

    trends: 'Dated changes',
    trendsIntro:
      'When networks fade, rise or give way to one another, and when the requests move between protocols, over all requests under suspicion. A date is the likeliest day of a step in the daily numbers.',
    trendsChart: 'Changes in order of time',
    trendsLegend:
      'Hollow marks: something fades. Filled: something rises. Half filled: one gives way to another. The bar says how unsure the date is.',
    trendDate: (day: string, days: number) => `${day}, ± ${counted(days, 'day', 'days')}`,
    trendClause: {
      fade: (names: string, day: string, _before: string) => `requests from ${names} faded on ${day}`,
      rise: (names: string, day: string, _before: string) => `those from ${names} rose, the first on ${day}`,
      'protocol-shift': (names: string, day: string, before: string) => `${before} gave way to ${names} on ${day}`,
    },
    trendKey: (changes: readonly string[]) => `${capital(changes.join('; '))}.`,
    trendConfidence:
      'Confidence: high that the numbers changed then; why they did is not known, and a changed contract or a new hub looks the same.',
    shares: 'Shares over time',
    sharesIntro: {
      month: 'Each network’s share of all attempts of a month, per cent; the darker, the larger.',
      day: 'Each network’s share of all attempts of a day, per cent; the darker, the larger.',
      hour: 'Each network’s share of all attempts of an hour, per cent; the darker, the larger.',
      minute: 'Each network’s share of all attempts of a minute, per cent; the darker, the larger.',
    },
    sharesGrouped: (count: number, period: Period) =>
      `A column is ${formatCount(count)} ${period}s, named by the first.`,
    sharesCaption: (generation: string) => `${generation}: share of attempts by network, per cent`,
    sharesNetwork: 'Network',
    sharesAll: 'All',

    roaming: 'Where the subscribers were',
    roamingIntro:
      'A phone abroad is reached through a network that its home network does not control, and a traveller who has just landed is easy to tell apart. Whether the subscribers were abroad when they were asked about, as far as messages and registrations say:',
    roamingChart: 'Subscribers asked about, by where they were',
    roamingParts: {
      abroad: 'abroad at least once',
      home: 'in the country of their home network',
      unknown: 'not known',
    },
    roamingUnknown: (subjects: string, count: number) =>
      `Whether ${count === 1 ? 'the subscriber was' : `the ${subjects} subscribers were`} abroad is not known: the capture does not say where they were, or their identities do not tell the country of their home network.`,
    roamingKnown: (known: string, subjects: string) =>
      `Where they were is known of ${known} of ${subjects} subscribers.`,
    roamingHome: 'All of these were in the country of their home network, none was abroad.',
    roamingAbroad: (abroad: string, countries: readonly string[], more: boolean) =>
      `${abroad} of these ${abroad === '1' ? 'was' : 'were'} abroad when asked about: in ${countries.join(', ')}${more ? ' and other countries' : ''}.`,
    roamingNoArrival: 'When they had arrived is not known: the capture holds no registration of theirs from before.',
    roamingArrived: (arrived: string, registered: string, days: number) =>
      `Of the ${registered} whose registration there was seen, ${arrived === '0' ? 'none' : arrived} had registered within the ${formatCount(days)} days before: they had just arrived.`,
    roamingCaption: 'Subscribers abroad, by the country they were in',
    roamingColumns: (days: number) => [
      'Country',
      'Attempts',
      'Subscribers',
      `Registered there within ${formatCount(days)} days before`,
    ],
    roamingNote: (days: number) =>
      `Where a subscriber was comes from the node that the request was sent to, or from the last registration before it. “Just arrived” means: the first registration in that country, after none or one in another, was at most ${formatCount(days)} days old.`,

    map: 'From where to where',
    mapIntro:
      'From the country of the source address to the country where the subscriber was when asked about, as messages or registrations say. Where nothing says so, to the country of the home network.',
    mapChart: 'World map of attempts, from source country to the subscriber’s country',
    mapDescription: (flows: number, largest: string) =>
      `${counted(flows, 'flow', 'flows')} between countries. The largest: ${largest}. The table below has all numbers.`,
    mapLegend:
      'Round marks are sources, squares are where subscribers were; a line is widest at its source, a ring stays in its country.',
    mapUnplaced: (count: number) =>
      `${counted(count, 'attempt', 'attempts')} could not be placed: the country of the source or of the subscriber is unknown.`,
    flowsCaption: 'Flows between countries',
    flowColumns: ['Source country', 'Subscriber’s country', 'Known from', 'Attempts', 'Subscribers'],
    basis: { serving: 'where the subscriber was', home: 'home network' },
    flowText: (from: string, to: string, count: number) => `${from} to ${to}, ${counted(count, 'attempt', 'attempts')}`,
    mapSource:
      'Outlines: Natural Earth, public domain. Equal Earth projection. Borders are drawn as in that source and take no side.',

    scale: 'Mass and targeted',
    scaleIntro:
      'Each mark is a source address. To the right: many subscribers. Upwards: asked about again and again. Both axes grow tenfold with each step.',
    scaleBorder: (subjects: number, each: number) =>
      `The shaded area is what this report calls mass: ${formatCount(subjects)} subscribers or more with at most ${formatCount(each)} attempts each. The boundary is a setting, not a law of nature.`,
    scatterChart: 'Source addresses by subscribers and attempts a subscriber',
    scatterX: 'Distinct subscribers',
    scatterY: 'Attempts a subscriber',
    massArea: 'Mass: many subscribers, each a few times',
    targetedArea: 'Targeted: few subscribers, again and again',
    spreadCaption: 'The busiest source addresses',
    spreadColumns: [
      'Source address',
      'Country',
      'Network',
      'Generation',
      'Attempts',
      'Subscribers',
      'Attempts a subscriber',
    ],
    scatterDescription: (mass: number, rest: number) =>
      `${counted(mass, 'address', 'addresses')} in the area of mass, ${formatCount(rest)} outside it.`,
    notDrawn: (shown: number, total: number) => `The ${formatCount(shown)} busiest of ${sources(total)} are drawn.`,

    matrix: 'Who went after the same subscribers',
    matrixIntro: (weeks: number) =>
      `Each cell counts the subscribers that two networks both asked about within ${formatCount(weeks)} weeks; the diagonal, how many a network asked about in all. Darker is a larger share of the smaller network’s subscribers. Shared subscribers alone prove nothing: popular numbers are shared by chance. The campaigns below are tested against chance.`,
    matrixCaption: 'Subscribers in common',
    matrixCorner: 'Network',

    campaigns: 'Campaigns',
    campaignsIntro:
      'Sources that chance does not tie together. A campaign is a pattern in messages; who is behind it is a question for the hypotheses on each card, and none of them is certain.',
    campaignsMore: (more: number) => `${counted(more, 'further campaign', 'further campaigns')} in campaigns.ndjson.`,
    noCampaign: 'No campaign was found: no sources went after the same subscribers more than chance explains.',
    scaleWord: { mass: 'mass', targeted: 'targeted' },
    campaignWindow: 'Window (UTC)',
    campaignFields: {
      scale: 'Scale',
      protocols: 'Protocols',
      attempts: 'Attempts',
      subjects: 'Subscribers',
      confidence: 'Confidence',
      id: 'Campaign',
      findings: 'Findings',
      fingerprints: 'Tooling fingerprints',
    },
    patternsTitle: 'What it does',
    /** By the ids of the campaign detectors. */
    pattern: {
      'CMP-01': 'It changes protocols on one subscriber',
      'CMP-02': 'Its members share subscribers',
      'CMP-03': 'Its addresses take turns on one subscriber',
      'CMP-04': 'It asks for an identity, then attacks',
      'CMP-05': 'One source gives way to another',
      'CMP-06': 'Its addresses are used again for months',
    },
    scaleTitle: 'Mass or targeted',
    scaleReason: (scale: string, subscriberWords: string, each: string | null, rule: string) =>
      `${capital(scale)}: ${subscriberWords}${each === null ? '' : `, ${each} attempts each`}. ${rule}`,
    scaleRule: (subjects: string, each: string) =>
      `Mass begins at ${subjects} subscribers who are asked about ${each} times each at most; fewer subscribers, or more often, is targeted.`,
    sharedSentence: (shared: string, expected: string, p: string) =>
      `${shared} subscribers were asked about by more than one member within the window. Chance alone gives ${expected}; the chance of as many or more is ${p}.`,
    noCoTargeting: 'No test against chance was made: the members share too few subscribers, or one.',
    membersCaption: (id: string) => `Members of ${id}`,
    memberColumns: [
      'Source address',
      'Country',
      'Network',
      'Attempts',
      'Subscribers',
      'Answered',
      'First and last (UTC)',
    ],
    membersChart: (id: string) => `When each member of ${id} was at work`,
    changesTitle: 'Changes over time',
    change: {
      fade: (from: string) => `${from} fades`,
      rise: (to: string) => `${to} rises`,
      succession: (from: string, to: string) => `${from} gives way to ${to}`,
      'protocol-shift': (from: string, to: string) => `${from} gives way to ${to}`,
    },
    changeAt: (what: string, day: string, days: number) => `${day}, ± ${counted(days, 'day', 'days')}: ${what}.`,
    hypothesesCaption: (id: string) => `Hypotheses for ${id}`,
    hypothesisColumns: ['Hypothesis', 'Speaks for it', 'Speaks against it', 'Weight'],
    noHypotheses: 'No hypotheses were weighed for this campaign; see the explanations to rule out below.',

    stories: 'Subscribers most affected',
    storiesIntro:
      'What happened around single subscribers, all protocols together. A filled mark was answered, a hollow one was not, a dashed one may have been. Identities are masked.',
    storiesIntroRevealed:
      'What happened around single subscribers, all protocols together. A filled mark was answered, a hollow one was not, a dashed one may have been.',
    findingsWithheld: 'Single findings are left out: each is about one subscriber.',
    storiesRest: (more: string) => `Of ${more} more subscribers the findings stand in findings.ndjson.`,
    storiesWithheld: (least: number) =>
      `Stories of single subscribers are left out: this copy is made for publication and shows no group of fewer than ${formatCount(least)}.`,
    storyTitle: (position: number, subject: string) => `${formatCount(position)}. ${subject}`,
    storyFacts: (attempts: number, addresses: number, countries: number, generations: string, range: string) =>
      `${counted(attempts, 'attempt', 'attempts')} from ${sources(addresses)} in ${counted(countries, 'country', 'countries')}, over ${generations}; ${range}.`,
    storyChart: (subject: string) => `Timeline of ${subject}`,
    storyCaption: (subject: string) => `Episodes of ${subject}`,
    storyColumns: [
      'First seen (UTC)',
      'Generation',
      'Type',
      'Operation',
      'Source address',
      'Country',
      'Messages',
      'Answer',
      'Finding',
    ],

    dossiers: 'Source dossiers',
    dossiersIntro:
      'All that the case says of the busiest source addresses. The kinds of address are kept apart: where they name different networks, that is a fact to explain (a leased range, a hub, a forged sender), and is never merged away.',
    dossierFields: {
      network: 'Network of record',
      method: 'How resolved',
      seen: 'First and last (UTC)',
      months: 'Months active',
      attempts: 'Attempts',
      subjects: 'Subscribers',
      answers: 'Attempts by answer',
      findings: 'Findings',
      generations: 'Generations',
      detectors: 'Detectors',
      operations: 'Operations',
      beside: 'Other addresses in its messages',
      claimed: 'Addresses the messages claim',
      paths: 'Paths (Route-Record)',
      fingerprints: 'Tooling fingerprints',
      campaigns: 'Campaigns',
    },
    vote: {
      'sccp-title': 'SCCP title',
      'claimed-address': 'Address claimed in the message',
      'point-code': 'Point code',
      link: 'Link',
      'origin-host': 'Origin-Host',
      'origin-realm': 'Origin-Realm',
      'route-record': 'Route-Record',
      ip: 'IP address',
    } satisfies Record<VoteKind, string>,
    votesCaption: (source: string) => `Whom the addresses of ${source} speak for`,
    voteColumns: ['Kind', 'Address', 'Network', 'How resolved', 'Requests', 'How sure'],
    disagreement: (why: string) => `The addresses disagree: ${why}.`,
    toolingChange: (from: string, to: string, day: string) => `Its tooling changed from ${from} to ${to} on ${day}.`,
    toolingAlternates: (count: number) =>
      `Its tooling fingerprints alternate (${formatCount(count)} changes, each within one operation), as they do when several tools or relays share an address.`,
    exception: (reason: string) => `Agreed traffic of the network file covers this source: ${reason}`,
    dossierTraffic: (requests: number, suspicious: number) =>
      `${formatCount(suspicious)} of its ${counted(requests, 'request', 'requests')} in the whole capture ${suspicious === 1 ? 'is' : 'are'} under suspicion.`,
    dossierHabits: (hash: string, count: number) => `${hash} (${formatCount(count)})`,
    named: (name: string, count: number) => `${name} (${formatCount(count)})`,

    context: {
      title: 'What others have said (not checked by Telltale)',
      intro:
        'Statements from the files given with --context, in their own words. Somebody said so: Telltale has not checked it, and no weight, confidence or hypothesis of this report is made of it.',
      caption: (of: string) => `Statements of others about ${of}`,
      columns: ['About', 'What was said', 'Who said it', 'When and where'],
      operator: 'Network of record',
      saidOf: (value: string) => `Said of ${value}`,
      ofMembers: (count: number, all: number, addresses: string) =>
        `${formatCount(count)} of ${counted(all, 'member', 'members')}: ${addresses}`,
      form: {
        indicator: 'indicator',
        cluster: 'entry of a cluster',
        list: 'entry of a list',
        row: 'row of a table',
      } satisfies Record<ContextForm, string>,
      quoted: (said: string) => `“${said}”`,
      noWords: 'listed, without words',
      nobody: 'the file does not say who',
      noDate: 'no date',
      compared: (files: number, all: number, spoken: number) =>
        `What others have said was compared: ${counted(files, 'file', 'files')} given with --context ${files === 1 ? 'speaks' : 'speak'} of ${spoken === 0 ? 'none' : formatCount(spoken)} of the ${sources(all)} under suspicion. Silence there says nothing about a source.`,
    },

    hypotheses: 'Explanations to rule out',
    hypothesesIntro:
      'Before a finding becomes a claim, these explanations have to be ruled out. None of them needs ill will, and most suspicious messages in live networks have one of them.',
    explanationsCaption: 'Explanations and what would tell',
    explanationColumns: ['Explanation', 'What would speak for it', 'How to check'],
    explanations: [
      [
        'A misconfigured hub or gateway',
        'The same operation in bulk, about subscribers of many networks, from one address.',
        'Ask the carrier; compare the point code with the title.',
      ],
      [
        'A look-up company (HLR queries for text messages)',
        'Routing requests for text messages, one a number, with no text following.',
        'Ask the operator whether the address is leased to a messaging company.',
      ],
      [
        'An operator whose numbers or SIMs are shared',
        'Subscribers of one virtual operator or multi-network SIM only.',
        'Add the virtual operator to the network file as a partner.',
      ],
      [
        'Number portability or steering of roaming',
        'Routing requests or cancelled registrations right after a subscriber arrives.',
        'Compare with the roaming agreements and steering platform logs.',
      ],
      [
        'A leased address',
        'The address is of one operator, the tooling of another; several users of one range.',
        'Ask the operator of record who uses the address (GSMA FS.52, FS.59).',
      ],
      [
        'A forged address',
        'Requests that need no answer; point code, title and path that disagree.',
        'Ask the operator of record whether its logs hold the same messages.',
      ],
      [
        'Test traffic',
        'Few subscribers, all of them test cards; regular hours.',
        'Compare with the list of test cards.',
      ],
      [
        'A lawful or agreed service',
        'A location service or emergency service with an agreement.',
        'List it under exceptions in the network file, with a reason and an end date.',
      ],
    ],
    benignCaption: 'Named by the detectors of this case',
    benignColumns: ['Explanation', 'Detectors'],

    annex: 'Evidence annex',
    annexIntro:
      'Every number above can be followed down to the packet: a finding names capture and frame, a capture has its SHA-256. “telltale evidence DIR FINDING --out x.pcapng” cuts the packets of a finding or campaign out of the captures; “telltale verify DIR” names what was altered since.',
    annexCaption: 'Findings and their packets',
    annexColumns: ['Finding', 'Detector', 'First seen (UTC)', 'Source address', 'Messages', 'Capture:frame'],
    filesCaption: 'Files of the case',
    filesColumns: ['File', 'Size', 'SHA-256'],
    allFindings:
      'findings.ndjson has every finding, one a line; campaigns.ndjson every campaign; telltale.duckdb both as tables, with every decoded event.',
    thresholds: (subjects: number, each: number) =>
      `A campaign counts as mass from ${formatCount(subjects)} subscribers on, unless each is asked about more than ${formatCount(each)} times. Two networks share a subscriber when both asked about them within the window that the campaign section gives; the chance of as many by accident is computed from how many subscribers each network touches and how popular each subscriber is, and corrected for the number of pairs tested.`,
    minimum: (least: number) =>
      `Counts of distinct subscribers under ${formatCount(least)} are shown as “fewer than ${formatCount(least)}”; stories of single subscribers and single findings are left out.`,
    noFacts: 'Rankings, charts over time and dossiers need the database of the case; they are not part of this copy.',
    examinedCould: 'What was examined, and what could not be',
    coverageDetail: 'Coverage in detail',
    coverageShort: (decoded: string, total: number) => `${decoded} of ${messages(total)} were decoded in full.`,
    couldNot: 'What could not be seen',
    limitsOfRun: 'Limits of this run',

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
