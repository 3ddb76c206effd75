import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { playScenario, type Scenario } from './scenario.ts'
import { benignRoaming } from './scenarios/benign-roaming.ts'
import { SCENARIOS } from './scenarios/index.ts'

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
}

/** Where the files went, and how large the capture is. */
export interface SimulatedFiles {
  readonly captureFile: string
  /** One JSON line for each labelled episode. */
  readonly labelsFile: string
  /** network.yaml of the home network in the capture. */
  readonly networkFile: string
  readonly bytes: number
}

/** The scenarios there are, in order. */
export function listScenarios(): ScenarioSummary[] {
  return SCENARIOS.map(({ name, about }) => ({ name, about }))
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
  const { capture, labels, network } = playScenario(findScenario(name, options), options.seed ?? 1)
  const stem = outFile.replace(/\.pcap$/, '')
  const files = [
    [outFile, capture],
    [`${stem}.labels.ndjson`, labels],
    [`${stem}.network.yaml`, network],
  ] as const
  const flag = options.overwrite ? 'w' : 'wx'
  const present = options.overwrite ? undefined : files.find(([file]) => existsSync(file))
  if (present !== undefined) throw new Error(`${present[0]} is already there, and it was not to be replaced`)
  for (const [file, content] of files) await writeFile(file, content, { flag })
  const [, [labelsFile], [networkFile]] = files
  return { captureFile: outFile, labelsFile, networkFile, bytes: capture.length }
}

function findScenario(name: string, options: SimulateOptions): Scenario {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name)
  if (scenario === undefined) {
    throw new Error(`there is no scenario "${name}"; there are ${SCENARIOS.map((known) => known.name).join(', ')}`)
  }
  if (options.procedures === undefined) return scenario
  if (name !== 'benign-roaming') throw new Error(`the scenario "${name}" has a fixed number of procedures`)
  return benignRoaming(options.procedures)
}
