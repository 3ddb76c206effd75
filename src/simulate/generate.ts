import { closeSync, openSync, writeSync } from 'node:fs'
import { subscriberCapacity } from './fiction-ranges.ts'
import { PcapWriter } from './pcap-writer.ts'
import { anyProcedure } from './procedures.ts'
import { Random } from './random.ts'
import { EPOCH_US } from './scenario.ts'
import { Stage } from './stage.ts'
import { TAG_BEGIN } from './tcap-writer.ts'
import { type MessageSink, Traffic } from './traffic.ts'
import { inventWiring } from './wiring.ts'
import { type Operator, plainWorld, type Subscriber, subscriber } from './world.ts'

/** How much traffic, and of what kind. */
export interface TrafficOptions {
  /** TCAP messages in the file, exactly. */
  readonly messages: number
  readonly seed?: number
  /** Requests alone, as one direction of a tap shows them, or whole dialogues. */
  readonly shape: 'begins' | 'dialogues'
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
const BATCH = 512
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
    const style = { bundleUs: 3_000, chunks: 4 }
    const sink = new Traffic(inventWiring(random), random, style)
    const stage = new Stage(world, random, options.shape === 'begins' ? beginsOnly(sink) : sink, EPOCH_US, 0)
    const phones = shareOut(options.subscribers ?? SUBSCRIBERS, [world.home, ...world.partners])
    const ours = phones[0] ?? []
    let nowUs = EPOCH_US
    while (sink.messages < options.messages) {
      for (let i = 0; i < BATCH; i++) {
        const choice = random.between(1, world.partners.length)
        const [partner, theirs] = [world.partners[choice - 1], phones[choice]]
        if (partner === undefined || theirs === undefined) continue
        anyProcedure(stage, { ours: random.pick(ours), theirs: random.pick(theirs) }, partner, nowUs)
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

/** Lets only the first message of each dialogue through. */
function beginsOnly(sink: MessageSink): MessageSink {
  return { add: (message) => (message.tcap.tag === TAG_BEGIN ? sink.add(message) : undefined) }
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
