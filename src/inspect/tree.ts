import type { Fault } from '../bytes/fault.ts'
import { LIMITS } from '../limits.ts'
import type { AnomalyList } from '../signalling/anomaly.ts'

/** One row of a packet: a layer, a field, or what was odd or unreadable at its place. */
export interface TreeNode {
  readonly kind: 'layer' | 'field' | 'anomaly' | 'fault'
  readonly name: string
  /** What it says; null where only what stands below it does. */
  value: string | null
  /** Octets `[start, end)`, counted in the frame or in message number `buffer`. */
  readonly start: number
  readonly end: number
  /** 0 for the frame, else the number of a message put together from several frames. */
  readonly buffer: number
  readonly children: TreeNode[]
}

/** Octets of the frame, `[start, end)`, whose content is not for anybody's eyes. */
export interface HiddenRange {
  readonly start: number
  readonly end: number
}

/** A global title: it is an identity when it names the subscriber whom the message is about. */
interface Title {
  readonly node: TreeNode
  readonly digits: string
  readonly masked: string
}

/** The rows of one frame under way. Bounded by LIMITS.inspectNodes and inspectDepth; the bound shows as a row. */
export class Tree {
  readonly reveal: boolean
  readonly roots: TreeNode[] = []
  readonly hidden: HiddenRange[] = []
  /** Something is shown in part only. */
  masked = false
  private buffers = 0
  private nodes = 0
  private readonly titles: Title[] = []
  private readonly identities = new Set<string>()

  constructor(reveal: boolean) {
    this.reveal = reveal
  }

  /** The branch under which the layers stand. */
  trunk(): Branch {
    const node: TreeNode = { kind: 'layer', name: '', value: null, start: 0, end: 0, buffer: 0, children: this.roots }
    return new Branch(this, node, 0, 0)
  }

  /** Number for a message put together from several frames. */
  nextBuffer(): number {
    return ++this.buffers
  }

  /** Counts a row. @returns false when there are too many; the last one that fits says so. */
  count(): boolean {
    return ++this.nodes <= LIMITS.inspectNodes
  }

  get isLast(): boolean {
    return this.nodes === LIMITS.inspectNodes
  }

  hide(buffer: number, start: number, end: number): void {
    if (buffer === 0 && end > start) this.hidden.push({ start, end })
  }

  /** Notes an identity that the frame holds: global titles with its digits are masked too. */
  noteIdentity(digits: string): void {
    if (!this.reveal && digits.length >= LEAST_IDENTITY && this.identities.size < LIMITS.inspectNodes)
      this.identities.add(digits)
  }

  /** Notes that `node` shows `digits`, which become `masked` should they name a subscriber after all. */
  noteTitle(node: TreeNode, digits: string, masked: string): void {
    if (!this.reveal) this.titles.push({ node, digits, masked })
  }

  /** To be called once, at the end. */
  settle(): void {
    for (const { node, digits, masked } of this.titles) {
      if (!this.identities.has(digits) || node.value === null) continue
      node.value = node.value.replaceAll(digits, masked)
      this.masked = true
    }
  }
}

const LEAST_IDENTITY = 5

/** A row being filled, and the octets that what it is given stands in. */
export class Branch {
  readonly tree: Tree
  readonly node: TreeNode
  readonly buffer: number
  private readonly depth: number

  constructor(tree: Tree, node: TreeNode, depth: number, buffer: number) {
    this.tree = tree
    this.node = node
    this.depth = depth
    this.buffer = buffer
  }

  /** The same row; what is added counts its octets in `buffer`. */
  within(buffer: number): Branch {
    return new Branch(this.tree, this.node, this.depth, buffer)
  }

  field(name: string, value: string | number | null, start: number, end: number): Branch {
    return this.add('field', name, value, start, end)
  }

  layer(name: string, value: string | null, start: number, end: number): Branch {
    return this.add('layer', name, value, start, end)
  }

  /** Content that is named, and never shown. */
  content(name: string, start: number, end: number, what = 'not shown'): Branch {
    this.tree.hide(this.buffer, start, end)
    return this.add('field', name, `${octets(end - start)}, ${what}`, start, end)
  }

  /** Where reading stopped; the octets from there to the end of the row are unread. */
  fault(fault: Fault): void {
    this.failure(`${fault.layer}: ${fault.reason}`, fault.offset, fault.offset)
  }

  failure(words: string, start: number, end: number): void {
    this.tree.hide(this.buffer, start, Math.max(end, this.node.end))
    this.add('fault', 'Not read', words, start, end)
  }

  anomalies(list: AnomalyList, start: number, end: number): void {
    for (const name of list.list()) this.add('anomaly', 'Anomaly', name, start, end)
  }

  anomaly(name: string, start: number, end: number): void {
    this.add('anomaly', 'Anomaly', name, start, end)
  }

  setValue(value: string): void {
    this.node.value = value
  }

  private add(kind: TreeNode['kind'], name: string, value: string | number | null, start: number, end: number): Branch {
    const { tree, buffer } = this
    const text = value === null ? null : String(value)
    const node: TreeNode = { kind, name, value: text, start, end: Math.max(start, end), buffer, children: [] }
    const depth = this.depth + 1
    // beyond a bound rows are made and forgotten: the dissectors need not know
    if (tree.count() && depth <= LIMITS.inspectDepth) {
      if (!tree.isLast && depth < LIMITS.inspectDepth) this.node.children.push(node)
      else if (this.node.children.at(-1)?.value !== LIMIT_REACHED)
        this.node.children.push({ ...node, kind: 'fault', name: 'Not shown', value: LIMIT_REACHED, children: [] })
    } else tree.hide(buffer, start, end)
    return new Branch(tree, node, depth, buffer)
  }
}

const LIMIT_REACHED = 'more rows than are shown'

/** `1 octet`, `2 octets`. */
export function octets(count: number): string {
  return count === 1 ? '1 octet' : `${count} octets`
}
