import { verifyCase } from '../store/chain.ts'
import type { Command, CommandInput } from './command.ts'
import { note, writeAll } from './output.ts'

const ALTERED = 1

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'DIR [--json]',
  about: 'checks the manifest of a case and names what was altered',
  help: `DIR is a case folder. Every file of it is held against the hash in chain.ndjson, the case's history, to which each
run adds a line that holds the hash of the line before it. Exit status 1 when something was altered or is missing.

The history protects against accidents and against whoever cannot write all of it. Note the last hash it prints
somewhere else (in a mail, on paper): then nobody can put another history in its place.

Example
  telltale verify telltale-case`,
  options: { json: { type: 'boolean' } },
  minimum: 1,
  maximum: 1,
  run,
}

async function run({ positionals: [folder = ''], values }: CommandInput): Promise<number> {
  const { steps, head, alterations } = await verifyCase(folder)
  if (values.json === true) await writeAll(`${JSON.stringify({ schema: 1, steps, head, alterations })}\n`)
  else if (alterations.length === 0) {
    await writeAll(`${steps} ${steps === 1 ? 'step' : 'steps'}, every file as it was written. Last hash: ${head}\n`)
  }
  for (const { file, what } of alterations) note(`${folder}: ${file} ${what}.`)
  return alterations.length === 0 ? 0 : ALTERED
}
