import type { SourceFacts, Vote } from './source-facts.ts'

export const vote = (
  kind: Vote['kind'],
  identifier: string,
  operator: string | null,
  country: string | null,
): Vote => ({
  kind,
  identifier,
  operator,
  country,
  method: operator === null ? 'unknown' : 'partner prefix',
  requests: 10,
})

/** Facts of an invented source; what matters to a test is given. */
export function facts(sourceKey: string, more: Partial<SourceFacts> = {}): SourceFacts {
  return {
    sourceKey,
    votes: [],
    firstUs: 0,
    lastUs: 1_000_000,
    requests: 100,
    suspicious: 10,
    subjects: 5,
    answered: 0,
    unanswered: 0,
    unseen: 10,
    operations: [],
    fingerprints: [],
    fingerprintChanges: [],
    exceptions: [],
    ownSubjects: 0,
    ...more,
  }
}
