import { createWriteStream, type Dirent, type WriteStream } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Dossier } from '../attribution/dossier.ts'
import type { Campaign } from '../campaign/campaign.ts'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { addStep, CHAIN_FILE, type FileHash, hashFiles } from './chain.ts'

/** Files of a case; nothing else may stand in its folder but its exports. */
export const CASE_FILES = {
  case: 'case.json',
  findings: 'findings.ndjson',
  campaigns: 'campaigns.ndjson',
  dossiers: 'dossiers.ndjson',
  store: 'telltale.duckdb',
  report: 'report.html',
  chain: CHAIN_FILE,
} as const

/** Folder of a case that `telltale report --format …` writes into. */
export const EXPORTS_FOLDER = 'exports'

/** What may stand in it: files with their manifests, and the folders of some formats with theirs. */
const EXPORT_FILE =
  /^(?:(?:report\.pdf|(?:stix|misp|navigator)\.json|ecs\.ndjson|cef\.log)(?:\.manifest\.json)?|(?:csv|parquet|blocklist)(?:\/[a-z-]+\.(?:csv|parquet|ndjson|json))?)$/
const COMPLAINT_FILE = /^complaint(?:\/[a-z0-9-]+(?:\/(?:letter\.md|README\.md|observations\.csv|manifest\.json))?)?$/

const OWN_FILES: ReadonlySet<string> = new Set([...Object.values(CASE_FILES), `${CASE_FILES.store}.wal`])

/** Where the database keeps what does not fit in memory; it stays behind when a run is killed. */
const SPILL_FOLDER = `${CASE_FILES.store}.tmp`
const SPILL_FILE = /^duckdb_temp_[\w-]+\.(?:tmp|block)$/

/** Folders that may stand in a case, and what in them. */
const OWN_FOLDERS: ReadonlyMap<string, readonly RegExp[]> = new Map([
  [EXPORTS_FOLDER, [EXPORT_FILE, COMPLAINT_FILE]],
  [SPILL_FOLDER, [SPILL_FILE]],
])

/** Why a folder cannot become a case: one sentence. */
export class CaseFolderError extends Error {}

/** The folder that a run writes its case into. */
export class CaseFolder {
  readonly path: string
  /** An earlier case stood here, and was replaced. */
  readonly replaced: boolean
  private readonly findings: WriteStream

  private constructor(path: string, replaced: boolean) {
    this.path = path
    this.replaced = replaced
    this.findings = createWriteStream(this.file('findings'))
    // told when the findings are closed
    this.findings.on('error', () => undefined)
  }

  /**
   * Makes the folder, or empties one that holds an earlier case, or what is left of one.
   * Throws CaseFolderError when it holds anything else, or cannot be written.
   */
  static async prepare(path: string): Promise<CaseFolder> {
    // DuckDB would put its log where it takes the address to end
    if (resolve(path).includes('?')) {
      throw new CaseFolderError(`${path}: the output folder cannot stand below a “?”; name another one with --out.`)
    }
    let names: string[]
    let stranger: string | undefined
    try {
      await mkdir(path, { recursive: true })
      const entries = await readdir(path, { withFileTypes: true })
      names = entries.map(({ name }) => name)
      stranger = entries.find(
        (entry) => !isOwnFolder(entry) && (entry.isDirectory() || !OWN_FILES.has(entry.name)),
      )?.name
      for (const { name } of entries.filter(isOwnFolder)) stranger ??= await strangerIn(path, name)
    } catch (error) {
      throw new CaseFolderError(
        `${path}: the output folder cannot be made: ${reasonOf(error)}; name another one with --out.`,
      )
    }
    // every run begins with this file, so a report.html without it is somebody else's
    if (!names.includes(CASE_FILES.campaigns)) stranger ??= names[0]
    if (stranger !== undefined) {
      throw new CaseFolderError(
        `${path}: the output folder holds something else (${JSON.stringify(stranger)}); name another one with --out.`,
      )
    }
    try {
      for (const name of names)
        if (name !== CASE_FILES.campaigns) await rm(join(path, name), { recursive: OWN_FOLDERS.has(name) })
      await rm(join(path, CASE_FILES.campaigns), { force: true })
      await writeFile(join(path, CASE_FILES.campaigns), '')
    } catch (error) {
      throw new CaseFolderError(
        `${path}: the output folder cannot be written: ${reasonOf(error)}; name another one with --out.`,
      )
    }
    return new CaseFolder(path, names.length > 0)
  }

