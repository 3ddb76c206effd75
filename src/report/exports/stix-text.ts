import type { Campaign } from '../../campaign/campaign.ts'
import type { EvidenceRef, Finding } from '../../finding/finding.ts'
import { LIMITS } from '../../limits.ts'
import { maskImsi, maskMsisdn } from '../../numbering/mask.ts'
import { name } from '../describe.ts'
import { clipText, visibleText } from '../visible-text.ts'
import { WORDS } from '../words.ts'
import { INTELLIGENCE_WORDS as I } from './stix-words.ts'

/** A pseudonym that a case holds in the place of an identity. */
const PSEUDONYM = /^\d{0,8}~/
/** Shorter digits would be found in dates and counts. */
const LEAST_DIGITS = 6

/** A sentence of the case, visible and cut to `LIMITS.reportTextColumns`. */
export function sentence(words: string): string {
  return clipText(visibleText(words), LIMITS.reportTextColumns)
}

/** Text of several lines, each as `sentence` shows it. */
export function text(lines: string): string {
  return lines.split('\n').map(sentence).join('\n')
}

/** `words` without the subscriber's identities, were they in it: masked where they stand. */
export function hideSubject(words: string, { imsi, msisdn }: Finding['subject']): string {
  let hidden = words
  if (isClear(imsi)) hidden = hidden.replaceAll(imsi, maskImsi(imsi))
  return isClear(msisdn) ? hidden.replaceAll(msisdn, maskMsisdn(msisdn)) : hidden
}

/** The identities of a pseudonymised case; none of one that holds them in clear. */
export function pseudonymsOf({ imsi, msisdn }: Finding['subject']): string[] {
  return [imsi, msisdn].flatMap((identity) => (identity !== null && PSEUDONYM.test(identity) ? [name(identity)] : []))
}

/** Frames of a finding by capture, the first `LIMITS.exportFrames`. */
export function evidenceText({ evidence, evidenceCount }: Finding): string {
  const shown = evidence.slice(0, LIMITS.exportFrames)
  const byCapture = Map.groupBy(shown, ({ capture }: EvidenceRef) => capture)
  const frames = [...byCapture].map(([capture, refs]) =>
    I.frames(
      name(capture),
      refs.map(({ frame }) => frame),
    ),
  )
  return I.evidence(frames, shown.length, evidenceCount)
}

/** What a campaign did, in a few lines; counts above 0 and under `minCount` are not told. */
export function campaignText(campaign: Campaign, minCount: number): string {
  const { scale, protocols, coTargeting, changes } = campaign
  const isFew = (count: number): boolean => count > 0 && count < minCount
  const subscribers = (count: number): string => (isFew(count) ? I.fewSubscribers(minCount) : WORDS.subscribers(count))
  const attempts = isFew(campaign.attempts) ? I.fewAttempts(minCount) : I.attempts(campaign.attempts)
  return text(
    [
      I.campaign(scale, protocols, attempts, subscribers(campaign.subjects)),
      ...(coTargeting === null ? [] : [I.coTargeting(coTargeting, subscribers(coTargeting.shared))]),
      ...changes.map(({ kind, at, uncertaintyDays, from, to }) => I.change(kind, at, uncertaintyDays, from, to)),
    ].join('\n'),
  )
}

function isClear(identity: string | null): identity is string {
  return identity !== null && identity.length >= LEAST_DIGITS && !PSEUDONYM.test(identity)
}
