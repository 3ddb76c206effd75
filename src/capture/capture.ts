import { CaptureError, systemError, type Unread } from './capture-error.ts'
import { expandInputs, type Input } from './inputs.ts'
import { Lane, mergeLanes } from './merge.ts'
import type { CaptureInfo, Packet } from './packet.ts'
import { openReader } from './reader.ts'

/** Octets read at first to learn the time of the first packet. */
const PEEK_BYTES = 64 * 1024

/** The packets of all that the user named, as one stream in capture-time order. */
export interface CaptureStream {
  /** One entry per capture, index = Packet.capture; filled while reading. */
  readonly inputs: readonly CaptureInfo[]
  /** What the user named, or lies in a folder, and could not be read at all. */
  readonly failures: readonly Unread[]
  /** Files of folders that are not captures, and what was named a second time. */
  readonly skipped: readonly Unread[]
  /** Octets of the files themselves, or of standard input, read so far. */
  bytesRead(): number
  /** Octets of all files; null when standard input or a pipe is among them. */
  readonly bytesTotal: number | null
  /** Batches of at most a few thousand packets, valid until the next batch is asked for. Call it once. */
  batches(): AsyncIterable<readonly Packet[]>
  /** Stops early: closes what is open, lets a wait for the next batch end, and leaves hashes null. */
  close(): Promise<void>
}

/**
 * Opens captures: files (pcap, pcapng, plain or compressed with gzip or zstd), folders of them, `-` for standard input.
 * Each file is opened only for its first packet, and again when its turn comes.
 * Throws CaptureError when nothing can be read; its message has one sentence for each name given.
 * @param hashed whether the SHA-256 of each is wanted: not by who cites no capture.
 */
export async function openCaptures(paths: readonly string[], hashed = true): Promise<CaptureStream> {
  const { inputs, folders, failures, skipped } = await expandInputs(paths)
  const lanes: Lane[] = []
  for (const input of inputs) {
    try {
      lanes.push(await openLane(lanes.length, input, hashed))
    } catch (error) {
      const { kind, message } = systemError(input.path, error)
      const isStray = kind === 'notCapture' && input.folder !== null
      const list = isStray ? skipped : failures
      list.push({ path: input.path, message })
      if (isStray) continue
    }
    if (input.folder !== null) folders.set(input.folder, true)
  }
  for (const [path, holdsCaptures] of folders) {
    if (!holdsCaptures) failures.push({ path, message: `${path}: the folder holds no captures; name another one.` })
  }
  if (lanes.length === 0) {
    if (failures.length === 0) throw new CaptureError('unreadable', 'No capture is named; name a file, a folder, or -.')
    throw new CaptureError('unreadable', ...failures.map((failure) => failure.message))
  }
  return new MergedCaptures(lanes, failures, skipped)
}

/** A file is only looked at, and closed; what can be read only once stays open. */
async function openLane(index: number, input: Input, hashed: boolean): Promise<Lane> {
  const isFile = input.kind === 'file'
  const reader = await openReader(input, index, PEEK_BYTES, hashed && !isFile)
  const info: CaptureInfo = {
    name: input.name,
    path: input.path,
    format: reader.format,
    compression: reader.compression,
    bytes: 0,
    sha256: null,
    packets: 0,
    firstTimeUs: null,
    lastTimeUs: null,
    damage: null,
  }
  if (!isFile) return new Lane(index, input, info, hashed, Number.NEGATIVE_INFINITY, reader)
  const first = await reader.refill()
  await reader.close()
  return new Lane(index, input, info, hashed, first === null ? Number.NEGATIVE_INFINITY : first.timeUs, null)
}

class MergedCaptures implements CaptureStream {
  readonly inputs: readonly CaptureInfo[]
  readonly failures: readonly Unread[]
  readonly skipped: readonly Unread[]
  readonly bytesTotal: number | null
  private readonly lanes: readonly Lane[]

  constructor(lanes: readonly Lane[], failures: readonly Unread[], skipped: readonly Unread[]) {
    this.lanes = lanes
    this.inputs = lanes.map((lane) => lane.info)
    this.failures = failures
    this.skipped = skipped
    let total: number | null = 0
    for (const { sizeBytes } of lanes) total = total === null || sizeBytes === null ? null : total + sizeBytes
    this.bytesTotal = total
  }

  bytesRead(): number {
    return this.lanes.reduce((total, lane) => total + lane.bytesRead, 0)
  }

  async *batches(): AsyncGenerator<readonly Packet[], void, void> {
    try {
      yield* mergeLanes(this.lanes)
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> {
    for (const lane of this.lanes) await lane.close()
  }
}
