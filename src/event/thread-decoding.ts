import type { Worker } from 'node:worker_threads'
import { CaptureError } from '../capture/capture-error.ts'
import type { Decoded, Decoding, DecodingAccount } from './decoding.ts'
import { startThread } from './thread.ts'

/** What the decoding thread begins with. */
export interface DecodeSettings {
  readonly paths: readonly string[]
}

/** What the decoding thread is told, and what it tells. */
export type DecodeMessage =
  | { readonly kind: 'taken'; readonly buffers: readonly SharedArrayBuffer[] }
  | { readonly kind: 'stop' }
export type DecodeReply =
  | { readonly kind: 'opened'; readonly bytesTotal: number | null }
  | { readonly kind: 'decoded'; readonly decoded: Decoded }
  | { readonly kind: 'ended'; readonly account: DecodingAccount }
  | {
      readonly kind: 'failed'
      /** Kind of a CaptureError, or null for what should not happen. */
      readonly capture: CaptureError['kind'] | null
      readonly sentences: readonly string[]
    }

/** Decodes captures on a thread of their own. */
export class ThreadDecoding implements Decoding {
  bytesTotal: number | null = null
  private readonly worker: Worker
  private readonly arrived: Decoded[] = []
  private isOpen = false
  private ended: DecodingAccount | null = null
  private failure: Error | null = null
  private wake: (() => void) | null = null

  private constructor(paths: readonly string[]) {
    const workerData: DecodeSettings = { paths }
    this.worker = startThread(import.meta.url, './decode-thread', { workerData })
    this.worker.on('message', (reply: DecodeReply) => this.receive(reply))
    this.worker.on('error', (error: Error) => this.fail(error))
    this.worker.on('exit', () => this.fail(new Error('The thread that decodes ended early.')))
  }

  /** Throws CaptureError when nothing can be read. */
  static async open(paths: readonly string[]): Promise<ThreadDecoding> {
    const decoding = new ThreadDecoding(paths)
    try {
      while (!decoding.isOpen) await decoding.reply()
    } catch (error) {
      await decoding.close()
      throw error
    }
    return decoding
  }

  async *decoded(): AsyncGenerator<Decoded, void, void> {
    for (;;) {
      const next = this.arrived.shift()
      if (next !== undefined) yield next
      else if (this.ended !== null) return
      else await this.reply()
    }
  }

  giveBack(buffers: readonly SharedArrayBuffer[]): void {
    this.worker.postMessage({ kind: 'taken', buffers } satisfies DecodeMessage)
  }

  stop(): void {
    this.worker.postMessage({ kind: 'stop' } satisfies DecodeMessage)
  }

  account(): DecodingAccount {
    if (this.ended === null) throw new Error('The captures are still being decoded.')
    return this.ended
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private receive(reply: DecodeReply): void {
    if (reply.kind === 'opened') {
      this.isOpen = true
      this.bytesTotal = reply.bytesTotal
    } else if (reply.kind === 'decoded') this.arrived.push(reply.decoded)
    else if (reply.kind === 'ended') this.ended = reply.account
    else if (reply.capture === null) this.fail(new Error(reply.sentences.join('\n')))
    else this.fail(new CaptureError(reply.capture, ...reply.sentences))
    this.wake?.()
  }

  private fail(error: Error): void {
    if (this.ended === null) this.failure ??= error
    this.wake?.()
  }

  /** Waits for the next reply, or throws what ended the thread. */
  private async reply(): Promise<void> {
    if (this.failure === null) {
      await new Promise<void>((wake) => {
        this.wake = wake
      })
    }
    if (this.failure !== null) throw this.failure
  }
}
