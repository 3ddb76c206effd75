import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { isFromHome } from '../perimeter.ts'
import { isFromServing } from '../serving.ts'
import { JoinedKeys } from '../state/joined-keys.ts'
import type { Table } from '../state/memory.ts'
import { sourceKey, subjectKey } from '../subject.ts'
import { sourceWords } from '../words.ts'

const SECOND_US = 1_000_000
const DAY_US = 86_400_000_000
/** Requests of one flood that are kept for the finding, and floods under watch at once: 1 KB each request. */
const MOST_KEPT = 200
const MOST_FLOODS = 64

/** Keep-alives and calls, whose number says nothing of signalling. */
const NOT_COUNTED: ReadonlySet<string> = new Set([
  'Echo',
  'Device-Watchdog',
  'Capabilities-Exchange',
  'Disconnect-Peer',
  'activityTest',
])
/** Routing of short messages, and the delivery that follows it. */
const DELIVERY_OF: ReadonlyMap<string, string> = new Map([
  ['sendRoutingInfoForSM', 'mt-ForwardSM'],
  ['Send-Routing-Info-for-SM', 'MT-Forward-Short-Message'],
])
/** Bulk messages go to many; one subscriber among so many is the target. */
const BULK = [
  'mt-ForwardSM',
  'mo-ForwardSM',
  'MT-Forward-Short-Message',
  'MO-Forward-Short-Message',
  'reportSM-DeliveryStatus',
  'Report-SM-Delivery-Status',
]
/** Share of requests that deliveries must follow, or that are for one subscriber. */
const SHARE = 0.3
/** A source is up when it sends this many times what it usually does; with as many others up, the network recovers. */
const UP = 2
const OTHERS_UP = 3
const OTHERS_UP_SHARE = 0.1

const NOT_YET = unavailable('the usual rate is not known yet')

export const requestFlood = defineDetector({
  id: 'DOS-04',
  version: 2,
  class: 'disruption',
  severity: 'medium',
  title: 'Flood of requests from one source',
  explanation:
    'A register or gateway that one source asks far more than it usually does may fail for everybody. Requests are counted by source and operation in windows of capture time, and held against the highest count the source itself had, or, for a new source, that any source of the operation had. When several sources rise together the network recovers from an outage: registers that restart make all visited networks ask at once (3GPP TS 23.007 §3.1, TS 29.002 §8.10). A switch that asks for its own subscribers after a restart, and bulk short messages that are delivered, pass as well.',
  techniques: ['FGT1498.501', 'FGT1499.503', 'MOT3003.301', 'MOT3003.302'],
  benign: [
    'A network that recovers from an outage of which only one link was captured.',
    'A new service or partner that begins at once with much traffic.',
    'Bulk short messages whose delivery takes another way.',
  ],
  unavailable: ['The usual rate: the capture and the kept state do not reach far enough back.'],
  operations: 'any',
  kinds: ['invoke', 'request'],
  example:
    '467017406011 in Sweden, which never sent more than 12 requests for authentication data a minute, sends 2,400 in one minute while all others send as ever.',
  thresholds: [
    {
      name: 'windowSeconds',
      default: 60,
      unit: 'seconds',
      meaning: 'The time in which requests are counted together.',
    },
    {
      name: 'requests',
      default: 120,
      unit: 'requests',
      meaning: 'The least number in a window that is a flood. A larger value finds less.',
    },
    {
      name: 'times',
      default: 5,
      unit: 'times the usual',
      meaning: 'How many times its usual highest count a source must send. A larger value finds less.',
    },
    {
      name: 'learnMinutes',
      default: 5,
      unit: 'minutes',
      meaning: 'Capture time that must be known before anything is judged.',
    },
  ],
  start(context) {
    const rates = new Rates(context)
    return (event) => rates.take(event)
  },
})

/**
 * Of a source: number of the current window, requests in it, and the highest count of windows before, which fades within
 * days. Of an operation: the window, sources that are up in it, the highest count of any source before, and sources active.
 */
type Rate = number[]

interface Flood {
  readonly key: string
  readonly operation: string
  readonly rate: Rate
  readonly kept: SignallingEvent[]
}

class Rates {
  private readonly context: Context
  private readonly windowUs: number
  private readonly least: number
  private readonly times: number
  private readonly learnUs: number
  private readonly rates: Table<Rate>
  private readonly operations: Table<Rate>
  private readonly floods = new Map<string, Flood>()
  private readonly keys = new JoinedKeys()
  /** When the first request known was seen. */
  private sinceUs: number | null = null

  constructor(context: Context) {
    this.context = context
    this.windowUs = context.threshold('windowSeconds') * SECOND_US
    this.least = context.threshold('requests')
    this.times = context.threshold('times')
    this.learnUs = context.threshold('learnMinutes') * 60 * SECOND_US
    this.rates = context.memory.table('DOS-04 rates')
    this.operations = context.memory.table('DOS-04 operations', 1024)
  }

  take(event: SignallingEvent): Verdict {
    const { operation } = event
    if (operation === null || event.protocol === 'isup' || !isRequest(event) || NOT_COUNTED.has(operation)) return null
    // the profile behind a registration is as much an answer: whoever registers many gets many
    if (operation === 'insertSubscriberData' && event.tcap === 'continue') return null
    this.sinceUs ??= this.begin(event.timeUs)
    const window = Math.floor(event.timeUs / this.windowUs)
    const key = this.keys.of(operation, sourceKey(event))
    const rate = this.rateOf(this.rates, key, window)
    const all = this.rateOf(this.operations, operation, window)
    const isLearning = event.timeUs - this.sinceUs < this.learnUs
    turn(rate, all, window, this.windowUs, isLearning ? Number.POSITIVE_INFINITY : this.least / this.times)
    const count = (rate[1] ?? 0) + 1
    rate[1] = count
    if (count === 1) all[3] = (all[3] ?? 0) + 1
    const usual = rate[2] ?? 0
    if (count === Math.max(10, Math.ceil(UP * usual))) all[1] = (all[1] ?? 0) + 1
    if (count < this.least) return 'pass'
    return this.judge(event, operation, key, rate, all, isLearning)
  }

