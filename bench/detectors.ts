import { openCaptures } from '../src/capture/capture.ts'
import { DETECTORS } from '../src/detect/index.ts'
import { DetectorRunner } from '../src/detect/runner.ts'
import { EventDecoder } from '../src/event/decoder.ts'
import type { SignallingEvent } from '../src/event/signalling-event.ts'
import { EMPTY_NETWORK } from '../src/network/network.ts'
import { loadNetwork } from '../src/network/network-file.ts'

/**
 * What each detector costs an event: the events of a capture, as they are decoded, a handful at a time before each
 * detector alone and before all together. All take the same events at the same time, so that a busy machine or a large
 * heap is the same to all.
 *   node bench/detectors.ts CAPTURE [NETWORK.YAML] [EVENTS]
 */
const [path = '', networkFile = '', most = '300000'] = process.argv.slice(2)
const network = networkFile === '' ? EMPTY_NETWORK : await loadNetwork(networkFile)
const PACKETS = 64

const entrants = [[], ...DETECTORS.map((detector) => [detector]), DETECTORS].map((detectors) => ({
  name: detectors.length === 1 ? (detectors[0]?.id ?? '') : detectors.length === 0 ? 'none' : 'all',
  runner: new DetectorRunner(detectors, { network }, () => undefined),
  ms: 0,
}))

let count = 0
let turn = 0
let decoded: SignallingEvent[] = []
const captures = await openCaptures([path])
const decoder = new EventDecoder(captures.inputs, (event) => decoded.push(event))
for await (const batch of captures.batches()) {
  for (let first = 0; first < batch.length; first += PACKETS) {
    for (const packet of batch.slice(first, first + PACKETS)) decoder.take(packet)
    measure(decoded)
    decoded = []
  }
  if (count >= Number(most)) break
}
await captures.close()

const us = (ms: number): number => (ms * 1000) / count
const own = entrants.find(({ name }) => name === 'none')?.ms ?? 0
process.stdout.write(`${count} events; µs an event, the runner's own ${us(own).toFixed(2)} taken off\n`)
for (const { name, ms } of entrants.toSorted((a, b) => b.ms - a.ms)) {
  if (name !== 'none' && name !== 'all') process.stdout.write(`  ${name}  ${us(ms - own).toFixed(3)}\n`)
}
process.stdout.write(`  all     ${us(entrants.at(-1)?.ms ?? 0).toFixed(3)}\n`)

/** Each in turn is the first, who finds the events cold. */
function measure(events: readonly SignallingEvent[]): void {
  turn++
  for (let i = 0; i < entrants.length; i++) {
    const entrant = entrants[(turn + i) % entrants.length]
    if (entrant === undefined) continue
    const started = performance.now()
    for (const event of events) entrant.runner.take(event)
    entrant.ms += performance.now() - started
  }
  count += events.length
}
