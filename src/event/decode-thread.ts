import { parentPort, workerData } from 'node:worker_threads'
import { CaptureError } from '../capture/capture-error.ts'
import { CaptureDecoding } from './capture-decoding.ts'
import type { DecodeMessage, DecodeReply, DecodeSettings } from './thread-decoding.ts'

/* The thread that reads captures and decodes them: hands out batches, as long as enough of them come back. */

/** Batches on their way before decoding waits for one to come back. */
const BATCHES_UNDER_WAY = 8

const port = parentPort
if (port !== null) {
  const tell = (reply: DecodeReply): void => port.postMessage(reply)
  decodeAll(tell).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    const kind = error instanceof CaptureError ? error.kind : null
    const sentences = error instanceof CaptureError ? error.sentences : [message]
    tell({ kind: 'failed', capture: kind, sentences })
  })
}

async function decodeAll(tell: (reply: DecodeReply) => void): Promise<void> {
  const { paths } = workerData as DecodeSettings
  const decoding = await CaptureDecoding.open(paths)
  let underWay = 0
  let wake: (() => void) | null = null
  port?.on('message', (message: DecodeMessage) => {
    if (message.kind === 'stop') decoding.stop()
    else {
      underWay--
      decoding.giveBack(message.buffers)
    }
    wake?.()
  })
  tell({ kind: 'opened', bytesTotal: decoding.bytesTotal })
  for await (const decoded of decoding.decoded()) {
    const { batch } = decoded
    if (batch !== null) underWay++
    tell({ kind: 'decoded', decoded })
    while (underWay >= BATCHES_UNDER_WAY) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  tell({ kind: 'ended', account: decoding.account() })
  await decoding.close()
  port?.close()
}