  private judge(
    event: SignallingEvent,
    operation: string,
    key: string,
    rate: Rate,
    all: Rate,
    isLearning: boolean,
  ): Verdict {
    const [window = 0] = rate
    const limit = Math.max(this.least, this.times * ((rate[2] ?? 0) > 0 ? (rate[2] ?? 0) : (all[2] ?? 0)))
    if ((rate[1] ?? 0) < limit) return 'pass'
    if (isLearning) return NOT_YET
    if (isFromHome(event, this.context.network) === true) return 'pass'
    const known = this.floods.get(key)
    if (known !== undefined) {
      if (known.kept.length < MOST_KEPT) known.kept.push(event)
      return null
    }
    if (this.floods.size >= MOST_FLOODS) return this.suspicion(event, rate[1] ?? 0, rate[2] ?? 0, false)
    const flood: Flood = { key, operation, rate, kept: [event] }
    this.floods.set(key, flood)
    // judged when the window is over, as others may rise in it too
    this.context.later((window + 1) * this.windowUs, () => this.settle(flood, window))
    return null
  }

  private settle(flood: Flood, window: number): void {
    const { key, operation, rate, kept } = flood
    this.floods.delete(key)
    const all = this.rateOf(this.operations, operation, window)
    const [, up = 0, , active = 0] = all
    const isRecovery = all[0] === window && up - 1 >= Math.max(OTHERS_UP, OTHERS_UP_SHARE * active)
    const isFlood = !isRecovery && !this.isBulk(flood, window) && !this.isRestart(kept)
    const count = rate[1] ?? 0
    const target = isFlood ? this.targetOf(kept) : null
    for (const event of kept) {
      // a flood is one finding, whoever it names, unless it is aimed at somebody
      const isAimed = target !== null && this.subjectOf(event) === target
      this.context.conclude(event, isFlood ? this.suspicion(event, count, rate[2] ?? 0, isAimed) : 'pass')
    }
    // a flood is not what is usual
    if (isFlood) rate[1] = 0
  }

  /** Short messages to many, and the routing requests that belong to them. */
  private isBulk({ kept, operation }: Flood, window: number): boolean {
    const [first] = kept
    if (first === undefined) return false
    const delivery = DELIVERY_OF.get(operation)
    if (delivery !== undefined) {
      const delivered = this.rates.get(`${delivery} ${sourceKey(first)}`)
      return delivered !== undefined && delivered[0] === window && (delivered[1] ?? 0) >= SHARE * kept.length
    }
    return BULK.includes(operation) && this.targetOf(kept) === null
  }

  /** The one subscriber that much of a flood is about; null where it is about many. */
  private targetOf(kept: readonly SignallingEvent[]): string | null {
    const counts = new Map<string, number>()
    for (const event of kept) {
      const subject = this.subjectOf(event)
      counts.set(subject, (counts.get(subject) ?? 0) + 1)
    }
    for (const [subject, count] of counts) if (count >= SHARE * kept.length) return subject
    return null
  }

  private subjectOf(event: SignallingEvent): string {
    return subjectKey(event, this.context.subscribers) ?? ''
  }

  /** A serving node that asks for its own subscribers, each once or twice. */
  private isRestart(kept: readonly SignallingEvent[]): boolean {
    const { subscribers, network } = this.context
    let own = 0
    const subjects = new Set<string>()
    for (const event of kept) {
      const imsi = event.subjectImsi
      if (imsi === null) continue
      subjects.add(imsi)
      if (isFromServing(event, imsi, subscribers, network) === true) own++
    }
    return own >= kept.length / 2 && subjects.size >= kept.length / 3
  }

  private rateOf(table: Table<Rate>, key: string, window: number): Rate {
    const known = table.get(key)
    if (known !== undefined) return known
    const made: Rate = [window, 0, 0, 0]
    table.set(key, made)
    return made
  }

  private begin(timeUs: number): number {
    const known = this.operations.get('since')?.[0]
    if (known === undefined) this.operations.set('since', [timeUs, 0, 0, 0])
    return known ?? timeUs
  }

  private suspicion(event: SignallingEvent, count: number, usual: number, isAimed: boolean): Suspicion {
    const before = usual > 0 ? `at most ${Math.round(usual)} before` : 'none before'
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.context.network)} sent ${count} requests ${event.operation} within ${this.windowUs / SECOND_US} seconds, ${before}`,
      confidence: confidence({ state: 0.9, pattern: 0.8 }),
      ...(isAimed ? {} : { ofSource: 'episode' }),
    }
  }
}

/**
 * Begins a new window of a source: what it had becomes usual. Once usual rates are known they grow no faster than twofold
 * a window, or to what others have, so that a flood does not make itself usual.
 */
function turn(rate: Rate, all: Rate, window: number, windowUs: number, most: number): void {
  if (all[0] !== window) {
    all[0] = window
    all[1] = 0
    all[3] = 0
  }
  const before = rate[0] ?? window
  if (before === window) return
  const count = rate[1] ?? 0
  const usual = rate[2] ?? 0
  const faded = usual * 0.5 ** (((window - before) * windowUs) / DAY_US)
  rate[0] = window
  rate[1] = 0
  rate[2] = Math.max(faded, Math.min(count, Math.max(2 * usual, all[2] ?? 0, most)))
  all[2] = Math.max(all[2] ?? 0, rate[2])
}
