import type { EpisodeKind, Stage } from './stage.ts'
import type { Framed } from './traffic.ts'
import type { Subscriber } from './world.ts'

/** Whom a request names. */
export type Named = { readonly imsi: string | null; readonly msisdn: string | null }

export const NOBODY: Named = { imsi: null, msisdn: null }
export const byImsi = ({ imsi }: Subscriber): Named => ({ imsi, msisdn: null })
export const byMsisdn = ({ msisdn }: Subscriber): Named => ({ imsi: null, msisdn })

/** What a label says beside its messages. */
export interface LabelFacts {
  readonly title: string
  readonly source: string
  readonly subject: Named
  /** Absent: true. */
  readonly answered?: boolean | null
}

/** Labels an attack. @param detectors ids; of those behind `any:` one is enough. */
export function attack(
  stage: Stage,
  detectors: string,
  facts: LabelFacts,
  messages: readonly Framed[],
  evasion?: string,
): void {
  const any = detectors.startsWith('any:')
  stage.label({
    kind: 'attack',
    answered: true,
    ...facts,
    detectors: detectors.replace('any:', '').trim().split(' '),
    ...(any ? { match: 'any' as const } : {}),
    ...(evasion === undefined ? {} : { evasion }),
    messages,
  })
}

/** Labels what is no attack. */
export function innocent(
  stage: Stage,
  kind: Exclude<EpisodeKind, 'attack'>,
  facts: LabelFacts,
  messages: readonly Framed[],
): void {
  stage.label({ kind, answered: true, ...facts, detectors: [], messages })
}
