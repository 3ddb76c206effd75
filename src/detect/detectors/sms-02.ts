import type { SignallingEvent } from '../../event/signalling-event.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { isFromHome } from '../perimeter.ts'
import { isRequest, isSmRouting, SM_ROUTING, senderAddress } from '../short-message.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** What was last given out for a number: identity, to whom, when. */
type Given = readonly [imsi: string, requester: string, timeUs: number]

const UNCLEAR = unavailable('whether the node given is a router is unknown')
const NOT_KNOWN = unavailable('whether home routing is in use is not known yet')
/** Answers kept open until it is known. */
const MOST_OPEN = 4096
/** A node is a router once it stands in this many answers with a made-up identity, and in this share, percent. */
const ROUTER = { answers: 2, share: 5 }

/** A router has a global title, and a name of its own in Diameter. */
type NodeKind = 'title' | 'host'

function kindOf(node: string): NodeKind {
  return /^\d+$/.test(node) ? 'title' : 'host'
}

export const homeRoutingBypass = defineDetector({
  id: 'SMS-02',
  version: 2,
  class: 'sms',
  severity: 'high',
  title: 'True identity or serving node given away in spite of home routing',
  explanation:
    'Under home routing the answer to a request for a short message’s route holds an identity made up for one delivery and the address of the home’s router (3GPP TS 23.040 §8.2, TS 29.002 §12.1). An answer of our network to another one that holds the true IMSI, the same one again, or the node that serves the phone went past it, and tells a stranger whom to attack and where. That home routing is in use is learnt from answers whose identity changes.',
  techniques: ['FGT5002', 'MOT5019.302', 'MOT5019.303', 'MOT3003.301'],
  benign: ['Partners for whom home routing is switched off by agreement.', 'Subscribers not yet taken into it.'],
  unavailable: [
    'Which network is home: no network file says so.',
    'The request: it was not captured, or does not tell who asks.',
    'Whether home routing is in use: too few answers with changing identities are known.',
    'Whether the node given is a router or the serving one.',
  ],
  operations: [...SM_ROUTING, 'insertSubscriberData', 'Update-Location'],
  example:
    'Our register tells 46701740605 the IMSI under which the subscriber registered abroad and the title of the switch there, while other askers get the router’s title and another IMSI each time.',
  thresholds: [
    {
      name: 'scrambledAnswers',
      default: 3,
      unit: 'answers',
      meaning: 'Answers with a made-up identity before home routing is held to be in use; 0: it is.',
    },
    {
      name: 'sameMinutes',
      default: 60,
      unit: 'minutes',
      meaning: 'The same identity given to one asker again after this time is no longer that of one delivery.',
    },
    {
      name: 'routedAnswers',
      default: 10,
      unit: 'answers',
      meaning:
        'Answers with a made-up identity that name titles, or hosts, before a node of ours of that kind that never stood in one counts as a serving node.',
    },
    {
      name: 'settleMinutes',
      default: 60,
      unit: 'minutes',
      meaning:
        'How long an answer is kept open until it is known whether home routing is in use and its node is a router.',
    },
  ],
  start(context) {
    const run = new Run(context)
    return (event) => {
      if (!isSmRouting(event)) return run.learnIdentity(event)
      return event.kind === 'result' || event.kind === 'answer' ? run.judge(event) : null
    }
  },
})

class Run {
  private readonly context: Context
  private readonly given
  private readonly identities
  private readonly routers
  private readonly counts
  private open = 0

  constructor(context: Context) {
    const { memory } = context
    this.context = context
    this.given = memory.table<Given>('SMS-02 given')
    this.identities = memory.table<string>('SMS-02 identities')
    this.routers = memory.table<number>('SMS-02 routers', 1024)
    this.counts = memory.table<number>('SMS-02 answers', 4)
  }

  /** The number and IMSI that a profile of our own holds are the true ones. */
  learnIdentity(event: SignallingEvent): null {
    const { subjectImsi, subjectMsisdn } = event
    const writes = event.operation === 'insertSubscriberData' ? event.kind === 'invoke' : event.kind === 'answer'
    if (!writes || subjectImsi === null || subjectMsisdn === null) return null
    const isOurs = isFromHome(event, this.context.network) === true
    if (isOurs && this.identities.get(subjectMsisdn) !== subjectImsi) this.identities.set(subjectMsisdn, subjectImsi)
    return null
  }

  judge(answer: SignallingEvent): Verdict {
    const { network } = this.context
    if (network.home === null) return unavailable('no network file says which network is home')
    const { imsi } = answer
    if (imsi === null || network.homeOfImsi(imsi) === false) return null
    const request = this.context.requestOf(answer)
    if (request === null || !isRequest(request)) return unavailable('the request was not seen')
    const fromHome = isFromHome(request, network)
    if (fromHome === true) return null
    if (fromHome === null || network.homeOfImsi(imsi) === null)
      return unavailable('whether another network asked is unknown')
    const signs = this.signsOf(answer, request, imsi)
    // about the request: who asked is whom it is about
    if (this.isInUse()) {
      this.context.conclude(request, this.conclusion(answer, request, signs))
      return null
    }
    if (signs.length === 0 || this.open >= MOST_OPEN) return NOT_KNOWN
    this.open++
    this.context.later(answer.timeUs + this.context.threshold('settleMinutes') * 60_000_000, () => {
      this.open--
      this.context.conclude(request, this.isInUse() ? this.conclusion(answer, request, signs) : NOT_KNOWN)
    })
    return null
  }

