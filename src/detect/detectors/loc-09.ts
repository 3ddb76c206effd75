import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest, judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, isFromHome, isToHome, sourceOperator } from '../perimeter.ts'
import { isAcceptance } from '../runner.ts'
import { Awaiting } from '../state/awaiting.ts'
import { Calls } from '../state/calls.ts'
import { FadingPairs } from '../state/fading.ts'
import { sourceWords, subjectWords } from '../words.ts'

const MOST_WAITING = 65_536
const CALLS = 65_536
const HALF_LIFE_US = 86_400_000_000
/** Key of all roaming numbers together. */
const ALL = 'all'
/** Roaming numbers that must be seen called before one that is not means anything. */
const LEAST_CALLED = 2

export const roamingNumberWithoutCall = defineDetector({
  id: 'LOC-09',
  version: 1,
  class: 'location',
  severity: 'medium',
  title: 'Roaming number asked for by a stranger, or again and again without a call',
  explanation:
    'provideRoamingNumber makes the serving switch lend a number for a call to a guest; that it does so tells where the guest is, and can page the phone. Only the home register sends it, while a call is being set up, and the call follows at once. Reported are requests from any other network, and several about one guest without a call, in captures that hold the calls to other roaming numbers (3GPP TS 29.002 §10.2, TS 23.018 §4.3, ITU-T Q.764 §2.1).',
  techniques: ['MOT5012.501', 'MOT3003.301', 'FGT5012.008', 'T1430.002'],
  benign: [
    'Callers who give up within the moment between request and call.',
    'Calls that come in by SIP or over links that were not captured.',
    'A virtual operator whose home is listed under another operator.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title, or whose it is.',
    'The roaming number: the answer was not captured.',
    'Calls: those to roaming numbers are not in the capture, or few of them are.',
  ],
  operations: ['provideRoamingNumber', 'Initial Address'],
  example:
    '33639981010 in France asks for a roaming number for one of its phones six times in an hour; no call to any of the six numbers comes in.',
  thresholds: [
    {
      name: 'waitSeconds',
      default: 60,
      unit: 'seconds',
      meaning: 'How long after the answer the call may come in. A larger value finds less.',
    },
    {
      name: 'requests',
      default: 2,
      unit: 'requests',
      meaning: 'Requests without a call about one guest, fading by half a day, that are reported.',
    },
  ],
  start(context) {
    const watch = new RoamingNumberWatch(context)
    return (event) => watch.take(event)
  },
})

class RoamingNumberWatch {
  private readonly context: Context
  private readonly calls: Calls
  /** Requests whose roaming number is known. */
  private readonly lent: Awaiting<{ readonly event: SignallingEvent; readonly number: string }>
  private readonly asked: Awaiting<SignallingEvent>
  /** Called and not called, for all and by guest. */
  private readonly counts: FadingPairs
  private readonly least: number

  constructor(context: Context) {
    this.context = context
    this.least = context.threshold('requests')
    this.calls = new Calls(context.memory.table('LOC-09 calls', CALLS))
    this.counts = new FadingPairs(context.memory.table('LOC-09 guests'), HALF_LIFE_US)
    const waitUs = context.threshold('waitSeconds') * 1_000_000
    this.asked = new Awaiting(context, waitUs, MOST_WAITING, (event) =>
      context.conclude(event, unavailable('no answer to the request was seen')),
    )
    this.lent = new Awaiting(context, waitUs, MOST_WAITING, ({ event, number }) => this.judge(event, number))
  }

  take(event: SignallingEvent): Verdict {
    if (event.protocol === 'isup') {
      this.calls.note(event)
      return null
    }
    return isRequest(event) ? this.ask(event) : this.answer(event)
  }

  private ask(event: SignallingEvent): Verdict {
    const { network } = this.context
    const isOwn = isFromHome(event, network) === true
    if (isOwn && isToHome(event, network) === false) return null
    const verdict = judgeHomeOnly(event, network, 'asks for a number to call another operator’s subscriber by')
    if (verdict !== 'pass' || isOwn) return verdict
    this.asked.add(event.seq, event.timeUs, event)
    return null
  }

  private answer(answer: SignallingEvent): null {
    const event = this.asked.take(answer.answers)
    if (event === undefined) return null
    const number = answer.detail.roamingNumber
    // without a number there is nothing to call
    if (!isAcceptance(answer)) this.context.conclude(event, 'pass')
    else if (number === null) this.context.conclude(event, unavailable('the answer names no roaming number'))
    else this.lent.add(event.seq, answer.timeUs, { event, number })
    return null
  }

  private judge(event: SignallingEvent, number: string): void {
    const { context, counts } = this
    const guest = event.subjectImsi ?? ''
    if (this.calls.towards(number, event.timeUs)) {
      counts.add(ALL, event.timeUs, 1, 0)
      context.conclude(event, 'pass')
      return
    }
    const { first: called, second: silent } = counts.add(ALL, event.timeUs, 0, 1)
    const { second: own } = counts.add(guest, event.timeUs, 0, 1)
    if (called < LEAST_CALLED || called < silent) {
      context.conclude(event, unavailable('calls to roaming numbers are not in the capture'))
      return
    }
    const times = Math.round(own)
    if (times < this.least) {
      context.conclude(event, 'pass')
      return
    }
    const { network } = context
    context.conclude(event, {
      outcome: 'fail',
      why: `${sourceWords(event, network)} asked for a roaming number for ${subjectWords(event)} ${times} times of late, and no call to any of them came in`,
      confidence: confidence({
        operator: confidenceOf(sourceOperator(event, network)),
        pattern: times >= 4 ? 0.85 : 0.65,
      }),
    })
  }
}
