import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, unavailable, type Verdict } from '../detector.ts'
import { gtpCrossing } from '../gtp-interfaces.ts'
import { JoinedKeys } from '../state/joined-keys.ts'
import { durationWords } from '../travel.ts'
import { sourceWords } from '../words.ts'

/** Requests that name a subscriber, or guess one. */
const BY_IMSI: ReadonlySet<string> = new Set([
  'Create Session',
  'Create PDP Context',
  'PDU Notification',
  'Identification',
  'Context',
  'SGSN Context',
])
/** Requests into a tunnel. */
const BY_TUNNEL: ReadonlySet<string> = new Set([
  'Modify Bearer',
  'Delete Session',
  'Change Notification',
  'Create Bearer',
  'Update Bearer',
  'Delete Bearer',
  'Update PDP Context',
  'Delete PDP Context',
  'MS Info Change Notification',
])

/** Causes that tell a guess went wrong. Source: 3GPP TS 29.060 §7.7.1; TS 29.274 §8.4. */
const MISSES = {
  // non-existent, IMSI/IMEI not known, unknown PDP address or type, user authentication failed, context not found, unknown APN
  gtpv1: new Set([192, 194, 209, 210, 219, 220]),
  // context not found, unknown APN, user authentication failed, APN access denied, IMSI/IMEI not known
  gtpv2: new Set([64, 78, 92, 93, 96]),
} as const

/** Guesses kept of one source. */
const MOST_GUESSES = 512
const MOST_SOURCES = 16_384
/** How far apart two guesses are neighbours. */
const STEP = 8n
/** Sources that miss at one node alike: then it forgot its sessions, or a register behind it is down. */
const OTHERS_MISSING = 2
/** Least answers by which another source counts. */
const LEAST_OF_OTHER = 3

/** What one source tried at one node since `startUs`. */
interface Tries {
  startUs: number
  hits: number
  readonly misses: Set<string>
  isTold: boolean
}

export const gtpGuessing = defineDetector({
  id: 'GTP-03',
  version: 1,
  class: 'gtp',
  severity: 'medium',
  title: 'Guessing of subscribers or tunnels over GTP',
  explanation:
    'Who tries one IMSI or tunnel endpoint after the other learns from the answers which exist: an unknown one is refused with a cause of its own (3GPP TS 29.060 §7.7.1, TS 29.274 §8.4, §7.2.2). Counted are the different identities of one source that a node refused within a time, against those it accepted; numbers in sequence need fewer. A node that refuses several sources alike lost its sessions or its register, which is no guessing.',
  techniques: ['MOT1589.301', 'MOT5019.302', 'MOT1046.301', 'FGT5016'],
  benign: [
    'A gateway that was restarted and no longer knows its sessions.',
    'A batch of SIMs that are not yet, or no longer, set up.',
    'A register that is out of service.',
  ],
  unavailable: ['The request: it was not captured, so that the identity tried is not known.'],
  operations: [...BY_IMSI, ...BY_TUNNEL],
  kinds: ['answer'],
  example:
    'Within five minutes 198.51.100.7 asks for sessions of 400 numbers in a row, of which 390 are answered “IMSI not known”.',
  thresholds: [
    {
      name: 'identities',
      default: 30,
      unit: 'identities',
      meaning:
        'Different identities refused from which guessing is reported; half of them where they are in sequence. A larger value finds less.',
    },
    {
      name: 'missShare',
      default: 60,
      unit: 'percent',
      meaning: 'Least share of refusals among the answers. A larger value finds less.',
    },
    {
      name: 'windowMinutes',
      default: 30,
      unit: 'minutes',
      meaning: 'Time in which they are counted. A larger value finds slower guessing.',
    },
  ],
  start(context) {
    const guesses = new Guesses(context)
    return (event) => guesses.judge(event)
  },
})

class Guesses {
  private readonly context: Context
  private readonly windowUs: number
  private readonly least: number
  private readonly share: number
  /** By responder: tries of each source, tunnels and subscribers apart. */
  private readonly nodes = new Map<string, Map<string, Tries>>()
  private readonly tunnelKeys = new JoinedKeys()
  private sources = 0

