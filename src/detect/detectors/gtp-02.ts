import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { type Resolution, sameOperator } from '../../network/resolution.ts'
import { AUTHENTICATION_OPERATIONS, Authentications } from '../authentications.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { gtpCrossing } from '../gtp-interfaces.ts'
import { confidenceOf, isFromOperatorOf } from '../perimeter.ts'
import { isPrivateAddress } from '../private-address.ts'
import { RELAY_THRESHOLDS, RelayWatch } from '../relay-watch.ts'
import { operatorOfPlace, placeWords } from '../serving.ts'
import type { Table } from '../state/memory.ts'
import type { RowColumn, Subjects } from '../state/subjects.ts'
import { type Place, REGISTRATIONS, registrationDomain } from '../state/subscribers.ts'
import { isNamed } from '../subject.ts'
import { durationWords, isTooFast, journeyBetween, PACE_THRESHOLDS } from '../travel.ts'
import { paceOf } from '../velocity.ts'
import { operatorWords, sourceWords, subjectWords } from '../words.ts'

const OPENS: ReadonlySet<string> = new Set(['Create Session', 'Create PDP Context'])
const MOVES: ReadonlySet<string> = new Set(['Modify Bearer', 'Update PDP Context'])
const CLOSES: ReadonlySet<string> = new Set(['Delete Session', 'Delete PDP Context'])
/** Sent by the packet gateway, which is of the subscriber's home where the session goes home. */
const FROM_GATEWAY: ReadonlySet<string> = new Set([
  'Create Bearer',
  'Update Bearer',
  'Delete Bearer',
  'PDU Notification',
  'Initiate PDP Context Activation',
])
/** Two taps may see a registration and its session in the wrong order, µs. */
const SETTLE_US = 30_000_000
/** Subscribers of one operator, from which an unlisted address that speaks for several is taken for a hub. */
const HUB_SUBSCRIBERS = 3
/** Sessions known to agree with registrations, and their share, before one of an unlisted network that does not counts. */
const CUSTOM_SESSIONS = 20
const NEARLY_ALL = 0.97
/** Operators that opened sessions of one subscriber, remembered of them. */
const MOST_OPENERS = 4
/** Marks an opener that is an address. */
const UNLISTED = '@'
const STRANGER = unavailable('whose the address of the peer is is unknown')

export const sessionElsewhere = defineDetector({
  id: 'GTP-02',
  version: 3,
  class: 'gtp',
  severity: 'high',
  title: 'GTP peer that is not of the network it names, that serves the subscriber, or that issued the SIM',
  explanation:
    'A session of a roaming subscriber is opened by the serving gateway of the network visited, which names that network and where the subscriber registered before; its packet gateway is of the home (3GPP TS 23.401 §4.2.2, §5.3.2.1, TS 29.274 §7.2.1, TS 29.060 §7.3.1). Reported are a peer whose address is of another operator than its Serving Network, a serving network other than the one that registered the subscriber, a session ended by a network that did not open it, or ended or moved by an address that no network lists, and a gateway procedure from another network than the home: sessions at another’s expense, traffic led away or cut off.',
  techniques: ['MOT1036.301', 'MOT1199.301', 'FGT5016', 'FGT1199.501'],
  benign: [
    'An IPX that hides addresses, and is not listed as a hub.',
    'Sponsored roaming: a SIM with identities of several operators.',
    'A partner whose new addresses network.yaml does not have yet.',
    'A registration that was not captured.',
  ],
  unavailable: [
    'Whose the address of the peer is: network.yaml does not list it, or a hub’s or private address hides it.',
    'The serving network: the request does not name it.',
    'The subscriber of the tunnel: its opening was not captured.',
    'Where the subscriber registered, or whether registrations from that network would be seen.',
  ],
  operations: [...OPENS, ...MOVES, ...CLOSES, ...FROM_GATEWAY, ...REGISTRATIONS, ...AUTHENTICATION_OPERATIONS],
  answersOf: [...OPENS, ...MOVES, ...CLOSES, ...FROM_GATEWAY],
  example:
    'The address 198.51.100.33 of a French network opens a session for a British subscriber with a Swedish Serving Network.',
  thresholds: [
    ...RELAY_THRESHOLDS,
    ...PACE_THRESHOLDS,
    {
      name: 'knownMessages',
      default: 2,
      unit: 'messages',
      meaning:
        'Messages from or to the listed addresses of a network, from which one from an unlisted address in its name is reported more surely: the list is then in use.',
    },
  ],
  start(context) {
    const sessions = new Sessions(context)
    return (event) => sessions.judge(event)
  },
})

