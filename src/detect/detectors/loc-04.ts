import type { SignallingEvent } from '../../event/signalling-event.ts'
import { isRequest, judgeInternalOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, type Verdict } from '../detector.ts'
import { Awaiting } from '../state/awaiting.ts'
import { Calls } from '../state/calls.ts'

const MOST_WAITING = 65_536
const CALLS = 65_536

export const routingWithoutCall = defineDetector({
  id: 'LOC-04',
  version: 2,
  class: 'location',
  severity: 'medium',
  title: 'Routing request from another network, and no call',
  explanation:
    'sendRoutingInfo asks the home register how to reach a phone that is being called, and makes the serving switch lend a roaming number: the answer tells the IMSI and the serving node. It is sent by the gateway of the network called, as a call is being set up. Reported are requests from a network abroad where no call towards the number or the roaming number is seen around them; where the capture holds no call signalling at all, the request is judged as one that belongs inside a network, with less confidence. sendRoutingInfoForGprs asks for the node that leads data to a phone, which no call explains. Networks of one country ask each other for portability, and pass unless the policy says otherwise (3GPP TS 29.002 §10.1, TS 23.018 §4, ITU-T Q.764 §2.1).',
  techniques: ['MOT5012.501', 'MOT5019.302', 'MOT5019.303', 'MOT3003.301', 'FGT5012.008', 'T1430.002'],
  benign: [
    'Number portability look-ups: allow them under policy in network.yaml.',
    'Optimal routing between networks that agreed on it.',
    'A call that is set up by SIP, or over links that were not captured.',
  ],
  unavailable: [
    'Where the request comes from: no network file, and public numbering does not tell the two networks apart.',
  ],
  operations: ['sendRoutingInfo', 'sendRoutingInfoForGprs', 'Initial Address'],
  example:
    '467017406014 in Sweden sends sendRoutingInfo about one of our numbers every half hour, and nobody calls it.',
  thresholds: [
    {
      name: 'waitSeconds',
      default: 60,
      unit: 'seconds',
      meaning: 'How long before or after the request a call may be set up. A larger value finds less.',
    },
  ],
  start(context) {
    const watch = new RoutingWatch(context)
    return (event) => watch.take(event)
  },
})

interface Question {
  readonly event: SignallingEvent
  readonly suspicion: Suspicion
  /** Numbers that the answer gives for the call. */
  roamingNumber: string | null
  forwardedTo: string | null
}

class RoutingWatch {
  private readonly context: Context
  private readonly calls: Calls
  private readonly asked: Awaiting<Question>
  private readonly waitUs: number

  constructor(context: Context) {
    this.context = context
    this.calls = new Calls(context.memory.table('LOC-04 calls', CALLS))
    this.waitUs = context.threshold('waitSeconds') * 1_000_000
    this.asked = new Awaiting(context, this.waitUs, MOST_WAITING, (question) => this.judge(question))
  }

  take(event: SignallingEvent): Verdict {
    if (event.operation === 'sendRoutingInfoForGprs')
      return judgeInternalOnly(event, this.context.network, 'asks which node serves a phone’s data')
    if (event.protocol === 'isup') this.calls.note(event)
    else if (isRequest(event)) return this.ask(event)
    else {
      const question = this.asked.get(event.answers)
      if (question !== undefined) {
        question.roamingNumber = event.detail.roamingNumber
        question.forwardedTo = event.forwardedTo
      }
    }
    return null
  }

  private ask(event: SignallingEvent): Verdict {
    const verdict = judgeInternalOnly(event, this.context.network, 'asks for the way of a call')
    if (verdict === null || typeof verdict === 'string' || verdict.outcome !== 'fail') return verdict
    this.asked.add(event.seq, event.timeUs, { event, suspicion: verdict, roamingNumber: null, forwardedTo: null })
    return null
  }

  private judge({ event, suspicion, roamingNumber, forwardedTo }: Question): void {
    const sinceUs = event.timeUs - this.waitUs
    const numbers = [event.subjectMsisdn, roamingNumber, forwardedTo]
    if (numbers.some((number) => this.calls.towards(number, sinceUs))) {
      this.context.conclude(event, 'pass')
      return
    }
    const [why, pattern] =
      this.calls.seen > 0
        ? [`${suspicion.why}, and no call followed`, 0.9]
        : [`${suspicion.why}; calls are not in the capture`, 0.7]
    this.context.conclude(event, {
      ...suspicion,
      why,
      confidence: confidence({ ...suspicion.confidence.parts, pattern }),
    })
  }
}
