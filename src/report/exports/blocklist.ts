import { WORDS } from '../words.ts'
import { csvRecord } from './csv.ts'
import { countOrNull, countText, type ExportOptions } from './options.ts'

/** A source of findings with all its traffic, as the store tells it. */
export interface BlockedSource {
  readonly kind: 'gt' | 'host' | 'realm' | 'ip' | 'opc'
  readonly value: string
  readonly operator: string | null
  readonly country: string | null
  readonly method: string
  readonly findings: number
  readonly severities: readonly { readonly severity: string; readonly findings: number }[]
  readonly detectors: readonly string[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly messages: number
  readonly requests: number
  readonly subjects: number
  readonly operations: readonly { readonly protocol: string; readonly operation: string; readonly requests: number }[]
  readonly suspicious: number
}

/** What stands above the list: whoever only sees the file must know what it is not. */
export const BLOCKLIST_NOTICE = [
  'Draft to be reviewed by a person, not a verdict: an address can be leased, shared, passed on by a carrier, or forged.',
  'Each line tells what a block on the address would have hit in this capture, benign traffic too: all its messages,',
  'its requests by operation, how many subscribers they name, and the share of requests under suspicion, at least.',
  'Before blocking: rule out the innocent explanations of the findings, and what other traffic the address carries.',
] as const

const COLUMNS = [
  'address_kind',
  'address',
  'operator',
  'country',
  'resolved_by',
  'findings',
  'severities',
  'detectors',
  'first_seen',
  'last_seen',
  'messages_hit',
  'requests_hit',
  'subscribers_hit',
  'suspicious_requests_at_least',
  'suspicious_share_at_least',
  'requests_by_operation',
] as const

/** The draft as CSV: comment lines that begin with `#`, the names of the columns, a line for each source. */
export async function* renderBlocklistCsv(
  sources: AsyncIterable<BlockedSource>,
  options: ExportOptions,
): AsyncGenerator<string> {
  for (const sentence of BLOCKLIST_NOTICE) yield `# ${sentence}\n`
  yield csvRecord(COLUMNS)
  for await (const source of sources) {
    yield csvRecord([
      WORDS.address[source.kind],
      source.value,
      source.operator,
      source.country,
      source.method,
      source.findings,
      source.severities.map(({ severity, findings }) => `${severity} ${findings}`).join('; '),
      source.detectors.join(' '),
      source.firstSeen,
      source.lastSeen,
      countText(source.messages, options),
      countText(source.requests, options),
      countText(source.subjects, options),
      countText(source.suspicious, options),
      shareOf(source, options),
      source.operations
        .map(({ protocol, operation, requests }) => `${protocol} ${operation} ${countText(requests, options)}`)
        .join('; '),
    ])
  }
}

/** The draft as JSON lines, the first of which says what it is. */
export async function* renderBlocklistJson(
  sources: AsyncIterable<BlockedSource>,
  options: ExportOptions,
): AsyncGenerator<string> {
  const below = options.minCount > 0 ? { countsBelow: options.minCount } : {}
  yield `${JSON.stringify({ schema: 1, notice: BLOCKLIST_NOTICE.join(' '), ...below })}\n`
  for await (const source of sources) {
    const { kind, value, operator, country, method, findings, severities, detectors, firstSeen, lastSeen } = source
    const hits = {
      messages: countOrNull(source.messages, options),
      requests: countOrNull(source.requests, options),
      subjects: countOrNull(source.subjects, options),
      suspicious: countOrNull(source.suspicious, options),
      suspiciousShare: shareOf(source, options),
      operations: source.operations.map((one) => ({ ...one, requests: countOrNull(one.requests, options) })),
    }
    yield `${JSON.stringify({ kind, value, operator, country, method, findings, severities, detectors, firstSeen, lastSeen, wouldHit: hits })}\n`
  }
}

/** 0 to 1; null without requests, and where it would tell a count that is not told. */
function shareOf({ suspicious, requests }: BlockedSource, options: ExportOptions): number | null {
  const isTold = countOrNull(suspicious, options) !== null && countOrNull(requests, options) !== null
  return requests === 0 || !isTold ? null : Math.round((suspicious / requests) * 1_000) / 1_000
}