class Sessions {
  private readonly context: Context
  private readonly network: Network
  private readonly watch: RelayWatch
  private readonly authentications: Authentications
  /** Operators, with the messages that came from or went to their listed addresses. */
  private readonly ways: Table<number>
  /** Who opened sessions of a subscriber: operators and, marked, unlisted addresses, the last first, a line each. */
  private readonly owners: RowColumn<string>
  private readonly subjects: Subjects
  /** Operators whose registrations were seen. */
  private readonly registrars: Table<number>
  /** Sessions whose network had registered the subscriber, and others. */
  private readonly agreements: Table<number>

  constructor(context: Context) {
    this.context = context
    this.network = context.network
    this.watch = new RelayWatch(context, 'GTP-02 spoken for')
    this.authentications = new Authentications(context.memory, context.network)
    this.ways = context.memory.table('GTP-02 ways')
    this.owners = context.memory.bySubject('GTP-02 owners', (subjects) => subjects.rows<string>())
    this.subjects = context.memory.subjects
    this.registrars = context.memory.table('GTP-02 registrars')
    this.agreements = context.memory.table('GTP-02 agreements', 16)
  }

  judge(event: SignallingEvent): Verdict {
    const { operation } = event
    if (this.authentications.note(event)) return null
    if (registrationDomain(operation) !== null) {
      this.noteRegistrar(event)
      return null
    }
    this.noteWays(event)
    if (operation === null || event.kind !== 'request') return null
    const crossing = gtpCrossing(event, this.network)
    if (crossing === 'outgoing') return null
    const isInside = crossing === 'inside'
    if (OPENS.has(operation)) {
      this.noteOwner(event)
      return isInside ? 'pass' : this.judgeOpening(event)
    }
    if (MOVES.has(operation)) {
      const moved = isInside ? null : this.judgeMove(event)
      this.noteOwner(event)
      return moved
    }
    if (isInside) return 'pass'
    if (event.subjectImsi === null) return unavailable('the subscriber of the tunnel is not known')
    return CLOSES.has(operation) ? this.judgeClosing(event, event.subjectImsi) : this.judgeGateway(event)
  }

  private judgeOpening(event: SignallingEvent): Verdict {
    const { servingNetwork, srcIp } = event
    if (servingNetwork === null) return unavailable('the request names no serving network')
    const source = this.network.operatorOfIp(srcIp)
    const serving = this.network.operatorOfPlmn(servingNetwork)
    const place: Place = { protocol: 'diameter', address: srcIp ?? '', via: null, plmn: servingNetwork }
    const elsewhere = this.judgeState(event, place, serving)
    if (elsewhere === null || (typeof elsewhere !== 'string' && elsewhere.outcome === 'fail')) return elsewhere
    const byAddress = this.judgeAddress(event, source, serving)
    if (byAddress !== 'pass' && !(isUnavailable(byAddress) && elsewhere === 'pass')) return byAddress
    return byAddress === 'pass' || elsewhere === 'pass' ? 'pass' : elsewhere
  }

  /** Holds the address against the serving network that the request names. */
  private judgeAddress(event: SignallingEvent, source: Resolution, serving: Resolution): Verdict {
    const { servingNetwork, srcIp } = event
    if (servingNetwork === null || source.method === 'hub') return STRANGER
    if (!isNamed(source)) {
      // an address that nobody lists, in the name of a network whose addresses are listed
      if (srcIp === null || isPrivateAddress(srcIp)) return STRANGER
      const key = blockOf(srcIp)
      if (!isNamed(serving)) {
        this.watch.noteOther(event, key, servingNetwork)
        return STRANGER
      }
      if (!this.network.listsIpRanges(serving)) {
        this.watch.noteOther(event, key, servingNetwork)
        return STRANGER
      }
      // they may show themselves a little later
      const least = this.context.threshold('knownMessages')
      const isInUse = (): boolean => (this.ways.get(operatorKey(serving)) ?? 0) >= least
      const verdict = (): Verdict => this.misnamed(event, serving, isInUse() ? 0.75 : 0.65)
      return this.watch.judge(event, key, servingNetwork, verdict, HUB_SUBSCRIBERS)
    }
    const isOurs = serving.method === 'home' && source.method !== 'home'
    const same = isOurs ? false : sameOperator(source, serving)
    if (same === null) return STRANGER
    const key = source.operator ?? ''
    if (same) {
      this.watch.noteOwn(key)
      return 'pass'
    }
    const suspicion = this.misnamed(event, serving, 0.9)
    return isOurs ? suspicion : this.watch.judge(event, key, serving.operator ?? servingNetwork, () => suspicion)
  }

