import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Case } from '../finding/case.ts'
import type { Finding } from '../finding/finding.ts'
import { addStep, CHAIN_FILE, type FileHash, hashFiles } from './chain.ts'

/** Files of a case; nothing else may stand in its folder. */
export const CASE_FILES = {
  case: 'case.json',
  findings: 'findings.ndjson',
  campaigns: 'campaigns.ndjson',
  store: 'telltale.duckdb',
  report: 'report.html',
  chain: CHAIN_FILE,
} as const

const OWN_FILES: ReadonlySet<string> = new Set([...Object.values(CASE_FILES), `${CASE_FILES.store}.wal`])

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
      stranger = entries.find((entry) => entry.isDirectory() || !OWN_FILES.has(entry.name))?.name
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
      for (const name of names) if (name !== CASE_FILES.campaigns) await rm(join(path, name))
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

  async writeCase(facts: Case): Promise<void> {
    await this.write('case', `${JSON.stringify(facts, null, 2)}\n`)
  }

  async writeReport(html: string): Promise<void> {
    await this.write('report', html)
  }

  /** Hashes of what stands in the folder beside case.json, for its manifest. */
  async manifest(): Promise<readonly FileHash[]> {
    return hashFiles(this.path, [CASE_FILES.findings, CASE_FILES.campaigns, CASE_FILES.store])
  }

  /** Begins the case's history: what was run on what, and every file. */
  async writeChain(what: Readonly<Record<string, unknown>>): Promise<void> {
    const files = [CASE_FILES.case, CASE_FILES.findings, CASE_FILES.campaigns, CASE_FILES.store, CASE_FILES.report]
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

/** What an error of the file system means, in words that fit into a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EEXIST: 'a file of that name exists',
    ENOENT: 'there is no such folder',
    ENOTDIR: 'part of its path is a file',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  }
  return words[code] ?? (error instanceof Error ? error.message : String(error))
}
