import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from './failure.ts'

/** Names under which Chromium and its kin are installed. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'] as const
/** A report of the largest kind is printed in some 10 s. */
const MOST_MS = 120_000
/** What of its words is kept for an error. */
const MOST_WORDS = 8_192

/**
 * The pages of an HTML document as a PDF, printed by a headless Chromium of this machine that has no network. The same
 * document and browser give the same octets: the time of printing is replaced by `time` (ISO 8601, UTC).
 * Throws Failure when no browser is there, or it fails or takes too long.
 */
export async function printPdf(html: string, time: string | null): Promise<Uint8Array> {
  const browser = await findChromium()
  if (browser === null) {
    throw new Failure(
      `--format pdf needs Chromium, and none was found (${NAMES.join(', ')}); install it, or name its path in TELLTALE_CHROMIUM.`,
    )
  }
  const scratch = await mkdtemp(join(tmpdir(), 'telltale-pdf-'))
  try {
    const page = join(scratch, 'report.html')
    const pdf = join(scratch, 'report.pdf')
    await writeFile(page, html)
    await run(browser, [...flags(join(scratch, 'profile')), `--print-to-pdf=${pdf}`, pathToFileURL(page).href])
    const octets = await readFile(pdf).catch(() => null)
    if (octets === null) throw new Failure(`${browser} printed no PDF.`)
    return withTime(octets, time)
  } finally {
    // the browser may still be leaving
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

/** The browser to print with: the one that TELLTALE_CHROMIUM names, else the first on the PATH; null for none. */
export async function findChromium(): Promise<string | null> {
  const named = process.env.TELLTALE_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const paths = named ? [named] : NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const path of paths) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return null
}

function flags(profile: string): string[] {
  return [
    '--headless',
    // its sandbox cannot be set up by root
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-sync',
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pdf-header-footer',
    // headings as bookmarks: the contents of a page have no place on paper
    '--generate-pdf-document-outline',
    `--user-data-dir=${profile}`,
  ]
}

async function run(browser: string, args: readonly string[]): Promise<void> {
  // a group of its own, so that its helpers end with it
  const child = spawn(browser, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' })
  let words = ''
  child.stderr.on('data', (part: Buffer) => {
    if (words.length < MOST_WORDS) words += part.toString()
  })
  const end = (): void => {
    try {
      if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
    } catch {
      // it has gone already
    }
  }
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    end()
  }, MOST_MS)
  process.once('exit', end)
  const status = await new Promise<number | null | Error>((resolve) => {
    child.on('error', resolve)
    child.on('exit', resolve)
  })
  clearTimeout(timer)
  process.off('exit', end)
  if (isLate) throw new Failure(`${browser} did not print the report within ${MOST_MS / 1_000} s.`)
  if (status instanceof Error) throw new Failure(`${browser} cannot be started: ${status.message}.`)
  if (status !== 0) {
    const [line = 'it says nothing'] = words.split('\n').filter((text) => text !== '')
    throw new Failure(`${browser} could not print the report (status ${status}): ${line}`)
  }
}

/** Puts `time` in place of the dates of the document, digit for digit, so that no offset of the file changes. */
function withTime(octets: Buffer, time: string | null): Uint8Array {
  const digits = (time ?? '1970-01-01T00:00:00').replace(/\D/g, '').slice(0, 14)
  const text = octets.toString('latin1')
  const dated = text.replace(
    /(\/(?:CreationDate|ModDate) \(D:)\d{14}([+-]\d\d'\d\d'|Z)/g,
    (_, before: string, zone: string) => before + digits + zone.replace(/[\d+-]/g, (c) => (/\d/.test(c) ? '0' : '+')),
  )
  return Buffer.from(dated, 'latin1')
}
