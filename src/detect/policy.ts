import type { SignallingEvent } from '../event/signalling-event.ts'

/** Which detectors an operation answers to: see `docs/detectors.md`. */
export interface Policy {
  /** Category of an operation in its context; null where the policy has no row for it. */
  categoryOf(event: SignallingEvent): string | null
}

/** Nothing is categorised. */
export const EMPTY_POLICY: Policy = { categoryOf: () => null }
