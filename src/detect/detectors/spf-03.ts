import type { SignallingEvent } from '../../event/signalling-event.ts'
import type { Network } from '../../network/network.ts'
import { type Resolution, sameOperator } from '../../network/resolution.ts'
import { plmnOfRealm } from '../../numbering/realm.ts'
import { confidence } from '../confidence.ts'
import { type Context, defineDetector, type Suspicion, unavailable, type Verdict } from '../detector.ts'
import { RELAY_THRESHOLDS, RelayWatch } from '../relay-watch.ts'
import type { Table } from '../state/memory.ts'
import { sourceWords, subjectWords } from '../words.ts'

/** How much each disagreement weighs, in percent of a finding. */
const HOST = 100
const SESSION = 60
const FIRST_HOP = 60
const PEER = 50
const HABIT = 40
/**
 * Requests in which the hosts of a network agreed with themselves, from which a disagreement is against its habit: a
 * forger names a host that is seldom heard, or none that exists.
 */
const HABIT_REQUESTS = 10
/** Networks an agent carries before it is taken for a hub's. */
const HUB_NETWORKS = 3
/** Sent within a session of the receiver's, under its name. Source: RFC 6733 §8.3.1, §8.5.1. */
const IN_SESSION: ReadonlySet<string> = new Set(['Re-Auth', 'Abort-Session', 'Session-Termination'])
const BASE = 'Capabilities-Exchange'

export const originsDisagree = defineDetector({
  id: 'SPF-03',
  version: 1,
  class: 'spoofing',
  severity: 'high',
  title: 'Diameter request whose host, realm, session and path name different networks',
  explanation:
    'Origin-Host lies in its Origin-Realm, a Session-Id begins with the host that made it, the first Route-Record is the first node that passed the request on, the sender itself or its agent, and without any it comes from the peer on the link (RFC 6733 §6.1.9, §6.3, §6.4, §8.8, 3GPP TS 29.272 §7.1.6). A forged origin seldom fits all of them. Each disagreement between networks that are known to differ weighs; hubs, agents that carry many networks and hosts renamed within their realm (topology hiding) weigh nothing, and what is against the habit of its network weighs more.',
  techniques: ['MOT1036.301', 'MOT3003.302'],
  benign: [
    'A proxy that rewrites hosts or sessions, and whose network is not listed as a hub.',
    'Operators of one group that share agents.',
    'A network renamed or merged.',
  ],
  unavailable: ['Whose the names are: fewer than two of them tell a network.'],
  operations: 'any',
  protocols: ['diameter'],
  answersOf: [BASE],
  example:
    'A Cancel-Location has the Origin-Host hss.epc.mnc001.mcc001.3gppnetwork.org and the Origin-Realm epc.mnc045.mcc999.3gppnetwork.org.',
  thresholds: [
    ...RELAY_THRESHOLDS,
    {
      name: 'weight',
      default: 100,
      unit: 'percent',
      meaning:
        'Sum of the disagreements from which they are reported: host and realm 100, session 60, first hop 60, peer 50, against habit 40 more, half between networks of one country. A larger value finds less.',
    },
  ],
  start(context) {
    const origins = new Origins(context)
    return (event) => origins.judge(event)
  },
})

type Relation = 'same' | 'near' | 'apart' | 'unknown'

class Origins {
  private readonly context: Context
  private readonly least: number
  /** Agents, and for whom they pass requests on. */
  private readonly watch: RelayWatch
  /** By network: requests with a Session-Id and a first hop of its own. */
  private readonly habits: Table<number[]>
  /** By agent: the networks that it passed requests on for. */
  private readonly agents: Table<readonly string[]>
  /** Origin-Host of the peer at an address, from its Capabilities-Exchange. */
  private readonly peers: Table<string>

  constructor(context: Context) {
    this.context = context
    this.least = context.threshold('weight')
    this.watch = new RelayWatch(context, 'SPF-03 passed on for')
    this.habits = context.memory.table('SPF-03 networks')
    this.agents = context.memory.table('SPF-03 agents')
    this.peers = context.memory.table('SPF-03 peers')
  }

