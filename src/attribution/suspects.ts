import { fingerprintOf } from '../campaign/fingerprint.ts'
import { addressKey, type CampaignProtocol, type ObservedSource } from '../campaign/observation.ts'
import { ObservationLog } from '../campaign/observation-log.ts'
import { sourceOperator } from '../detect/perimeter.ts'
import { sourceOf } from '../detect/runner.ts'
import type { Subscribers } from '../detect/state/subscribers.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { calledTitle, callingTitle } from '../event/title.ts'
import type { SettledRequest } from '../finding/collector.ts'
import { idOf } from '../finding/open-finding.ts'
import { LIMITS } from '../limits.ts'
import type { SourceAddresses } from '../network/exception-match.ts'
import type { Network } from '../network/network.ts'
import { type Resolution, sameOperator } from '../network/resolution.ts'
import type { SourceFacts, Vote, VoteKind } from './source-facts.ts'

/** How a source writes an operation, and a way that it may be changing to. */
interface Habit {
  /** Null until one way was used often enough. */
  settled: string | null
  next: string
  /** Requests in a row that were written that way, and when the first of them was sent. */
  run: number
  sinceUs: number
}

/** So many requests in a row make a new habit: numbers that happen to be small, or two stacks behind one address, do not. */
const CHANGE_REQUESTS = 3

/** One source under suspicion, as it adds up. */
interface Suspect {
  readonly source: SourceAddresses
  readonly votes: Map<string, { readonly kind: VoteKind; readonly identifier: string; requests: number }>
  readonly operations: Map<string, { protocol: CampaignProtocol; operation: string; requests: number }>
  readonly fingerprints: Map<string, { readonly protocol: 'ss7' | 'diameter' | 'gtp'; requests: number }>
  readonly fingerprintChanges: { readonly from: string; readonly to: string; readonly timeUs: number }[]
  /** The encoding of each operation: a tool writes each of them in a way of its own. */
  readonly habits: Map<string, Habit>
  /** `seq` of the last request: several checks may report the same one, which counts once. */
  lastSeq: number
  readonly subjects: Set<string>
  readonly ownSubjects: Set<string>
  firstUs: number
  lastUs: number
  suspicious: number
  answered: number
  unanswered: number
  unseen: number
}

const MESSAGE_CLASSES: ReadonlySet<string> = new Set(['sms', 'sim'])

/** Gathers what campaigns and dossiers are made of: every request under suspicion, and every source that sent one. */
export class Suspects {
  readonly log = new ObservationLog()
  private readonly network: Network
  private readonly subscribers: Subscribers
  private readonly suspects = new Map<string, Suspect>()
  /** Requests of sources beyond LIMITS.suspects, of which no dossier is kept. */
  private dropped = 0

  constructor(network: Network, subscribers: Subscribers) {
    this.network = network
    this.subscribers = subscribers
  }

  /** Takes a request under suspicion, once it is known what became of it. */
  take({ open, request, answered }: SettledRequest): void {
    const { detector } = open.detection
    const source = this.observedSource(request)
    const subjectKey =
      request.subjectImsi ?? this.subscribers.imsiOf(request.subjectMsisdn) ?? request.subjectMsisdn ?? null
    const protocol = protocolOf(request, detector.class)
    const operation = request.operation ?? (request.code === null ? request.kind : `operation ${request.code}`)
    this.log.add({
      findingId: idOf(open),
      detector: detector.id,
      class: detector.class,
      protocol,
      operation,
      timeUs: request.timeUs,
      source,
      subjectKey,
      answered,
      encoding: request.encoding,
    })
    const suspect = this.suspectOf(sourceOf(request), request.timeUs)
    if (suspect !== null) this.note(suspect, request, protocol, operation, subjectKey, answered)
  }

