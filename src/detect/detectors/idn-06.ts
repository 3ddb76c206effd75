import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { confidenceOf, isFromHome, sourceOperator } from '../perimeter.ts'
import { type Awaiting, awaitingByNumber } from '../state/awaiting.ts'
import { Transactions } from '../state/transactions.ts'
import { sourceKey, withoutSubject } from '../subject.ts'
import { sourceWords } from '../words.ts'

const MINUTE_US = 60_000_000
const MOST_SOURCES = 16_384
const MOST_PENDING = 65_536
/** Called addresses remembered of one source. */
const MOST_REMEMBERED = 128
/** Dialogues that were opened last: a minute of 1,000 a second. */
const MOST_TRANSACTIONS = 1 << 16
/** Links on which answers were seen. */
const MOST_LINKS = 65_536
/** Other sources that fail, in number and as a share, from which it is a fault of the network and not of one source. */
const FAULT_SOURCES = 3
const FAULT_SHARE = 0.3
/** Requests that a source must have failed in to count there. */
const FAILING_REQUESTS = 3
/** Protocol errors of agents that find no such host or realm. Source: RFC 6733 §7.1.3. */
const UNREACHABLE: readonly number[] = [3002, 3003, 3005, 3007, 3010]

export const addressScan = defineDetector({
  id: 'IDN-06',
  version: 2,
  class: 'identity',
  severity: 'medium',
  title: 'Addresses of nodes tried one after the other',
  explanation:
    'Before an attack somebody looks for nodes that answer: requests, or begins with nothing in them, go to many global titles, subsystems, point codes or Diameter hosts, most of which do not exist, so that the network returns them, or nothing comes back. Reported is a source whose requests to many different addresses mostly fail that way or are aborted, while those of others do not. Titles that are the subscriber’s own number are not counted, as routing by number is usual (ITU-T Q.714 §2.3 and §4.2, RFC 6733 §7.1.3).',
  techniques: ['MOT1046.301', 'MOT3003.301', 'MOT3003.302'],
  benign: [
    'A fault in routing tables, or a link that is down, on the way of one network.',
    'A partner’s test after addresses were changed.',
  ],
  unavailable: ['Failures of one source: those of most others fail as well.'],
  operations: 'any',
  example:
    '467017406014 in Sweden sends begins to 447700900000, 447700900001 and so on; forty are returned undelivered, two are answered.',
  thresholds: [
    {
      name: 'addresses',
      default: 15,
      unit: 'addresses',
      meaning: 'Different called addresses that fail within the window, from which a source is reported.',
    },
    {
      name: 'failedShare',
      default: 70,
      unit: 'percent',
      meaning:
        'Share of the source’s requests, or of the addresses it asks, that must fail. A larger value finds less.',
    },
    {
      name: 'answerSeconds',
      default: 60,
      unit: 'seconds',
      meaning: 'How long an answer may take where answers are captured.',
    },
    { name: 'windowMinutes', default: 30, unit: 'minutes', meaning: 'How long a quiet source is remembered.' },
  ],
  start(context) {
    const watch = new ScanWatch(context)
    return (event) => watch.take(event)
  },
})

/** What became of a source's requests of late. */
interface Source {
  lastUs: number
  /** Called addresses that failed, with the subsystem where one is named. */
  readonly failedAddresses: Set<string>
  /** Those that answered. */
  readonly livingAddresses: Set<string>
  failed: number
  answered: number
}

interface Pending {
  readonly event: SignallingEvent
  readonly source: Source
}

class ScanWatch {
  private readonly context: Context
  private readonly sources = new Map<string, Source>()
  private readonly pending: Awaiting<Pending>
  /** `seq` of what waits, by transaction: a dialogue that goes on is answered, though no component is. */
  private readonly transactions = new Transactions(MOST_TRANSACTIONS)
  private readonly links = new Links()
  /** Whether the requests of many sources fail, and when that was looked at. */
  private readonly fault = { atUs: Number.NEGATIVE_INFINITY, is: false }
  private readonly addresses: number
  private readonly failedShare: number
  private readonly windowUs: number

