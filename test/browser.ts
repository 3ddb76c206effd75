import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** A headless Chromium for tests, spoken to through a pipe: no port, no network. Source: Chrome DevTools Protocol 1.3. */

export const CHROMIUM = '/usr/bin/chromium'
export const hasChromium = existsSync(CHROMIUM)

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe', 'about:blank',
] // biome-ignore format: one list
const REPLY_MS = 60_000

/** What a page said while it loaded: console messages and errors, and every address it asked for. */
export interface PageLog {
  readonly problems: string[]
  readonly requests: string[]
}

export interface Page {
  readonly log: PageLog
  /** Shows the page as on a screen, or as it would be printed. */
  show(width: number, height: number, media: 'screen' | 'print'): Promise<void>
  /** The value of an expression, as JSON holds it. */
  evaluate<T>(expression: string): Promise<T>
  /** A PNG of a stretch of the page, or of what is seen. */
  screenshot(clip?: { x: number; y: number; width: number; height: number }): Promise<Buffer>
  /** The page as PDF. */
  pdf(): Promise<Buffer>
}

export class Browser {
  private readonly process: ChildProcess
  private readonly profile = mkdtempSync(join(tmpdir(), 'telltale-chromium-'))
  private readonly waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  private readonly listeners = new Map<string, (method: string, params: Record<string, unknown>) => void>()
  private readonly exited: Promise<void>
  private last = 0
  private rest = ''

  constructor() {
    this.process = spawn(CHROMIUM, [...FLAGS.slice(0, -1), `--user-data-dir=${this.profile}`, ...FLAGS.slice(-1)], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    })
    this.exited = new Promise((resolve) => this.process.on('exit', () => resolve()))
    const output = this.process.stdio[4] as Readable
    output.setEncoding('utf8').on('data', (text: string) => this.receive(text))
  }

  /** Opens the document at `url` and waits until it is loaded. */
  async open(url: string): Promise<Page> {
    const { targetId } = (await this.send('Target.createTarget', { url: 'about:blank' })) as { targetId: string }
    const { sessionId } = (await this.send('Target.attachToTarget', { targetId, flatten: true })) as {
      sessionId: string
    }
    const send = (method: string, params: object = {}) => this.send(method, params, sessionId)
    const log: PageLog = { problems: [], requests: [] }
    const loaded = new Promise<void>((resolve) => {
      this.listeners.set(sessionId, (method, params) => {
        if (method === 'Page.loadEventFired') resolve()
        if (
          method === 'Runtime.exceptionThrown' ||
          method === 'Runtime.consoleAPICalled' ||
          method === 'Log.entryAdded'
        )
          log.problems.push(JSON.stringify(params))
        if (method === 'Network.requestWillBeSent')
          log.requests.push((params as { request: { url: string } }).request.url)
      })
    })
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`)
    await send('Page.navigate', { url })
    await loaded
    return {
      log,
      show: async (width, height, media) => {
        await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
        await send('Emulation.setEmulatedMedia', { media })
      },
      evaluate: async <T>(expression: string): Promise<T> => {
        const reply = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
          result: { value: T }
          exceptionDetails?: unknown
        }
        if (reply.exceptionDetails !== undefined) throw new Error(JSON.stringify(reply.exceptionDetails))
        return reply.result.value
      },
      screenshot: async (clip) => {
        const area = clip === undefined ? {} : { clip: { ...clip, scale: 1 }, captureBeyondViewport: true }
        const { data } = (await send('Page.captureScreenshot', { format: 'png', ...area })) as { data: string }
        return Buffer.from(data, 'base64')
      },
      pdf: async () => {
        const { data } = (await send('Page.printToPDF', { preferCSSPageSize: true, printBackground: false })) as {
          data: string
        }
        return Buffer.from(data, 'base64')
      },
    }
  }

  /** Ends the browser and removes its profile. */
  async close(): Promise<void> {
    this.process.kill('SIGKILL')
    await this.exited
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
  }

  private send(method: string, params: object, sessionId?: string): Promise<unknown> {
    const id = ++this.last
    const input = this.process.stdio[3] as Writable
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no reply`)), REPLY_MS)
      const settle =
        <A>(then: (value: A) => void) =>
        (value: A) => {
          clearTimeout(timer)
          then(value)
        }
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  private receive(text: string): void {
    const messages = (this.rest + text).split('\0')
    this.rest = messages.pop() ?? ''
    for (const message of messages) {
      const { id, result, error, method, params, sessionId } = JSON.parse(message)
      if (id === undefined) this.listeners.get(sessionId ?? '')?.(method, params)
      else if (error === undefined) this.waiting.get(id)?.resolve(result)
      else this.waiting.get(id)?.reject(new Error(JSON.stringify(error)))
      this.waiting.delete(id)
    }
  }
}
