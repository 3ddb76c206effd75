import type { Detector } from '../detect/detector.ts'
import { DETECTORS } from '../detect/index.ts'
import type { Command, CommandInput } from './command.ts'
import { Failure } from './failure.ts'
import { writeAll } from './output.ts'

export const detectorsCommand: Command = {
  name: 'detectors',
  usage: '[ID] [--json]',
  about: 'lists the detectors, or explains one',
  help: `Without ID: every detector with its severity and title. With ID: what it sees, why it matters, innocent explanations
and technique ids.

  --json   the same as JSON lines

Examples
  telltale detectors
  telltale detectors LOC-01`,
  options: { json: { type: 'boolean' } },
  minimum: 0,
  maximum: 1,
  run,
}

async function run({ positionals: [id], values }: CommandInput): Promise<number> {
  const chosen = id === undefined ? DETECTORS : DETECTORS.filter((detector) => detector.id === id.toUpperCase())
  if (chosen.length === 0)
    throw new Failure(`There is no detector ${JSON.stringify(id)}; \`telltale detectors\` lists them.`)
  if (values.json === true) await writeAll(chosen.map((detector) => `${JSON.stringify(detector)}\n`).join(''))
  else if (id === undefined) await writeAll(`${table(chosen)}\n`)
  else await writeAll(chosen.map(explain).join('\n'))
  return 0
}

function table(detectors: readonly Detector[]): string {
  return detectors.map(({ id, severity, title }) => `${id}  ${severity.padEnd(8)}  ${title}`).join('\n')
}

function explain({
  id,
  version,
  title,
  class: kind,
  severity,
  explanation,
  operations,
  techniques,
  benign,
  unavailable,
  example,
  thresholds = [],
}: Detector): string {
  return `${id}  ${title}
Class ${kind}, severity ${severity}, version ${version}.

${explanation}

Operations: ${operations === 'any' ? 'any' : operations.join(', ')}
Techniques: ${techniques.join(', ')}

Innocent explanations to rule out
${lines(benign)}
${example === undefined ? '' : `\nExample\n${example}\n`}${
  thresholds.length === 0
    ? ''
    : `\nThresholds: set them under \`thresholds: { ${id}: { name: value } }\` in network.yaml\n${lines(thresholds.map(({ name, default: value, unit, meaning }) => `${name} = ${value} ${unit}: ${meaning}`))}\n`
}${unavailable.length === 0 ? '' : `\nNot checked where this is unavailable\n${lines(unavailable)}\n`}`
}

function lines(items: readonly string[]): string {
  return items.map((line) => `- ${line}`).join('\n')
}
