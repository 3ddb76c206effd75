import type { BigIntStats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { systemError, type Unread } from './capture-error.ts'

/** One thing to open: a file, standard input, or a pipe, which like standard input can be read only once. */
export interface Input {
  readonly kind: 'file' | 'stdin' | 'pipe'
  /** As the user gave it; for a file found in a folder the folder's path and its own. */
  readonly path: string
  /** File name, or `stdin`; where several are called the same, with as many folders as tell them apart: `tap-a/x.pcap`. */
  readonly name: string
  /** Octets of a file; null for the others. */
  readonly sizeBytes: number | null
  /** The folder the user named, when the file was found in one. */
  readonly folder: string | null
}

/** What the names given by the user stand for. */
export interface Expansion {
  inputs: Input[]
  readonly failures: Unread[]
  readonly skipped: Unread[]
  /** Folders the user named, and whether something is known to be read from them. */
  readonly folders: Map<string, boolean>
}

/**
 * Expands the names the user gave: `-` is standard input; a folder stands for all files below it, sorted by name.
 * The same file or folder met twice, under whatever name, counts once; links that lead in a circle thus end.
 */
export async function expandInputs(paths: readonly string[]): Promise<Expansion> {
  const expansion: Expansion = { inputs: [], failures: [], skipped: [], folders: new Map() }
  const seen = new Map<string, string>()
  for (const path of paths) {
    if (path !== '-') await expandPath(expansion, seen, path, null)
    else if (isNew(expansion, seen, path, path)) {
      expansion.inputs.push({ kind: 'stdin', path, name: 'stdin', sizeBytes: null, folder: null })
    }
  }
  expansion.inputs = tellApart(expansion.inputs)
  return expansion
}

/** Findings cite captures by name, so that no two may share one. */
function tellApart(inputs: readonly Input[]): Input[] {
  const segments = inputs.map(({ kind, path, name }) => (kind === 'stdin' ? [name] : resolve(path).split(/[\\/]/)))
  const depths = inputs.map(() => 1)
  const nameAt = (i: number): string => segments[i]?.slice(-(depths[i] ?? 1)).join('/') ?? ''
  for (;;) {
    const names = inputs.map((_, i) => nameAt(i))
    const counts = new Map<string, number>()
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
    const shared = depths.flatMap((depth, i) =>
      (counts.get(names[i] ?? '') ?? 0) > 1 && depth < (segments[i]?.length ?? 0) ? [i] : [],
    )
    if (shared.length === 0) return inputs.map((input, i) => ({ ...input, name: names[i] ?? input.name }))
    for (const i of shared) depths[i] = (depths[i] ?? 1) + 1
  }
}

async function expandPath(
  expansion: Expansion,
  seen: Map<string, string>,
  path: string,
  folder: string | null,
): Promise<void> {
  let stats: BigIntStats
  let entries: string[] = []
  try {
    // Device and inode tell a file from another, however many names lead to it.
    stats = await stat(path, { bigint: true })
    if (stats.isDirectory()) entries = await readdir(path)
  } catch (error) {
    expansion.failures.push({ path, message: systemError(path, error).message })
    return
  }
  if (!isNew(expansion, seen, path, `${stats.dev}:${stats.ino}`)) {
    if (folder !== null) expansion.folders.set(folder, true)
    return
  }
  if (stats.isDirectory()) {
    if (folder === null) expansion.folders.set(path, false)
    for (const entry of entries.sort()) await expandPath(expansion, seen, join(path, entry), folder ?? path)
  } else if (stats.isFile()) {
    expansion.inputs.push({ kind: 'file', path, name: basename(path), sizeBytes: Number(stats.size), folder })
  } else if (folder === null) {
    expansion.inputs.push({ kind: 'pipe', path, name: basename(path), sizeBytes: null, folder })
  } else {
    // Opening a pipe that nobody asked for could wait for ever.
    expansion.skipped.push({ path, message: `${path}: not a regular file; name it directly to read it.` })
  }
}

function isNew(expansion: Expansion, seen: Map<string, string>, path: string, identity: string): boolean {
  const first = seen.get(identity)
  if (first === undefined) {
    seen.set(identity, path)
    return true
  }
  expansion.skipped.push({ path, message: `${path}: the same as ${first}, which is read already.` })
  return false
}
