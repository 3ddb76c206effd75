import { type Finding, type FindingSource, SEVERITIES, type Severity } from '../finding/finding.ts'

/** How findings ended: a result came back, none did, or the capture would not show it. */
export interface Answers {
  readonly answered: number
  readonly notAnswered: number
  readonly notVisible: number
}

/** What a set of findings says in numbers. */
export interface Tally {
  readonly findings: number
  /** Messages behind the findings. */
  readonly messages: number
  /** Distinct identities asked about; one person known by IMSI here and MSISDN there counts twice. */
  readonly subjects: number
  /** Distinct source addresses. */
  readonly sources: number
  /** Distinct countries of source addresses, without the unknown. */
  readonly countries: readonly string[]
  readonly answers: Answers
  readonly bySeverity: Readonly<Record<Severity, number>>
  /** Null without findings. */
  readonly worst: Severity | null
  /** Lowest and highest confidence, 0 to 1; null without findings. */
  readonly confidence: { readonly low: number; readonly high: number } | null
  /** ISO 8601; null without findings. */
  readonly firstSeen: string | null
  readonly lastSeen: string | null
}

/** Findings that share a key, worst first. */
export interface Group {
  readonly key: string
  readonly findings: readonly Finding[]
  /** The first of `findings`: a group has one at least. */
  readonly first: Finding
  readonly tally: Tally
}

export type AddressKind = 'gt' | 'host' | 'realm' | 'ip' | 'opc'

/** The address a source is listed under: the most specific of global title, host, realm, IP and point code. */
export function primaryAddress(source: FindingSource): { readonly kind: AddressKind; readonly value: string } | null {
  if (source.gt !== null) return { kind: 'gt', value: source.gt }
  if (source.host !== null) return { kind: 'host', value: source.host }
  if (source.realm !== null) return { kind: 'realm', value: source.realm }
  if (source.ip !== null) return { kind: 'ip', value: source.ip }
  if (source.opc !== null) return { kind: 'opc', value: String(source.opc) }
  return null
}

/** Key under which findings of one source address come together. */
export function sourceKey(finding: Finding): string {
  const address = primaryAddress(finding.source)
  return address === null ? '' : `${address.kind} ${address.value}`
}

/** Adds `findings` up. */
export function tally(findings: readonly Finding[]): Tally {
  const subjects = new Set<string>()
  const sources = new Set<string>()
  const countries = new Set<string>()
  const answers = { answered: 0, notAnswered: 0, notVisible: 0 }
  const bySeverity: Record<Severity, number> = { info: 0, low: 0, medium: 0, high: 0, critical: 0 }
  let messages = 0
  let low = 1
  let high = 0
  let firstSeen: string | null = null
  let lastSeen: string | null = null
  for (const finding of findings) {
    messages += finding.count
    const subject = finding.subject.imsi ?? finding.subject.msisdn
    if (subject !== null) subjects.add(subject)
    sources.add(sourceKey(finding))
    if (finding.source.country !== null) countries.add(finding.source.country)
    if (finding.answered === null) answers.notVisible++
    else if (finding.answered) answers.answered++
    else answers.notAnswered++
    bySeverity[finding.severity]++
    low = Math.min(low, finding.confidence)
    high = Math.max(high, finding.confidence)
    if (firstSeen === null || finding.firstSeen < firstSeen) firstSeen = finding.firstSeen
    if (lastSeen === null || finding.lastSeen > lastSeen) lastSeen = finding.lastSeen
  }
  return {
    findings: findings.length,
    messages,
    subjects: subjects.size,
    sources: sources.size,
    countries: [...countries].sort(),
    answers,
    bySeverity,
    worst: SEVERITIES.findLast((severity) => bySeverity[severity] > 0) ?? null,
    confidence: findings.length === 0 ? null : { low, high },
    firstSeen,
    lastSeen,
  }
}

/** Groups `findings` by `keyOf`: the worst group first, then the one with the most messages, then by key. */
export function groupBy(findings: readonly Finding[], keyOf: (finding: Finding) => string): Group[] {
  const groups: Group[] = []
  for (const [key, members] of Map.groupBy(findings, keyOf)) {
    const ranked = rank(members)
    const [first] = ranked
    if (first !== undefined) groups.push({ key, findings: ranked, first, tally: tally(members) })
  }
  return groups.sort(
    (a, b) => level(b.tally.worst) - level(a.tally.worst) || b.tally.messages - a.tally.messages || order(a.key, b.key),
  )
}

/** `findings` in the order to read them: worst first, answered before the rest, then the surest, then the largest. */
export function rank(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      level(b.severity) - level(a.severity) ||
      Number(b.answered === true) - Number(a.answered === true) ||
      b.confidence - a.confidence ||
      b.count - a.count ||
      order(a.firstSeen, b.firstSeen) ||
      order(a.id, b.id),
  )
}

function level(severity: Severity | null): number {
  return severity === null ? -1 : SEVERITIES.indexOf(severity)
}

function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
