import { openCaptures } from '../capture/capture.ts'
import { CaptureError } from '../capture/capture-error.ts'
import type { Packet } from '../capture/packet.ts'
import { FrameHistory } from './frame-history.ts'
import { type Inspection, inspectFrame } from './inspect.ts'

/** A frame found and dissected, or how many frames the capture has. */
export type FoundFrame =
  | { readonly found: true; readonly capture: string; readonly octets: Uint8Array; readonly inspection: Inspection }
  | { readonly found: false; readonly frames: number; readonly damage: string | null }

/**
 * Reads the capture at `path` up to frame `number` and dissects that. Throws CaptureError when it cannot be read, or when
 * `path` stands for several captures.
 */
export async function readFrame(path: string, number: number, reveal: boolean): Promise<FoundFrame> {
  const captures = await openCaptures([path], false)
  try {
    const [input, ...others] = captures.inputs
    if (input === undefined || others.length > 0) {
      const message = `${path}: a folder of ${captures.inputs.length} captures; name one of them, as frames are numbered in each.`
      throw new CaptureError('unreadable', message)
    }
    const history = new FrameHistory()
    let frames = 0
    for await (const batch of captures.batches()) {
      for (const packet of batch) {
        frames = packet.frame
        if (packet.frame < number) history.follow(packet)
        else {
          const own = detached(packet)
          const inspection = inspectFrame(own, history, input.name, reveal)
          return { found: true, capture: input.name, octets: own.bytes, inspection }
        }
      }
    }
    return { found: false, frames, damage: input.damage }
  } finally {
    await captures.close()
  }
}

/** The packet with octets of its own, from 0 on: so every offset counts in the frame. */
function detached(packet: Packet): Packet {
  const bytes = packet.bytes.slice(packet.start, packet.end)
  return { ...packet, bytes, start: 0, end: bytes.length }
}
