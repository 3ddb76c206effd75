import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCaptures } from '../src/capture/capture.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner } from '../src/detect/runner.ts'
import { buffersOf, EventColumns, EventRows } from '../src/event/columns/event-columns.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import type { SignallingEvent } from '../src/event/signalling-event.ts'
import { EMPTY_NETWORK } from '../src/network/network.ts'
import { generateTraffic } from '../src/simulate/generate.ts'

/**
 * What each stage costs, as a multiple of a calibration loop that runs beside it in the same process, held against
 * bench/stages.json. Warns where a stage lost a third of its rate, fails (exit status 1) where it lost half. The least of
 * several rounds counts, and a loss is measured again before it is believed.
 *   node bench/stages.ts [--write]     --write: these figures become the ones to hold against
 */

const MESSAGES = 40_000
const ROUNDS = 6
const ATTEMPTS = 3
const STAGES = ['read', 'decode', 'columns', 'detect'] as const
type Costs = Readonly<Record<(typeof STAGES)[number], number>>

const BASELINE = new URL('./stages.json', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'telltale-stages-'))
try {
  const capture = join(folder, 'mixed.pcap')
  generateTraffic(capture, { messages: MESSAGES, seed: 1, shape: 'mixed' })
  if (process.argv.includes('--write')) {
    writeFileSync(BASELINE, `${JSON.stringify(await measure(capture), null, 2)}\n`)
  } else process.exitCode = await compare(capture)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function compare(capture: string): Promise<number> {
  const baseline: Costs = JSON.parse(readFileSync(BASELINE, 'utf8'))
  let costs = await measure(capture)
  for (let attempt = 1; attempt < ATTEMPTS && STAGES.some((stage) => lost(costs, baseline, stage) > 1 / 3); attempt++) {
    costs = least(costs, await measure(capture))
  }
  let status = 0
  for (const stage of STAGES) {
    const share = lost(costs, baseline, stage)
    const word = share > 1 / 2 ? 'FAILED' : share > 1 / 3 ? 'warning' : 'ok'
    if (share > 1 / 2) status = 1
    const change = `${share > 0 ? 'slower' : 'faster'} by ${Math.abs(share * 100).toFixed(0)} % of its rate`
    process.stdout.write(`${stage.padEnd(8)} ${costs[stage].toFixed(3)} calibration loops, ${change}: ${word}\n`)
  }
  return status
}

/** The share of its rate that a stage lost. */
function lost(costs: Costs, baseline: Costs, stage: keyof Costs): number {
  return 1 - baseline[stage] / costs[stage]
}

function least(a: Costs, b: Costs): Costs {
  return {
    read: Math.min(a.read, b.read),
    decode: Math.min(a.decode, b.decode),
    detect: Math.min(a.detect, b.detect),
    columns: Math.min(a.columns, b.columns),
  }
}

/** Each stage's least time over the rounds, by the least time of the calibration loop. */
async function measure(capture: string): Promise<Costs> {
  let loop = Number.POSITIVE_INFINITY
  let best: Costs = { read: loop, decode: loop, detect: loop, columns: loop }
  for (let round = 0; round < ROUNDS; round++) {
    loop = Math.min(loop, await timed(calibrate))
    const read = await timed(() => readAll(capture, () => undefined))
    const events: SignallingEvent[] = []
    const decode = await timed(() => readAll(capture, (event) => events.push(event)))
    const columns = await timed(() => throughColumns(events))
    const detect = await timed(() => toDetectors(events))
    best = least(best, { read, decode: decode - read, detect, columns })
    loop = Math.min(loop, await timed(calibrate))
  }
  return {
    read: best.read / loop,
    decode: best.decode / loop,
    detect: best.detect / loop,
    columns: best.columns / loop,
  }
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** What all stages are made of: numbers out of octets, objects, and look-ups of texts. */
function calibrate(): number {
  const octets = new Uint8Array(1 << 16)
  const known = new Map<string, { count: number }>()
  let sum = 1
  for (let i = 0; i < 300_000; i++) {
    sum = Math.imul(sum ^ (octets[i & 0xffff] ?? 0), 0x9e3779b1) + i
    octets[sum & 0xffff] = i
    const key = `key ${sum & 0xfff}`
    const entry = known.get(key)
    if (entry === undefined) known.set(key, { count: 1 })
    else entry.count++
  }
  return sum
}

/** Reads a capture; decodes it where somebody takes the events. */
async function readAll(capture: string, take: (event: SignallingEvent) => unknown): Promise<void> {
  const captures = await openCaptures([capture])
  const decoder = new EventDecoder(captures.inputs, take)
  const isDecoded = take.length > 0
  for await (const batch of captures.batches()) if (isDecoded) for (const packet of batch) decoder.take(packet)
  if (isDecoded) decoder.flush()
}

/** Into columns, and out of them again. */
function throughColumns(events: readonly SignallingEvent[]): void {
  const columns = new EventColumns()
  const rows = new EventRows()
  for (const event of events) {
    columns.add(event)
    if (!columns.isFull) continue
    const batch = columns.take()
    rows.learn(batch)
    while (rows.read() !== null);
    columns.giveBack(buffersOf(batch))
  }
}

function toDetectors(events: readonly SignallingEvent[]): void {
  const runner = new DetectorRunner(DETECTORS, { network: EMPTY_NETWORK }, () => undefined)
  for (const event of events) runner.take(event)
  runner.flush()
}
