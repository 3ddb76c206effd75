/**
 * Why an input, or all of them, could not be read at all: for each one sentence for the user: what, where, what to do.
 * Input and output may throw; the block parsers of this folder do not.
 */
export class CaptureError extends Error {
  /** `notCapture`: readable, but something else or empty; a folder may hold such files. `unreadable`: all the rest. */
  readonly kind: 'notCapture' | 'unreadable'
  /** The sentences of the message, which joins them with line feeds; a file name may hold one too. */
  readonly sentences: readonly string[]

  constructor(kind: 'notCapture' | 'unreadable', ...sentences: readonly string[]) {
    super(sentences.join('\n'))
    this.name = 'CaptureError'
    this.kind = kind
    this.sentences = sentences
  }
}

/** An input, or a file of a folder, that was not read, with one sentence that says why. */
export interface Unread {
  readonly path: string
  readonly message: string
}

const ADVICE = new Map([
  ['ENOENT', 'no such file or folder; check the spelling and the current folder'],
  ['ENOTDIR', 'no such file or folder; check the spelling and the current folder'],
  ['EACCES', 'permission denied; run the program as a user who may read it'],
  ['EPERM', 'permission denied; run the program as a user who may read it'],
  ['ELOOP', 'the symbolic link leads back to itself; name the file it was meant for'],
  ['EMFILE', 'too many files are open at once; raise the limit (ulimit -n) or name fewer captures'],
])

/** Turns an error of the operating system into a CaptureError about `path`. */
export function systemError(path: string, error: unknown): CaptureError {
  if (error instanceof CaptureError) return error
  const code = systemErrorCode(error)
  return new CaptureError('unreadable', `${path}: ${ADVICE.get(code) ?? `cannot be read (${code}); check the disk`}.`)
}

/** The symbolic code of an error (`EIO`, `Z_DATA_ERROR`), or its message where it has none. */
export function systemErrorCode(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message
  return 'unknown error'
}
