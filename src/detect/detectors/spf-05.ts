import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { isFromHome } from '../perimeter.ts'
import { differences, type StackMark, stackMark } from '../stack-mark.ts'
import { JoinedKeys } from '../state/joined-keys.ts'
import type { Table } from '../state/memory.ts'
import { sourceKey } from '../subject.ts'
import { sourceWords } from '../words.ts'

/** Features in which a new mark differs from every known one, before it is another stack's. */
const LEAST_DIFFERENCES = 2
/** Marks of a source, each with how often it came; one with more stands for several stacks. They stand behind two numbers. */
const MOST_MARKS = 4
const FIRST_MARK = 2
const MARK_FIELDS = 2
/** Requests with the new mark alone, after which the old stack is taken to be gone. */
const SWITCHED = 10
/** Requests of one new mark that are reported. */
const MOST_REPORTED = 3
const MOST_OPEN = 4_096
/** A source that falls silent after a new way of writing is watched this long, µs. */
const LONGEST_WATCH_US = 86_400_000_000
/** Requests that it should have sent meanwhile, from which the new way is no replacement: that would go on as before. */
const LEAST_MISSING = 20
const UNKNOWN_HABIT = unavailable('too little is known of the habits of the source')
const UNFOLLOWED = unavailable('the source sent nothing more that would tell a switch from a second sender')

/** A mark that is new to its source, and what came after it. */
interface Watch {
  readonly mark: string
  readonly words: string
  readonly events: SignallingEvent[]
  count: number
  old: number
  sinceOld: number
}

export const secondStack = defineDetector({
  id: 'SPF-05',
  version: 2,
  class: 'spoofing',
  severity: 'medium',
  title: 'Another stack speaks under a known address',
  explanation:
    'A specification leaves choices open: how long transaction and invoke identifiers are, how lengths are written, how a Session-Id is built, in which order AVPs stand. A node makes them the same way every time (ITU-T Q.773 §3, X.690 §8.1, RFC 6733 §4.1, §8.8). Where a source that always wrote one way suddenly writes another in several of them, and the old way goes on beside it, a second sender uses its address. Where the old way ends, the node was replaced. Habits are learnt for each address, subsystem and application; features that transfer points and agents change are left out.',
  techniques: ['MOT1036.301', 'MOT3003.301', 'MOT3003.302'],
  benign: [
    'A node that is replaced step by step, so that old and new work side by side for a while.',
    'A node of another vendor added behind one address.',
  ],
  unavailable: [
    'The habits of the source: too few of its requests are known.',
    'What followed: the source fell silent, or the capture ends.',
  ],
  operations: 'any',
  kinds: ['invoke', 'request'],
  example:
    'After a thousand requests of 33639981010 with transaction identifiers of four octets, five come with two octets and padded lengths, among others as before.',
  thresholds: [
    {
      name: 'habitRequests',
      default: 20,
      unit: 'requests',
      meaning: 'Requests of a source before its habits are known; a larger value judges later and more surely.',
    },
    {
      name: 'settleMinutes',
      default: 60,
      unit: 'minutes',
      meaning: 'How long a new way of writing is watched. A larger value excuses slower replacements.',
    },
  ],
  start(context) {
    const habits = new Habits(context)
    return (event) => habits.judge(event)
  },
})

class Habits {
  private readonly context: Context
  private readonly least: number
  /** By source: requests, time of the first, then each mark with how often it came. */
  private readonly table: Table<(number | string)[]>
  private readonly watches = new Map<string, Watch>()
  private readonly keys = new JoinedKeys()

  constructor(context: Context) {
    this.context = context
    this.least = context.threshold('habitRequests')
    this.table = context.memory.table('SPF-05 ways')
  }

  judge(event: SignallingEvent): Verdict {
    if (event.kind !== 'invoke' && event.kind !== 'request') return null
    const mark = stackMark(event)
    const { network } = this.context
    if (mark === null || event.invokesBefore > 0 || isFromHome(event, network) === true) return null
    if (network.hubOfGt(event.callingGt) !== null || network.hubOfRealm(event.originHost) !== null) return 'pass'
    const source = this.keys.of(sourceKey(event), event.protocol === 'map' ? event.callingSsn : event.applicationId)
    const row = this.rowOf(source, event.timeUs)
    const requests = Number(row[0])
    const verdict = requests >= this.least ? 'pass' : UNKNOWN_HABIT
    const known = placeOf(mark, row)
    if (known >= 0) {
      row[0] = requests + 1
      row[known + 1] = Number(row[known + 1]) + 1
      const watch = this.watches.get(source)
      if (watch !== undefined) {
        watch.old++
        watch.sinceOld = 0
      }
      return verdict
    }
    if (row.length >= FIRST_MARK + MOST_MARKS * MARK_FIELDS) return verdict
    if (requests >= this.least && isApart(mark, row)) return this.watch(event, source, mark, row)
    row[0] = requests + 1
    row.push(mark.text, 1)
    return verdict
  }

