import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type CaseReader, CaseReaderError } from '../report/case-reader.ts'
import { COMPLAINT_MIN_COUNT } from '../report/exports/complaint.ts'
import type { ExportOptions } from '../report/exports/options.ts'
import { EXPORTS_FOLDER, reasonOf } from '../store/case-folder.ts'
import type { CaseTables } from '../store/case-tables.ts'
import type { FileHash } from '../store/chain.ts'
import { type ManifestFacts, writeManifests } from '../store/export-manifest.ts'
import type { TableFormat } from '../store/table-export.ts'
import { Failure } from './failure.ts'
import { note } from './output.ts'

/** What a user asks of an export. */
export interface ExportRequest {
  readonly reveal: boolean
  /** Null: the default of the format. */
  readonly minCount: number | null
  readonly tlp: string | null
  readonly organization: string | null
  /** The report as HTML, for the PDF. */
  readonly html: () => Promise<string>
}

/** Octets gathered before they are written. */
const CHUNK_CHARACTERS = 65_536

interface Format {
  /** Whether it can name subscribers at all. */
  readonly reveals: boolean
  /** Writes files below the folder of the exports. @returns their paths, relative to it. */
  readonly write: (out: Output, reader: CaseReader, request: ExportRequest) => Promise<void>
}

const FORMATS = {
  pdf: { reveals: true, write: writePdf },
  stix: { reveals: false, write: writeStix },
  misp: { reveals: false, write: writeMisp },
  csv: { reveals: true, write: (out, reader, request) => writeTables(out, reader, request, 'csv') },
  parquet: { reveals: true, write: (out, reader, request) => writeTables(out, reader, request, 'parquet') },
  ecs: { reveals: true, write: writeEcs },
  cef: { reveals: true, write: writeCef },
  navigator: { reveals: false, write: writeNavigator },
  blocklist: { reveals: false, write: writeBlocklist },
  complaint: { reveals: false, write: writeComplaints },
} as const satisfies Readonly<Record<string, Format>>

export type ExportFormat = keyof typeof FORMATS

/** Formats that are written into the exports of a case. */
export const EXPORT_FORMATS = Object.keys(FORMATS) as readonly ExportFormat[]

/** Whether a format can show identities: the others never hold any. */
export function canReveal(format: ExportFormat): boolean {
  return FORMATS[format].reveals
}

/**
 * Writes an export and its manifests into the case folder.
 * @returns the files with their hashes, relative to the case folder: in the order of writing, then the manifests.
 */
export async function exportCase(
  format: ExportFormat,
  reader: CaseReader,
  request: ExportRequest,
  version: string,
): Promise<readonly FileHash[]> {
  const out = new Output(join(reader.folder, EXPORTS_FOLDER))
  const { html: _, ...options } = request
  const about = { export: format, version, options, facts: reader.facts, forOthers: format === 'complaint' }
  try {
    await FORMATS[format].write(out, reader, request)
    await out.close()
    const files = await out.finish(about)
    return files.map((hash) => ({ ...hash, file: `${EXPORTS_FOLDER}/${hash.file}` }))
  } catch (error) {
    // a case is a file that anybody may have altered: what does not fit its schema shows here
    if (error instanceof TypeError || error instanceof RangeError) {
      throw new CaseReaderError(`${reader.folder}: not of schema 1: it was altered, or another version wrote it.`)
    }
    throw error
  } finally {
    await out.close()
  }
}

/** Files of an export, written a piece at a time; one is open at once. */
class Output {
  private readonly files: string[] = []
  private readonly folder: string
  private path = ''
  private handle: FileHandle | null = null
  private held = ''

  constructor(folder: string) {
    this.folder = folder
  }

  /** Adds text to a file; the first text of a file replaces what stood there. */
  async add(path: string, text: string): Promise<void> {
    if (path !== this.path) {
      await this.close()
      const isNew = !this.files.includes(path)
      const full = await this.place(path)
      await this.told(path, async () => {
        this.handle = await open(full, isNew ? 'w' : 'a')
      })
      this.path = path
    }
    this.held += text
    if (this.held.length >= CHUNK_CHARACTERS) await this.flush()
  }

  async addAll(path: string, texts: AsyncIterable<string>): Promise<void> {
    await this.add(path, '')
    for await (const text of texts) await this.add(path, text)
  }

  /** A whole file at once. */
  async put(path: string, octets: Uint8Array): Promise<void> {
    const full = await this.place(path)
    await this.told(path, () => writeFile(full, octets))
  }

  /** The full path of a file, its folder made, for somebody else to write. */
  async place(path: string): Promise<string> {
    const full = join(this.folder, path)
    await this.told(path, () => mkdir(dirname(full), { recursive: true }))
    if (!this.files.includes(path)) this.files.push(path)
    return full
  }

  async close(): Promise<void> {
    await this.flush()
    await this.handle?.close()
    this.handle = null
    this.path = ''
  }

