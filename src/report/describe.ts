import type { Case, CoverageRow } from '../finding/case.ts'
import type { Finding, FindingSource } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import { maskImsi, maskMsisdn } from '../numbering/mask.ts'
import type { ReportAddress } from './report-facts.ts'
import { type Answers, primaryAddress } from './tally.ts'
import { clipText, visibleText } from './visible-text.ts'
import { formatCount, formatCountry, WORDS } from './words.ts'

/** Facts of a case in the words that the terminal and the page share. What they return is visible text. */

const ADDRESS_KINDS = ['gt', 'host', 'realm', 'ip', 'opc'] as const
const STATES = ['decoded', 'partly', 'not'] as const

/** A name or address, visible and cut to `LIMITS.reportNameColumns`. */
export function name(text: string): string {
  return clipText(visibleText(text), LIMITS.reportNameColumns)
}

/** A source's main address in words: `global title 12464500123`. */
export function addressText(source: FindingSource): string {
  const address = primaryAddress(source)
  return address === null ? WORDS.addressUnknown : `${WORDS.address[address.kind]} ${name(address.value)}`
}

/** An address in words, as `addressText`. */
export function addressOf(address: ReportAddress | null): string {
  return address === null ? WORDS.addressUnknown : `${WORDS.address[address.kind]} ${name(address.value)}`
}

/** A network with its country: `Example Mobile, Barbados (BB)`. */
export function networkText(network: string | null, country: string | null): string {
  return network === null ? formatCountry(country) : `${name(network)}, ${formatCountry(country)}`
}

/** The addresses beside the main one, each with its kind. */
export function otherAddresses(source: FindingSource): string[] {
  const main = primaryAddress(source)
  return ADDRESS_KINDS.flatMap((kind) => {
    const value = source[kind]
    return value === null || kind === main?.kind ? [] : [`${WORDS.address[kind]} ${name(String(value))}`]
  })
}

/** The operator's name, or the words for none. */
export function operatorText(operator: string | null): string {
  return operator === null ? WORDS.operatorUnknown : name(operator)
}

/** The identities asked about: masked, or as given when `reveal`. */
export function subjectText({ imsi, msisdn }: Finding['subject'], reveal: boolean): string {
  const parts = [
    imsi === null ? '' : WORDS.imsi(name(reveal ? imsi : maskImsi(imsi))),
    msisdn === null ? '' : WORDS.msisdn(name(reveal ? msisdn : maskMsisdn(msisdn))),
  ].filter((part) => part !== '')
  return parts.length === 0 ? WORDS.subjectUnknown : parts.join(', ')
}

/** Answers in words: `3 answered, 1 not visible`. */
export function answersText(answers: Answers): string {
  return WORDS.answersOf(answers.answered, answers.notAnswered, answers.notVisible)
}

/** One finding's answer in a word. */
export function answerWord(answered: boolean | null): string {
  if (answered === null) return WORDS.answer.notVisible
  return answered ? WORDS.answer.answered : WORDS.answer.notAnswered
}

/** Names in one line, the first `most` of them. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most
  return names.slice(0, most).join(', ') + (more > 0 ? ` ${WORDS.more(more)}` : '')
}

/** Every reason why the run did not read all it was given: interrupts and damaged inputs. */
export function stopReasons(kase: Case): string[] {
  const damaged = kase.inputs.flatMap((input) =>
    input.damage === null ? [] : [`${name(input.name)}: ${visibleText(input.damage)}`],
  )
  return [...kase.interruptions.map(visibleText), ...damaged]
}

/** What the checks of a run did, in numbers: how many ran, judgements made, judgements without a result. */
export function judgements(kase: Case): {
  readonly checks: number
  readonly judged: number
  readonly unavailable: number
} {
  let judged = 0
  let unavailable = 0
  for (const row of kase.detectors) {
    judged += row.checked
    unavailable += sumOf(row.unavailable)
  }
  return { checks: kase.detectors.length, judged, unavailable }
}

/** Messages decoded in part or not at all. */
export function undecodedMessages(kase: Case): number {
  return sumOf(kase.messageCoverage.filter((row) => row.state !== 'decoded'))
}

/** Coverage rows in reading order: decoded, in part, not; the largest first. */
export function orderedCoverage(rows: readonly CoverageRow[]): CoverageRow[] {
  return rows.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.count - a.count)
}

/** Says whether coverage rows add up to the total, and what is missing when they do not. */
export function sumSentence(rows: readonly CoverageRow[], total: number, what: string): string {
  const sum = sumOf(rows)
  return sum === total ? WORDS.addsUp(formatCount(sum), what) : WORDS.addsNotUp(sum, total, what)
}

/** The counts of rows, added up. */
export function sumOf(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, row) => sum + row.count, 0)
}
