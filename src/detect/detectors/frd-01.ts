import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import { isRequest, judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, sourceOperator } from '../perimeter.ts'
import { isFromHomeOf, isFromServing, operatorOfPlace, placeWords } from '../serving.ts'
import type { Table } from '../state/memory.ts'
import { strangersOf } from '../stranger.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** What only the home network shows or asks on a phone. */
const TO_PHONES = ['unstructuredSS-Request', 'unstructuredSS-Notify', 'getPassword'] as const
const TO_PHONE: ReadonlySet<string | null> = new Set<string | null>(TO_PHONES)
/** mo-ForwardSM of SGd. Source: 3GPP TS 29.338 §6.2.1. */
const MESSAGE_BY_DIAMETER = 'MO-Forward-Short-Message'
const MINUTE_US = 60_000_000
/** Requests that wait for what else their sender relays, some 1 KB each. */
const MOST_OPEN = 16_384

export const requestInSubscribersName = defineDetector({
  id: 'FRD-01',
  version: 3,
  class: 'fraud',
  severity: 'high',
  title: 'USSD or short message in the name of a subscriber, or of its network, by somebody else',
  explanation:
    'A USSD request (processUnstructuredSS-Request, processUnstructuredSS-Data) or a short message from a phone (mo-ForwardSM, and MO-Forward-Short-Message of LTE) comes from the switch that serves the phone. From another network it is made up: it moves money or credit, or is charged to and signed with the subscriber’s number. The sender’s operator is held against that of the node whose registration was accepted last; where none is known, an unlisted network that never served anybody of ours is reported once nearly all others are known to serve. USSD to a phone (unstructuredSS-Request, unstructuredSS-Notify) and the question for its password (getPassword) come from its home network: from another one they phish. A sender that relays messages for subscribers of several serving networks is taken for a hub (3GPP TS 29.002 §11.7, §11.9 to §11.11, §12.2, TS 23.090 §4, TS 23.040 §10).',
  techniques: ['MOT1036.301', 'MOT3003.301', 'FGT5016'],
  benign: [
    'A hub that relays short messages or USSD for several networks.',
    'A subscriber whose registration in between was not captured.',
    'A shared switch under another operator’s number.',
    'A USSD platform that the home network hired, under an address of its own.',
  ],
  unavailable: [
    'The sender: the request has no international calling global title, or names no origin.',
    'The subscriber: neither the request nor its dialogue names the IMSI, or a number whose IMSI is known.',
    'Where the subscriber is served: no accepted registration was seen yet.',
    'Whose the sender or the serving node is: neither the network file nor public numbering tells.',
  ],
  operations: [
    'processUnstructuredSS-Request',
    'processUnstructuredSS-Data',
    'mo-ForwardSM',
    'insertSubscriberData',
    MESSAGE_BY_DIAMETER,
    ...TO_PHONES,
  ],
  protocols: ['map', 'diameter'],
  kinds: ['invoke', 'request'],
  example:
    'A British phone is registered at 33639981011 in France, and 467017406011 in Sweden sends a USSD request in its name to transfer credit.',
  thresholds: [
    {
      name: 'hubNetworks',
      default: 3,
      unit: 'networks',
      meaning:
        'Serving networks whose subscribers’ messages one sender relays before it is taken for a hub. A larger value finds more.',
    },
    {
      name: 'waitMinutes',
      default: 10,
      unit: 'minutes',
      meaning: 'How long a short message waits for the sender to show itself a hub.',
    },
  ],
  start(context) {
    const names = new BorrowedNames(context)
    return (event) => names.judge(event)
  },
})

class BorrowedNames {
  private readonly context: Context
  private readonly waitUs: number
  private readonly hubNetworks: number
  /** By sender: serving networks that its messages' subscribers have, by operator or country. */
  private readonly senders: Table<readonly string[]>
  private open = 0

  constructor(context: Context) {
    this.context = context
    this.waitUs = context.threshold('waitMinutes') * MINUTE_US
    this.hubNetworks = context.threshold('hubNetworks')
    this.senders = context.memory.table('FRD-01 senders')
  }

  judge(event: SignallingEvent): Verdict {
    const isByDiameter = event.operation === MESSAGE_BY_DIAMETER
    if (!isRequest(event) || (event.protocol !== 'map' && !isByDiameter)) return null
    if (event.operation === 'insertSubscriberData') return this.learn(event)
    if (TO_PHONE.has(event.operation)) {
      // an operation later in a dialogue that the phone began follows its request
      return event.tcap === 'begin'
        ? judgeHomeOnly(event, this.context.network, 'speaks to a phone as its network')
        : null
    }
    const isMessage = event.operation === 'mo-ForwardSM'
    // phases 1 and 2 deliver under the same code: towards the phone the message names an IMSI and no number
    if (isMessage && event.msisdn === null && event.imsi !== null) return null
    const { network, subscribers } = this.context
    const sender = isByDiameter ? (event.originRealm ?? event.originHost) : callingTitle(event)
    const imsi = event.subjectImsi ?? subscribers.imsiOf(event.subjectMsisdn)
    if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
    if (sender === null) {
      return unavailable(
        isByDiameter ? 'the request names no origin' : 'the request has no international calling global title',
      )
    }
    if (isFromHomeOf(event, imsi, network) === true) return 'pass'
    const serving = subscribers.lastServing(imsi)
    const strangers = strangersOf(this.context)
    if (serving === null) {
      return strangers.judge(event, imsi) ?? unavailable('where the subscriber is served is not known')
    }
    const isFrom = isFromServing(event, imsi, subscribers, network)
    if (isFrom === true) {
      strangers.noteServing(event)
      return 'pass'
    }
    if (isFrom === null) return unavailable('the operator of the source or of the serving node is unknown')
    const owner = operatorOfPlace(serving.place, network)
    const suspicion: Suspicion = {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${event.operation} in the name of ${subjectWords(event)}, which ${placeWords(serving.place, network)} serves`,
      confidence: confidence({ operator: confidenceOf(sourceOperator(event, network)), state: 0.95, pattern: 0.9 }),
    }
    this.note(sender, owner.operator ?? owner.country ?? serving.place.address)
    if (this.isHub(sender)) return 'pass'
    if (this.open >= MOST_OPEN) return suspicion
    this.open++
    this.context.later(event.timeUs + this.waitUs, () => {
      this.open--
      this.context.conclude(event, this.isHub(sender) ? 'pass' : suspicion)
    })
    return null
  }

  /** A profile from home tells whose a number is: short messages name no IMSI. */
  private learn(event: SignallingEvent): null {
    const { msisdn, subjectImsi } = event
    const { network, subscribers } = this.context
    if (msisdn === null || subjectImsi === null) return null
    const isFromHome = isFromHomeOf(event, subjectImsi, network)
    // where nothing tells operators of a country apart, the profile of a registration is still the asked register's own
    if (isFromHome === true || (isFromHome === null && event.tcap === 'continue')) subscribers.pair(msisdn, subjectImsi)
    return null
  }

  private note(sender: string, network: string): void {
    const known = this.senders.get(sender) ?? []
    if (!known.includes(network) && known.length < this.hubNetworks) this.senders.set(sender, [...known, network])
  }

  private isHub(sender: string): boolean {
    return (this.senders.get(sender)?.length ?? 0) >= this.hubNetworks
  }
}