  private conclusion(answer: SignallingEvent, request: SignallingEvent, signs: readonly string[]): Verdict {
    if (signs.length > 0) return this.suspicion(request, signs, 0.9)
    const node = answer.nodeAddress
    if (node === null || this.isRouter(node)) return 'pass'
    if (this.isUnclear(node)) return UNCLEAR
    if (this.open >= MOST_OPEN) return UNCLEAR
    // a router may show itself a little later
    this.open++
    this.context.later(answer.timeUs + this.context.threshold('settleMinutes') * 60_000_000, () => {
      this.open--
      const sign = `the node ${node}, which no answer with a made-up identity named`
      this.context.conclude(request, this.isUnclear(node) ? UNCLEAR : this.suspicion(request, [sign], 0.6))
    })
    return null
  }

  /** Whether a node stood in a made-up answer, or too few such answers name nodes of its kind. */
  private isUnclear(node: string): boolean {
    const routed = this.counts.get(kindOf(node)) ?? 0
    return routed < this.context.threshold('routedAnswers') || (this.routers.get(node) ?? 0) > 0
  }

  /** What of the answer is true, in words; counts whether it was made up. */
  private signsOf(answer: SignallingEvent, request: SignallingEvent, imsi: string): string[] {
    const { subscribers } = this.context
    const number = request.subjectMsisdn
    const before = number === null ? undefined : this.given.get(number)
    const known = number === null ? undefined : this.identities.get(number)
    const requester = senderAddress(request)
    const isTrue = known === imsi || subscribers.lastServing(imsi) !== null
    const sameUs = this.context.threshold('sameMinutes') * 60_000_000
    const isRepeat =
      before !== undefined && before[0] === imsi && (before[1] !== requester || answer.timeUs - before[2] > sameUs)
    const isMadeUp =
      !isTrue && ((before !== undefined && before[0] !== imsi) || (known !== undefined && known !== imsi))
    // the time a made-up identity was first given counts, lest retries keep it young
    if (number !== null && (before === undefined || before[0] !== imsi)) {
      this.given.set(number, [imsi, requester, answer.timeUs])
    }
    const signs: string[] = []
    if (isTrue) signs.push('the IMSI that the subscriber registers with')
    else if (isRepeat) signs.push('the same IMSI that was given before')
    const node = this.servingNode(answer, known ?? imsi)
    if (node !== null) signs.push(node)
    if (isMadeUp) {
      this.add('scrambled')
      const { nodeAddress } = answer
      if (nodeAddress !== null && node === null) {
        this.routers.set(nodeAddress, (this.routers.get(nodeAddress) ?? 0) + 1)
        this.add(kindOf(nodeAddress))
      }
    } else if (isTrue || isRepeat) this.add('stable')
    return signs
  }

  /** The first node of an answer that is not ours, or where the subscriber is known to be; in words. */
  private servingNode({ nodeAddress, detail }: SignallingEvent, imsi: string): string | null {
    const { network, subscribers } = this.context
    const serving = [subscribers.serving(imsi, 'cs'), subscribers.serving(imsi, 'ps')].map((at) => at?.place.address)
    for (const node of [nodeAddress, ...detail.otherAddresses]) {
      if (node === null) continue
      if (serving.includes(node)) return `the serving node ${node}`
      const isOurs = kindOf(node) === 'title' ? network.homeOfGt(node) : network.homeOfRealm(node)
      if (isOurs === false) return `the node ${node} of another network`
    }
    return null
  }

  private isInUse(): boolean {
    const scrambled = this.counts.get('scrambled') ?? 0
    const least = this.context.threshold('scrambledAnswers')
    return least === 0 || (scrambled >= least && scrambled >= (this.counts.get('stable') ?? 0))
  }

  private isRouter(node: string): boolean {
    const answers = this.routers.get(node) ?? 0
    return answers >= ROUTER.answers && answers * 100 >= ROUTER.share * (this.counts.get(kindOf(node)) ?? 0)
  }

  private add(kind: 'scrambled' | 'stable' | NodeKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
  }

  private suspicion(request: SignallingEvent, signs: readonly string[], pattern: number): Suspicion {
    const { network } = this.context
    return {
      outcome: 'fail',
      why: `our network answered ${request.operation} of ${sourceWords(request, network)} about ${subjectWords(request)} with ${signs.join(' and ')}, past home routing`,
      confidence: confidence({ pattern, state: this.context.threshold('scrambledAnswers') === 0 ? 1 : 0.9 }),
    }
  }
}