  constructor(context: Context) {
    this.context = context
    this.windowUs = context.threshold('windowMinutes') * 60_000_000
    this.least = context.threshold('identities')
    this.share = context.threshold('missShare')
  }

  judge(answer: SignallingEvent): Verdict {
    const { protocol, operation, kind, resultCode, srcIp } = answer
    if ((protocol !== 'gtpv1' && protocol !== 'gtpv2') || kind !== 'answer' || resultCode === null) return null
    const request = this.context.requestOf(answer)
    if (request === null) return unavailable('the request was not captured')
    const crossing = gtpCrossing(request, this.context.network)
    if (crossing === 'inside' || crossing === 'outgoing') return null
    const isTunnel = operation !== null && BY_TUNNEL.has(operation)
    // a tunnel whose opening was seen is no guess, even where the node forgot it
    const guess = isTunnel
      ? request.subjectImsi === null
        ? request.teid
        : null
      : (request.imsi ?? request.subjectImsi)
    const asker = request.srcIp ?? ''
    const tries = this.triesOf(srcIp ?? '', isTunnel ? this.tunnelKeys.of(asker, 'tunnels') : asker, answer.timeUs)
    const isMiss = MISSES[protocol].has(resultCode)
    if (!isMiss) tries.hits++
    if (!isMiss || guess === null) return 'pass'
    if (tries.misses.size < MOST_GUESSES) tries.misses.add(guess)
    return this.weigh(request, srcIp ?? '', tries, isTunnel)
  }

  private weigh(request: SignallingEvent, responder: string, tries: Tries, isTunnel: boolean): Verdict {
    const { size } = tries.misses
    if (tries.isTold || size < this.least / 2 || size * 100 < this.share * (size + tries.hits)) return 'pass'
    // told in order, the sequence is looked for now and then only
    const isSequence = size >= this.least || size % 8 === 0 ? isInSequence(tries.misses, isTunnel) : false
    if ((size < this.least && !isSequence) || this.isDown(responder, tries)) return 'pass'
    tries.isTold = true
    const { network } = this.context
    const what = isTunnel ? 'tunnel endpoints' : 'subscribers'
    const took = durationWords(Math.max(0, request.timeUs - tries.startUs))
    this.context.conclude(request, {
      outcome: 'fail',
      why: `${sourceWords(request, network)} tried ${size} ${what}${isSequence ? ' in sequence' : ''} at ${responder} within ${took}, all refused as unknown, and ${tries.hits} others that were not`,
      confidence: confidence({ pattern: isSequence ? 0.9 : 0.75 }),
    })
    return null
  }

  /** Whether the node refuses others as well. */
  private isDown(responder: string, own: Tries): boolean {
    let missing = 0
    for (const tries of this.nodes.get(responder)?.values() ?? []) {
      const { size } = tries.misses
      if (tries !== own && size >= LEAST_OF_OTHER && size > tries.hits) missing++
    }
    return missing >= OTHERS_MISSING
  }

  private triesOf(responder: string, source: string, timeUs: number): Tries {
    let node = this.nodes.get(responder)
    if (node === undefined) {
      node = new Map()
      this.nodes.set(responder, node)
    }
    const known = node.get(source)
    if (known !== undefined && timeUs - known.startUs <= this.windowUs) return known
    if (known === undefined && this.sources++ >= MOST_SOURCES) {
      this.nodes.clear()
      this.sources = 1
      this.nodes.set(responder, node)
      node.clear()
    }
    const made: Tries = { startUs: timeUs, hits: 0, misses: new Set(), isTold: false }
    node.set(source, made)
    return made
  }
}

/** Whether most of the numbers have a near neighbour among them: they were counted, not met. */
function isInSequence(guesses: ReadonlySet<string>, isHexadecimal: boolean): boolean {
  const numbers: bigint[] = []
  for (const guess of guesses) {
    if (isHexadecimal ? /^[0-9a-f]{1,8}$/.test(guess) : /^\d{6,15}$/.test(guess)) {
      numbers.push(BigInt(isHexadecimal ? `0x${guess}` : guess))
    }
  }
  numbers.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  let near = 0
  for (let i = 1; i < numbers.length; i++) if ((numbers[i] ?? 0n) - (numbers[i - 1] ?? 0n) <= STEP) near++
  return near * 10 >= guesses.size * 7
}
