import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { KeptFindings } from '../finding/kept-findings.ts'
import { renderHtml } from '../report/html.ts'
import { visibleText } from '../report/visible-text.ts'
import { CASE_FILES, reasonOf } from '../store/case-folder.ts'
import { addStep } from '../store/chain.ts'
import { type Command, type CommandInput, textOption } from './command.ts'
import { Failure } from './failure.ts'
import { writeAll } from './output.ts'

const FORMATS = ['html'] as const
const NOT_SCHEMA_1 = 'not of schema 1: it was altered, or another version wrote it; run `telltale analyze` again.'

export const reportCommand: Command = {
  name: 'report',
  usage: 'DIR [--format html] [--reveal]',
  about: 'renders the report of a case again, into the case folder',
  help: `DIR is a case folder that \`telltale analyze\` wrote.

  --format FORMAT   html (the default)
  --reveal          show subscriber identities in full; they are masked otherwise

Example
  telltale report telltale-case`,
  options: { format: { type: 'string' }, reveal: { type: 'boolean' } },
  minimum: 1,
  maximum: 1,
  run,
}

async function run(input: CommandInput): Promise<number> {
  const [folder = ''] = input.positionals
  const format = textOption(input, 'format') ?? 'html'
  if (!FORMATS.some((known) => known === format)) {
    throw new Failure(`--format takes ${FORMATS.join(', ')} in this version, not ${JSON.stringify(format)}.`, 2)
  }
  const facts = parse<Case>(await read(folder, CASE_FILES.case), join(folder, CASE_FILES.case))
  const kept = new KeptFindings()
  const lines = await read(folder, CASE_FILES.findings)
  for (const line of lines.split('\n'))
    if (line !== '') kept.add(parse<Finding>(line, join(folder, CASE_FILES.findings)))
  const path = join(folder, CASE_FILES.report)
  const html = render(facts, kept.list(), input.values.reveal === true, folder)
  try {
    await writeFile(path, html)
  } catch (error) {
    throw new Failure(`${path}: cannot be written: ${reasonOf(error)}.`)
  }
  await addStep(folder, 'report', { format, reveal: input.values.reveal === true, version: input.version }, [
    CASE_FILES.report,
  ])
  await writeAll(`${visibleText(path)}\n`)
  return 0
}

/** A case is a file that anybody may have altered: what does not fit its schema shows when it is rendered. */
function render(facts: Case, findings: readonly Finding[], reveal: boolean, folder: string): string {
  try {
    return renderHtml(facts, findings, { reveal })
  } catch {
    throw new Failure(`${folder}: ${NOT_SCHEMA_1}`)
  }
}

async function read(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch {
    throw new Failure(
      `${join(folder, name)} cannot be read: ${folder} is not a case folder; name one that \`telltale analyze\` wrote.`,
    )
  }
}

function parse<T extends { readonly schema: number }>(text: string, path: string): T {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'schema' in value && value.schema === 1) return value as T
  } catch {
    // falls through to the one sentence
  }
  throw new Failure(`${path}: ${NOT_SCHEMA_1}`)
}
