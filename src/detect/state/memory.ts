import { LIMITS } from '../../limits.ts'
import { type SubjectRows, Subjects } from './subjects.ts'

/** A value that can be saved. */
export type Kept = number | string | readonly (number | string)[]

/** A table as it is saved. */
export interface SavedTable {
  /** Entries at most. */
  readonly most: number
  readonly size: number
  entries(): Iterable<readonly [string, Kept]>
}

/**
 * A table of bounded size. Its entries stand in two generations: when the younger one is full, it becomes the older one,
 * whose entries give way and are counted. What is read or set anew is young again, so that what is in use stays, and
 * setting a known entry costs one look-up.
 */
export class Table<V extends Kept> {
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
  private readonly columns = new Map<string, SubjectRows>()

  /**
   * The table of this name, made when first asked for. @param name begins with the detector's id where one has it.
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
   * What a detector knows by subscriber under this name, made when first asked for, with what an earlier run saved of it.
   * Its rows go by the slots of `subjects`.
   */
  bySubject<C extends SubjectRows>(name: string, make: (subjects: Subjects) => C): C {
    const known = this.columns.get(name) as C | undefined
    if (known !== undefined) return known
    const { subjects, tables } = this
    const made = make(subjects)
    this.columns.set(name, made)
    for (const [saved, row] of tables.get(name)?.entries() ?? []) made.write(subjects.ofSaved(saved), row)
    tables.delete(name)
    return made
  }

  /** All tables, for saving. */
  *all(): Generator<readonly [name: string, table: SavedTable]> {
    yield* this.tables
    for (const [name, rows] of this.columns) yield [name, savedRows(this.subjects, rows)]
  }

  /** Entries that gave way in all tables. */
  get evicted(): number {
    let sum = this.subjects.evicted
    for (const table of this.tables.values()) sum += table.evicted
    return sum
  }
}

/** Rows by subscriber as a table by identity. */
function savedRows(subjects: Subjects, rows: SubjectRows): SavedTable {
  return {
    most: subjects.most,
    get size() {
      return [...this.entries()].length
    },
    *entries() {
      for (const [saved, slot] of subjects.entries()) {
        const row = rows.read(slot)
        if (row !== undefined) yield [saved, row] as const
      }
    },
  }
}
