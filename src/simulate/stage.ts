import { inventDiameterHabits, inventHabits } from './dialect.ts'
import { type Answer, ask, type Question } from './dialogue.ts'
import { nodeNumber } from './fiction-ranges.ts'
import { ERRORS } from './map-operations.ts'
import type { AgreedTraffic } from './network-yaml.ts'
import type { Random } from './random.ts'
import type { Framed, Message, MessageSink } from './traffic.ts'
import { type Gateway, type Node, type Operator, type Peer, type Subscriber, subscriber, type World } from './world.ts'

/** What a stretch of traffic is: an attack, the closest thing to it that is none, or legitimate traffic that looks alike. */
export type EpisodeKind = 'attack' | 'near-miss' | 'look-alike'

/** A labelled stretch of traffic: one source and one subject. */
export interface Episode {
  readonly kind: EpisodeKind
  /** What happens, in a few words. */
  readonly title: string
  /** Ids of the detectors that should report it, in order; none for what is not an attack. */
  readonly detectors: readonly string[]
  /** Absent: all of `detectors` report it. `any`: one of them does, depending on how much the reader makes out. */
  readonly match?: 'any'
  /** Calling global title, Origin-Host, or IP address. */
  readonly source: string
  /** As the request names the subscriber; null for what it does not say. */
  readonly subject: { readonly imsi: string | null; readonly msisdn: string | null }
  /** A result came back; false: none, or an error; null: it would not have been seen. */
  readonly answered: boolean | null
  readonly messages: readonly Framed[]
  /** Of the eight evasions, the one that wraps a sensitive operation. */
  readonly evasion?: string
}

/** Everything a scenario plays with. Owns the episodes it labels. */
export class Stage {
  readonly world: World
  readonly random: Random
  readonly traffic: MessageSink
  readonly startUs: number
  readonly durationUs: number
  readonly episodes: Episode[] = []
  readonly agreed: AgreedTraffic[] = []
  /** Calls are signalled by ISUP on the links of the capture. */
  calls = false
  /** The stories of several scenarios run on one stage, which has a background of its own. */
  isMixed = false
  /** Messages of attacks that `truth` counts instead of episodes. */
  unlabelled = 0
  /** What is true of the capture beside its episodes, for labels. */
  truth: unknown = null
  private subscribers = 0

  constructor(world: World, random: Random, traffic: MessageSink, startUs: number, durationUs: number) {
    this.world = world
    this.random = random
    this.traffic = traffic
    this.startUs = startUs
    this.durationUs = durationUs
  }

  /** A moment of the capture, µs, leaving time at the end for answers. */
  moment(): number {
    return this.startUs + this.random.between(0, this.durationUs - 5_000_000)
  }

  /** A subscriber of `home` nobody played with before. */
  newSubscriber(home: Operator): Subscriber {
    return subscriber(home, this.subscribers++)
  }

  /** A node of a network that network.yaml does not name. */
  stranger(ssn: number): Node {
    const operator = this.random.pick(this.world.strangers)
    return this.hired(operator, ssn)
  }

  /** A node somebody else uses on a network's number range, with habits that are not the network's own. */
  hired(operator: Operator, ssn: number): Node {
    const gt = nodeNumber(operator.range, this.random.between(8, 19))
    return { ...operator.hlr, gt, ssn, habits: inventHabits(this.random, this.world.dialect) }
  }

  /** A Diameter node of a network that network.yaml does not name. */
  strangePeer(): Peer {
    return this.hiredPeer(this.random.pick(this.world.strangers))
  }

  /** A Diameter node that somebody runs in a network's realm, with habits that are not the network's own. */
  hiredPeer(operator: Operator): Peer {
    const name = this.random.pick(['node', 'dra', 'gw', 'epc'])
    const host = `${name}${this.random.between(11, 99)}.${operator.realm}`
    return { ...operator.hss, host, habits: inventDiameterHabits(this.random, this.world.dialect) }
  }

  /** A gateway at an address that no network of network.yaml owns. */
  strangeGateway(): Gateway {
    const carrier = this.random.between(0, 3)
    return { ip: [198, 19, this.random.between(1, 250), this.random.between(1, 250)], abroad: true, carrier }
  }

  /** A moment in the first two fifths of the capture: leaves time to see that something does not follow. */
  early(): number {
    return this.startUs + this.random.between(0, Math.floor(this.durationUs * 0.4))
  }

  /** One of the partners. */
  partner(): Operator {
    return this.random.pick(this.world.partners)
  }

  /** Plays one operation and its answer. */
  ask(question: Question): Message[] {
    return ask(this.traffic, this.random, question)
  }

  /** One of the ways in which a network turns a question down. */
  refusal(): Answer {
    return this.random.pick<Answer>([
      { error: ERRORS.facilityNotSupported },
      { error: ERRORS.unauthorizedRequestingNetwork },
      { error: ERRORS.unknownSubscriber },
      { abort: 'refused' },
      { abort: 4 },
      'silence',
    ])
  }

  label(episode: Episode): void {
    this.episodes.push(episode)
  }
}

/** A question asked again until it is answered. */
export interface Attempts {
  readonly atUs: number
  /** Time between two attempts, µs. */
  readonly everyUs: number
  /** One for each attempt. */
  readonly answers: readonly Answer[]
}

/** Plays a question once for each of the answers; `answered` is true when one of them is a result. */
export function attempt(
  stage: Stage,
  question: Omit<Question, 'atUs' | 'answer'>,
  attempts: Attempts,
): { messages: Message[]; answered: boolean } {
  const messages = attempts.answers.flatMap((answer, i) =>
    stage.ask({ ...question, atUs: attempts.atUs + i * attempts.everyUs, answer }),
  )
  return { messages, answered: attempts.answers.some((answer) => answer !== 'silence' && 'result' in answer) }
}
