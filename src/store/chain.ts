import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A file and what it held when it was written. */
export interface FileHash {
  /** Path relative to the case folder. */
  readonly file: string
  readonly bytes: number
  /** SHA-256, hexadecimal. */
  readonly sha256: string
}

/** One step of a case's history: what was run on what, and which files it wrote. */
export interface ChainStep {
  readonly schema: 1
  /** `analyze`, `report`, `export`, `reveal` … */
  readonly step: string
  /** ISO 8601, UTC, by this machine's clock. */
  readonly at: string
  /** Program, inputs with their hashes, detectors, reference data, settings: whatever decided the outcome. */
  readonly what: Readonly<Record<string, unknown>>
  readonly files: readonly FileHash[]
  /** `hash` of the step before it; null for the first. */
  readonly previous: string | null
  /** SHA-256 over the line without this key. */
  readonly hash: string
}

/** The history of a case: lines are only ever added. */
export const CHAIN_FILE = 'chain.ndjson'

/** What is wrong with a case: a file and a clause, or nothing. */
export interface Alteration {
  readonly file: string
  readonly what: string
}

export interface Verification {
  readonly steps: number
  /** Hash of the last step: who noted it elsewhere can tell that the whole history is the one it was. */
  readonly head: string | null
  readonly alterations: readonly Alteration[]
}

/** SHA-256 and size of a file. */
export async function hashFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = createReadStream(path)
  stream.on('data', (chunk) => {
    bytes += chunk.length
  })
  await pipeline(stream, hash)
  return { bytes, sha256: hash.digest('hex') }
}

export async function hashFiles(folder: string, files: readonly string[]): Promise<FileHash[]> {
  const hashes: FileHash[] = []
  for (const file of files) hashes.push({ file, ...(await hashFile(join(folder, file))) })
  return hashes
}

async function hashesOf(folder: string, files: readonly (string | FileHash)[]): Promise<FileHash[]> {
  const hashes: FileHash[] = []
  for (const file of files) hashes.push(...(typeof file === 'string' ? await hashFiles(folder, [file]) : [file]))
  return hashes
}

/** Adds a step to a case's history. @param files written by it, relative to the folder; hashed here unless they are. */
export async function addStep(
  folder: string,
  step: string,
  what: Readonly<Record<string, unknown>>,
  files: readonly (string | FileHash)[],
): Promise<ChainStep> {
  const { steps } = await readChain(folder)
  const draft = {
    schema: 1 as const,
    step,
    at: new Date().toISOString(),
    what,
    files: await hashesOf(folder, files),
    previous: steps.at(-1)?.hash ?? null,
  }
  const made: ChainStep = { ...draft, hash: hashOf(draft) }
  await appendFile(join(folder, CHAIN_FILE), `${JSON.stringify(made)}\n`)
  return made
}

/** Holds a case folder against its history. Throws what the file system throws when there is no history to read. */
export async function verifyCase(folder: string): Promise<Verification> {
  const { steps, alterations } = await readChain(folder)
  const latest = new Map<string, FileHash>()
  for (const { files } of steps) for (const file of files) latest.set(file.file, file)
  for (const expected of latest.values()) {
    const what = await differenceOf(join(folder, expected.file), expected)
    if (what !== null) alterations.push({ file: expected.file, what })
  }
  return { steps: steps.length, head: steps.at(-1)?.hash ?? null, alterations }
}

/** What a file has become since it was written, as a clause; null when nothing. */
export async function differenceOf(path: string, expected: FileHash): Promise<string | null> {
  if ((await stat(path).catch(() => null))?.isFile() !== true) return 'is missing'
  const { bytes, sha256 } = await hashFile(path)
  if (sha256 === expected.sha256) return null
  const sizes = bytes === expected.bytes ? `${bytes} octets as before` : `${expected.bytes} octets then, ${bytes} now`
  return `was altered (${sizes}; SHA-256 is ${sha256}, was ${expected.sha256})`
}

/** The steps of a case as far as they hang together, and what is wrong with them. */
async function readChain(folder: string): Promise<{ steps: ChainStep[]; alterations: Alteration[] }> {
  const path = join(folder, CHAIN_FILE)
  const text = (await stat(path).catch(() => null)) === null ? '' : await readFile(path, 'utf8')
  const steps: ChainStep[] = []
  const alterations: Alteration[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const step = parseStep(line)
    const problem =
      step === null
        ? 'is no step of a case'
        : step.hash !== hashOf(step)
          ? 'was altered: it does not fit its own hash'
          : step.previous !== (steps.at(-1)?.hash ?? null)
            ? 'does not follow the step before it'
            : null
    if (problem !== null) alterations.push({ file: `${CHAIN_FILE}:${index + 1}`, what: problem })
    if (step !== null) steps.push(step)
  }
  if (text === '') alterations.push({ file: CHAIN_FILE, what: 'is missing' })
  return { steps, alterations }
}

function parseStep(line: string): ChainStep | null {
  try {
    const value: unknown = JSON.parse(line)
    const step = value as ChainStep
    const isStep = typeof value === 'object' && value !== null && step.schema === 1 && typeof step.hash === 'string'
    return isStep && Array.isArray(step.files) && step.files.every(isFileHash) ? step : null
  } catch {
    return null
  }
}

/** A name that leads out of the case folder is none of its files. */
function isFileHash(value: unknown): value is FileHash {
  const { file, bytes, sha256 } = value as FileHash
  return (
    typeof file === 'string' &&
    /^[\w.-]+(?:\/[\w.-]+)*$/.test(file) &&
    !file.includes('..') &&
    typeof bytes === 'number' &&
    typeof sha256 === 'string'
  )
}

function hashOf({ schema, step, at, what, files, previous }: Omit<ChainStep, 'hash'>): string {
  return createHash('sha256').update(JSON.stringify({ schema, step, at, what, files, previous })).digest('hex')
}
