import type { SignallingEvent } from '../event/signalling-event.ts'
import { callingTitle } from '../event/title.ts'
import { sameOperator } from '../network/resolution.ts'
import { confidence } from './confidence.ts'
import type { Context, Suspicion } from './detector.ts'
import type { Table } from './state/memory.ts'
import { isNamed } from './subject.ts'
import { operatorWords, sourceWords, subjectWords } from './words.ts'

/** Share of a link's requests, percent, that others' titles may have while it counts as its operator's own. */
const MOST_FOREIGN = 5
/** Links kept of one operator. */
const MOST_LINKS = 8

/** Over which links titles come in: the direct link of an operator brings its own, and each operator has its way. */
export class TitleRoutes {
  private readonly context: Context
  private readonly least: number
  /** By neighbour: requests with titles of its own operator, and with others. */
  private readonly links: Table<readonly number[]>
  /** By operator: neighbours, each with its requests. */
  private readonly ways: Table<readonly number[]>

  /** @param least requests before a link or a way is known. */
  constructor(context: Context, id: string, least: number) {
    this.context = context
    this.least = least
    this.links = context.memory.table(`${id} links`)
    this.ways = context.memory.table(`${id} ways`)
  }

  /** A suspicion where a title came over the link of another operator that else brings its own; null else. */
  judge(event: SignallingEvent): Suspicion | null {
    const { network } = this.context
    const { opc } = event
    const title = callingTitle(event)
    if (opc === null || title === null || event.tcap !== 'begin' || network.homeOfPointCode(opc) === true) return null
    const source = network.operatorOfGt(title)
    if (!isNamed(source) || source.operator === null) return null
    const neighbour = network.operatorOfPointCode(opc)
    const isDirect = isNamed(neighbour) && neighbour.operator !== null
    const same = isDirect ? sameOperator(source, neighbour) : null
    const verdict = same === false ? this.stray(event, opc, source.operator) : null
    if (same !== null) {
      const [own = 0, others = 0] = this.links.get(String(opc)) ?? []
      this.links.set(String(opc), same ? [own + 1, others] : [own, others + 1])
    }
    // what is reported makes no way
    if (verdict === null) this.noteWay(source.operator, opc)
    return verdict
  }

  private stray(event: SignallingEvent, opc: number, operator: string): Suspicion | null {
    const [own = 0, others = 0] = this.links.get(String(opc)) ?? []
    if (own < this.least || (others + 1) * 100 > MOST_FOREIGN * (own + others + 1)) return null
    const ways = this.ways.get(operator) ?? []
    const elsewhere = ways.reduce((sum, count, i) => (i % 2 === 1 && ways[i - 1] !== opc ? sum + count : sum), 0)
    if (elsewhere < this.least) return null
    const { network } = this.context
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${event.operation ?? 'a request'} about ${subjectWords(event)} over the link of ${operatorWords(network.operatorOfPointCode(opc))}, point code ${opc}, and not its own way`,
      confidence: confidence({ operator: 0.95, pattern: 0.7 }),
    }
  }

  private noteWay(operator: string, opc: number): void {
    const row = this.ways.get(operator) ?? []
    let i = 0
    while (i < row.length && row[i] !== opc) i += 2
    if (i >= 2 * MOST_LINKS) return
    this.ways.set(operator, i < row.length ? row.with(i + 1, (row[i + 1] ?? 0) + 1) : [...row, opc, 1])
  }
}
