import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withStatements } from '../attribution/context/attach.ts'
import { type LoadedContext, loadContext, referencesOf, settingsOf } from '../attribution/context/load.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { KeptFindings } from '../finding/kept-findings.ts'
import { type CaseReader, openCase } from '../report/case-reader.ts'
import { renderHtml } from '../report/html.ts'
import { visibleText } from '../report/visible-text.ts'
import { CASE_FILES, markRevealed, reasonOf } from '../store/case-folder.ts'
import { addStep } from '../store/chain.ts'
import { readReportFacts } from '../store/report-facts.ts'
import { type Command, type CommandInput, textOption, textOptions } from './command.ts'
import { canReveal, EXPORT_FORMATS, type ExportFormat, exportCase } from './export-case.ts'
import { Failure } from './failure.ts'
import { writeAll } from './output.ts'

const FORMATS = ['html', ...EXPORT_FORMATS] as const
const NOT_SCHEMA_1 = 'not of schema 1: it was altered, or another version wrote it; run `telltale analyze` again.'
const USAGE = 2

export const reportCommand: Command = {
  name: 'report',
  usage: 'DIR [--format FORMAT] [--context FILE]... [--reveal] [--min-count K] [--tlp LEVEL] [--organization NAME]',
  about: 'renders the report of a case again, or exports it, into the case folder',
  help: `DIR is a case folder that \`telltale analyze\` wrote. docs/exports.md describes every format.

  --format FORMAT   html       report.html (the default); the others are written into exports/ of the case folder:
                    pdf        the report, printed by a Chromium of this machine (TELLTALE_CHROMIUM names its path)
                    csv        events, findings, campaigns and their members, for a spreadsheet
                    parquet    the same, for a data tool
                    ecs        JSON lines in Elastic Common Schema
                    cef        CEF in syslog lines of RFC 5424
                    stix misp navigator   for sharing threat intelligence
                    blocklist  a draft for a firewall, with the traffic that each line would have hit, benign too
                    complaint  a letter to the operator of each source, with what was seen, and no subscriber identity
  --context FILE    of html and pdf: what others have said, as in \`telltale analyze --context\`, beside what the case holds of
                    it; for this report only. May be given several times
  --reveal          show subscriber identities in full; they are masked otherwise. The case then says so for ever
  --min-count K     tell no count under K as such, but “fewer than K” (default: every count; in a complaint, 3 for counts
                    of subscribers)
  --tlp LEVEL       of stix and misp: clear, green, amber (default), amber+strict, red
  --organization NAME   of stix and misp: who publishes it

Examples
  telltale report telltale-case
  telltale report telltale-case --format parquet
  telltale report telltale-case --context predator.stix2`,
  options: {
    format: { type: 'string' },
    context: { type: 'string', multiple: true },
    reveal: { type: 'boolean' },
    'min-count': { type: 'string' },
    tlp: { type: 'string' },
    organization: { type: 'string' },
  },
  minimum: 1,
  maximum: 1,
  run,
}

async function run(input: CommandInput): Promise<number> {
  const [folder = ''] = input.positionals
  const format = formatOption(input)
  const reveal = input.values.reveal === true
  if (reveal && format !== 'html' && !canReveal(format)) {
    throw new Failure(`--format ${format} never names subscribers: --reveal does not go with it.`, USAGE)
  }
  const minCount = countOption(input)
  const contextFiles = textOptions(input, 'context')
  if (contextFiles.length > 0 && format !== 'html' && format !== 'pdf') {
    throw new Failure(`--context goes with the formats html and pdf, not with ${format}.`, USAGE)
  }
  const reader = await openCase(folder)
  const context = await loadContext(contextFiles)
  let facts = reader.facts
  if (reveal) facts = { ...facts, settings: { ...facts.settings, reveal: true } }
  const html = (): Promise<string> => render({ ...reader, facts }, context, reveal, minCount)
  const request = { reveal, minCount, tlp: textOption(input, 'tlp'), organization: textOption(input, 'organization') }
  const files =
    format === 'html'
      ? await writeHtml(folder, await html())
      : await exportCase(format, reader, { ...request, html }, input.version)
  const revealed = reveal ? await markRevealed(folder, facts) : []
  const what = { format, context: settingsOf(context.sources), reveal, minCount, version: input.version }
  await addStep(folder, format === 'html' ? 'report' : 'export', what, [...revealed, ...files])
  const names = files.map((file) => (typeof file === 'string' ? file : file.file))
  const shown = new Set(names.map((file) => file.replace(/^(exports\/complaint\/[^/]+)\/.*$/, '$1')))
  await writeAll([...shown].map((file) => `${visibleText(join(folder, file))}\n`).join(''))
  return 0
}

function formatOption(input: CommandInput): 'html' | ExportFormat {
  const text = textOption(input, 'format') ?? 'html'
  const format = FORMATS.find((known) => known === text)
  if (format === undefined) {
    throw new Failure(`--format takes one of ${FORMATS.join(', ')}, not ${JSON.stringify(text)}.`, USAGE)
  }
  return format
}

function countOption(input: CommandInput): number | null {
  const text = textOption(input, 'min-count')
  if (text === null) return null
  if (!/^\d{1,6}$/.test(text)) {
    throw new Failure(`--min-count takes a whole number, not ${JSON.stringify(text)}.`, USAGE)
  }
  return Number(text)
}

async function keptOf(reader: CaseReader): Promise<readonly Finding[]> {
  const kept = new KeptFindings()
  for await (const finding of reader.findings()) kept.add(finding)
  return kept.list()
}

async function writeHtml(folder: string, html: string): Promise<readonly string[]> {
  const path = join(folder, CASE_FILES.report)
  try {
    await writeFile(path, html)
  } catch (error) {
    throw new Failure(`${path}: cannot be written: ${reasonOf(error)}.`)
  }
  return [CASE_FILES.report]
}

/** A case is a file that anybody may have altered: what does not fit its schema shows when it is rendered. */
async function render(
  reader: CaseReader,
  context: LoadedContext,
  reveal: boolean,
  minCount: number | null,
): Promise<string> {
  const { folder } = reader
  const findings = await keptOf(reader)
  const campaigns = await Array.fromAsync(reader.campaigns())
  const held = await Array.fromAsync(reader.dossiers())
  // a case of an earlier version has no tables for the charts; the report then says so
  const tables = await readReportFacts(join(folder, CASE_FILES.store)).catch(() => null)
  try {
    const facts = withContext(reader.facts, context)
    const dossiers = held.map((dossier) => withStatements(dossier, context.context))
    return renderHtml(facts, findings, { reveal, minimumCount: minCount ?? 0, campaigns, dossiers, facts: tables })
  } catch {
    throw new Failure(`${folder}: ${NOT_SCHEMA_1}`)
  }
}

/** The case as this report tells of it: with the files of context that were given for it, beside those of the case. */
function withContext(facts: Case, { sources, limitations }: LoadedContext): Case {
  if (sources.length === 0) return facts
  const own = facts.settings.context
  return {
    ...facts,
    settings: { ...facts.settings, context: [...(Array.isArray(own) ? own : []), ...settingsOf(sources)] },
    references: [...facts.references, ...referencesOf(sources)],
    limitations: [...facts.limitations, ...limitations],
  }
}
