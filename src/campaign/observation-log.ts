import type { FindingClass } from '../finding/finding.ts'
import { LIMITS } from '../limits.ts'
import type { CampaignProtocol, Observation, ObservedSource } from './observation.ts'

/** What requests have in common besides who asked about whom. */
export interface ObservationKind {
  readonly detector: string
  readonly class: FindingClass
  readonly protocol: CampaignProtocol
  readonly operation: string
}

/** Stands for "none" in the columns of numbers. */
export const NONE = 0xffff_ffff
const ID = /^F-([0-9a-f]{8})([0-9a-f]{8})$/
const ANSWERED = { true: 1, false: 0, null: 2 } as const
const FIRST_ROOM = 1024

/**
 * Observations as columns of numbers, some 34 octets each, so that ten million fit a machine. Sources, subjects, kinds and
 * encodings are numbered in the order they come. Up to LIMITS.campaignObservations; the rest is counted in `dropped`.
 */
export class ObservationLog {
  size = 0
  dropped = 0
  timeUs = new Float64Array(FIRST_ROOM)
  source = new Uint32Array(FIRST_ROOM)
  /** NONE where the request names nobody. */
  subject = new Uint32Array(FIRST_ROOM)
  kind = new Uint16Array(FIRST_ROOM)
  encoding = new Uint32Array(FIRST_ROOM)
  answered = new Uint8Array(FIRST_ROOM)
  private idHigh = new Uint32Array(FIRST_ROOM)
  private idLow = new Uint32Array(FIRST_ROOM)

  readonly sources: ObservedSource[] = []
  readonly subjects: string[] = []
  readonly kinds: ObservationKind[] = []
  readonly encodings: string[] = []
  /** Finding ids of another form, by their number. */
  private readonly otherIds: string[] = []
  private readonly otherIdNumbers = new Map<string, number>()
  private readonly sourceNumbers = new Map<string, number>()
  private readonly subjectNumbers = new Map<string, number>()
  private readonly kindNumbers = new Map<string, number>()
  private readonly encodingNumbers = new Map<string, number>()
  private sorted = true

  add(o: Observation): void {
    if (this.size >= LIMITS.campaignObservations) {
      this.dropped++
      return
    }
    const kind = this.kindOf(o)
    const source = this.sourceOf(o.source)
    if (kind === NONE || source === NONE) {
      this.dropped++
      return
    }
    if (this.size === this.timeUs.length) this.grow()
    const i = this.size++
    if (i > 0 && o.timeUs < (this.timeUs[i - 1] ?? 0)) this.sorted = false
    this.timeUs[i] = o.timeUs
    this.source[i] = source
    this.subject[i] = o.subjectKey === null ? NONE : numberOf(this.subjectNumbers, this.subjects, o.subjectKey)
    this.kind[i] = kind
    this.encoding[i] =
      o.encoding === null || this.encodings.length >= LIMITS.campaignEncodings
        ? (this.encodingNumbers.get(o.encoding ?? '') ?? NONE)
        : numberOf(this.encodingNumbers, this.encodings, o.encoding)
    this.answered[i] = ANSWERED[`${o.answered}`]
    this.putId(i, o.findingId)
  }

  /**
   * Gives subscribers the name they are known by now: a number whose IMSI came to light only later is the same subscriber
   * as that IMSI. Names that turn out to be one keep one number; the others stay without requests.
   */
  joinSubjects(nameOf: (key: string) => string): void {
    const joined = Uint32Array.from(this.subjects.slice(), (key) =>
      numberOf(this.subjectNumbers, this.subjects, nameOf(key)),
    )
    for (let i = 0; i < this.size; i++) {
      const subject = this.subject[i] ?? NONE
      if (subject !== NONE) this.subject[i] = joined[subject] ?? subject
    }
  }

  findingId(i: number): string {
    const high = this.idHigh[i] ?? 0
    const low = this.idLow[i] ?? 0
    if (high === NONE) return this.otherIds[low] ?? ''
    return `F-${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}`
  }

