/** A place in a chain. */
export interface Link<T> {
  readonly value: T
  previous: Link<T> | null
  next: Link<T> | null
}

/**
 * Values in an order that is cheap to keep: the first can be seen, and any removed, in constant time. (A Map keeps order
 * too, but finding its first entry takes the longer the more were deleted in front.)
 */
export class Chain<T> {
  first: Link<T> | null = null
  private last: Link<T> | null = null

  /** Adds a value behind all others. @returns its place, for `remove`. */
  append(value: T): Link<T> {
    const link: Link<T> = { value, previous: this.last, next: null }
    if (this.last === null) this.first = link
    else this.last.next = link
    this.last = link
    return link
  }

  /** Takes a place of this chain out; once. */
  remove(link: Link<T>): void {
    if (link.previous === null) this.first = link.next
    else link.previous.next = link.next
    if (link.next === null) this.last = link.previous
    else link.next.previous = link.previous
  }
}
