import type { CaptureInfo } from '../capture/packet.ts'
import type { DecodingAccount } from '../event/decoding.ts'
import { formatTime } from '../event/time.ts'
import type { Network } from '../network/network.ts'
import { NUMBERING_REFERENCES } from '../numbering/references.ts'
import type { Case, CaseInput, CaseTrend, DetectorAccount } from './case.ts'
import type { Tally } from './tally.ts'

/** All that case.json is put together from. */
export interface CaseFacts {
  readonly version: string
  readonly decoding: DecodingAccount
  /** Whether any message answers another one. */
  readonly sawAnswers: boolean
  readonly interrupted: boolean
  readonly network: Network
  /** Path of network.yaml as given, or null. */
  readonly networkFile: string | null
  /** Names of the thresholds of each detector, by its id. */
  readonly thresholds: ReadonlyMap<string, readonly string[]>
  readonly accounts: readonly DetectorAccount[]
  readonly tally: Tally
  readonly campaigns: number
  readonly trends: readonly CaseTrend[]
  /** What the grouping into campaigns and the files of --context left out, a sentence each. */
  readonly furtherLimitations: readonly string[]
  /** Files of this run beside the tables of the program. */
  readonly furtherReferences: Case['references']
  readonly findings: number
  readonly settings: Readonly<Record<string, unknown>>
}

/** The account of a run, as case.json holds it. */
export function buildCase(facts: CaseFacts): Case {
  const { decoding, tally, network } = facts
  const { captures } = decoding
  const inputs = captures.map(toInput)
  const times = captures.flatMap(({ firstTimeUs, lastTimeUs }) => [firstTimeUs, lastTimeUs]).filter((t) => t !== null)
  const interruptions = [
    ...(facts.interrupted
      ? ['The run was interrupted: what came after the last packet counted here was not read.']
      : []),
    ...decoding.failures.map(({ message }) => message),
  ]
  return {
    schema: 1,
    program: { name: 'telltale', version: facts.version, node: process.versions.node },
    complete: interruptions.length === 0 && captures.every(({ damage }) => damage === null),
    interruptions,
    inputs,
    firstSeen: times.length === 0 ? null : formatTime(times.reduce((a, b) => Math.min(a, b))),
    lastSeen: times.length === 0 ? null : formatTime(times.reduce((a, b) => Math.max(a, b))),
    packets: decoding.packetCount,
    messages: decoding.messageCount,
    events: decoding.eventCount,
    findings: facts.findings,
    campaigns: facts.campaigns,
    trends: facts.trends,
    packetCoverage: decoding.packetRows,
    messageCoverage: decoding.messageRows,
    detectors: facts.accounts,
    limitations: limitationsOf(facts),
    references: [...NUMBERING_REFERENCES, ...facts.furtherReferences],
    settings: facts.settings,
    manifest: [],
    operations: tally.operationRows(),
    sources: tally.sourceRows(network),
  }
}

function toInput(info: CaptureInfo): CaseInput {
  const { name, path, format, compression, bytes, sha256, packets, firstTimeUs, lastTimeUs, damage } = info
  return {
    name,
    path,
    format,
    compression,
    bytes,
    sha256,
    packets,
    firstSeen: firstTimeUs === null ? null : formatTime(firstTimeUs),
    lastSeen: lastTimeUs === null ? null : formatTime(lastTimeUs),
    damage,
  }
}

/** What of `home` tells the direction of messages, by family of protocols. */
const DIRECTIONS = [
  {
    protocols: ['map', 'cap', 'inap'],
    family: 'SS7',
    needed: 'global titles or point codes',
    isKnown: (network: Network) => network.homeOfGt('0') !== null || network.homeOfPointCode(0) !== null,
  },
  {
    protocols: ['diameter'],
    family: 'Diameter',
    needed: 'realms or network codes',
    isKnown: (network: Network) => network.homeOfRealm('epc.mnc001.mcc001.3gppnetwork.org') !== null,
  },
  {
    protocols: ['gtpv1', 'gtpv2'],
    family: 'GTP',
    needed: 'IP ranges',
    isKnown: (network: Network) => network.homeOfIp('0.0.0.0') !== null,
  },
] as const

/** A sentence for each family that is there and whose direction `home` does not tell. */
function inferredDirections({ network, networkFile, tally }: CaseFacts): string[] {
  const { home } = network
  if (home === null) return []
  const seen = new Set<string>(tally.operationRows().map(({ protocol }) => protocol))
  return DIRECTIONS.filter(
    ({ protocols, isKnown }) => protocols.some((protocol) => seen.has(protocol)) && !isKnown(network),
  ).map(
    ({ family, needed }) =>
      `${networkFile} lists no ${needed} of ${home.name}: which way ${family} messages go is inferred from public numbering and the partner list.`,
  )
}

/** A sentence for each exception that had run out when the captures ended, whether or not it ever held. */
function expiredExceptions({ decoding, network, networkFile }: CaseFacts): string[] {
  const endUs = decoding.captures.reduce(
    (end, { lastTimeUs }) => Math.max(end, lastTimeUs ?? end),
    Number.NEGATIVE_INFINITY,
  )
  return network.exceptions
    .filter((exception) => exception.endUs <= endUs)
    .map(({ source, owner, until, place }) => {
      const addresses = Object.entries(source).flatMap(([kind, text]) => (text === null ? [] : [`${kind} ${text}`]))
      const who = owner === null ? '' : `, agreed with ${owner},`
      return `${networkFile}:${place.line}: the exception for ${addresses.join(' and ')}${who} ended on ${until}: what came later is reported.`
    })
}

/** What this run could not check, a sentence each. */
function limitationsOf(facts: CaseFacts): string[] {
  const { decoding, network, tally, networkFile } = facts
  const sentences: string[] = []
  if (networkFile === null) {
    sentences.push(
      'No network.yaml was given: who “we” are is unknown. Countries and networks come from public numbering alone, which way a message goes is inferred from it, agreed traffic is not told apart, and an own address arriving from outside (SPF-01) cannot be seen.',
    )
  }
  sentences.push(...inferredDirections(facts))
  sentences.push(...expiredExceptions(facts))
  for (const warning of network.warnings) sentences.push(`Left out of the partner list: ${warning}`)
  for (const { id, threshold, place } of network.namedDetectors) {
    const known = facts.thresholds.get(id)
    const missing =
      known === undefined
        ? `this version has no detector ${id}; what is set for it`
        : threshold !== null && !known.includes(threshold)
          ? `${id} has no threshold ${threshold} (\`telltale detectors ${id}\` lists them); what is set for it`
          : null
    if (missing !== null) sentences.push(`${networkFile}:${place.line}: ${missing} has no effect.`)
  }
  for (const { message } of decoding.skipped) sentences.push(message)
  const lost = decoding.lostBesideCount
  if (lost > 0)
    sentences.push(`${lost} packets that were read also held a fragment of a message that was never complete.`)
  if (decoding.forgottenRequests > 0) {
    sentences.push(
      `${decoding.forgottenRequests} transactions and requests were forgotten for want of room; their answers may be missing.`,
    )
  }
  if (tally.uncountedRequests > 0) {
    sentences.push(`${tally.uncountedRequests} requests came from more sources than are counted apart in the summary.`)
  }
  if (decoding.eventCount > 0 && !facts.sawAnswers) {
    sentences.push('No message answers another one in these captures: whether requests were answered cannot be told.')
  }
  return [...sentences, ...facts.furtherLimitations]
}