  /** Observations from the earliest on; equal times keep the order they came in. */
  byTime(): Uint32Array {
    const order = Uint32Array.from({ length: this.size }, (_, i) => i)
    const { timeUs } = this
    return this.sorted ? order : order.sort((a, b) => (timeUs[a] ?? 0) - (timeUs[b] ?? 0) || a - b)
  }

  private putId(i: number, id: string): void {
    const match = ID.exec(id)
    const high = match === null ? NONE : Number.parseInt(match[1] ?? '', 16)
    if (high !== NONE) {
      this.idHigh[i] = high
      this.idLow[i] = Number.parseInt(match?.[2] ?? '', 16)
      return
    }
    this.idHigh[i] = NONE
    this.idLow[i] = numberOf(this.otherIdNumbers, this.otherIds, id)
  }

  private kindOf(o: Observation): number {
    const key = `${o.detector}|${o.protocol}|${o.operation}`
    const known = this.kindNumbers.get(key)
    if (known !== undefined) return known
    if (this.kinds.length >= LIMITS.campaignKinds) return NONE
    this.kindNumbers.set(key, this.kinds.length)
    this.kinds.push({ detector: o.detector, class: o.class, protocol: o.protocol, operation: o.operation })
    return this.kinds.length - 1
  }

  private sourceOf(source: ObservedSource): number {
    const key = `${source.gt}|${source.host}|${source.gt === null && source.host === null ? `${source.ip}|${source.opc}` : ''}`
    const known = this.sourceNumbers.get(key)
    if (known !== undefined) return known
    if (this.sources.length >= LIMITS.campaignSources) return NONE
    this.sourceNumbers.set(key, this.sources.length)
    this.sources.push(source)
    return this.sources.length - 1
  }

  private grow(): void {
    const room = 2 * this.timeUs.length
    this.timeUs = grown(new Float64Array(room), this.timeUs)
    this.source = grown(new Uint32Array(room), this.source)
    this.subject = grown(new Uint32Array(room), this.subject)
    this.kind = grown(new Uint16Array(room), this.kind)
    this.encoding = grown(new Uint32Array(room), this.encoding)
    this.answered = grown(new Uint8Array(room), this.answered)
    this.idHigh = grown(new Uint32Array(room), this.idHigh)
    this.idLow = grown(new Uint32Array(room), this.idLow)
  }
}

/** Reads all observations; the earliest should come first, but any order gives the same result. */
export async function readObservations(
  observations: Iterable<Observation> | AsyncIterable<Observation>,
): Promise<ObservationLog> {
  const log = new ObservationLog()
  if (Symbol.iterator in observations) for (const one of observations) log.add(one)
  else for await (const one of observations) log.add(one)
  return log
}

/** Observations grouped by a number each has, in time order inside a group: `order[starts[g], starts[g + 1])`. */
export interface Grouping {
  readonly order: Uint32Array
  readonly starts: Uint32Array
}

/** Counting sort of `items` by `groupOf`, stable; those of group NONE are left out. */
export function groupBy(items: Uint32Array, groups: number, groupOf: (item: number) => number): Grouping {
  const starts = new Uint32Array(groups + 1)
  for (const item of items) {
    const group = groupOf(item)
    if (group !== NONE) starts[group + 1] = (starts[group + 1] ?? 0) + 1
  }
  for (let g = 0; g < groups; g++) starts[g + 1] = (starts[g + 1] ?? 0) + (starts[g] ?? 0)
  const next = starts.slice()
  const order = new Uint32Array(starts[groups] ?? 0)
  for (const item of items) {
    const group = groupOf(item)
    if (group === NONE) continue
    const at = next[group] ?? 0
    order[at] = item
    next[group] = at + 1
  }
  return { order, starts }
}

function numberOf(numbers: Map<string, number>, values: string[], value: string): number {
  const known = numbers.get(value)
  if (known !== undefined) return known
  numbers.set(value, values.length)
  values.push(value)
  return values.length - 1
}

function grown<T extends { set(from: T): void }>(room: T, from: T): T {
  room.set(from)
  return room
}
