import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { labelDocument, playScenario, type Scenario } from './scenario.ts'
import { benignRoaming } from './scenarios/benign-roaming.ts'
import { farFromHome } from './scenarios/far-from-home.ts'
import { evaluationMix, SCENARIOS } from './scenarios/index.ts'

/** A scenario as a list shows it. */
export interface ScenarioSummary {
  readonly name: string
  readonly about: string
}

/** What to write and how. */
export interface SimulateOptions {
  /** Decides networks, numbers, times and encodings; the same seed writes the same files. */
  readonly seed?: number
  /** Replaces files that are already there; without it, they stop the run before anything is written. */
  readonly overwrite?: boolean
  /** For `benign-roaming`: how many procedures. */
  readonly procedures?: number
  /** For `far-from-home`: subjects exchanged among the sources, so that no campaign is left to find. */
  readonly shuffled?: boolean
}

/** Where the files went, and how large the capture is. */
export interface SimulatedFiles {
  readonly captureFile: string
  /** One JSON line for each labelled episode. */
  readonly labelsFile: string
  /** The same in one document, with severities, counts of messages, and what else is known to be true. */
  readonly truthFile: string
  /** network.yaml of the home network in the capture. */
  readonly networkFile: string
  readonly bytes: number
}

/** The scenarios there are, in order. */
export function listScenarios(): ScenarioSummary[] {
  return all({}).map(({ name, about }) => ({ name, about }))
}

/** Legitimate procedures of the evaluation when nobody says how many. */
const MIX_PROCEDURES = 4_000

function all(options: SimulateOptions): readonly Scenario[] {
  return [...SCENARIOS, evaluationMix(MIX_PROCEDURES), farFromHome(options.shuffled ?? false)]
}

/**
 * Writes a scenario as a capture file `outFile`, with its labels and network.yaml beside it. Nothing is sent anywhere.
 * @throws an Error with one sentence for an unknown name (it lists the names) and for a file that is already there.
 */
export async function writeScenario(
  name: string,
  outFile: string,
  options: SimulateOptions = {},
): Promise<SimulatedFiles> {
  const seed = options.seed ?? 1
  const played = playScenario(findScenario(name, options), seed)
  const { capture, labels, network } = played
  const stem = outFile.replace(/\.pcap$/, '')
  const files = [
    [outFile, capture],
    [`${stem}.labels.ndjson`, labels],
    [`${stem}.network.yaml`, network],
    [`${stem}.labels.json`, labelDocument(name, seed, played)],
  ] as const
  const flag = options.overwrite ? 'w' : 'wx'
  const present = options.overwrite ? undefined : files.find(([file]) => existsSync(file))
  if (present !== undefined) throw new Error(`${present[0]} is already there, and it was not to be replaced`)
  for (const [file, content] of files) await writeFile(file, content, { flag })
  const [, [labelsFile], [networkFile], [truthFile]] = files
  return { captureFile: outFile, labelsFile, networkFile, truthFile, bytes: capture.length }
}

function findScenario(name: string, options: SimulateOptions): Scenario {
  const known = all(options)
  const scenario = known.find((candidate) => candidate.name === name)
  if (scenario === undefined) {
    throw new Error(`there is no scenario "${name}"; there are ${known.map((one) => one.name).join(', ')}`)
  }
  if (options.shuffled !== undefined && name !== 'far-from-home') {
    throw new Error(`the scenario "${name}" has no shuffled variant`)
  }
  if (options.procedures === undefined) return scenario
  if (name !== 'benign-roaming') throw new Error(`the scenario "${name}" has a fixed number of procedures`)
  return benignRoaming(options.procedures)
}
