import { severityOf } from './catalogue.ts'
import type { Dialect } from './dialect.ts'
import { networkYaml } from './network-yaml.ts'
import { PcapWriter } from './pcap-writer.ts'
import { Random } from './random.ts'
import { type Episode, Stage } from './stage.ts'
import { type Framed, type Message, type MessageSink, type PacketStyle, Traffic } from './traffic.ts'
import { inventWiring } from './wiring.ts'
import { inventWorld, plainWorld, type World, worldOf } from './world.ts'

/** A story told in signalling. */
export interface Scenario {
  readonly name: string
  /** One sentence: what the capture shows. */
  readonly about: string
  readonly durationUs: number
  /** A world for people to read, the same for every seed, or one drawn by chance. */
  readonly plain: boolean
  /** PLMNs carry the MCC of their country, so that rules about countries have something to go by. */
  readonly countries?: boolean
  /** Networks that know each other, where the story needs more than three. */
  readonly partners?: number
  /** Calls are signalled by ISUP on the links of the capture. */
  readonly calls?: boolean
  /** When the story begins, µs since 1970, where it is tied to a calendar. */
  readonly startUs?: number
  /** The networks, where the story names them. */
  readonly world?: (random: Random, dialect: Dialect) => World
  readonly play: (stage: Stage) => void
}

/** What beside the seed decides a capture. */
export interface PlayOptions {
  /** Absent: the seed decides. */
  readonly dialect?: Dialect
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
  readonly episodes: readonly Episode[]
  /** Messages of all protocols, and those of them that belong to no attack. */
  readonly messageCount: number
  readonly benignCount: number
  readonly truth: unknown
}

/** Where simulated time starts, µs: 2026-03-02T08:00:00Z, a Monday. */
export const EPOCH_US = 1_772_438_400_000_000

/** Plays `scenario` with all that `seed` decides. Equal arguments give equal files. */
export function playScenario(scenario: Scenario, seed: number, options: PlayOptions = {}): ScenarioFiles {
  const random = new Random(seed ^ hash(scenario.name))
  const world = inventOrPlain(scenario, random, options.dialect ?? (seed % 2 === 0 ? 'first' : 'second'))
  const wiring = inventWiring(random)
  const style: PacketStyle = scenario.plain
    ? { bundleUs: 0, chunks: 1 }
    : { bundleUs: random.pick([0, 5_000, 30_000]), chunks: random.between(2, 4) }
  const messages: Message[] = []
  const framed: Framed[] = []
  const traffic = new Traffic(wiring, random, style)
  const sink: MessageSink = {
    add(message) {
      messages.push(message)
      framed.push(message)
      traffic.add(message)
    },
    carry(datagram) {
      framed.push(datagram)
      traffic.carry(datagram)
    },
  }
  const startUs = scenario.startUs ?? EPOCH_US + (scenario.plain ? 0 : random.between(0, 300 * 24 * 3600) * 1_000_000)
  const stage = new Stage(world, random, sink, startUs, scenario.durationUs)
  stage.calls = scenario.calls ?? false
  scenario.play(stage)
  const pcap = new PcapWriter()
  traffic.write(pcap, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
  traffic.finish(pcap)
  const hostile = new Set(stage.episodes.flatMap((episode) => (episode.kind === 'attack' ? episode.messages : [])))
  return {
    capture: pcap.finish(),
    labels: labelLines(scenario, stage),
    network: networkYaml(world, wiring, stage.agreed, !scenario.plain),
    messages,
    episodes: stage.episodes,
    messageCount: framed.length,
    benignCount: framed.length - hostile.size - stage.unlabelled,
    truth: stage.truth,
  }
}

function inventOrPlain(scenario: Scenario, random: Random, dialect: Dialect): World {
  if (scenario.plain) return plainWorld(random)
  if (scenario.world !== undefined) return scenario.world(random, dialect)
  const { countries = false, partners } = scenario
  return countries ? worldOf(random, partners, dialect) : inventWorld(random, partners, dialect)
}

/** The labels as one document: what the lines say, with severities, counts, and what else is known to be true. */
export function labelDocument(name: string, seed: number, files: ScenarioFiles): string {
  const episodes = files.episodes.map((episode) => ({
    ...rowOf(name, episode),
    severity: severityOf(episode.detectors),
    protocols: [
      ...new Set(
        episode.messages.map((m) => ('over' in m ? String((m.over as { protocol: string }).protocol) : 'ss7')),
      ),
    ],
  }))
  episodes.sort((a, b) => (a.frames[0] ?? 0) - (b.frames[0] ?? 0))
  const { messageCount, benignCount, truth } = files
  const document = {
    schema: 1,
    scenario: name,
    seed,
    messages: messageCount,
    benignMessages: benignCount,
    episodes,
    truth,
  }
  return `${JSON.stringify(document, null, 1)}\n`
}

/** Keeps scenarios of one seed from sharing their networks. Source: FNV-1a with 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}

function rowOf(scenario: string, episode: Episode) {
  const { kind, title, detectors, match = 'all', source, subject, answered, messages } = episode
  const frames = [...new Set(messages.flatMap((message) => message.frames))].sort((a, b) => a - b)
  return { scenario, kind, title, detectors, match, source, subject, answered, frames }
}

function labelLines(scenario: Scenario, stage: Stage): string {
  const rows = stage.episodes.map((episode) => rowOf(scenario.name, episode))
  rows.sort((a, b) => (a.frames[0] ?? 0) - (b.frames[0] ?? 0))
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