  /** What was seen of each source. @param background requests of all kinds and different subscribers, by source key. */
  facts(background: ReadonlyMap<string, { readonly requests: number; readonly subjects: number }>): SourceFacts[] {
    return [...this.suspects].map(([sourceKey, suspect]) => ({
      sourceKey,
      votes: [...suspect.votes.values()].map((vote) => this.resolved(vote)),
      firstUs: suspect.firstUs,
      lastUs: suspect.lastUs,
      requests: background.get(sourceKey)?.requests ?? suspect.suspicious,
      suspicious: suspect.suspicious,
      subjects: background.get(sourceKey)?.subjects ?? suspect.subjects.size,
      answered: suspect.answered,
      unanswered: suspect.unanswered,
      unseen: suspect.unseen,
      operations: [...suspect.operations.values()].sort((a, b) => b.requests - a.requests),
      fingerprints: [...suspect.fingerprints]
        .map(([encoding, { protocol, requests }]) => ({ ...fingerprintOf(protocol, encoding), requests, share: null }))
        .sort((a, b) => b.requests - a.requests),
      fingerprintChanges: suspect.fingerprintChanges,
      exceptions: this.network.exceptionsOf(suspect.source).map(({ reason }) => reason),
      ownSubjects: suspect.ownSubjects.size,
    }))
  }

  /** Once all is read: puts requests by number and by IMSI under one subscriber, whenever the two came together. */
  joinSubjects(): void {
    this.log.joinSubjects((key) => this.subscribers.imsiOf(key) ?? key)
  }

  /** What was left out for want of room, a sentence each. */
  limitations(): string[] {
    return this.dropped === 0
      ? []
      : [
          `Of ${this.dropped} requests under suspicion the source is in no dossier: there are more sources than are kept apart.`,
        ]
  }

  private observedSource(event: SignallingEvent): ObservedSource {
    const { operator, country } = sourceOperator(event, this.network)
    return { ...sourceOf(event), operator, country }
  }

  private suspectOf(source: SourceAddresses, timeUs: number): Suspect | null {
    const key = addressKey(source)
    const known = this.suspects.get(key)
    if (known !== undefined) return known
    if (this.suspects.size >= LIMITS.suspects) {
      this.dropped++
      return null
    }
    const made: Suspect = {
      source,
      votes: new Map(),
      operations: new Map(),
      fingerprints: new Map(),
      fingerprintChanges: [],
      habits: new Map(),
      lastSeq: 0,
      subjects: new Set(),
      ownSubjects: new Set(),
      firstUs: timeUs,
      lastUs: timeUs,
      suspicious: 0,
      answered: 0,
      unanswered: 0,
      unseen: 0,
    }
    this.suspects.set(key, made)
    return made
  }

  private note(
    suspect: Suspect,
    request: SignallingEvent,
    protocol: CampaignProtocol,
    operation: string,
    subjectKey: string | null,
    answered: boolean | null,
  ): void {
    if (request.seq !== 0 && suspect.lastSeq === request.seq) return
    suspect.lastSeq = request.seq
    suspect.suspicious++
    suspect.firstUs = Math.min(suspect.firstUs, request.timeUs)
    suspect.lastUs = Math.max(suspect.lastUs, request.timeUs)
    if (answered === null) suspect.unseen++
    else if (answered) suspect.answered++
    else suspect.unanswered++
    for (const [kind, identifier] of votesOf(request)) this.vote(suspect, kind, identifier)
    const key = `${protocol} ${operation}`
    const row = suspect.operations.get(key)
    if (row !== undefined) row.requests++
    else if (suspect.operations.size < LIMITS.suspectRows)
      suspect.operations.set(key, { protocol, operation, requests: 1 })
    this.noteEncoding(suspect, request, key)
    if (subjectKey === null || suspect.subjects.size >= LIMITS.suspectSubjects) return
    suspect.subjects.add(subjectKey)
    const owner = sourceOperator(request, this.network)
    if (sameOperator(owner, this.network.operatorOfImsi(request.subjectImsi)) === true)
      suspect.ownSubjects.add(subjectKey)
  }

