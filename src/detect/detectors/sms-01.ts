import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { type Resolution, sameOperator } from '../../network/resolution.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { areTitlesOfOneOperator, confidenceOf, crossingOf, isFromHome, isToHome, sourceOperator } from '../perimeter.ts'
import { FORWARD_SM, isForwardSm, isRequest, isTowardsPhone, SM_ROUTING, senderAddress } from '../short-message.ts'
import type { Subjects } from '../state/subjects.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

/** Who asked for the route to a subscriber: address, protocol, the service centre named, when; 1 once delivered. */
type Route = readonly [source: string, protocol: string, centre: string, timeUs: number, delivered: number]
/** Numbers in a kept route. */
const ROUTE_FIELDS = 5
const NO_ROUTES: readonly Route[] = []
/** Askers kept for a subscriber. */
const MOST_ROUTES = 4
/** Operators kept of those whose centres one source speaks for. */
const MOST_CLAIMS = 8

export const fakeServiceCentre = defineDetector({
  id: 'SMS-01',
  version: 1,
  class: 'sms',
  severity: 'medium',
  title: 'Short message whose service centre is not whose address it comes from',
  explanation:
    'Who delivers a short message names its service centre beside its own address, after it asked the home register for the route in the same name (3GPP TS 29.002 §12.1, §12.2, TS 23.040 §10.1). A message under the name of another operator’s centre, or under an address that never asked while another asked and never delivered, is faked: to spare the fee, to pass for a bank, to reach SIMs. Relays that speak for several centres and say the same to register and phone pass.',
  techniques: ['MOT1036.301', 'MOT3003.301'],
  benign: [
    'An SMS hub that delivers for others, of which little was seen.',
    'A virtual service centre at another operator.',
    'A range of titles that changed hands.',
  ],
  unavailable: [
    'The service centre: the message does not name one.',
    'Whose the sender’s address or the service centre is: neither the network file nor public numbering tells.',
  ],
  operations: [...FORWARD_SM, ...SM_ROUTING],
  answersOf: SM_ROUTING,
  example:
    'The title 46701740605 delivers a message in the name of the service centre 447700900005; nobody asked for the route but a third network.',
  thresholds: [
    {
      name: 'routeMinutes',
      default: 10,
      unit: 'minutes',
      meaning: 'How long after asking for a route its asker is expected to deliver.',
    },
    {
      name: 'relayMinutes',
      default: 60,
      unit: 'minutes',
      meaning:
        'How long a source is watched for other centres that it speaks for, before it is held not to be a relay.',
    },
    {
      name: 'relayOperators',
      default: 3,
      unit: 'operators',
      meaning: 'Operators whose centres a relay speaks for; a larger value excuses fewer sources.',
    },
  ],
  start(context) {
    const run = new Run(context)
    return (event) => {
      if (isForwardSm(event)) return isRequest(event) && isTowardsPhone(event) ? run.judge(event) : null
      if (event.kind === 'result' || event.kind === 'answer') run.learnRoute(event)
      return null
    }
  },
})

class Run {
  private readonly context: Context
  private readonly network: Network
  private readonly subjects: Subjects
  private readonly routes
  private readonly claims

  constructor(context: Context) {
    this.context = context
    this.network = context.network
    this.subjects = context.memory.subjects
    this.routes = context.memory.bySubject('SMS-01 routes', () => this.subjects.rows<readonly (string | number)[]>())
    this.claims = context.memory.table<readonly string[]>('SMS-01 claims')
  }

