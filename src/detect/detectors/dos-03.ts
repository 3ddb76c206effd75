import type { SignallingEvent } from '../../event/signalling-event.ts'
import { callingTitle } from '../../event/title.ts'
import type { Network } from '../../network/network.ts'
import { sameOperator } from '../../network/resolution.ts'
import { judgeHomeOnly } from '../category.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { areTitlesOfOneOperator, confidenceOf, isFromHome, isToHome, sourceOperator } from '../perimeter.ts'
import { judgeServingOnly } from '../serving-check.ts'
import type { Table } from '../state/memory.ts'
import { REGISTRATIONS, registrationDomain } from '../state/subscribers.ts'
import { isFromStranger } from '../subject.ts'
import { operatorWords, sourceWords } from '../words.ts'

/** What the subscriber asks for, through the node that serves it: calls forwarded or barred no more, another password. */
const BY_SERVING_NODE: ReadonlySet<string | null> = new Set<string | null>([
  'eraseSS',
  'deactivateSS',
  'registerPassword',
])
const MINUTE_US = 60_000_000
/** Registrations of guests that must be known before their homes are, and the key of all of them. */
const GUESTS = 20
const ALL = '*'

export const foreignProfileRemoval = defineDetector({
  id: 'DOS-03',
  version: 3,
  class: 'disruption',
  severity: 'high',
  title: 'Services taken away, or a register reset, by another network or in a burst',
  explanation:
    'deleteSubscriberData and a barring insertSubscriberData take services away from a phone, as do Delete-Subscriber-Data and a barring Insert-Subscriber-Data in LTE; reset and Reset make a visited network distrust all it knows of a home network’s subscribers. All belong to the home register of the subscribers concerned. eraseSS, deactivateSS and registerPassword do it to call forwarding and barring, as the subscriber may through the network that serves it, and no other. Also reported are removals from many of our guests at once, and resets repeated to one node, in the home register’s name, and a reset of an unlisted network that has no guest here (3GPP TS 29.002 §8.8.2, §8.8.1, §8.10.1, §11, TS 29.272 §5.2.2.2, §5.2.4.1).',
  techniques: ['MOT3003.301', 'MOT3003.302', 'MOT1565.001', 'FGT1498.501', 'FGT5022'],
  benign: [
    'A home location register that restarts behind a hub’s address, or several times in a row.',
    'Subscribers moved between operators of one group.',
    'A home network that changes the services of many subscribers at once.',
  ],
  unavailable: [
    'The IMSI: the request does not name it, or it cannot be read.',
    'The calling global title or the origin: the request has none.',
    'Whose the sender or the IMSI is: neither the network file nor public numbering tells.',
    'Where the subscriber is served: no accepted registration was seen yet.',
    'The register that a reset speaks for: the request does not name it, or nobody tells whose it is.',
  ],
  operations: [
    'deleteSubscriberData',
    'insertSubscriberData',
    'reset',
    'Delete-Subscriber-Data',
    'Insert-Subscriber-Data',
    'Reset',
    'eraseSS',
    'deactivateSS',
    'registerPassword',
    ...REGISTRATIONS,
  ],
  kinds: ['invoke', 'request'],
  example:
    '467017406010 in Sweden sends deleteSubscriberData to a switch about a phone of that switch’s own network; or sends reset in the name of 447700900010, a register of another operator.',
  thresholds: [
    {
      name: 'windowMinutes',
      default: 10,
      unit: 'minutes',
      meaning: 'The time in which removals and resets are counted together.',
    },
    {
      name: 'removals',
      default: 300,
      unit: 'requests',
      meaning: 'Removals of one foreign source in a window before they are a burst. A larger value finds less.',
    },
    {
      name: 'resets',
      default: 5,
      unit: 'requests',
      meaning: 'Resets from one source to one node in a window before they are a burst. A larger value finds less.',
    },
  ],
  start(context) {
    const bursts = new Bursts(context)
    const guests = new GuestHomes(context)
    return (event) => {
      if (registrationDomain(event.operation) !== null) return guests.note(event)
      if (BY_SERVING_NODE.has(event.operation))
        return judgeServingOnly(event, context, 'changes services as the subscriber may')
      const verdict = judgeRemoval(event, context.network)
      return verdict === 'pass' ? (guests.judgeReset(event) ?? bursts.judge(event)) : verdict
    }
  },
})

/** Judges a removal or reset by who sent it. */
export function judgeRemoval(event: SignallingEvent, network: Network): Verdict {
  if (event.kind !== 'invoke' && event.kind !== 'request') return null
  if (event.operation === 'reset') return judgeReset(event, network)
  if (event.operation === 'Reset') return judgeDiameterReset(event, network)
  const isInsertion = event.operation === 'insertSubscriberData' || event.operation === 'Insert-Subscriber-Data'
  if (isInsertion && !event.barred) return null
  return judgeHomeOnly(event, network, 'takes services from another operator’s subscriber')
}