  /** A change of tooling is one within an operation, and told when the new way has become a habit. */
  private noteEncoding(suspect: Suspect, { encoding, protocol, timeUs }: SignallingEvent, operation: string): void {
    if (encoding === null) return
    const family = familyOf(protocol)
    const known = suspect.fingerprints.get(encoding)
    if (known !== undefined) known.requests++
    else if (suspect.fingerprints.size < LIMITS.suspectRows)
      suspect.fingerprints.set(encoding, { protocol: family, requests: 1 })
    const habit = habitOf(suspect, operation)
    if (habit === null) return
    if (encoding === habit.settled) {
      habit.run = 0
      return
    }
    if (habit.run === 0 || habit.next !== encoding) {
      habit.next = encoding
      habit.run = 0
      habit.sinceUs = timeUs
    }
    habit.run++
    if (habit.run < CHANGE_REQUESTS) return
    const before = habit.settled
    habit.settled = encoding
    habit.run = 0
    if (before === null || suspect.fingerprintChanges.length >= LIMITS.suspectRows) return
    const [from, to] = [fingerprintOf(family, before).hash, fingerprintOf(family, encoding).hash]
    if (from !== to) suspect.fingerprintChanges.push({ from, to, timeUs: habit.sinceUs })
  }

  private vote(suspect: Suspect, kind: VoteKind, identifier: string): void {
    const key = `${kind} ${identifier}`
    const known = suspect.votes.get(key)
    if (known !== undefined) known.requests++
    else if (suspect.votes.size < LIMITS.suspectRows) suspect.votes.set(key, { kind, identifier, requests: 1 })
  }

  private resolved(vote: { readonly kind: VoteKind; readonly identifier: string; readonly requests: number }): Vote {
    const { operator, country, method } = this.resolve(vote.kind, vote.identifier)
    return { ...vote, operator, country, method }
  }

  private resolve(kind: VoteKind, identifier: string): Resolution {
    const { network } = this
    if (kind === 'sccp-title' || kind === 'claimed-address') return network.operatorOfGt(identifier)
    if (kind === 'ip' || kind === 'link') return network.operatorOfIp(identifier)
    if (kind === 'point-code') return network.operatorOfPointCode(Number(identifier))
    return network.operatorOfRealm(identifier)
  }
}

/** How a source writes an operation; null where there is no room for one more. */
function habitOf({ habits }: Suspect, operation: string): Habit | null {
  const known = habits.get(operation)
  if (known !== undefined) return known
  if (habits.size >= LIMITS.suspectRows) return null
  const made: Habit = { settled: null, next: '', run: 0, sinceUs: 0 }
  habits.set(operation, made)
  return made
}

/** The identifiers by which a request says, or shows, who sent it. */
function* votesOf(event: SignallingEvent): Generator<readonly [VoteKind, string]> {
  const title = callingTitle(event)
  if (title !== null) yield ['sccp-title', title]
  if (event.protocol !== 'diameter' && event.nodeAddress !== null && event.nodeAddress !== calledTitle(event)) {
    if (/^\d+$/.test(event.nodeAddress)) yield ['claimed-address', event.nodeAddress]
  }
  if (event.opc !== null) yield ['point-code', String(event.opc)]
  if (event.originHost !== null) yield ['origin-host', event.originHost]
  if (event.originRealm !== null) yield ['origin-realm', event.originRealm]
  for (const host of event.routeRecord ?? []) yield ['route-record', host]
  if (event.srcIp !== null) yield ['ip', event.srcIp]
}

function familyOf(protocol: SignallingEvent['protocol']): 'ss7' | 'diameter' | 'gtp' {
  if (protocol === 'diameter') return 'diameter'
  return protocol === 'gtpv1' || protocol === 'gtpv2' ? 'gtp' : 'ss7'
}

function protocolOf(event: SignallingEvent, kind: string): CampaignProtocol {
  return MESSAGE_CLASSES.has(kind) || event.sms !== null ? 'sms' : familyOf(event.protocol)
}