  /** Keeps who asked, by the IMSI that the answer gave. */
  learnRoute(answer: SignallingEvent): void {
    const request = this.context.requestOf(answer)
    const { imsi } = answer
    if (request === null || imsi === null) return
    const { nodeAddress: centre, timeUs } = request
    const source = senderKey(request)
    if (centre !== null && this.isSame(request, centre) === false) this.claim(request, centre)
    const subject = this.subjects.of(imsi)
    const before = this.routes.get(subject) ?? []
    const own = indexOfRoute(before, source)
    const first = own < 0 && before.length >= MOST_ROUTES * ROUTE_FIELDS ? ROUTE_FIELDS : 0
    const others = own < 0 ? before.slice(first) : [...before.slice(0, own), ...before.slice(own + ROUTE_FIELDS)]
    this.routes.set(subject, [...others, source, request.protocol, centre ?? '', timeUs, 0])
  }

  judge(event: SignallingEvent): Verdict {
    const { network } = this
    const centre = event.nodeAddress
    // further messages of a dialogue need not name it again
    if (centre === null) return event.tcap === 'continue' ? null : unavailable('the message names no service centre')
    if (isFromHome(event, network) === true || crossingOf(event, network).where === 'inside') return 'pass'
    const same = this.isSame(event, centre)
    const routes = this.routesOf(event.subjectImsi)
    const own = routes.find((route) => this.isOfSource(route, event) === true)
    if (own !== undefined) this.markDelivered(event.subjectImsi, own)
    if (same === null) return unavailable('whose the sender or its service centre is is unknown')
    if (same) {
      const asked = own !== undefined || routes.some((route) => this.isOfCentre(route, centre) === true)
      return asked ? 'pass' : this.judgeUnasked(event, routes)
    }
    this.claim(event, centre)
    if (network.homeOfGt(centre) === true && isToHome(event, network) !== false) {
      return this.suspicion(event, centre, 'which is our own', 0.95)
    }
    if (own !== undefined) {
      const [, , announced] = own
      if (announced !== '' && areTitlesOfOneOperator(announced, centre, network) === false) {
        return this.suspicion(event, centre, 'and another to the register', 0.9)
      }
      if (sourceOperator(event, network).method.startsWith('partner')) return 'pass'
      return this.watchRelay(event, centre, 0.7)
    }
    // the centre itself asked, and a relay delivers
    if (routes.some((route) => this.operatorOfRoute(route, centre) === true)) return 'pass'
    const asker = this.freshAsker(event, routes)
    if (asker !== null) return this.suspicion(event, centre, `after ${asker[0]} had asked for the route`, 0.9)
    return this.watchRelay(event, centre, 0.75)
  }

  /** Delivered by one who never asked: a sign only where somebody else asked, and does not deliver. */
  private judgeUnasked(event: SignallingEvent, routes: readonly Route[]): Verdict {
    const asker = this.freshAsker(event, routes)
    if (asker === null) return 'pass'
    const [source, , , timeUs] = asker
    this.context.later(timeUs + this.context.threshold('routeMinutes') * 60_000_000, () => {
      const now = this.routesOf(event.subjectImsi).find(([known, , , at]) => known === source && at === timeUs)
      if (now === undefined || now[4] === 1 || this.context.ended) return this.context.conclude(event, 'pass')
      this.context.conclude(event, {
        outcome: 'fail',
        why: `${sourceWords(event, this.network)} delivered a short message to ${subjectWords(event)} without asking for the route, which ${source} had asked for and did not use`,
        confidence: confidence({ operator: confidenceOf(sourceOperator(event, this.network)), pattern: 0.85 }),
      })
    })
    return null
  }

  /** A source that speaks for several operators' centres is a relay; whether it does shows with time. */
  private watchRelay(event: SignallingEvent, centre: string, pattern: number): Verdict {
    const isRelay = (): boolean =>
      (this.claims.get(senderKey(event)) ?? []).length >= this.context.threshold('relayOperators')
    if (isRelay()) return 'pass'
    this.context.later(event.timeUs + this.context.threshold('relayMinutes') * 60_000_000, () => {
      this.context.conclude(
        event,
        isRelay() ? 'pass' : this.suspicion(event, centre, 'for which it is no relay', pattern),
      )
    })
    return null
  }