  constructor(context: Context) {
    this.context = context
    this.addresses = context.threshold('addresses')
    this.failedShare = context.threshold('failedShare') / 100
    this.windowUs = context.threshold('windowMinutes') * MINUTE_US
    const waitUs = context.threshold('answerSeconds') * 1_000_000
    this.pending = awaitingByNumber(context, waitUs, MOST_PENDING, ({ event, source }, waitedUs) => {
      // only where answers come by, none is a failure
      if (waitedUs >= waitUs && this.links.has(fromOf(event), toOf(event))) this.fail(event, source)
    })
  }

  take(event: SignallingEvent): Verdict {
    if (event.answers !== 0 || event.dtid !== null || isReturnedBegin(event)) this.answer(event)
    else if (opens(event) && isFromHome(event, this.context.network) !== true) {
      this.pending.add(event.seq, event.timeUs, { event, source: this.sourceOf(event) })
      if (event.otid !== null) this.transactions.set(event.otid, event.callingGt ?? event.opc, event.seq)
    }
    return null
  }

  private answer(answer: SignallingEvent): void {
    // what answers no component may still go on with a dialogue, or return its begin
    const id = answer.dtid ?? answer.otid
    const seq =
      answer.answers !== 0 || id === null ? answer.answers : this.transactions.take(id, answer.calledGt ?? answer.dpc)
    if (seq === 0) return
    this.links.add(toOf(answer), fromOf(answer))
    const pending = this.pending.take(seq)
    if (pending === undefined) return
    // a node that exists may abort an operation it does not know: it is what a search meets all the same
    const isReturned =
      answer.kind === 'reject' || answer.kind === 'abort' || UNREACHABLE.includes(answer.resultCode ?? 0)
    if (isReturned) {
      this.fail(pending.event, pending.source)
      return
    }
    const { livingAddresses } = pending.source
    pending.source.answered++
    if (livingAddresses.size < MOST_REMEMBERED) {
      const address = calledAddress(pending.event)
      if (address !== null) livingAddresses.add(address)
    }
    this.context.conclude(pending.event, 'pass')
  }

  private fail(event: SignallingEvent, source: Source): void {
    source.failed++
    const { failedAddresses, livingAddresses } = source
    const address = calledAddress(event)
    const isNew = address !== null && !livingAddresses.has(address)
    if (isNew && failedAddresses.size < MOST_REMEMBERED) {
      // the subsystems of one node may be tried as well as the nodes
      failedAddresses.add(event.calledSsn === null ? address : `${address} ${event.calledSsn}`)
    }
    if (failedAddresses.size < this.addresses || !this.mostlyFails(source)) {
      this.context.conclude(event, 'pass')
      return
    }
    this.context.conclude(
      withoutSubject(event),
      this.isFault(event.timeUs, source)
        ? unavailable('the requests of most sources fail')
        : this.suspicion(event, source),
    )
  }

  /** By requests, or by addresses, as a search may hide behind much that is asked of a few known nodes. */
  private mostlyFails({ failed, answered, failedAddresses, livingAddresses }: Source): boolean {
    const addresses = failedAddresses.size + livingAddresses.size
    return failed >= this.failedShare * (failed + answered) || failedAddresses.size >= this.failedShare * addresses
  }