/** Reset names no subscriber: the register it speaks for is held against the network that sent it. */
function judgeReset(event: SignallingEvent, network: Network): Verdict {
  const title = callingTitle(event)
  if (title === null) return unavailable('the request has no international calling global title')
  if (event.nodeAddress === null) return unavailable('the reset names no register')
  const same = title === event.nodeAddress || areTitlesOfOneOperator(title, event.nodeAddress, network)
  if (same === null) return unavailable('the operator of the source or of the register is unknown')
  if (same) return 'pass'
  const source = network.operatorOfGt(title)
  const register = network.operatorOfGt(event.nodeAddress)
  return {
    outcome: 'fail',
    why: `${sourceWords(event, network)} sent reset in the name of the register ${event.nodeAddress} of ${operatorWords(register)}`,
    confidence: confidence({ operator: confidenceOf(source, register) }),
  }
}

/** In S6a the register that restarted is the origin itself; a subscriber, where one is named, tells whose it must be. */
function judgeDiameterReset(event: SignallingEvent, network: Network): Verdict {
  if (event.subjectImsi !== null)
    return judgeHomeOnly(event, network, 'makes a network distrust what it knows of another operator’s subscribers')
  if (event.originRealm === null && event.originHost === null) return unavailable('the request names no origin')
  const source = sourceOperator(event, network)
  if (source.method === 'unknown') return unavailable('the operator of the source or of the register is unknown')
  const host = network.operatorOfRealm(event.originHost)
  if (sameOperator(source, host) !== false) return 'pass'
  return {
    outcome: 'fail',
    why: `${event.originHost} of ${operatorWords(host)} sent Reset in the name of the realm ${event.originRealm} of ${operatorWords(source)}`,
    confidence: confidence({ operator: confidenceOf(source, host), pattern: 0.9 }),
  }
}

/** Where our guests are at home: a register that restarts has some to tell us of. */
class GuestHomes {
  private readonly context: Context
  /** Registrations of guests by country of their home, and of all. */
  private readonly homes: Table<number>

  constructor(context: Context) {
    this.context = context
    this.homes = context.memory.table('DOS-03 guests', 1024)
  }

  /** Notes a registration of a guest with its home. */
  note(event: SignallingEvent): null {
    const { network } = this.context
    if (isFromHome(event, network) !== true || event.subjectImsi === null) return null
    const { country } = network.operatorOfImsi(event.subjectImsi)
    for (const key of country === null ? [ALL] : [ALL, country]) this.homes.set(key, (this.homes.get(key) ?? 0) + 1)
    return null
  }

  /** A suspicion about the reset of an unlisted network whose country has no guest with us; null for nothing. */
  judgeReset(event: SignallingEvent): Suspicion | null {
    const { network } = this.context
    if (event.operation !== 'reset' && event.operation !== 'Reset') return null
    const { country, method } = sourceOperator(event, network)
    if (country === null || event.subjectImsi !== null || !isFromStranger(event, network)) return null
    if ((this.homes.get(ALL) ?? 0) < GUESTS || this.homes.get(country) !== undefined) return null
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)}, which is no listed roaming partner and has no guest here, sent ${event.operation}, which makes a network distrust what it knows of its guests`,
      confidence: confidence({ operator: method === 'public numbering' ? 0.8 : 0.7, state: 0.75 }),
    }
  }
}

/** Counts what a home register, or one in its name, takes away or resets, by source. */
class Bursts {
  private readonly context: Context
  private readonly windowUs: number
  private readonly removals: number
  private readonly resets: number
  /** Number of the window and requests in it. */
  private readonly counts: Table<readonly [number, number]>

  constructor(context: Context) {
    this.context = context
    this.windowUs = context.threshold('windowMinutes') * MINUTE_US
    this.removals = context.threshold('removals')
    this.resets = context.threshold('resets')
    this.counts = context.memory.table('DOS-03 counts')
  }

  judge(event: SignallingEvent): Verdict {
    const { network } = this.context
    // what our own registers do abroad, and within our network, is our own business
    if (isFromHome(event, network) === true || isToHome(event, network) === false) return 'pass'
    // a profile within a registration takes nothing away: the guest is only arriving
    if (event.operation === 'insertSubscriberData' && event.tcap === 'continue') return 'pass'
    const isReset = event.operation === 'reset' || event.operation === 'Reset'
    const source = event.protocol === 'diameter' ? (event.originHost ?? event.originRealm) : event.callingGt
    // a register that restarts tells each node once
    const receiver = event.protocol === 'diameter' ? event.destinationHost : event.calledGt
    if (isReset && receiver === null) return 'pass'
    const key = isReset ? `reset ${source} ${receiver}` : `removal ${source}`
    const window = Math.floor(event.timeUs / this.windowUs)
    const [known, before] = this.counts.get(key) ?? [window, 0]
    const count = known === window ? before + 1 : 1
    this.counts.set(key, [window, count])
    return count > (isReset ? this.resets : this.removals) ? this.burst(event, count, isReset) : 'pass'
  }

  private burst(event: SignallingEvent, count: number, isReset: boolean): Suspicion {
    const { network } = this.context
    const what = isReset ? `${count} resets to one node` : `${count} requests that take services from subscribers`
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${what} within ${this.windowUs / MINUTE_US} minutes`,
      confidence: confidence({ operator: confidenceOf(sourceOperator(event, network)), pattern: 0.6 }),
    }
  }
}