  judge(event: SignallingEvent): Verdict {
    const { originHost, originRealm, operation, srcIp } = event
    if (event.protocol !== 'diameter') return null
    if (operation === BASE) {
      if (srcIp !== null && originHost !== null) this.peers.set(srcIp, originHost)
      return null
    }
    if (event.kind !== 'request' || event.applicationId === 0 || originHost === null || originRealm === null)
      return null
    const { network } = this.context
    const realm = network.operatorOfRealm(originRealm)
    if (realm.method === 'hub') return 'pass'
    const signs: string[] = []
    let weight = 0
    let told = 0
    const weigh = (relation: Relation, full: number, words: string, isAgainstHabit: boolean): void => {
      if (relation !== 'unknown') told++
      if (!isApart(relation)) return
      weight += (relation === 'apart' ? full : full / 2) + (isAgainstHabit ? HABIT : 0)
      signs.push(words)
    }
    const key = networkKey(originRealm, network)
    const habit = this.habits.get(key)
    const isHabit = (i: number): boolean => (habit?.[i] ?? 0) >= HABIT_REQUESTS
    const byRealm = relationOf(originRealm, originHost, network)
    weigh(byRealm, HOST, `the Origin-Realm ${originRealm}`, false)
    const session = operation !== null && IN_SESSION.has(operation) ? null : sessionHost(event)
    const bySession = session === null ? 'unknown' : this.agentRelation(originRealm, session)
    weigh(bySession, SESSION, `a session of ${session}`, isHabit(0))
    const [first] = event.routeRecord ?? []
    const byHop = first === undefined ? 'unknown' : this.agentRelation(originRealm, first)
    weigh(byHop, FIRST_HOP, `the first hop ${first}`, isHabit(1))
    if (first === undefined) {
      const peer = srcIp === null ? undefined : this.peers.get(srcIp)
      const byPeer = peer === undefined ? this.addressRelation(srcIp, realm) : this.agentRelation(originRealm, peer)
      weigh(byPeer, PEER, `the peer ${peer ?? srcIp}`, false)
    }
    if (bySession === 'same' || byHop === 'same') {
      const row = habit ?? [0, 0]
      if (bySession === 'same') row[0] = (row[0] ?? 0) + 1
      if (byHop === 'same') row[1] = (row[1] ?? 0) + 1
      if (habit === undefined) this.habits.set(key, row)
    }
    if (told === 0) return unavailable('fewer than two of its names tell a network')
    if (byHop === 'same' && first !== undefined) this.watch.noteOwn(first)
    if (weight < this.least) {
      if (isApart(byHop) && first !== undefined) this.watch.noteOther(event, first, key)
      return 'pass'
    }
    const suspicion: Suspicion = {
      outcome: 'fail',
      why: `${sourceWords(event, network)} sent ${operation ?? `command ${event.code}`} about ${subjectWords(event)} as ${originHost} with ${signs.join(', ')}`,
      confidence: confidence({ pattern: Math.min(0.95, 0.6 + weight / 500) }),
    }
    // the agent that several networks share shows itself with time
    const isPathAlone = isApart(byHop) && !isApart(byRealm) && !isApart(bySession)
    return isPathAlone && first !== undefined ? this.watch.judge(event, first, key, () => suspicion) : suspicion
  }

  /** As `relationOf`, for a name that an agent may have given: one that carries several networks is a hub's. */
  private agentRelation(originRealm: string, agent: string): Relation {
    const { network } = this.context
    const relation = relationOf(originRealm, agent, network)
    if (!isApart(relation)) return relation
    // agents of our own pass on whatever came in
    if (network.homeOfRealm(agent) === true) return 'unknown'
    const key = networkKey(agent, network)
    const carried = this.agents.get(key) ?? []
    const origin = networkKey(originRealm, network)
    if (!carried.includes(origin) && carried.length < HUB_NETWORKS) this.agents.set(key, [...carried, origin])
    return carried.length >= HUB_NETWORKS ? 'unknown' : relation
  }

  private addressRelation(ip: string | null, realm: Resolution): Relation {
    const { network } = this.context
    const owner = network.operatorOfIp(ip)
    // an agent of ours passes on whatever came in
    if (owner.method === 'unknown' || owner.method === 'home') return 'unknown'
    return inWords(sameOperator(owner, realm), owner, realm)
  }
}

/** The DiameterIdentity that a Session-Id begins with; null where it is no name with a domain. */
function sessionHost({ sessionId, originHost }: SignallingEvent): string | null {
  if (sessionId === null) return null
  const end = sessionId.indexOf(';')
  const host = end < 0 ? sessionId : sessionId.slice(0, end)
  return host === originHost || host.includes('.') ? host : null
}

/** Whether two names are of one network; `near`: of one country, where networks share and merge. */
function relationOf(realm: string, name: string, network: Network): Relation {
  if (isWithin(name, realm)) return 'same'
  const [a, b] = [network.operatorOfRealm(realm), network.operatorOfRealm(name)]
  const [oursA, oursB] = [network.homeOfRealm(realm), network.homeOfRealm(name)]
  if (a.method === 'hub' || b.method === 'hub') return 'unknown'
  if (oursA === true && oursB === true) return 'same'
  const same = sameOperator(a, b)
  if (same !== null) return inWords(same, a, b)
  // networks that no list names are told apart by their codes
  const [codeA, codeB] = [plmnOfRealm(realm), plmnOfRealm(name)]
  if (codeA === null || codeB === null) return 'unknown'
  if (codeA.mcc !== codeB.mcc) return 'apart'
  return codeA.mncs.some((mnc) => codeB.mncs.includes(mnc)) ? 'same' : 'near'
}

function inWords(same: boolean | null, a: Resolution, b: Resolution): Relation {
  if (same !== false) return same === null ? 'unknown' : 'same'
  const isListed = a.method !== 'public numbering' && b.method !== 'public numbering'
  return isListed || a.country === null || a.country !== b.country ? 'apart' : 'near'
}

/** Whether a host lies in a realm by its name. */
function isWithin(host: string, realm: string): boolean {
  if (host.endsWith(realm) && (host.length === realm.length || host.charAt(host.length - realm.length - 1) === '.')) {
    return true
  }
  const [name, domain] = [host.toLowerCase(), realm.toLowerCase()]
  return name === domain || name.endsWith(`.${domain}`)
}

function isApart(relation: Relation): boolean {
  return relation === 'apart' || relation === 'near'
}

/** The network a name tells, in a word. */
function networkKey(name: string, network: Network): string {
  const { operator, country, plmns } = network.operatorOfRealm(name)
  return operator === null ? (plmns[0] ?? name) : `${operator} ${country}`
}
