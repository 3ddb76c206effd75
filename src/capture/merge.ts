import { systemError } from './capture-error.ts'
import type { Input } from './inputs.ts'
import type { CaptureInfo, Packet } from './packet.ts'
import { type CaptureReader, openReader } from './reader.ts'

/** Packets handed over at once. */
const BATCH_PACKETS = 4096
/** Octets of a capture held in memory: few enough that they stay in the processor's caches until they are decoded. */
const CHUNK_BYTES = 128 * 1024
/** Octets of all captures that are open at once; with many, each gets less. */
const ALL_CHUNKS_BYTES = 64 * 1024 * 1024
const LEAST_CHUNK_BYTES = 64 * 1024

/** One capture on its way into the merge. It is opened when the merge reaches the time of its first packet. */
export class Lane {
  readonly info: CaptureInfo
  /** The packet that is next in this capture, or null: more must be read first. */
  head: Packet | null = null
  /** Capture time of the next packet as far as known, µs; minus infinity when this lane must be read on first. */
  timeUs: number
  done = false
  readonly index: number
  private readonly input: Input
  private readonly hashed: boolean
  private reader: CaptureReader | null

  /**
   * @param hashed whether its SHA-256 is wanted.
   * @param firstTimeUs of the first packet, or minus infinity to read this one at once.
   * @param reader when the capture is open already.
   */
  constructor(
    index: number,
    input: Input,
    info: CaptureInfo,
    hashed: boolean,
    firstTimeUs: number,
    reader: CaptureReader | null,
  ) {
    this.index = index
    this.input = input
    this.info = info
    this.hashed = hashed
    this.timeUs = firstTimeUs
    this.reader = reader
  }

  get isOpen(): boolean {
    return this.reader !== null
  }

  /** Octets of the whole file; null when nobody can know them. */
  get sizeBytes(): number | null {
    return this.input.sizeBytes
  }

  /** Octets of the file itself read so far. */
  get bytesRead(): number {
    return this.reader?.bytes ?? this.info.bytes
  }

  /** Hands out the head and moves on to the next packet in memory. Call only while there is a head. */
  take(head: Packet): Packet {
    const { info } = this
    info.packets++
    if (head.timeUs !== 0) {
      if (info.firstTimeUs === null || head.timeUs < info.firstTimeUs) info.firstTimeUs = head.timeUs
      if (info.lastTimeUs === null || head.timeUs > info.lastTimeUs) info.lastTimeUs = head.timeUs
    }
    this.setHead(this.reader?.next() ?? null)
    return head
  }

  /** Reads on to the next packet, opening the capture when it is not open yet; `done` at its end. Never throws. */
  async refill(chunkBytes: number): Promise<void> {
    const { info } = this
    try {
      this.reader ??= await openReader(this.input, this.index, chunkBytes, this.hashed)
    } catch (error) {
      info.damage = `It could be read at first, but not when its turn came: ${systemError(this.input.path, error).message}`
      this.done = true
      return
    }
    const { reader } = this
    if (this.done) await reader.close()
    this.setHead(await reader.refill())
    info.bytes = reader.bytes
    info.sha256 = reader.sha256
    info.damage = reader.damage
    this.done = reader.ended
    // Its chunk is not needed any more.
    if (this.done) this.reader = null
  }

  /** Gives up what is not handed out yet. */
  async close(): Promise<void> {
    this.done = true
    this.setHead(null)
    await this.reader?.close()
  }

  private setHead(packet: Packet | null): void {
    this.head = packet
    this.timeUs = packet === null ? Number.NEGATIVE_INFINITY : packet.timeUs
  }
}

/**
 * Merges captures in capture-time order by the head packet of each; within one capture the order of the file stays.
 * Each batch is valid until the next one is asked for. Work inside a batch is synchronous.
 */
export async function* mergeLanes(lanes: readonly Lane[]): AsyncGenerator<readonly Packet[], void, void> {
  // A sorted list is a heap.
  const heap = [...lanes].sort((a, b) => (isBefore(a, b) ? -1 : 1))
  let batch: Packet[] = []
  for (;;) {
    const lane = heap[0]
    if (lane === undefined) break
    if (lane.head === null) {
      // Reading on overwrites what packets of this lane point to, so they must be gone first.
      if (batch.length > 0) {
        yield batch
        batch = []
      }
      if (!lane.done) await lane.refill(chunkBytes(heap))
      if (lane.done) removeFirst(heap)
      else sink(heap)
      continue
    }
    takeRun(heap, lane, batch)
    sink(heap)
    if (batch.length >= BATCH_PACKETS) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Takes packets of the first lane until another lane is due, the batch is full or the chunk is used up. */
function takeRun(heap: readonly Lane[], lane: Lane, batch: Packet[]): void {
  const left = heap[1]
  const right = heap[2]
  const rival = left === undefined || right === undefined || isBefore(left, right) ? left : right
  for (let head = lane.head; head !== null && batch.length < BATCH_PACKETS; head = lane.head) {
    if (rival !== undefined && isBefore(rival, lane)) break
    batch.push(lane.take(head))
  }
}

/** Ties go to the capture named first. */
function isBefore(a: Lane, b: Lane): boolean {
  return a.timeUs < b.timeUs || (a.timeUs === b.timeUs && a.index < b.index)
}

function chunkBytes(lanes: readonly Lane[]): number {
  const share = Math.floor(ALL_CHUNKS_BYTES / (1 + lanes.filter((lane) => lane.isOpen).length))
  return Math.max(LEAST_CHUNK_BYTES, Math.min(CHUNK_BYTES, share))
}

function removeFirst(heap: Lane[]): void {
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return
  heap[0] = last
  sink(heap)
}

/** Moves the first lane down to where it belongs. */
function sink(heap: Lane[]): void {
  const lane = heap[0]
  if (lane === undefined) return
  let at = 0
  for (;;) {
    const left = heap[2 * at + 1]
    const right = heap[2 * at + 2]
    if (left === undefined) break
    const isRight = right !== undefined && isBefore(right, left)
    const child = isRight ? right : left
    if (!isBefore(child, lane)) break
    heap[at] = child
    at = 2 * at + (isRight ? 2 : 1)
  }
  heap[at] = lane
}
