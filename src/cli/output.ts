import { once } from 'node:events'
import { visibleText } from '../report/visible-text.ts'

/** Writes to standard output, waiting while the reader is slow. @returns false when nobody reads it any more. */
export async function writeAll(text: string): Promise<boolean> {
  const { stdout } = process
  if (stdout.destroyed) return false
  if (text === '' || stdout.write(text)) return true
  // an error is the reader gone: main tells any other one
  const waiting = new AbortController()
  const { signal } = waiting
  await Promise.race([once(stdout, 'drain', { signal }), once(stdout, 'close', { signal })]).catch(() => undefined)
  // takes the listener that was not called away again
  waiting.abort()
  return !stdout.destroyed
}

/** A sentence for the person at the terminal, on standard error: one line, whatever names it quotes. */
export function note(sentence: string): void {
  process.stderr.write(`telltale: ${visibleText(sentence)}\n`)
}

/** Whether standard output shows colour: a terminal, and NO_COLOR not set (https://no-color.org). */
export function takesColour(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR
}

export function terminalWidth(): number {
  return process.stdout.columns ?? 100
}
