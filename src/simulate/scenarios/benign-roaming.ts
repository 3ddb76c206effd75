import { background } from '../procedures.ts'
import type { Scenario } from '../scenario.ts'

/** Legitimate traffic only: `procedures` procedures within an hour. */
export function benignRoaming(procedures: number): Scenario {
  return {
    name: 'benign-roaming',
    about: 'Roaming, short messages, calls and balance inquiries between a home network and its partners; no attack.',
    durationUs: 3_600_000_000,
    plain: false,
    play: (stage) => background(stage, procedures),
  }
}
