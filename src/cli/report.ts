import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '../finding/finding.ts'
import { KeptFindings } from '../finding/kept-findings.ts'
import { type CaseReader, openCase } from '../report/case-reader.ts'
import { renderHtml } from '../report/html.ts'
import { visibleText } from '../report/visible-text.ts'
import { CASE_FILES, markRevealed, reasonOf } from '../store/case-folder.ts'
import { addStep } from '../store/chain.ts'
import { readReportFacts } from '../store/report-facts.ts'
import { type Command, type CommandInput, textOption } from './command.ts'
import { canReveal, EXPORT_FORMATS, type ExportFormat, exportCase } from './export-case.ts'
import { Failure } from './failure.ts'
import { writeAll } from './output.ts'

const FORMATS = ['html', ...EXPORT_FORMATS] as const
const NOT_SCHEMA_1 = 'not of schema 1: it was altered, or another version wrote it; run `telltale analyze` again.'
const USAGE = 2

export const reportCommand: Command = {
  name: 'report',
  usage: 'DIR [--format FORMAT] [--reveal] [--min-count K] [--tlp LEVEL] [--organization NAME]',
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
  --reveal          show subscriber identities in full; they are masked otherwise. The case then says so for ever
  --min-count K     tell no count under K as such, but “fewer than K” (default: every count; in a complaint, 3 for counts
                    of subscribers)
  --tlp LEVEL       of stix and misp: clear, green, amber (default), amber+strict, red
  --organization NAME   of stix and misp: who publishes it

Examples
  telltale report telltale-case
  telltale report telltale-case --format parquet`,
  options: {
    format: { type: 'string' },
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
  const reader = await openCase(folder)
  let facts = reader.facts
  if (reveal) facts = { ...facts, settings: { ...facts.settings, reveal: true } }
  const html = (): Promise<string> => render({ ...reader, facts }, reveal, minCount)
  const files =
    format === 'html'
      ? await writeHtml(folder, await html())
      : await exportCase(format, reader, {
          reveal,
          minCount,
          tlp: textOption(input, 'tlp'),
          organization: textOption(input, 'organization'),
          html,
        })
  const revealed = reveal ? await markRevealed(folder, facts) : []
  const what = { format, reveal, minCount, version: input.version }
  await addStep(folder, format === 'html' ? 'report' : 'export', what, [...revealed, ...files])
  const shown = new Set(files.map((file) => file.replace(/^(exports\/complaint\/[^/]+)\/.*$/, '$1')))
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
async function render(reader: CaseReader, reveal: boolean, minCount: number | null): Promise<string> {
  const { facts, folder } = reader
  const findings = await keptOf(reader)
  const campaigns = await Array.fromAsync(reader.campaigns())
  const dossiers = await Array.fromAsync(reader.dossiers())
  // a case of an earlier version has no tables for the charts; the report then says so
  const tables = await readReportFacts(join(folder, CASE_FILES.store)).catch(() => null)
  try {
    return renderHtml(facts, findings, { reveal, minimumCount: minCount ?? 0, campaigns, dossiers, facts: tables })
  } catch {
    throw new Failure(`${folder}: ${NOT_SCHEMA_1}`)
  }
}
