import type { Scale } from './campaign.ts'
import type { CampaignOptions } from './options.ts'

/** What decides whether a campaign is mass or targeted. */
export interface ScaleFacts {
  readonly subjects: number
  readonly attempts: number
  /** Subscribers asked about in three or more different weeks. */
  readonly persistent: number
}

/**
 * Mass: many subscribers, each asked about a few times. Targeted: few subscribers, or many of whom each is pursued. The
 * boundary is `massSubjects` subscribers and `massAttempts` requests a subscriber: below the first, a person can know all
 * the names; above the second, somebody follows each of them.
 */
export function scaleOf(facts: ScaleFacts, options: CampaignOptions): { readonly scale: Scale; readonly why: string } {
  const { subjects, attempts, persistent } = facts
  const each = subjects === 0 ? 0 : attempts / subjects
  const isMass = subjects >= options.massSubjects && each <= options.massAttempts
  const rate = `${subjects} subscribers, ${each.toFixed(1)} requests each, ${persistent} of them over three or more weeks`
  const border = `mass begins at ${options.massSubjects} subscribers with at most ${options.massAttempts} requests each`
  return { scale: isMass ? 'mass' : 'targeted', why: `${rate}; ${border}` }
}
