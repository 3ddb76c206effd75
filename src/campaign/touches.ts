import { type Grouping, NONE, type ObservationLog } from './observation-log.ts'

/** Who touches whom over the whole capture, each subscriber once a source. */
export interface Touches {
  readonly subjectsOf: (source: number) => readonly number[]
  /** Different sources of each subscriber. */
  readonly popularity: Uint32Array
  readonly all: number
  /** Different subscribers. */
  readonly subjects: number
}

/** Who touches whom in a log. */
export function touchesOf(log: ObservationLog, bySource: Grouping): Touches {
  const popularity = new Uint32Array(log.subjects.length)
  const last = new Uint32Array(log.subjects.length).fill(NONE)
  const lists = log.sources.map((_, source) => {
    const list: number[] = []
    for (let i = bySource.starts[source] ?? 0; i < (bySource.starts[source + 1] ?? 0); i++) {
      const subject = log.subject[bySource.order[i] ?? 0] ?? NONE
      if (subject === NONE || last[subject] === source) continue
      last[subject] = source
      popularity[subject] = (popularity[subject] ?? 0) + 1
      list.push(subject)
    }
    return list
  })
  return {
    subjectsOf: (source) => lists[source] ?? [],
    popularity,
    all: lists.reduce((sum, list) => sum + list.length, 0),
    subjects: popularity.reduce((sum, count) => sum + Number(count > 0), 0),
  }
}
