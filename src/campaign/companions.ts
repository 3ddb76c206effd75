import type { SourceGroup } from './groups.ts'
import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'

/** A companion's requests must be about the group's subscribers in this share at least. */
const LEAST_SHARE = 0.3
const LEAST_HITS = 2

/**
 * Adds sources that write a rare encoding which several sources of a group write, and go after the group's subscribers: too
 * little for a test by themselves, enough beside one.
 */
export function companionsByEncoding(
  log: ObservationLog,
  bySubject: Grouping,
  bySource: Grouping,
  groups: readonly SourceGroup[],
  isRare: (encoding: string) => boolean,
  skip: ReadonlySet<number>,
): void {
  const rare = log.encodings.map(isRare)
  const taken = new Set(groups.flatMap(({ sources }) => [...sources]))
  for (const group of groups) {
    const users = new Map<number, Set<number>>()
    for (const source of group.sources) {
      for (let i = bySource.starts[source] ?? 0; i < (bySource.starts[source + 1] ?? 0); i++) {
        const encoding = log.encoding[bySource.order[i] ?? 0] ?? NONE
        if (encoding === NONE || rare[encoding] !== true) continue
        const others = users.get(encoding)
        if (others === undefined) users.set(encoding, new Set([source]))
        else others.add(source)
      }
    }
    const common = new Set([...users].filter(([, sources]) => sources.size > 1).map(([encoding]) => encoding))
    if (common.size === 0) continue
    const hits = new Map<number, number>()
    for (const subject of group.subjects) {
      for (let i = bySubject.starts[subject] ?? 0; i < (bySubject.starts[subject + 1] ?? 0); i++) {
        const item = bySubject.order[i] ?? 0
        const source = log.source[item] ?? 0
        if (taken.has(source) || skip.has(source) || !common.has(log.encoding[item] ?? NONE)) continue
        hits.set(source, (hits.get(source) ?? 0) + 1)
      }
    }
    for (const [source, count] of hits) {
      const all = (bySource.starts[source + 1] ?? 0) - (bySource.starts[source] ?? 0)
      if (count < LEAST_HITS || count < LEAST_SHARE * all) continue
      group.sources.add(source)
      taken.add(source)
    }
  }
}
