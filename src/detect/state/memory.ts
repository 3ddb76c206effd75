import { LIMITS } from '../../limits.ts'

/** A value that can be saved. */
export type Kept = number | string | readonly (number | string)[]

/**
 * A table of bounded size; when it is full the entries set the longest ago give way, and are counted.
 */
export class Table<V extends Kept> {
  /** Entries that gave way. */
  evicted = 0
  private readonly values = new Map<string, V>()
  readonly most: number

  /** @param most entries at most. */
  constructor(most: number) {
    this.most = most
  }

  get size(): number {
    return this.values.size
  }

  get(key: string): V | undefined {
    return this.values.get(key)
  }

  set(key: string, value: V): void {
    // one set anew stands last, so that what is in use stays
    if (!this.values.delete(key) && this.values.size >= this.most) this.makeRoom()
    this.values.set(key, value)
  }

  delete(key: string): void {
    this.values.delete(key)
  }

  entries(): IterableIterator<[string, V]> {
    return this.values.entries()
  }

  /** A sixteenth at once: to find the first of a map steps over all that was deleted in front of it. */
  private makeRoom(): void {
    let left = Math.max(1, this.most >> 4)
    for (const key of this.values.keys()) {
      if (left-- === 0) return
      this.values.delete(key)
      this.evicted++
    }
  }
}

/** The tables of all detectors, by name: what a daily run knows of yesterday. */
export class Memory {
  private readonly tables = new Map<string, Table<Kept>>()

  /**
   * The table of this name, made when first asked for. @param name begins with the detector's id.
   * @param most entries at most, LIMITS.tableEntries unless told otherwise.
   */
  table<V extends Kept>(name: string, most: number = LIMITS.tableEntries): Table<V> {
    const known = this.tables.get(name) as Table<V> | undefined
    if (known !== undefined) return known
    const made = new Table<V>(most)
    this.tables.set(name, made as unknown as Table<Kept>)
    return made
  }

  /** All tables, for saving. */
  all(): Iterable<readonly [name: string, table: Table<Kept>]> {
    return this.tables
  }

  /** Entries that gave way in all tables. */
  get evicted(): number {
    let sum = 0
    for (const table of this.tables.values()) sum += table.evicted
    return sum
  }
}