  private misnamed(event: SignallingEvent, serving: Resolution, pattern: number): Suspicion {
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.network)} sent ${event.operation} about ${subjectWords(event)} in the name of the serving network ${event.servingNetwork} of ${operatorWords(serving)}`,
      confidence: confidence({ operator: Math.max(0.8, confidenceOf(serving)), pattern }),
    }
  }

  /** Holds the serving network against where the subscriber registered. Null: judged later. */
  private judgeState(event: SignallingEvent, place: Place, serving: Resolution): Verdict {
    const { subscribers } = this.context
    const imsi = event.subjectImsi
    if (imsi === null) return unavailable('the IMSI of the subscriber is not known')
    if (subscribers.lastServing(imsi) === null) return unavailable('no earlier location of the subscriber is known')
    if (this.standing(event, imsi, place, serving) === 'pass') return 'pass'
    this.context.later(event.timeUs + SETTLE_US, () => {
      this.context.conclude(event, this.standing(event, imsi, place, serving))
    })
    return null
  }

  private standing(event: SignallingEvent, imsi: string, place: Place, serving: Resolution): Verdict {
    const { subscribers } = this.context
    const ps = subscribers.serving(imsi, 'ps')
    const known = ps ?? subscribers.serving(imsi, 'cs')
    if (known === null || known.timeUs > event.timeUs) return 'pass'
    const owner = operatorOfPlace(known.place, this.network)
    if (known.place.plmn === place.plmn || sameOperator(owner, serving) !== false) {
      this.count('agreed')
      return 'pass'
    }
    if (this.authentications.lastFrom(place, imsi, event.timeUs) !== null) return 'pass'
    const elapsedUs = event.timeUs - known.timeUs
    const journey = journeyBetween(known.place, place, this.network)
    const isImpossible = journey !== null && isTooFast(journey.km, elapsedUs, paceOf(this.context))
    // without a registration from there, where registrations from there are seen
    const wouldBeSeen =
      ps !== null && (this.registrars.get(operatorKey(serving)) !== undefined || this.isStranger(serving))
    if (!wouldBeSeen) this.count('disagreed')
    if (!isImpossible && !wouldBeSeen) return unavailable('whether registrations from that network would be seen')
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.network)} sent ${event.operation} about ${subjectWords(event)} as served by ${event.servingNetwork} of ${operatorWords(serving)}, ${durationWords(elapsedUs)} after ${placeWords(known.place, this.network)} registered it`,
      confidence: confidence({
        operator: Math.max(0.8, confidenceOf(owner, serving)),
        state: isImpossible ? 0.95 : 0.8,
      }),
    }
  }

  /** Whether a network is not listed, where nearly all sessions are opened by the network that registered the subscriber. */
  private isStranger({ method }: Resolution): boolean {
    const agreed = this.agreements.get('agreed') ?? 0
    const isCustom =
      agreed >= CUSTOM_SESSIONS && agreed >= NEARLY_ALL * (agreed + (this.agreements.get('disagreed') ?? 0))
    return isCustom && this.network.partners > 0 && (method === 'public numbering' || method === 'unknown')
  }

  private count(name: string): void {
    this.agreements.set(name, (this.agreements.get(name) ?? 0) + 1)
  }

  private judgeClosing(event: SignallingEvent, imsi: string): Verdict {
    const source = this.network.operatorOfIp(event.srcIp)
    if (source.method === 'hub') return STRANGER
    const openers = openersOf(this.owners.get(this.subjects.find(imsi)))
    const owner = ownerOf(openers)
    if (owner === undefined) return unavailable('who opened the session is not known')
    // the network left behind ends its own session when the phone has long opened one elsewhere
    if (openers.includes(this.openerKey(event, source))) return 'pass'
    if (!isNamed(source)) return this.judgeUnlisted(event, owner)
    if (isFromOperatorOf(event, imsi, this.network) !== false) return 'pass'
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.network)} sent ${event.operation} about ${subjectWords(event)}, whose session ${owner} had opened`,
      confidence: confidence({ operator: 0.95, state: 0.85 }),
    }
  }

  /** A tunnel that goes on at an address that nobody lists; one that moves to a listed network is that network's. */
  private judgeMove(event: SignallingEvent): Verdict {
    const { subjectImsi, servingNetwork, srcIp } = event
    const source = this.network.operatorOfIp(srcIp)
    if (subjectImsi === null || source.method === 'hub' || isNamed(source)) return null
    const subject = this.subjects.find(subjectImsi)
    const owner = ownerOf(openersOf(this.owners.get(subject)))
    if (owner === undefined) return null
    if (servingNetwork === null) return this.judgeUnlisted(event, owner)
    const serving = this.network.operatorOfPlmn(servingNetwork)
    if (operatorKey(serving) === owner) return this.judgeUnlisted(event, owner)
    // it may move to a network that the file does not list, where the subscriber then registers
    this.owners.set(subject, undefined)
    const place: Place = { protocol: 'diameter', address: srcIp ?? '', via: null, plmn: servingNetwork }
    return this.judgeState(event, place, serving)
  }

  /** Whoever opened the session did so from an address that is listed; this one is not. */
  private judgeUnlisted(event: SignallingEvent, owner: string, clause = `whose session ${owner} had opened`): Verdict {
    const { srcIp } = event
    if (srcIp === null || isPrivateAddress(srcIp)) return STRANGER
    return this.watch.judge(
      event,
      blockOf(srcIp),
      owner,
      () => ({
        outcome: 'fail',
        why: `${sourceWords(event, this.network)}, an address that no network lists, sent ${event.operation} about ${subjectWords(event)}, ${clause}`,
        confidence: confidence({ operator: 0.8, pattern: 0.75 }),
      }),
      HUB_SUBSCRIBERS,
    )
  }

  private judgeGateway(event: SignallingEvent): Verdict {
    const source = this.network.operatorOfIp(event.srcIp)
    if (source.method === 'hub') return STRANGER
    if (!isNamed(source)) return this.judgeUnlistedGateway(event)
    const isHome = isFromOperatorOf(event, event.subjectImsi, this.network)
    if (isHome === null) return unavailable('the operator of the source or of the subscriber is unknown')
    if (isHome) return 'pass'
    const home = this.network.operatorOfImsi(event.subjectImsi)
    return {
      outcome: 'fail',
      why: `${sourceWords(event, this.network)} sent ${event.operation} about ${subjectWords(event)} of ${operatorWords(home)}, whose gateway alone sends it`,
      confidence: confidence({ operator: Math.max(0.8, confidenceOf(source, home)), pattern: 0.9 }),
    }
  }

  /** A gateway at an address that nobody lists, where the home's own gateways are listed and in use. */
  private judgeUnlistedGateway(event: SignallingEvent): Verdict {
    const home = this.network.operatorOfImsi(event.subjectImsi)
    const known = this.ways.get(operatorKey(home)) ?? 0
    const isInUse = this.network.listsIpRanges(home) && known >= this.context.threshold('knownMessages')
    return isInUse ? this.judgeUnlisted(event, operatorKey(home), 'whose gateways are others') : STRANGER
  }

  private noteWays({ srcIp, dstIp }: SignallingEvent): void {
    this.noteWay(srcIp)
    this.noteWay(dstIp)
  }

  private noteWay(ip: string | null): void {
    const owner = this.network.operatorOfIp(ip)
    if (!isNamed(owner) || owner.method === 'hub') return
    const key = operatorKey(owner)
    this.ways.set(key, (this.ways.get(key) ?? 0) + 1)
  }

  private noteOwner(event: SignallingEvent): void {
    const source = this.network.operatorOfIp(event.srcIp)
    const key = this.openerKey(event, source)
    if (event.subjectImsi === null || key === '' || source.method === 'hub') return
    // where a session moves to at an unlisted address is judged, and no right of that address
    if (!isNamed(source) && !OPENS.has(event.operation ?? '')) return
    const subject = this.subjects.of(event.subjectImsi)
    const known = this.owners.get(subject)
    if (known === key) return
    const earlier = openersOf(known).filter((opener) => opener !== key)
    this.owners.set(subject, [key, ...earlier].slice(0, MOST_OPENERS).join('\n'))
  }

  /** An operator, or the unlisted address block of a node; empty for an address that says nothing. */
  private openerKey({ srcIp }: SignallingEvent, source: Resolution): string {
    if (isNamed(source)) return operatorKey(source)
    return srcIp === null || isPrivateAddress(srcIp) ? '' : UNLISTED + blockOf(srcIp)
  }

  private noteRegistrar(event: SignallingEvent): void {
    if (event.kind !== 'request' && event.kind !== 'invoke') return
    const { network } = this
    const { visitedPlmn } = event
    const owner =
      visitedPlmn === null
        ? network.operatorOfGt(event.callingGt ?? event.nodeAddress)
        : network.operatorOfPlmn(visitedPlmn)
    const key = operatorKey(owner)
    if (key !== '' && this.registrars.get(key) === undefined) this.registrars.set(key, 1)
  }
}

/** Operators that opened sessions, the last first. */
function openersOf(owner: string | undefined): string[] {
  return owner === undefined ? [] : owner.split('\n')
}

/** The listed operator that opened a session last. */
function ownerOf(openers: readonly string[]): string | undefined {
  return openers.find((opener) => !opener.startsWith(UNLISTED))
}

/** Addresses of one node or hub stand side by side. */
function blockOf(ip: string): string {
  return ip.slice(0, ip.lastIndexOf(ip.includes(':') ? ':' : '.'))
}

function operatorKey({ operator, plmns }: Resolution): string {
  return operator ?? plmns[0] ?? ''
}

function isUnavailable(verdict: Verdict): boolean {
  return verdict !== null && typeof verdict !== 'string' && verdict.outcome === 'unavailable'
}
