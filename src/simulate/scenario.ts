import { networkYaml } from './network-yaml.ts'
import { PcapWriter } from './pcap-writer.ts'
import { Random } from './random.ts'
import { Stage } from './stage.ts'
import { type Message, type MessageSink, type PacketStyle, Traffic } from './traffic.ts'
import { inventWiring } from './wiring.ts'
import { inventWorld, plainWorld } from './world.ts'

/** A story told in signalling. */
export interface Scenario {
  readonly name: string
  /** One sentence: what the capture shows. */
  readonly about: string
  readonly durationUs: number
  /** A world for people to read, the same for every seed, or one drawn by chance. */
  readonly plain: boolean
  readonly play: (stage: Stage) => void
}

/** What a scenario comes to, each as the content of its file. */
export interface ScenarioFiles {
  readonly capture: Uint8Array
  /** One JSON line an episode, in the order of the first frame. */
  readonly labels: string
  /** network.yaml of the home network in this capture. */
  readonly network: string
  /** The messages written, dialogue after dialogue: for tests that know what should be read. */
  readonly messages: readonly Message[]
}

/** Where simulated time starts, µs: 2026-03-02T08:00:00Z, a Monday. */
export const EPOCH_US = 1_772_438_400_000_000

/** Plays `scenario` with all that `seed` decides. Equal arguments give equal files. */
export function playScenario(scenario: Scenario, seed: number): ScenarioFiles {
  const random = new Random(seed ^ hash(scenario.name))
  const world = scenario.plain ? plainWorld(random) : inventWorld(random)
  const wiring = inventWiring(random)
  const style: PacketStyle = scenario.plain
    ? { bundleUs: 0, chunks: 1 }
    : { bundleUs: random.pick([0, 5_000, 30_000]), chunks: random.between(2, 4) }
  const messages: Message[] = []
  const traffic = new Traffic(wiring, random, style)
  const sink: MessageSink = {
    add(message) {
      messages.push(message)
      traffic.add(message)
    },
  }
  const startUs = EPOCH_US + (scenario.plain ? 0 : random.between(0, 300 * 24 * 3600) * 1_000_000)
  const stage = new Stage(world, random, sink, startUs, scenario.durationUs)
  scenario.play(stage)
  const pcap = new PcapWriter()
  traffic.write(pcap, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  traffic.finish(pcap)
  return {
    capture: pcap.finish(),
    labels: labelLines(scenario, stage),
    network: networkYaml(world, wiring, stage.agreed),
    messages,
  }
}

/** Keeps scenarios of one seed from sharing their networks. Source: FNV-1a with 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}

function labelLines(scenario: Scenario, stage: Stage): string {
  const rows = stage.episodes.map(({ kind, title, detectors, match = 'all', source, subject, answered, messages }) => {
    const frames = [...new Set(messages.flatMap((message) => message.frames))].sort((a, b) => a - b)
    return { scenario: scenario.name, kind, title, detectors, match, source, subject, answered, frames }
  })
  rows.sort((a, b) => (a.frames[0] ?? 0) - (b.frames[0] ?? 0))
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
