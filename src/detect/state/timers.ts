import { LIMITS } from '../../limits.ts'

interface Timer {
  readonly dueUs: number
  /** Order of setting, so that equal times keep their order. */
  readonly order: number
  readonly call: () => void
}

/**
 * What is to be done when capture time has come: never by the clock. A heap, LIMITS.timers at most; beyond, the next one
 * due is called early, which is counted.
 */
export class Timers {
  /** Timers called before their time, for want of room. */
  early = 0
  private readonly heap: Timer[] = []
  private orders = 0

  set(dueUs: number, call: () => void): void {
    if (this.heap.length >= LIMITS.timers) {
      this.early++
      this.next()?.call()
    }
    this.heap.push({ dueUs, order: this.orders++, call })
    this.up(this.heap.length - 1)
  }

  /** Calls all that is due at capture time `nowUs`. */
  advance(nowUs: number): void {
    for (let first = this.heap[0]; first !== undefined && first.dueUs <= nowUs; first = this.heap[0])
      this.next()?.call()
  }

  /** Calls all that is left: nothing more will come. */
  flush(): void {
    for (let timer = this.next(); timer !== null; timer = this.next()) timer.call()
  }

  private next(): Timer | null {
    const first = this.heap[0]
    const last = this.heap.pop()
    if (first === undefined || last === undefined) return null
    if (this.heap.length > 0) {
      this.heap[0] = last
      this.down(0)
    }
    return first
  }

  private up(from: number): void {
    let i = from
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!this.swapIfLater(parent, i)) return
      i = parent
    }
  }

  private down(from: number): void {
    let i = from
    for (;;) {
      const left = 2 * i + 1
      const right = left + 1
      let least = i
      if (this.isBefore(left, least)) least = left
      if (this.isBefore(right, least)) least = right
      if (least === i) return
      this.swapIfLater(i, least)
      i = least
    }
  }

  private isBefore(a: number, b: number): boolean {
    const first = this.heap[a]
    const second = this.heap[b]
    if (first === undefined || second === undefined) return false
    return first.dueUs < second.dueUs || (first.dueUs === second.dueUs && first.order < second.order)
  }

  /** Puts the one at `b` in place of the one at `a` when it is due before it. */
  private swapIfLater(a: number, b: number): boolean {
    const first = this.heap[a]
    const second = this.heap[b]
    if (first === undefined || second === undefined || !this.isBefore(b, a)) return false
    this.heap[a] = second
    this.heap[b] = first
    return true
  }
}
