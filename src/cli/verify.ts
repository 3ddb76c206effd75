import { existsSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { counted } from '../report/words.ts'
import { CASE_FILES } from '../store/case-folder.ts'
import { CHAIN_FILE, verifyCase } from '../store/chain.ts'
import { manifestsIn, verifyManifest } from '../store/export-manifest.ts'
import type { Command, CommandInput } from './command.ts'
import { note, writeAll } from './output.ts'

const ALTERED = 1

export const verifyCommand: Command = {
  name: 'verify',
  usage: 'DIR [--json]',
  about: 'checks the manifests of a case and names what was altered',
  help: `DIR is a case folder. Every file of it is held against the hash in chain.ndjson, the case's history, to which each
run adds a line that holds the hash of the line before it, and the files of its exports against their manifests. Exit
status 1 when something was altered or is missing.

DIR may also be what somebody was given: the folder of an export with its manifest.json, or one x.manifest.json of an
export or of evidence, with the file x beside it.

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
  const manifests = await manifestsIn(folder)
  const isCase =
    manifests.length === 0 || existsSync(join(folder, CHAIN_FILE)) || existsSync(join(folder, CASE_FILES.case))
  const { steps, head, ...found } = isCase ? await verifyCase(folder) : { steps: 0, head: null, alterations: [] }
  const alterations = [...found.alterations]
  const known = new Set(alterations.map(({ file }) => file))
  for (const manifest of manifests) {
    for (const { file, what } of await verifyManifest(manifest)) {
      const path = relative(folder, file).replaceAll('\\', '/') || file
      if (!known.has(path)) alterations.push({ file: path, what: `${what}, says ${basename(manifest)}` })
      known.add(path)
    }
  }
  if (values.json === true) {
    await writeAll(`${JSON.stringify({ schema: 1, steps, head, manifests: manifests.length, alterations })}\n`)
  } else if (alterations.length === 0) await writeAll(`${allIsWell(steps, manifests.length, head)}\n`)
  for (const { file, what } of alterations) note(`${folder}: ${file} ${what}.`)
  return alterations.length === 0 ? 0 : ALTERED
}

function allIsWell(steps: number, manifests: number, head: string | null): string {
  const parts = [
    ...(steps > 0 ? [counted(steps, 'step', 'steps')] : []),
    ...(manifests > 0 ? [counted(manifests, 'manifest', 'manifests')] : []),
  ]
  return `${parts.join(', ')}: every file as it was written.${head === null ? '' : ` Last hash: ${head}`}`
}