  private suspicion(event: SignallingEvent, centre: string, words: string, pattern: number): Suspicion {
    const owner = this.network.operatorOfGt(centre)
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.network)} delivered a short message to ${subjectWords(event)} in the name of the service centre ${centre} of ${operatorWords(owner)}, ${words}`,
      confidence: confidence({
        operator: Math.max(0.75, confidenceOf(sourceOperator(event, this.network), owner)),
        pattern,
      }),
    }
  }

  private freshAsker(event: SignallingEvent, routes: readonly Route[]): Route | null {
    const windowUs = this.context.threshold('routeMinutes') * 60_000_000
    const asker = routes.findLast(
      (route) =>
        route[4] === 0 &&
        event.timeUs - route[3] <= windowUs &&
        this.isOfSource(route, event) === false &&
        this.isForeign(route),
    )
    return asker ?? null
  }

  /** What our own router or centre asks is no stranger's. */
  private isForeign([source, protocol]: Route): boolean {
    return (protocol === 'diameter' ? this.network.homeOfRealm(source) : this.network.homeOfGt(source)) !== true
  }

  private isSame(event: SignallingEvent, centre: string): boolean | null {
    const title = callingTitle(event)
    if (title === centre) return true
    if (event.protocol !== 'diameter')
      return title === null ? null : areTitlesOfOneOperator(title, centre, this.network)
    return sameOperator(sourceOperator(event, this.network), this.network.operatorOfGt(centre))
  }

  private isOfSource(route: Route, event: SignallingEvent): boolean | null {
    return route[0] === senderKey(event) || sameOperator(this.resolve(route), sourceOperator(event, this.network))
  }

  private isOfCentre([, , announced]: Route, centre: string): boolean | null {
    return announced === '' ? null : areTitlesOfOneOperator(announced, centre, this.network)
  }

  private operatorOfRoute(route: Route, centre: string): boolean | null {
    return route[0] === centre || sameOperator(this.resolve(route), this.network.operatorOfGt(centre))
  }

  private resolve([source, protocol]: Route): Resolution {
    return protocol === 'diameter' ? this.network.operatorOfRealm(source) : this.network.operatorOfGt(source)
  }

  private routesOf(imsi: string | null): readonly Route[] {
    const kept = imsi === null ? undefined : this.routes.get(this.subjects.find(imsi))
    if (kept === undefined) return NO_ROUTES
    const routes: Route[] = []
    for (let i = 0; i + ROUTE_FIELDS <= kept.length; i += ROUTE_FIELDS) {
      const [source, protocol, centre] = [String(kept[i]), String(kept[i + 1]), String(kept[i + 2])]
      routes.push([source, protocol, centre, Number(kept[i + 3]), Number(kept[i + 4])])
    }
    return routes
  }

  private markDelivered(imsi: string | null, [source]: Route): void {
    if (imsi === null) return
    const subject = this.subjects.of(imsi)
    const kept = this.routes.get(subject) ?? []
    const own = indexOfRoute(kept, source)
    if (own >= 0 && kept[own + ROUTE_FIELDS - 1] !== 1) this.routes.set(subject, kept.with(own + ROUTE_FIELDS - 1, 1))
  }

  private claim(event: SignallingEvent, centre: string): void {
    const { operator, country } = this.network.operatorOfGt(centre)
    const owner = operator ?? `in ${country}`
    const key = senderKey(event)
    const known = this.claims.get(key) ?? []
    if (!known.includes(owner)) this.claims.set(key, [...known, owner].slice(-MOST_CLAIMS))
  }
}

/** Where the route of a source begins in a row; -1 where it has none. */
function indexOfRoute(row: readonly (string | number)[], source: string): number {
  for (let i = 0; i < row.length; i += ROUTE_FIELDS) if (row[i] === source) return i
  return -1
}

/** Of a Diameter sender the realm, whose hosts share a work. */
function senderKey(event: SignallingEvent): string {
  return event.protocol === 'diameter' ? (event.originRealm ?? senderAddress(event)) : senderAddress(event)
}
