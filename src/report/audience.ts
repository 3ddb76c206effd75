import { formatCount, WORDS } from './words.ts'

/** Who reads the report, and so what it may show. */
export interface Audience {
  /** True: identities as the case has them; false: masked. */
  readonly reveal: boolean
  /** Distinct subscribers below this number, but above none, are shown as “fewer than”; 0 or 1 shows all. */
  readonly minimumCount: number
}

/** A number of distinct subscribers, as far as this reader may know it. */
export function subjectCount(count: number, { minimumCount }: Audience): string {
  return count > 0 && count < minimumCount ? WORDS.fewer(minimumCount) : formatCount(count)
}

/** Whether single subscribers may be told of. */
export function mayShowSubjects({ minimumCount }: Audience): boolean {
  return minimumCount <= 1
}

/** The same in words: `1 subscriber`, `fewer than 10 subscribers`. */
export function subscribersText(count: number, audience: Audience): string {
  return WORDS.report.subscribersText(subjectCount(count, audience), count === 1 && audience.minimumCount <= 1)
}
