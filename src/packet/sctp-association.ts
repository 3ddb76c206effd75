import { LIMITS } from '../limits.ts'
import { KeyMixer, type NumberSource } from './flow-numbers.ts'
import type { FragmentSpace } from './sctp-reassembly.ts'
import { TsnWindow, type TsnWindowBudget } from './sctp-tsn-window.ts'

/** Verification tags that one association may collect: two, and those of handshakes that were begun again. */
const MOST_DIRECTIONS = 8
/** Places for directions met lately. A power of two. */
const RECENT = 4_096

/** One direction of an association: the packets with one pair of ports and one verification tag. */
export class SctpDirection {
  readonly association: SctpAssociation
  /** Source port in the high 16 bits, destination port in the low. */
  readonly ports: number
  readonly tag: number
  /** Sending end, address and port as text. */
  readonly from: string
  readonly window: TsnWindow
  /** Fragments held, all spaces together. */
  fragments = 0
  /** Where fragments wait; null while there are none. */
  spaces: Map<string, FragmentSpace> | null = null

  constructor(association: SctpAssociation, ports: number, tag: number, from: string, budget: TsnWindowBudget) {
    this.association = association
    this.ports = ports
    this.tag = tag
    this.from = from
    this.window = new TsnWindow(budget)
  }
}

export class SctpAssociation {
  readonly number: number
  /** Both ends as text, in an order that does not depend on the direction. */
  readonly ends: string
  readonly directions: SctpDirection[] = []
  /** Capture time of its INIT, µs; -1 when none was seen. */
  initTimeUs = -1
  /** True once an ABORT or a SHUTDOWN COMPLETE was seen. */
  ended = false
  /** Neighbours in the order of use. */
  newer: SctpAssociation | null = null
  older: SctpAssociation | null = null

  constructor(number: number, ends: string) {
    this.number = number
    this.ends = ends
  }
}

/**
 * The associations of a run. A direction is known by its ports and verification tag, which the receiver chose at random,
 * so addresses may vary (multihoming). The two directions find each other by the tags exchanged in INIT and INIT ACK,
 * else by the addresses and ports of the packets. Bounded by LIMITS.sctpAssociations: the longest unused goes first.
 * Source: RFC 9260 §3.1, §5.1, §8.5.
 */
export class SctpAssociations {
  private readonly byPorts = new Map<number, Map<number, SctpDirection>>()
  /** Directions met lately, each at the place its tag and ports give: finds most of them without the maps. */
  private readonly recent: (SctpDirection | undefined)[] = new Array(RECENT).fill(undefined)
  private readonly byEnds = new Map<string, SctpAssociation>()
  private readonly portsMixer = new KeyMixer()
  private readonly tagMixer = new KeyMixer()
  private readonly numbers: NumberSource
  private readonly budget: TsnWindowBudget
  private readonly forgotten: (direction: SctpDirection) => void
  private newest: SctpAssociation | null = null
  private oldest: SctpAssociation | null = null
  private size = 0

  /** @param forgotten is called with each direction that is given up, while its fragments are still there. */
  constructor(numbers: NumberSource, budget: TsnWindowBudget, forgotten: (direction: SctpDirection) => void) {
    this.numbers = numbers
    this.budget = budget
    this.forgotten = forgotten
  }

  /** The direction of packets with these ports and this tag, or undefined when not met before. */
  find(ports: number, tag: number): SctpDirection | undefined {
    const place = (tag ^ ports) & (RECENT - 1)
    let direction = this.recent[place]
    if (direction === undefined || direction.tag !== tag || direction.ports !== ports) {
      direction = this.byPorts.get(this.portsMixer.mix(ports))?.get(this.tagMixer.mix(tag))
      if (direction === undefined) return undefined
      this.recent[place] = direction
    }
    this.touch(direction.association)
    return direction
  }

  /**
   * Enters a direction that `find` does not know: the other half of the association last seen between the same two ends,
   * or the first of a new one. `from` and `to` are the ends as text.
   */
  learn(ports: number, tag: number, from: string, to: string): SctpDirection {
    const other = this.byEnds.get(endsOf(from, to))
    const free =
      other !== undefined &&
      (from === to ? other.directions.length === 1 : other.directions.every((direction) => direction.from !== from))
    return free ? this.join(other, ports, tag, from) : this.open(ports, tag, from, to)
  }

  /** Adds the direction with these ports and this tag to the association that `partner` belongs to. */
  pair(partner: SctpDirection, ports: number, tag: number, from: string): void {
    if (this.find(ports, tag) !== undefined) return
    if (partner.association.directions.length < MOST_DIRECTIONS) this.join(partner.association, ports, tag, from)
  }

  /** Begins an association of its own for a direction not met before. */
  open(ports: number, tag: number, from: string, to: string): SctpDirection {
    return this.join(this.begin(endsOf(from, to)), ports, tag, from)
  }

  private join(association: SctpAssociation, ports: number, tag: number, from: string): SctpDirection {
    const direction = new SctpDirection(association, ports, tag, from, this.budget)
    association.directions.push(direction)
    const key = this.portsMixer.mix(ports)
    let byTag = this.byPorts.get(key)
    if (byTag === undefined) {
      byTag = new Map()
      this.byPorts.set(key, byTag)
    }
    byTag.set(this.tagMixer.mix(tag), direction)
    return direction
  }

  private begin(ends: string): SctpAssociation {
    if (this.size >= LIMITS.sctpAssociations && this.oldest !== null) this.forget(this.oldest)
    const association = new SctpAssociation(this.numbers.next(), ends)
    this.byEnds.set(ends, association)
    this.size++
    this.touch(association)
    return association
  }

  private forget(association: SctpAssociation): void {
    for (const direction of association.directions) {
      this.forgotten(direction)
      direction.window.release()
      this.recent[(direction.tag ^ direction.ports) & (RECENT - 1)] = undefined
      const key = this.portsMixer.mix(direction.ports)
      const byTag = this.byPorts.get(key)
      byTag?.delete(this.tagMixer.mix(direction.tag))
      if (byTag?.size === 0) this.byPorts.delete(key)
    }
    if (this.byEnds.get(association.ends) === association) this.byEnds.delete(association.ends)
    this.unlink(association)
    this.size--
  }

  private touch(association: SctpAssociation): void {
    if (this.newest === association) return
    this.unlink(association)
    association.older = this.newest
    if (this.newest !== null) this.newest.newer = association
    this.newest = association
    this.oldest ??= association
  }

  private unlink(association: SctpAssociation): void {
    const { newer, older } = association
    if (newer !== null) newer.older = older
    else if (this.newest === association) this.newest = older
    if (older !== null) older.newer = newer
    else if (this.oldest === association) this.oldest = newer
    association.newer = null
    association.older = null
  }
}

/** Both ends in an order that does not depend on the direction. */
function endsOf(from: string, to: string): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`
}
