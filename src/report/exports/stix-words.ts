import type { CoTargeting, Hypothesis } from '../../campaign/campaign.ts'
import type { Case } from '../../finding/case.ts'
import { counted, formatCount, WORDS } from '../words.ts'

/**
 * Every sentence of the exports for threat-intelligence platforms, in English. Evidence, not accusation: a message has a
 * source address and an operator of record, never a culprit.
 */
export const INTELLIGENCE_WORDS = {
  program: 'Telltale',
  programAbout:
    'Reads captures of mobile signalling and says which subscribers were watched, by which source addresses.',
  unnamedNetwork: 'Observed network (not named in the case)',
  observer: 'The network whose signalling was captured.',
  operator:
    'Operator of record of a source address, by numbering or by the observing network’s own data. Addresses are leased and forged: this does not say who sent the messages.',
  statement:
    'Evidence, not accusation: sources are addresses and operators of record as the captured messages and public or partner data give them. Subscriber identities are masked or pseudonymised.',
  source: (kind: string, value: string) => `${kind} ${value}`,
  sourceAbout: (findings: number) =>
    `A source address that signalling messages carried, named in ${WORDS.findings(findings)}. Addresses are leased and forged; who used it is not known from it.`,
  recordedBy: (method: string) => `Operator of record, resolved by: ${method}.`,
  countryBy: (method: string) => `Country of the address, resolved by: ${method}.`,
  unnamedMethod: 'the campaign’s account',
  namedWith: 'Findings about this source address name the technique.',
  globalTitle:
    'An SCCP global title, the address of a signalling node between mobile networks (ITU-T Q.713 §3.4.2.3). Property value, a string: its address digits, 0 to 9 and A to F, without filler. The id is UUIDv5 over the namespace of STIX observables of the canonical JSON of {value}.',
  pointCode:
    'An MTP signalling point code (ITU-T Q.704 §2.2), as the routing label carried it: it names the neighbour that passed a message on, not its origin. Property value, an integer of up to 24 bits. The id is UUIDv5 over the namespace of STIX observables of the canonical JSON of {value}.',
  titleRangeText:
    'A stretch of SCCP global titles of one length, both ends in it: what a network operator assigns, and leases, as a whole. Properties first and last, strings: digits, 0 to 9, as many in one as in the other. The id is UUIDv5 over the namespace of STIX observables of the canonical JSON of {first, last}.',
  pointCodeRangeText:
    'A stretch of MTP signalling point codes, both ends in it: the eight of one signalling network (ITU-T Q.708 §3), or the 256 of a cluster where codes have 24 bits. Properties first and last, integers. The id is UUIDv5 over the namespace of STIX observables of the canonical JSON of {first, last}.',
  titleRange: (first: string, last: string) => `global titles ${first} to ${last}`,
  pointCodeBlock: (code: string) => `source addresses behind point code ${code}`,
  pointCodeRange: (first: string, last: string) => `source addresses behind point codes ${first} to ${last}`,
  block: (kind: 'titles' | 'point-code' | 'point-codes', sources: number, addresses: number, oneOperator: boolean) =>
    [
      kind === 'titles'
        ? `A range of global titles, ${formatCount(addresses)} of which messages under suspicion carried. Titles are assigned and leased in ranges: whether this one is leased, and to whom, is not known from it.`
        : kind === 'point-code'
          ? `${WORDS.sources(sources)} whose messages came through one neighbour. A carrier passes on the traffic of many networks: sharing one proves nothing by itself.`
          : `${WORDS.sources(sources)} whose messages came through ${formatCount(addresses)} point codes of one signalling network.`,
      oneOperator
        ? 'All have one operator of record.'
        : 'They have different operators of record, or none that is known.',
    ].join(' '),
  blockUse: (members: number) => `${WORDS.sources(members)} of the campaign are of this block.`,
  blockMember: 'The source address is one of the block, or came through it.',
  why: (why: string, title: string) => (why === '' ? title : why),
  subject: (pseudonyms: readonly string[]) => `Subscriber pseudonym: ${pseudonyms.join(', ')}.`,
  sourceLeftOut: (source: string) => `Source: ${source}.`,
  frames: (capture: string, frames: readonly number[]) => `${capture}: ${frames.join(', ')}`,
  evidence: (frames: readonly string[], shown: number, count: number) =>
    `Frames ${frames.join('; ')}${count > shown ? ` (${formatCount(shown)} of ${formatCount(count)})` : ''}`,
  benign: (detector: string) => `Innocent explanations to rule out for findings of ${detector}`,
  benignList: (benign: readonly string[]) => benign.map((cause) => `- ${cause}`).join('\n'),
  campaign: (scale: string, protocols: readonly string[], attempts: string, subjects: string) =>
    `Activity that belongs together by what it does: ${scale}, over ${protocols.join(', ') || WORDS.unknown}, ${attempts} on ${subjects}. Who is behind it is not known; the notes weigh hypotheses.`,
  attempts: (count: number) => counted(count, 'attempt', 'attempts'),
  fewAttempts: (least: number) => `fewer than ${formatCount(least)} attempts`,
  fewSubscribers: (least: number) => `fewer than ${formatCount(least)} subscribers`,
  coTargeting: ({ expected, pValue }: CoTargeting, shared: string) =>
    `${shared} were sought by more than one member, where chance would give ${expected.toFixed(1)} (p = ${pValue.toPrecision(2)}).`,
  change: (kind: string, at: string, days: number, from: string | null, to: string | null) =>
    `Change: ${kind} at ${at}, give or take ${counted(days, 'day', 'days')}${from === null ? '' : `, from ${from}`}${to === null ? '' : `, to ${to}`}.`,
  campaignMembers: (title: string) => `What belongs to: ${title}`,
  hypothesis: (statement: string) => `Hypothesis: ${statement}`,
  hypothesisText: ({ statement, weight, ...reasons }: Hypothesis) =>
    [
      statement,
      `Share among the hypotheses of this campaign: ${weight.toFixed(2)}.`,
      ...reasons.for.map((reason) => `For: ${reason}`),
      ...reasons.against.map((reason) => `Against: ${reason}`),
    ].join('\n'),
  caseName: (days: string) => `Signalling findings, ${days}`,
  caseText: (facts: Case, unlisted: number) =>
    [
      `${counted(facts.inputs.length, 'capture', 'captures')}, ${WORDS.packets(facts.packets)} and ${WORDS.messages(facts.messages)} were examined; ${WORDS.findings(facts.findings)}, ${counted(facts.campaigns, 'campaign', 'campaigns')}.`,
      ...(facts.complete ? [] : ['The run did not read all it was given.']),
      ...facts.limitations,
      ...(unlisted === 0
        ? []
        : [`${WORDS.findings(unlisted)} have source addresses beyond those listed here; only their text names them.`]),
    ].join('\n'),
  captureHash: (packets: number) => `Examined capture, ${WORDS.packets(packets)}.`,
  severity: (severity: string) => `severity ${severity}`,
  answered: (word: string) => `answer: ${word}`,
  layerName: (days: string) => `Telltale: signalling findings, ${days}`,
  layerText:
    'Scores are numbers of findings. The mobile matrix of ATT&CK has few signalling techniques; those of GSMA MoTIF and MITRE FiGHT stand in the metadata.',
  layerScore: (findings: number, detectors: readonly string[]) =>
    `${WORDS.findings(findings)}: ${detectors.join(', ')}`,
} as const