  private rowOf(source: string, timeUs: number): (number | string)[] {
    const known = this.table.get(source)
    if (known !== undefined) return known
    const row: (number | string)[] = [0, timeUs]
    this.table.set(source, row)
    return row
  }

  private watch(event: SignallingEvent, source: string, mark: StackMark, row: readonly (number | string)[]): Verdict {
    const { text, features } = mark
    const known = this.watches.get(source)
    if (known !== undefined) {
      // one new way at a time
      if (known.mark !== text && known.mark !== mark.counting) return 'pass'
      known.count++
      known.sinceOld++
      if (known.events.length >= MOST_REPORTED) return 'pass'
      known.events.push(event)
      return null
    }
    if (this.watches.size >= MOST_OPEN) return unavailable('more new ways of writing are watched than are kept')
    const before = String(row[FIRST_MARK]).split('|')
    const changed = features.flatMap((feature, i) => (feature === before[i] ? [] : [`${feature} for ${before[i]}`]))
    const watch: Watch = { mark: text, words: changed.join(', '), events: [event], count: 1, old: 0, sinceOld: 1 }
    this.watches.set(source, watch)
    this.settleLater(source, watch, event.timeUs)
    return null
  }

  private settleLater(source: string, watch: Watch, fromUs: number): void {
    const dueUs = fromUs + this.context.threshold('settleMinutes') * 60_000_000
    this.context.later(dueUs, () => this.settle(source, watch, dueUs))
  }

  private settle(source: string, watch: Watch, dueUs: number): void {
    const { context } = this
    const [first] = watch.events
    if (first === undefined) return
    const isSwitch = watch.sinceOld >= SWITCHED
    if (!isSwitch && watch.old === 0 && !context.ended && dueUs - first.timeUs < LONGEST_WATCH_US) {
      this.settleLater(source, watch, dueUs)
      return
    }
    this.watches.delete(source)
    const row = this.rowOf(source, first.timeUs)
    const missing = this.missing(row, first.timeUs, context.ended ? context.nowUs : dueUs)
    // told once; from now on the source has both
    if (row.length < FIRST_MARK + MOST_MARKS * MARK_FIELDS) row.push(watch.mark, Math.max(2, watch.count))
    for (const event of watch.events) {
      if (isSwitch) context.conclude(event, 'pass')
      else if (watch.old > 0) context.conclude(event, this.suspicion(event, watch, 'while', 0.8))
      else if (missing >= LEAST_MISSING && watch.count * 4 <= missing) {
        context.conclude(event, this.suspicion(event, watch, 'far fewer than it used to send, and', 0.65))
      } else context.conclude(event, UNFOLLOWED)
    }
  }

  /** Requests that the source would have sent from `fromUs` to `untilUs` at the pace it had. */
  private missing(row: readonly (number | string)[], fromUs: number, untilUs: number): number {
    const span = fromUs - Number(row[1])
    return span <= 0 ? 0 : (Number(row[0]) * (untilUs - fromUs)) / span
  }

  private suspicion(event: SignallingEvent, watch: Watch, joint: string, pattern: number): Suspicion {
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.context.network)} sent ${watch.count} requests written by another stack (${watch.words}), ${joint} ${watch.old} came as before`,
      confidence: confidence({ state: 0.9, pattern: watch.count > watch.old && watch.old > 0 ? 0.65 : pattern }),
    }
  }
}

/** Where the way of writing stands in the row of a source; -1 where it is new. */
function placeOf({ text, counting }: StackMark, row: readonly (number | string)[]): number {
  if (row[FIRST_MARK] === text) return FIRST_MARK
  const own = row.indexOf(text, FIRST_MARK)
  return own >= 0 || counting === null ? own : row.indexOf(counting, FIRST_MARK)
}

/** Whether it differs from every way of the source; what came once is none. */
function isApart(mark: StackMark, row: readonly (number | string)[]): boolean {
  for (let i = FIRST_MARK; i < row.length; i += MARK_FIELDS) {
    if (i > FIRST_MARK && row[i + 1] === 1) continue
    if (differences(mark.features, String(row[i]).split('|')) < LEAST_DIFFERENCES) return false
  }
  return true
}
