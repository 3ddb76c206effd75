import { type Confidence, confidenceWords } from '../detect/confidence.ts'
import type { Detection } from '../detect/runner.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { mapErrorName } from '../signalling/ss7/map/errors.ts'

/** What the answers to one finding's requests were. */
export interface Answers {
  /** Results that came back. */
  results: number
  /** Errors, rejects, aborts and empty ends, by fixed words. */
  readonly refusals: Map<string, number>
  /** Requests without any answer, though one would have been seen. */
  unanswered: number
  /** Requests whose answer could not have been seen. */
  unseen: number
  /** What results gave away, in words, each once. */
  readonly gave: Set<string>
}

export function noAnswers(): Answers {
  return { results: 0, refusals: new Map(), unanswered: 0, unseen: 0, gave: new Set() }
}

/** Notes the answer to one request. */
export function noteAnswer(answers: Answers, event: SignallingEvent): void {
  if (event.kind === 'result') {
    answers.results++
    if (event.cellId !== null) answers.gave.add('a cell')
    if (event.position !== null) answers.gave.add('a position')
    if (event.imsi !== null) answers.gave.add('an IMSI')
    if (event.imei !== null) answers.gave.add('an IMEI')
    if (event.nodeAddress !== null) answers.gave.add('a serving node')
    if (event.vectors > 0) answers.gave.add('authentication vectors')
    return
  }
  const words = refusalWords(event)
  answers.refusals.set(words, (answers.refusals.get(words) ?? 0) + 1)
}

/** True: a result came back; false: none did, or an error; null: what came back would not have been seen. */
export function isAnswered({ results, refusals, unanswered }: Answers): boolean | null {
  if (results > 0) return true
  return refusals.size > 0 || unanswered > 0 ? false : null
}

/**
 * The sentence of a finding: the facts of the first request, how often, what came back, what the confidence is made of, and an exception that ran out.
 */
export function whyOf(
  { suspicion, expired }: Detection,
  count: number,
  answers: Answers,
  confidence: Confidence,
): string {
  const times = count === 1 ? '' : `, ${count} times`
  const lapsed =
    expired === null
      ? ''
      : ` The exception agreed with ${expired.owner ?? 'an owner not named'} until ${expired.until} had expired.`
  return `${capitalised(suspicion.why)}${times}; ${answerWords(count, answers)} (confidence ${confidenceWords(confidence)}).${lapsed}`
}

function capitalised(text: string): string {
  // a host name is written as it came
  return /^[^ ]*\./.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
}

function answerWords(count: number, { results, refusals, unanswered, unseen, gave }: Answers): string {
  const parts: string[] = []
  if (results > 0) {
    const what = gave.size === 0 ? '' : `, giving away ${[...gave].join(', ')}`
    parts.push(count === 1 ? `it was answered${what}` : `${results} answered${what}`)
  }
  for (const [words, times] of refusals) parts.push(count === 1 ? `it was ${words}` : `${times} ${words}`)
  if (unanswered > 0) parts.push(count === 1 ? 'no answer was seen' : `${unanswered} without an answer`)
  if (unseen > 0)
    parts.push(count === 1 ? 'an answer would not have been seen' : `${unseen} whose answer would not have been seen`)
  return parts.join(', ')
}

/** How a request was turned down, to finish "it was …": few and fixed, whatever codes the wire holds. */
function refusalWords(event: SignallingEvent): string {
  if (event.kind === 'abort') return 'aborted'
  if (event.kind === 'reject') return 'rejected'
  if (event.kind !== 'error') return 'ended without a result'
  const name = event.errorCode === null ? '' : mapErrorName(event.errorCode)
  return name === '' || name === `error ${event.errorCode}` ? 'refused with an unknown error' : `refused with ${name}`
}