  private suspicion(event: SignallingEvent, { failedAddresses, failed, answered }: Source): Suspicion {
    const { network } = this.context
    return {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${failed} requests to at least ${failedAddresses.size} addresses where they were returned or nobody answered, and ${answered} that were answered`,
      confidence: confidence({
        operator: Math.max(0.9, confidenceOf(sourceOperator(event, network))),
        pattern: failedAddresses.size >= 2 * this.addresses ? 0.9 : 0.75,
      }),
    }
  }

  private isFault(nowUs: number, own: Source): boolean {
    const { fault } = this
    if (nowUs - fault.atUs < MINUTE_US) return fault.is
    let others = 0
    let failing = 0
    for (const source of this.sources.values()) {
      if (source === own || nowUs - source.lastUs > this.windowUs) continue
      others++
      const { failed, answered } = source
      if (failed >= FAILING_REQUESTS && failed >= this.failedShare * (failed + answered)) failing++
    }
    fault.atUs = nowUs
    fault.is = failing >= FAULT_SOURCES && failing >= FAULT_SHARE * others
    return fault.is
  }

  private sourceOf(event: SignallingEvent): Source {
    const key = sourceKey(event)
    const known = this.sources.get(key)
    if (known !== undefined && event.timeUs - known.lastUs <= this.windowUs) {
      known.lastUs = event.timeUs
      return known
    }
    this.sources.delete(key)
    if (this.sources.size >= MOST_SOURCES) this.makeRoom()
    const made: Source = {
      lastUs: event.timeUs,
      failedAddresses: new Set(),
      livingAddresses: new Set(),
      failed: 0,
      answered: 0,
    }
    this.sources.set(key, made)
    return made
  }

  private makeRoom(): void {
    let left = MOST_SOURCES >> 4
    for (const key of this.sources.keys()) {
      if (left-- === 0) return
      this.sources.delete(key)
    }
  }
}

/** Whether an event is the first word to a node: the begin of a dialogue, or a Diameter request that is routed. */
function opens({ protocol, kind, tcap, applicationId }: SignallingEvent): boolean {
  if (protocol === 'diameter') return kind === 'request' && applicationId !== 0
  return tcap === 'begin' && (kind === 'invoke' || kind === 'dialogue')
}

/** Whether an event is a begin that the network returns undelivered, which may hold no component. */
function isReturnedBegin({ kind, tcap }: SignallingEvent): boolean {
  return kind === 'reject' && tcap === 'begin'
}

/** Digits at the end that an E.214 title takes over from the IMSI it is made of. */
const SERIAL_DIGITS = 7

/** The node that is addressed; null where the address is made of the subscriber's number or IMSI. */
function calledAddress(event: SignallingEvent): string | null {
  if (event.protocol === 'diameter') return event.destinationHost ?? event.destinationRealm
  if (event.calledGt === null) return event.dpc === null ? null : `pc ${event.dpc}`
  const isOfSubscriber =
    event.calledGt === event.subjectMsisdn ||
    (event.subjectImsi !== null && isMadeOf(event.calledGt, event.subjectImsi))
  return isOfSubscriber ? null : event.calledGt
}

/** Whether a title ends as an IMSI does, in the digits that it takes over. */
function isMadeOf(title: string, imsi: string): boolean {
  const digits = Math.min(SERIAL_DIGITS, title.length)
  if (imsi.length < digits) return false
  // backwards, as most differ in the last digits
  for (let i = 1; i <= digits; i++) {
    if (title.charCodeAt(title.length - i) !== imsi.charCodeAt(imsi.length - i)) return false
  }
  return true
}

/** Pairs of nodes next to each other, by point code or IP address: from the one that asks to the one that answers. */
class Links {
  private readonly known = new Map<string | number | null, Set<string | number | null>>()
  private size = 0

  has(from: string | number | null, to: string | number | null): boolean {
    return this.known.get(from)?.has(to) === true
  }

  add(from: string | number | null, to: string | number | null): void {
    const others = this.known.get(from)
    if (others?.has(to) === true || this.size >= MOST_LINKS) return
    this.size++
    if (others === undefined) this.known.set(from, new Set([to]))
    else others.add(to)
  }
}

function fromOf({ opc, dpc, srcIp }: SignallingEvent): string | number | null {
  return opc !== null && dpc !== null ? opc : srcIp
}

function toOf({ opc, dpc, dstIp }: SignallingEvent): string | number | null {
  return opc !== null && dpc !== null ? dpc : dstIp
}
