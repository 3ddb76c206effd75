import { readFile, stat } from 'node:fs/promises'
import { NetworkFileError, type Place, ProblemList } from './problem.ts'

/** Octets at the beginning of an XML file that hold its declaration. */
const DECLARATION_BYTES = 200

/**
 * The text of a file.
 * @param place where the file was named, for the message when it cannot be read.
 * @param shown how messages name the file.
 * @param isXml whether it may name its encoding at its beginning (W3C XML 1.0 §4.3.3); else it must be UTF-8.
 * @throws NetworkFileError for what is not a regular file, is too large, cannot be read, or is not text.
 */
export async function readText(
  path: string,
  place: Place,
  limitBytes: number,
  shown: string = path,
  isXml = false,
): Promise<string> {
  let bytes: Uint8Array
  try {
    const stats = await stat(path)
    if (!stats.isFile()) throw refuse(place, `${shown} is not a regular file; name a file.`)
    if (stats.size > limitBytes) {
      throw refuse(
        place,
        `${shown} is larger than ${limitBytes / 1024 / 1024} MiB; keep it below that size, with many partners in a partner list of their own.`,
      )
    }
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof NetworkFileError) throw error
    throw refuse(place, `${shown} cannot be read: ${reasonOf(error)}`)
  }
  try {
    return new TextDecoder(isXml ? encodingOf(bytes) : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    const what = isXml ? 'not text in the encoding that it names' : 'not UTF-8 text'
    throw refuse(place, `${shown} is ${what}; save it as UTF-8.`)
  }
}

/** An error of one problem. */
export function refuse(place: Place, message: string): NetworkFileError {
  const problems = new ProblemList()
  problems.add(place, message)
  return new NetworkFileError(problems)
}

/** What a failed system call means for the user, and what to do. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'there is no such file; check its name and folder.'
  if (code === 'EACCES') return 'permission is missing; allow reading it.'
  return `the system reports ${code ?? 'an error'}; check the file.`
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const declaration = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1')
  return /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8'
}
