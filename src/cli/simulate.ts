import { visibleText } from '../report/visible-text.ts'
import { listScenarios, writeScenario } from '../simulate/simulate.ts'
import { reasonOf } from '../store/case-folder.ts'
import { type Command, type CommandInput, textOption } from './command.ts'
import { Failure } from './failure.ts'
import { writeAll } from './output.ts'

export const simulateCommand: Command = {
  name: 'simulate',
  usage: 'SCENARIO --out FILE [--seed N] [--shuffled] [--force] | --list [--json]',
  about: 'writes a synthetic, labelled capture file; nothing is ever sent',
  help: `Writes FILE, its labels and a network.yaml beside it. Subscribers and operators are invented.

  --out FILE   capture file to write
  --seed N     decides networks, numbers, times and encodings (default 1)
  --shuffled   for far-from-home: subjects exchanged among the sources, so that there is no campaign to find
  --force      replaces files that are already there
  --list       lists the scenarios
  --json       the list as JSON lines

Examples
  telltale simulate --list
  telltale simulate attack-loc-01 --out loc-01.pcap --seed 7
  telltale simulate far-from-home --out far-from-home.pcap`,
  options: {
    out: { type: 'string' },
    seed: { type: 'string' },
    shuffled: { type: 'boolean' },
    force: { type: 'boolean' },
    list: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  minimum: 0,
  maximum: 1,
  run,
}

async function run(input: CommandInput): Promise<number> {
  if (input.values.list === true) {
    const line = (name: string, about: string): string =>
      input.values.json === true ? JSON.stringify({ name, about }) : `${name.padEnd(22)}  ${about}`
    await writeAll(
      listScenarios()
        .map(({ name, about }) => `${line(name, about)}\n`)
        .join(''),
    )
    return 0
  }
  const [name] = input.positionals
  const out = textOption(input, 'out')
  if (name === undefined || out === null)
    throw new Failure('simulate takes a SCENARIO and --out FILE; --list shows the scenarios.', 2)
  const seed = Number(textOption(input, 'seed') ?? 1)
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Failure('--seed takes a whole number, 0 or more.', 2)
  try {
    const files = await writeScenario(name, out, {
      seed,
      overwrite: input.values.force === true,
      ...(input.values.shuffled === true ? { shuffled: true } : {}),
    })
    const paths = [files.captureFile, files.labelsFile, files.networkFile, files.truthFile]
    await writeAll(paths.map((path) => `${visibleText(path)}\n`).join(''))
  } catch (error) {
    const isSystem = error instanceof Error && 'code' in error
    throw new Failure(isSystem ? `${out}: cannot be written: ${reasonOf(error)}.` : `${reasonOf(error)}.`)
  }
  return 0
}
