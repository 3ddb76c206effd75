import { LIMITS } from '../limits.ts'

/** A part of a message that several frames carry: where it stood, and how many octets it has. */
export interface Part {
  readonly frame: number
  readonly bytes: number
}

/**
 * Remembers in which frames the parts of messages under way stood, by a key of the message. Bounded by
 * LIMITS.inspectMessages and inspectParts: beyond, the oldest message is forgotten, and a longer list is not told.
 */
export class Parts {
  private readonly lists = new Map<string, Part[]>()

  /** Begins the list of `key` anew with `part`, or with none. */
  begin(key: string, part: Part | null): void {
    this.lists.delete(key)
    if (part === null) return
    if (this.lists.size >= LIMITS.inspectMessages) {
      for (const oldest of this.lists.keys()) {
        this.lists.delete(oldest)
        break
      }
    }
    this.lists.set(key, [part])
  }

  add(key: string, part: Part): void {
    const list = this.lists.get(key)
    if (list === undefined) this.begin(key, part)
    else if (list.length < LIMITS.inspectParts) list.push(part)
  }

  list(key: string): readonly Part[] {
    return this.lists.get(key) ?? NONE
  }

  /** Frames of the parts of `key` if they make up `bytes` octets, each once; null when they do not. */
  framesOf(key: string, bytes: number): readonly number[] | null {
    const list = this.list(key)
    if (list.reduce((sum, part) => sum + part.bytes, 0) !== bytes) return null
    return [...new Set(list.map((part) => part.frame))]
  }
}

const NONE: readonly Part[] = []

/**
 * Frames of a message of `bytes` octets that ends in the last segment of `list`: the first may have ended another message
 * before it. @param endsWith tells whether the message ends with the first `count` octets of the last segment.
 * @returns null where the segments do not explain it.
 */
export function framesOfStream(
  list: readonly Part[],
  bytes: number,
  endsWith: (count: number) => boolean,
): readonly number[] | null {
  const last = list.at(-1)
  if (last === undefined) return null
  let between = 0
  for (let from = list.length - 2; from >= 0; from--) {
    const first = list[from]
    if (first === undefined) return null
    // only the segment in which another message ended may belong to it in part
    const least = from === 0 ? 1 : first.bytes
    for (let count = first.bytes; count >= least; count--) {
      const rest = bytes - between - count
      if (rest > 0 && rest <= last.bytes && endsWith(rest)) return frames(list.slice(from))
    }
    between += first.bytes
    if (between >= bytes) return null
  }
  return null
}

function frames(list: readonly Part[]): readonly number[] {
  return [...new Set(list.map((part) => part.frame))]
}
