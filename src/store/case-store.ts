import { resolve } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { type Background, NO_BACKGROUND } from '../campaign/observation.ts'
import { type EventBatch, EventColumns, familyPlaces } from '../event/columns/event-columns.ts'
import type { SignallingEvent } from '../event/signalling-event.ts'
import { startThread } from '../event/thread.ts'
import type { CaseTrend } from '../finding/case.ts'
import type { ReportFacts } from '../report/report-facts.ts'
import type { StoreFiles, StoreMessage, StoreReply, StoreSettings } from './protocol.ts'

/** Batches on their way to the store's thread before reading waits for it. */
const BATCHES_UNDER_WAY = 8

/** The database could not be written: one sentence. */
export class StoreError extends Error {}

/** The embedded store of a case: events go in as they come, on a thread of its own. */
export class CaseStore {
  private readonly file: string
  private readonly worker: Worker
  private readonly columns = new EventColumns()
  /** What to do with the buffers of each batch under way once they come back, the oldest first. */
  private readonly underWay: ((buffers: readonly SharedArrayBuffer[]) => void)[] = []
  private facts: ReportFacts | null = null
  private background: Background | null = null
  private failure: string | null = null
  private wake: (() => void) | null = null

  constructor(files: StoreFiles) {
    this.file = files.file
    // an absolute path: DuckDB takes the `md:` of a relative one for the name of an extension
    const workerData: StoreSettings = { ...files, file: resolve(files.file), families: familyPlaces() }
    this.worker = startThread(import.meta.url, './duckdb-worker', {
      workerData,
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
    })
    this.worker.on('message', (reply: StoreReply) => this.receive(reply))
    this.worker.on('error', (error: Error) => this.receive({ kind: 'failed', message: error.message }))
    this.worker.on('exit', () => this.receive({ kind: 'failed', message: 'its thread ended early' }))
  }

  /** Takes an event; for one run, either events or whole batches. */
  append(event: SignallingEvent): void {
    this.columns.add(event)
    if (this.columns.isFull) this.send()
  }

  /** Takes a batch of events as it is. @param taken gets its buffers back, for use again. */
  appendBatch(batch: EventBatch, taken: (buffers: readonly SharedArrayBuffer[]) => void): void {
    if (this.failure !== null) {
      taken([])
      return
    }
    const { families, labels } = batch
    this.underWay.push(taken)
    this.worker.postMessage({ kind: 'batch', batch: { families, labels } } satisfies StoreMessage)
  }

  /** Waits while the store's thread is behind. Throws StoreError when the store has failed. */
  async ready(): Promise<void> {
    while (this.underWay.length >= BATCHES_UNDER_WAY && this.failure === null) await this.reply()
    this.check()
  }

  /** Writes what is left of the events, and tells what the whole traffic says. Throws StoreError when the store failed. */
  async readBackground(): Promise<Background> {
    this.send()
    this.worker.postMessage({ kind: 'events' } satisfies StoreMessage)
    while (this.background === null && this.failure === null) await this.reply()
    this.check()
    return this.background ?? NO_BACKGROUND
  }

  /**
   * Writes what is left and the trends, reads findings and campaigns in, and closes the database.
   * @returns what the report counts. Throws StoreError when the database failed.
   */
  async close(trends: readonly CaseTrend[] = []): Promise<ReportFacts> {
    this.send()
    this.worker.postMessage({ kind: 'finish', trends } satisfies StoreMessage)
    while (this.facts === null && this.failure === null) await this.reply()
    await this.worker.terminate()
    this.check()
    if (this.facts === null) throw new StoreError(`${this.file}: the database of the case was not closed.`)
    return this.facts
  }

  /** Ends the store's thread as it stands, for a run that failed elsewhere. Without effect after `close`. */
  async abandon(): Promise<void> {
    await this.worker.terminate()
  }

  private send(): void {
    if (this.columns.rows === 0) return
    this.appendBatch(this.columns.take(), (buffers) => this.columns.giveBack(buffers))
  }

  private receive(reply: StoreReply): void {
    if (reply.kind === 'taken') this.underWay.shift()?.(reply.buffers)
    else if (reply.kind === 'background') this.background = reply.background
    else if (reply.kind === 'closed') this.facts = reply.facts
    else if (this.facts === null) this.fail(reply.message)
    this.wake?.()
  }

  /** Gives back all that is under way: decoding that waits for it goes on, and the run comes to see the failure. */
  private fail(message: string): void {
    this.failure ??= message
    for (const taken of this.underWay.splice(0)) taken([])
  }

  /** Waits for the next reply. What replies say is kept above, so that one which came before is not missed. */
  private reply(): Promise<void> {
    return new Promise((wake) => {
      this.wake = wake
    })
  }

  private check(): void {
    if (this.failure === null) return
    const reason = (this.failure.split('\n')[0] ?? '').replace(/^[A-Z][A-Za-z]* Error: /, '').replace(/\.$/, '')
    throw new StoreError(
      `${this.file}: the database of the case cannot be written: ${reason}; name another folder with --out.`,
    )
  }
}
