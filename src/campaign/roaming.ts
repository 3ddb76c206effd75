import type { RoamingSummary } from './campaign.ts'
import { DAY_US } from './options.ts'

/** What is known of a subscriber at a moment. */
export interface RoamingFact {
  readonly abroad: boolean
  /** ISO 3166-1 alpha-2 of the network that serves the subscriber, null where unknown. */
  readonly country: string | null
  /** Since when, µs; null where unknown. */
  readonly arrivedUs: number | null
}

/** Tells where a subscriber was at a time, or null: the caller knows from registrations, or from elsewhere. */
export type RoamingContext = (subjectKey: string, timeUs: number) => RoamingFact | null

const JUST_ARRIVED_US = 7 * DAY_US

/** Sums up where the subscribers were when first asked about. @returns null when nothing is known of any. */
export function summariseRoaming(
  first: Iterable<{ readonly subjectKey: string; readonly timeUs: number }>,
  context: RoamingContext,
): RoamingSummary | null {
  let known = 0
  let abroad = 0
  let justArrived = 0
  const counts = new Map<string, number>()
  for (const { subjectKey, timeUs } of first) {
    const fact = context(subjectKey, timeUs)
    if (fact === null) continue
    known++
    if (fact.country !== null) counts.set(fact.country, (counts.get(fact.country) ?? 0) + 1)
    if (!fact.abroad) continue
    abroad++
    if (fact.arrivedUs !== null && timeUs >= fact.arrivedUs && timeUs - fact.arrivedUs <= JUST_ARRIVED_US) justArrived++
  }
  const countries = [...counts]
    .map(([country, subjects]) => ({ country, subjects }))
    .sort((a, b) => b.subjects - a.subjects || (a.country < b.country ? -1 : 1))
  return known === 0 ? null : { known, abroad, justArrived, countries }
}
