import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cutEvidence, readFindings } from '../evidence/cut.ts'
import type { Case } from '../finding/case.ts'
import { CASE_FILES, reasonOf } from '../store/case-folder.ts'
import { addStep, hashFiles } from '../store/chain.ts'
import { SIDECAR, writeManifests } from '../store/export-manifest.ts'
import { type Command, type CommandInput, textOption } from './command.ts'
import { Failure } from './failure.ts'
import { note, writeAll } from './output.ts'

export const evidenceCommand: Command = {
  name: 'evidence',
  usage: 'DIR ID --out FILE [--capture FILE]...',
  about: 'cuts the packets of a finding or campaign out of the captures',
  help: `DIR is a case folder, ID a finding (F-…) or campaign of it. The packets are read from the original captures, which
must be what was examined (SHA-256), and written to a pcapng that Wireshark opens, with a comment on each packet. Beside
it stands FILE.manifest.json, with its hash and those of the captures; \`telltale verify\` takes it.

  --out FILE       pcapng to write; an existing file is left alone
  --capture FILE   where a capture is now, if it was moved; may be given several times

Example
  telltale evidence telltale-case F-0123456789abcdef --out evidence.pcapng`,
  options: { out: { type: 'string' }, capture: { type: 'string', multiple: true } },
  minimum: 2,
  maximum: 2,
  run,
}

async function run(input: CommandInput): Promise<number> {
  const [folder = '', id = ''] = input.positionals
  const out = textOption(input, 'out')
  if (out === null) throw new Failure('evidence needs --out FILE: the pcapng to write.', 2)
  for (const path of [out, `${out}${SIDECAR}`]) {
    if (existsSync(path)) throw new Failure(`${path} exists already; name another file with --out.`)
  }
  const path = join(folder, CASE_FILES.case)
  let facts: Case
  try {
    facts = JSON.parse(await readFile(path, 'utf8')) as Case
  } catch {
    throw new Failure(
      `${path} cannot be read: ${folder} is not a case folder; name one that \`telltale analyze\` wrote.`,
    )
  }
  const ids = id.startsWith('F-') ? new Set([id]) : await findingsOfCampaign(folder, id)
  const findings = await readFindings(join(folder, CASE_FILES.findings), ids)
  if (findings.length === 0) throw new Failure(`${folder}: the case has no finding or campaign ${JSON.stringify(id)}.`)
  const [first] = findings
  const aboutText =
    findings.length === 1 && first !== undefined
      ? `${first.id} ${first.detector}: ${first.title}`
      : `campaign ${id}, ${findings.length} findings`
  const captures = input.values.capture
  const { packets, missing, notes } = await cutEvidence({
    folder,
    facts,
    findings,
    about: aboutText,
    out,
    version: input.version,
    captures: Array.isArray(captures) ? captures.map(String) : [],
  }).catch((error) => {
    throw error instanceof Error && 'syscall' in error
      ? new Failure(`${out}: cannot be written: ${reasonOf(error)}; name another file with --out.`)
      : error
  })
  for (const sentence of notes) note(sentence)
  if (missing > 0) note(`${missing} packets that the findings cite are not in the captures.`)
  const cited = findings.reduce((sum, { evidence }) => sum + evidence.length, 0)
  const all = findings.reduce((sum, { evidenceCount }) => sum + evidenceCount, 0)
  if (all > cited) note(`The findings rest on ${all} packets; the case cites the first ${cited}.`)
  const options = { id, packets, missing }
  const about = { export: 'evidence', version: input.version, options, facts, forOthers: false }
  await writeManifests(dirname(out), [basename(out)], about)
  const [cut] = await hashFiles(dirname(out), [basename(out)])
  // the file stands where the user wants it, which is for the user to know
  await addStep(folder, 'evidence', { ...options, version: input.version, ...cut }, []).catch(() =>
    note(`${folder} cannot be written to: its history does not mention this cut.`),
  )
  await writeAll(`${out}: ${packets} packets\n${out}${SIDECAR}\n`)
  return 0
}

async function findingsOfCampaign(folder: string, id: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(folder, CASE_FILES.campaigns), 'utf8').catch(() => '')
  for (const line of text.split('\n')) {
    if (line === '') continue
    const campaign = JSON.parse(line) as { id: string; findings: readonly string[] }
    if (campaign.id === id) return new Set(campaign.findings)
  }
  return new Set()
}
