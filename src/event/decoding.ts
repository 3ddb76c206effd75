import type { Unread } from '../capture/capture-error.ts'
import { expandInputs } from '../capture/inputs.ts'
import type { CaptureInfo } from '../capture/packet.ts'
import type { EventBatch } from './columns/event-columns.ts'
import type { CoverageRow } from './coverage.ts'
import { ThreadDecoding } from './thread-decoding.ts'

/** Octets of captures from which on a thread of their own repays its start. */
const THREAD_BYTES = 4 * 1024 * 1024

/** A batch of events, or none yet, and how far the reading has come. */
export interface Decoded {
  readonly batch: EventBatch | null
  readonly bytesRead: number
  readonly packets: number
}

/** What became of all the packets and messages of a run. */
export interface DecodingAccount {
  /** By the number of each capture, in the order they were named. */
  readonly captures: readonly CaptureInfo[]
  /** What the user named, or lies in a folder, and could not be read at all. */
  readonly failures: readonly Unread[]
  /** Files of folders that are not captures, and what was named a second time. */
  readonly skipped: readonly Unread[]
  readonly packetCount: number
  readonly messageCount: number
  readonly eventCount: number
  /** Rows that add up to `packetCount`. */
  readonly packetRows: readonly CoverageRow[]
  /** Rows that add up to `messageCount`. */
  readonly messageRows: readonly CoverageRow[]
  /** Packets whose messages were read, but which also held a fragment of a message that was never complete. */
  readonly lostBesideCount: number
  /** Transactions and requests forgotten for want of room. */
  readonly forgottenRequests: number
}

/** Captures on their way to events. */
export interface Decoding {
  /** Octets of all files; null when standard input or a pipe is among them. */
  readonly bytesTotal: number | null
  /** The events in batches, and how far it came; each is to be given back. Call it once. */
  decoded(): AsyncIterable<Decoded>
  /** Gives the buffers of a batch back (`buffersOf`): decoding goes on only so far ahead of whoever reads. */
  giveBack(buffers: readonly SharedArrayBuffer[]): void
  /** Ends the reading early: what was decoded so far still comes. */
  stop(): void
  /** Once all has come. */
  account(): DecodingAccount
  /** Leaves nothing open; without effect a second time. */
  close(): Promise<void>
}

/**
 * Opens captures to decode them, on a thread of their own where there is much to decode. The events, and the batches they
 * come in, are the same either way. Throws CaptureError when nothing can be read.
 * @param onThread whether to use a thread; null leaves it to the size of the captures. Standard input is of this thread, and
 * is decoded on it: handed over, its errors could come behind its end.
 */
export async function openDecoding(paths: readonly string[], onThread: boolean | null = null): Promise<Decoding> {
  if (!paths.includes('-') && (onThread ?? (await isLong(paths)))) return ThreadDecoding.open(paths)
  // loaded only where it is used: with a thread this one never needs the decoders
  const { CaptureDecoding } = await import('./capture-decoding.ts')
  return CaptureDecoding.open(paths)
}

async function isLong(paths: readonly string[]): Promise<boolean> {
  const { inputs } = await expandInputs(paths)
  const bytes = inputs.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? THREAD_BYTES), 0)
  return bytes >= THREAD_BYTES
}
