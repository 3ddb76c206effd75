import { LIMITS } from '../../limits.ts'
import { Subjects } from './subjects.ts'

/** A value that can be saved. */
export type Kept = number | string | readonly (number | string)[]

/** What a saved state holds under one name. */
export interface Rows {
  /** Entries at most. */
  readonly most: number
  entries(): Iterable<[string, Kept]>
}

/**
 * A table of bounded size. Its entries stand in two generations: when the younger one is full, it becomes the older one,
 * whose entries give way and are counted. What is read or set anew is young again, so that what is in use stays, and
 * setting a known entry costs one look-up.
 */
export class Table<V extends Kept> implements Rows {
  /** Entries that gave way. */
  evicted = 0
  private young = new Map<string, V>()
  private old = new Map<string, V>()
  readonly most: number

  /** @param most entries at most. */
  constructor(most: number) {
    this.most = most
  }

  get size(): number {
    return this.young.size + this.old.size
  }

  get(key: string): V | undefined {
    const known = this.young.get(key)
    if (known !== undefined || this.old.size === 0) return known
    const aged = this.old.get(key)
    if (aged !== undefined) this.set(key, aged)
    return aged
  }

  set(key: string, value: V): void {
    if (this.old.size > 0) this.old.delete(key)
    this.young.set(key, value)
    if (this.young.size <= Math.max(1, this.most >> 1)) return
    this.young.delete(key)
    this.evicted += this.old.size
    this.old = this.young
    this.young = new Map([[key, value]])
  }

  delete(key: string): void {
    if (!this.young.delete(key)) this.old.delete(key)
  }

  *entries(): Generator<[string, V]> {
    yield* this.old
    yield* this.young
  }
}

/** The tables of all detectors, by name: what a daily run knows of yesterday. */
export class Memory {
  /** Subscribers that detectors know something of. */
  readonly subjects = new Subjects()
  private readonly tables = new Map<string, Table<Kept>>()
  private readonly columns = new Map<string, Rows>()

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

  /**
   * Has columns of `subjects` saved as the table of this name, and puts into them what an earlier run saved.
   * @param read what is known of the subscriber in a slot; undefined for nothing.
   * @param write takes back what `read` gave; what has another form is to be left out.
   */
  keepColumns(name: string, read: (slot: number) => Kept | undefined, write: (slot: number, row: Kept) => void): void {
    const { subjects, tables } = this
    for (const [saved, row] of tables.get(name)?.entries() ?? []) write(subjects.ofSaved(saved), row)
    tables.delete(name)
    function* entries(): Generator<[string, Kept]> {
      for (const [saved, slot] of subjects.entries()) {
        const row = read(slot)
        if (row !== undefined) yield [saved, row]
      }
    }
    this.columns.set(name, { most: subjects.most, entries })
  }

  /** All tables, for saving. */
  *all(): Generator<readonly [name: string, rows: Rows]> {
    yield* this.tables
    yield* this.columns
  }

  /** Entries that gave way in all tables. */
  get evicted(): number {
    let sum = this.subjects.evicted
    for (const table of this.tables.values()) sum += table.evicted
    return sum
  }
}
