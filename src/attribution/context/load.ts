import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { LIMITS } from '../../limits.ts'
import { ContextAccount } from './account.ts'
import { isTable, readTable } from './csv.ts'
import { visitMembers } from './json-members.ts'
import { readCluster, readList } from './misp.ts'
import { PublicContext } from './public-context.ts'
import { type JsonRecord, parseRange } from './record.ts'
import { readBundle } from './stix.ts'

/** A file of context cannot be used: one sentence. */
export class ContextError extends Error {}

/** A file that was read, for the account of the case. */
export interface ContextSource {
  /** Path as given. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly format: string
  /** Statements of it that were kept. */
  readonly statements: number
}

/** All files of a run. */
export interface LoadedContext {
  readonly context: PublicContext
  readonly sources: readonly ContextSource[]
  /** What could not be used, a sentence each. */
  readonly limitations: readonly string[]
}

/** What the settings of a case say of the files. */
export function settingsOf(sources: readonly ContextSource[]): readonly Omit<ContextSource, 'format' | 'statements'>[] {
  return sources.map(({ file, bytes, sha256 }) => ({ file, bytes, sha256 }))
}

/** The files as rows of a case's references. */
export function referencesOf(
  sources: readonly ContextSource[],
): readonly { readonly name: string; readonly version: string; readonly source: string }[] {
  return sources.map(({ file, sha256, format, statements }) => ({
    name: `What others have said: ${basename(file)}`,
    version: `SHA-256 ${sha256}`,
    source: `given with --context, ${format}, ${statements} statements`,
  }))
}

const WANTED =
  'give a STIX 2.1 bundle, a MISP galaxy cluster or warning list, or comma-separated values that begin with the line type,value,said,by,reference,date'
const MIB = 1024 * 1024

/**
 * Reads files of public context, each by what it holds, whatever its name.
 * @throws ContextError for one that cannot be read, is too large, or is none of the kinds known.
 */
export async function loadContext(paths: readonly string[]): Promise<LoadedContext> {
  const context = new PublicContext()
  const sources: ContextSource[] = []
  const limitations: string[] = []
  for (const path of paths) {
    const bytes = await octetsOf(path)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (sources.some((known) => known.sha256 === sha256)) {
      limitations.push(`${basename(path)}: it was given twice, or under two names, and is read once.`)
      continue
    }
    const account = new ContextAccount(basename(path))
    const before = context.size
    const format = readInto(bytes, path, account, context)
    const statements = context.size - before
    sources.push({ file: path, bytes: bytes.length, sha256, format, statements })
    limitations.push(...account.sentences())
    if (statements === 0) limitations.push(`${account.file}: nothing in it speaks of an address, host or network.`)
  }
  if (context.dropped > 0)
    limitations.push(
      `Of ${context.dropped} statements in the files of --context nothing is kept: there are more than ${LIMITS.contextStatements}, or their texts are too long.`,
    )
  return { context, sources, limitations }
}

async function octetsOf(path: string): Promise<Uint8Array> {
  try {
    const stats = await stat(path)
    if (stats.isDirectory()) throw new ContextError(`${path} is a folder; name its files, each with --context.`)
    if (!stats.isFile()) throw new ContextError(`${path} is not a regular file; name a file.`)
    if (stats.size > LIMITS.contextBytes)
      throw new ContextError(`${path} is larger than ${LIMITS.contextBytes / MIB} MiB; split it.`)
    return await readFile(path)
  } catch (error) {
    if (error instanceof ContextError) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error'
    const why =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EACCES'
          ? 'permission is missing'
          : `the system reports ${code}`
    throw new ContextError(`${path} cannot be read: ${why}; check the name after --context.`)
  }
}

/** @returns what the file is. */
function readInto(bytes: Uint8Array, path: string, account: ContextAccount, context: PublicContext): string {
  if (!isObject(bytes)) {
    if (!isTable(bytes)) throw new ContextError(`${path} is not known: ${WANTED}.`)
    readTable(bytes, account, context)
    return 'CSV'
  }
  const lists = new Set<string>()
  const head: Record<string, unknown> = {}
  const fault = visitMembers(bytes, (key, position, start, end) => {
    if (position > 0) lists.add(key)
    if (key === 'authors' && position > 0 && position < 6)
      head.authors = [...((head.authors as unknown[] | undefined) ?? []), parseRange(bytes, start, end)]
    if (position === 0 && HEAD.has(key)) head[key] = parseRange(bytes, start, end)
  })
  if (fault !== null)
    throw new ContextError(`${path} is not valid JSON from octet ${fault} on; it may be cut, get it again.`)
  return readJson(bytes, head, lists, path, account, context)
}

const HEAD: ReadonlySet<string> = new Set(['type', 'name', 'description', 'source', 'version'])

function readJson(
  bytes: Uint8Array,
  head: JsonRecord,
  lists: ReadonlySet<string>,
  path: string,
  account: ContextAccount,
  context: PublicContext,
): string {
  if (head.type === 'bundle') {
    readBundle(bytes, account, context)
    return 'STIX'
  }
  if (lists.has('values')) {
    readCluster(bytes, head, account, context)
    return 'MISP cluster'
  }
  if (lists.has('list')) {
    readList(bytes, head, account, context)
    return 'MISP warning list'
  }
  throw new ContextError(`${path} is not known: ${WANTED}.`)
}

/** Whether the first visible octet opens a JSON object. */
function isObject(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let at = start; at < bytes.length; at++) {
    const octet = bytes[at] ?? 0
    if (octet > 0x20) return octet === 0x7b
  }
  return false
}