  /** Writes the manifests, when all files are closed. */
  async finish(about: ManifestFacts): Promise<FileHash[]> {
    let hashes: FileHash[] = []
    await this.told('', async () => {
      hashes = await writeManifests(this.folder, this.files, about)
    })
    return hashes
  }

  private async flush(): Promise<void> {
    const { held, handle } = this
    this.held = ''
    if (held !== '' && handle !== null) await this.told(this.path, () => handle.writeFile(held))
  }

  private async told(path: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      throw new Failure(`${join(this.folder, path)}: cannot be written: ${reasonOf(error)}.`)
    }
  }
}

function optionsOf({ reveal, minCount }: ExportRequest, least = 0): ExportOptions {
  return { reveal, minCount: minCount ?? least }
}

async function writePdf(out: Output, { facts }: CaseReader, { html }: ExportRequest): Promise<void> {
  const { printPdf } = await import('./print-pdf.ts')
  await out.put('report.pdf', await printPdf(await html(), facts.lastSeen))
}

async function writeTables(
  out: Output,
  { folder }: CaseReader,
  request: ExportRequest,
  format: TableFormat,
): Promise<void> {
  const { EXPORT_TABLES, exportTable, prepareTables } = await import('../store/table-export.ts')
  const options = optionsOf(request)
  await withTables(folder, async (tables) => {
    await prepareTables(tables, options)
    for (const table of EXPORT_TABLES) {
      await exportTable(tables, table, format, await out.place(`${format}/${table}.${format}`), options)
    }
  })
}

async function writeEcs(out: Output, reader: CaseReader, request: ExportRequest): Promise<void> {
  const { renderEcs } = await import('../report/exports/ecs.ts')
  await out.addAll('ecs.ndjson', renderEcs(reader, optionsOf(request)))
}

async function writeCef(out: Output, reader: CaseReader, request: ExportRequest): Promise<void> {
  const { renderCef } = await import('../report/exports/cef.ts')
  await out.addAll('cef.log', renderCef(reader, optionsOf(request)))
}

async function writeBlocklist(out: Output, { folder }: CaseReader, request: ExportRequest): Promise<void> {
  const { renderBlocklistCsv, renderBlocklistJson } = await import('../report/exports/blocklist.ts')
  const { sourceTraffic } = await import('../store/source-traffic.ts')
  const options = optionsOf(request)
  await withTables(folder, async (tables) => {
    await out.addAll('blocklist/blocklist.csv', renderBlocklistCsv(sourceTraffic(tables), options))
    await out.addAll('blocklist/blocklist.ndjson', renderBlocklistJson(sourceTraffic(tables), options))
  })
}

async function writeComplaints(out: Output, reader: CaseReader, request: ExportRequest): Promise<void> {
  const { renderComplaints } = await import('../report/exports/complaint.ts')
  const { complaintGroups, observations } = await import('../store/source-traffic.ts')
  const options = optionsOf(request, COMPLAINT_MIN_COUNT)
  await withTables(reader.folder, async (tables) => {
    const groups = await Array.fromAsync(complaintGroups(tables))
    if (groups.length === 0) note('No finding names a source outside the home network: there is nobody to write to.')
    for await (const { path, text } of renderComplaints(groups, observations(tables), reader.facts, options)) {
      await out.add(`complaint/${path}`, text)
    }
  })
}

async function writeStix(out: Output, reader: CaseReader, request: ExportRequest): Promise<void> {
  const { renderStix } = await import('../report/exports/stix.ts')
  await out.addAll('stix.json', renderStix(reader, await intelligenceOf(request)))
}

async function writeMisp(out: Output, reader: CaseReader, request: ExportRequest): Promise<void> {
  const { renderMisp } = await import('../report/exports/misp.ts')
  await out.addAll('misp.json', renderMisp(reader, await intelligenceOf(request)))
}

async function writeNavigator(out: Output, reader: CaseReader): Promise<void> {
  const { renderNavigator } = await import('../report/exports/navigator.ts')
  await out.addAll('navigator.json', renderNavigator(reader))
}

async function intelligenceOf({ tlp, organization, minCount }: ExportRequest) {
  const { parseTlp, TLP_LEVELS } = await import('../report/exports/stix-marking.ts')
  const level = tlp === null ? null : parseTlp(tlp)
  if (tlp !== null && level === null) {
    throw new Failure(`--tlp takes one of ${TLP_LEVELS.join(', ')}, not ${JSON.stringify(tlp)}.`, 2)
  }
  return { organization, minCount: minCount ?? 0, ...(level === null ? {} : { tlp: level }) }
}

async function withTables(folder: string, act: (tables: CaseTables) => Promise<void>): Promise<void> {
  const { CaseTables } = await import('../store/case-tables.ts')
  const tables = await CaseTables.open(folder)
  try {
    await act(tables)
  } finally {
    await tables.close()
  }
}
