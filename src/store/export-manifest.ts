import type { Dirent } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { Case } from '../finding/case.ts'
import { caseId } from '../finding/case-id.ts'
import { LIMITS } from '../limits.ts'
import { EXPORTS_FOLDER } from './case-folder.ts'
import { type Alteration, differenceOf, type FileHash, hashFile } from './chain.ts'

/** What an export is, from which case, and what its files held when they were written. */
export interface ExportManifest {
  readonly schema: 1
  /** Format of the export, or `evidence`. */
  readonly export: string
  readonly program: { readonly name: 'telltale'; readonly version: string }
  /** What decided the outcome: options of the export. */
  readonly options: Readonly<Record<string, unknown>>
  readonly case: {
    readonly id: string
    /** Captures as case.json lists them; no names in what goes to others than the user. */
    readonly inputs: readonly { readonly name: string | null; readonly bytes: number; readonly sha256: string | null }[]
    /** Files of the case that the export was made from. */
    readonly files: readonly FileHash[]
  }
  /** Names relative to the folder of the manifest. */
  readonly files: readonly FileHash[]
}

export interface ManifestFacts {
  readonly export: string
  readonly version: string
  readonly options: Readonly<Record<string, unknown>>
  readonly facts: Case
  /** True: without the names that the user's files have. */
  readonly forOthers: boolean
}

/** Of a folder of files that belong together. */
const FOLDER_MANIFEST = 'manifest.json'
/** Of a file that stands alone: behind its whole name. */
export const SIDECAR = '.manifest.json'

/**
 * Writes the manifests of an export: `manifest.json` into each folder below `folder` that has files of it, and
 * `NAME.manifest.json` beside each file that stands in `folder` itself.
 * @param files paths relative to `folder`, with slashes.
 * @returns the files and their manifests, with hashes, relative to `folder`.
 */
export async function writeManifests(
  folder: string,
  files: readonly string[],
  facts: ManifestFacts,
): Promise<FileHash[]> {
  const hashes: FileHash[] = []
  for (const file of files) hashes.push({ file, ...(await hashFile(join(folder, file))) })
  const manifests = new Map<string, FileHash[]>()
  for (const hash of hashes) {
    const below = posix.dirname(hash.file)
    const path = below === '.' ? `${hash.file}${SIDECAR}` : `${below}/${FOLDER_MANIFEST}`
    const listed = manifests.get(path) ?? []
    manifests.set(path, listed)
    listed.push({ ...hash, file: posix.basename(hash.file) })
  }
  for (const [path, listed] of manifests) {
    await writeFile(join(folder, path), `${JSON.stringify(manifestOf(facts, listed), null, 2)}\n`)
    hashes.push({ file: path, ...(await hashFile(join(folder, path))) })
  }
  return hashes
}

/** Manifests of a folder: its own, those of files in it, and, of a case, all among its exports. */
export async function manifestsIn(folder: string): Promise<string[]> {
  if ((await stat(folder).catch(() => null))?.isFile() === true) return isManifest(folder) ? [folder] : []
  const own = await filesOf(folder, false)
  const exports = await filesOf(join(folder, EXPORTS_FOLDER), true)
  return [...own, ...exports].filter(isManifest).sort()
}

/** Holds the files that a manifest lists against it. Names in what is wrong are full paths. */
export async function verifyManifest(path: string): Promise<Alteration[]> {
  const files = await readManifest(path)
  if (files === null) return [{ file: path, what: 'is no manifest of an export' }]
  const alterations: Alteration[] = []
  for (const expected of files) {
    const file = join(dirname(path), expected.file)
    const what = await differenceOf(file, expected)
    if (what !== null) alterations.push({ file, what })
  }
  return alterations
}

function manifestOf({ facts, forOthers, version, ...rest }: ManifestFacts, files: readonly FileHash[]): ExportManifest {
  return {
    schema: 1,
    export: rest.export,
    program: { name: 'telltale', version },
    options: rest.options,
    case: {
      id: caseId(facts),
      inputs: facts.inputs.map(({ name, bytes, sha256 }) => ({ name: forOthers ? null : name, bytes, sha256 })),
      files: facts.manifest,
    },
    files,
  }
}

async function filesOf(folder: string, recursive: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive }).catch((): Dirent[] => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function isManifest(path: string): boolean {
  const name = basename(path)
  return name === FOLDER_MANIFEST || name.endsWith(SIDECAR)
}

/** The files that a manifest lists; null when it is none: a manifest is a file that anybody may have altered. */
async function readManifest(path: string): Promise<readonly FileHash[] | null> {
  try {
    if ((await stat(path)).size > LIMITS.manifestBytes) return null
    const value = JSON.parse(await readFile(path, 'utf8')) as Partial<ExportManifest> | null
    if (value === null || value.schema !== 1 || !Array.isArray(value.files)) return null
    const only = basename(path) === FOLDER_MANIFEST ? null : basename(path).slice(0, -SIDECAR.length)
    return value.files.every((file) => isListed(file, only)) ? value.files : null
  } catch {
    return null
  }
}

/** A manifest lists files of its own folder, and one beside a file that file only. */
function isListed(value: unknown, only: string | null): value is FileHash {
  if (typeof value !== 'object' || value === null) return false
  const { file, bytes, sha256 } = value as FileHash
  if (typeof file !== 'string' || typeof bytes !== 'number' || typeof sha256 !== 'string') return false
  return only === null ? /^[\w-][\w.-]*$/.test(file) : file === only
}
