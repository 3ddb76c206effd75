import { closeSync, openSync, writeSync } from 'node:fs'
import { askServiceControl } from './call-procedures.ts'
import { askVoice, attachEps, cancelEps } from './eps-procedures.ts'
import { subscriberCapacity } from './fiction-ranges.ts'
import { packetSession } from './packet-procedures.ts'
import { PcapWriter } from './pcap-writer.ts'
import { anyProcedure, type Roamer } from './procedures.ts'
import { Random } from './random.ts'
import { EPOCH_US } from './scenario.ts'
import { Stage } from './stage.ts'
import { TAG_BEGIN } from './tcap-writer.ts'
import { type MessageSink, Traffic } from './traffic.ts'
import { inventWiring } from './wiring.ts'
import { type Operator, plainWorld, type Subscriber, subscriber, type World } from './world.ts'

/** How much traffic, and of what kind. */
export interface TrafficOptions {
  /** Messages in the file, exactly: of TCAP, or of all protocols. */
  readonly messages: number
  readonly seed?: number
  /** Requests alone, as one direction of a tap shows them; whole dialogues; those of all protocols. */
  readonly shape: 'begins' | 'dialogues' | 'mixed'
  /** Phones that take part, over all networks. */
  readonly subscribers?: number
}

/** What was written. */
export interface GeneratedTraffic {
  readonly messages: number
  readonly packets: number
  readonly bytes: number
}

/** Mean time between two procedures, µs: about 1,500 messages a second. */
const PACE_US = 2_500
/** Procedures played between two writes: bounds what is held in memory. */
const BATCH = 128
/** Phones that take part when nobody says how many. */
const SUBSCRIBERS = 30_000

/**
 * Writes a capture of legitimate traffic between one network and its partners, for measurements: every kind of
 * procedure, several associations, one to four DATA chunks in a packet. Equal options give equal files.
 * Replaces `outFile`. Takes memory for a few thousand messages, whatever their number.
 */
export function generateTraffic(outFile: string, options: TrafficOptions): GeneratedTraffic {
  const file = openSync(outFile, 'w')
  try {
    const pcap = new PcapWriter((octets) => {
      for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at)
    })
    const random = new Random(options.seed ?? 1)
    const world = plainWorld(random, 6)
    const style = { bundleUs: 3_000, chunks: 4, eager: true }
    const sink = new Traffic(inventWiring(random), random, style)
    const stage = new Stage(world, random, options.shape === 'begins' ? beginsOnly(sink) : sink, EPOCH_US, 0)
    const phones = shareOut(options.subscribers ?? SUBSCRIBERS, [world.home, ...world.partners])
    const roamers = phones.flatMap((list, i) => list.map((who, k) => roamerOf(world, who, i, k)))
    let nowUs = EPOCH_US
    while (sink.messages < options.messages) {
      for (let i = 0; i < BATCH; i++) {
        const roamer = random.pick(roamers)
        if (options.shape === 'mixed') mixedProcedure(stage, roamer, nowUs)
        else anyProcedure(stage, roamer, nowUs)
        nowUs += random.between(0, 2 * PACE_US)
      }
      sink.write(pcap, nowUs, options.messages - sink.messages)
    }
    sink.finish(pcap)
    pcap.finish()
    return { messages: sink.messages, packets: pcap.packets, bytes: pcap.bytes }
  } finally {
    closeSync(file)
  }
}

/** Ours are spread over the partners, each in one of them; the partners' are with us. */
function roamerOf(world: World, who: Subscriber, network: number, index: number): Roamer {
  const visited = network === 0 ? (world.partners[index % world.partners.length] ?? world.home) : world.home
  return { who, visited, registered: index % 4 === 0 }
}

/** One legitimate procedure of any protocol. */
function mixedProcedure(stage: Stage, roamer: Roamer, atUs: number): void {
  const { who, visited } = roamer
  const choice = stage.random.between(1, 100)
  if (choice <= 50) anyProcedure(stage, roamer, atUs)
  else if (choice <= 58) askServiceControl(stage, who, visited.msc, who.home.gsmScf, atUs, null)
  else if (choice <= 76) attachEps(stage, who, visited, atUs)
  else if (choice <= 80) cancelEps(stage, who, who.home.hss, visited.secondMme, atUs)
  else if (choice <= 84) askVoice(stage, who, visited, atUs)
  else packetSession(stage, who, visited, atUs, 6)
}

/** Lets only the first message of each dialogue through. */
function beginsOnly(sink: MessageSink): MessageSink {
  return { add: (message) => (message.tcap.tag === TAG_BEGIN ? sink.add(message) : undefined), carry: () => {} }
}

/** Subscribers of each operator: an even share, or all that its numbers allow. */
function shareOut(total: number, operators: readonly Operator[]): Subscriber[][] {
  const counts = new Map<Operator, number>()
  let left = total
  const bySize = operators.toSorted((a, b) => subscriberCapacity(a.range) - subscriberCapacity(b.range))
  for (const [i, operator] of bySize.entries()) {
    const count = Math.max(1, Math.min(subscriberCapacity(operator.range), Math.floor(left / (bySize.length - i))))
    counts.set(operator, count)
    left -= count
  }
  return operators.map((operator) =>
    Array.from({ length: counts.get(operator) ?? 0 }, (_, i) => subscriber(operator, i)),
  )
}