  /** Path of one of the case's files. */
  file(name: keyof typeof CASE_FILES): string {
    return join(this.path, CASE_FILES[name])
  }

  /** Adds a finding to findings.ndjson. */
  addFinding(finding: Finding): void {
    this.findings.write(`${JSON.stringify(finding)}\n`)
  }

  /** Waits until findings are on disk. */
  async closeFindings(): Promise<void> {
    this.findings.end()
    try {
      await finished(this.findings)
    } catch (error) {
      throw new CaseFolderError(`${this.file('findings')}: cannot be written: ${reasonOf(error)}.`)
    }
  }

  /** Writes campaigns.ndjson and dossiers.ndjson. */
  async writeCampaigns(campaigns: readonly Campaign[], dossiers: Iterable<Dossier>): Promise<void> {
    await this.write('campaigns', linesOf(campaigns))
    await this.write('dossiers', linesOf(Array.from(dossiers, (dossier) => ({ schema: 1, ...dossier }))))
  }

  async writeCase(facts: Case): Promise<void> {
    await this.write('case', `${JSON.stringify(facts, null, 2)}\n`)
  }

  async writeReport(html: string): Promise<void> {
    await this.write('report', html)
  }

  /** Hashes of what stands in the folder beside case.json, for its manifest. */
  async manifest(): Promise<readonly FileHash[]> {
    return hashFiles(this.path, [CASE_FILES.findings, CASE_FILES.campaigns, CASE_FILES.dossiers, CASE_FILES.store])
  }

  /** Begins the case's history: what was run on what, and every file. */
  async writeChain(what: Readonly<Record<string, unknown>>): Promise<void> {
    const files = Object.values(CASE_FILES).filter((file) => file !== CHAIN_FILE)
    await addStep(this.path, 'analyze', what, files)
  }

  private async write(name: keyof typeof CASE_FILES, text: string): Promise<void> {
    try {
      await writeFile(this.file(name), text)
    } catch (error) {
      throw new CaseFolderError(`${this.file(name)}: cannot be written: ${reasonOf(error)}.`)
    }
  }
}

/**
 * Notes in case.json that identities were shown in full by one of its reports, `facts.settings` saying so.
 * @returns the files written.
 */
export async function markRevealed(folder: string, facts: Case): Promise<readonly string[]> {
  const path = join(folder, CASE_FILES.case)
  try {
    await writeFile(path, `${JSON.stringify(facts, null, 2)}\n`)
  } catch (error) {
    throw new CaseFolderError(`${path}: cannot be written: ${reasonOf(error)}.`)
  }
  return [CASE_FILES.case]
}

function isOwnFolder(entry: Dirent): boolean {
  return entry.isDirectory() && OWN_FOLDERS.has(entry.name)
}

/** What stands in a folder of a case that no run and no export writes. */
async function strangerIn(path: string, name: string): Promise<string | undefined> {
  const folder = join(path, name)
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    const inside = relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')
    const isKnown = OWN_FOLDERS.get(name)?.some((known) => known.test(inside)) ?? false
    // what has a dot in its name is a file, all else a folder
    const isOwn = isKnown && (entry.isFile() ? inside.includes('.') : entry.isDirectory() && !inside.includes('.'))
    if (!isOwn) return `${name}/${inside}`
  }
  return undefined
}

function linesOf(items: Iterable<object>): string {
  return Array.from(items, (item) => `${JSON.stringify(item)}\n`).join('')
}

/** What an error of the file system means, in words that fit into a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EEXIST: 'a file of that name exists',
    EISDIR: 'it is a folder',
    ENOENT: 'there is no such folder',
    ENOTDIR: 'part of its path is a file',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  }
  return words[code] ?? (error instanceof Error ? error.message : String(error))
}
